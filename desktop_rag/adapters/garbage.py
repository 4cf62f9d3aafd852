"""Whether a page's text layer is garbage: its fonts say other characters than they show.

Judged is what no writing looks like, so that other scripts, tables, code and formulas pass: too
little text to tell, or a script that is not known here, is never garbage.
"""

import re
import unicodedata
from collections import Counter

_GLYPH_NAME = re.compile(r"\(cid:\d+\)|/(?:g|G|c|C|cid|glyph|uni|index)[0-9A-Fa-f]{1,5}\b")
_WORD = re.compile(r"[^\W\d_]+")
# No codes: those have digits in them, or are longer.
_LATIN_WORD = re.compile(r"(?<!\w)[a-z]{2,20}(?!\w)")
_LINE = re.compile(r"([^\w\s])(?:\s*\1){2,}")  # dots and dashes that lead the eye are no text
_HARMLESS = frozenset("\t\n\r\f\u00ad\u200b\u200c\u200d\u200e\u200f\ufeff\ufffe\x02")
_NO_CHARACTER = frozenset({"Co", "Cn", "Cs", "Cc"})
_VOWELS = frozenset("aeiouy")
# Pairs of letters that European languages are made of; about three quarters of any text in one.
_COMMON_PAIRS = frozenset(
    "th he in er an re on at en nd ti es or te of ed is it al ar st to nt ng se ha as ou io le ve "
    "co me de hi ri ro ic ne ea ra ce li ch ll be ma si om ur ca el ta la ns di fo ho pe ec pr no "
    "ct us ac ot il tr ly nc et ut ss so rs un lo wa ge ie wh ee wi em ad ol rt po we na ul ni ts "
    "mo ow pa im mi ai sh ir su id os iv ia am fi ci vi pl ig tu ev ld ry mp fe bl ab gh ty op wo "
    "sa ay ex ke ei ue qu do da ag ap av ck cu do du ef ep ft go gr gi ga ja je ka ki ko ku lu mu "
    "nu ru sc sk sp sz cz sw ub uc ud ui um up va vo vr wy za ze zi zo zu zn aa ij oo ij ny dz rz "
    "gl br dr kr fr cl fl eg eb ba bi bo bu bj".split()
)
_SIGNS = 12
_LETTERS = 80
_MOST_NO_CHARACTERS = 0.25
_MOST_GLYPH_NAMES = 0.3
_MOST_ACCENTED = 0.6
_FEWEST_LETTERS_AND_DIGITS = 0.3
_FEWEST_VOWELS = 0.2
_PAIRS = 150
_FEWEST_PAIRS = 0.4
_FEWEST_PAIRS_WITHOUT_VOWELS = 0.55
_LATIN_SHARE = 0.8
_MOST_MIXED_WORDS = 0.3


def is_garbage(text: str) -> bool:
    """Whether the text of a page says nothing that a reader of the page would see on it."""
    signs = [sign for sign in text if not sign.isspace()]
    if len(signs) < _SIGNS:
        return False
    return (
        _no_characters(signs) > _MOST_NO_CHARACTERS
        or _glyph_names(text, len(signs)) > _MOST_GLYPH_NAMES
        or _is_soup([sign for sign in _LINE.sub("", text) if not sign.isspace()])
        or _is_no_latin(text)
        or _mixes_scripts(text)
    )


def _no_characters(signs: list[str]) -> float:
    """Share of what stands for no character: private use, replacement, control, unassigned."""
    counts = Counter(signs)
    bad = sum(
        count
        for sign, count in counts.items()
        if sign not in _HARMLESS
        and (sign == "\ufffd" or unicodedata.category(sign) in _NO_CHARACTER)
    )
    return bad / len(signs)


def _glyph_names(text: str, signs: int) -> float:
    return sum(len(match.group()) for match in _GLYPH_NAME.finditer(text)) / signs


def _is_soup(signs: list[str]) -> bool:
    """Many different marks and hardly a letter or digit among them."""
    if len(signs) < _LETTERS:
        return False
    marks = [sign for sign in signs if not unicodedata.category(sign).startswith(("L", "N", "M"))]
    return len(set(marks)) >= _SIGNS and 1 - len(marks) / len(signs) < _FEWEST_LETTERS_AND_DIGITS


def _is_no_latin(text: str) -> bool:
    """Latin letters in an order that no language has: those of another alphabet, or shifted."""
    all_letters = "".join(_WORD.findall(text))
    letters = [sign for sign in all_letters if sign < "\u0250"]
    if len(letters) < max(_LETTERS, _LATIN_SHARE * len(all_letters)):
        return False
    if sum("\u0080" <= sign <= "\u00ff" for sign in letters) > _MOST_ACCENTED * len(letters):
        return True
    plain = _without_accents("".join(letters))
    vowels = sum(sign in _VOWELS for sign in plain) / max(len(plain), 1)
    fewest = _FEWEST_PAIRS_WITHOUT_VOWELS if vowels < _FEWEST_VOWELS else _FEWEST_PAIRS
    return _common_pairs(_without_accents(text)) < fewest


def _common_pairs(text: str) -> float:
    """Share of the pairs of letters that are common ones; 1 if there are too few to tell."""
    words = _LATIN_WORD.findall(text)
    pairs = [word[at : at + 2] for word in words for at in range(len(word) - 1)]
    if len(pairs) < _PAIRS:
        return 1.0
    return sum(pair in _COMMON_PAIRS for pair in pairs) / len(pairs)


def _without_accents(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text.lower())
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def _mixes_scripts(text: str) -> bool:
    """Words made of letters of several scripts: one language mixes none inside a word."""
    words = [word for word in _WORD.findall(text) if len(word) > 2]
    if sum(map(len, words)) < _LETTERS:
        return False
    return sum(len(_scripts(word)) > 1 for word in words) > _MOST_MIXED_WORDS * len(words)


def _scripts(word: str) -> frozenset[str]:
    return frozenset(_script(sign) for sign in set(word)) - {"", "CJK", "GREEK"}


def _script(sign: str) -> str:
    if sign.isascii():
        return "LATIN"
    name = unicodedata.name(sign, "").split(" ")[0]
    if name in ("HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "HANGUL", "HALFWIDTH", "FULLWIDTH"):
        return "CJK"
    return name if unicodedata.category(sign) in ("Ll", "Lu", "Lo") else ""
