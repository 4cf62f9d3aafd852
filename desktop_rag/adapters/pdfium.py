"""PDFium, through pypdfium2: text by character index, page labels, drawing."""

import ctypes
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from desktop_rag.domain import PageImage, Span
from desktop_rag.errors import NeedsPassword, UnreadableDocument

_MOST_PIXELS = 40_000_000
_NO_CHARACTER = "\ufffe"


class PdfiumFile:
    """An open file. Every method may raise UnreadableDocument; page numbers count from 1."""

    def __init__(self, path: Path, password: str | None) -> None:
        with _pdfium_errors(path):
            self._document = pdfium.PdfDocument(path, password=password)
        self._path = path

    def __len__(self) -> int:
        return len(self._document)

    def close(self) -> None:
        self._document.close()

    def label(self, page_number: int) -> str:
        """The label that the file gives the page ("iv"), else its number."""
        with _pdfium_errors(self._path):
            return str(self._document.get_page_label(page_number - 1)) or str(page_number)

    def text(self, page_number: int) -> str:
        """The page's text, one character for each of PDFium's character indexes."""
        with _pdfium_errors(self._path):
            page = self._document[page_number - 1]
            text_page = page.get_textpage()
            count = text_page.count_chars()
            text = str(text_page.get_text_range(0, count)) if count else ""
            if len(text) != count:
                text = _text_by_character(text_page, count)
            text_page.close()
            page.close()
        return text

    def draw(self, page_number: int, spans: Sequence[Span], scale: float) -> PageImage:
        """The page as pixels, with rectangles around the characters of the spans on it."""
        with _pdfium_errors(self._path):
            page = self._document[page_number - 1]
            width, height = page.get_size()
            scale = min(scale, (_MOST_PIXELS / max(width * height, 1.0)) ** 0.5)
            bitmap = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=True)
            text_page = page.get_textpage()
            rectangles = [
                _on_bitmap(page, rectangle, bitmap.width, bitmap.height)
                for span in spans
                if span.page == page_number
                for rectangle in _rectangles(text_page, span)
            ]
            rows = bytes(bitmap.buffer)
            image = PageImage(bitmap.width, bitmap.height, rows, tuple(rectangles))
            text_page.close()
            page.close()
        return image

    def picture_share(self, page_number: int) -> float:
        """How much of the page its largest picture covers, from 0 to 1."""
        with _pdfium_errors(self._path):
            page = self._document[page_number - 1]
            width, height = page.get_size()
            areas = [0.0]
            for picture in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE]):
                left, bottom, right, top = picture.get_bounds()
                areas.append(abs(right - left) * abs(top - bottom))
            page.close()
        return float(min(1.0, max(areas) / max(width * height, 1.0)))


@contextmanager
def _pdfium_errors(path: Path) -> Iterator[None]:
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


def _rectangles(
    text_page: pdfium.PdfTextPage, span: Span
) -> list[tuple[float, float, float, float]]:
    """Left, bottom, right, top in points, one for each line of the span."""
    found = []
    for index in range(text_page.count_rects(span.start, span.length)):
        sides = [ctypes.c_double() for _ in range(4)]
        left, top, right, bottom = sides
        if pdfium_c.FPDFText_GetRect(text_page, index, left, top, right, bottom):
            found.append((left.value, bottom.value, right.value, top.value))
    return found


def _on_bitmap(
    page: pdfium.PdfPage, rectangle: tuple[float, float, float, float], width: int, height: int
) -> tuple[float, float, float, float]:
    """The rectangle in pixels from the top left, the page's rotation and crop box heeded."""
    corners = []
    for x, y in (rectangle[:2], rectangle[2:]):
        pixel_x, pixel_y = ctypes.c_int(), ctypes.c_int()
        pdfium_c.FPDF_PageToDevice(page, 0, 0, width, height, 0, x, y, pixel_x, pixel_y)
        corners.append((pixel_x.value, pixel_y.value))
    (x0, y0), (x1, y1) = corners
    return float(min(x0, x1)), float(min(y0, y1)), float(abs(x1 - x0)), float(abs(y1 - y0))
