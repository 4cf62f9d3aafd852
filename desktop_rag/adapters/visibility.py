"""Which words of a page nobody sees: in the drawn page there is no ink where they stand."""

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from desktop_rag.domain import Ranges

Picture = npt.NDArray[np.uint8]  # (height, width, 3 colours), or (height, width) of one of them
Boxes = npt.NDArray[np.float64]  # (n, 4): left, top, right, bottom, from the top left of the page
_Places = npt.NDArray[np.int64]
_Flags = npt.NDArray[np.bool_]

_WORD = re.compile(r"[^\s\ufffe]+")
_FEWEST_LETTERS = 2  # of a word that is judged by itself: a dash or an "I" may fill its whole box
_SMALLEST_PT = 1.0  # the tallest letter of a word that somebody can read
_STEP = 10  # of 255: a change of colour from one pixel to the next that an eye may notice
_LEAST_INK = 0.1  # of a word's pixels; black words of ten points have 0.3 and more
_MOST_ROWS = 1_000_000  # of pixels in all words; a full page has some ten thousand
_FAR = 1_000_000  # pixels
_GREEN, *_OTHER_COLOURS = 1, 0, 2


@dataclass(frozen=True, slots=True)
class _Words:
    """Words that stand somewhere, in rising order, with a box for each and its tallest letter.

    `letters` counts the letters and digits of a word; it is 0 where they are the lesser part.
    """

    starts: _Places
    ends: _Places
    boxes: Boxes
    tallest: npt.NDArray[np.float64]
    letters: _Places


def hidden_ranges(text: str, boxes: Boxes, picture: Picture, scale: float) -> Ranges:
    """First character and length of what is not visible, merged, in rising order.

    `boxes`: in points, one for each character, not a number where it has none. `picture`: the page
    as it is shown, at `scale` pixels per point. A word is visible if colours change inside its box
    both along its lines and across them: the edge of a bar does so in one direction alone. Where
    words cover the page many times over, none is judged.
    """
    words = _words(text, boxes)
    if not len(words.starts):
        return ()
    places = _in_pixels(words.boxes * scale)
    if (places[:, 3] - places[:, 1]).clip(0, len(picture)).sum() > _MOST_ROWS:
        return ()
    hidden = _ink(places, picture[:, :, _GREEN]) < _LEAST_INK
    for colour in _OTHER_COLOURS if hidden.any() else ():  # red on green may be as bright
        hidden &= _ink(places, picture[:, :, colour]) < _LEAST_INK
    return _merged(words, hidden | (words.tallest < _SMALLEST_PT))


def _words(text: str, boxes: Boxes) -> _Words:
    known = np.isfinite(boxes).all(axis=1)
    stands = np.concatenate([[0], known.cumsum()])
    found = [match.span() for match in _WORD.finditer(text)]
    spans = np.array(found, dtype=np.int64).reshape(-1, 2)
    spans = spans[stands[spans[:, 1]] > stands[spans[:, 0]]]
    starts, ends = spans.T
    if not len(starts):
        return _Words(starts, ends, np.zeros((0, 4)), np.zeros(0), starts)
    inside = np.zeros(len(text) + 1, dtype=np.int8)
    inside[starts] += 1
    np.subtract.at(inside, ends, 1)
    usable = known & (inside.cumsum()[:-1] > 0)
    # What stands between two words is not usable, so that each piece may run to the next start.
    low = np.where(usable[:, None], boxes[:, :2], np.inf)
    high = np.where(usable[:, None], boxes[:, 2:], -np.inf)
    tall = np.where(usable, boxes[:, 3] - boxes[:, 1], 0.0)
    letters = np.fromiter(map(str.isalnum, text), dtype=np.int64, count=len(text))
    counts = np.add.reduceat(letters * usable, starts)
    return _Words(
        starts,
        ends,
        np.hstack([np.minimum.reduceat(low, starts), np.maximum.reduceat(high, starts)]),
        np.maximum.reduceat(tall, starts),
        np.where(2 * counts > ends - starts, counts, 0),
    )


def _in_pixels(boxes: Boxes) -> _Places:
    """Boxes grown to whole pixels, one at least."""
    grown = np.hstack([np.floor(boxes[:, :2]), np.ceil(boxes[:, 2:])])
    pixels: _Places = np.clip(grown, -_FAR, _FAR).astype(np.int64)
    pixels[:, 2:] = np.maximum(pixels[:, 2:], pixels[:, :2] + 1)
    return pixels


def _ink(places: _Places, picture: Picture) -> npt.NDArray[np.float64]:
    """The share of each box's pixels where colours change, in the direction where it is less.

    What is beyond the edge of the page has no ink.
    """
    height, width = picture.shape
    picture = np.ascontiguousarray(picture)
    left, top, right, bottom = np.clip(places, 0, [width, height, width, height]).T
    # A step stands at its first pixel: the last row or column of a box leads out of it.
    down, across = np.maximum(bottom - 1, top), np.maximum(right - 1, left)
    along = _count(_steps(picture[:, :-1], picture[:, 1:]), (left, top, across, bottom))
    over = _count(_steps(picture[:-1], picture[1:]), (left, top, right, down))
    area = (places[:, 2] - places[:, 0]) * (places[:, 3] - places[:, 1])
    return np.minimum(along, over) / area


def _steps(before: Picture, behind: Picture) -> _Flags:
    return np.maximum(before, behind) - np.minimum(before, behind) >= _STEP


def _count(steps: _Flags, sides: tuple[_Places, _Places, _Places, _Places]) -> _Places:
    """How many steps there are in each rectangle: differences of one sum that runs along all rows.

    (Sums down the columns too would need no rows here, and took ten times as long.)
    """
    height, width = steps.shape
    left, right = np.minimum(sides[0], width), np.minimum(sides[2], width)
    top, bottom = np.minimum(sides[1], height), np.minimum(sides[3], height)
    sums = np.zeros(height * width + 1, dtype=np.int32)
    np.cumsum(steps.ravel().view(np.uint8), dtype=np.int32, out=sums[1:])
    heights = bottom - top
    word = np.repeat(np.arange(len(heights)), heights)
    first = np.repeat(np.cumsum(heights) - heights, heights)
    rows = (np.arange(len(word)) - first + top[word]) * width
    in_row = sums[rows + right[word]] - sums[rows + left[word]]
    return np.bincount(word, in_row, minlength=len(heights)).astype(np.int64)


def _merged(words: _Words, hidden: _Flags) -> Ranges:
    """Hidden words side by side as one; those of too few letters only behind another."""
    ranges: list[tuple[int, int]] = []
    is_open = False
    columns = (words.starts.tolist(), words.ends.tolist(), words.letters.tolist(), hidden.tolist())
    for start, end, letters, unseen in zip(*columns, strict=True):
        if not unseen:
            is_open = False
        elif is_open:
            ranges[-1] = (ranges[-1][0], end - ranges[-1][0])
        elif letters >= _FEWEST_LETTERS:
            ranges.append((start, end - start))
            is_open = True
    return tuple(ranges)
