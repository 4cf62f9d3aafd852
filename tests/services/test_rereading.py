"""Reading again, undoing a removal, and the share of an order that is done."""

from collections.abc import Generator
from pathlib import Path

import pytest

from desktop_rag.domain import (
    AddProgress,
    AddReport,
    AddStatus,
    DocumentStatus,
    LibraryEntry,
    PageMethod,
)
from desktop_rag.errors import UnknownDocument
from desktop_rag.services.assistant import Assistant
from tests.services.test_mails import mail, pdf_bytes, save
from tests.support import finish, make_pdf

ZANZIBAR = "The Zanzibar clause stands here."


def steps_of(
    steps: Generator[AddProgress, None, AddReport],
) -> tuple[list[AddProgress], AddReport]:
    seen: list[AddProgress] = []
    while True:
        try:
            seen.append(next(steps))
        except StopIteration as end:
            return seen, end.value


def check_share(seen: list[AddProgress]) -> None:
    shares = [step.share for step in seen]
    assert shares == sorted(shares)
    assert shares[0] < 1.0
    assert [step.share for step in seen if step.finished is not None][-1] == 1.0


def places(entries: list[LibraryEntry]) -> list[tuple[str, list[tuple[Path, str]]]]:
    return [
        (entry.document.id, [(file.path, file.collection) for file in entry.files])
        for entry in entries
    ]


def found_files(assistant: Assistant, question: str) -> list[str]:
    return [passage.path.name for passage in assistant.retriever.retrieve(question).passages]


@pytest.mark.usefixtures("one_by_one")
def test_the_share_grows_with_the_bytes_that_are_done(assistant: Assistant, tmp_path: Path) -> None:
    small = make_pdf(tmp_path / "a.pdf", ["Small."])
    large = make_pdf(tmp_path / "b.pdf", [f"Page {n} of many." for n in range(40)])
    (tmp_path / "c.docx").write_bytes(b"")
    paths = [small, large, tmp_path / "c.docx", tmp_path / "gone.pdf"]
    seen, _ = steps_of(assistant.library.add(paths))
    check_share(seen)
    total = small.stat().st_size + large.stat().st_size + 2  # what is empty counts as one byte
    (after_first,) = [s.share for s in seen if s.finished and s.file_number == 1]
    assert after_first == pytest.approx(small.stat().st_size / total)
    at_half = next(s.share for s in seen if (s.path, s.page, s.page_count) == (large, 20, 40))
    assert at_half == pytest.approx((small.stat().st_size + large.stat().st_size / 4) / total)


def test_a_document_is_read_anew_whatever_is_known_of_it(
    assistant: Assistant, tmp_path: Path, samples: Path
) -> None:
    fax = samples / "Laboratory fax.pdf"
    ready = make_pdf(tmp_path / "a.pdf", [ZANZIBAR])
    library = assistant.library
    report = finish(library.add([fax, ready], collection="Smith", ocr=False))
    ids = [file.document_id for file in report.files]
    seen, again = steps_of(library.reread(ids, (), ocr=True))
    assert [file.status for file in again.files] == [AddStatus.READY] * 2
    assert [page.method for page in library.pages(ids[0])] == [PageMethod.OCR]
    assert any(step.page_count and step.path == ready for step in seen)
    assert library.collections() == {"Smith": 2}
    assert library.verify() == []
    check_share(seen)


def test_the_old_text_stays_until_the_new_one_is_stored(
    assistant: Assistant, tmp_path: Path
) -> None:
    file = make_pdf(tmp_path / "a.pdf", [ZANZIBAR] * 3)
    report = finish(assistant.library.add([file]))
    for step in assistant.library.reread([report.files[0].document_id], (), ocr=True):
        assert found_files(assistant, "Zanzibar") == ["a.pdf"], step
    assert assistant.library.verify() == []


def test_a_missing_file_is_told_and_its_text_kept(assistant: Assistant, tmp_path: Path) -> None:
    file = make_pdf(tmp_path / "a.pdf", [ZANZIBAR])
    document_id = finish(assistant.library.add([file])).files[0].document_id
    file.unlink()
    (outcome,) = finish(assistant.library.reread([document_id], (), ocr=True)).files
    assert (outcome.status, outcome.document_id) == (AddStatus.UNREADABLE, document_id)
    assert "no file" in outcome.message
    assert "kept" in outcome.message
    assert assistant.library.documents()[0].document.status is DocumentStatus.READY
    assert found_files(assistant, "Zanzibar") == ["a.pdf"]


def test_a_document_with_two_places_is_read_once_where_it_still_is(
    assistant: Assistant, tmp_path: Path
) -> None:
    places = [tmp_path / f"{name}.pdf" for name in "abc"]
    make_pdf(places[0], [ZANZIBAR])
    for copy in places[1:]:
        copy.write_bytes(places[0].read_bytes())
    report = finish(assistant.library.add(places))
    places[0].unlink()
    again = finish(assistant.library.reread([report.files[0].document_id], (), ocr=True))
    assert [file.path for file in again.files] == places[1:]
    assert [file.status for file in again.files] == [AddStatus.READY, AddStatus.UNCHANGED]


