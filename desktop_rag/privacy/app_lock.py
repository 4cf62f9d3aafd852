"""The lock of the program: whoever cannot type its passphrase sees no library.

It keeps people out of the program, not out of the files: that is what vaults are for. The file
holds an Argon2id hash in its usual form (RFC 9106), never the passphrase.
"""

import unicodedata
from pathlib import Path

from desktop_rag.privacy.permissions import private_folder, write_private


class AppLock:
    """On as long as its file is there; a damaged file opens to nobody."""

    def __init__(self, data_folder: Path) -> None:
        self._file = data_folder / "app-lock"

    @property
    def is_on(self) -> bool:
        """Whether a passphrase is asked for."""
        return self._file.exists()

    def put_on(self, passphrase: str) -> None:
        """Ask for this passphrase from now on. Raises OSError."""
        from argon2 import PasswordHasher

        private_folder(self._file.parent)
        write_private(self._file, PasswordHasher().hash(_typed(passphrase)) + "\n")

    def opens(self, passphrase: str) -> bool:
        """Whether this is the passphrase; takes a fraction of a second."""
        from argon2 import PasswordHasher
        from argon2.exceptions import Argon2Error, InvalidHash

        try:
            kept = self._file.read_text(encoding="ascii").strip()
            return PasswordHasher().verify(kept, _typed(passphrase))
        except (Argon2Error, InvalidHash, OSError, ValueError):
            return False

    def take_off(self) -> None:
        """Ask for nothing from now on. Raises OSError."""
        self._file.unlink(missing_ok=True)


def _typed(passphrase: str) -> str:
    return unicodedata.normalize("NFC", passphrase)  # keyboards differ in how they make an “é”
