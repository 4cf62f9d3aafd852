"""What this computer has seen of each vault, so that an old copy is not taken for the latest."""

from contextlib import suppress
from pathlib import Path

from desktop_rag.errors import VaultOlder
from desktop_rag.privacy.permissions import private_folder, write_private


class Witness:
    """The latest generation of each vault: a file for each, in a folder outside of the vaults.

    It holds a number. Without it (another computer) a vault is taken as it is.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def refuse_older(self, vault_id: str, generation: int) -> None:
        """Raise VaultOlder if a later generation was seen; else note this one."""
        seen = self._seen(vault_id)
        if generation < seen:
            raise VaultOlder(
                "This vault is older than when it was last open on this computer: "
                f"{seen - generation} changes are missing.",
                "Somebody may have put an old copy in its place. If you restored a backup "
                "yourself, run “desktop-rag vault accept”.",
            )
        self.note(vault_id, generation)

    def note(self, vault_id: str, generation: int) -> None:
        """This generation is there now."""
        with suppress(OSError):  # nothing is lost by it but the warning
            private_folder(self._folder)
            write_private(self._folder / vault_id, f"{generation}\n")

    def forget(self, vault_id: str) -> None:
        """The vault is gone, or an older state of it is to be taken."""
        with suppress(OSError):
            (self._folder / vault_id).unlink(missing_ok=True)

    def _seen(self, vault_id: str) -> int:
        try:
            return int((self._folder / vault_id).read_text(encoding="ascii"))
        except (OSError, ValueError):
            return 0
