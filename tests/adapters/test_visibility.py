"""Text that is in the file but not visible on the page."""

import json
from collections.abc import Callable
from pathlib import Path

import pypdf
import pypdfium2
import pytest
from PIL import Image
from pypdf.annotations import Rectangle
from reportlab.lib.colors import CMYKColor, Color, black, darkblue, green, red, white
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from desktop_rag.adapters import pdfium_looking
from desktop_rag.adapters.isolated_reader import IsolatedPageReader
from desktop_rag.adapters.page_reader import LocalPageReader, Ocr
from desktop_rag.adapters.reader_limits import ReaderLimits
from desktop_rag.adapters.untrusted_replies import checked_ranges
from desktop_rag.domain import PageMethod
from desktop_rag.errors import UnreadableDocument
from tests.support import finish, make_pdf

SECRET = "The settlement is four million pounds"
SEEN = "The parties met in London on Monday"
AT = (72, 500)
Draw = Callable[[Canvas], None]


def no_ocr() -> Ocr:
    raise AssertionError("a page with text needs no OCR")


def sheet(path: Path, draw: Draw) -> Path:
    """A page with a line that is seen above and below what `draw` draws."""
    canvas = Canvas(str(path), pagesize=(500, 700), invariant=1)
    canvas.setFont("Helvetica", 11)
    canvas.drawString(72, 600, SEEN)
    draw(canvas)
    canvas.setFillColor(black)
    canvas.setFont("Helvetica", 11)
    canvas.drawString(72, 400, SEEN)
    canvas.save()
    return path


def hidden_texts(path: Path) -> list[str]:
    """The hidden pieces of the first page, each on one line."""
    document = LocalPageReader(no_ocr).open(path, (), ocr=False)
    page = next(document.pages())
    found = document.hidden(page)
    document.close()
    assert SEEN in page.text
    return [" ".join(page.text[start : start + length].split()) for start, length in found]


def say(canvas: Canvas, text: str = SECRET, mode: int = 0) -> None:
    canvas.drawString(*AT, text, mode=mode)


def picture_of(text: str, folder: Path) -> ImageReader:
    """A picture with these words, as a scanner makes it, of 300 by 30 points."""
    canvas = Canvas(str(folder / "words.pdf"), pagesize=(300, 30))
    canvas.setFont("Helvetica", 11)
    canvas.drawString(2, 10, text)
    canvas.save()
    drawn = pypdfium2.PdfDocument(folder / "words.pdf")[0].render(scale=3).to_pil()
    return ImageReader(drawn)


def white_on_white(canvas: Canvas) -> None:
    canvas.setFillColor(white)
    say(canvas)


def no_picture(canvas: Canvas) -> None:
    say(canvas, mode=3)


def tiny(canvas: Canvas) -> None:
    canvas.setFont("Helvetica", 0.5)
    say(canvas)


def off_page(canvas: Canvas) -> None:
    canvas.drawString(72, -40, SECRET)
    canvas.drawString(900, 300, SECRET)


def black_bar(canvas: Canvas) -> None:
    say(canvas)
    canvas.rect(70, 496, 250, 14, stroke=0, fill=1)


def black_on_bar(canvas: Canvas) -> None:
    canvas.rect(70, 496, 250, 14, stroke=0, fill=1)
    say(canvas)


def white_bar(canvas: Canvas) -> None:
    say(canvas)
    canvas.setFillColor(white)
    canvas.rect(70, 496, 250, 14, stroke=0, fill=1)


def narrow_bar(canvas: Canvas) -> None:
    say(canvas)
    canvas.rect(70, 497, 250, 12, stroke=0, fill=1)


def plain_picture(canvas: Canvas) -> None:
    say(canvas)
    canvas.drawImage(ImageReader(Image.new("RGB", (40, 40), (90, 120, 160))), 60, 480, 300, 50)


def clipped_away(canvas: Canvas) -> None:
    canvas.saveState()
    path = canvas.beginPath()
    path.rect(72, 100, 100, 100)
    canvas.clipPath(path, stroke=0, fill=0)
    say(canvas)
    canvas.restoreState()


def struck_through(canvas: Canvas) -> None:
    canvas.setFillColor(white)
    say(canvas)
    canvas.line(70, 504, 320, 504)


def nearly_white(canvas: Canvas) -> None:
    canvas.setFillColor(Color(0.985, 0.985, 0.985))
    say(canvas)


HIDDEN = [
    white_on_white,
    no_picture,
    tiny,
    black_bar,
    black_on_bar,
    narrow_bar,
    white_bar,
    plain_picture,
    clipped_away,
    struck_through,
    nearly_white,
]


