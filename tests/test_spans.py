"""Every chunk of every PDF points at exactly its own characters, as PDFium counts them.

The samples are always tried; `DESKTOP_RAG_PDFS` may name a folder of more PDFs.
"""

import os
from pathlib import Path

import pypdfium2
import pytest

from desktop_rag.adapters.onnx_encoders import OnnxEmbedder
from desktop_rag.adapters.page_reader import LocalPageReader, Ocr
from desktop_rag.domain import Evidence, ModelIdentity, Page, PageMethod, Span
from desktop_rag.errors import DocumentError
from desktop_rag.pipeline.chunking import chunk_pages
from desktop_rag.pipeline.evidence import best_evidence, sentences
from tests.conftest import ROOT, SAMPLES

MORE = os.environ.get("DESKTOP_RAG_PDFS")
FILES = sorted(SAMPLES.glob("*.pdf")) + (sorted(Path(MORE).rglob("*.pdf")) if MORE else [])


@pytest.fixture(scope="module")
def embedder() -> OnnxEmbedder:
    folder = ROOT / "resources" / "models" / "all-MiniLM-L6-v2"
    return OnnxEmbedder(folder, ModelIdentity("m", ""), 2)


def visible(text: str) -> str:
    return "".join(character for character in text if character.isalnum())


def no_ocr() -> Ocr:
    raise AssertionError("OCR is switched off here")


def pages_of(file: Path) -> list[Page]:
    try:
        document = LocalPageReader(no_ocr).open(file, (), ocr=False)
    except DocumentError as error:
        pytest.skip(error.message)
    pages = list(document.pages())
    document.close()
    return pages


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_spans_are_exact(file: Path, embedder: OnnxEmbedder) -> None:
    pages = pages_of(file)
    methods = {page.number: page.method for page in pages}
    texts = {page.number: page.text for page in pages}
    document = pypdfium2.PdfDocument(file) if PageMethod.PDFIUM in methods.values() else None

    def at(span: Span) -> str:
        text = texts[span.page][span.start : span.start + span.length]
        if document is not None and methods[span.page] is PageMethod.PDFIUM:
            own = document[span.page - 1].get_textpage().get_text_range(span.start, span.length)
            assert visible(own) == visible(text)  # PDFium leaves control characters out of a range
        return text

    chunks = chunk_pages("d", pages, embedder.count_tokens)
    for chunk in chunks:
        assert chunk.text == "\n".join(at(span) for span in chunk.spans)
        evidence: tuple[Evidence, ...] = best_evidence(chunk, [0.0] * len(sentences(chunk)), 3)
        assert evidence
        assert all(at(item.span) == item.text for item in evidence)
    lengths = embedder.count_tokens([chunk.titled_text for chunk in chunks])
    assert all(length + 2 <= embedder.max_tokens for length in lengths)
