"""What turns a sentence: a “not”, an opposite, a “must” for a “may”."""

from collections.abc import Iterator, Sequence

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
    means,
    meets,
)

_REACH = 8  # words that a negation reaches over
_NEAR = 4
_BEFORE = 5


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
    if flips or _denies_something_else(claim.clauses, theirs | known):
        return True
    if (mine & ABSOLUTE) - theirs:
        return True
    if any(_lacks(mine & kind, theirs) and _lacks(theirs & kind, mine) for kind in KINDS):
        return True
    is_free = not (mine & NEGATIONS)
    return is_free and _binds(mine - known) and bool(theirs & LEAVE) and not theirs & DUTY


def _lacks(words: frozenset[str], among: frozenset[str]) -> bool:
    return any(not means(word, among) for word in words)


def _binds(tokens: frozenset[str]) -> bool:
    return bool(tokens & DUTY) and not tokens & LEAVE


def _negated(clauses: Sequence[Facts], other: frozenset[str]) -> bool:
    """Whether an odd number of negations stands by words that the other sentence has as well."""
    return sum(any(meets(word, other) for word in near) for near in _scopes(clauses)) % 2 == 1


def _denies_something_else(claim: Sequence[Facts], source: frozenset[str]) -> bool:
    """Whether the claim has a “not” by words that the source has not at all."""
    return any(near and not any(meets(word, source) for word in near) for near in _scopes(claim))


def _scopes(clauses: Sequence[Facts]) -> Iterator[list[str]]:
    """For each negation the few content words after it, or before it if there are none."""
    for clause in clauses:
        tokens = clause.tokens
        for place, word in enumerate(tokens):
            if word in NEGATIONS:
                yield _near(tokens[place + 1 :]) or _near(tokens[max(0, place - _BEFORE) : place])


def _near(tokens: Sequence[str]) -> list[str]:
    found = []
    for token in tokens[:_REACH]:
        if token in NEGATIONS:
            break
        if token not in STOP_WORDS:
            found.append(token)
    return found[:_NEAR]
