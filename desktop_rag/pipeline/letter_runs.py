"""Pieces of words, for languages whose words the index cannot bring to their stems.

The index knows English endings alone, and takes a sentence without spaces for one word. So a word
of another language is also indexed, and asked for, as its runs of four letters: these are shared
by all its forms and by the compounds that hold it (“Mietvertrag”, “Verträge”). Chinese, Japanese,
Korean and Thai are cut into pairs of characters. Measured: docs/decisions/023.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from desktop_rag.domain import Chunk
from desktop_rag.pipeline.function_words import FUNCTION_WORDS

_WORD = re.compile(r"[^\W\d_]+")
_WITHOUT_SPACES = re.compile(
    "[\u3005\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\u0e01-\u0e46]+"
)
_TONES = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")  # Thai marks that the index splits at
_LETTERS = 4
_MARK = "zx"  # before each run: no word of a text is taken for one
_ENGLISH = frozenset(["", "en"])
_CUT_IN_PAIRS = frozenset(["zh", "ja", "ko", "th"])


def words_for_index(text: str, language: str) -> str:
    """The pieces of a passage in this language, for the index alone; "" for plain English."""
    small = FUNCTION_WORDS.get(language, frozenset())
    found = [*_pairs(text)]
    if language not in _ENGLISH | _CUT_IN_PAIRS:
        found += _runs_of(text, small)
    return " ".join(found)


def with_pieces(
    chunks: Sequence[Chunk], said: Sequence[str], languages: Sequence[str]
) -> list[Chunk]:
    """The chunks with the pieces of their words in a last line of what is searched.

    `said` are their languages, `languages` those of their document, whose first is taken for one
    that cannot be told.
    """
    main = next(iter(languages), "")
    pieces = [
        words_for_index(chunk.plain_text, language or main)
        for chunk, language in zip(chunks, said, strict=True)
    ]
    return [
        replace(chunk, searchable=f"{chunk.searchable}\n{more}") if more else chunk
        for chunk, more in zip(chunks, pieces, strict=True)
    ]


def words_for_query(question: str, languages: Collection[str]) -> str:
    """The same of a question that is asked of documents in these languages."""
    found = [*_pairs(question)]
    if set(languages) - _ENGLISH - _CUT_IN_PAIRS:
        found += dict.fromkeys(_runs_of(question, frozenset()))
    return " ".join(found)


def _runs_of(text: str, left_out: Collection[str]) -> Iterator[str]:
    for word in _WORD.findall(text):
        plain = word.casefold()
        if len(plain) >= _LETTERS and plain not in left_out:
            folded = _folded(plain)
            for start in range(max(len(folded) - _LETTERS + 1, 1)):
                yield _MARK + folded[start : start + _LETTERS]


def _folded(word: str) -> str:
    """Without accents: a text that was recognised from a picture may lack them."""
    letters = unicodedata.normalize("NFKD", word)
    return "".join(one for one in letters if not unicodedata.combining(one))


def _pairs(text: str) -> Iterator[str]:
    for run in _WITHOUT_SPACES.findall(_TONES.sub("", text)):
        for start in range(max(len(run) - 1, 1)):
            yield run[start : start + 2]
