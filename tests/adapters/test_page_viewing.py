"""What the reader shows of a PDF: frames, pages, rectangles, found words, highlighted copies."""

import io
import os
import re
import signal
from collections.abc import Iterator
from pathlib import Path

import pypdf
import pypdfium2
import pytest
from PIL import Image, ImageChops
from reportlab.pdfgen.canvas import Canvas

from desktop_rag.adapters import pdfium_annotations
from desktop_rag.adapters.isolated_reader import IsolatedPageReader
from desktop_rag.adapters.page_viewing import LocalPageViewer
from desktop_rag.adapters.reader_requests import FindRequest
from desktop_rag.domain import Highlight, PageImage, Span
from desktop_rag.errors import NeedsPassword, UnreadableDocument
from tests.support import finish, make_pdf

TURNS = [0, 90, 180, 270]


@pytest.fixture
def reader() -> Iterator[IsolatedPageReader]:
    made = IsolatedPageReader(threads=1)
    yield made
    made.close()


def turned(folder: Path, rotation: int) -> Path:
    """One word on a page that is rotated and whose crop box cuts off 50 and 30 points."""
    canvas = Canvas(str(folder / "plain.pdf"), pagesize=(400, 300))
    canvas.setFont("Helvetica", 20)
    canvas.drawString(120, 150, "before ZANZIBAR after")
    canvas.save()
    writer = pypdf.PdfWriter(folder / "plain.pdf")
    writer.pages[0].cropbox = pypdf.generic.RectangleObject((50, 30, 400, 300))
    writer.pages[0].rotate(rotation)
    writer.write(folder / "turned.pdf")
    return folder / "turned.pdf"


def word_span(path: Path, word: str, page: int = 1) -> Span:
    text = pypdfium2.PdfDocument(path)[page - 1].get_textpage().get_text_range()
    return Span(page, text.index(word), len(word))


def picture(image: PageImage) -> Image.Image:
    return Image.frombytes("RGBX", (image.width, image.height), image.pixels).convert("RGB")


def ink_box(image: PageImage, scale: float) -> tuple[float, ...]:
    """Left, top, right, bottom of what is dark, in points."""
    box = picture(image).convert("L").point(lambda value: 255 if value < 128 else 0).getbbox()
    return tuple(side / scale for side in box)


def test_frames_tell_labels_and_sizes_as_the_pages_are_shown(
    reader: IsolatedPageReader, samples: Path, tmp_path: Path
) -> None:
    lease = reader.frames(samples / "Lease 2021.pdf", passwords=())
    assert [frame.label for frame in lease[:3]] == ["i", "ii", "1"]
    assert [frame.number for frame in lease] == list(range(1, len(lease) + 1))
    assert (lease[0].width, lease[0].height) == pytest.approx((595.3, 841.9), abs=0.1)
    (frame,) = reader.frames(turned(tmp_path, 90), passwords=())
    assert (frame.width, frame.height) == pytest.approx((270, 350))


@pytest.mark.parametrize("rotation", TURNS)
def test_a_page_is_drawn_as_large_as_its_frame_says(
    reader: IsolatedPageReader, tmp_path: Path, rotation: int
) -> None:
    file = turned(tmp_path, rotation)
    (frame,) = reader.frames(file, passwords=())
    image = reader.render(file, 1, scale=1.5)
    assert (image.width, image.height) == (int(1.5 * frame.width), int(1.5 * frame.height))
    assert len(image.pixels) == image.width * image.height * 4


