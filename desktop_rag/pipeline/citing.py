"""Check an answer against the passages: what the model says is never taken on trust."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from desktop_rag.domain import Passage, Support
from desktop_rag.pipeline.evidence import sentence_texts, sentences
from desktop_rag.pipeline.normalising import comparable, searchable
from desktop_rag.pipeline.segmenting import sentence_ranges

_MARKER = re.compile(r"\s*\[\s*(\d{1,3}(?:\s*[,;]\s*\d{1,3})*)\s*\]")
_WORD = re.compile(r"[^\W_]+(?:[.,'’]?[^\W_]+)*")
_NUMBER = re.compile(r"\d")
_NUMBER_WORDS = {
    word: str(value)
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen twenty".split()
    )
} | {
    word: str(10 * value)
    for value, word in enumerate("thirty forty fifty sixty seventy eighty ninety".split(), start=3)
}
_COMPOUND = re.compile(
    r"\b(twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)[- ]"
    r"(one|two|three|four|five|six|seven|eight|nine)\b"
)
_ENOUGH_WORDS = 0.7
_SHORTEST_STEM = 4


@dataclass(frozen=True, slots=True)
class CheckedSentence:
    """A sentence without its markers, the verdict, and which passages (by place) bear it out."""

    text: str
    support: Support
    sources: tuple[int, ...]


def check_answer(
    text: str, passages: Sequence[Passage], issued: int, question: str = ""
) -> list[CheckedSentence]:
    """Each sentence of `text` with its support.

    Markers [n] name passages from 1; only the first `issued` were given to the model, and a
    marker that was not given is removed. A sentence is verified if a passage that it names (or,
    where it names none, any)
    holds, in one of its own sentences, every number, the negation and most of the other words:
    words from two clauses put together say what neither says.
    """
    words_of = [_sentence_words(passage) for passage in passages]
    asked = _words(question)
    checked: list[CheckedSentence] = []
    for start, end in sentence_ranges(_markers_inside(text)):
        sentence = _markers_inside(text)[start:end]
        plain = " ".join(_MARKER.sub("", sentence).split())
        if not any(character.isalnum() for character in plain):
            continue
        named = [number - 1 for number in _marked(sentence) if 0 < number <= issued]
        scored = {
            index: max(support_score(plain, words, asked) for words in words_of[index])
            for index in (named or range(len(passages)))
        }
        best = max(scored, key=lambda index: scored[index], default=None)
        if best is not None and scored[best] >= _ENOUGH_WORDS:
            sources = tuple(i for i in named if scored[i] >= _ENOUGH_WORDS) or (best,)
            checked.append(CheckedSentence(plain, Support.VERIFIED, sources))
        else:
            checked.append(CheckedSentence(plain, Support.UNSUPPORTED, ()))
    return checked


def support_score(
    sentence: str, passage_words: frozenset[str], asked: frozenset[str] = frozenset()
) -> float:
    """Share of the sentence's content words in the passage's.

    It is 0 if a number is missing, if only one of the two is negated, or if a word that turns the
    meaning (“may” for “must”, “before” for “after”) is neither there nor in the question (`asked`).
    """
    words = _words(sentence)
    content = words - _STOP_WORDS - _NEGATIONS
    if not content:
        return 0.0
    if any(_NUMBER.search(word) and word not in passage_words for word in content):
        return 0.0
    if bool(words & _NEGATIONS) != bool(passage_words & _NEGATIONS):
        return 0.0
    if (words & _DECISIVE) - passage_words - asked:
        return 0.0
    return len(content & passage_words) / len(content)


def _sentence_words(passage: Passage) -> list[frozenset[str]]:
    """The words of each sentence of the passage, each with those of its heading."""
    heading = _words(passage.chunk.heading)
    return [heading | _words(text) for text in sentence_texts(passage.chunk)]


def best_quote(statement: str, question: str, passage: Passage) -> tuple[int, int]:
    """The range of `passage.chunk.text` with the sentence that bears a statement out best."""
    said, asked = _words(statement) - _STOP_WORDS, _words(question) - _STOP_WORDS

    def closeness(bounds: tuple[int, int]) -> float:
        words = _words(searchable(passage.chunk.text[slice(*bounds)]))
        return 2 * len(said & words) + len(asked & words) - 0.01 * len(words)

    return max(sentences(passage.chunk), key=closeness)


def _markers_inside(text: str) -> str:
    """Markers moved before the full stop that they follow, so that they stay in their sentence."""
    return re.sub(r"([.!?])((?:\s*\[[\d,;\s]+\])+)", r"\2\1", text)


def _marked(sentence: str) -> list[int]:
    return [
        int(number)
        for group in _MARKER.findall(sentence)
        for number in re.split(r"\s*[,;]\s*", group)
    ]


def _words(text: str) -> frozenset[str]:
    """Words reduced so that “days’”, “Days” and “day” meet, and “sixty” and “60”."""
    found: set[str] = set()
    plain = _COMPOUND.sub(_as_digits, comparable(text).replace("n't", " not"))
    for match in _WORD.finditer(plain):
        word = match.group()
        found.add(_NUMBER_WORDS.get(word, _stem(word)))
    return frozenset(found)


def _as_digits(match: re.Match[str]) -> str:
    return str(int(_NUMBER_WORDS[match.group(1)]) + int(_NUMBER_WORDS[match.group(2)]))


def _stem(word: str) -> str:
    if _NUMBER.search(word):
        return word.replace(",", "")
    for ending in ("'s", "ing", "ies", "es", "ed", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM - 1:
            return word.removesuffix(ending)
    return word.removesuffix("e") if len(word) > _SHORTEST_STEM else word


def _stems(words: str) -> frozenset[str]:
    return frozenset(_stem(word) for word in words.split())


_NEGATIONS = _stems("not no never nor neither without cannot none unless except")
# Words that turn what a sentence says: one that the page does not have is no small matter.
_DECISIVE = _stems(
    "may must shall should before after during only under over more less most least always "
    "sometimes all some"
)
_STOP_WORDS = _stems(
    "a an and any are as at be been but by can could did do does for from had has have he her his "
    "how i if in into is it its may might more most must of on only or our shall she should so "
    "such than that the their them then there these they this those to under up was we were what "
    "when where which who will with would you your after before during upon within"
)
