"""Numbers and dates: whether they are there, and belong to what they are said of."""

from desktop_rag.pipeline.checking.facts import Date, Facts, Quantity
from desktop_rag.pipeline.checking.statements import Statement
from desktop_rag.pipeline.checking.wording import (
    KINDS,
    NEGATIONS,
    STOP_WORDS,
    TIMES,
    meets,
)


def facts_missing(claim: Facts, source: Facts) -> bool:
    """Whether the source lacks a number with its unit, a date or a period of the claim."""
    return (
        any(not _has_quantity(one, source.quantities) for one in claim.quantities)
        or any(not any(_same_date(one, other) for other in source.dates) for one in claim.dates)
        or bool(claim.periods - source.periods)
    )


def _has_quantity(one: Quantity, among: frozenset[Quantity]) -> bool:
    if one in among:
        return True
    return not one.unit and any(one.value == other.value for other in among)


def _same_date(one: Date, other: Date) -> bool:
    pairs = ((one.day, other.day), (one.month, other.month), (one.year, other.year))
    return all(not mine or mine == theirs for mine, theirs in pairs)


def tied_elsewhere(claim: Statement, source: Statement) -> bool:
    """Whether a fact of the claim stands in one clause and what it is about in another.

    The other one has a fact of the same sort: “Silva holds 2,400 shares and Weber holds 1,600”
    does not say that Weber holds 2,400.
    """
    for clause in claim.clauses:
        words = frozenset(clause.tokens) - STOP_WORDS - NEGATIONS
        facts: tuple[Quantity | Date, ...] = (*clause.quantities, *clause.dates)
        if any(_tied(clause, words, source, fact) for fact in facts):
            return True
    return any(
        _kind_tied(claim, source, word, kind) for kind in KINDS for word in claim.content & kind
    )


def _tied(clause: Facts, words: frozenset[str], source: Statement, fact: Quantity | Date) -> bool:
    holding = [one for one in source.clauses if _holds(one, fact)]
    here = frozenset(token for one in holding for token in one.tokens)
    elliptic = all(frozenset(one.tokens) <= STOP_WORDS | TIMES for one in holding)
    for other in source.clauses:
        if not holding or other in holding or not _rivals(clause, other, fact):
            continue
        there = frozenset(other.tokens)
        if not elliptic and any(
            meets(word, there) and not meets(word, here) for word in words - TIMES
        ):
            return True
        if any(
            _holds(other, one) and not any(_holds(mine, one) for mine in holding)
            for one in (clause.quantities | clause.dates) - {fact}
        ):
            return True
        periods = frozenset(one for mine in holding for one in mine.periods)
        if (clause.periods & other.periods) - periods:
            return True
    return False


def _kind_tied(claim: Statement, source: Statement, word: str, kind: frozenset[str]) -> bool:
    holding = [one for one in source.clauses if word in one.tokens]
    here = frozenset(token for one in holding for token in one.tokens)
    return bool(holding) and any(
        frozenset(other.tokens) & kind - claim.content
        and (claim.content & frozenset(other.tokens)) - here
        for other in source.clauses
        if other not in holding
    )


def _holds(clause: Facts, fact: Quantity | Date) -> bool:
    if isinstance(fact, Date):
        return any(_same_date(fact, other) for other in clause.dates)
    return _has_quantity(fact, clause.quantities)


def _rivals(claim: Facts, clause: Facts, fact: Quantity | Date) -> bool:
    """Whether the clause has a fact of the same sort that the claim has not."""
    if isinstance(fact, Date):
        return any(not any(_same_date(one, other) for one in claim.dates) for other in clause.dates)
    return any(other.unit == fact.unit for other in clause.quantities - claim.quantities)
