"""Reads a PDF with everything at hand: PDFium first, pypdf as second opinion, OCR for scans.

It runs inside the reader process (see `isolated_reader`): what it opens is untrusted.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol, TypeVar

import numpy as np

from desktop_rag.adapters.garbage import is_garbage
from desktop_rag.adapters.pdfium import PdfiumFile
from desktop_rag.adapters.pypdf_file import PypdfFile
from desktop_rag.adapters.untrusted_replies import MOST_PAGE_CHARACTERS
from desktop_rag.domain import Page, PageImage, PageMethod, Ranges, TextBox
from desktop_rag.errors import DocumentError, NeedsPassword, UnreadableDocument

MOST_FILE_BYTES = 4 << 30
_OCR_PIXELS_PER_POINT = 2.0
_FEW_WORDS = 25
_SCAN_SHARE = 0.5
_PICTURE_SHARE = 0.05
_DARK = 160
_LOOKING_S = 1.0
_MOST_NOT_DRAWN = 3
_EMPTY_SHARE = 0.0005
_TOO_LONG = f"It holds more than {MOST_PAGE_CHARACTERS} characters, which no printed page does."
_NO_OCR = "It holds a picture but no text, and reading scans is switched off."

_DAMAGED_FONTS = "Its fonts are damaged: the text in the file is not what the page shows."
_OCR_IS_OFF = "Reading scans, which could help, is switched off."

Opened = TypeVar("Opened")


class _TextSource(Protocol):
    def __len__(self) -> int: ...
    def text(self, page_number: int) -> str: ...
    def label(self, page_number: int) -> str: ...
    def close(self) -> None: ...


class Ocr(Protocol):
    """What recognises the text of a picture."""

    def recognise(
        self, image: PageImage, width: float, height: float
    ) -> tuple[str, tuple[TextBox, ...]]:
        """The text, and a box for each word; `width`, `height` and the boxes are in points."""


Recognise = Callable[[PageImage, float, float], tuple[str, tuple[TextBox, ...]]]


class LocalPageReader:
    """Reads in this process. `load_ocr` is called when the first scan is met."""

    def __init__(self, load_ocr: Callable[[], Ocr]) -> None:
        self._load_ocr = load_ocr
        self._ocr: Ocr | None = None

    def open(self, path: Path, passwords: Sequence[str], ocr: bool) -> "OpenDocument":
        """Open the file with the first password that fits, none being tried first."""
        recognise = self._recognise if ocr else None
        return open_with_password(
            path, passwords, lambda password: OpenDocument(path, password, recognise)
        )

    def _recognise(
        self, image: PageImage, width: float, height: float
    ) -> tuple[str, tuple[TextBox, ...]]:
        if self._ocr is None:
            self._ocr = self._load_ocr()
        return self._ocr.recognise(image, width, height)


class OpenDocument:
    """An open file, read page by page."""

    def __init__(self, path: Path, password: str | None, recognise: Recognise | None) -> None:
        self._path = path
        self._password = password
        self._recognise = recognise
        self._not_drawn = 0
        self._pypdf: PypdfFile | None = None
        self._pdfium: PdfiumFile | None = None
        try:
            self._pdfium = PdfiumFile(path, password)
            self._main: _TextSource = self._pdfium
        except UnreadableDocument:
            self._main = self._second_opinion()
        if not len(self._main):
            raise UnreadableDocument(
                f"{path.name} has no pages.",
                "Open it in the program that made it and save it anew.",
            )

    def __len__(self) -> int:
        return len(self._main)

    def close(self) -> None:
        for source in (self._pdfium, self._pypdf):
            if source is not None:
                source.close()

    def pages(self, first: int = 1) -> Iterator[Page]:
        """Every page from number `first` on; none fails the others."""
        for number in range(first, len(self) + 1):
            yield self._page(number)

    def hidden(self, page: Page) -> Ranges:
        """What of the page's text is not visible on it; () if that cannot be told.

        A document some of whose pages take too long to draw is not looked at any more.
        """
        if page.method is not PageMethod.PDFIUM or self._pdfium is None:
            return ()
        if self._not_drawn >= _MOST_NOT_DRAWN:
            return ()
        try:
            return self._pdfium.hidden(page.number, page.text, _LOOKING_S)
        except Exception:  # too large, too slow, or damaged in whatever way: its text was read
            self._not_drawn += 1
            return ()

    def _page(self, number: int) -> Page:
        """The page as it is, or as not readable: whatever damage it holds is its own."""
        try:
            label = self._label(number)
            page = self._page_with_text(number, label)
            if len(page.text) > MOST_PAGE_CHARACTERS:
                return replace(page, text="", method=PageMethod.UNREADABLE, reason=_TOO_LONG)
            if page.method is PageMethod.UNREADABLE or len(page.text.split()) < _FEW_WORDS:
                return self._scan(number, page)
            return page
        except DocumentError as error:
            reason = error.message
        except MemoryError:
            reason = "It needs too much memory to be read."
        except Exception as error:  # damage shows itself in every kind of exception
            reason = f"It is damaged ({type(error).__name__})."
        return Page(number, str(number), "", PageMethod.UNREADABLE, reason)

    def _page_with_text(self, number: int, label: str) -> Page:
        """The text layer of the page; not readable, with the first reason, if there is none."""
        reason = ""
        sources: tuple[Callable[[], _TextSource], ...] = (lambda: self._main, self._second_opinion)
        for open_source in sources:
            source_is_main = open_source is sources[0]
            try:
                source = open_source()
                text = source.text(number)
            except DocumentError as error:
                if source_is_main:
                    reason = error.message
                continue
            if is_garbage(text):
                reason = _DAMAGED_FONTS
            elif has_text(text):
                method = PageMethod.PDFIUM if source is self._pdfium else PageMethod.PYPDF
                return Page(number, label, text, method)
        return Page(number, label, "", PageMethod.UNREADABLE, reason)

    def _scan(self, number: int, page: Page) -> Page:
        """A page with little or no text, looked at as a picture.

        A stamp or a Bates number on a scan is text too, so a page with few words is recognised
        if a picture covers half of it, and the richer text is kept.
        """
        if self._pdfium is None:
            return page if page.text or page.reason else replace(page, reason="It holds no text.")
        share = self._pdfium.picture_share(number)
        if page.text and share < _SCAN_SHARE:
            return page
        image = self._pdfium.draw(number, _OCR_PIXELS_PER_POINT)
        if not page.text and _is_empty(image):
            return replace(page, method=PageMethod.BLANK, reason="")
        if self._recognise is None:
            return page if page.text else replace(page, reason=_without_ocr(page.reason))
        text, boxes = self._recognise(image, *self._pdfium.size(number))
        if has_text(text) and len(text) > len(page.text) and not is_garbage(text):
            return Page(number, page.label, text, PageMethod.OCR, boxes=boxes)
        if page.text or page.reason:
            return page
        if share < _PICTURE_SHARE:  # lines and shapes: nothing that could be read
            return replace(page, method=PageMethod.BLANK, reason="")
        return replace(page, reason="It holds a picture in which no text was recognised.")

    def _label(self, number: int) -> str:
        try:
            return self._main.label(number)
        except (DocumentError, ValueError, OSError, LookupError):
            return str(number)

    def _second_opinion(self) -> PypdfFile:
        if self._pypdf is None:
            self._pypdf = PypdfFile(self._path, self._password)
        return self._pypdf


def _is_empty(image: PageImage) -> bool:
    """Whether hardly a pixel of the image is dark: the blank back of a scanned sheet."""
    green = np.frombuffer(image.pixels, dtype=np.uint8)[1::4]
    return float((green < _DARK).mean()) < _EMPTY_SHARE


def _without_ocr(reason: str) -> str:
    """Why a page without text is not read while OCR is off."""
    return f"{reason} {_OCR_IS_OFF}" if reason == _DAMAGED_FONTS else reason or _NO_OCR


def has_text(text: str) -> bool:
    """Whether there is anything on the page that a reader could search for."""
    return any(character.isalnum() for character in text)


def open_with_password(
    path: Path, passwords: Sequence[str], open_file: Callable[[str | None], Opened]
) -> Opened:
    """The file as `open_file` opens it, without a password or with the first one that fits."""
    _check_header(path)
    last_refusal: DocumentError | None = None
    for password in (None, *passwords):
        try:
            return open_file(password)
        except NeedsPassword as error:
            last_refusal = error
    raise last_refusal or UnreadableDocument(f"{path.name} cannot be read.")


def _check_header(path: Path) -> None:
    """Refuse at once what is plainly no PDF, in words that say so."""
    try:
        with path.open("rb") as file:
            head = file.read(1024)
            size = path.stat().st_size
    except OSError as error:
        raise UnreadableDocument(
            f"{path.name} cannot be opened: {error.strerror}.", "Check that you may read the file."
        ) from error
    if size > MOST_FILE_BYTES:
        raise UnreadableDocument(
            f"{path.name} is larger than {MOST_FILE_BYTES >> 30} GB.",
            "Split it into parts and add those.",
        )
    if not head:
        raise UnreadableDocument(f"{path.name} is empty.", "Copy it again from where it came.")
    if b"%PDF" not in head and path.suffix.lower() != ".pdf":
        raise UnreadableDocument(f"{path.name} is not a PDF.", "Print or export it to PDF first.")