@pytest.mark.parametrize("rotation", TURNS)
def test_a_highlight_lies_on_its_word_however_the_page_is_turned_and_cut(
    reader: IsolatedPageReader, tmp_path: Path, rotation: int
) -> None:
    file = turned(tmp_path, rotation)
    (place,) = reader.highlights(file, [word_span(file, "ZANZIBAR")], passwords=())
    (whole,) = reader.highlights(file, [word_span(file, "before ZANZIBAR after")], passwords=())
    left, top, right, bottom = ink_box(reader.render(file, 1, scale=4), 4)
    around = (whole.left, whole.top, whole.left + whole.width, whole.top + whole.height)
    assert around == pytest.approx((left, top, right, bottom), abs=1.0)
    (frame,) = reader.frames(file, passwords=())
    own = Span(1, 0, len("before "))  # in the page's own coordinates, to a tenth of a point
    assert own.length == word_span(file, "ZANZIBAR").start
    text_page = pypdfium2.PdfDocument(file)[0].get_textpage()
    text_page.count_rects(own.length, len("ZANZIBAR"))
    x0, y0, x1, y1 = text_page.get_rect(0)
    expected = {
        0: (x0 - 50, 300 - y1),
        90: (y0 - 30, x0 - 50),
        180: (400 - x1, y0 - 30),
        270: (300 - y1, 400 - x1),
    }[rotation]
    assert (place.left, place.top) == pytest.approx(expected, abs=0.1)
    size = (x1 - x0, y1 - y0) if rotation % 180 == 0 else (y1 - y0, x1 - x0)
    assert (place.width, place.height) == pytest.approx(size, abs=0.1)
    assert place.left + place.width <= frame.width


def test_highlights_name_their_span_and_run_line_by_line(
    reader: IsolatedPageReader, tmp_path: Path
) -> None:
    file = make_pdf(tmp_path / "a.pdf", ["Two\nlines here.", "Next page."])
    spans = [word_span(file, "page", 2), word_span(file, "Two\r\nlines"), Span(2, 900, 5)]
    found = reader.highlights(file, spans, passwords=())
    assert [(place.page, place.span) for place in found] == [(1, 1), (1, 1), (2, 0)]
    assert found[0].top < found[1].top


def test_what_is_shown_of_a_locked_file_needs_its_password(
    reader: IsolatedPageReader, tmp_path: Path
) -> None:
    file = make_pdf(tmp_path / "a.pdf", ["Secret text."], encrypt="swordfish")
    right = ["wrong", "swordfish"]
    assert len(reader.frames(file, passwords=right)) == 1
    assert reader.highlights(file, [Span(1, 0, 6)], passwords=right)
    assert reader.render(file, 1, scale=1.0, passwords=right).width == 596
    with pytest.raises(NeedsPassword):
        reader.render(file, 1, scale=1.0)
    with pytest.raises(NeedsPassword):
        reader.frames(file, passwords=["wrong"])


def test_a_page_that_is_not_there_is_refused_and_the_reader_lives_on(
    reader: IsolatedPageReader, tmp_path: Path
) -> None:
    file = make_pdf(tmp_path / "a.pdf", ["One."])
    with pytest.raises(UnreadableDocument, match="no page 2"):
        reader.render(file, 2, scale=1.0)
    with pytest.raises(UnreadableDocument, match="no page 0"):
        reader.highlights(file, [Span(0, 0, 1)], passwords=())
    with pytest.raises(UnreadableDocument, match="cannot be opened"):
        reader.frames(tmp_path / "gone.pdf", passwords=())
    assert reader.render(file, 1, scale=1.0).width == 596


def test_a_file_that_changed_is_opened_anew(reader: IsolatedPageReader, tmp_path: Path) -> None:
    file = make_pdf(tmp_path / "a.pdf", ["One."])
    assert len(reader.frames(file, passwords=())) == 1
    make_pdf(tmp_path / "b.pdf", ["One.", "Two."]).replace(file)
    assert len(reader.frames(file, passwords=())) == 2


def test_a_file_that_is_the_same_is_opened_once(tmp_path: Path) -> None:
    file = make_pdf(tmp_path / "a.pdf", ["One."])
    viewer = LocalPageViewer()
    first = viewer.document(file, ())
    assert viewer.document(file, ()) is first
    os.utime(file, ns=(1, 1))
    assert viewer.document(file, ()) is not first
    viewer.close()


