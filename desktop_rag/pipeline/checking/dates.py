"""Dates, however they are written."""

import re
from dataclasses import dataclass

_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
_MONTHS = (
    "january february march april may june july august september october november december"
).split()
# “up to five (5) may be carried over” is no date
_MONTH = "|".join(_MONTHS).replace("may", r"may(?! (?:be|not|have|only|also|elect)\b)")
_DAY_WORDS = {word: place for place, word in enumerate(_ORDINALS, start=1)}
_DAY_WORD = re.compile(rf"\b({'|'.join(_ORDINALS)})(?= (?:day )?of (?:{_MONTH})\b)")
_DATES = (
    re.compile(
        rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?: day)?(?: of)? (?P<m>{_MONTH})"
        r"(?:,? (?P<y>\d{4}))?\b"
    ),
    re.compile(rf"\b(?P<m>{_MONTH}) (?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:,? (?P<y>\d{{4}}))?\b"),
    re.compile(rf"\b(?P<m>{_MONTH}) (?P<y>\d{{4}})\b"),
    re.compile(r"\b(?P<y>\d{4})-(?P<n>\d{2})-(?P<d>\d{2})\b"),
    re.compile(r"\b(?P<d>\d{1,2})\.(?P<n>\d{1,2})\.(?P<y>\d{4})\b"),
    # with slashes only where the order of day and month cannot be mistaken
    re.compile(r"\b(?P<d>1[3-9]|2\d|3[01])/(?P<n>0?[1-9]|1[0-2])/(?P<y>\d{4})\b"),
    re.compile(r"\b(?P<n>0?[1-9]|1[0-2])/(?P<d>1[3-9]|2\d|3[01])/(?P<y>\d{4})\b"),
)


@dataclass(frozen=True, slots=True)
class Date:
    """A day, a month and a year; 0 for what is not said."""

    day: int
    month: int
    year: int


def dates_of(text: str) -> tuple[frozenset[Date], str]:
    """The dates of a text in small letters, and the text without them."""
    found: set[Date] = set()
    plain = _DAY_WORD.sub(lambda match: str(_DAY_WORDS[match.group()]), text)
    for pattern in _DATES:
        plain = pattern.sub(lambda match: _note(found, match), plain)
    return frozenset(found), plain


def _note(dates: set[Date], match: re.Match[str]) -> str:
    parts = match.groupdict()
    month = int(parts["n"]) if parts.get("n") else _MONTHS.index(parts["m"]) + 1
    dates.add(Date(int(parts.get("d") or 0), month, int(parts.get("y") or 0)))
    return " "
