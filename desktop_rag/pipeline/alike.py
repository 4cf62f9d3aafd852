"""Passages that say the same: the boilerplate of two hundred leases is one finding, not ten."""

import re
from collections.abc import Sequence
from dataclasses import replace

from desktop_rag.domain import Passage, PassagePlace

_WORD = re.compile(r"[^\W_]+")
_SHINGLE = 3  # words
_LEAST_COMMON = 0.7  # of the shingles of both (Jaccard); Broder, "On the resemblance", 1997
_TURNING = frozenset("no not nor never without unless except neither none".split())

_Print = tuple[frozenset[tuple[str, ...]], frozenset[str]]


def distinct_first(passages: Sequence[Passage]) -> list[Passage]:
    """Each finding once; behind them all, what says the same as a better one.

    The better one tells where the others stand. Ranks count anew; what was put behind has no
    better score than the last finding.
    """
    leading = leaders([passage.chunk.plain_text for passage in passages])
    followers: dict[int, list[Passage]] = {}
    for place, leader in enumerate(leading):
        followers.setdefault(leader, [])
        if leader != place:
            followers[leader].append(passages[place])
    first = [
        replace(passages[place], alike=tuple(map(_place, followers[place]))) for place in followers
    ]
    lowest = first[-1].score if first else 0.0
    behind = [
        replace(passage, score=min(lowest, passage.score))
        for place, passage in enumerate(passages)
        if leading[place] != place
    ]
    return [replace(passage, rank=rank) for rank, passage in enumerate(first + behind, start=1)]


def leaders(texts: Sequence[str]) -> list[int]:
    """For each text, best first, the place of the first one that says the same, or its own.

    Texts that differ in a number or in a negation never say the same, however alike they are.
    """
    prints = [_print(text) for text in texts]
    leading: list[int] = []
    found: list[int] = []
    for place, own in enumerate(prints):
        leader = next((other for other in leading if _say_the_same(prints[other], own)), place)
        if leader == place:
            leading.append(place)
        found.append(leader)
    return found


def _place(passage: Passage) -> PassagePlace:
    return PassagePlace(passage.chunk.document_id, passage.path, passage.chunk.pages)


def _print(text: str) -> _Print:
    words = _WORD.findall(text.casefold())
    shingles = frozenset(
        tuple(words[at : at + _SHINGLE]) for at in range(len(words) - _SHINGLE + 1)
    )
    telling = frozenset(word for word in words if word in _TURNING or any(map(str.isdigit, word)))
    return shingles or frozenset([tuple(words)]), telling


def _say_the_same(one: _Print, other: _Print) -> bool:
    if one[1] != other[1]:
        return False
    fewer, more = sorted((len(one[0]), len(other[0])))
    if fewer < _LEAST_COMMON * more:
        return False
    common = len(one[0] & other[0])
    return common >= _LEAST_COMMON * (fewer + more - common)
