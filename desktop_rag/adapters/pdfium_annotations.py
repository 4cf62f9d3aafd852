"""Highlights as real annotations of a PDF, made with PDFium."""

import io
from collections.abc import Sequence
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from desktop_rag.adapters.pdfium import pdfium_errors
from desktop_rag.adapters.pdfium_geometry import on_page
from desktop_rag.domain import Highlight
from desktop_rag.errors import UnreadableDocument

_YELLOW = (255, 214, 10)
_HALF_OPAQUE = 128

Quad = tuple[tuple[float, float], ...]


def annotated(
    path: Path, password: str | None, highlights: Sequence[Highlight], most_bytes: int
) -> bytes:
    """The file with one highlight annotation for each span and page that has rectangles.

    What was in the file stays as it was, byte for byte, and the annotations follow it, so that a
    signature keeps covering what was signed. Where that could not be read back, all is written
    anew.
    An encrypted file stays encrypted, with its password and its permissions. Raises
    UnreadableDocument, also if the result would be longer than `most_bytes`.
    """
    with pdfium_errors(path):
        if path.stat().st_size > most_bytes:
            raise _too_large(path, most_bytes)
        document = pdfium.PdfDocument(path, password=password)
        try:
            for page_number in sorted({highlight.page for highlight in highlights}):
                _annotate(document, page_number, highlights)
            marked = _saved(document, pdfium_c.FPDF_INCREMENTAL)
            if not _holds(marked, password, len(document), highlights):
                marked = _saved(document, pdfium_c.FPDF_NO_INCREMENTAL)
        finally:
            document.close()
    if len(marked) > most_bytes:
        raise _too_large(path, most_bytes)
    return marked


def _annotate(
    document: pdfium.PdfDocument, page_number: int, highlights: Sequence[Highlight]
) -> None:
    here = [highlight for highlight in highlights if highlight.page == page_number]
    page = document[page_number - 1]
    try:
        for span in sorted({highlight.span for highlight in here}):
            _add(page, [_quad(page, highlight) for highlight in here if highlight.span == span])
    finally:
        page.close()


def _quad(page: pdfium.PdfPage, place: Highlight) -> Quad:
    """Corners in the order that viewers expect: top left, top right, bottom left, bottom right."""
    right, bottom = place.left + place.width, place.top + place.height
    return tuple(on_page(page, x, y) for y in (place.top, bottom) for x in (place.left, right))


def _add(page: pdfium.PdfPage, quads: Sequence[Quad]) -> None:
    annotation = pdfium_c.FPDFPage_CreateAnnot(page, pdfium_c.FPDF_ANNOT_HIGHLIGHT)
    if not annotation:
        raise pdfium.PdfiumError("Failed to add a highlight.")
    try:
        colour = pdfium_c.FPDFANNOT_COLORTYPE_Color
        pdfium_c.FPDFAnnot_SetColor(annotation, colour, *_YELLOW, _HALF_OPAQUE)
        pdfium_c.FPDFAnnot_SetFlags(annotation, pdfium_c.FPDF_ANNOT_FLAG_PRINT)
        for quad in quads:
            points = pdfium_c.FS_QUADPOINTSF(*(value for corner in quad for value in corner))
            pdfium_c.FPDFAnnot_AppendAttachmentPoints(annotation, points)
        across = [x for quad in quads for x, _ in quad]
        along = [y for quad in quads for _, y in quad]
        around = pdfium_c.FS_RECTF(min(across), max(along), max(across), min(along))
        pdfium_c.FPDFAnnot_SetRect(annotation, around)
    finally:
        pdfium_c.FPDFPage_CloseAnnot(annotation)


def _saved(document: pdfium.PdfDocument, flags: int) -> bytes:
    written = io.BytesIO()
    document.save(written, flags=flags)
    return written.getvalue()


def _holds(
    content: bytes, password: str | None, page_count: int, highlights: Sequence[Highlight]
) -> bool:
    """Whether another program would find all pages and the new annotations in `content`."""
    try:
        document = pdfium.PdfDocument(content, password=password)
    except pdfium.PdfiumError:
        return False
    try:
        return len(document) == page_count and all(
            _highlight_count(document, page) >= len({h.span for h in highlights if h.page == page})
            for page in {highlight.page for highlight in highlights}
        )
    except pdfium.PdfiumError:
        return False
    finally:
        document.close()


def _highlight_count(document: pdfium.PdfDocument, page_number: int) -> int:
    page = document[page_number - 1]
    count = 0
    for index in range(pdfium_c.FPDFPage_GetAnnotCount(page)):
        annotation = pdfium_c.FPDFPage_GetAnnot(page, index)
        kind = pdfium_c.FPDFAnnot_GetSubtype(annotation)
        count += kind == pdfium_c.FPDF_ANNOT_HIGHLIGHT
        pdfium_c.FPDFPage_CloseAnnot(annotation)
    page.close()
    return count


def _too_large(path: Path, most_bytes: int) -> UnreadableDocument:
    return UnreadableDocument(
        f"{path.name} is too large to be saved with highlights: the most is {most_bytes >> 20} MB.",
        "Split it into parts and add these.",
    )
