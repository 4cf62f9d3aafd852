"""A sentence taken apart: its facts, its clauses, the words that count, its names."""

import re
from dataclasses import dataclass
from functools import lru_cache

from desktop_rag.pipeline.checking.facts import Facts, facts_of, said_once, stem
from desktop_rag.pipeline.checking.wording import MONTHS, NEGATIONS, STOP_WORDS
from desktop_rag.pipeline.normalising import searchable

# Limits that hold a “not” and mean none.
_LIMITS = (
    (
        r"(?:(?:shall|must|may|should|does|do|will|can)? ?not exceed"
        r"|(?:no|not|nor) (?:be )?(?:more|later|longer|greater|larger|higher) than"
        r"|up to(?: a)?|at (?:the )?most"
        r"|limited to|capped at|a maximum of|at the latest|no more)\b",
        " maximum ",
    ),
    (
        r"(?:(?:no|not|cannot|never) (?:be )?(?:less|fewer|earlier|sooner|smaller|lower) than"
        r"|at least|a minimum of)\b",
        " minimum ",
    ),
    (r"^nothing\b", " no thing "),
    (r"no longer\b", " stopped "),
    (r"with or without\b", " regardless "),
    (r"(?:drop(?:s|ped)?|falls?) (?=under|below)", " "),
)
_REPLACED = tuple((re.compile(rf"\b{one}", re.IGNORECASE), word) for one, word in _LIMITS)
_CLAUSE_END = re.compile(r"[;:()]|,(?= (?!\d{4}\b))|\b(?:and|but|while|whereas|or)\b(?= )")

CAPITAL = re.compile(r"(?<![\w.])[A-ZÄÖÜÉ][\w'’-]*")


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence taken apart. `clauses`: its parts, in order."""

    text: str
    facts: Facts
    content: frozenset[str]
    names: frozenset[str]
    first: str
    clauses: tuple[Facts, ...]


@lru_cache(maxsize=4096)
def statement(text: str) -> Statement:
    """The sentence taken apart."""
    plain = said_once(searchable(text))  # before its brackets end a clause
    for pattern, word in _REPLACED:
        plain = pattern.sub(word, plain)
    facts = facts_of(plain)
    content = frozenset(facts.tokens) - STOP_WORDS - NEGATIONS
    words = [word for word in re.findall(r"[\w'’-]+", plain) if word[0].isalpha()]
    capitals = [
        stem(part.casefold())
        for word in CAPITAL.findall(plain)
        for part in re.split(r"[-'’]", word)
        if len(part) > 1
    ]
    first = stem(re.split(r"['’-]", words[0])[0].casefold()) if words else ""
    names = frozenset(capitals) - STOP_WORDS - MONTHS
    clauses = tuple(facts_of(part) for part in _CLAUSE_END.split(plain) if part.strip())
    return Statement(plain, facts, content, names, first, clauses)
