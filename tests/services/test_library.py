import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_rag import config, wiring
from desktop_rag.domain import AddReport, AddStatus, DocumentStatus, PageMethod
from desktop_rag.errors import LibraryBusy, NothingToAdd, UnknownDocument
from desktop_rag.services.assistant import Assistant
from tests.support import finish, make_pdf

TEXT = "The tenant keeps the boiler in repair.\nThe landlord keeps the roof in repair."


def add(assistant: Assistant, *paths: Path, **options: object) -> AddReport:
    return finish(assistant.library.add(list(paths), **options))  # type: ignore[arg-type]


def statuses(report: AddReport) -> list[AddStatus]:
    return [file.status for file in report.files]


def bytes_under(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_the_samples_are_read_whole_and_the_scan_by_ocr(sample_assistant: Assistant) -> None:
    entries = sample_assistant.library.documents()
    assert [entry.document.status for entry in entries] == [DocumentStatus.READY] * 6
    fax = next(entry for entry in entries if entry.path.name == "Laboratory fax.pdf")
    pages = sample_assistant.library.pages(fax.document.id)
    assert [page.method for page in pages] == [PageMethod.OCR]


def test_printed_page_labels_are_kept(sample_assistant: Assistant) -> None:
    entries = sample_assistant.library.documents()
    lease = next(entry for entry in entries if entry.path.name == "Lease 2021.pdf")
    labels = [page.label for page in sample_assistant.library.pages(lease.document.id)]
    assert labels[:3] == ["i", "ii", "1"]


def test_known_bytes_are_unchanged_and_elsewhere_a_duplicate(
    assistant: Assistant, tmp_path: Path
) -> None:
    first = make_pdf(tmp_path / "a.pdf", [TEXT])
    assert statuses(add(assistant, first)) == [AddStatus.READY]
    copy = tmp_path / "b.pdf"
    copy.write_bytes(first.read_bytes())
    assert statuses(add(assistant, first, copy)) == [AddStatus.UNCHANGED, AddStatus.DUPLICATE]
    (entry,) = assistant.library.documents()
    assert [file.path for file in entry.files] == [first, copy]


def test_a_changed_file_replaces_its_old_text(assistant: Assistant, tmp_path: Path) -> None:
    file = make_pdf(tmp_path / "a.pdf", ["The Zanzibar clause stands here."])
    add(assistant, file)
    make_pdf(file, ["The Honolulu clause stands here now."])
    add(assistant, file)
    (entry,) = assistant.library.documents()
    assert entry.document.chunk_count == 1
    found = assistant.retriever.retrieve("Zanzibar Honolulu clause")
    assert ["Honolulu" in passage.chunk.text for passage in found.passages] == [True]
    assert b"Zanzibar" not in bytes_under(assistant.library_folder)


def test_a_removed_document_leaves_no_text_on_disk(assistant: Assistant, tmp_path: Path) -> None:
    kept = make_pdf(tmp_path / "kept.pdf", ["The Honolulu clause stays."])
    gone = make_pdf(tmp_path / "gone.pdf", ["The Zanzibar clause goes."])
    report = add(assistant, kept, gone)
    assert b"Zanzibar" in bytes_under(assistant.library_folder)
    assistant.library.remove([report.files[1].document_id])
    assert b"anzibar" not in bytes_under(assistant.library_folder)
    assert gone.exists()
    assert assistant.library.verify() == []
    assert [p.path for p in assistant.retriever.retrieve("clause").passages] == [kept]


def test_an_unknown_id_removes_nothing(assistant: Assistant, tmp_path: Path) -> None:
    report = add(assistant, make_pdf(tmp_path / "a.pdf", [TEXT]))
    with pytest.raises(UnknownDocument):
        assistant.library.remove([report.files[0].document_id, "feedfeedfeedfeed"])
    assert len(assistant.library.documents()) == 1


def encrypted(path: Path) -> None:
    make_pdf(path, [TEXT], encrypt="swordfish")


def empty(path: Path) -> None:
    path.write_bytes(b"")


def garbage(path: Path) -> None:
    path.write_bytes(b"%PDF-1.7\n" + bytes(range(256)) * 20)


def blank(path: Path) -> None:
    make_pdf(path, [""])


@pytest.mark.parametrize(
    ("make", "status"),
    [
        (encrypted, AddStatus.NEEDS_PASSWORD),
        (empty, AddStatus.UNREADABLE),
        (garbage, AddStatus.UNREADABLE),
        (blank, AddStatus.NO_TEXT),
    ],
)
def test_a_bad_file_fails_alone_and_says_why(
    assistant: Assistant, tmp_path: Path, make: Callable[[Path], None], status: AddStatus
) -> None:
    make(tmp_path / "1 bad.pdf")
    make_pdf(tmp_path / "2 good.pdf", [TEXT])
    report = add(assistant, tmp_path)
    assert statuses(report) == [status, AddStatus.READY]
    assert report.files[0].message
    assert report.files[0].chunk_count == 0
    coverage = assistant.retriever.retrieve("boiler").coverage
    assert coverage.searched == 1
    assert [item.path.name for item in coverage.unreadable] == ["1 bad.pdf"]


def test_a_password_opens_an_encrypted_file_later(assistant: Assistant, tmp_path: Path) -> None:
    encrypted(tmp_path / "a.pdf")
    add(assistant, tmp_path / "a.pdf")
    report = add(assistant, tmp_path / "a.pdf", passwords=["wrong", "swordfish"])
    assert statuses(report) == [AddStatus.READY]
    assert b"swordfish" not in bytes_under(assistant.library_folder)


def test_a_scan_without_ocr_is_no_text_and_is_read_once_ocr_is_allowed(
    assistant: Assistant, samples: Path
) -> None:
    fax = samples / "Laboratory fax.pdf"
    report = add(assistant, fax, ocr=False)
    assert statuses(report) == [AddStatus.NO_TEXT]
    assert report.files[0].unreadable_pages == (1,)
    report = add(assistant, fax)
    assert statuses(report) == [AddStatus.READY]
    assert report.files[0].ocr_pages == (1,)


def test_paths_without_any_pdf_are_refused_in_words(assistant: Assistant, tmp_path: Path) -> None:
    with pytest.raises(NothingToAdd, match="no file"):
        add(assistant, tmp_path / "missing.pdf")
    (tmp_path / "folder").mkdir()
    with pytest.raises(NothingToAdd, match="no PDF"):
        add(assistant, tmp_path / "folder")


def test_a_file_that_is_no_pdf_is_named_and_not_kept(assistant: Assistant, tmp_path: Path) -> None:
    (tmp_path / "letter.docx").write_bytes(b"PK\x03\x04")
    report = add(assistant, tmp_path / "letter.docx")
    assert statuses(report) == [AddStatus.UNREADABLE]
    assert "not a PDF" in report.files[0].message
    assert assistant.library.documents() == []


@pytest.mark.usefixtures("one_by_one")
def test_stopping_keeps_whole_documents_and_nothing_else(
    assistant: Assistant, tmp_path: Path
) -> None:
    for name in ("a.pdf", "b.pdf", "c.pdf"):
        make_pdf(tmp_path / name, [f"{name} {TEXT}"] * 3)
    steps = assistant.library.add([tmp_path])
    for step in steps:
        if step.finished is None and step.file_number == 2 and step.page == 2:
            break
    steps.close()
    assert [entry.path.name for entry in assistant.library.documents()] == ["a.pdf"]
    assert assistant.library.verify() == []
    assert statuses(add(assistant, tmp_path)) == [
        AddStatus.UNCHANGED,
        AddStatus.READY,
        AddStatus.READY,
    ]


def test_text_that_a_crash_left_without_a_ledger_row_is_dropped(
    assistant: Assistant, tmp_path: Path
) -> None:
    report = add(assistant, make_pdf(tmp_path / "a.pdf", ["The Zanzibar clause."]))
    ledger = assistant._ledger()  # type: ignore[attr-defined]  # noqa: SLF001
    ledger.remove(report.files[0].document_id)
    ledger.set_settled(False)
    assert assistant.library.verify() != []
    add(assistant, make_pdf(tmp_path / "b.pdf", ["The Honolulu clause."]))
    assert assistant.library.verify() == []
    assert b"Zanzibar" not in bytes_under(assistant.library_folder)


def test_a_second_writer_is_refused_while_the_first_writes(
    assistant: Assistant, tmp_path: Path
) -> None:
    make_pdf(tmp_path / "a.pdf", [TEXT])
    settings = config.Settings(data_folder=tmp_path, library_folder=tmp_path / "library")
    second = wiring.build(settings)
    steps = assistant.library.add([tmp_path / "a.pdf"])
    next(steps)
    with pytest.raises(LibraryBusy):
        add(second, tmp_path / "a.pdf")
    finish(steps)


def test_everything_in_the_library_is_private(assistant: Assistant, tmp_path: Path) -> None:
    add(assistant, make_pdf(tmp_path / "a.pdf", [TEXT]))
    folder = assistant.library_folder
    assert [p for p in (folder, *folder.rglob("*")) if p.stat().st_mode & 0o077] == []


def test_a_failed_second_try_keeps_what_was_read(assistant: Assistant, tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    encrypted(file)
    add(assistant, file, passwords=["swordfish"])
    ledger = assistant._ledger()  # type: ignore[attr-defined]  # noqa: SLF001
    (entry,) = assistant.library.documents()
    partly = replace(entry.document, status=DocumentStatus.PARTLY_READABLE, used_ocr=False)
    ledger.record(partly, ledger.pages(partly.id), entry.files[0])
    report = add(assistant, file)
    assert statuses(report) == [AddStatus.NEEDS_PASSWORD]
    assert "kept" in report.files[0].message
    assert len(assistant.retriever.retrieve("boiler").passages) == 1
    assert assistant.library.verify() == []


def test_text_of_a_file_that_became_unreadable_is_purged(
    assistant: Assistant, tmp_path: Path
) -> None:
    file = make_pdf(tmp_path / "a.pdf", ["The Zanzibar clause stands here."])
    add(assistant, file)
    garbage(file)
    assert statuses(add(assistant, file)) == [AddStatus.UNREADABLE]
    assert b"anzibar" not in bytes_under(assistant.library_folder)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names here")
def test_what_is_no_regular_file_is_not_opened(assistant: Assistant, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "1 pipe.pdf")
    Path(os.fsdecode(bytes(tmp_path) + b"/2 \xff.pdf")).write_bytes(b"x")
    make_pdf(tmp_path / "3 good.pdf", [TEXT])
    report = add(assistant, tmp_path)
    assert sorted(statuses(report)) == [AddStatus.READY, AddStatus.UNREADABLE, AddStatus.UNREADABLE]


def test_another_programs_additions_are_found_at_once(assistant: Assistant, tmp_path: Path) -> None:
    add(assistant, make_pdf(tmp_path / "a.pdf", ["The Zanzibar clause."]))
    assert len(assistant.retriever.retrieve("clause").passages) == 1
    second = wiring.build(
        config.Settings(data_folder=tmp_path, library_folder=tmp_path / "library")
    )
    add(second, make_pdf(tmp_path / "b.pdf", ["The Honolulu clause."]))
    second.close()
    found = assistant.retriever.retrieve("clause")
    assert (len(found.passages), found.coverage.searched) == (2, 2)


@pytest.mark.usefixtures("one_by_one")
def test_a_document_removed_between_the_steps_of_an_add_leaves_nothing(
    assistant: Assistant, tmp_path: Path
) -> None:
    earlier = add(assistant, make_pdf(tmp_path / "earlier.pdf", ["The Zanzibar clause."]))
    make_pdf(tmp_path / "a.pdf", [TEXT] * 3)
    make_pdf(tmp_path / "b.pdf", [f"{TEXT} b"] * 3)
    library, removed = assistant.library, [earlier.files[0].document_id]
    steps = library.add([tmp_path / "a.pdf", tmp_path / "b.pdf"])
    for step in steps:
        if step.file_number == 2 and step.page == 2 and removed:
            (first,) = [entry for entry in library.documents() if entry.path.name == "a.pdf"]
            library.remove([*removed, first.document.id])
            removed = []
            assert library.verify() == []
    assert removed == []
    assert [entry.path.name for entry in library.documents()] == ["b.pdf"]
    assert library.verify() == []
    assert b"anzibar" not in bytes_under(assistant.library_folder)


@pytest.mark.parametrize("last_page", [0, 1, 3])
@pytest.mark.parametrize("passwords", [["swordfish"], ["wrong"]])
def test_the_document_being_read_anew_can_be_removed_meanwhile(
    assistant: Assistant, tmp_path: Path, last_page: int, passwords: list[str]
) -> None:
    file = make_pdf(tmp_path / "a.pdf", [TEXT] * 3, encrypt="swordfish")
    document_id = add(assistant, file).files[0].document_id
    library = assistant.library
    outcome = None
    for step in library.add([file], passwords=passwords):
        if step.page == (last_page if "swordfish" in passwords else 0) and library.documents():
            library.remove([document_id])
        outcome = step.finished or outcome
    assert outcome is not None
    assert "removed" in outcome.message
    assert library.documents() == []
    assert library.verify() == []


def test_the_lock_taken_twice_still_keeps_others_out(assistant: Assistant, tmp_path: Path) -> None:
    file = make_pdf(tmp_path / "a.pdf", [TEXT])
    known = add(assistant, make_pdf(tmp_path / "known.pdf", [f"{TEXT} too"]))
    settings = config.Settings(data_folder=tmp_path, library_folder=tmp_path / "library")
    second = wiring.build(settings)
    steps = assistant.library.add([file])
    next(steps)
    assistant.library.remove([known.files[0].document_id])
    with pytest.raises(LibraryBusy):
        add(second, file)
    finish(steps)
    assert statuses(add(second, file)) == [AddStatus.UNCHANGED]
    second.close()
