"""What the window can ask for about vaults. None of it is in the journal but the call's name."""

from desktop_rag.domain import NewVault, VaultKey
from desktop_rag.services.assistant import Assistant


class VaultCalls:
    """The part of the engine that makes, opens and changes vaults."""

    def __init__(self, assistant: Assistant) -> None:
        self._vaults = assistant.vaults
        self._open_vault = assistant.vault_id

    def vaults(self) -> tuple[str, ...]:
        """The ids of all, in the order in which they were made."""
        return self._vaults.ids()

    def create_vault(self, passphrase: str) -> NewVault:
        """As `Vaults.create`."""
        return self._vaults.create(passphrase)

    def unlock_vault(self, passphrase: str, vault_id: str | None) -> VaultKey:
        """As `Vaults.unlock`, every file of the vault checked."""
        key = self._vaults.unlock(passphrase, vault_id)
        if key.vault_id != self._open_vault:
            self._vaults.check(key)
        return key

    def change_passphrase(
        self, vault_id: str | None, passphrase: str, new_passphrase: str
    ) -> VaultKey:
        """Let another passphrase open the vault that this one opens."""
        key = self._vaults.unlock(passphrase, vault_id)
        self._vaults.change_passphrase(key, new_passphrase)
        return key

    def recover_vault(self, vault_id: str | None, recovery_key: str, passphrase: str) -> VaultKey:
        """Let another passphrase open the vault that the recovery key opens."""
        key = self._vaults.unlock_by_recovery_key(recovery_key, vault_id)
        self._vaults.change_passphrase(key, passphrase)
        return key

    def renew_recovery_key(self, passphrase: str, vault_id: str | None) -> str:
        """As `Vaults.renew_recovery_key`, of the vault that this opens."""
        return self._vaults.renew_recovery_key(self._vaults.unlock(passphrase, vault_id))

    def accept_vault(self, passphrase: str, vault_id: str | None) -> None:
        """Take the vault that this opens as it is, although a later state of it was seen."""
        self._vaults.accept(self._vaults.unlock(passphrase, vault_id).vault_id)

    def repair_vault(self, passphrase: str, vault_id: str | None) -> int:
        """As `Vaults.repair`, of the vault that this opens."""
        return self._vaults.repair(self._vaults.unlock(passphrase, vault_id))

    def delete_vault(self, vault_id: str) -> None:
        """As `Vaults.delete`."""
        self._vaults.delete(vault_id)
