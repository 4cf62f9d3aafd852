"""Who does it, and to whom."""

from collections.abc import Sequence

from desktop_rag.pipeline.checking.facts import Facts, stem
from desktop_rag.pipeline.checking.statements import Statement
from desktop_rag.pipeline.checking.wording import (
    AUXILIARIES,
    BEING,
    DETERMINERS,
    MODALS,
    NEGATIONS,
    PREPOSITIONS,
    PRONOUNS,
    STOP_WORDS,
    TIMES,
    means,
    meets,
)

_PARTICIPLES = ("ed", "en", "wn", "id", "ld", "nt", "ght")
_BETWEEN = frozenset({"then", "also", "only", "not", "never", "always", "immediately"})
_REACH = 6  # words before a verb in which its subject stands


def swapped(claim: Statement, source: Statement) -> bool:
    """Whether who does it and to whom change places around a word that both have."""
    shared = frozenset(claim.facts.tokens) & frozenset(source.facts.tokens)
    return (
        any(_doers_differ(claim, source, verb) for verb in shared - STOP_WORDS - NEGATIONS)
        or any(
            _differ(_objects(claim, word), _objects(source, word), source)
            for word in ("by", "against", "to", "from")
        )
        or _owners_differ(claim, source)
    )


def _doers_differ(claim: Statement, source: Statement, verb: str) -> bool:
    own = [one for one in claim.clauses if verb in one.tokens]
    mine = _doer(own[0], verb, claim.names) if own else frozenset()
    clauses = [one for one in source.clauses if verb in one.tokens]
    if not mine or not clauses:
        return False
    done = claim.content - mine - {verb}
    nearest = max(clauses, key=lambda one: sum(meets(word, frozenset(one.tokens)) for word in done))
    theirs = _doer(nearest, verb, source.names)
    return bool(theirs) and not any(means(word, theirs) for word in mine)


def _doer(clause: Facts, verb: str, names: frozenset[str]) -> frozenset[str]:
    """The words of who acts; none if that is not said, or if `verb` is no verb in the clause.

    `names`: those of the whole sentence.
    """
    words, place = clause.words, clause.tokens.index(verb)
    word, before = words[place], words[max(0, place - 2) : place]
    if word.endswith(_PARTICIPLES) and BEING & set(before):
        behind = clause.tokens[place + 1 : place + 12]
        return _phrase(behind[behind.index("by") + 1 :]) if "by" in behind else frozenset()
    if not _is_verb(words, place, names) or (before and before[-1] in PRONOUNS):
        return frozenset()
    return frozenset(clause.tokens[max(0, place - _REACH) : place]) - STOP_WORDS - TIMES


def _is_verb(words: Sequence[str], place: int, names: frozenset[str]) -> bool:
    """Whether the word is likely to be an active verb, by its neighbours and its ending."""
    word, before, after = words[place], words[max(0, place - 2) : place], words[place + 1 :]
    if not before:
        return False
    if before[-1] in _BETWEEN:
        before = before[:-1] or before
    if before[-1] in MODALS or (before[-1] == "to" and before[0] in AUXILIARIES):
        return True
    if word.endswith("ed"):
        return before[-1] not in BEING | PREPOSITIONS | DETERMINERS
    return (
        word.endswith("s") and bool(after) and (after[0] in DETERMINERS or stem(after[0]) in names)
    )


def _phrase(tokens: Sequence[str]) -> frozenset[str]:
    """The content words up to the next preposition."""
    found = []
    for token in tokens:
        if token in PREPOSITIONS:
            break
        found.append(token)
    return frozenset(found) - STOP_WORDS - TIMES


def _differ(mine: frozenset[str], theirs: frozenset[str], source: Statement) -> bool:
    """Whether a name of the claim stands where another one stands in the source."""
    wrong = mine - theirs
    return bool(wrong and theirs - mine and wrong <= source.content | source.names)


def _owners_differ(claim: Statement, source: Statement) -> bool:
    """Whether “the Supplier's consent” is “the consent of the Customer” in the source."""
    theirs = _owners(source)
    return any(
        _differ(owners, theirs.get(owned, frozenset()), source)
        for owned, owners in _owners(claim).items()
    )


def _owners(statement: Statement) -> dict[str, frozenset[str]]:
    """What belongs to whom, by name: “X's (written) consent”, “consent of X”."""
    words, tokens = statement.facts.words, statement.facts.tokens
    found: dict[str, frozenset[str]] = {}
    for place, word in enumerate(words):
        if word.endswith("'s"):
            owner = frozenset({tokens[place]}) & statement.names
            for owned in tokens[place + 1 : place + 3]:
                found[owned] = found.get(owned, frozenset()) | owner
        elif word == "of" and place:
            owner = _phrase(tokens[place + 1 : place + 5]) & statement.names
            found[tokens[place - 1]] = found.get(tokens[place - 1], frozenset()) | owner
    return found


def _objects(statement: Statement, preposition: str) -> frozenset[str]:
    tokens = statement.facts.tokens
    return frozenset(
        word
        for place, token in enumerate(tokens)
        if token == preposition
        for word in _phrase(tokens[place + 1 : place + 6])
        if word in statement.names
    )
