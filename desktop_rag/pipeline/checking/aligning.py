"""A copied sentence laid beside its source: what stands in the place of what."""

from collections.abc import Sequence
from difflib import SequenceMatcher

from desktop_rag.pipeline.checking.facts import pieces_of
from desktop_rag.pipeline.checking.statements import Statement
from desktop_rag.pipeline.checking.wording import ROLES

_COPIED = 0.6  # of the claim's pieces, in the source's order
_DENSE = 0.5  # of the source, from the first piece that is copied to the last
_SHORTEST, _LONGEST = 4, 4  # pieces of a claim, of what stands in the place of what


def changed_places(claim: Statement, source: Statement) -> bool:
    """Whether a copied sentence has a name or number where its source has another.

    “Bellini sued Roth” for “Roth sued Bellini”: each word is there, and it is not said.
    """
    mine, theirs = pieces_of(claim.text), pieces_of(source.text)
    if len(mine) < _SHORTEST:
        return False
    blocks = SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes()
    equal = [(start, end, first, last) for tag, start, end, first, last in blocks if tag == "equal"]
    copied = sum(end - start for start, end, _, _ in equal)
    if copied < _COPIED * len(mine) or copied < _DENSE * (equal[-1][3] - equal[0][2]):
        return False
    names = source.names | ROLES | claim.names - {claim.first}
    for tag, start, end, first, last in blocks:
        if tag == "replace" and max(end - start, last - first) <= _LONGEST:
            said, there = _fixed(mine[start:end], names), _fixed(theirs[first:last], names)
            if said - there and there - said:
                return True
    return False


def _fixed(pieces: Sequence[str], names: frozenset[str]) -> frozenset[str]:
    """The names and numbers among the pieces."""
    return frozenset(one for one in pieces if one in names or one[0].isdigit())