def test_what_only_the_second_engine_opens_has_frames_but_no_pictures(
    reader: IsolatedPageReader, tmp_path: Path
) -> None:
    whole = make_pdf(tmp_path / "a.pdf", ["One.", "Two."]).read_bytes()
    (tmp_path / "a.pdf").write_bytes(whole.replace(b"%PDF-", b"%XDF-"))
    frames = reader.frames(tmp_path / "a.pdf", passwords=())
    assert [(frame.label, round(frame.width)) for frame in frames] == [("1", 595), ("2", 595)]
    with pytest.raises(UnreadableDocument, match="cannot be shown"):
        reader.render(tmp_path / "a.pdf", 1, scale=1.0)


def test_words_are_found_page_by_page(reader: IsolatedPageReader, tmp_path: Path) -> None:
    file = make_pdf(tmp_path / "a.pdf", ["term and term", "nothing", "Term"])
    steps = reader.find(file, re.compile("term", re.I), first_page=1, passwords=())
    progress = []
    try:
        while True:
            progress.append(next(steps))
    except StopIteration as end:
        found = end.value
    assert [(step.done, step.total) for step in progress] == [(1, 3), (2, 3), (3, 3)]
    assert found.spans == (Span(1, 0, 4), Span(1, 9, 4), Span(3, 0, 4))
    assert not found.more
    later = finish(reader.find(file, re.compile("term", re.I), first_page=2, passwords=()))
    assert later.spans == (Span(3, 0, 4),)


def test_a_search_ends_at_a_thousand_matches(reader: IsolatedPageReader, tmp_path: Path) -> None:
    pages = ["\n".join(["e " * 40] * 10)] * 4
    file = make_pdf(tmp_path / "a.pdf", pages)
    found = finish(reader.find(file, re.compile("e"), first_page=1, passwords=()))
    assert len(found.spans) == 1000
    assert found.more
    exactly = make_pdf(tmp_path / "b.pdf", ["\n".join(["e " * 50] * 10)] * 2)
    found = finish(reader.find(exactly, re.compile("e"), first_page=1, passwords=()))
    assert (len(found.spans), found.more) == (1000, False)


