"""Whether a passage's sentence bears a statement out: no fact of it missing, turned or swapped.

A weak model changes one thing in a true sentence: a number, a date, a name, a “not”, who owes whom.
So words that meet are not enough. Each rule here is a veto; what is left is measured by its words.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from desktop_rag.pipeline.checking.aligning import changed_places
from desktop_rag.pipeline.checking.belonging import named_elsewhere
from desktop_rag.pipeline.checking.naming import (
    has_foreign_word,
    is_about_another,
    is_exchanged,
    names_missing,
    verb_of,
)
from desktop_rag.pipeline.checking.roles import swapped
from desktop_rag.pipeline.checking.statements import Statement, statement
from desktop_rag.pipeline.checking.turning import turned
from desktop_rag.pipeline.checking.tying import facts_missing, tied_elsewhere
from desktop_rag.pipeline.checking.wording import DUTY, PRONOUNS, meets

_MUCH_LONGER = 3  # a source in which most words are found by chance
_ENOUGH = 0.6  # of a claim's words (docs/decisions/015)
_NEARLY_ALL = 0.85
_LEAST_PLAIN = 0.4  # of the words that are no names


@dataclass(frozen=True, slots=True)
class Bearing:
    """What a passage's sentences make of a claim.

    Attributes:
        support: the share of its words in the best sentence that bears it out; 0 if none does.
        against: the same share in the best sentence that has another fact or turns it.
    """

    support: float
    against: float

    @property
    def holds(self) -> bool:
        """Whether enough is said, and nothing nearer to its words says something else."""
        return self.support >= _ENOUGH and not self.against > max(self.support, _NEARLY_ALL)


def bearing(claim: str, sentences: Sequence[str], heading: str = "", question: str = "") -> Bearing:
    """How a passage's sentences bear on a claim.

    A sentence bears nothing out if a number, date or name of the claim is missing in it or belongs
    to something else, a “not” or an opposite stands in one of the two alone, or the roles are
    swapped.
    What the `heading` of the passage says need not be said again; of the `question` names alone
    need not, and its “must”: else every sentence would bear out what was asked.
    """
    stated = statement(claim)
    title, asked = statement(heading), statement(question)
    known = frozenset(title.facts.tokens) | asked.names | (frozenset(asked.facts.tokens) & DUTY)
    parts = [statement(text) for text in sentences]
    everywhere = frozenset(word for part in parts for word in part.names | part.content)
    if not stated.content or has_foreign_word(stated, everywhere | known):
        return Bearing(0.0, 0.0)
    support = against = 0.0
    for place, part in enumerate(parts):
        meant = known | _names_before(parts, place)
        share = _covered(stated, part, meant, everywhere)
        if _vetoed(stated, part, everywhere, known, meant):
            against = max(against, share)
        elif not is_about_another(stated, part, parts):
            support = max(support, share)
    return Bearing(support, against)


def _vetoed(
    claim: Statement,
    source: Statement,
    everywhere: frozenset[str],
    known: frozenset[str],
    meant: frozenset[str],
) -> bool:
    return (
        facts_missing(claim.facts, source.facts)
        or names_missing(claim, source, everywhere, known)
        or turned(claim, source, known)
        or tied_elsewhere(claim, source)
        or swapped(claim, source)
        or is_exchanged(claim, source, meant)
        or changed_places(claim, source)
        or named_elsewhere(claim, source)
    )


def _names_before(parts: Sequence[Statement], place: int) -> frozenset[str]:
    """What “She” at the beginning of a sentence may stand for."""
    if not place or parts[place].first not in PRONOUNS:
        return frozenset()
    return parts[place - 1].names


def _covered(
    claim: Statement, source: Statement, known: frozenset[str], everywhere: frozenset[str]
) -> float:
    """Share of the claim's content words and facts that the source has, or a like word.

    A word that it lacks and that another sentence of the passage has counts twice.
    """
    words = source.content | known
    facts = len(claim.facts.quantities) + len(claim.facts.dates)
    plain = claim.content - claim.names
    if sum(meets(word, words) for word in plain) + facts < _LEAST_PLAIN * (len(plain) + facts):
        return 0.0
    met = sum(meets(word, words) for word in claim.content)
    elsewhere = sum(word in everywhere and not meets(word, words) for word in plain)
    verb = verb_of(claim)
    is_long = len(source.content) > _MUCH_LONGER * len(claim.content)
    unsaid = is_long and verb is not None and not meets(verb, words)
    return (met + facts) / (len(claim.content) + facts + elsewhere + unsaid)
