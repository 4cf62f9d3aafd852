"""Where PDFium's characters stand on a page as it is shown: its rotation and crop box heeded."""

import ctypes
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from desktop_rag.domain import Span

# PDFium converts to whole pixels of a device, so the device is made this much finer than a point.
_STEPS_PER_POINT = 100


@dataclass(frozen=True, slots=True)
class Rectangle:
    """Points from the top left of the page as it is shown."""

    left: float
    top: float
    width: float
    height: float


def rectangles(
    text_page: pdfium.PdfTextPage, span: Span
) -> list[tuple[float, float, float, float]]:
    """Left, bottom, right, top in the page's own points, one for each line of the span."""
    found = []
    for index in range(text_page.count_rects(span.start, span.length)):
        left, top, right, bottom = (ctypes.c_double() for _ in range(4))
        if pdfium_c.FPDFText_GetRect(text_page, index, left, top, right, bottom):
            found.append((left.value, bottom.value, right.value, top.value))
    return found


def shown(page: pdfium.PdfPage, rectangle: tuple[float, float, float, float]) -> Rectangle:
    """The page's own left, bottom, right, top as they stand when the page is shown."""
    x0, y0 = device_point(page, *rectangle[:2])
    x1, y1 = device_point(page, *rectangle[2:])
    return Rectangle(min(x0, x1), min(y0, y1), abs(x1 - x0), abs(y1 - y0))


def device_point(page: pdfium.PdfPage, x: float, y: float) -> tuple[float, float]:
    """A point in the page's own coordinates, in points from the top left as it is shown."""
    steps_x, steps_y = _steps(page)
    device_x, device_y = ctypes.c_int(), ctypes.c_int()
    pdfium_c.FPDF_PageToDevice(page, *_device(page), x, y, device_x, device_y)
    return device_x.value / steps_x, device_y.value / steps_y


def on_page(page: pdfium.PdfPage, x: float, y: float) -> tuple[float, float]:
    """A point of the page as it is shown, in the page's own coordinates."""
    steps_x, steps_y = _steps(page)
    page_x, page_y = ctypes.c_double(), ctypes.c_double()
    device_x, device_y = round(x * steps_x), round(y * steps_y)
    pdfium_c.FPDF_DeviceToPage(page, *_device(page), device_x, device_y, page_x, page_y)
    return page_x.value, page_y.value


def _device(page: pdfium.PdfPage) -> tuple[int, int, int, int, int]:
    """Start, size and rotation of a device that is large enough for exact conversion."""
    width, height = page.get_size()
    return 0, 0, _fine(width), _fine(height), 0


def _steps(page: pdfium.PdfPage) -> tuple[float, float]:
    width, height = page.get_size()
    return _fine(width) / max(width, 1e-6), _fine(height) / max(height, 1e-6)


def _fine(length: float) -> int:
    return max(1, round(length * _STEPS_PER_POINT))