def test_a_reader_that_dies_in_a_search_costs_one_page(
    reader: IsolatedPageReader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = make_pdf(tmp_path / "a.pdf", ["term"] * 4)
    steps = reader.find(file, re.compile("term"), first_page=1, passwords=())
    next(steps)
    link = reader._link  # noqa: SLF001 - the failure is the point
    send = link.send

    def send_and_kill(request: FindRequest) -> None:
        os.kill(link.process_id, signal.SIGSTOP)  # it cannot answer before it is killed
        send(request)
        os.kill(link.process_id, signal.SIGKILL)
        monkeypatch.undo()

    monkeypatch.setattr(link, "send", send_and_kill)
    found = finish(steps)
    assert [span.page for span in found.spans] == [1, 3, 4]


def marks(content: bytes, password: str = "") -> list[list[pypdf.generic.DictionaryObject]]:
    """The highlight annotations of each page, as another program reads them."""
    document = pypdf.PdfReader(io.BytesIO(content), password=password or None)
    return [
        [
            annotation.get_object()
            for annotation in page.get("/Annots", [])
            if annotation.get_object()["/Subtype"] == "/Highlight"
        ]
        for page in document.pages
    ]


def test_a_copy_holds_the_highlights_as_annotations(
    reader: IsolatedPageReader, tmp_path: Path
) -> None:
    file = make_pdf(tmp_path / "a.pdf", ["Two\nlines here.", "Next page."])
    before = file.read_bytes()
    spans = [word_span(file, "Two\r\nlines"), word_span(file, "Next", 2)]
    copy = reader.annotated(file, reader.highlights(file, spans, passwords=()), passwords=())
    first, second = marks(copy)
    assert [len(mark["/QuadPoints"]) for mark in (*first, *second)] == [16, 8]
    (x1, y1, x2, y2, x3, y3, x4, y4) = second[0]["/QuadPoints"]
    text_page = pypdfium2.PdfDocument(file)[1].get_textpage()
    text_page.count_rects(0, 4)
    left, bottom, right, top = text_page.get_rect(0)
    corners = (left, top, right, top, left, bottom, right, bottom)
    assert (x1, y1, x2, y2, x3, y3, x4, y4) == pytest.approx(corners, abs=0.05)
    assert second[0]["/C"] == pytest.approx([1.0, 0.84, 0.04], abs=0.01)
    assert copy.startswith(before)  # a signature keeps covering what was signed
    assert file.read_bytes() == before


@pytest.mark.parametrize("rotation", TURNS)
def test_an_annotation_is_seen_on_its_word_however_the_page_is_turned(
    reader: IsolatedPageReader, tmp_path: Path, rotation: int
) -> None:
    file = turned(tmp_path, rotation)
    (place,) = reader.highlights(file, [word_span(file, "ZANZIBAR")], passwords=())
    copy = tmp_path / "copy.pdf"
    copy.write_bytes(reader.annotated(file, [place], passwords=()))
    plain, marked = (picture(reader.render(path, 1, scale=2)) for path in (file, copy))
    box = ImageChops.difference(plain, marked).getbbox()
    left, top, right, bottom = (side / 2 for side in box)
    around = (place.left, place.top, place.left + place.width, place.top + place.height)
    assert (left, top, right, bottom) == pytest.approx(around, abs=1.0)


def test_a_copy_of_a_locked_file_stays_locked(reader: IsolatedPageReader, tmp_path: Path) -> None:
    file = make_pdf(tmp_path / "a.pdf", ["Secret text."], encrypt="swordfish")
    places = reader.highlights(file, [Span(1, 0, 6)], passwords=["swordfish"])
    copy = reader.annotated(file, places, passwords=["swordfish"])
    assert pypdf.PdfReader(io.BytesIO(copy)).is_encrypted
    assert b"Secret" not in copy
    ((mark,),) = marks(copy, "swordfish")
    assert len(mark["/QuadPoints"]) == 8


def test_a_damaged_file_still_gives_a_copy_that_others_can_read(
    reader: IsolatedPageReader, tmp_path: Path
) -> None:
    whole = make_pdf(tmp_path / "a.pdf", ["One.", "Two."]).read_bytes()
    wrong_table = re.sub(rb"startxref\n\d+", b"startxref\n7", whole)
    for content in (wrong_table, b"printed by a driver\n" * 5 + whole):
        (tmp_path / "a.pdf").write_bytes(content)
        place = Highlight(2, 0, 60, 50, 30, 12)
        copy = reader.annotated(tmp_path / "a.pdf", [place], passwords=())
        assert [len(page) for page in marks(copy)] == [0, 1]


def test_a_copy_that_would_be_too_large_is_refused_in_words(tmp_path: Path) -> None:
    file = make_pdf(tmp_path / "a.pdf", ["One."])
    with pytest.raises(UnreadableDocument, match="too large"):
        pdfium_annotations.annotated(file, None, [Highlight(1, 0, 60, 50, 30, 12)], 1400)


@pytest.mark.parametrize(
    "reply",
    [
        b'{"highlights": [{"page": 9, "span": 0, "left": 1, "top": 1, "width": 1, "height": 1}]}',
        b'{"highlights": [{"page": 1, "span": 7, "left": 1, "top": 1, "width": 1, "height": 1}]}',
        b'{"highlights": [{"page": 1, "span": 0, "left": NaN, "top": 1, "width": 1, "height": 1}]}',
        b'{"highlights": [{"page": 1, "span": 0, "left": "1"}]}',
        b'{"highlights": {}}',
        b"[]",
    ],
)
def test_rectangles_that_make_no_sense_end_the_reader(
    reader: IsolatedPageReader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reply: bytes
) -> None:
    file = make_pdf(tmp_path / "a.pdf", ["One."])
    link = reader._link  # noqa: SLF001
    monkeypatch.setattr(link, "receive_bytes", lambda path, timeout_s: reply)
    with pytest.raises(UnreadableDocument, match="nonsense"):
        reader.highlights(file, [Span(1, 0, 3)], passwords=())
    assert link.process_id is None
