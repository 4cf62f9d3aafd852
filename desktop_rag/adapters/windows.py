"""Pairs of question and passage that are too long for a cross-encoder, cut so that it reads all."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

_OVERLAP = 64  # tokens that a window repeats of the one before
_SLACK = 8  # a part that was cut out may count a few tokens more than within its text


@dataclass(frozen=True, slots=True)
class Window:
    """A part of a passage with the question; `encoding` holds both, `passage` is its place."""

    passage: int
    question: str
    text: str
    encoding: Any


def in_windows(
    question: str, passages: Sequence[str], tokenizer: Any, max_tokens: int
) -> list[Window]:
    """One window for each passage that fits, several for one that does not.

    `tokenizer` is a `tokenizers.Tokenizer` that cuts and pads nothing; `max_tokens` are what the
    model reads of both together. A question is cut to half of that.
    """
    question = _parts(question, tokenizer, max_tokens // 2)[0]
    encodings = tokenizer.encode_batch([(question, text) for text in passages])
    windows: list[Window] = []
    for place, (text, encoding) in enumerate(zip(passages, encodings, strict=True)):
        if len(encoding.ids) <= max_tokens:
            windows.append(Window(place, question, text, encoding))
            continue
        around = len(tokenizer.encode(question, "").ids) + _SLACK
        for part in _parts(text, tokenizer, max_tokens - around):
            encoding = tokenizer.encode(question, part)
            encoding.truncate(max_tokens)
            windows.append(Window(place, question, part, encoding))
    return windows


def best_of(windows: Sequence[Window], scores: Sequence[float]) -> NDArray[np.float32]:
    """The score of each passage: that of its best window, shape (passages,)."""
    best = np.full(1 + max((window.passage for window in windows), default=-1), -np.inf)
    for window, score in zip(windows, scores, strict=True):
        best[window.passage] = max(best[window.passage], score)
    return best.astype(np.float32)


def _parts(text: str, tokenizer: Any, room: int) -> list[str]:
    """Parts of at most `room` tokens that overlap; the text itself if it is no longer."""
    places = tokenizer.encode(text, add_special_tokens=False).offsets
    if len(places) <= room:
        return [text]
    starts = range(0, len(places) - _OVERLAP, max(room - _OVERLAP, 1))
    return [
        text[places[start][0] : places[min(start + room, len(places)) - 1][1]] for start in starts
    ]
