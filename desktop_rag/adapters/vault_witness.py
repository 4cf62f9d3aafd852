"""What this computer has seen of each vault, so that an old copy is not taken for the latest."""

import json
import re
from contextlib import suppress
from pathlib import Path

from desktop_rag.errors import VaultOlder
from desktop_rag.privacy.permissions import private_folder, write_private

_ID = re.compile(r"[0-9a-f]{32}")


class Witness:
    """The latest generation of each vault, in a file outside of the vaults.

    It holds numbers alone. Without the file (another computer) every vault is taken as it is.
    """

    def __init__(self, file: Path) -> None:
        self._file = file

    def refuse_older(self, vault_id: str, generation: int) -> None:
        """Raise VaultOlder if a later generation was seen; else note this one."""
        seen = self._seen().get(vault_id, 0)
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
        self._put({**self._seen(), vault_id: generation})

    def forget(self, vault_id: str) -> None:
        """The vault is gone, or an older state of it is to be taken."""
        self._put({key: value for key, value in self._seen().items() if key != vault_id})

    def _put(self, seen: dict[str, int]) -> None:
        with suppress(OSError):  # nothing is lost by it but the warning
            private_folder(self._file.parent)
            write_private(self._file, json.dumps(seen))

    def _seen(self) -> dict[str, int]:
        try:
            read = json.loads(self._file.read_text(encoding="utf-8"))
            return {key: int(value) for key, value in read.items() if _ID.fullmatch(key)}
        except (OSError, ValueError, AttributeError, TypeError):
            return {}
