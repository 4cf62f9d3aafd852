"""Numbers and dates: whether they are there, and belong to what they are said of."""

from collections.abc import Sequence
from itertools import combinations

from desktop_rag.pipeline.checking.dates import Date
from desktop_rag.pipeline.checking.facts import Facts, Quantity
from desktop_rag.pipeline.checking.statements import Statement
from desktop_rag.pipeline.checking.wording import (
    KINDS,
    LIMITS,
    NEGATIONS,
    STOP_WORDS,
    TIMES,
    meets,
)

Fact = Quantity | Date
_A_DAY = Quantity(24, "hour")


def facts_missing(claim: Facts, source: Facts) -> bool:
    """Whether the source lacks a number with its unit, a date or a period of the claim."""
    return (
        any(not _has_quantity(one, source.quantities) for one in claim.quantities - _hours(source))
        or any(not any(_same_date(one, other) for other in source.dates) for one in claim.dates)
        or bool(claim.periods - source.periods - _days(source))
    )


def _days(facts: Facts) -> frozenset[str]:
    """“In 24 hours” is “a day” as well."""
    return frozenset({"day"} if _A_DAY in facts.quantities else ())


def _hours(facts: Facts) -> frozenset[Quantity]:
    return frozenset({_A_DAY} if "day" in facts.periods else ())


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
        if any(_tied(claim.facts, clause, words, source, fact) for fact in _facts(clause)):
            return True
    return _paired_elsewhere(claim.facts, source) or any(
        _kind_tied(claim, source, word, kind) for kind in KINDS for word in claim.content & kind
    )


def _tied(
    claim: Facts, clause: Facts, words: frozenset[str], source: Statement, fact: Fact
) -> bool:
    holding = [one for one in source.clauses if _holds(one, fact)]
    here = frozenset(token for one in holding for token in one.tokens)
    # “10 mg on Monday and 5 mg on Friday”: what is left out is in the other clause
    elliptic = all(meets(one, words) for one in here - STOP_WORDS - TIMES)
    for other in source.clauses:
        if not holding or other in holding or not _rivals(clause, other, fact):
            continue
        if _is_paired(claim, fact, holding, other):
            continue
        there = frozenset(other.tokens)
        moved = {word for word in words - TIMES if meets(word, there) and not meets(word, here)}
        if moved & LIMITS or (moved and not elliptic):
            return True
        if any(
            _holds(other, one) and not any(_holds(mine, one) for mine in holding)
            for one in (clause.quantities | clause.dates) - {fact}
        ):
            return True
        periods = frozenset(one for mine in holding for one in mine.periods | _days(mine))
        if (clause.periods & other.periods) - periods:
            return True
    return False


def _paired_elsewhere(claim: Facts, source: Statement) -> bool:
    """Whether two facts of the claim stand in two clauses, each by a rival of the other.

    “5 % below 99.9 and 15 % below 99.0” does not say 5 % below 99.0.
    """
    for one, other in combinations(_facts(claim), 2):
        first = [clause for clause in source.clauses if _holds(clause, one)]
        second = [clause for clause in source.clauses if _holds(clause, other)]
        if any(clause in second for clause in first):
            continue
        if any(_rivals(claim, clause, other) for clause in first) and any(
            _rivals(claim, clause, one) for clause in second
        ):
            return True
    return False


def _is_paired(claim: Facts, fact: Fact, holding: Sequence[Facts], other: Facts) -> bool:
    """Whether a second fact of the claim stands by this one, and a rival of it in the `other`."""
    return any(
        _holds(mine, one) and _rivals(claim, other, one)
        for one in _facts(claim)
        if one != fact
        for mine in holding
    )


def _facts(clause: Facts) -> tuple[Fact, ...]:
    return (*clause.quantities, *clause.dates)


def _kind_tied(claim: Statement, source: Statement, word: str, kind: frozenset[str]) -> bool:
    holding = [one for one in source.clauses if word in one.tokens]
    here = frozenset(token for one in holding for token in one.tokens)
    return bool(holding) and any(
        frozenset(other.tokens) & kind - claim.content
        and (claim.content & frozenset(other.tokens)) - here
        for other in source.clauses
        if other not in holding
    )


def _holds(clause: Facts, fact: Fact) -> bool:
    if isinstance(fact, Date):
        return any(_same_date(fact, other) for other in clause.dates)
    return _has_quantity(fact, clause.quantities)


def _rivals(claim: Facts, clause: Facts, fact: Fact) -> bool:
    """Whether the clause has a fact of the same sort that the claim has not."""
    if isinstance(fact, Date):
        return any(not any(_same_date(one, other) for one in claim.dates) for other in clause.dates)
    return any(other.unit == fact.unit for other in clause.quantities - claim.quantities)
