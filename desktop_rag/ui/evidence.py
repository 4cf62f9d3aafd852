"""Places in documents as cards: quote, document, page, and how well it fits."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop_rag.domain import Answer, Citation, Passage, PassagePlace, Span
from desktop_rag.ui import words

_MOST_CARDS = 8


@dataclass(frozen=True, slots=True)
class EvidenceCard:
    """A place that bears on the question. `marker` is its number in the answer, 0 if it has none.

    `spans` are the exact characters of `quote`; `alike` says where the same stands once more;
    `hidden` is as in `domain.Evidence`.
    """

    marker: int
    document_id: str
    path: Path
    pages: tuple[int, ...]
    page_labels: tuple[str, ...]
    quote: str
    spans: tuple[Span, ...]
    strength: str
    bates: tuple[str, ...] = ()
    ocr: tuple[bool, ...] = ()
    alike: tuple[PassagePlace, ...] = ()
    hidden: bool = False

    @property
    def where(self) -> str:
        """“Lease.pdf, p. iv (page 6 in the file)”."""
        return f"{self.path.name}, {words.place(self)}"


def cards_of_passages(passages: Sequence[Passage]) -> list[EvidenceCard]:
    """A card for each passage, with its best sentence if it has one."""
    return [_card_of_passage(passage) for passage in passages[:_MOST_CARDS]]


def cards_of_answer(answer: Answer) -> list[EvidenceCard]:
    """The numbered places first, then the passages that the answer does not cite."""
    cards = [_card_of_citation(citation, answer.passages) for citation in answer.citations]
    cited = {(span.page, card.document_id) for card in cards for span in card.spans}
    for card in cards_of_passages(answer.passages):
        if not any((span.page, card.document_id) in cited for span in card.spans):
            cards.append(card)
    return cards[:_MOST_CARDS]


def cards_of_table(answer: Answer) -> list[EvidenceCard]:
    """A card for each row of an answer about whole documents."""
    return [_card_of_citation(citation, ()) for citation in answer.table]


def _card_of_passage(passage: Passage) -> EvidenceCard:
    chunk = passage.chunk
    quote, spans = chunk.plain_text, chunk.spans
    if passage.evidence:
        quote, spans = passage.evidence[0].text, (passage.evidence[0].span,)
    pages = tuple(sorted({span.page for span in spans}))
    places = [chunk.pages.index(page) for page in pages]
    return EvidenceCard(
        marker=0,
        document_id=chunk.document_id,
        path=passage.path,
        pages=pages,
        page_labels=tuple(passage.page_labels[place] for place in places),
        bates=tuple(passage.bates[place] for place in places if passage.bates),
        ocr=tuple(passage.ocr[place] for place in places if passage.ocr),
        quote=" ".join(quote.split()),
        spans=spans,
        strength=words.strength_of(passage),
        alike=passage.alike,
        hidden=passage.gist_is_hidden,
    )


def _card_of_citation(citation: Citation, passages: Sequence[Passage]) -> EvidenceCard:
    cited = next((passage for passage in passages if _holds(passage, citation)), None)
    return EvidenceCard(
        marker=citation.marker,
        document_id=citation.document_id,
        path=citation.path,
        pages=citation.pages,
        page_labels=citation.page_labels,
        bates=citation.bates,
        ocr=citation.ocr,
        quote=" ".join(citation.quote.split()),
        spans=citation.spans,
        strength=words.strength_of(cited) if cited else "",
        alike=cited.alike if cited else (),
        hidden=citation.hidden,
    )


def _holds(passage: Passage, citation: Citation) -> bool:
    return passage.chunk.document_id == citation.document_id and bool(
        set(citation.pages) & set(passage.chunk.pages)
    )
