"""Where a library lies: open in its folder, or sealed in a vault."""

from collections.abc import Callable
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import Protocol

from desktop_rag.adapters.lancedb_tables import LanceTables
from desktop_rag.adapters.sqlite_database import Database, SqliteDatabase
from desktop_rag.adapters.vault_folders import VaultFolders
from desktop_rag.domain import VaultKey
from desktop_rag.errors import LibraryError
from desktop_rag.ports import IndexTables
from desktop_rag.privacy.permissions import private_folder

_LEDGER_FILE = "ledger.sqlite3"


class Storage(Protocol):
    """What a library is kept in. Nothing is opened before it is asked for.

    Attributes:
        keeps_files: whether other files may lie beside it, open to whoever reads the disk.
    """

    @property
    def folder(self) -> Path: ...
    @property
    def keeps_files(self) -> bool: ...

    def database(self) -> Database:
        """The tables of the ledger, the same at each call. Raises LibraryError."""

    def tables(self) -> IndexTables:
        """The index."""

    def close(self) -> None:
        """Let others open it."""


class OpenStorage:
    """A `Storage` in plain files."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._database = cache(self._open)

    @property
    def folder(self) -> Path:
        return self._folder

    @property
    def keeps_files(self) -> bool:
        return True

    def database(self) -> Database:
        return self._database()

    def tables(self) -> IndexTables:
        return LanceTables(self._folder / "index.lance")

    def close(self) -> None:
        """Nothing is held."""

    def _open(self) -> Database:
        try:
            private_folder(self._folder)
        except OSError as error:
            raise LibraryError(
                f"The library folder {self._folder} cannot be used: {error.strerror}.",
                "Choose a folder that you may write to.",
            ) from error
        return SqliteDatabase(self._folder / _LEDGER_FILE)


class SealedStorage:
    """A `Storage` in a vault, held open by this program alone until `close`.

    Every file of the vault is checked when it is opened: nothing of a damaged one is shown.
    Raises VaultDamaged, VaultOlder, LibraryBusy.
    """

    def __init__(self, vaults: VaultFolders, key: VaultKey) -> None:
        from desktop_rag.adapters.sealed_database import SealedDatabase
        from desktop_rag.adapters.sealed_tables import SealedTables, check_rows

        self._held = ExitStack()
        try:
            files = self._held.enter_context(vaults.opened(key))
            check_rows(files)
            self._database = SealedDatabase(files)
        except BaseException:
            self._held.close()
            raise
        self._folder = files.folder
        self._tables: Callable[[], IndexTables] = cache(lambda: SealedTables(files))

    @property
    def folder(self) -> Path:
        return self._folder

    @property
    def keeps_files(self) -> bool:
        return False

    def database(self) -> Database:
        return self._database

    def tables(self) -> IndexTables:
        return self._tables()

    def close(self) -> None:
        self._held.close()
