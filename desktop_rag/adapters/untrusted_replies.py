"""What the reader process sends, checked before a value of ours is made of it.

Each function returns None for a reply that makes no sense.
"""

import math
from collections.abc import Sequence
from typing import Any

from desktop_rag.domain import Highlight, Page, PageFrame, PageMethod, Span, TextBox

MOST_PAGES = 50_000
_MOST_LABEL_CHARACTERS = 40
_MOST_HIGHLIGHTS = 200_000
_MOST_POINTS = 1_000_000.0
_METHODS = frozenset(method.value for method in PageMethod)


def checked_page(untrusted_page: dict[str, Any], number: int) -> Page | None:
    """The page of this number."""
    text, label = untrusted_page.get("text"), untrusted_page.get("label")
    reason, method = untrusted_page.get("reason"), untrusted_page.get("method")
    if not (
        untrusted_page.get("number") == number
        and isinstance(text, str)
        and isinstance(label, str)
        and isinstance(reason, str)
        and method in _METHODS
    ):
        return None
    boxes = _checked_boxes(untrusted_page.get("boxes"), len(text))
    if boxes is None:
        return None
    short_label = label[:_MOST_LABEL_CHARACTERS]
    return Page(number, short_label, text, PageMethod(method), reason, boxes)


def checked_frames(untrusted_frames: object) -> tuple[PageFrame, ...] | None:
    """Frames of pages that are numbered from 1."""
    if not isinstance(untrusted_frames, list) or not 0 < len(untrusted_frames) <= MOST_PAGES:
        return None
    frames = []
    for number, untrusted_frame in enumerate(untrusted_frames, start=1):
        if not isinstance(untrusted_frame, list) or len(untrusted_frame) != 3:
            return None
        label, width, height = untrusted_frame
        if not isinstance(label, str) or not (_is_length(width) and _is_length(height)):
            return None
        frames.append(PageFrame(number, label[:_MOST_LABEL_CHARACTERS], width, height))
    return tuple(frames)


def checked_highlights(
    untrusted_highlights: object, spans: Sequence[Span]
) -> tuple[Highlight, ...] | None:
    """Rectangles, each on the page of the span that it names."""
    if not isinstance(untrusted_highlights, list) or len(untrusted_highlights) > _MOST_HIGHLIGHTS:
        return None
    found = []
    for untrusted_highlight in untrusted_highlights:
        place = _checked_place(untrusted_highlight)
        if place is None:
            return None
        page, span = untrusted_highlight.get("page"), untrusted_highlight.get("span")
        if not _is_number(span, 0, len(spans) - 1) or page != spans[span].page:
            return None
        found.append(Highlight(spans[span].page, span, *place))
    return tuple(found)


def checked_matches(untrusted_matches: object, page: int, most: int) -> list[Span] | None:
    """At most `most` spans of the page, in rising order and none over another."""
    if not isinstance(untrusted_matches, list) or len(untrusted_matches) > most:
        return None
    spans: list[Span] = []
    for untrusted_match in untrusted_matches:
        if not isinstance(untrusted_match, list) or len(untrusted_match) != 2:
            return None
        start, length = untrusted_match
        behind = spans[-1].start + spans[-1].length if spans else 0
        if not (_is_number(start, behind) and _is_number(length, 1)):
            return None
        spans.append(Span(page, start, length))
    return spans


def checked_size(untrusted_head: dict[str, Any]) -> tuple[int, int] | None:
    """Width and height of an image in pixels."""
    width, height = untrusted_head.get("width"), untrusted_head.get("height")
    if isinstance(width, int) and isinstance(height, int) and width > 0 and height > 0:
        return width, height
    return None


def _checked_boxes(untrusted_boxes: object, characters: int) -> tuple[TextBox, ...] | None:
    """Boxes of words in rising order, each character in one at most."""
    if not isinstance(untrusted_boxes, list) or len(untrusted_boxes) > characters:
        return None
    boxes: list[TextBox] = []
    for untrusted_box in untrusted_boxes:
        place = _checked_place(untrusted_box)
        if place is None:
            return None
        start, length = untrusted_box.get("start"), untrusted_box.get("length")
        behind = boxes[-1].start + boxes[-1].length if boxes else 0
        if not (_is_number(start, behind) and _is_number(length, 1, characters - start)):
            return None
        boxes.append(TextBox(start, length, *place))
    return tuple(boxes)


def _checked_place(untrusted_place: object) -> tuple[float, float, float, float] | None:
    """Left, top, width and height in points."""
    if not isinstance(untrusted_place, dict):
        return None
    untrusted: list[Any] = [
        untrusted_place.get(side) for side in ("left", "top", "width", "height")
    ]
    if not all(_is_position(value) for value in untrusted):
        return None
    left, top, width, height = (float(value) for value in untrusted)
    return (left, top, width, height) if width >= 0 <= height else None


def _is_number(untrusted: Any, least: int, most: int = 1 << 31) -> bool:
    return type(untrusted) is int and least <= untrusted <= most


def _is_position(untrusted: Any) -> bool:
    """A number of points, perhaps beyond the edge of the page."""
    return (
        type(untrusted) in (int, float)
        and math.isfinite(untrusted)
        and abs(untrusted) <= _MOST_POINTS
    )


def _is_length(untrusted: Any) -> bool:
    return _is_position(untrusted) and untrusted > 0
