"""Where characters stand on a recognised page: from the boxes of its words."""

from dataclasses import replace

from desktop_rag.domain import Highlight, Page, Span, TextBox


def scan_highlights(page: Page, span: Span, number: int) -> list[Highlight]:
    """Rectangles around the span's characters on a scan, one for each line.

    `number` is the place of the span among those asked for.
    """
    highlights: list[Highlight] = []
    last_line = -1
    for box in page.boxes:
        part = _covered(box, span)
        if part is None:
            continue
        line = page.text.count("\n", 0, part.start)
        place = Highlight(page.number, number, part.left, part.top, part.width, part.height)
        if line == last_line:
            highlights[-1] = _around(highlights[-1], place)
        else:
            highlights.append(place)
        last_line = line
    return highlights


def _covered(box: TextBox, span: Span) -> TextBox | None:
    """What the span covers of a word, as if all its letters were equally wide."""
    start = max(box.start, span.start)
    end = min(box.start + box.length, span.start + span.length)
    if start >= end:
        return None
    letter = box.width / box.length
    left = box.left + letter * (start - box.start)
    return replace(box, start=start, length=end - start, left=left, width=letter * (end - start))


def _around(first: Highlight, second: Highlight) -> Highlight:
    left, top = min(first.left, second.left), min(first.top, second.top)
    right = max(first.left + first.width, second.left + second.width)
    bottom = max(first.top + first.height, second.top + second.height)
    return replace(first, left=left, top=top, width=right - left, height=bottom - top)
