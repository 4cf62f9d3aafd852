"""Which language a text is in, told by its letters and its small words.

A document has thousands of words; there every method is right, and this one needs nothing that
would have to be packed or loaded (measured: docs/decisions/023).
"""

import re
from collections import Counter
from collections.abc import Iterable

from desktop_rag.pipeline.function_words import FUNCTION_WORDS

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_LETTER = re.compile(r"[^\W\d_]")
_PLAIN = re.compile("[a-z']+")
# An alphabet of one language, or of one that is far more frequent than its neighbours.
_SCRIPTS = (
    ("ja", re.compile("[\u3041-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7a3\u1100-\u11ff]")),
    ("zh", re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")),
    ("th", re.compile("[\u0e00-\u0e7f]")),
    ("el", re.compile("[\u0370-\u03ff\u1f00-\u1fff]")),
    ("he", re.compile("[\u0590-\u05ff]")),
    ("ar", re.compile("[\u0600-\u06ff]")),
    ("hi", re.compile("[\u0900-\u097f]")),
)
_OF_PERSIAN = re.compile("[\u067e\u0686\u0698\u06af\u06cc]")
_OF_URDU = re.compile("[\u0679\u0688\u0691\u06ba\u06d2]")
# Letters that one language of our lists alone writes often.
_LETTERS_OF = {
    letter: code
    for code, letters in {
        "de": "ß", "es": "ñ¿", "pt": "ãõ", "hu": "őű", "pl": "łąęśż", "cs": "řěů", "sk": "ľŕĺ",
        "ro": "țșă", "tr": "ğış", "vi": "ơưạảấầậắặếềệịọốồộớờợụứừựỳỹ", "uk": "іїєґ", "ru": "ыэё",
    }.items()
    for letter in letters
}  # fmt: skip
_MOSTLY = 0.5  # of all letters
_KANA_AT_LEAST = 0.1  # of the letters: Japanese is written with more of them than Chinese cites
_LEAST_LETTERS = 40
_LEAST_HITS = 4  # small words; fewer are a name or a quotation
_LEAST_PART = 0.08  # of all words that are small words of the language
_LEAST_OWN = 2  # small words that the next language does not have …
_LEAST_LEAD = 1.5  # … and how many for each that only the next one has

_LANGUAGES_OF = {
    word: frozenset(code for code, words in FUNCTION_WORDS.items() if word in words)
    for words in FUNCTION_WORDS.values()
    for word in words
}
_NEVER_SAID = frozenset(["la"])  # maxims in a judgment; nobody's documents are in Latin

LEAST_PASSAGES = 3  # in a language, for it to be one of a document's
LEAST_SHARE = 0.1  # of the passages whose language is known


def language_of(text: str) -> str:
    """The two-letter code of the language (ISO 639-1); "" where it cannot be told."""
    letters = len(_LETTER.findall(text))
    if letters < _LEAST_LETTERS:
        return ""
    return _by_script(text, letters) or _by_small_words(text)


def languages_of(texts: Iterable[str]) -> tuple[str, ...]:
    """The languages of a document with these passages, the most frequent first.

    A quotation, a stray page and what cannot be told are left out.
    """
    return main_languages(map(language_of, texts))


def main_languages(said: Iterable[str]) -> tuple[str, ...]:
    """As `languages_of`, of passages whose languages are known."""
    found = Counter(filter(None, said))
    known = sum(found.values())
    least = max(known * LEAST_SHARE, min(LEAST_PASSAGES, known / 2))
    return tuple(code for code, count in found.most_common() if count >= least)


def _by_script(text: str, letters: int) -> str:
    counts = {code: len(pattern.findall(text)) for code, pattern in _SCRIPTS}
    if counts["ja"] >= _KANA_AT_LEAST * letters and counts["ja"] + counts["zh"] > _MOSTLY * letters:
        return "ja"
    code = max(counts, key=lambda one: counts[one])
    if counts[code] <= _MOSTLY * letters:
        return ""
    if code == "ar":
        return _of_arabic_letters(text, letters)
    return code


def _of_arabic_letters(text: str, letters: int) -> str:
    if len(_OF_URDU.findall(text)) > 0.03 * letters:
        return "ur"
    return "fa" if len(_OF_PERSIAN.findall(text)) > 0.03 * letters else "ar"


def _by_small_words(text: str) -> str:
    words = [word.casefold().replace("’", "'") for word in _WORD.findall(text)]
    heard = [
        codes | {_LETTERS_OF[one] for one in word if one in _LETTERS_OF}
        for word in words
        if (codes := _LANGUAGES_OF.get(word, frozenset())) or not _PLAIN.fullmatch(word)
    ]
    scores: dict[str, float] = {}
    for codes in heard:
        for code in codes:
            scores[code] = scores.get(code, 0.0) + 1.0 / len(codes)
    ranked = sorted(scores, key=lambda code: -scores[code])[:2]
    if not ranked or ranked[0] in _NEVER_SAID:
        return ""
    best, second = ranked[0], ranked[-1]
    hits = sum(best in codes for codes in heard)
    enough = hits >= _LEAST_HITS and hits >= _LEAST_PART * len(words)
    own = sum(best in codes and second not in codes for codes in heard)
    other = sum(second in codes and best not in codes for codes in heard)
    leads = len(ranked) == 1 or own >= max(_LEAST_OWN, _LEAST_LEAD * other)
    return best if enough and leads else ""
