"""The tables of a vault's ledger: in memory, and sealed as one file after each change."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import RLock

from desktop_rag.adapters.sealed_files import Draft, SealedFiles
from desktop_rag.adapters.sqlite_database import library_errors, prepare

_KIND = "ledger"


class SealedDatabase:
    """A `Database` that is nowhere on the disk but in the vault. One thread at a time uses it."""

    def __init__(self, files: SealedFiles) -> None:
        self._files = files
        self._lock = RLock()
        self._connection = sqlite3.connect(":memory:", check_same_thread=False)
        with library_errors(files.folder):
            for segment in files.segments(_KIND):
                _copy(files.content(segment), self._connection)
            self._connection.execute("PRAGMA temp_store=MEMORY")
            self._connection.execute("PRAGMA journal_mode=MEMORY")
            prepare(self._connection)

    @property
    def folder(self) -> Path:
        return self._files.folder

    @property
    def connection(self) -> sqlite3.Connection:
        return self._connection

    @contextmanager
    def reading(self) -> Iterator[None]:
        with self._lock, library_errors(self.folder):
            yield

    @contextmanager
    def change(self) -> Iterator[sqlite3.Connection]:
        """One transaction; if it cannot be sealed, it is rolled back."""
        with self._lock, library_errors(self.folder), self._connection:
            before = self._connection.total_changes
            yield self._connection
            if self._connection.total_changes != before:
                self._seal()

    def purge_log(self) -> None:
        """Nothing to do: there is no log, and a sealed file that is replaced is deleted."""

    def rewrite(self) -> None:
        with self._lock, library_errors(self.folder):
            self._connection.execute("VACUUM")
            self._seal()

    def let_go(self) -> None:
        """Nothing to do: it lies in memory, and all threads share it."""

    def _seal(self) -> None:
        """Seal what is about to be committed."""
        content = self._connection.serialize()
        self._files.change([Draft(_KIND, content)], self._files.segments(_KIND))


def _copy(content: bytes, target: sqlite3.Connection) -> None:
    """Put a serialised database into an ordinary one in memory.

    One that is used as it was deserialised would serialise without what is not yet committed.
    """
    with closing(sqlite3.connect(":memory:")) as source:
        source.deserialize(content)
        source.backup(target)
