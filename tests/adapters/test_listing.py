"""The list of all documents is kept between searches, and never out of date."""

import sqlite3
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest

from desktop_rag.adapters.sqlite_ledger import SqliteLedger
from desktop_rag.domain import (
    Document,
    DocumentFile,
    DocumentStatus,
    FileState,
    LibraryEntry,
    PageMethod,
    PageRecord,
)
from desktop_rag.errors import LibraryError

DOCUMENT = Document("aa", "a" * 8, DocumentStatus.READY, 1, 1, "", True, "2024-01-01T00:00:00")
FILE = DocumentFile(Path("/x/a.pdf"), "aa", "Smith")
SCAN = PageRecord(1, "1", PageMethod.OCR, "")


@pytest.fixture
def ledger(tmp_path: Path) -> SqliteLedger:
    made = SqliteLedger(tmp_path / "ledger.sqlite3")
    made.record(DOCUMENT, (), FILE)
    return made


def test_it_is_not_read_again_while_nothing_changed(
    ledger: SqliteLedger, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = ledger.entries()
    before.clear()  # what a caller does to its list is its own affair
    ledger.set_settled(False)
    monkeypatch.setattr(ledger, "_entries", lambda *_: pytest.fail("read again"))
    assert [entry.document for entry in ledger.entries()] == [DOCUMENT]


def test_every_change_by_another_program_shows(ledger: SqliteLedger, tmp_path: Path) -> None:
    other = SqliteLedger(tmp_path / "ledger.sqlite3")
    second = replace(DOCUMENT, id="bb", sha256="b" * 8)

    def seen() -> list[LibraryEntry]:
        found = ledger.entries()
        assert found == SqliteLedger(tmp_path / "ledger.sqlite3").entries()
        return found

    assert len(seen()) == 1
    other.record(second, (), replace(FILE, path=Path("/x/b.pdf"), document_id="bb"))
    assert len(seen()) == 2
    other.set_states({FILE.path: FileState.MISSING})
    assert seen()[0].files[0].state is FileState.MISSING
    other.record(replace(DOCUMENT, message="Odd."), [SCAN], FILE)
    assert (seen()[0].document.message, seen()[0].ocr_page_count) == ("Odd.", 1)
    other.link(replace(FILE, path=Path("/x/c.pdf")))
    assert len(seen()[0].files) == 2
    other.move(["aa"], "Jones")
    assert seen()[0].files[0].collection == "Jones"
    other.rename_collection("Jones", "Miller")
    assert seen()[0].files[0].collection == "Miller"
    other.unlink([Path("/x/c.pdf")])
    assert len(seen()[0].files) == 1
    other.remove("bb")
    assert len(seen()) == 1


def test_what_was_rolled_back_is_not_kept(ledger: SqliteLedger, tmp_path: Path) -> None:
    broken = replace(FILE, document_id="nowhere")
    ledger.entries()
    with pytest.raises(LibraryError):
        ledger.link(broken)
    with sqlite3.connect(tmp_path / "ledger.sqlite3") as raw:
        raw.execute("UPDATE documents SET message = 'Odd.'")
    assert ledger.entries()[0].document.message == "Odd."


def test_threads_share_what_was_read(ledger: SqliteLedger) -> None:
    ledger.entries()
    seen: list[LibraryEntry] = []
    thread = Thread(target=lambda: seen.extend(ledger.entries()))
    thread.start()
    thread.join()
    assert seen == ledger.entries()


def test_a_library_of_a_build_before_gets_its_triggers(
    ledger: SqliteLedger, tmp_path: Path
) -> None:
    with sqlite3.connect(tmp_path / "ledger.sqlite3") as raw:
        for (name,) in raw.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'trigger'"
        ).fetchall():
            raw.execute(f"DROP TRIGGER {name}")
    assert ledger.entries()
    opened = SqliteLedger(tmp_path / "ledger.sqlite3")
    opened.remove("aa")
    assert ledger.entries() == []
