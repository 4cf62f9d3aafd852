"""Scans that lie on their side or on their head, as fed into the scanner."""

from pathlib import Path

import pypdfium2
import pytest
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from desktop_rag.adapters.ocr import RapidOcr
from desktop_rag.adapters.page_reader import LocalPageReader
from desktop_rag.domain import Page

WORDS = ("Odile Varga", "target 2.0 to 3.0", "repeat the INR in one week")


@pytest.fixture(scope="module")
def local() -> LocalPageReader:
    ocr = RapidOcr(2)
    return LocalPageReader(lambda: ocr)


def turned(samples: Path, folder: Path, degrees: int) -> Path:
    """The sample fax with its picture turned against the clock; the page itself is not."""
    picture = pypdfium2.PdfDocument(samples / "Laboratory fax.pdf")[0].render(scale=2).to_pil()
    picture = picture.rotate(degrees, expand=True)
    size = (picture.width / 2, picture.height / 2)
    canvas = Canvas(str(folder / "turned.pdf"), pagesize=size)
    canvas.drawImage(ImageReader(picture), 0, 0, *size)
    canvas.save()
    return folder / "turned.pdf"


def read(local: LocalPageReader, file: Path) -> Page:
    opened = local.open(file, (), ocr=True)
    try:
        (page,) = opened.pages()
        return page
    finally:
        opened.close()


def centres(page: Page) -> dict[str, tuple[float, float]]:
    return {
        page.text[box.start : box.start + box.length]: (
            box.left + box.width / 2,
            box.top + box.height / 2,
        )
        for box in page.boxes
    }


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_turned_scan_is_read_as_an_upright_one(
    local: LocalPageReader, samples: Path, tmp_path: Path, degrees: int
) -> None:
    upright = read(local, turned(samples, tmp_path, 0))
    page = read(local, turned(samples, tmp_path, degrees))
    places = [page.text.find(words) for words in WORDS]
    assert -1 not in places
    assert places == sorted(places)
    width, height = pypdfium2.PdfDocument(turned(samples, tmp_path, 0))[0].get_size()
    once = {word: place for word, place in centres(upright).items() if len(word) > 3}
    shared = once.keys() & centres(page).keys()
    assert len(shared) > 0.8 * len(once)
    for word in shared:
        x, y = once[word]
        # Turning the picture against the clock takes (x, y) to (y, width - x).
        expected = {90: (y, width - x), 180: (width - x, height - y), 270: (height - y, x)}
        assert centres(page)[word] == pytest.approx(expected[degrees], abs=12), word


def test_an_upright_scan_is_looked_at_once(
    local: LocalPageReader, samples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = []
    seen = RapidOcr._seen  # noqa: SLF001 - how often it looks is the point
    monkeypatch.setattr(RapidOcr, "_seen", lambda *given: looks.append(1) or seen(*given))
    read(local, turned(samples, tmp_path, 0))
    assert len(looks) == 1
    read(local, turned(samples, tmp_path, 180))
    assert len(looks) == 3
