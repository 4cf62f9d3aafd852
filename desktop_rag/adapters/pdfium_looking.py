"""A page drawn small, within a time, and where PDFium's characters stand on that picture."""

import ctypes
import math
import time
from itertools import repeat

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.internal as pdfium_i
import pypdfium2.raw as pdfium_c

from desktop_rag.adapters.pdfium_geometry import device_point
from desktop_rag.adapters.visibility import Boxes, Picture, hidden_ranges
from desktop_rag.domain import Ranges

_PIXELS_PER_POINT = 0.8
_LEAST_PIXELS_PER_POINT = 0.5  # below it words of ten points are no more than grey
_MOST_PIXELS = 4_000_000
_MOST_CHARACTERS = 100_000
_FAR = 1000.0  # points; PDFium converts to whole numbers, so an axis is measured over a distance
_LAST_LATIN = 0xFF
_WHITE = (255, 255, 255, 255)


class NotDrawn(Exception):
    """The page was not drawn: it is too large, or it took too long."""


def hidden_on(page: pdfium.PdfPage, text: str, patience_s: float) -> Ranges:
    """What of the page's text is not visible on it. Raises NotDrawn.

    `patience_s` is looked at between two objects of the page: one of them may still take longer.
    """
    width, height = page.get_size()
    scale = min(_PIXELS_PER_POINT, math.sqrt(_MOST_PIXELS / max(width * height, 1.0)))
    if len(text) > _MOST_CHARACTERS or scale < _LEAST_PIXELS_PER_POINT:
        raise NotDrawn
    picture = _drawn(page, scale, patience_s)
    text_page = page.get_textpage()
    try:
        boxes = _boxes(page, text_page, len(text))
        found = hidden_ranges(text, boxes, picture, scale)
        return tuple(one for one in found if _has_its_letters(text_page, text, *one))
    finally:
        text_page.close()


def _has_its_letters(text_page: pdfium.PdfTextPage, text: str, start: int, length: int) -> bool:
    """Whether the page could be drawn with the letters of a range.

    Letters beyond Latin of a font that is not in the file come from this machine's fonts; where
    it has none the page shows nothing, on other machines it does.
    """
    for index in range(start, start + length):
        if ord(text[index]) > _LAST_LATIN and text[index].isalnum():
            piece = pdfium_c.FPDFText_GetTextObject(text_page, index)
            font = pdfium_c.FPDFTextObj_GetFont(piece) if piece else None
            if font and pdfium_c.FPDFFont_GetIsEmbedded(font) != 1:
                return False
    return True


def _drawn(page: pdfium.PdfPage, scale: float, patience_s: float) -> Picture:
    """The page as pixels of three colours, with its annotations: a bar may be one of them."""
    width, height = (max(1, math.ceil(scale * side)) for side in page.get_size())
    bitmap = pdfium.PdfBitmap.new_native(width, height, pdfium_c.FPDFBitmap_BGRx)
    bitmap.fill_rect(_WHITE, 0, 0, width, height)
    latest = time.monotonic() + patience_s
    pause = pdfium_c.IFSDK_PAUSE(version=1)
    pdfium_i.set_callback(pause, "NeedToPauseNow", lambda _: time.monotonic() > latest)
    state = pdfium_c.FPDF_RenderPageBitmap_Start(
        bitmap, page, 0, 0, width, height, 0, pdfium_c.FPDF_ANNOT, pause
    )
    pdfium_c.FPDF_RenderPage_Close(page)
    picture = np.array(bitmap.buffer, dtype=np.uint8).reshape(height, width, 4)[:, :, :3]
    bitmap.close()
    if state != pdfium_c.FPDF_RENDER_DONE:
        raise NotDrawn
    return picture


def _boxes(page: pdfium.PdfPage, text_page: pdfium.PdfTextPage, count: int) -> Boxes:
    """The box of each character in points of the page as it is shown."""
    found = np.full((count, 4), np.nan)  # left, right, bottom, top, in the page's own points
    base, size = found.ctypes.data, found.itemsize
    columns = [range(base + size * i, base + size * (i + 4 * count), 4 * size) for i in range(4)]
    handle = ctypes.cast(text_page.raw, ctypes.c_void_p).value
    # A page has thousands of characters: addresses in a `map` take half the time of a loop.
    for _ in map(_char_box(), repeat(handle), range(count), *columns):
        pass
    origin = np.array(device_point(page, 0.0, 0.0))
    right = (np.array(device_point(page, _FAR, 0.0)) - origin) / _FAR
    up = (np.array(device_point(page, 0.0, _FAR)) - origin) / _FAR
    corners = [origin + found[:, [i]] * right + found[:, [j]] * up for i, j in ((0, 2), (1, 3))]
    return np.hstack([np.minimum(*corners), np.maximum(*corners)])


def _char_box() -> "ctypes._CFunctionType":
    """FPDFText_GetCharBox, taking addresses."""
    address = ctypes.cast(pdfium_c.FPDFText_GetCharBox, ctypes.c_void_p).value
    kinds = (ctypes.c_void_p, ctypes.c_int, *[ctypes.c_void_p] * 4)
    return ctypes.CFUNCTYPE(ctypes.c_int, *kinds)(address or 0)
