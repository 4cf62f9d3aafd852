"""The vaults of a library as folders beside each other: made, unlocked, repaired, deleted."""

import os
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from desktop_rag.adapters import vault_header
from desktop_rag.adapters.sqlite_ledger import SqliteLedger
from desktop_rag.adapters.vault_header import HEAD, HEADER, Stretching
from desktop_rag.adapters.vault_witness import Witness
from desktop_rag.domain import NewVault, VaultKey
from desktop_rag.errors import LibraryBusy, LibraryError, UnknownVault
from desktop_rag.privacy.permissions import force_folder, private_folder

if TYPE_CHECKING:
    from desktop_rag.adapters.sealed_files import SealedFiles

_LOCK = "lock"
_PATIENCE_S = 2.0  # for the lock of a program that was just ended
_ID = re.compile(r"[0-9a-f]{32}")


class VaultFolders:
    """A `ports.VaultStore` in one folder."""

    def __init__(
        self, folder: Path, witness: Witness, stretching: Stretching | None = None
    ) -> None:
        self._folder = folder
        self._witness = witness
        self._stretching = stretching or Stretching()

    def ids(self) -> list[str]:
        # One that has lost either file is damaged, not gone.
        parts = (part for name in (HEADER, HEAD) for part in self._folder.glob(f"*/{name}"))
        names = {part.parent.name for part in parts}
        return sorted(name for name in names if _ID.fullmatch(name))

    def create(self, passphrase: str) -> NewVault:
        from desktop_rag.adapters.sealed_files import SealedFiles

        vault_id = f"{int(time.time()):010x}{os.urandom(11).hex()}"  # in order of their making
        try:
            folder = private_folder(private_folder(self._folder) / vault_id)
            try:
                key, recovery_key = vault_header.create(folder, passphrase, self._stretching)
                SealedFiles.found(folder, key)
                force_folder(self._folder)
            except BaseException:
                shutil.rmtree(folder, ignore_errors=True)
                raise
        except OSError as error:
            raise LibraryError(
                f"No vault can be made in {self._folder}: {error.strerror}.",
                "Check that you may write there and that the disk is not full.",
            ) from error
        return NewVault(key, recovery_key)

    def unlock(self, vault_id: str, passphrase: str) -> VaultKey:
        return vault_header.unlock(self._folder / vault_id, passphrase)

    def unlock_by_recovery_key(self, vault_id: str, recovery_key: str) -> VaultKey:
        return vault_header.unlock_by_recovery_key(self._folder / vault_id, recovery_key)

    def change_passphrase(self, key: VaultKey, passphrase: str) -> None:
        folder = self._folder / key.vault_id
        try:
            vault_header.change_passphrase(folder, key, passphrase, self._stretching)
        except OSError as error:
            raise LibraryError(
                f"The passphrase was not changed: {error.strerror}.",
                "Check that there is space on the disk. The old passphrase still opens the vault.",
            ) from error

    def renew_recovery_key(self, key: VaultKey) -> str:
        folder = self._folder / key.vault_id
        try:
            return vault_header.renew_recovery_key(folder, key)
        except OSError as error:
            raise LibraryError(
                f"The recovery key was not changed: {error.strerror}.",
                "Check that there is space on the disk. The old one still opens the vault.",
            ) from error

    def check(self, key: VaultKey) -> None:
        from desktop_rag.adapters.sealed_database import SealedDatabase
        from desktop_rag.adapters.sealed_tables import check_rows

        with self.opened(key) as files:
            check_rows(files)
            SealedDatabase(files)

    def repair(self, key: VaultKey) -> int:
        from desktop_rag.adapters.sealed_database import SealedDatabase
        from desktop_rag.adapters.sealed_tables import damaged_segments

        with self.opened(key) as files:
            damaged = damaged_segments(files)
            ledger = SqliteLedger(SealedDatabase(files))
            if damaged:
                ledger.set_settled(False)
                files.change([], damaged)
        return len({segment.document_id for segment in damaged})

    def accept(self, vault_id: str) -> None:
        self._witness.forget(vault_id)

    def delete(self, vault_id: str) -> None:
        folder = self._folder / vault_id
        try:
            with self._locked(folder):
                (folder / HEADER).unlink(missing_ok=True)  # without it, the rest is noise
                (folder / HEAD).unlink(missing_ok=True)
            shutil.rmtree(folder)
        except OSError as error:
            raise LibraryError(
                f"The vault in {folder} cannot be deleted: {error.strerror}.",
                "Check that you may write there, and delete the folder yourself.",
            ) from error
        self._witness.forget(vault_id)

    @contextmanager
    def opened(self, key: VaultKey) -> Iterator["SealedFiles"]:
        """The vault's files, for one program at a time. Raises LibraryBusy, VaultDamaged."""
        from desktop_rag.adapters.sealed_files import SealedFiles

        folder = self._folder / key.vault_id
        with self._locked(folder):
            files = SealedFiles(folder, key, self._witness)
            try:
                yield files
            finally:
                files.close()

    @contextmanager
    def _locked(self, folder: Path) -> Iterator[None]:
        if not folder.is_dir():
            raise UnknownVault("The vault is not there any more.", "Restore it from a backup.")
        lock = FileLock(folder / _LOCK, timeout=_PATIENCE_S, mode=0o600)
        try:
            lock.acquire()
        except Timeout as error:
            raise LibraryBusy(
                "This vault is open in another Desktop RAG.",
                "Lock it there, or close that program.",
            ) from error
        try:
            yield
        finally:
            lock.release()