def test_other_bytes_at_the_place_are_a_new_document(assistant: Assistant, tmp_path: Path) -> None:
    file = make_pdf(tmp_path / "a.pdf", [ZANZIBAR])
    old = finish(assistant.library.add([file], collection="Smith")).files[0].document_id
    make_pdf(file, ["The Honolulu clause."])
    (outcome,) = finish(assistant.library.reread([old], (), ocr=True)).files
    assert outcome.status is AddStatus.READY
    assert outcome.document_id != old
    (entry,) = assistant.library.documents()
    assert (entry.document.id, entry.files[0].collection) == (outcome.document_id, "Smith")
    assert assistant.library.verify() == []


def test_a_document_removed_while_it_is_reread_stays_removed(
    assistant: Assistant, tmp_path: Path
) -> None:
    file = make_pdf(tmp_path / "a.pdf", [ZANZIBAR] * 2)
    document_id = finish(assistant.library.add([file])).files[0].document_id
    for step in assistant.library.reread([document_id], (), ocr=True):
        if step.page == 1 and step.page_count == 2:
            assistant.library.remove([document_id])
    assert assistant.library.documents() == []
    assert assistant.library.verify() == []


def test_a_document_removed_before_its_turn_stays_removed(
    assistant: Assistant, tmp_path: Path
) -> None:
    files = [make_pdf(tmp_path / f"{name}.pdf", [f"Clause {name}."]) for name in "abc"]
    copy = tmp_path / "copy of a.pdf"
    copy.write_bytes(files[0].read_bytes())
    report = finish(assistant.library.add([*files, copy]))
    ids = [file.document_id for file in report.files[:3]]
    seen = False
    for _ in assistant.library.reread(ids, (), ocr=True):
        if not seen:
            assistant.library.remove(ids[:2])
        seen = True
    assert [entry.path.name for entry in assistant.library.documents()] == ["c.pdf"]
    assert assistant.library.verify() == []


def test_an_unknown_document_is_not_reread(assistant: Assistant) -> None:
    with pytest.raises(UnknownDocument):
        finish(assistant.library.reread(["feedfeedfeedfeed"], (), ocr=True))


@pytest.mark.usefixtures("one_by_one")
def test_a_removal_is_undone_as_one_order(assistant: Assistant, tmp_path: Path) -> None:
    library = assistant.library
    files = [make_pdf(tmp_path / f"{name}.pdf", [f"Clause {name}."]) for name in "ab"]
    copy = tmp_path / "copy of a.pdf"
    copy.write_bytes(files[0].read_bytes())
    locked = make_pdf(tmp_path / "z.pdf", ["Clause z."], encrypt="swordfish")
    for path, name in zip((*files, copy, locked), ("A", "B/C", "Copies", "Z"), strict=True):
        finish(library.add([path], collection=name, passwords=["swordfish"]))
    before = library.documents()
    removed = library.remove([entry.document.id for entry in before])
    assert library.documents() == []
    seen, report = steps_of(library.restore(removed, ["swordfish"]))
    assert {step.file_count for step in seen} == {4}
    assert [step.file_number for step in seen if step.finished] == [1, 2, 3, 4]
    check_share(seen)
    assert sorted(file.status for file in report.files) == ["duplicate", "ready", "ready", "ready"]
    assert places(library.documents()) == places(before)
    assert library.verify() == []


def test_what_cannot_be_restored_is_told(assistant: Assistant, tmp_path: Path) -> None:
    gone = make_pdf(tmp_path / "a.pdf", ["Clause."])
    attached = save(mail(("b.pdf", pdf_bytes(tmp_path, "Clause b."))), tmp_path / "mail.eml")
    report = finish(assistant.library.add([gone, attached]))
    removed = assistant.library.remove([file.document_id for file in report.files])
    gone.unlink()
    again = finish(assistant.library.restore(removed, ()))
    assert {file.status for file in again.files} == {AddStatus.UNREADABLE}
    messages = {file.path.name: file.message for file in again.files}
    assert "no file" in messages["a.pdf"]
    assert "Add the mail again" in messages["b.pdf"]


def test_a_document_whose_text_a_crash_left_half_stored_is_marked_and_read_again(
    assistant: Assistant, tmp_path: Path
) -> None:
    file = make_pdf(tmp_path / "a.pdf", [ZANZIBAR] * 3)
    document_id = finish(assistant.library.add([file])).files[0].document_id
    assistant._index().store().delete([document_id])  # type: ignore[attr-defined]  # noqa: SLF001
    assert assistant.library.verify() != []
    assistant.library.compact()
    (entry,) = assistant.library.documents()
    assert entry.document.status is DocumentStatus.UNREADABLE
    assert "interrupted" in entry.document.message
    assert assistant.library.verify() == []
    assert finish(assistant.library.add([file])).files[0].status is AddStatus.READY
    assert found_files(assistant, "Zanzibar") == ["a.pdf"]
