"""PDFium, through pypdfium2: text by character index, page labels, places, drawing."""

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from desktop_rag.adapters.pdfium_geometry import Rectangle, rectangles, shown
from desktop_rag.adapters.pdfium_looking import hidden_on
from desktop_rag.adapters.untrusted_replies import MOST_POINTS
from desktop_rag.domain import PageImage, Ranges, Span
from desktop_rag.errors import NeedsPassword, UnreadableDocument

_MOST_PIXELS = 40_000_000
_MOST_PIXELS_A_SIDE = 20_000
_NO_CHARACTER = "\ufffe"


class PdfiumFile:
    """An open file. Every method may raise UnreadableDocument; page numbers count from 1."""

    def __init__(self, path: Path, password: str | None) -> None:
        with pdfium_errors(path):
            self._document = pdfium.PdfDocument(path, password=password)
        self._path = path

    def __len__(self) -> int:
        return len(self._document)

    def close(self) -> None:
        self._document.close()

    def label(self, page_number: int) -> str:
        """The label that the file gives the page ("iv"), else its number."""
        with pdfium_errors(self._path):
            return str(self._document.get_page_label(page_number - 1)) or str(page_number)

    def size(self, page_number: int) -> tuple[float, float]:
        """Width and height in points of the page as it is shown; the page is not parsed."""
        with pdfium_errors(self._path):
            width, height = self._document.get_page_size(page_number - 1)
        return float(width), float(height)

    def text(self, page_number: int) -> str:
        """The page's text, one character for each of PDFium's character indexes."""
        with pdfium_errors(self._path):
            page = self._document[page_number - 1]
            text_page = page.get_textpage()
            count = text_page.count_chars()
            text = str(text_page.get_text_range(0, count)) if count else ""
            if len(text) != count:
                text = _text_by_character(text_page, count)
            text_page.close()
            page.close()
        return text

    def draw(self, page_number: int, scale: float) -> PageImage:
        """The page at `scale` pixels per point, or at fewer if it would be too large."""
        with pdfium_errors(self._path):
            page = self._document[page_number - 1]
            scale = _scale_that_fits(scale, *page.get_size())
            bitmap = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=True)
            image = PageImage(bitmap.width, bitmap.height, bytes(bitmap.buffer))
            bitmap.close()
            page.close()
        return image

    def places(self, page_number: int, spans: Sequence[Span]) -> list[list[Rectangle]]:
        """For each span of this page its rectangles, one a line, on the page as it is shown."""
        with pdfium_errors(self._path):
            page = self._document[page_number - 1]
            text_page = page.get_textpage()
            found = [
                [shown(page, rectangle) for rectangle in rectangles(text_page, span)]
                for span in spans
            ]
            text_page.close()
            page.close()
        return found

    def hidden(self, page_number: int, text: str, patience_s: float) -> Ranges:
        """As `pdfium_looking.hidden_on`; `text` is the page's. Raises NotDrawn too."""
        with pdfium_errors(self._path):
            page = self._document[page_number - 1]
            try:
                return hidden_on(page, text, patience_s)
            finally:
                page.close()

    def picture_share(self, page_number: int) -> float:
        """How much of the page its largest picture covers, from 0 to 1."""
        with pdfium_errors(self._path):
            page = self._document[page_number - 1]
            width, height = page.get_size()
            areas = [0.0]
            for picture in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE]):
                left, bottom, right, top = picture.get_bounds()
                areas.append(abs(right - left) * abs(top - bottom))
            page.close()
        share = max(areas) / max(width * height, 1.0)
        return float(min(1.0, share)) if math.isfinite(share) else 1.0


@contextmanager
def pdfium_errors(path: Path) -> Iterator[None]:
    """PDFium's errors as ours: NeedsPassword or UnreadableDocument."""
    try:
        yield
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise NeedsPassword(
                f"{path.name} is protected by a password.", "Add it again with its password."
            ) from error
        raise UnreadableDocument(
            f"{path.name} cannot be read as a PDF: {_reason(error)}.",
            "Open it in the program that made it and save it anew.",
        ) from error
    except OSError as error:
        raise UnreadableDocument(
            f"{path.name} cannot be opened: {error.strerror}.", "Check that you may read the file."
        ) from error


def _scale_that_fits(scale: float, width: float, height: float) -> float:
    """`scale`, or a smaller one for a page of `width` x `height` points that is too large for it.

    Raises ArithmeticError for a page without a sensible size.
    """
    if not (0 < width <= MOST_POINTS and 0 < height <= MOST_POINTS):
        raise ArithmeticError("The page has no size that a page can have.")
    by_area = math.sqrt(_MOST_PIXELS / (width * height))
    return min(scale, by_area, _MOST_PIXELS_A_SIDE / max(width, height))


def _reason(error: Exception) -> str:
    text = str(error).rstrip(".")
    return text[:1].lower() + text[1:]


def _text_by_character(text_page: pdfium.PdfTextPage, count: int) -> str:
    """Character by character, so that offsets stay PDFium's own where it skips some in ranges.

    A character beyond U+FFFF takes two indexes, as in UTF-16: it stands at the first. The second,
    and characters without a meaning (code 0), become U+FFFE, which searching ignores.
    """
    codes = [pdfium_c.FPDFText_GetUnicode(text_page, index) for index in range(count)]
    text: list[str] = []
    for code, following in zip(codes, [*codes[1:], 0], strict=True):
        if 0xD800 <= code < 0xDC00 and 0xDC00 <= following < 0xE000:
            text.append(chr(0x10000 + ((code - 0xD800) << 10) + following - 0xDC00))
        elif 0 < code < 0x110000 and not 0xD800 <= code < 0xE000:
            text.append(chr(code))
        else:
            text.append(_NO_CHARACTER)
    return "".join(text)
