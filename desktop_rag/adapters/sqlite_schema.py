"""The tables of the ledger, and how those of an older program are brought up to date."""

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from desktop_rag.errors import LibraryError

FORMAT_VERSION = 5  # since 3 the table of the index may have another name than “chunks”
_SCHEMA = """
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS documents (
    id TEXT PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE, status TEXT NOT NULL,
    page_count INTEGER NOT NULL, chunk_count INTEGER NOT NULL, message TEXT NOT NULL,
    used_ocr INTEGER NOT NULL, added_at TEXT NOT NULL, languages TEXT) STRICT;
CREATE TABLE IF NOT EXISTS pages (
    document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
    number INTEGER NOT NULL, label TEXT NOT NULL, method TEXT NOT NULL, reason TEXT NOT NULL,
    bates TEXT NOT NULL DEFAULT '', hidden TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (document_id, number)) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS files (
    path TEXT PRIMARY KEY, document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
    collection TEXT NOT NULL, bytes INTEGER, mtime_ns INTEGER,
    state TEXT NOT NULL DEFAULT 'present') STRICT;
CREATE TABLE IF NOT EXISTS recognised (
    document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
    number INTEGER NOT NULL, text TEXT NOT NULL, boxes TEXT NOT NULL,
    PRIMARY KEY (document_id, number)) STRICT;
CREATE TABLE IF NOT EXISTS collections (name TEXT PRIMARY KEY) STRICT;
CREATE TABLE IF NOT EXISTS pending (
    path TEXT PRIMARY KEY, collection TEXT, ocr INTEGER NOT NULL, stays INTEGER NOT NULL) STRICT;
CREATE INDEX IF NOT EXISTS files_of_document ON files(document_id);
CREATE INDEX IF NOT EXISTS recognised_of_document ON pages(document_id) WHERE method = 'ocr';
CREATE INDEX IF NOT EXISTS pages_by_bates ON pages(bates) WHERE bates <> '';
"""
# `Ledger.version`: what it tells of documents has changed when this fact has. Random, so that
# neither a rollback nor a program of another version can bring an earlier value back. Not INSERT
# OR REPLACE: the statement that fires a trigger decides what its conflicts do.
_TRIGGERS = tuple(
    f"CREATE TRIGGER IF NOT EXISTS {table}_{event.lower()} AFTER {event} ON {table} BEGIN"
    " DELETE FROM facts WHERE name = 'listed';"
    " INSERT INTO facts VALUES ('listed', hex(randomblob(16))); END"
    for table in ("documents", "files", "collections")
    for event in ("INSERT", "UPDATE", "DELETE")
)
ANOTHER_VERSION = "INSERT OR REPLACE INTO facts VALUES ('listed', hex(randomblob(16)))"
_ADDED_SINCE_1 = (
    "ALTER TABLE pages ADD COLUMN bates TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE files ADD COLUMN bytes INTEGER",
    "ALTER TABLE files ADD COLUMN mtime_ns INTEGER",
    "ALTER TABLE files ADD COLUMN state TEXT NOT NULL DEFAULT 'present'",
)
_ADDED_SINCE_3 = ("ALTER TABLE pages ADD COLUMN hidden TEXT NOT NULL DEFAULT ''",)

# NULL: not told yet, by a program of before.
_ADDED_SINCE_4 = ("ALTER TABLE documents ADD COLUMN languages TEXT",)


def prepare_schema(connection: sqlite3.Connection, folder: Path) -> None:
    """Make the tables, or bring older ones up to date, in one transaction.

    Raises LibraryError if a newer program wrote them; nothing is changed then.
    """
    version = _version(connection)
    _refuse_newer(version, folder)
    if version < FORMAT_VERSION:
        _bring_up_to_date(connection)
    connection.executescript(_SCHEMA)  # the tables that a build before this one did not have
    for trigger in _TRIGGERS:
        connection.execute(trigger)


def refuse_newer(file: Path) -> None:
    """Raises LibraryError as `prepare_schema`, before anything is made beside the file.

    An ordinary connection makes two files there, and leaves them if the program ends meanwhile.
    """
    with suppress(sqlite3.DatabaseError):  # what is damaged, opening it will say
        place = f"{file.absolute().as_uri()}?mode=ro&immutable=1"
        with closing(sqlite3.connect(place, uri=True)) as connection:
            version = _version(connection)
        _refuse_newer(version, file.parent)


def _refuse_newer(version: int, folder: Path) -> None:
    if version > FORMAT_VERSION:
        raise LibraryError(
            f"The library in {folder} was written by a newer Desktop RAG.",
            "Install the newer version to open it; nothing was changed.",
        )


def _bring_up_to_date(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN IMMEDIATE")  # two programs may come upon an old library together
    with connection:
        version = _version(connection)
        since_1 = _ADDED_SINCE_1 if version == 1 else ()
        since_3 = _ADDED_SINCE_3 if 1 <= version <= 3 else ()
        since_4 = _ADDED_SINCE_4 if 1 <= version <= 4 else ()
        for statement in (*since_1, *since_3, *since_4):
            connection.execute(statement)
        for statement in filter(str.strip, _SCHEMA.split(";")):
            connection.execute(statement)
        connection.execute(
            "INSERT OR REPLACE INTO facts VALUES ('format_version', ?)", (str(FORMAT_VERSION),)
        )


def _version(connection: sqlite3.Connection) -> int:
    """The format that is there; 0 in a new file. What is no number is of a newer program."""
    if not connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'facts'").fetchone():
        return 0
    row = connection.execute("SELECT value FROM facts WHERE name = 'format_version'").fetchone()
    if row is None:
        return 1
    return int(row[0]) if row[0].isdecimal() else FORMAT_VERSION + 1
