"""Whether what is said of a name is said of that name, and not of another one beside it."""

from itertools import pairwise

from desktop_rag.pipeline.checking.facts import Facts
from desktop_rag.pipeline.checking.naming import DRUG
from desktop_rag.pipeline.checking.statements import Statement
from desktop_rag.pipeline.checking.wording import (
    AUXILIARIES,
    DETERMINERS,
    GENERIC,
    PREPOSITIONS,
    PRONOUNS,
    STOP_WORDS,
    is_role,
    meets,
)

_SUBJECT = 5  # words at the beginning of a sentence in which its subject stands


def named_elsewhere(claim: Statement, source: Statement) -> bool:
    """Whether a name of the claim stands in one clause, and what is said of it by another's name.

    “translated by Moura and edited by Kwan” does not say that Kwan translated it.
    """
    clauses = _clauses(source)
    if len(clauses) < 2:
        return False
    for words in _clauses(claim):
        named = _anchors(claim, words) - (frozenset({claim.first}) - source.names)
        said = words & claim.content - {one for one in named if not is_role(one)}
        if any(_is_elsewhere(name, said, named, source, clauses) for name in named):
            return True
    return False


def _is_elsewhere(
    name: str,
    said: frozenset[str],
    named: frozenset[str],
    source: Statement,
    clauses: list[frozenset[str]],
) -> bool:
    here = frozenset(word for one in clauses if name in one for word in one)
    tokens = source.facts.tokens
    part = {after for one, after in pairwise(tokens) if one == name}  # “Klebsiella pneumoniae”
    for there in clauses if here else ():
        rivals = {one for one in _anchors(source, there) - named if is_role(one) == is_role(name)}
        if name in there or not rivals:
            continue
        moved = sum(meets(word, there) and not meets(word, here) for word in said)
        stays = sum(meets(word, here) and not meets(word, there) for word in said - part - {name})
        if moved > stays:
            return True
    return False


def _clauses(statement: Statement) -> list[frozenset[str]]:
    """The words of each clause, with its subject where that is said in the first one alone.

    Names between commas belong to what they follow: “Ms Blake, the attorney, of Leeds”.
    """
    clauses: list[frozenset[str]] = []
    for clause in statement.clauses:
        words = frozenset(clause.tokens)
        if clauses and _is_apposition(clause, statement):
            clauses[-1] |= words
        elif clauses and _has_no_subject(clause, statement):
            clauses.append(words | _subject(statement))
        elif clause.tokens:
            clauses.append(words)
    return clauses


def _is_apposition(clause: Facts, statement: Statement) -> bool:
    plain = frozenset(clause.tokens) - STOP_WORDS - statement.names
    return len(plain) < 2 and not frozenset(clause.words) & (PREPOSITIONS | AUXILIARIES)


def _has_no_subject(clause: Facts, statement: Statement) -> bool:
    first = clause.words[0] if clause.words else ""
    known = DETERMINERS | PREPOSITIONS | PRONOUNS
    return bool(first) and first not in known and clause.tokens[0] not in statement.names


def _subject(statement: Statement) -> frozenset[str]:
    return _anchors(statement, frozenset(statement.facts.tokens[:_SUBJECT]))


def _anchors(statement: Statement, among: frozenset[str]) -> frozenset[str]:
    """The names, roles and drugs among some words."""
    names = statement.names
    found = {word for word in among if word in names or is_role(word) or DRUG.search(word)}
    return frozenset(found) - GENERIC
