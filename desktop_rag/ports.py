"""What the services need from the world, as Protocols. Each has one or more adapters."""

from collections.abc import Generator, Iterator, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from desktop_rag.domain import (
    Chunk,
    Document,
    DocumentFile,
    DownloadProgress,
    Hit,
    LibraryEntry,
    ModelFile,
    ModelIdentity,
    ModelSource,
    PageImage,
    PageProgress,
    PageRecord,
    Prompt,
    ReadDocument,
    Span,
)

Vectors = NDArray[np.float32]


class PageReader(Protocol):
    """Reads files that nobody vouches for."""

    def read(
        self, path: Path, *, passwords: Sequence[str], ocr: bool
    ) -> Generator[PageProgress, None, ReadDocument]:
        """Yield progress page by page and return all pages.

        A page that cannot be read is returned as such, with its reason. Raises NeedsPassword or
        UnreadableDocument if the file as a whole cannot be opened.
        """

    def render(
        self, path: Path, page_number: int, spans: Sequence[Span], *, scale: float
    ) -> PageImage:
        """The page drawn at `scale` pixels per point, with rectangles around the spans on it."""

    def close(self) -> None:
        """End whatever the reader keeps running."""


class Embedder(Protocol):
    """A bi-encoder: texts to unit vectors, question and passage apart."""

    @property
    def identity(self) -> ModelIdentity: ...

    @property
    def dimension(self) -> int: ...

    @property
    def max_tokens(self) -> int:
        """Wordpieces that it reads of a text, special tokens included."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Wordpieces of each text, special tokens not counted."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, shape (len(texts), dimension), in the order of `texts`."""


class Reranker(Protocol):
    """A cross-encoder: reads question and passage together."""

    @property
    def identity(self) -> ModelIdentity: ...

    def score(self, question: str, passages: Sequence[str]) -> NDArray[np.float32]:
        """One logit a passage, in the order given; its sigmoid reads as relevance."""


class LanguageModel(Protocol):
    """Writes text. One completion at a time."""

    @property
    def identity(self) -> ModelIdentity: ...

    @property
    def context_tokens(self) -> int: ...

    @property
    def is_small(self) -> bool:
        """True below about a billion parameters: it needs examples and one short passage."""

    def count_tokens(self, prompt: Prompt) -> int:
        """Tokens of the prompt with the model's own template around it."""

    def write(self, prompt: Prompt, *, max_tokens: int) -> Iterator[str]:
        """Yield the answer piece by piece. Closing the iterator stops the model."""


class ChunkStore(Protocol):
    """Chunks with their vectors, searchable by meaning and by words."""

    def add(self, chunks: Sequence[Chunk], vectors: Vectors) -> None:
        """Store the chunks in one step; they are on the disk when this returns."""

    def replace(self, document_id: str, chunks: Sequence[Chunk], vectors: Vectors) -> None:
        """As `add`, in the place of all earlier chunks of their document; in one step too."""

    def delete(self, document_ids: Sequence[str]) -> None:
        """Take the documents' chunks out of every search."""

    def compact(self, *, purge: bool) -> None:
        """Merge small files and bring the indexes up to date.

        With `purge`, nothing that was deleted is left on the disk; without, older versions of
        the last minutes stay for those who read them.
        """

    def dense(self, vector: Vectors, top: int, document_ids: Sequence[str] | None) -> list[Hit]:
        """The nearest chunks by cosine, best first; None searches all documents."""

    def keyword(
        self, question: str, vector: Vectors, top: int, document_ids: Sequence[str] | None
    ) -> list[Hit]:
        """The best chunks by BM25, best first; `vector` gives each its cosine too."""

    def chunk_counts(self) -> dict[str, int]:
        """Chunks stored for each document id."""


class Ledger(Protocol):
    """The commit record: a document exists when it is written here."""

    def entries(self) -> list[LibraryEntry]:
        """All documents, by path."""

    def document_ids(self) -> list[str]:
        """The ids of all documents, by path."""

    def entries_of(self, document_ids: Sequence[str]) -> list[LibraryEntry]:
        """Those of these documents that exist, in the order of the ids, each once."""

    def entry(self, document_id: str) -> LibraryEntry | None: ...

    def pages(self, document_id: str) -> list[PageRecord]:
        """What is known of each page, in order."""

    def file_at(self, path: Path) -> DocumentFile | None: ...

    def collections(self) -> dict[str, int]:
        """Names of the collections with their own number of documents, empty ones included."""

    def create_collection(self, name: str) -> None:
        """Let the collection exist, with or without documents."""

    def rename_collection(self, name: str, new_name: str) -> None:
        """Move the collection and all below it, with their files."""

    def delete_collection(self, name: str) -> None:
        """Forget the collection and all below it; those that hold documents stay."""

    def move(self, document_ids: Sequence[str], collection: str) -> None:
        """Put all files of the documents into the collection; the ones they leave still exist."""

    def record(
        self, document: Document, pages: Sequence[PageRecord], file: DocumentFile
    ) -> list[str]:
        """Write the document and its file in one transaction.

        Returns the ids of documents that no file shows any more; they are gone from the ledger.
        """

    def link(self, file: DocumentFile) -> list[str]:
        """Note one more place (or another collection) of a known document; returns as `record`."""

    def remove(self, document_id: str) -> None:
        """Forget the document and its files."""

    def embedder(self) -> ModelIdentity | None:
        """The model whose vectors the library holds, if any."""

    def set_embedder(self, identity: ModelIdentity) -> None: ...


class ModelFetcher(Protocol):
    """Brings files from elsewhere: the one port that uses the network."""

    def fetch(
        self, source: ModelSource, files: Sequence[ModelFile], into: Path
    ) -> Generator[DownloadProgress, None, None]:
        """Put the files under `into`, going on where an earlier call was cut off.

        Raises DownloadFailed. What arrives is not checked here.
        """
