"""What the window can ask for about vaults. None of it is in the journal but the call's name."""

from desktop_rag.domain import NewVault, VaultKey
from desktop_rag.services.assistant import Assistant


class VaultCalls:
    """The part of the engine that makes, opens and changes vaults."""

    def __init__(self, assistant: Assistant) -> None:
        self._vaults = assistant.vaults

    def vaults(self) -> tuple[str, ...]:
        """The ids of all, in the order in which they were made."""
        return self._vaults.ids()

    def create_vault(self, passphrase: str) -> NewVault:
        """As `Vaults.create`."""
        return self._vaults.create(passphrase)

    def unlock_vault(self, passphrase: str) -> VaultKey:
        """The key of the first vault that the passphrase opens, every file of it checked."""
        key = self._vaults.unlock(passphrase)
        self._vaults.check(key)
        return key

    def change_passphrase(self, passphrase: str, new_passphrase: str) -> VaultKey:
        """Let another passphrase open the vault that this one opens."""
        key = self._vaults.unlock(passphrase)
        self._vaults.change_passphrase(key, new_passphrase)
        return key

    def recover_vault(self, recovery_key: str, new_passphrase: str) -> VaultKey:
        """Let another passphrase open the vault that the recovery key opens."""
        key = self._vaults.unlock_by_recovery_key(recovery_key)
        self._vaults.change_passphrase(key, new_passphrase)
        return key

    def accept_vault(self, passphrase: str) -> None:
        """Take the vault that this opens as it is, although a later state of it was seen."""
        self._vaults.accept(self._vaults.unlock(passphrase).vault_id)

    def repair_vault(self, passphrase: str) -> int:
        """As `Vaults.repair`, of the vault that this opens."""
        return self._vaults.repair(self._vaults.unlock(passphrase))

    def delete_vault(self, vault_id: str) -> None:
        """As `Vaults.delete`."""
        self._vaults.delete(vault_id)
