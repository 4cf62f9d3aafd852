"""What a sentence must hold to be a row of a table: a deadline, an amount, these very words."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from desktop_rag.pipeline.keywords import keyword_query
from desktop_rag.pipeline.kinds import kind_named
from desktop_rag.pipeline.normalising import comparable
from desktop_rag.pipeline.whole_questions import WholeQuestion

# Beside the small words of English, which `keyword_query` leaves out.
_SMALL = frozenset(
    "all every each any word words term phrase passage passages important relevant given mentioned"
    " named found there der die das den dem des ein eine einen und oder im in mit von vom zu alle"
    " wort begriff le la les l un une des du de d et ou dans avec mot terme my mr mrs ms dr".split()
)
_ANY_DOCUMENT = frozenset(
    "document documents file files pdf it this that dokument dokumente dokuments datei akte diesem"
    " fichier dossier ce cet cette ces".split()
)
_WORD = re.compile(r"\w+")
_FEWEST_LETTERS_OF_A_STEM = 4
_ENDINGS = frozenset(
    ["", *"s es y ies ie ic e en n er ern em ed d ing al ung ungen ion ions aux x".split()]
)


@dataclass(frozen=True, slots=True)
class Sought:
    """What a row must hold.

    Attributes:
        query: what the cross-encoder compares sentences with.
        words: those of it that tell what is meant.
        holds: whether a sentence can be a row.
        decides: whether `holds` alone makes it one, so that nothing need be compared.
        has_form: whether what is sought has a form of its own, which `holds` looks for.
    """

    query: str
    words: tuple[str, ...]
    holds: Callable[[str], bool]
    decides: bool
    has_form: bool = False

    def is_named(self, sentence: str) -> bool:
        """Whether the sentence has all words that tell what is meant."""
        return bool(self.words) and _has_all(self.words, sentence)


def sought_by(asked: WholeQuestion) -> Sought:
    """What the rows of the answer to a question about whole documents must hold."""
    words = tuple(_telling(asked.target))
    if asked.literal:
        has_all = partial(_has_all, words)
        return Sought(asked.target, words, has_all, decides=bool(words))
    kind = None if asked.of_documents else kind_named(asked.target)
    if kind is not None:
        rest = _telling(kind.called.sub(" ", asked.target))
        return Sought(asked.target, words, kind.is_in, not rest, has_form=True)
    return Sought(asked.target, words, lambda sentence: True, decides=False)


def has_words(name: str, text: str) -> bool:
    """Whether `text` has all words of a name (“the lease of 2021”), which must have some."""
    words = [word for word in _telling(name) if word not in _ANY_DOCUMENT]
    return bool(words) and _has_all(words, text)


def _telling(text: str) -> list[str]:
    """The words that say what is meant, as `comparable` writes them."""
    words = _WORD.findall(comparable(keyword_query(text)))
    return [word for word in words if word not in _SMALL]


def _has_all(words: Sequence[str], sentence: str) -> bool:
    """Whether the sentence has each of the words, in one of its forms."""
    there = _WORD.findall(comparable(sentence))
    return all(any(_are_forms(word, one) for one in there) for word in words)


def _are_forms(word: str, other: str) -> bool:
    """Whether two words differ at most in an ending: “lease”, “leases”; “allergy”, “allergic”."""
    if word == other:
        return True
    common = next(
        (place for place, pair in enumerate(zip(word, other, strict=False)) if pair[0] != pair[1]),
        min(len(word), len(other)),
    )
    return any(
        stem >= _FEWEST_LETTERS_OF_A_STEM and {word[stem:], other[stem:]} <= _ENDINGS
        for stem in (common, common - 1)  # the endings may begin alike: “ies”, “ic”
    )
