"""Tell questions about whole documents from those that a few passages answer.

“Summarise the lease”, “list all deadlines”, “how many of my contracts …” and “which of the leases
…” need a look through everything in scope. Only what is plainly one of them is taken for one: a
question that is missed is searched for as ever, one taken wrongly gets a table for an answer.
"""

import re
from dataclasses import dataclass

from desktop_rag.domain import WholeKind
from desktop_rag.pipeline.whole_question_forms import (
    DOCUMENT,
    FORMS,
    FRENCH_DOCUMENT,
    STANDS_THERE,
    WITHIN,
    Form,
)

_MOST_CHARACTERS = 300  # a longer one tells a case
_POLITE = re.compile(
    r"(?:(?:please|kindly|(?:can|could|would|will) you|i (?:want|need|would like)(?: you)?(?: to)?"
    r"|bitte|(?:kannst|könntest) du|(?:können|könnten|würden) sie|s['’]il (?:vous|te) pla[iî]t"
    r"|(?:peux|pourrais)[ -]tu|(?:pouvez|pourriez)[ -]vous|veuillez)"
    r"(?:[\s,]+(?:mir|moi|me)\b)?[\s,]+)+",
    re.IGNORECASE,
)
_POLITE_AT_THE_END = re.compile(
    r"[\s,]+(?:please|bitte|s['’]il (?:vous|te) pla[iî]t)$", re.IGNORECASE
)
_AROUND = ' \t\n?.!:;,…«»"“”„'
_DETERMINERS = re.compile(
    r"^(?:(?:all|of|the|this|these|those|that|my|our|an?|der|die|das|den|dem|des|diese[mnrs]?"
    r"|eine[mnrs]?|meine[mnrs]?|unsere[mnrs]?|le|la|les|l['’]|ce|cet|cette|ces|mon|ma|mes|nos|notre)"
    r"(?: |(?<=['’])))+",
    re.IGNORECASE,
)
_AFTER_THE_NOUN = re.compile(
    r" (?:of|for|from|by|with|between|dated|about|on|in|von|vom|des|der|mit|zwischen|über|für|zum"
    r"|zur|de|du|entre|sur|avec|pour|d['’]) ?.*",
    re.IGNORECASE,
)
# “Clauses that allow pets” are sought as “allow pets”: that they are clauses says nothing.
_PLACES = re.compile(
    r"^(?:clauses?|provisions?|passages?|places?|sentences?|sections?|parts?|paragraphs?|rules?"
    r"|klauseln?|regelungen|stellen|abschnitte|sätze|dispositions?|endroits|phrases) (?:that|which"
    r"|where|about|on|with|regarding|concerning|die|mit|über|zu|zum|zur|in denen|qui|où|sur|avec"
    r"|concernant) ",
    re.IGNORECASE,
)
_MENTIONS = re.compile(
    r"\b(?:mention|occurrence|reference|referred|cited|quoted|appear|named|(?:the )?words?\b|erwähn"
    r"|genannt|zitiert|kommt .* vor|taucht .* auf|mentionn|cité|nommé|apparaît|occurrence|figure)",
    re.IGNORECASE,
)
# What names no document, but the ones at hand.
_AT_HAND = frozenset(
    "it this that these them everything all alles das dies tout cela ça ceci".split()
)


@dataclass(frozen=True, slots=True)
class WholeQuestion:
    """A question about whole documents.

    Attributes:
        target: what is sought, in the words of the question; "" for a summary.
        within: the one document that the question names ("the lease"), or "".
        of_documents: whether documents are sought or counted, not places in them.
        literal: whether what is sought are mentions of these very words.
    """

    kind: WholeKind
    target: str
    within: str = ""
    of_documents: bool = False
    literal: bool = False


def road_of(question: str) -> WholeQuestion | None:
    """What is asked about whole documents; None for a question that passages answer."""
    asked = " ".join(question.split()).strip(_AROUND)
    if not asked or len(asked) > _MOST_CHARACTERS:
        return None
    asked = _POLITE_AT_THE_END.sub("", asked[_end_of(_POLITE.match(asked)) :])
    for form in FORMS:
        found = form.pattern.match(asked)
        whole = None if found is None else _of(form, found)
        if whole is not None:
            return whole
    return None


def _of(form: Form, found: re.Match[str]) -> WholeQuestion | None:
    groups = found.groupdict()
    if form.kind is WholeKind.SUMMARY:
        named = (groups.get("within") or "").strip(_AROUND)
        return WholeQuestion(form.kind, "", named) if names_documents(named) else None
    target, within = _split(f"{groups['target']}{groups.get('rest') or ''}")
    bare = _PLACES.sub("", target)
    if form.of_documents or bare != target:
        target = STANDS_THERE.sub("", bare)
    target = target.strip(_AROUND)
    if not target:
        return None
    literal = _MENTIONS.search(found.string) is not None
    return WholeQuestion(form.kind, target, within, form.of_documents, literal)


def names_documents(named: str) -> bool:
    """Whether these words mean a document or the documents at hand, not something in them."""
    if not named or named.casefold() in _AT_HAND:
        return True
    plain = _DETERMINERS.sub("", named)
    words = _AFTER_THE_NOUN.sub("", plain).split()
    if not words:
        return False
    if plain.casefold().endswith(".pdf") or FRENCH_DOCUMENT.fullmatch(words[0]):
        return True
    if words[-1].isdigit() and len(words) > 1:
        words.pop()  # "Lease 2021"
    return DOCUMENT.fullmatch(words[-1]) is not None


def _split(target: str) -> tuple[str, str]:
    """What is sought, and the one document it is sought in, if one is named."""
    found = WITHIN.search(target.strip(_AROUND))
    if found is None:
        return target, ""
    return found.string[: found.start()], found.group("one") or ""


def _end_of(found: re.Match[str] | None) -> int:
    return 0 if found is None else found.end()
