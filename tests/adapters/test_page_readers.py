"""The reading of PDFs: in this process, and in the reader process that stands around it."""

import os
import re
import signal
import threading
from collections.abc import Callable
from pathlib import Path

import pypdf
import pypdfium2
import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from desktop_rag.adapters.isolated_reader import IsolatedPageReader
from desktop_rag.adapters.page_reader import LocalPageReader, Ocr
from desktop_rag.adapters.pdfium import PdfiumFile
from desktop_rag.adapters.pypdf_file import PypdfFile
from desktop_rag.adapters.reader_limits import ReaderLimits
from desktop_rag.domain import PageMethod, ReadDocument
from desktop_rag.errors import NeedsPassword, ReaderDied, ReadingStopped, UnreadableDocument
from tests.support import finish, make_pdf


@pytest.fixture
def reader() -> IsolatedPageReader:
    made = IsolatedPageReader(threads=2)
    yield made
    made.close()


def read(
    reader: IsolatedPageReader, path: Path, *passwords: str, ocr: bool = False
) -> ReadDocument:
    return finish(reader.read(path, passwords=passwords, ocr=ocr))


def scan(folder: Path, left: str, right: str, *, rotation: int) -> Path:
    """A picture of words left and right of the middle, upright when the page is shown."""
    sheet = Canvas(str(folder / "sheet.pdf"), pagesize=(600, 400))
    sheet.setFont("Helvetica", 30)
    sheet.drawString(60, 200, left)
    sheet.drawString(340, 200, right)
    sheet.save()
    picture = pypdfium2.PdfDocument(folder / "sheet.pdf")[0].render(scale=2).to_pil()
    picture = picture.rotate(rotation, expand=True)
    size = (picture.width / 2, picture.height / 2)
    canvas = Canvas(str(folder / "scan.pdf"), pagesize=size)
    canvas.drawImage(ImageReader(picture), 0, 0, *size)
    canvas.save()
    writer = pypdf.PdfWriter(folder / "scan.pdf")
    writer.pages[0].rotate(rotation)
    writer.write(folder / "scan.pdf")
    return folder / "scan.pdf"


def no_ocr() -> Ocr:
    raise AssertionError("a page with text needs no OCR")


def test_text_is_numbered_as_pdfium_numbers_it(samples: Path) -> None:
    for file in sorted(samples.glob("*.pdf")):
        document = pypdfium2.PdfDocument(file)
        opened = PdfiumFile(file, None)
        for number in range(1, len(opened) + 1):
            page = document[number - 1].get_textpage()
            text = opened.text(number)
            assert len(text) == page.count_chars()
            for start in range(0, len(text) - 40, 97):
                assert text[start : start + 40] == page.get_text_range(start, 40)


def test_the_process_reads_what_the_local_reader_reads(
    reader: IsolatedPageReader, samples: Path
) -> None:
    for name in ("Lease 2021.pdf", "Water bulletin.pdf"):
        local = LocalPageReader(no_ocr).open(samples / name, (), ocr=True)
        assert read(reader, samples / name).pages == tuple(local.pages())


def test_a_scan_is_read_by_ocr(reader: IsolatedPageReader, samples: Path) -> None:
    (page,) = read(reader, samples / "Laboratory fax.pdf", ocr=True).pages
    assert page.method is PageMethod.OCR
    for words in ("Odile Varga", "target 2.0 to 3.0", "repeat the INR in one week"):
        assert words in page.text