@pytest.mark.parametrize("draw", HIDDEN)
def test_what_nobody_sees_is_told(tmp_path: Path, draw: Draw) -> None:
    assert hidden_texts(sheet(tmp_path / "a.pdf", draw)) == [SECRET]


def test_what_stands_beside_the_page_is_told(tmp_path: Path) -> None:
    assert " ".join(hidden_texts(sheet(tmp_path / "a.pdf", off_page))) == f"{SECRET} {SECRET}"


def test_what_has_hardly_a_letter_is_told_only_with_its_neighbours(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFillColor(white)
        canvas.drawString(72, 540, "I — 7 ... at__________")
        say(canvas, f"{SECRET} — I")

    found = hidden_texts(sheet(tmp_path / "a.pdf", draw))
    assert found == [f"{SECRET} — I"]


def test_a_bar_over_part_of_a_line_hides_that_part(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        say(canvas)
        before = canvas.stringWidth("The settlement is ", "Helvetica", 11)
        width = canvas.stringWidth("four million", "Helvetica", 11)
        canvas.rect(72 + before - 1, 497, width + 2, 12, stroke=0, fill=1)

    assert hidden_texts(sheet(tmp_path / "a.pdf", draw)) == ["four million"]


def test_a_bar_that_is_an_annotation_hides_what_is_under_it(tmp_path: Path) -> None:
    writer = pypdf.PdfWriter(sheet(tmp_path / "a.pdf", say))
    bar = Rectangle(rect=(70, 496, 330, 510), interior_color="000000")
    bar[pypdf.generic.NameObject("/C")] = pypdf.generic.ArrayObject(
        [pypdf.generic.FloatObject(0)] * 3
    )
    writer.add_annotation(0, bar)
    writer.write(tmp_path / "b.pdf")
    assert hidden_texts(tmp_path / "b.pdf") == [SECRET]


def grey(canvas: Canvas) -> None:
    canvas.setFillColor(Color(0.6, 0.6, 0.6))
    say(canvas)


def light_grey(canvas: Canvas) -> None:
    canvas.setFillColor(Color(0.85, 0.85, 0.85))
    say(canvas)


def yellow(canvas: Canvas) -> None:
    canvas.setFillColor(Color(1, 1, 0))
    say(canvas)


def white_on_blue(canvas: Canvas) -> None:
    canvas.setFillColor(darkblue)
    canvas.rect(60, 490, 300, 30, stroke=0, fill=1)
    canvas.setFillColor(white)
    say(canvas)


def red_on_green_as_bright(canvas: Canvas) -> None:
    canvas.setFillColor(Color(0.1, 0.5, 0.1))
    canvas.rect(60, 490, 300, 30, stroke=0, fill=1)
    canvas.setFillColor(Color(0.8, 0.5, 0.1))
    say(canvas)


def table_cells(canvas: Canvas) -> None:
    colours = (red, green, Color(0.9, 0.9, 1), CMYKColor(0.1, 0.2, 0, 0), darkblue, white)
    for number, (word, colour) in enumerate(zip(SECRET.split(), colours, strict=True)):
        canvas.setFillColor(colour)
        canvas.rect(60 + 70 * number, 490, 70, 25, stroke=1, fill=1)
        canvas.setFillColor(white if colour in (darkblue, red) else black)
        canvas.drawString(66 + 70 * number, 500, word)


def small_print(canvas: Canvas) -> None:
    canvas.setFont("Times-Roman", 4)
    say(canvas)


def beside_a_bar(canvas: Canvas) -> None:
    say(canvas)
    canvas.rect(70, 513, 250, 14, stroke=0, fill=1)
    canvas.rect(70, 480, 250, 14, stroke=0, fill=1)


def short_words(canvas: Canvas) -> None:
    say(canvas, "I lie - ill | 1 . l — ______________ at_________")


def letters_of_another_machine(canvas: Canvas) -> None:
    pdfmetrics.registerFont(UnicodeCIDFont("HeiseiMin-W3"))  # a font that is not in the file
    canvas.setFont("HeiseiMin-W3", 11)
    say(canvas, "\u65e5\u672c\u8a9e\u306e\u5951\u7d04\u66f8")


VISIBLE = [
    letters_of_another_machine,
    grey,
    light_grey,
    yellow,
    white_on_blue,
    red_on_green_as_bright,
    table_cells,
    small_print,
    beside_a_bar,
    short_words,
]


@pytest.mark.parametrize("draw", VISIBLE)
def test_what_is_faint_coloured_or_small_is_visible(tmp_path: Path, draw: Draw) -> None:
    assert hidden_texts(sheet(tmp_path / "a.pdf", draw)) == []


def test_a_text_layer_over_a_scan_is_visible_where_the_scan_has_ink(tmp_path: Path) -> None:
    picture = picture_of(SECRET, tmp_path)

    def draw(canvas: Canvas) -> None:
        canvas.drawImage(picture, 70, 490, 300, 30)
        say(canvas, mode=3)

    assert hidden_texts(sheet(tmp_path / "a.pdf", draw)) == []


def test_a_bar_on_a_scan_hides_its_text_layer(tmp_path: Path) -> None:
    picture = picture_of(SECRET, tmp_path)

    def draw(canvas: Canvas) -> None:
        canvas.drawImage(picture, 70, 490, 300, 30)
        black_bar(canvas)

    assert hidden_texts(sheet(tmp_path / "a.pdf", draw)) == [SECRET]


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_turned_and_cropped_pages_are_looked_at_as_they_are_shown(
    tmp_path: Path, rotation: int
) -> None:
    def draw(canvas: Canvas) -> None:
        black_bar(canvas)
        canvas.setFillColor(black)
        canvas.drawString(72, 640, "Above the crop stands this")

    writer = pypdf.PdfWriter(sheet(tmp_path / "a.pdf", draw))
    writer.pages[0].rotate(rotation)
    writer.pages[0].cropbox = pypdf.generic.RectangleObject((50, 350, 420, 625))
    writer.write(tmp_path / "b.pdf")
    found = " ".join(hidden_texts(tmp_path / "b.pdf"))
    assert sorted(found.split()) == sorted(f"{SECRET} Above the crop stands this".split())


def test_the_reader_process_tells_what_is_hidden(tmp_path: Path) -> None:
    reader = IsolatedPageReader(threads=1)
    (page,) = finish(
        reader.read(sheet(tmp_path / "a.pdf", black_bar), passwords=(), ocr=False)
    ).pages
    reader.close()
    ((start, length),) = page.hidden
    assert page.text[start : start + length] == SECRET


def test_a_page_that_ends_the_reader_when_it_is_drawn_was_read(tmp_path: Path) -> None:
    file = make_pdf(tmp_path / "a.pdf", ["One page of text.", "Two.", "Three."])
    reader = IsolatedPageReader(threads=1, limits=ReaderLimits(look_timeout_s=0.0))
    pages = finish(reader.read(file, passwords=(), ocr=False)).pages
    reader.close()
    assert [page.text for page in pages] == ["One page of text.", "Two.", "Three."]
    assert {page.method for page in pages} == {PageMethod.PDFIUM}


def test_a_document_that_takes_too_long_to_draw_is_not_looked_at_any_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[int] = []

    def slow(page: object, text: str, patience_s: float) -> None:
        looked.append(len(text))
        raise pdfium_looking.NotDrawn

    monkeypatch.setattr("desktop_rag.adapters.pdfium.hidden_on", slow)
    document = LocalPageReader(no_ocr).open(make_pdf(tmp_path / "a.pdf", ["One."] * 9), (), False)
    assert [document.hidden(page) for page in document.pages()] == [()] * 9
    assert len(looked) == 3


def test_drawing_ends_when_its_time_is_over(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        for number in range(3000):
            canvas.circle(250, 350, number % 200, stroke=1, fill=0)

    page = pypdfium2.PdfDocument(sheet(tmp_path / "a.pdf", draw))[0]
    with pytest.raises(pdfium_looking.NotDrawn):
        pdfium_looking.hidden_on(page, SEEN, 0.0)
    assert pdfium_looking.hidden_on(page, SEEN, 60.0) == ()


@pytest.mark.parametrize(
    "untrusted",
    [None, {}, [[1]], [[0, 0]], [[-1, 2]], [[3, 2], [4, 2]], [[8, 3]], [[True, 1]], [["0", 1]]],
)
def test_ranges_that_make_no_sense_are_refused(untrusted: object) -> None:
    assert checked_ranges(untrusted, 10) is None
    assert checked_ranges([[0, 2], [2, 8]], 10) == ((0, 2), (2, 8))


def test_a_hostile_answer_on_what_is_hidden_ends_the_reader(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = IsolatedPageReader(threads=1)
    page = {
        "number": 1,
        "label": "1",
        "text": "One.",
        "method": "pdfium",
        "reason": "",
        "boxes": [],
    }
    replies = iter([b'{"pages": 1}', json.dumps(page).encode(), b'{"hidden": [[0, 400]]}'])
    monkeypatch.setattr(reader._link, "receive_bytes", lambda path, timeout_s: next(replies))  # noqa: SLF001
    with pytest.raises(UnreadableDocument, match="nonsense"):
        finish(reader.read(make_pdf(tmp_path / "a.pdf", ["One."]), passwords=(), ocr=False))
    reader.close()
