"""What turns a sentence: a “not”, an opposite, a “must” for a “may”."""

from collections.abc import Sequence

from desktop_rag.pipeline.checking.facts import Facts
from desktop_rag.pipeline.checking.statements import Statement
from desktop_rag.pipeline.checking.wording import (
    ABSOLUTE,
    DUTY,
    KINDS,
    LEAVE,
    NEGATIONS,
    OPPOSITES,
    STOP_WORDS,
    is_opposite,
    meets,
)


def turned(claim: Statement, source: Statement, known: frozenset[str]) -> bool:
    """Whether a “not”, an opposite, or a “must” for a “may” makes the two say different things."""
    mine, theirs = frozenset(claim.facts.tokens), frozenset(source.facts.tokens)
    flips = _negated(claim.clauses, theirs) ^ _negated(source.clauses, mine)
    for pair in OPPOSITES:
        ours, other = (
            [sum(word in side for word in tokens) for side in pair]
            for tokens in (claim.facts.tokens, source.facts.tokens)
        )
        if any(ours[a] > other[a] and other[1 - a] > ours[1 - a] for a in (0, 1)):
            flips = not flips
    for word in mine - theirs:
        flips ^= is_opposite(word, theirs - mine)
    if flips:
        return True
    if (mine & ABSOLUTE) - theirs:
        return True
    if any((mine & kind) - theirs and (theirs & kind) - mine for kind in KINDS):
        return True
    is_free = not (mine & NEGATIONS)
    return is_free and _binds(mine - known) and bool(theirs & LEAVE) and not theirs & DUTY


def _binds(tokens: frozenset[str]) -> bool:
    return bool(tokens & DUTY) and not tokens & LEAVE


def _negated(clauses: Sequence[Facts], other: frozenset[str]) -> bool:
    """Whether an odd number of negations stands by words that the other sentence has as well."""
    return sum(_negations(clause.tokens, other) for clause in clauses) % 2 == 1


def _negations(tokens: Sequence[str], other: frozenset[str]) -> int:
    found = 0
    for place, word in enumerate(tokens):
        if word not in NEGATIONS:
            continue
        scope = []
        for following in tokens[place + 1 : place + 9]:
            if following in NEGATIONS:
                break
            scope.append(following)
        behind = [one for one in tokens[max(0, place - 3) : place] if one not in NEGATIONS]
        near = [one for one in scope if one not in STOP_WORDS][:4] or behind
        found += any(meets(one, other) for one in near if one not in STOP_WORDS)
    return found