def test_every_word_of_a_scan_has_exactly_one_box(
    reader: IsolatedPageReader, samples: Path
) -> None:
    (page,) = read(reader, samples / "Laboratory fax.pdf", ocr=True).pages
    words = [(word.start(), len(word.group())) for word in re.finditer(r"\S+", page.text)]
    assert [(box.start, box.length) for box in page.boxes] == words


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_the_box_of_a_word_covers_its_ink_however_the_scan_is_turned(
    reader: IsolatedPageReader, tmp_path: Path, rotation: int
) -> None:
    file = scan(tmp_path, "The boiler", "ZANZIBAR", rotation=rotation)
    (page,) = read(reader, file, ocr=True).pages
    assert page.text == "The boiler ZANZIBAR"
    shown = pypdfium2.PdfDocument(file)[0].render(scale=2).to_pil().convert("L")
    word = next(box for box in page.boxes if page.text[box.start :].startswith("ZANZIBAR"))
    left, top = word.left, word.top
    ink = shown.point(lambda value: 255 if value < 128 else 0)
    cleared = ink.copy()
    corners = [round(2 * side) for side in (left, top, left + word.width, top + word.height)]
    cleared.paste(0, tuple(corners))
    in_word = ink.crop((ink.width // 2, 0, ink.width, ink.height)).histogram()[255]
    left_over = cleared.crop((ink.width // 2, 0, ink.width, ink.height)).histogram()[255]
    assert in_word > 1000
    assert left_over < 0.02 * in_word
    assert word.height < 60


def test_without_ocr_a_scan_says_what_is_missing(reader: IsolatedPageReader, samples: Path) -> None:
    (page,) = read(reader, samples / "Laboratory fax.pdf").pages
    assert page.method is PageMethod.UNREADABLE
    assert "scans" in page.reason


def test_an_empty_page_is_blank_and_does_not_fail_its_document(
    reader: IsolatedPageReader, tmp_path: Path
) -> None:
    file = make_pdf(tmp_path / "a.pdf", ["One.", "", "Three."])
    methods = [page.method for page in read(reader, file).pages]
    assert methods == [PageMethod.PDFIUM, PageMethod.BLANK, PageMethod.PDFIUM]


def test_passwords_are_tried_in_turn(reader: IsolatedPageReader, tmp_path: Path) -> None:
    file = make_pdf(tmp_path / "a.pdf", ["Secret text."], encrypt="swordfish")
    with pytest.raises(NeedsPassword):
        read(reader, file, "wrong")
    assert read(reader, file, "wrong", "swordfish").pages[0].text == "Secret text."


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.pdf", b"", "is empty"),
        ("noise.pdf", bytes(range(256)) * 40, "cannot be read as a PDF"),
        ("letter.docx", b"PK\x03\x04rest", "is not a PDF"),
    ],
)
def test_what_is_no_pdf_is_refused_in_words(
    reader: IsolatedPageReader, tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UnreadableDocument, match=words):
        read(reader, tmp_path / name)


def test_a_cut_file_is_read_as_far_as_it_goes_or_refused(
    reader: IsolatedPageReader, tmp_path: Path, samples: Path
) -> None:
    whole = (samples / "Lease 2021.pdf").read_bytes()
    for share in (0.3, 0.6, 0.95):
        file = tmp_path / "cut.pdf"
        file.write_bytes(whole[: int(len(whole) * share)])
        try:
            pages = read(reader, file).pages
        except UnreadableDocument:
            continue
        assert [page.number for page in pages] == list(range(1, len(pages) + 1))


def test_a_reader_that_is_killed_costs_one_page(reader: IsolatedPageReader, tmp_path: Path) -> None:
    file = make_pdf(tmp_path / "a.pdf", [f"Page {n}. " + "word " * 2000 for n in range(1, 400)])
    steps = reader.read(file, passwords=(), ocr=False)
    next(steps)
    os.kill(reader._link.process_id, signal.SIGKILL)  # noqa: SLF001 - the failure is the point
    document = finish(steps)
    lost = [page for page in document.pages if page.method is PageMethod.UNREADABLE]
    assert len(document.pages) == 399
    assert len(lost) == 1
    assert "damaged" in lost[0].reason


def test_a_reader_that_hangs_is_killed_at_its_time_out(tmp_path: Path) -> None:
    file = make_pdf(tmp_path / "a.pdf", ["One."])
    reader = IsolatedPageReader(threads=1, limits=ReaderLimits(open_timeout_s=0.0))
    with pytest.raises(ReaderDied, match="longer than"):
        read(reader, file)
    assert reader._link.process_id is None  # noqa: SLF001


def test_stopping_in_the_middle_ends_the_reader(reader: IsolatedPageReader, tmp_path: Path) -> None:
    steps = reader.read(make_pdf(tmp_path / "a.pdf", ["One."] * 50), passwords=(), ocr=False)
    next(steps)
    steps.close()
    assert reader._link.process_id is None  # noqa: SLF001
    assert len(read(reader, tmp_path / "a.pdf").pages) == 50


@pytest.mark.parametrize("end", [IsolatedPageReader.close, IsolatedPageReader.stop])
def test_a_reader_closed_by_another_thread_loses_no_page(
    reader: IsolatedPageReader, tmp_path: Path, end: Callable[[IsolatedPageReader], None]
) -> None:
    file = make_pdf(tmp_path / "a.pdf", [f"Page {n}. " + "word " * 2000 for n in range(1, 400)])
    steps = reader.read(file, passwords=(), ocr=False)
    next(steps)
    others = [threading.Thread(target=end, args=(reader,)) for _ in range(8)]
    for other in others:
        other.start()
    with pytest.raises(ReadingStopped):
        finish(steps)
    for other in others:
        other.join()
    assert reader._link.process_id is None  # noqa: SLF001


def test_a_stopped_reader_starts_no_other(reader: IsolatedPageReader, tmp_path: Path) -> None:
    reader.stop()
    with pytest.raises(ReadingStopped):
        read(reader, make_pdf(tmp_path / "a.pdf", ["One."]))
    assert reader._link.process_id is None  # noqa: SLF001


def test_labels_of_both_engines_agree(samples: Path) -> None:
    lease = samples / "Lease 2021.pdf"
    first, second = PdfiumFile(lease, None), PypdfFile(lease, None)
    numbers = range(1, len(first) + 1)
    assert [first.label(n) for n in numbers] == [second.label(n) for n in numbers]


def test_a_stamp_on_a_scan_does_not_hide_the_scan(
    reader: IsolatedPageReader, samples: Path, tmp_path: Path
) -> None:
    picture = pypdfium2.PdfDocument(samples / "Laboratory fax.pdf")[0].render(scale=2).to_pil()
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=A4)
    canvas.drawImage(ImageReader(picture), 0, 0, *A4)
    canvas.drawString(400, 20, "VARGA 000123")
    canvas.save()
    (page,) = read(reader, tmp_path / "a.pdf", ocr=True).pages
    assert page.method is PageMethod.OCR
    assert "repeat the INR in one week" in page.text


def test_a_picture_without_text_is_said_and_a_blank_sheet_is_blank(
    reader: IsolatedPageReader, tmp_path: Path
) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=A4)
    for colour in ((90, 120, 60), (255, 255, 255)):
        canvas.drawImage(ImageReader(Image.new("RGB", (300, 300), colour)), 0, 0, *A4)
        canvas.showPage()
    canvas.save()
    photo, blank = read(reader, tmp_path / "a.pdf", ocr=True).pages
    assert photo.method is PageMethod.UNREADABLE
    assert "no text was recognised" in photo.reason
    assert blank.method is PageMethod.BLANK


