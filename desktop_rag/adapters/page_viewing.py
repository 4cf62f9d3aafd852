"""Shows a PDF: its frames, drawn pages, rectangles around characters, and where words stand.

It runs inside the reader process (see `isolated_reader`): what it opens is untrusted.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

from desktop_rag.adapters.page_reader import open_with_password
from desktop_rag.adapters.pdfium import PdfiumFile
from desktop_rag.adapters.pdfium_annotations import annotated
from desktop_rag.adapters.pdfium_geometry import Rectangle
from desktop_rag.adapters.pypdf_file import PypdfFile
from desktop_rag.adapters.untrusted_replies import MOST_POINTS
from desktop_rag.domain import Highlight, PageFrame, PageImage, Span
from desktop_rag.errors import DocumentError, UnreadableDocument

_A4 = (595.3, 841.9)
_DAMAGE = (ValueError, OSError, ArithmeticError, LookupError, RuntimeError)


Value = TypeVar("Value")


class _Measured(Protocol):
    def __len__(self) -> int: ...
    def label(self, page_number: int) -> str: ...
    def size(self, page_number: int) -> tuple[float, float]: ...
    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class _Key:
    """What must be the same for an open file to be shown again without opening it anew."""

    path: Path
    passwords: tuple[str, ...]
    size: int
    changed_ns: int


class LocalPageViewer:
    """Shows in this process, and keeps the last file open: a long one is not opened each time."""

    def __init__(self) -> None:
        self._open: tuple[_Key, ViewedDocument] | None = None

    def document(self, path: Path, passwords: Sequence[str]) -> "ViewedDocument":
        """The file, opened with the first password that fits. Raises DocumentError."""
        key = _key(path, passwords)
        if self._open is not None:
            if self._open[0] == key:
                return self._open[1]
            self.close()
        opened = open_with_password(
            path, passwords, lambda password: ViewedDocument(path, password)
        )
        self._open = key, opened
        return opened

    def close(self) -> None:
        """Close the file that is kept open, if there is one."""
        if self._open is not None:
            self._open[1].close()
        self._open = None


class ViewedDocument:
    """An open file. Page numbers count from 1; every method may raise UnreadableDocument."""

    def __init__(self, path: Path, password: str | None) -> None:
        self._path = path
        self._password = password
        self._pdfium: PdfiumFile | None = None
        try:
            self._pdfium = PdfiumFile(path, password)
            self._main: _Measured = self._pdfium
        except UnreadableDocument:
            self._main = PypdfFile(path, password)

    def __len__(self) -> int:
        return len(self._main)

    def close(self) -> None:
        self._main.close()

    def frames(self) -> list[PageFrame]:
        """Label and size of every page; a page whose damage hides them is taken for A4."""
        return [self._frame(number) for number in range(1, len(self) + 1)]

    def draw(self, page_number: int, scale: float) -> PageImage:
        """The page as pixels."""
        return self._drawable(page_number).draw(page_number, scale)

    def highlights(self, spans: Sequence[Span]) -> list[Highlight]:
        """Rectangles around the characters of the spans; a page that is damaged has none."""
        found: list[Highlight] = []
        for page in sorted({span.page for span in spans}):
            numbers = [number for number, span in enumerate(spans) if span.page == page]
            places = self._places(page, [spans[number] for number in numbers])
            found += [
                Highlight(page, number, place.left, place.top, place.width, place.height)
                for number, rectangles in zip(numbers, places, strict=True)
                for place in rectangles
                if _is_near(place)
            ]
        return found

    def find(self, page_number: int, wanted: re.Pattern[str], most: int) -> list[tuple[int, int]]:
        """First character and length of each match on the page; none if the page is damaged."""
        file = self._drawable(page_number)
        text = _or_else(lambda: file.text(page_number), "")
        found: list[tuple[int, int]] = []
        for match in wanted.finditer(text):
            if len(found) == most:
                break
            if match.group():
                found.append((match.start(), len(match.group())))
        return found

    def annotated(self, highlights: Sequence[Highlight], most_bytes: int) -> bytes:
        """The file with the highlights as annotations. It is opened anew: this one stays as is."""
        self._drawable(1)
        return annotated(self._path, self._password, highlights, most_bytes)

    def _frame(self, number: int) -> PageFrame:
        label = _or_else(lambda: self._main.label(number), str(number))
        width, height = _or_else(lambda: self._main.size(number), _A4)
        is_sensible = 0 < width <= MOST_POINTS and 0 < height <= MOST_POINTS
        return PageFrame(number, label, *((width, height) if is_sensible else _A4))

    def _places(self, page_number: int, spans: Sequence[Span]) -> list[list[Rectangle]]:
        file = self._drawable(page_number)
        return _or_else(lambda: file.places(page_number, spans), [[] for _ in spans])

    def _drawable(self, page_number: int) -> PdfiumFile:
        name = self._path.name
        if self._pdfium is None:
            raise UnreadableDocument(
                f"{name} is damaged: its text was read, but its pages cannot be shown.",
                "Open it in the program that made it and save it anew.",
            )
        if not 1 <= page_number <= len(self):
            raise UnreadableDocument(f"{name} has no page {page_number}; it has {len(self)}.")
        return self._pdfium


def _is_near(place: Rectangle) -> bool:
    """Whether it is somewhere that could be shown: text may stand miles beside its page."""
    sides = (place.left, place.top, place.width, place.height)
    return all(-MOST_POINTS <= side <= MOST_POINTS for side in sides)


def _or_else(ask: Callable[[], Value], otherwise: Value) -> Value:
    """What `ask` returns, or `otherwise` where damage keeps it from answering."""
    try:
        return ask()
    except (DocumentError, *_DAMAGE):
        return otherwise


def _key(path: Path, passwords: Sequence[str]) -> _Key:
    try:
        known = path.stat()
    except OSError as error:
        raise UnreadableDocument(
            f"{path.name} cannot be opened: {error.strerror}.", "Check that you may read the file."
        ) from error
    return _Key(path, tuple(passwords), known.st_size, known.st_mtime_ns)
