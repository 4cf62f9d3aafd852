"""The chunk store and the ledger, on real files."""

import sqlite3
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from desktop_rag.adapters.lancedb_store import LanceChunkStore
from desktop_rag.adapters.sqlite_ledger import SqliteLedger
from desktop_rag.adapters.sqlite_pending import SqlitePending
from desktop_rag.adapters.sqlite_schema import FORMAT_VERSION
from desktop_rag.domain import (
    Chunk,
    Document,
    DocumentFile,
    DocumentStatus,
    FileStamp,
    FileState,
    IndexStamp,
    ModelIdentity,
    Page,
    PageMethod,
    PageRecord,
    PendingFile,
    Span,
    TextBox,
)
from desktop_rag.errors import LibraryError


def chunk(document_id: str, ordinal: int, text: str) -> Chunk:
    spans = (Span(1, 0, len(text)), Span(2, 5, 3))
    return Chunk(document_id, ordinal, text, text, "7. Heading", spans)


def unit(*values: float) -> np.ndarray:
    vector = np.array(values, dtype=np.float32)
    return vector / np.linalg.norm(vector)


@pytest.fixture
def store(tmp_path: Path) -> LanceChunkStore:
    made = LanceChunkStore(tmp_path, lambda: 3)
    chunks = [chunk("aa", 0, "termination of the lease"), chunk("bb", 0, "§ 7(b) I21.4 ABC000123")]
    made.add(chunks, np.stack([unit(1, 0, 0), unit(0, 1, 0)]))
    return made


def test_a_chunk_comes_back_as_it_was(store: LanceChunkStore) -> None:
    (hit, _) = store.dense(unit(1, 0.1, 0), 5, None)
    assert hit.chunk == chunk("aa", 0, "termination of the lease")
    assert hit.score == pytest.approx(hit.cosine)
    assert hit.cosine == pytest.approx(1 / 1.01**0.5, abs=1e-4)


@pytest.mark.parametrize("compacted", [False, True])
def test_words_are_found_before_and_after_compaction(
    store: LanceChunkStore, compacted: bool
) -> None:
    if compacted:
        store.compact(purge=False)
    for question, expected in (("terminating leases", "aa"), ("I21.4", "bb"), ("ABC000123", "bb")):
        hits = store.keyword(question, unit(0, 1, 0), 5, None)
        assert [hit.chunk.document_id for hit in hits] == [expected]
    assert store.keyword("§ ()", unit(0, 1, 0), 5, None) == []


def test_a_scope_is_applied_before_the_cut(store: LanceChunkStore) -> None:
    assert [h.chunk.document_id for h in store.dense(unit(1, 0, 0), 1, ["bb"])] == ["bb"]
    assert store.keyword("lease", unit(1, 0, 0), 1, ["bb"]) == []
    assert store.dense(unit(1, 0, 0), 1, []) == []


def test_an_id_cannot_smuggle_a_condition_in(store: LanceChunkStore) -> None:
    with pytest.raises(ValueError, match="document id"):
        store.delete(["x') OR ('1'='1"])
    assert store.chunk_counts() == {"aa": 1, "bb": 1}


def test_deleted_chunks_are_found_no_more_and_purged(
    store: LanceChunkStore, tmp_path: Path
) -> None:
    store.compact(purge=False)
    store.delete(["aa"])
    assert store.keyword("termination", unit(1, 0, 0), 5, None) == []
    store.compact(purge=True)
    assert not any(b"termination" in p.read_bytes() for p in tmp_path.rglob("*") if p.is_file())


def test_replaced_chunks_are_all_of_their_document_and_none_of_another(
    store: LanceChunkStore,
) -> None:
    store.add([chunk("aa", 1, "the second one")], np.stack([unit(0, 0, 1)]))
    store.compact(purge=False)
    store.replace("aa", [chunk("aa", 0, "zanzibar")], np.stack([unit(1, 0, 0)]))
    for _ in range(2):
        assert store.chunk_counts() == {"aa": 1, "bb": 1}
        found = [store.keyword(word, unit(1, 0, 0), 5, None) for word in ("second", "zanzibar")]
        assert [len(hits) for hits in found] == [0, 1]
        store.compact(purge=True)


