"""A library's SQLite file as its tables share it: a connection for each thread, errors in words."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Protocol

from desktop_rag.adapters.sqlite_schema import refuse_newer
from desktop_rag.errors import LibraryError


class Database(Protocol):
    """Tables that lie in a file, or sealed in a vault."""

    @property
    def folder(self) -> Path:
        """Where they lie, for a person."""

    @property
    def connection(self) -> sqlite3.Connection:
        """The calling thread's, inside of one of the two below.

        SQL may call `casefold(text)`, which knows every letter; SQLite's own lower() knows a to z.
        """

    def reading(self) -> AbstractContextManager[None]:
        """Around statements that change nothing. Raises LibraryError."""

    def change(self) -> AbstractContextManager[sqlite3.Connection]:
        """One transaction, on the disk when it ends. Raises LibraryError."""

    def purge_log(self) -> None:
        """Leave nothing on the disk of what was deleted. Raises LibraryError."""

    def rewrite(self) -> None:
        """Write all of it anew, so that no page of it holds old text. Raises LibraryError."""

    def let_go(self) -> None:
        """Close the calling thread's connection: nothing is left beside what was refused."""


class SqliteDatabase:
    """A `Database` in one file (write-ahead log, every commit synced, deleted text overwritten)."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._connections = threading.local()

    @property
    def folder(self) -> Path:
        return self._file.parent

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's own: a reader never sees another thread's half transaction."""
        connection: sqlite3.Connection | None = getattr(self._connections, "open", None)
        if connection is None:
            refuse_newer(self._file)
            connection = self._connections.open = sqlite3.connect(self._file)
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=FULL")
            prepare(connection)
        return connection

    @contextmanager
    def reading(self) -> Iterator[None]:
        with library_errors(self._file):
            yield

    @contextmanager
    def change(self) -> Iterator[sqlite3.Connection]:
        with library_errors(self._file), self.connection as connection:
            yield connection

    def purge_log(self) -> None:
        """Empty the write-ahead log, in which text that was deleted may still stand."""
        with library_errors(self._file):
            self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def rewrite(self) -> None:
        """It takes about as long as copying the file.

        Deleted rows are overwritten when they are deleted, but SQLite moves rows between pages,
        too, and a copy may stay where a row was.
        """
        with library_errors(self._file):
            self.purge_log()
            self.connection.execute("VACUUM")
            self.purge_log()

    def let_go(self) -> None:
        connection = vars(self._connections).pop("open", None)
        if connection is not None:
            connection.close()


def database_at(place: Path | Database) -> Database:
    """The database that is meant: one that is open, or a file."""
    return SqliteDatabase(place) if isinstance(place, Path) else place


def prepare(connection: sqlite3.Connection) -> None:
    """What every connection to a library needs."""
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA secure_delete=ON")
    connection.create_function("casefold", 1, str.casefold, deterministic=True)


def rename_in(
    connection: sqlite3.Connection, table: str, column: str, name: str, new_name: str
) -> None:
    """Put the new name of a collection where a column names it, or one below it."""
    connection.execute(
        f"UPDATE {table} SET {column} = ? || substr({column}, ? + 1)"
        f" WHERE {column} = ? OR substr({column}, 1, ?) = ?",
        (new_name, len(name), name, len(name) + 1, f"{name}/"),
    )


@contextmanager
def library_errors(file: Path) -> Iterator[None]:
    """Raise LibraryError for whatever SQLite has to say about `file`."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        full = "full" in str(error)
        hint = (
            "Free some space on the disk and try again."
            if full
            else "Check that the disk is there and writable, or restore the folder from a backup."
        )
        raise LibraryError(f"The ledger {file} failed: {error}.", hint) from error
