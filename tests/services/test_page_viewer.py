"""What the window shows of a document in the library, on real PDFs and real readers."""

import os
import stat
from dataclasses import replace
from pathlib import Path

import pypdf
import pypdfium2
import pytest

from desktop_rag.domain import DocumentView, FoundInDocument, PageMethod, Span
from desktop_rag.engine.server import LANES, Engine
from desktop_rag.errors import DocumentError, NotSaved, UnknownDocument
from desktop_rag.pipeline.scan_places import scan_highlights
from desktop_rag.services.assistant import Assistant
from tests.support import finish, make_pdf

TEXT = "The tenant keeps the boiler in repair.\nThe landlord keeps the roof in re-\npair."


def added(assistant: Assistant, *files: Path, **options: object) -> str:
    report = finish(assistant.library.add(list(files), **options))  # type: ignore[arg-type]
    return report.files[0].document_id


def sample(assistant: Assistant, name: str) -> str:
    entries = assistant.library.documents()
    return next(entry.document.id for entry in entries if entry.path.name == name)


def find(assistant: Assistant, document_id: str, text: str) -> FoundInDocument:
    return finish(assistant.viewer.find(document_id, text, ()))


def stamped_scan(folder: Path, samples: Path) -> Path:
    """A page of text, then the scanned fax, then another page of text."""
    make_pdf(folder / "text.pdf", ["The INR of page one.", "The inr of page three."])
    writer = pypdf.PdfWriter(folder / "text.pdf")
    writer.insert_page(pypdf.PdfReader(samples / "Laboratory fax.pdf").pages[0], 1)
    writer.write(folder / "mixed.pdf")
    return folder / "mixed.pdf"


def test_an_opened_document_tells_its_file_pages_and_scans(sample_assistant: Assistant) -> None:
    lease = sample_assistant.viewer.open(sample(sample_assistant, "Lease 2021.pdf"), ())
    assert lease.path.name == "Lease 2021.pdf"
    assert [frame.label for frame in lease.frames[:3]] == ["i", "ii", "1"]
    assert lease.recognised_pages == ()
    fax = sample_assistant.viewer.open(sample(sample_assistant, "Laboratory fax.pdf"), ())
    assert fax.recognised_pages == (1,)


def test_the_next_place_is_opened_where_the_first_is_gone(
    assistant: Assistant, tmp_path: Path
) -> None:
    first, second = make_pdf(tmp_path / "a.pdf", [TEXT]), tmp_path / "b.pdf"
    second.write_bytes(first.read_bytes())
    document_id = added(assistant, first, second)
    first.unlink()
    assert assistant.viewer.open(document_id, ()).path == second
    second.unlink()
    with pytest.raises(DocumentError, match=r"a\.pdf is not where it was") as caught:
        assistant.viewer.open(document_id, ())
    assert "Put it back" in caught.value.hint
    with pytest.raises(UnknownDocument):
        assistant.viewer.open("nonsense", ())


def test_a_locked_document_is_shown_with_its_password(assistant: Assistant, tmp_path: Path) -> None:
    file = make_pdf(tmp_path / "a.pdf", [TEXT], encrypt="swordfish")
    document_id = added(assistant, file, passwords=["swordfish"])
    assert assistant.viewer.image(document_id, 1, 1.0, ["swordfish"]).width == 596
    with pytest.raises(DocumentError, match="password"):
        assistant.viewer.image(document_id, 1, 1.0, ())


def test_words_on_scans_and_on_other_pages_are_found_in_page_order(
    assistant: Assistant, tmp_path: Path, samples: Path
) -> None:
    document_id = added(assistant, stamped_scan(tmp_path, samples))
    found = find(assistant, document_id, "inr")
    assert [span.page for span in found.spans] == [1, 2, 2, 2, 3]
    assert not found.more
    places = assistant.viewer.highlights(document_id, found.spans, ())
    assert [(place.page, place.span) for place in places] == [
        (1, 0),
        (2, 1),
        (2, 2),
        (2, 3),
        (3, 4),
    ]


def test_the_rectangle_of_words_on_a_scan_covers_their_ink(sample_assistant: Assistant) -> None:
    document_id = sample(sample_assistant, "Laboratory fax.pdf")
    (span,) = find(sample_assistant, document_id, "repeat the INR in one week").spans
    (place,) = sample_assistant.viewer.highlights(document_id, [span], ())
    path = sample_assistant.viewer.open(document_id, ()).path
    shown = pypdfium2.PdfDocument(path)[0].render(scale=2).to_pil().convert("L")
    ink = shown.point(lambda value: 255 if value < 128 else 0)
    right, bottom = place.left + place.width, place.top + place.height
    inside = ink.crop([round(2 * side) for side in (place.left, place.top, right, bottom)])
    line = ink.crop([0, round(2 * place.top), ink.width, round(2 * bottom)])
    before = "Please "
    assert inside.histogram()[255] > 1000
    share = inside.histogram()[255] / line.histogram()[255]
    expected = span.length / len(f"{before}repeat the INR in one week.")
    assert share == pytest.approx(expected, abs=0.08)


def test_a_span_over_two_lines_of_a_scan_has_two_rectangles(sample_assistant: Assistant) -> None:
    ledger = sample_assistant._ledger()  # type: ignore[attr-defined]  # noqa: SLF001
    (page,) = ledger.recognised(sample(sample_assistant, "Laboratory fax.pdf")).values()
    start = page.text.index("range.")
    span = Span(1, start, page.text.index("repeat") + len("repeat") - start)
    first, second = scan_highlights(page, span, 4)
    assert first.top + first.height <= second.top + 5
    assert (first.page, first.span, second.span) == (1, 4, 4)


