"""The ledger in SQLite: documents, their files, pages, and what the index was made with."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import astuple
from pathlib import Path

from desktop_rag.adapters.sqlite_database import Database, database_at, rename_in
from desktop_rag.adapters.sqlite_schema import ANOTHER_VERSION, prepare_schema
from desktop_rag.domain import (
    Document,
    DocumentFile,
    DocumentRecord,
    DocumentStatus,
    FileStamp,
    FileState,
    IndexStamp,
    LibraryEntry,
    ModelIdentity,
    Page,
    PageMethod,
    PageRecord,
    Ranges,
    TextBox,
)
from desktop_rag.errors import LibraryError

_FILE_COLUMNS = "path, document_id, collection, bytes, mtime_ns, state"
_STAMP = ("embedder_name", "embedder_sha256", "index_table")
_MOST_VARIABLES = 500  # in one statement; older builds of SQLite take 999


class SqliteLedger:
    """A `ports.Ledger` in a database, or in the file of one."""

    def __init__(self, place: Path | Database) -> None:
        self._database = database_at(place)
        self._listed: tuple[str | None, list[LibraryEntry]] | None = None
        try:
            with self._database.change():
                prepare_schema(self._db, self._database.folder)
        except LibraryError:
            self._database.let_go()
            raise

    @property
    def _db(self) -> sqlite3.Connection:
        return self._database.connection

    def entries(self) -> list[LibraryEntry]:
        state = self.version()  # first: what is read may only be newer than this says
        listed = self._listed
        if listed is None or listed[0] != state:
            listed = self._listed = (state, self._entries(""))
        return [*listed[1]]

    def version(self) -> str | None:
        return self._fact("listed")

    def document_ids(self) -> list[str]:
        with self._database.reading():
            rows = self._db.execute(
                "SELECT document_id FROM files GROUP BY document_id ORDER BY MIN(path)"
            ).fetchall()
        return [row[0] for row in rows]

    def entries_of(self, document_ids: Sequence[str]) -> list[LibraryEntry]:
        found: dict[str, LibraryEntry] = {}
        for start in range(0, len(document_ids), _MOST_VARIABLES):
            ids = document_ids[start : start + _MOST_VARIABLES]
            marks = ",".join("?" * len(ids))
            for entry in self._entries(f"WHERE documents.id IN ({marks})", *ids):
                found[entry.document.id] = entry
        return [found[key] for key in dict.fromkeys(document_ids) if key in found]

    def entry(self, document_id: str) -> LibraryEntry | None:
        found = self._entries("WHERE documents.id = ?", document_id)
        return found[0] if found else None

    def pages(self, document_id: str) -> list[PageRecord]:
        with self._database.reading():
            rows = self._db.execute(
                "SELECT number, label, method, reason, bates, hidden FROM pages"
                " WHERE document_id = ? ORDER BY number",
                (document_id,),
            ).fetchall()
        return [
            PageRecord(row[0], row[1], PageMethod(row[2]), row[3], row[4], _ranges(row[5]))
            for row in rows
        ]

    def recognised(
        self, document_id: str, numbers: Collection[int] | None = None
    ) -> dict[int, Page]:
        chosen = "" if numbers is None else " AND number IN (SELECT value FROM json_each(?))"
        values = (document_id,) if numbers is None else (document_id, json.dumps([*numbers]))
        with self._database.reading():
            rows = self._db.execute(
                "SELECT number, label, text, boxes FROM recognised"
                " JOIN pages USING (document_id, number) WHERE document_id = ?"
                f"{chosen} ORDER BY number",
                values,
            ).fetchall()
        return {row[0]: _recognised_page(*row) for row in rows}

    def file_at(self, path: Path) -> DocumentFile | None:
        with self._database.reading():
            row = self._db.execute(
                f"SELECT {_FILE_COLUMNS} FROM files WHERE path = ?", (str(path),)
            ).fetchone()
        return _file(*row) if row else None

    def files(self) -> list[DocumentFile]:
        with self._database.reading():
            rows = self._db.execute(f"SELECT {_FILE_COLUMNS} FROM files ORDER BY path").fetchall()
        return [_file(*row) for row in rows]

    def set_states(self, states: Mapping[Path, FileState]) -> None:
        with self._database.change():
            self._db.executemany(
                "UPDATE files SET state = ? WHERE path = ?",
                [(state.value, str(path)) for path, state in states.items()],
            )

    def unlink(self, paths: Sequence[Path]) -> list[str]:
        with self._writing():
            return self._without_files(
                row[0]
                for path in paths
                for row in self._db.execute(
                    "DELETE FROM files WHERE path = ? RETURNING document_id", (str(path),)
                ).fetchall()
            )

    def collections(self) -> dict[str, int]:
        with self._database.reading():
            rows = self._db.execute(
                "SELECT collection, COUNT(DISTINCT document_id) FROM ("
                " SELECT collection, document_id FROM files"
                " UNION ALL SELECT name, NULL FROM collections"
                ") GROUP BY collection ORDER BY collection"
            ).fetchall()
        return dict(rows)

    def create_collection(self, name: str) -> None:
        with self._database.change():
            self._db.execute("INSERT OR IGNORE INTO collections VALUES (?)", (name,))

    def rename_collection(self, name: str, new_name: str) -> None:
        with self._database.change():
            rename_in(self._db, "files", "collection", name, new_name)
            rename_in(self._db, "collections", "name", name, new_name)

    def delete_collection(self, name: str) -> None:
        with self._database.change():
            self._db.execute(
                "DELETE FROM collections WHERE name = ? OR substr(name, 1, ?) = ?",
                (name, len(name) + 1, f"{name}/"),
            )

    def move(self, document_ids: Sequence[str], collection: str) -> None:
        ids = [(key,) for key in document_ids]
        with self._database.change():
            self._db.execute("INSERT OR IGNORE INTO collections VALUES (?)", (collection,))
            self._db.executemany(
                "INSERT OR IGNORE INTO collections"
                " SELECT collection FROM files WHERE document_id = ?",
                ids,
            )
            self._db.executemany(
                "UPDATE files SET collection = ? WHERE document_id = ?",
                [(collection, key) for (key,) in ids],
            )

    def record(
        self,
        document: Document,
        pages: Sequence[PageRecord],
        file: DocumentFile,
        recognised: Sequence[Page] = (),
    ) -> list[str]:
        return self.record_all([DocumentRecord(document, tuple(pages), file, tuple(recognised))])

    def record_all(self, records: Sequence[DocumentRecord]) -> list[str]:
        with self._writing():
            return [key for record in records for key in self._record(record)]

    def link(self, file: DocumentFile) -> list[str]:
        with self._writing():
            return self._place(file)

    def remove(self, document_id: str) -> None:
        with self._writing():
            self._db.execute("DELETE FROM documents WHERE id = ?", (document_id,))

    def without_languages(self) -> dict[str, int]:
        with self._database.reading():
            rows = self._db.execute(
                "SELECT id, chunk_count FROM documents"
                " WHERE languages IS NULL AND chunk_count > 0 ORDER BY added_at DESC"
            ).fetchall()
        return dict(rows)

    def set_languages(self, languages: Mapping[str, Sequence[str]]) -> None:
        with self._database.change():
            self._db.executemany(
                "UPDATE documents SET languages = ? WHERE id = ?",
                [(" ".join(codes), key) for key, codes in languages.items()],
            )

    def is_settled(self) -> bool:
        return self._fact("settled") != "no"

    def set_settled(self, settled: bool) -> None:
        self._set_fact("settled", "yes" if settled else "no")

    def stamp(self) -> IndexStamp | None:
        with self._database.reading():
            rows = self._db.execute(
                f"SELECT name, value FROM facts WHERE name IN ({','.join('?' * len(_STAMP))})",
                _STAMP,
            ).fetchall()
        facts = dict(rows)
        if not facts.get("embedder_name") or not facts.get("embedder_sha256"):
            return None
        model = ModelIdentity(facts["embedder_name"], facts["embedder_sha256"])
        table = facts.get("index_table")
        return IndexStamp(model, table) if table else IndexStamp(model)

    def set_stamp(self, stamp: IndexStamp) -> None:
        values = (stamp.model.name, stamp.model.sha256, stamp.table)
        with self._database.change():
            self._db.executemany(
                "INSERT OR REPLACE INTO facts VALUES (?, ?)", zip(_STAMP, values, strict=True)
            )
            self._db.execute(ANOTHER_VERSION)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """One transaction; afterwards no copy of what it deleted waits in the log."""
        with self._database.change():
            yield
        self._database.purge_log()

    def _record(self, record: DocumentRecord) -> list[str]:
        key = record.document.id
        self._db.execute("DELETE FROM pages WHERE document_id = ?", (key,))
        self._db.execute("DELETE FROM recognised WHERE document_id = ?", (key,))
        self._db.execute(
            "INSERT INTO documents VALUES (?,?,?,?,?,?,?,?,?) ON CONFLICT(id) DO UPDATE SET"
            " status=excluded.status, page_count=excluded.page_count,"
            " chunk_count=excluded.chunk_count, message=excluded.message,"
            " used_ocr=excluded.used_ocr, added_at=excluded.added_at,"
            " languages=excluded.languages",
            _document_row(record.document),
        )
        self._db.executemany(
            "INSERT INTO pages VALUES (?,?,?,?,?,?,?)",
            [_page_row(key, page) for page in record.pages],
        )
        self._db.executemany(
            "INSERT INTO recognised VALUES (?,?,?,?)",
            [(key, page.number, page.text, _boxes_text(page)) for page in record.recognised],
        )
        return self._place(record.file)

    def _place(self, file: DocumentFile) -> list[str]:
        """Put the file where it belongs, and drop the document that it showed before."""
        before = self._db.execute(
            "SELECT document_id FROM files WHERE path = ?", (str(file.path),)
        ).fetchall()
        stamp = (file.stamp.bytes, file.stamp.mtime_ns) if file.stamp else (None, None)
        self._db.execute(
            "INSERT OR REPLACE INTO files VALUES (?,?,?,?,?,?)",
            (str(file.path), file.document_id, file.collection, *stamp, file.state.value),
        )
        return self._without_files(row[0] for row in before)

    def _without_files(self, document_ids: Iterable[str]) -> list[str]:
        """Drop those of these documents that no file shows any more; returns their ids."""
        gone: list[str] = []
        for key in dict.fromkeys(document_ids):
            rows = self._db.execute(
                "DELETE FROM documents WHERE id = ?"
                " AND NOT EXISTS (SELECT 1 FROM files WHERE document_id = documents.id)"
                " RETURNING id",
                (key,),
            ).fetchall()
            gone += [row[0] for row in rows]
        return gone

    def _entries(self, where: str, *values: str) -> list[LibraryEntry]:
        with self._database.reading():
            rows = self._db.execute(
                f"SELECT documents.*, {_FILE_COLUMNS}, (SELECT COUNT(*) FROM pages"
                " WHERE pages.document_id = documents.id AND method = 'ocr') FROM files"
                f" JOIN documents ON documents.id = files.document_id {where} ORDER BY files.path",
                values,
            ).fetchall()
        documents = {row[0]: _document(row[:9]) for row in rows}
        files: defaultdict[str, list[DocumentFile]] = defaultdict(list)
        for row in rows:
            files[row[0]].append(_file(*row[9:15]))
        recognised = {row[0]: row[15] for row in rows}
        return [
            LibraryEntry(documents[key], tuple(places), recognised[key])
            for key, places in files.items()
        ]

    def _fact(self, name: str) -> str | None:
        with self._database.reading():
            row = self._db.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None

    def _set_fact(self, name: str, value: str) -> None:
        with self._database.change():
            self._db.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (name, value))


def _document_row(document: Document) -> tuple[str | int, ...]:
    return (
        document.id,
        document.sha256,
        document.status.value,
        document.page_count,
        document.chunk_count,
        document.message,
        int(document.used_ocr),
        document.added_at,
        " ".join(document.languages),
    )


def _document(row: tuple[str, str, str, int, int, str, int, str, str | None]) -> Document:
    return Document(
        id=row[0],
        sha256=row[1],
        status=DocumentStatus(row[2]),
        page_count=row[3],
        chunk_count=row[4],
        message=row[5],
        used_ocr=bool(row[6]),
        added_at=row[7],
        languages=tuple((row[8] or "").split()),
    )


def _file(
    path: str, document_id: str, collection: str, size: int | None, mtime_ns: int | None, state: str
) -> DocumentFile:
    stamp = None if size is None or mtime_ns is None else FileStamp(size, mtime_ns)
    return DocumentFile(Path(path), document_id, collection, stamp, FileState(state))


def _page_row(key: str, page: PageRecord) -> tuple[str | int, ...]:
    hidden = json.dumps(page.hidden, separators=(",", ":")) if page.hidden else ""
    return (key, page.number, page.label, page.method.value, page.reason, page.bates, hidden)


def _ranges(hidden: str) -> Ranges:
    return tuple((start, length) for start, length in json.loads(hidden)) if hidden else ()


def _boxes_text(page: Page) -> str:
    """Six numbers a word: a scan of a thousand pages holds half a million words."""
    return json.dumps([astuple(box) for box in page.boxes], separators=(",", ":"))


def _recognised_page(number: int, label: str, text: str, boxes: str) -> Page:
    places = tuple(TextBox(*box) for box in json.loads(boxes))
    return Page(number, label, text, PageMethod.OCR, boxes=places)
