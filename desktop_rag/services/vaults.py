"""The vaults of a library: which there are, and what opens them."""

from collections.abc import Callable

from desktop_rag.domain import NewVault, VaultKey
from desktop_rag.errors import LibraryError, UnknownVault, WrongPassphrase, WrongUsage
from desktop_rag.ports import VaultStore

LEAST_CHARACTERS = 10


class Vaults:
    """Vaults have no names while they are locked: names tell. They are known by number and id."""

    def __init__(self, store: VaultStore) -> None:
        self._store = store

    def ids(self) -> tuple[str, ...]:
        """In the order in which they were made."""
        return tuple(self._store.ids())

    def named(self, name: str) -> str:
        """The id of the vault with this id, or this number in `ids` (“1”). Raises UnknownVault."""
        ids = self._store.ids()
        if name in ids:
            return name
        if name.isdecimal() and 1 <= int(name) <= len(ids):
            return ids[int(name) - 1]
        raise UnknownVault(f"There is no vault {name}.", "“desktop-rag vault list” shows them.")

    def create(self, passphrase: str) -> NewVault:
        """Make an empty vault. Raises WrongUsage for a passphrase that is too short."""
        _refuse_weak(passphrase)
        return self._store.create(passphrase)

    def unlock(self, passphrase: str, name: str | None = None) -> VaultKey:
        """The key of the vault; without a name, of the first that the passphrase opens.

        Raises UnknownVault, WrongPassphrase, VaultDamaged.
        """
        return self._first_opened(name, lambda key: self._store.unlock(key, passphrase))

    def unlock_by_recovery_key(self, recovery_key: str, name: str | None = None) -> VaultKey:
        """As `unlock`."""
        return self._first_opened(
            name, lambda key: self._store.unlock_by_recovery_key(key, recovery_key)
        )

    def change_passphrase(self, key: VaultKey, passphrase: str) -> None:
        """Let another passphrase open it; the recovery key stays. Raises WrongUsage."""
        _refuse_weak(passphrase)
        self._store.change_passphrase(key, passphrase)

    def renew_recovery_key(self, key: VaultKey) -> str:
        """A new recovery key, shown once; the old one opens the vault no more."""
        return self._store.renew_recovery_key(key)

    def check(self, key: VaultKey) -> None:
        """Read every file of the vault. Raises VaultDamaged, VaultOlder, LibraryBusy."""
        self._store.check(key)

    def repair(self, key: VaultKey) -> int:
        """Drop what cannot be trusted; returns of how many documents. See `VaultStore.repair`."""
        return self._store.repair(key)

    def accept(self, name: str) -> None:
        """Take a vault that came from a backup as it is. Raises UnknownVault."""
        self._store.accept(self.named(name))

    def delete(self, name: str) -> None:
        """Delete a vault with all that is in it. Raises UnknownVault, LibraryBusy."""
        self._store.delete(self.named(name))

    def _first_opened(self, name: str | None, unlock: Callable[[str], VaultKey]) -> VaultKey:
        ids = [self.named(name)] if name is not None else self._store.ids()
        if not ids:
            raise UnknownVault("There is no vault yet.", "Make one first.")
        wrong, other = list[WrongPassphrase](), list[LibraryError]()
        for vault_id in ids:
            try:
                return unlock(vault_id)
            except WrongPassphrase as error:
                wrong.append(error)
            except LibraryError as error:  # damaged, or of a newer program: the next may open
                other.append(error)
        raise (other or wrong)[0]


def _refuse_weak(passphrase: str) -> None:
    if len(passphrase) < LEAST_CHARACTERS:
        raise WrongUsage(
            f"A passphrase needs {LEAST_CHARACTERS} characters at least.",
            "Four words chosen at random are easy to keep in mind and hard to guess.",
        )
    if passphrase != passphrase.strip():
        raise WrongUsage(
            "A passphrase cannot begin or end with a space.", "Nobody would see it when typing."
        )
