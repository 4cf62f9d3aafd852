"""Check an answer against the passages: what the model says is never taken on trust."""

import re
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from desktop_rag.domain import Chunk, Passage, Support
from desktop_rag.pipeline.checking.bearing import Bearing, bearing
from desktop_rag.pipeline.checking.statements import statement
from desktop_rag.pipeline.evidence import sentence_texts, sentences
from desktop_rag.pipeline.hiding import as_seen
from desktop_rag.pipeline.normalising import comparable
from desktop_rag.pipeline.planted import planted_in
from desktop_rag.pipeline.segmenting import sentence_ranges

_MARKER = re.compile(r"\s*\[\s*(\d{1,3}(?:\s*[,;]\s*\d{1,3})*)\s*\]")
_QUOTE = re.compile(r"[“„«\"]([^“”„«»\"]{12,}?)[”“»\"]")


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
    where it names none, any) bears it out by one of its own sentences (`bearing`), and has, word
    for word, what it quotes. What is not visible on its page, a question, and a sentence that
    speaks to a program bear nothing out.
    """
    seen = [as_seen(passage).chunk for passage in passages]
    sources_of = [_sources(chunk) for chunk in seen]
    checked: list[CheckedSentence] = []
    written = _markers_inside(text)
    for start, end in sentence_ranges(written):
        sentence = written[start:end]
        plain = " ".join(_MARKER.sub("", sentence).split())
        if not any(character.isalnum() for character in plain):
            continue
        named = [number - 1 for number in _marked(sentence) if 0 < number <= issued]
        scored = {
            index: _support(plain, sources_of[index], seen[index], question)
            for index in (named or range(len(passages)))
        }
        against = max((one.against for one in scored.values()), default=0.0)
        holding = [i for i, one in scored.items() if Bearing(one.support, against).holds]
        if holding:
            best = max(holding, key=lambda index: scored[index].support)
            sources = tuple(i for i in named if i in holding) or (best,)
            checked.append(CheckedSentence(plain, Support.VERIFIED, sources))
        else:
            checked.append(CheckedSentence(plain, Support.UNSUPPORTED, ()))
    return checked


def _support(sentence: str, sources: Sequence[str], chunk: Chunk, question: str) -> Bearing:
    """How a passage bears on the sentence, as `bearing`; not at all if it has not what is quoted.

    `sources`: the passage's sentences that may.
    """
    whole = comparable(chunk.titled_text)
    if any(comparable(quote) not in whole for quote in _QUOTE.findall(sentence)):
        return Bearing(0.0, 0.0)
    return bearing(sentence, sources, chunk.heading, question)


def _sources(chunk: Chunk) -> list[str]:
    """The chunk's sentences, but for questions and what speaks to a program."""
    texts, planted = sentence_texts(chunk), planted_in(chunk)
    return [
        text
        for text, is_out in zip(texts, planted, strict=True)
        if not is_out and not text.endswith("?")
    ]


def best_quote(claim: str, question: str, passage: Passage) -> tuple[int, int]:
    """The range of `passage.chunk.text` with the sentence that bears a claim out best."""
    said, asked = _facts(claim), _words(question)

    def closeness(bounds: tuple[int, int]) -> float:
        words = _facts(passage.chunk.text[slice(*bounds)])
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


def _facts(text: str) -> frozenset[Hashable]:
    """Its words, numbers and dates."""
    taken = statement(text)
    return taken.content | taken.facts.quantities | taken.facts.dates


def _words(text: str) -> frozenset[str]:
    return statement(text).content
