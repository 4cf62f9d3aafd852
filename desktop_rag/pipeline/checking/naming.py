"""Names, and what a sentence is about: whether the passage speaks of the same."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from desktop_rag.pipeline.checking.facts import stem
from desktop_rag.pipeline.checking.statements import CAPITAL, Statement
from desktop_rag.pipeline.checking.wording import (
    AUXILIARIES,
    GENERIC,
    LIGHT_VERBS,
    PRONOUNS,
    ROLES,
    WEEKDAYS,
    means,
    meets,
)

_LONG_CLAIM = 9  # words
_VERBATIM, _VERBATIM_LONG = 0.75, 0.6  # of its words
_VERY_LONG_CLAIM = 14
_LONGEST_ACRONYM = 5
# Endings of the international names of drugs.
DRUG = re.compile(
    r"\w(?:cillin|m[yi]cin|pril|s?artan|statin|azole?|mab|nib|vir|xaban|oxine?|formin|olol|dipine?"
    r"|semide?|thiazide?|triptan|floxacin|cycline?|parin|arin|gliptin|gliflozin|lukast|fenac|profen"
    r"|codone?|morphine?|fentanyl|zepam|barbital|caine?|sone?|solone?|onide?|terol|tropium|grel|"
    r"glitazone?|tidine?|setron|amide?|etamol|zepine?|racetam|trigine?|phenytoin|platin|rubicin"
    r"|taxel|gabalin|oxetine?|pramine?|triptyline?|peridol|idone?|apine?|dronate?|relin|proate?)$"
)

_ORDINAL = re.compile(
    r"fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|\w+teenth"
    r"|twentieth|thirtieth"
)


def names_missing(
    claim: Statement, source: Statement, everywhere: frozenset[str], known: frozenset[str]
) -> bool:
    """Whether a name of the claim is not in the source.

    It may stand in another sentence of the passage (`everywhere`) if the source has no name of its
    own beside the claim's; or in the heading or question (`known`).
    """
    if (frozenset(claim.facts.tokens) & WEEKDAYS) - frozenset(source.facts.tokens):
        return True
    here = source.content | source.names | known
    rivals = source.names - claim.names - claim.content - GENERIC
    return any(
        name not in here
        and not _is_acronym(name, source.text)
        and not (name == claim.first and _is_plain_beginning(claim, everywhere))
        and not (name in everywhere and not rivals)
        for name in claim.names
    )


def _is_acronym(name: str, text: str) -> bool:
    """Whether the letters are those that capitalised words of the text begin with, in a row."""
    initials = "".join(word[0] for word in CAPITAL.findall(text)).casefold()
    return 1 < len(name) <= _LONGEST_ACRONYM and name in initials


def _is_plain_beginning(claim: Statement, everywhere: frozenset[str]) -> bool:
    """Whether the first word has its capital only because it is the first."""
    if claim.first in GENERIC:
        return True
    words = claim.text.split()
    is_name = len(words) > 1 and (words[1] in AUXILIARIES or words[1][0].isupper())
    return claim.first not in everywhere and not is_name


def verb_of(claim: Statement) -> str | None:
    """What follows the first auxiliary: “rejected” of “was rejected in full”."""
    words, tokens = claim.facts.words, claim.facts.tokens
    place = next((i for i, word in enumerate(words) if word in AUXILIARIES), None)
    if place is None:
        return None
    return next((one for one in tokens[place + 1 : place + 4] if one in claim.content), None)


def is_about_another(claim: Statement, source: Statement, parts: Sequence[Statement]) -> bool:
    """Whether the claim's subject or verb is missing here and stands in another of the `parts`."""
    others = [part for part in parts if part is not source]
    words, tokens = claim.facts.words, claim.facts.tokens
    place = next((i for i, word in enumerate(words) if word in AUXILIARIES), None)
    if place is None:
        return False
    subject = frozenset(tokens[:place]) & claim.content
    here = source.content | source.names
    if (
        source.first not in PRONOUNS
        and not any(meets(word, here) for word in subject)
        and any(subject & part.content for part in others)
    ):
        return True
    verb = verb_of(claim)
    if verb is None or verb in LIGHT_VERBS or meets(verb, source.content):
        return False
    return any(meets(verb, part.content) for part in others)


def is_exchanged(claim: Statement, source: Statement, known: frozenset[str]) -> bool:
    """Whether the claim is the source word for word, but for a phrase that it has not.

    “outbreaks in cruise ships” for “outbreaks in schools”: most words meet, and it is not said.
    """
    mine, theirs = claim.facts.tokens, source.facts.tokens
    if len(mine) < _LONG_CLAIM:
        return False
    blocks = SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes()
    equal = sum(end - start for tag, start, end, _, _ in blocks if tag == "equal")
    least = _VERBATIM if len(mine) < _VERY_LONG_CLAIM else _VERBATIM_LONG
    if equal < least * len(mine):
        return False
    here = source.content | source.names | known
    return any(
        word in claim.content and not meets(word, here)
        for tag, start, end, _, _ in blocks
        if tag in ("replace", "delete")
        for word in mine[start:end]
    )


def has_foreign_word(claim: Statement, known: frozenset[str]) -> bool:
    """Whether a drug, role or ordinal number of the claim stands nowhere in what is `known`."""
    if any(not means(role, known) for role in claim.content & ROLES):
        return True
    return any(
        (DRUG.search(word) or _ORDINAL.fullmatch(word)) and stem(word) not in known
        for word in claim.facts.words
    )