def test_a_damaged_label_costs_the_label_alone(reader: IsolatedPageReader, tmp_path: Path) -> None:
    writer = pypdf.PdfWriter(make_pdf(tmp_path / "a.pdf", ["One.", "Two."]))
    writer.set_page_label(0, 0, style="/D", prefix="x")
    writer.write(tmp_path / "b.pdf")
    damaged = (tmp_path / "b.pdf").read_bytes().replace(b"(x)", b"<FEFFD800>")
    (tmp_path / "b.pdf").write_bytes(damaged)
    assert [page.text for page in read(reader, tmp_path / "b.pdf").pages] == ["One.", "Two."]


def test_a_reply_that_is_no_page_ends_the_reader(
    reader: IsolatedPageReader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = make_pdf(tmp_path / "a.pdf", ["One.", "Two."])
    replies = iter([b'{"pages": 2}', b'{"number": 7, "text": "stolen"}'])
    link = reader._link  # noqa: SLF001
    monkeypatch.setattr(link, "receive_bytes", lambda path, timeout_s: next(replies))
    with pytest.raises(UnreadableDocument, match="nonsense"):
        read(reader, file)
    assert reader._link.process_id is None  # noqa: SLF001
    monkeypatch.undo()
    assert len(read(reader, file).pages) == 2
