"""Words as a reader types them, found on a page as it is set: a pattern for the page's own text.

The pattern is matched on the text as it stands, so that what it finds are the characters of a
span. Case, accents, line breaks and hyphens at line ends make no difference.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping

# PDFium marks a hyphen at a line end as U+FFFE; U+00AD is the soft hyphen.
_HYPHENS = "-\u00ad\u2010\ufffe"
_INVISIBLE = "[\u0300-\u036f\u200b-\u200d\ufeff]*"
_LINE_END = rf"(?:[{_HYPHENS}][ \t]*\r?\n[ \t]*|[\u00ad\ufffe]\s*)?"
_BETWEEN_LETTERS = _INVISIBLE + _LINE_END
_BETWEEN_WORDS = rf"{_INVISIBLE}(?:\s|[\u00ad\ufffe]|[-\u2010](?=[ \t]*\r?\n))+"
# Characters that are typed in one way and set in several.
_DASHES, _APOSTROPHES, _QUOTES = "\u2010-\u2015\u2212", "‘’‚‛′", "“”„«»″"
_SET_AS = {
    "-": rf"[{_HYPHENS}{_DASHES}](?:[ \t]*\r?\n[ \t]*)?",
    "'": f"['{_APOSTROPHES}]",
    '"': f'["{_QUOTES}]',
}
_LIGATURES = {"ffi": "ﬃ", "ffl": "ﬄ", "ff": "ﬀ", "fi": "ﬁ", "fl": "ﬂ", "ss": "ß"}
_UNSEEN = re.compile("[\u00ad\u200b-\u200d\ufeff\ufffe]")  # copied from a page, not meant
# Latin with its extensions, Greek, Cyrillic.
_ACCENTED = (range(0xA0, 0x250), range(0x370, 0x530), range(0x1E00, 0x2000))


def pattern_for(text: str) -> re.Pattern[str] | None:
    """What finds `text` on a page; None if it holds nothing to look for."""
    words = [_plain(word) for word in text.split()]
    if not any(words):
        return None
    accented = _accented_letters()
    pattern = _BETWEEN_WORDS.join(_word_pattern(word, accented) for word in words if word)
    return re.compile(pattern, re.IGNORECASE)


def _word_pattern(word: str, accented: Mapping[str, str]) -> str:
    return _BETWEEN_LETTERS.join(_letter_patterns(word, accented)) + "[\u0300-\u036f]*"


def _letter_patterns(word: str, accented: Mapping[str, str]) -> Iterator[str]:
    place = 0
    while place < len(word):
        run = next((run for run in _LIGATURES if word.startswith(run, place)), word[place])
        letters = _BETWEEN_LETTERS.join(_one(letter, accented) for letter in run)
        yield f"(?:{_LIGATURES[run]}|{letters})" if run in _LIGATURES else letters
        place += len(run)


def _one(letter: str, accented: Mapping[str, str]) -> str:
    if letter in _SET_AS:
        return _SET_AS[letter]
    return f"[{letter}{accented[letter]}]" if letter in accented else re.escape(letter)


def _plain(word: str) -> str:
    """Without accents, case and ligatures; hyphens and quotes as they are typed."""
    for plain, variants in (("-", _DASHES), ("'", _APOSTROPHES), ('"', _QUOTES)):
        word = re.sub(f"[{variants}]", plain, word)
    for ligature, run in zip(_LIGATURES.values(), _LIGATURES, strict=True):
        word = word.replace(ligature, run)
    letters = unicodedata.normalize("NFD", _UNSEEN.sub("", word).casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _accented_letters() -> Mapping[str, str]:
    """For each letter its forms with accents."""
    forms: defaultdict[str, str] = defaultdict(str)
    for code in (code for codes in _ACCENTED for code in codes):
        plain = _plain(chr(code))
        if len(plain) == 1 and plain.isalnum() and plain != chr(code):
            forms[plain] += chr(code)
    return forms