def test_what_was_added_is_there_for_another_program(
    store: LanceChunkStore, tmp_path: Path
) -> None:
    again = LanceChunkStore(tmp_path, lambda: 3)
    assert again.chunk_counts() == {"aa": 1, "bb": 1}
    store.add([chunk("cc", 0, "more")], np.stack([unit(0, 0, 1)]))
    store.compact(purge=True)
    assert again.dense(unit(1, 0, 0), 1, None)[0].chunk.document_id == "aa"


def newest(folder: Path, pattern: str) -> Path:
    return max(folder.rglob(pattern), key=lambda path: path.stat().st_mtime_ns)


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """A library's index of two commits, `aa` and then `bb`, no longer open."""
    folder = tmp_path / "library" / "index.lance"
    folder.mkdir(parents=True)
    made = LanceChunkStore(folder, lambda: 3)
    made.add([chunk("aa", 0, "termination of the lease")], np.array([unit(1, 0, 0)]))
    made.add([chunk("bb", 0, "zanzibar")], np.array([unit(0, 1, 0)]))
    return folder


def test_a_whole_index_is_not_mended(index: Path) -> None:
    store = LanceChunkStore(index, lambda: 3, is_suspect=True)
    assert not store.was_mended
    assert store.chunk_counts() == {"aa": 1, "bb": 1}


@pytest.mark.parametrize("content", [b"", b"x" * 40])
@pytest.mark.parametrize("pattern", ["*.manifest", "data/*.lance"])
def test_a_torn_commit_is_set_aside_and_the_one_before_it_serves(
    index: Path, pattern: str, content: bytes
) -> None:
    newest(index, pattern).write_bytes(content)
    store = LanceChunkStore(index, lambda: 3, is_suspect=True)
    assert store.was_mended
    assert store.chunk_counts() == {"aa": 1}
    assert len(list(index.parent.glob("damaged-index-*/*.manifest"))) == 1
    store.add([chunk("cc", 0, "honolulu")], np.array([unit(0, 0, 1)]))
    again = LanceChunkStore(index, lambda: 3, is_suspect=True)
    assert not again.was_mended
    assert [hit.chunk.document_id for hit in again.keyword("honolulu", unit(0, 0, 1), 5, None)] == [
        "cc"
    ]
    again.delete(["aa"])
    again.compact(purge=True)
    assert not list(index.parent.glob("damaged-index-*"))


@pytest.mark.parametrize("content", [b"", b"cut short", bytes(4096)])
def test_a_torn_commit_before_a_whole_one_does_not_stop_purging(
    index: Path, content: bytes
) -> None:
    before_newest = sorted(index.rglob("*.manifest"))[1]
    before_newest.write_bytes(content)
    store = LanceChunkStore(index, lambda: 3, is_suspect=True)
    assert not store.was_mended
    assert store.chunk_counts() == {"aa": 1, "bb": 1}
    store.delete(["aa"])
    store.compact(purge=True)
    assert store.chunk_counts() == {"bb": 1}


def test_a_destroyed_index_is_set_aside_as_a_whole(index: Path) -> None:
    for manifest in index.rglob("*.manifest"):
        manifest.write_bytes(b"")
    store = LanceChunkStore(index, lambda: 3)
    assert store.was_mended
    assert store.chunk_counts() == {}
    assert list(index.parent.glob("damaged-index-*/chunks.lance/data/*.lance"))


