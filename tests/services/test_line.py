"""Documents on their way: stored in batches, each once, and remembered until they are in."""

import os
from pathlib import Path

import pytest

from desktop_rag import config, wiring
from desktop_rag.domain import AddStatus
from desktop_rag.errors import LibraryError
from desktop_rag.services.assistant import Assistant
from tests.support import finish, make_pdf

LONG_AGO = 1_700_000_000


def files(folder: Path, count: int) -> list[Path]:
    """PDFs of one page that were written long ago."""
    made = [make_pdf(folder / f"{n:03}.pdf", [f"Clause {n} is of 2026."]) for n in range(count)]
    for path in made:
        os.utime(path, (LONG_AGO, LONG_AGO))
    return made


def test_small_documents_share_a_commit(
    assistant: Assistant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = assistant._index().store()  # type: ignore[attr-defined]  # noqa: SLF001
    commits: list[int] = []
    add = store.add

    def counted(chunks: object, vectors: object) -> None:
        commits.append(1)
        add(chunks, vectors)

    monkeypatch.setattr(store, "add", counted)
    report = finish(assistant.library.add(files(tmp_path, 40)))
    assert [file.path.name for file in report.files] == [f"{n:03}.pdf" for n in range(40)]
    assert {file.status for file in report.files} == {AddStatus.READY}
    assert 1 <= len(commits) < 20
    assert assistant.library.verify() == []


def test_the_same_bytes_twice_in_an_order_are_one_document(
    assistant: Assistant, tmp_path: Path
) -> None:
    (first,) = files(tmp_path, 1)
    second = tmp_path / "copy.pdf"
    second.write_bytes(first.read_bytes())
    report = finish(assistant.library.add([first, second]))
    assert [file.status for file in report.files] == [AddStatus.READY, AddStatus.DUPLICATE]
    assert len(assistant.library.documents()) == 1
    assert assistant.library.verify() == []


def test_an_unchanged_file_costs_no_more_than_a_look_at_its_size_and_time(
    assistant: Assistant, tmp_path: Path
) -> None:
    (path,) = files(tmp_path, 1)
    finish(assistant.library.add([path]))
    content = path.read_bytes()
    path.write_bytes(b"x" * len(content))
    os.utime(path, (LONG_AGO, LONG_AGO))
    (seen,) = finish(assistant.library.add([path])).files
    assert seen.status is AddStatus.UNCHANGED
    os.utime(path, (LONG_AGO + 1, LONG_AGO + 1))
    (seen,) = finish(assistant.library.add([path])).files
    assert seen.status is AddStatus.UNREADABLE


def test_a_file_that_was_written_just_now_is_looked_into_again(
    assistant: Assistant, tmp_path: Path
) -> None:
    path = make_pdf(tmp_path / "a.pdf", ["The Zanzibar clause."])
    time = path.stat().st_mtime_ns
    finish(assistant.library.add([path]))
    content = path.read_bytes()
    path.write_bytes(b"x" * len(content))
    os.utime(path, ns=(time, time))  # as if written twice within the grain of the clock
    (seen,) = finish(assistant.library.add([path])).files
    assert seen.status is AddStatus.UNREADABLE


def test_an_order_is_remembered_until_it_is_worked_off(
    assistant: Assistant, tmp_path: Path
) -> None:
    library = assistant.library
    made = files(tmp_path, 3)
    steps = library.add(made, collection="Smith", ocr=False)
    next(steps)
    assert [(file.path, file.collection, file.ocr) for file in assistant.pending.files()] == [
        (path, "Smith", False) for path in made
    ]
    steps.close()
    assert len(library.pending()) == 3  # the program was ended
    library.forget_pending()
    assert library.pending() == ()
    finish(library.add(made))
    assert library.pending() == ()


def test_what_cannot_be_stored_is_still_pending_and_nothing_is_half_there(
    assistant: Assistant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = files(tmp_path, 3)
    ledger = assistant._ledger()  # type: ignore[attr-defined]  # noqa: SLF001

    def full(records: object) -> None:
        raise LibraryError("The ledger failed: database or disk is full.", "Free some space.")

    with monkeypatch.context() as patch:
        patch.setattr(ledger, "record_all", full)
        with pytest.raises(LibraryError):
            finish(assistant.library.add(made))
    assert assistant.library.documents() == []
    assert len(assistant.library.pending()) == 3
    again = wiring.build(config.Settings(data_folder=tmp_path, library_folder=tmp_path / "library"))
    report = finish(again.library.add(made))
    assert {file.status for file in report.files} == {AddStatus.READY}
    assert again.library.verify() == []
    again.close()
