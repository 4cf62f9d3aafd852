"""pypdf: the second opinion where PDFium refuses a file or finds no text on a page."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdf
from pypdf.errors import PyPdfError

from desktop_rag.errors import NeedsPassword, UnreadableDocument

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # its remarks quote the document


class PypdfFile:
    """An open file. Every method may raise UnreadableDocument; page numbers count from 1."""

    def __init__(self, path: Path, password: str | None) -> None:
        self._path = path
        with _pypdf_errors(path):
            self._reader = pypdf.PdfReader(path, strict=False)
            if self._reader.is_encrypted and not self._reader.decrypt(password or ""):
                raise NeedsPassword(
                    f"{path.name} is protected by a password.", "Add it again with its password."
                )
            self._count = len(self._reader.pages)
        self._labels: list[str] = []

    def __len__(self) -> int:
        return self._count

    def close(self) -> None:
        self._reader.close()

    def text(self, page_number: int) -> str:
        """The page's text. Its offsets are pypdf's own: they do not match PDFium's."""
        with _pypdf_errors(self._path):
            text = self._reader.pages[page_number - 1].extract_text()
        return text.encode("utf-8", "replace").decode()  # half surrogate pairs fit no encoding

    def size(self, page_number: int) -> tuple[float, float]:
        """Width and height in points of the page as it is shown."""
        with _pypdf_errors(self._path):
            page = self._reader.pages[page_number - 1]
            box = page.cropbox
            width, height = float(box.width), float(box.height)
            return (height, width) if page.rotation % 180 else (width, height)

    def label(self, page_number: int) -> str:
        """The label that the file gives the page, else its number."""
        with _pypdf_errors(self._path):
            self._labels = self._labels or list(self._reader.page_labels)  # all or none: slow
            return self._labels[page_number - 1] or str(page_number)


@contextmanager
def _pypdf_errors(path: Path) -> Iterator[None]:
    """Pypdf meets damage with almost any exception (IndexError, RecursionError, zlib.error …)."""
    try:
        yield
    except NeedsPassword:
        raise
    except (PyPdfError, Exception) as error:
        raise UnreadableDocument(
            f"{path.name} cannot be read as a PDF: {type(error).__name__}.",
            "Open it in the program that made it and save it anew.",
        ) from error
