"""From the characters on a page to the words that people search for.

The page's own characters are never changed: spans point at them. What is repaired here is a copy
that the encoders and the keyword index read.
"""

import re
import unicodedata

# PDFium marks a hyphen at a line end as U+FFFE; U+00AD is the soft hyphen.
_LINE_END_HYPHEN = re.compile(r"(\w+)(?:-|\u00ad|\ufffe|\u2010)[ \t]*\r?\n[ \t]*(\w+)")
_SOFT_HYPHEN = re.compile("(?<=\\w)[\u00ad\ufffe](?=\\w)")
_WORD = re.compile(r"\w+")
_WHITE_SPACE = re.compile(r"\s+")
# Invisible characters and those that turn the direction of writing: zero width, bidi controls,
# Unicode tags and other control characters. Text hides in them.
_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b\u000e-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff"
    "\U000e0000-\U000e007f]"
)


def words_of(text: str) -> frozenset[str]:
    """All words of `text`, case folded: what `searchable` decides hyphens by."""
    return frozenset(word.casefold() for word in _WORD.findall(text))


def searchable(text: str, vocabulary: frozenset[str] = frozenset()) -> str:
    """`text` in one line: line-end hyphens closed, ligatures opened, invisible characters gone.

    A hyphen at a line end is kept ("long-term") if the document knows both halves as words and
    not their join; else it is closed ("termi-nation" becomes "termination").
    """

    def close(match: re.Match[str]) -> str:
        head, tail = match.group(1), match.group(2)
        joined = head + tail
        is_compound = (
            head.casefold() in vocabulary
            and tail.casefold() in vocabulary
            and joined.casefold() not in vocabulary
        )
        if is_compound or not tail[0].islower():
            return f"{head}-{tail}"
        return joined

    closed = _LINE_END_HYPHEN.sub(close, text)
    plain = _INVISIBLE.sub("", _SOFT_HYPHEN.sub("", closed))
    return _WHITE_SPACE.sub(" ", unicodedata.normalize("NFKC", plain)).strip()


def comparable(text: str) -> str:
    """`text` for comparing quotes: as `searchable`, quotes and dashes made plain, case folded."""
    plain = searchable(text).translate(_PLAIN_PUNCTUATION)
    return plain.casefold()


_PLAIN_PUNCTUATION = str.maketrans(
    {"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u2010": "-", "\u2011": "-"}
)
