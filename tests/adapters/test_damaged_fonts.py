"""Pages whose text layer says something else than they show."""

from pathlib import Path

import pypdf
import reportlab
from pypdf.generic import NameObject, StreamObject
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from desktop_rag.adapters.page_reader import LocalPageReader
from desktop_rag.domain import Page, PageImage, PageMethod, TextBox

LINES = ["The boiler is in the cellar", "and is serviced every spring", "by the landlord alone"]
MAP = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CMapName /x def /CMapType 2 def
1 begincodespacerange <00> <FF> endcodespacerange
1 beginbfrange <00> <FF> <%s> endbfrange
endcmap CMapName currentdict /CMap defineresource pop end end"""


def damaged_pdf(path: Path, first_character: bytes) -> Path:
    """Two pages that look alike; the fonts of the first map every glyph from that character on."""
    fonts = Path(reportlab.__file__).parent / "fonts"
    pdfmetrics.registerFont(TTFont("Vera", str(fonts / "Vera.ttf")))
    canvas = Canvas(str(path), pagesize=A4)
    for font in ("Vera", "Helvetica"):
        canvas.setFont(font, 20)
        for number, line in enumerate(LINES):
            canvas.drawString(60, 700 - 40 * number, line)
        canvas.showPage()
    canvas.save()
    writer = pypdf.PdfWriter(path)
    for font in writer.pages[0]["/Resources"]["/Font"].values():
        if "/ToUnicode" in font.get_object():
            stream = StreamObject()
            stream.set_data(MAP % first_character)
            font.get_object()[NameObject("/ToUnicode")] = writer._add_object(stream)  # noqa: SLF001
    writer.write(path)
    return path


class BlindOcr:
    """An OCR that recognises nothing."""

    def recognise(
        self, image: PageImage, width: float, height: float
    ) -> tuple[str, tuple[TextBox, ...]]:
        return "", ()


def pages(path: Path, *, ocr: bool) -> list[Page]:
    opened = LocalPageReader(BlindOcr).open(path, (), ocr)
    try:
        return list(opened.pages())
    finally:
        opened.close()


def test_what_damaged_fonts_say_is_not_used(tmp_path: Path) -> None:
    file = damaged_pdf(tmp_path / "a.pdf", b"E000")
    damaged, sound = pages(file, ocr=True)
    assert damaged.method is PageMethod.UNREADABLE
    assert damaged.text == ""
    assert "fonts are damaged" in damaged.reason
    assert "switched off" not in damaged.reason
    assert sound.method is PageMethod.PDFIUM


def test_without_ocr_the_reason_names_both(tmp_path: Path) -> None:
    (damaged, sound) = pages(damaged_pdf(tmp_path / "a.pdf", b"E000"), ocr=False)
    assert damaged.method is PageMethod.UNREADABLE
    assert "fonts are damaged" in damaged.reason
    assert "switched off" in damaged.reason
    assert LINES[0] in sound.text


def test_the_page_is_read_as_it_is_shown(tmp_path: Path) -> None:
    from desktop_rag.adapters.ocr import RapidOcr

    file = damaged_pdf(tmp_path / "a.pdf", b"E000")
    opened = LocalPageReader(lambda: RapidOcr(2)).open(file, (), ocr=True)
    (page, _) = opened.pages()
    opened.close()
    assert page.method is PageMethod.OCR
    assert page.text.split("\r\n") == LINES
