"""Section signs, codes, doses and numbers: what must be found exactly as it is written.

The keyword index cuts text at everything that is no letter or digit, so that “§ 7(b)” would be
two common words. Each identifier is therefore also indexed, and asked for, as one word.
"""

import re
from collections.abc import Sequence

_NUMBER_COMMA = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_CONNECTED = r"[^\W_]+(?:[.:/_–‑-][^\W_]+)*"
_COMPOUND = re.compile(rf"(?<![^\W_])(?=[^\s]*\d){_CONNECTED}(?:\([^\W_]{{1,5}}\))*")
_LABELLED = re.compile(
    r"(?:§+|\b(?:sections?|secs?\.?|clauses?|articles?|arts?\.?|rules?|paragraphs?|paras?\.?))\s*"
    rf"(?=[^\s]*\d)({_CONNECTED}(?:\s?\([^\W_]{{1,5}}\))*)",
    re.IGNORECASE,
)
_STAMPED = re.compile(r"(?<![^\W_])([A-Z]{2,10})[ _–‑-](\d{4,12})(?![^\W_])")
_DOSE = re.compile(
    r"(?<![\w.])(\d+(?:[.,]\d+)?)\s*"
    r"(mg|mcg|[µμ]g|ug|ng|g|kg|ml|cl|dl|l|iu|units?|meq|mmol|mm|cm|%)(?![^\W_])",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+")
_BETWEEN = re.compile(r"[\W_]+")
_LONG_NUMBER = 4  # digits from which on a plain number is no common word
_LONGEST = 38  # characters; the index leaves longer words out
_SAME_UNITS = {"µg": "mcg", "μg": "mcg", "ug": "mcg", "unit": "iu", "units": "iu", "%": "percent"}


def identifiers(text: str) -> tuple[str, ...]:
    """One word for each identifier of `text`, each once, in the order in which they appear.

    “§ 7(b)” and “Section 7 (b)” give "sec7xb" and "7xb", “I21.4” gives "i21x4", “12.5 mg” gives
    "12x5" and "12x5mg", “1:23-cv-04567” gives "1x23xcvx04567", “ABC-000123” gives "abc000123".
    """
    plain = _NUMBER_COMMA.sub("", text)
    found: list[tuple[int, str]] = []
    for match in _LABELLED.finditer(plain):
        number = _glued(match.group(1))
        found += [(match.start(), "sec" + number), (match.start(), number)]
    for match in _DOSE.finditer(plain):
        found.append((match.start(), _glued(match.group(1)) + _unit(match.group(2))))
    for match in _STAMPED.finditer(plain):
        found.append((match.start(), "".join(match.groups()).casefold()))
    for match in _COMPOUND.finditer(plain):
        found.append((match.start(), _glued(match.group())))
    return tuple(dict.fromkeys(word[:_LONGEST] for _, word in sorted(found) if _is_distinct(word)))


def shares_found(wanted: Sequence[str], texts: Sequence[str]) -> list[float]:
    """For each searchable text, which share (0 to 1) of the wanted identifiers it holds."""
    return [
        len(set(wanted).intersection(_WORD.findall(text.casefold()))) / max(len(wanted), 1)
        for text in texts
    ]


def _glued(written: str) -> str:
    return _BETWEEN.sub("x", written.strip()).strip("x").casefold()


def _unit(written: str) -> str:
    unit = written.casefold()
    return _SAME_UNITS.get(unit, unit)


def _is_distinct(word: str) -> bool:
    """Whether the word is more than a short number, which stands on every page."""
    return any(map(str.isdigit, word)) and (not word.isdigit() or len(word) >= _LONG_NUMBER)
