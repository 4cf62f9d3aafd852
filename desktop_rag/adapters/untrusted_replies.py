"""What the reader process sends, checked before a value of ours is made of it.

Each function returns None for a reply that makes no sense.
"""

import re
from collections.abc import Sequence
from typing import Any

from desktop_rag.domain import Highlight, Page, PageFrame, PageMethod, Ranges, Span, TextBox

MOST_PAGES = 50_000
MOST_PAGE_CHARACTERS = 1_000_000
MOST_JSON_BYTES = 64 << 20
_MOST_LABEL_CHARACTERS = 40
_MOST_WORDS_CHARACTERS = 500
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_WITHOUT_TEXT = frozenset({PageMethod.BLANK, PageMethod.UNREADABLE})
_MOST_HIGHLIGHTS = 200_000
MOST_POINTS = 1_000_000.0
_METHODS = frozenset(method.value for method in PageMethod)


def checked_page(untrusted_page: dict[str, Any], number: int) -> Page | None:
    """The page of this number."""
    text = _checked_text(untrusted_page.get("text"))
    label, reason = _checked_label(untrusted_page.get("label")), untrusted_page.get("reason")
    words, method = checked_words(reason), untrusted_page.get("method")
    if not (
        _is_number(untrusted_page.get("number"), number, number)
        and isinstance(method, str)
        and method in _METHODS
    ):
        return None
    if text is None or label is None or words is None:
        return None
    boxes = _checked_boxes(untrusted_page.get("boxes"), len(text))
    if boxes is None or (text and PageMethod(method) in _WITHOUT_TEXT):
        return None
    return Page(number, label, text, PageMethod(method), words, boxes)


def checked_count(untrusted_count: object) -> int | None:
    """A number of pages, which may still be too many."""
    return untrusted_count if type(untrusted_count) is int and untrusted_count > 0 else None


def checked_words(untrusted_words: object) -> str | None:
    """A sentence for the reader of the program, cut where it is too long for one."""
    if not isinstance(untrusted_words, str):
        return None
    return _storable(untrusted_words[:_MOST_WORDS_CHARACTERS])


def checked_frames(untrusted_frames: object) -> tuple[PageFrame, ...] | None:
    """Frames of pages that are numbered from 1."""
    if not isinstance(untrusted_frames, list) or not 0 < len(untrusted_frames) <= MOST_PAGES:
        return None
    frames = []
    for number, untrusted_frame in enumerate(untrusted_frames, start=1):
        if not isinstance(untrusted_frame, list) or len(untrusted_frame) != 3:
            return None
        label, (width, height) = _checked_label(untrusted_frame[0]), untrusted_frame[1:]
        if label is None or not (_is_length(width) and _is_length(height)):
            return None
        frames.append(PageFrame(number, label, width, height))
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


def checked_ranges(untrusted_ranges: object, characters: int) -> Ranges | None:
    """Ranges of a text of so many characters, in rising order and none over another."""
    if not isinstance(untrusted_ranges, list) or len(untrusted_ranges) > characters:
        return None
    ranges: list[tuple[int, int]] = []
    for untrusted_range in untrusted_ranges:
        if not isinstance(untrusted_range, list) or len(untrusted_range) != 2:
            return None
        start, length = untrusted_range
        behind = sum(ranges[-1]) if ranges else 0
        if not (_is_number(start, behind) and _is_number(length, 1, characters - start)):
            return None
        ranges.append((start, length))
    return tuple(ranges)


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
    if not (_is_number(width, 1) and _is_number(height, 1)):
        return None
    return int(width or 0), int(height or 0)


def _checked_text(untrusted_text: object) -> str | None:
    if not isinstance(untrusted_text, str) or len(untrusted_text) > MOST_PAGE_CHARACTERS:
        return None
    return _storable(untrusted_text)


def _checked_label(untrusted_label: object) -> str | None:
    if not isinstance(untrusted_label, str):
        return None
    return _storable(untrusted_label[:_MOST_LABEL_CHARACTERS])


def _storable(text: str) -> str:
    """The text with halves of surrogate pairs replaced: no file and no index takes them."""
    return _LONE_SURROGATE.sub("\ufffd", text)


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
    return type(untrusted) in (int, float) and -MOST_POINTS <= untrusted <= MOST_POINTS


def _is_length(untrusted: Any) -> bool:
    return _is_position(untrusted) and untrusted > 0
