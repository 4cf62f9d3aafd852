"""The private folder where PDFs that came with mails are kept for the library."""

import hashlib
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from desktop_rag.errors import UnreadableDocument
from desktop_rag.privacy.permissions import private_folder
from desktop_rag.services.mail import attached_pdfs, read_mail

_FOLDER_CHARACTERS = 16


class Attachments:
    """Owns `folder`: for each mail a folder named after its SHA-256, with the mail's PDFs in it.

    A file is kept as long as the library shows it; what is taken out of a mail and not recorded
    in the end is deleted.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._in_hand: set[Path] = set()

    def take_out(self, mail: Path) -> list[Path]:
        """Write the mail's PDFs, each whole or not at all, and return where they lie.

        Raises UnreadableDocument. The same mail gives the same places again.
        """
        try:
            content = read_mail(mail)
            attached = attached_pdfs(content, mail.name)
            if not attached:
                return []
            private_folder(self._folder)
            name = hashlib.sha256(content).hexdigest()[:_FOLDER_CHARACTERS]
            folder = private_folder(self._folder / name)
            return [self._keep(folder / item.name, item.content) for item in attached]
        except OSError as error:
            raise UnreadableDocument(
                f"The PDFs in the mail {mail.name} could not be taken out: {error.strerror}.",
                "Check that there is space on the disk and that the mail can be opened.",
            ) from error

    def holds(self, path: Path) -> bool:
        """Whether the file is one of those kept here."""
        return path.is_relative_to(self._folder)

    def discard(self, path: Path) -> None:
        """Delete a file kept here; any other is left alone."""
        if not self.holds(path):
            return
        with suppress(OSError):  # open in a viewer, on Windows: the next `sweep` deletes it
            path.unlink(missing_ok=True)
        with suppress(OSError):  # others are still in it
            path.parent.rmdir()

    def settle(self, is_known: Callable[[Path], bool]) -> None:
        """Delete what was taken out for the order that ends now and was not recorded."""
        in_hand, self._in_hand = self._in_hand, set()
        for path in in_hand:
            if not is_known(path):
                self.discard(path)

    def sweep(self, is_known: Callable[[Path], bool]) -> None:
        """Delete what an interrupted run left; what an order has in hand stays."""
        for path in sorted(self._folder.glob("*/*")):
            if path not in self._in_hand and not is_known(path):
                self.discard(path)

    def _keep(self, target: Path, content: bytes) -> Path:
        self._in_hand.add(target)
        if target.exists() and target.stat().st_size == len(content):
            return target
        part = target.with_name(f"{target.name}.part")
        self._in_hand.add(part)
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
        return target


class NoAttachments(Attachments):
    """In a vault: a PDF taken out of a mail would lie open on the disk, so none is."""

    def take_out(self, mail: Path) -> list[Path]:
        """Raises UnreadableDocument."""
        raise UnreadableDocument(
            f"{mail.name} is a mail: what is attached to it would lie on the disk unencrypted.",
            "Save the PDFs from your mail program, and add those to the vault.",
        )