def test_an_index_that_the_disk_does_not_give_is_left_alone(
    index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    newest(index, "*.manifest").write_bytes(b"")

    def broken(*_: object) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", broken)
        with pytest.raises(LibraryError, match="Input/output error"):
            LanceChunkStore(index, lambda: 3)
    assert not list(index.parent.glob("damaged-index-*"))


def test_purging_leaves_nothing_of_one_document_among_many(tmp_path: Path) -> None:
    store = LanceChunkStore(tmp_path, lambda: 3)
    many = [chunk(f"d{n:03}", 0, f"clause {n} of the lease") for n in range(300)]
    many[150] = chunk("d150", 0, "the zanzibar clause")
    store.add(many, np.tile(unit(1, 0, 0), (300, 1)))
    store.compact(purge=False)
    store.delete(["d150"])
    store.compact(purge=True)
    assert not list(tmp_path.rglob("_deletions/*"))
    kept = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert all(b"zanzibar" not in path.read_bytes() for path in kept)
    found = store.keyword("clause 151", unit(1, 0, 0), 5, None)
    assert found[0].chunk.document_id == "d151"
    assert store.keyword("zanzibar", unit(1, 0, 0), 5, None) == []


def document(document_id: str, status: DocumentStatus = DocumentStatus.READY) -> Document:
    return Document(document_id, document_id * 4, status, 1, 1, "", True, "2024-01-01T00:00:00")


@pytest.fixture
def ledger(tmp_path: Path) -> SqliteLedger:
    return SqliteLedger(tmp_path / "ledger.sqlite3")


PAGES = [PageRecord(1, "iv", PageMethod.PDFIUM, "")]


def test_a_document_is_kept_with_its_pages_and_files(ledger: SqliteLedger, tmp_path: Path) -> None:
    file = DocumentFile(Path("/x/a.pdf"), "aa", "Smith")
    assert ledger.record(document("aa"), PAGES, file) == []
    again = SqliteLedger(tmp_path / "ledger.sqlite3")
    (entry,) = again.entries()
    assert (entry.document, entry.files) == (document("aa"), (file,))
    assert again.pages("aa") == PAGES
    assert again.file_at(file.path) == file
    assert again.collections() == {"Smith": 1}


def test_entries_come_in_the_order_asked_for_and_only_those_that_exist(
    ledger: SqliteLedger,
) -> None:
    for name in ("aa", "bb", "cc"):
        ledger.record(document(name), PAGES, DocumentFile(Path(f"/x/{name}.pdf"), name, "Smith"))
    ledger.link(DocumentFile(Path("/a/first.pdf"), "cc", "Doe"))
    assert ledger.document_ids() == ["cc", "aa", "bb"]
    found = ledger.entries_of(["bb", "none", "cc", "bb"])
    assert [entry.document.id for entry in found] == ["bb", "cc"]
    assert [file.path.name for file in found[1].files] == ["first.pdf", "cc.pdf"]
    many = [f"{number:04}" for number in range(2000)]
    assert [entry.document.id for entry in ledger.entries_of([*many, "aa"])] == ["aa"]


def test_a_document_that_no_file_shows_any_more_is_forgotten(ledger: SqliteLedger) -> None:
    path = Path("/x/a.pdf")
    ledger.record(document("aa"), PAGES, DocumentFile(path, "aa", "Smith"))
    assert ledger.record(document("bb"), PAGES, DocumentFile(path, "bb", "Smith")) == ["aa"]
    assert ledger.entry("aa") is None
    assert ledger.pages("aa") == []


def test_a_document_that_another_file_shows_stays(ledger: SqliteLedger) -> None:
    first, second = Path("/x/a.pdf"), Path("/x/b.pdf")
    ledger.record(document("aa"), PAGES, DocumentFile(first, "aa", "Smith"))
    ledger.link(DocumentFile(second, "aa", "Doe"))
    assert ledger.record(document("bb"), PAGES, DocumentFile(first, "bb", "Smith")) == []
    assert ledger.collections() == {"Doe": 1, "Smith": 1}


SCANS = [
    Page(1, "iv", "Zanzibar clause", PageMethod.OCR, boxes=(TextBox(0, 8, 1.5, 2.25, 40.0, 9.5),)),
    Page(3, "3", "Honolulu", PageMethod.OCR, boxes=(TextBox(0, 8, 1.0, 2.0, 40.0, 9.0),)),
]
SCAN_RECORDS = [PageRecord(page.number, page.label, page.method, "") for page in SCANS]


def test_recognised_pages_come_back_as_they_were(ledger: SqliteLedger) -> None:
    ledger.record(document("aa"), SCAN_RECORDS, DocumentFile(Path("/x/a.pdf"), "aa", "S"), SCANS)
    assert ledger.recognised("aa") == {1: SCANS[0], 3: SCANS[1]}
    assert ledger.recognised("aa", [3, 9]) == {3: SCANS[1]}
    assert ledger.recognised("bb") == {}


def test_a_document_that_is_read_again_keeps_nothing_of_the_earlier_reading(
    ledger: SqliteLedger,
) -> None:
    file = DocumentFile(Path("/x/a.pdf"), "aa", "S")
    ledger.record(document("aa"), SCAN_RECORDS, file, SCANS)
    ledger.record(document("aa"), SCAN_RECORDS, file, SCANS[1:])
    assert ledger.recognised("aa") == {3: SCANS[1]}


def test_the_text_of_a_removed_scan_is_gone_from_the_disk(
    ledger: SqliteLedger, tmp_path: Path
) -> None:
    def on_disk(word: bytes) -> bool:
        return any(word in path.read_bytes() for path in tmp_path.iterdir())

    ledger.record(document("aa"), SCAN_RECORDS, DocumentFile(Path("/x/a.pdf"), "aa", "S"), SCANS)
    assert on_disk(b"Zanzibar")
    ledger.remove("aa")
    assert ledger.recognised("aa") == {}
    assert not on_disk(b"Zanzibar")


def test_a_library_from_before_scans_were_kept_opens(ledger: SqliteLedger, tmp_path: Path) -> None:
    ledger.record(document("aa"), PAGES, DocumentFile(Path("/x/a.pdf"), "aa", "S"))
    with sqlite3.connect(tmp_path / "ledger.sqlite3") as older:
        older.execute("DROP TABLE recognised")
    older.close()
    again = SqliteLedger(tmp_path / "ledger.sqlite3")
    assert again.pages("aa") == PAGES
    assert again.recognised("aa") == {}


def test_the_embedder_is_stamped(ledger: SqliteLedger) -> None:
    assert ledger.stamp() is None
    stamp = IndexStamp(ModelIdentity("m", "1" * 64), "chunks-2")
    before = ledger.version()
    ledger.set_stamp(stamp)
    assert ledger.stamp() == stamp
    assert ledger.version() != before


def test_a_newer_library_is_refused_politely(ledger: SqliteLedger, tmp_path: Path) -> None:
    ledger._set_fact("format_version", "99")  # noqa: SLF001 - there is no such version yet
    with pytest.raises(LibraryError, match="newer"):
        SqliteLedger(tmp_path / "ledger.sqlite3")


def test_a_library_of_the_first_format_is_brought_up_to_date(tmp_path: Path) -> None:
    file = tmp_path / "ledger.sqlite3"
    with sqlite3.connect(file) as database:
        database.executescript(
            "CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;"
            "INSERT INTO facts VALUES ('format_version', '1');"
            "CREATE TABLE documents (id TEXT PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE,"
            " status TEXT NOT NULL, page_count INTEGER NOT NULL, chunk_count INTEGER NOT NULL,"
            " message TEXT NOT NULL, used_ocr INTEGER NOT NULL, added_at TEXT NOT NULL) STRICT;"
            "CREATE TABLE pages (document_id TEXT NOT NULL, number INTEGER NOT NULL,"
            " label TEXT NOT NULL, method TEXT NOT NULL, reason TEXT NOT NULL,"
            " PRIMARY KEY (document_id, number)) STRICT, WITHOUT ROWID;"
            "CREATE TABLE files (path TEXT PRIMARY KEY, document_id TEXT NOT NULL,"
            " collection TEXT NOT NULL) STRICT;"
            "INSERT INTO documents VALUES ('aa', 'aa', 'ready', 1, 1, '', 1, '2026');"
            "INSERT INTO pages VALUES ('aa', 1, 'iv', 'pdfium', '');"
            "INSERT INTO files VALUES ('/x/a.pdf', 'aa', 'Smith');"
        )
    database.close()
    for _ in range(2):
        ledger = SqliteLedger(file)
        assert ledger.pages("aa") == [PageRecord(1, "iv", PageMethod.PDFIUM, "", bates="")]
        assert ledger.files() == [DocumentFile(Path("/x/a.pdf"), "aa", "Smith", None)]
        assert ledger._fact("format_version") == str(FORMAT_VERSION)  # noqa: SLF001


def test_a_library_of_the_third_format_is_brought_up_to_date(
    ledger: SqliteLedger, tmp_path: Path
) -> None:
    ledger.record(document("aa"), PAGES, DocumentFile(Path("/x/a.pdf"), "aa", "S"))
    with sqlite3.connect(tmp_path / "ledger.sqlite3") as older:
        older.execute("ALTER TABLE pages DROP COLUMN hidden")
        older.execute("ALTER TABLE documents DROP COLUMN languages")
        older.execute("UPDATE facts SET value = '3' WHERE name = 'format_version'")
    older.close()
    assert SqliteLedger(tmp_path / "ledger.sqlite3").pages("aa") == PAGES


def test_what_is_hidden_on_a_page_is_kept(ledger: SqliteLedger) -> None:
    pages = [replace(PAGES[0], hidden=((0, 5), (9, 12))), PageRecord(2, "v", PageMethod.OCR, "")]
    ledger.record(document("aa"), pages, DocumentFile(Path("/x/a.pdf"), "aa", "S"))
    assert ledger.pages("aa") == pages


def test_what_became_of_files_is_kept(ledger: SqliteLedger) -> None:
    first, second = Path("/x/a.pdf"), Path("/y/a.pdf")
    stamp = FileStamp(5, 1_700_000_000_123_456_789)
    ledger.record(document("aa"), PAGES, DocumentFile(first, "aa", "Smith", stamp))
    ledger.link(DocumentFile(second, "aa", "Doe"))
    ledger.set_states({second: FileState.OFFLINE, Path("/unknown.pdf"): FileState.MISSING})
    assert ledger.files() == [
        DocumentFile(first, "aa", "Smith", stamp, FileState.PRESENT),
        DocumentFile(second, "aa", "Doe", None, FileState.OFFLINE),
    ]
    assert ledger.unlink([first, Path("/unknown.pdf")]) == []
    assert ledger.unlink([second]) == ["aa"]
    assert ledger.entries() == []
    assert ledger.pages("aa") == []


def test_what_is_still_to_be_read_is_kept(ledger: SqliteLedger, tmp_path: Path) -> None:
    assert ledger.entries() == []
    pending = SqlitePending(tmp_path / "ledger.sqlite3")
    files = [
        PendingFile(Path("/x/b.pdf"), "Smith", True, False),
        PendingFile(Path("/x/a.pdf"), None, False, True),
    ]
    pending.put(files)
    assert SqlitePending(tmp_path / "ledger.sqlite3").files() == files
    pending.drop([Path("/x/b.pdf"), Path("/unknown.pdf")])
    assert pending.files() == files[1:]


def test_a_damaged_ledger_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "ledger.sqlite3").write_bytes(b"no database at all" * 100)
    with pytest.raises(LibraryError, match="not a database"):
        SqliteLedger(tmp_path / "ledger.sqlite3")
