"""A library's SQLite file as its tables share it: a connection for each thread, errors in words."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop_rag.errors import LibraryError


class SqliteDatabase:
    """One file (write-ahead log, every commit synced to the disk, deleted text overwritten)."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._connections = threading.local()

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's own: a reader never sees another thread's half transaction.

        SQL may call `casefold(text)`, which knows every letter; SQLite's own lower() knows a to z.
        """
        connection: sqlite3.Connection | None = getattr(self._connections, "open", None)
        if connection is None:
            connection = self._connections.open = sqlite3.connect(self.file)
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=FULL")
            connection.execute("PRAGMA foreign_keys=ON")
            connection.execute("PRAGMA secure_delete=ON")
            connection.create_function("casefold", 1, str.casefold, deterministic=True)
        return connection

    def purge_log(self) -> None:
        """Empty the write-ahead log, in which text that was deleted may still stand."""
        self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


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
