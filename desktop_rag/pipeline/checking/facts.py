"""What a sentence states exactly: numbers with their units, dates, and its words by their stems.

Two sentences that say the same thing write it differently: “sixty (60) days” and “60 days”, “USD
1,250,000.00” and “$1,250,000”, “1 March 2024” and “01.03.2024”. Here they become equal.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from desktop_rag.pipeline.checking.dates import Date, dates_of
from desktop_rag.pipeline.normalising import comparable

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty"
).split()
_TENS = "thirty forty fifty sixty seventy eighty ninety".split()
_NUMBER_WORDS = (
    {word: value for value, word in enumerate(_ONES)}
    | {word: 10 * value for value, word in enumerate(_TENS, start=3)}
    | {"once": 1, "twice": 2, "thrice": 3}
)
_UNITS = {
    name: unit
    for unit, names in {
        "day": "day days",
        "week": "week weeks",
        "month": "month months",
        "year": "year years",
        "hour": "hour hours h hrs",
        "minute": "minute minutes min mins",
        "times": "time times",
        "mg": "mg milligram milligrams",
        "µg": "µg μg mcg microgram micrograms",
        "g": "g gram grams gramme grammes",
        "kg": "kg kilogram kilograms kilo kilos",
        "ml": "ml millilitre millilitres milliliter milliliters",
        "l": "l litre litres liter liters",
        "mmol": "mmol",
        "µmol": "µmol μmol",
        "%": "% percent",
        "eur": "eur € euro euros",
        "usd": "usd $ us$ dollar dollars",
        "gbp": "gbp £ pound pounds",
        "chf": "chf franc francs",
    }.items()
    for name in names.split()
}
_CURRENCIES = frozenset({"eur", "usd", "gbp", "chf"})
_SCALES = {"thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_PERIODS = {
    "daily": "day",
    "weekly": "week",
    "monthly": "month",
    "yearly": "year",
    "annual": "year",
    "annually": "year",
    "annum": "year",
    "hourly": "hour",
}
_PER = frozenset({"per", "a", "an", "each", "every"})
_DECADES = frozenset({*_TENS, "twenty"})
_NUMBER_WORD = "|".join((*_NUMBER_WORDS, "hundred", "thousand"))
_REPEATED = re.compile(
    rf"\b(?:{_NUMBER_WORD})(?:(?:[- ]| and )(?:{_NUMBER_WORD}))* \((\d[\d,.]*)\)", re.IGNORECASE
)
_TOKEN = re.compile(r"\d[\d,.]*\d|\d|us\$|[^\W\d_]+(?:['’][^\W\d_]+)*|[%€$£µμ]|[^\w\s]")
_DIGITS = re.compile(r"\d")
_SHORTEST_STEM = 4
_IRREGULAR = {
    form: verb
    for verb, forms in {
        "pay": "paid",
        "hold": "held",
        "give": "gave given",
        "buy": "bought",
        "sell": "sold",
        "keep": "kept",
        "make": "made",
        "take": "took taken",
        "find": "found",
        "bring": "brought",
        "send": "sent",
        "write": "wrote written",
        "choose": "chose chosen",
        "rise": "rose risen",
        "fall": "fell fallen",
        "begin": "began begun",
    }.items()
    for form in forms.split()
}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit; "" if it has none that is known."""

    value: float
    unit: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What a clause states.

    Attributes:
        words: its words in order, in small letters; numbers and dates are taken out.
        tokens: the same as stems.
        periods: what something is counted per: "day" for “daily”, “a day”, “per day”.
    """

    words: tuple[str, ...]
    tokens: tuple[str, ...]
    quantities: frozenset[Quantity]
    dates: frozenset[Date]
    periods: frozenset[str]


def said_once(text: str) -> str:
    """“60 days” for “sixty (60) days”."""
    return _REPEATED.sub(r"\1", text)


def facts_of(text: str) -> Facts:
    """The facts of a clause or sentence."""
    plain = comparable(text).replace("n't", " not").replace("per cent", "percent")
    plain = re.sub(r"(?<=[^\W\d])/(?=[\w])", " per ", said_once(plain))
    dates, plain = dates_of(plain)
    pieces = _TOKEN.findall(plain)
    quantities: list[tuple[Quantity, int, int]] = []  # with its first piece and the one after
    periods: set[str] = set()
    words: list[str] = []
    place = 0
    while place < len(pieces):
        value, length = _number(pieces, place)
        if length:
            unit, extra = _unit(pieces, place, length)
            end = place + length + extra[1]
            quantities.append((Quantity(value * extra[0], unit), place, end))
            place = end
            continue
        word = pieces[place]
        period = _period(pieces, place)
        if period:
            periods.add(period)
        if word[0].isalnum() and not (word in _UNITS and _UNITS[word] in _CURRENCIES):
            words.append(word)
        place += 1
    return Facts(
        tuple(words),
        tuple(stem(word) for word in words),
        frozenset(_shared(quantities, pieces)),
        dates,
        frozenset(periods),
    )


def _number(pieces: list[str], place: int) -> tuple[float, int]:
    """The number that begins at `place`, and of how many pieces it is; 0 if there is none."""
    word = pieces[place]
    if _DIGITS.match(word):
        return _value(word), 1
    if word in _DECADES:
        rest = pieces[place + 1 : place + 3]
        for skip, one in enumerate(rest):
            if one == "-":
                continue
            if 0 < _NUMBER_WORDS.get(one, 0) < 10:
                return _NUMBER_WORDS[word] + _NUMBER_WORDS[one], skip + 2
            break
    if word in _NUMBER_WORDS and not (
        word == "one" and place + 1 < len(pieces) and pieces[place + 1] in ("of", "'s")
    ):
        return float(_NUMBER_WORDS[word]), 1
    return 0.0, 0


def pieces_of(text: str) -> list[str]:
    """Its words as stems and its numbers in one way of writing, in order."""
    pieces = _TOKEN.findall(said_once(comparable(text)))
    found: list[str] = []
    place = 0
    while place < len(pieces):
        value, length = _number(pieces, place)
        if length:
            found.append(f"{value:g}")
        elif pieces[place][0].isalpha():
            found.append(stem(pieces[place]))
        place += length or 1
    return found


def _value(digits: str) -> float:
    """“1,250,000.00” and “1.250.000,00” as numbers; “9,6” is a decimal, “4,800” is not."""
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", digits):
        return float(digits.replace(",", ""))
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+,\d+", digits) or re.fullmatch(
        r"\d{1,3}(?:\.\d{3}){2,}", digits
    ):
        return float(digits.replace(".", "").replace(",", "."))
    try:
        return float(digits.replace(",", ".").rstrip("."))
    except ValueError:  # 1.2.3, a number of a clause
        return float(re.sub(r"\D", "", digits))


def _unit(pieces: list[str], place: int, length: int) -> tuple[str, tuple[float, int]]:
    """The unit of a number, the scale that multiplies it, and how many pieces both take."""
    before = pieces[place - 1] if place else ""
    after = pieces[place + length : place + length + 3]
    scale, taken = 1.0, 0
    if after and after[0] in _SCALES:
        scale, taken = float(_SCALES[after[0]]), 1
    currency = _UNITS.get(before, "")
    if currency in _CURRENCIES:
        return currency, (scale, taken)
    if pieces[place] in ("once", "twice", "thrice"):
        return "times", (scale, 0)
    for skip, one in enumerate(after[taken:]):
        if one in _UNITS:
            return _UNITS[one], (scale, taken + skip + 1)
        if one not in ("business", "working", "calendar", "full", "consecutive", "clear", "u", "."):
            break
    return "", (scale, taken)


def _shared(found: list[tuple[Quantity, int, int]], pieces: list[str]) -> Iterator[Quantity]:
    """In “2 to 4 weeks” the unit stands once and belongs to both."""
    for place, (one, start, end) in enumerate(found):
        if not one.unit and place + 1 < len(found):
            following, next_start, _ = found[place + 1]
            between = pieces[end:next_start]
            if between and set(between) <= {"to", "or", "and", "-", ","}:
                yield Quantity(one.value, following.unit)
                continue
        if not one.unit and place and "which" in pieces[found[place - 1][2] : start]:
            yield Quantity(one.value, found[place - 1][0].unit)  # “25 days, of which up to 5”
            continue
        yield one


def _period(pieces: list[str], place: int) -> str:
    word = pieces[place]
    if word in _PERIODS:
        return _PERIODS[word]
    if word in _PER:
        for one in pieces[place + 1 : place + 3]:
            if one in _UNITS and _UNITS[one] != "times":
                return _UNITS[one]
            if _DIGITS.match(one) or one in _NUMBER_WORDS:
                break
            if word in ("a", "an"):
                break
    return ""


def stem(word: str) -> str:
    """“days’”, “Days” and “day” alike; a rough English stem."""
    word = _IRREGULAR.get(word, word)
    for ending in ("'s", "ing", "ies", "es", "ed", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM - 1:
            return word.removesuffix(ending)
    return word.removesuffix("e") if len(word) > _SHORTEST_STEM else word