def test_part_of_a_word_on_a_scan_has_its_share_of_the_box(sample_assistant: Assistant) -> None:
    ledger = sample_assistant._ledger()  # type: ignore[attr-defined]  # noqa: SLF001
    (page,) = ledger.recognised(sample(sample_assistant, "Laboratory fax.pdf")).values()
    box = next(box for box in page.boxes if page.text[box.start :].startswith("Haemoglobin"))
    (part,) = scan_highlights(page, Span(1, box.start + 5, 3), 0)
    assert part.left == pytest.approx(box.left + box.width * 5 / 11)
    assert part.width == pytest.approx(box.width * 3 / 11)


def test_a_search_runs_over_line_ends(assistant: Assistant, tmp_path: Path) -> None:
    document_id = added(assistant, make_pdf(tmp_path / "a.pdf", [TEXT, TEXT]))
    found = find(assistant, document_id, "ROOF  in repair")
    assert [span.page for span in found.spans] == [1, 2]
    places = assistant.viewer.highlights(document_id, found.spans, ())
    assert [place.span for place in places] == [0, 0, 1, 1]
    assert find(assistant, document_id, "  ") == FoundInDocument((), more=False)


def test_a_search_can_be_stopped_and_another_started(assistant: Assistant, tmp_path: Path) -> None:
    document_id = added(assistant, make_pdf(tmp_path / "a.pdf", [TEXT] * 20))
    steps = assistant.viewer.find(document_id, "boiler", ())
    next(steps)
    steps.close()
    assert len(find(assistant, document_id, "boiler").spans) == 20


def test_pages_read_by_the_second_engine_are_shown_without_highlights(
    assistant: Assistant, tmp_path: Path
) -> None:
    document_id = added(assistant, make_pdf(tmp_path / "a.pdf", [TEXT]))
    ledger = assistant._ledger()  # type: ignore[attr-defined]  # noqa: SLF001
    (entry,) = assistant.library.documents()
    pages = [replace(page, method=PageMethod.PYPDF) for page in ledger.pages(document_id)]
    ledger.record(entry.document, pages, entry.files[0])
    assert assistant.viewer.highlights(document_id, [Span(1, 0, 10)], ()) == ()


def test_a_highlighted_copy_is_saved_and_the_document_left_alone(
    assistant: Assistant, tmp_path: Path, samples: Path
) -> None:
    file = stamped_scan(tmp_path, samples)
    document_id = added(assistant, file)
    before = file.read_bytes()
    spans = find(assistant, document_id, "inr").spans
    target = tmp_path / "out" / "copy.pdf"
    target.parent.mkdir()
    file.chmod(0o644)
    assert assistant.viewer.save_highlighted(document_id, spans, (), target) == target
    marks = [len(page.get("/Annots", [])) for page in pypdf.PdfReader(target).pages]
    assert marks == [1, 3, 1]
    assert file.read_bytes() == before
    assert list(target.parent.iterdir()) == [target]
    if os.name == "posix":
        assert stat.S_IMODE(target.stat().st_mode) == 0o644  # as readable as the document


def test_a_document_is_never_overwritten(assistant: Assistant, tmp_path: Path) -> None:
    file = make_pdf(tmp_path / "a.pdf", [TEXT])
    document_id = added(assistant, file)
    before = file.read_bytes()
    (tmp_path / "link.pdf").hardlink_to(file)
    for target in (file, tmp_path / "link.pdf", tmp_path / "x" / ".." / "a.pdf"):
        with pytest.raises(NotSaved, match="the document itself"):
            assistant.viewer.save_highlighted(document_id, [Span(1, 0, 10)], (), target)
    assert file.read_bytes() == before


def test_a_place_that_cannot_be_written_is_refused_in_words(
    assistant: Assistant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document_id = added(assistant, make_pdf(tmp_path / "a.pdf", [TEXT]))
    spans = [Span(1, 0, 10)]
    with pytest.raises(NotSaved, match="was not saved in") as caught:
        assistant.viewer.save_highlighted(document_id, spans, (), tmp_path / "no" / "copy.pdf")
    assert "write" in caught.value.hint

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(NotSaved, match="the disk is full"):
        assistant.viewer.save_highlighted(document_id, spans, (), tmp_path / "copy.pdf")
    assert [path.name for path in tmp_path.glob("*copy*")] == []


def test_the_engine_serves_pages_and_searches_in_lanes_of_their_own(
    sample_assistant: Assistant, tmp_path: Path
) -> None:
    engine = Engine(sample_assistant)
    document_id = sample(sample_assistant, "Lease 2021.pdf")
    view = engine.open_document(document_id, ())
    assert isinstance(view, DocumentView)
    assert engine.page_image(document_id, 1, 1.0, ()).width == 596
    found = finish(engine.find_in_document(document_id, "sixty (60)", ()))
    assert engine.highlights(document_id, found.spans, ())
    target = tmp_path / "copy.pdf"
    assert engine.save_highlighted(document_id, found.spans, (), target) == target
    lanes = {name: LANES[name] for name in ("open_document", "page_image", "highlights")}
    assert set(lanes.values()) == {"view"}
    assert LANES["find_in_document"] == LANES["save_highlighted"] == "find"
