"""What the services need from the world, as Protocols. Each has one or more adapters."""

import re
from collections.abc import (
    Callable,
    Collection,
    Generator,
    Iterable,
    Mapping,
    Sequence,
)
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from desktop_rag.domain import (
    Answer,
    AskedQuestion,
    Chunk,
    Conversation,
    Document,
    DocumentFile,
    DocumentRecord,
    DownloadProgress,
    FileState,
    FoundInDocument,
    GivenPrompt,
    Highlight,
    Hit,
    ImportProgress,
    IndexQuality,
    IndexStamp,
    LibraryEntry,
    Model,
    ModelFile,
    ModelIdentity,
    ModelRole,
    ModelSettings,
    ModelSource,
    ModelTrial,
    NewVault,
    Page,
    PageFrame,
    PageImage,
    PageProgress,
    PageRange,
    PageRecord,
    PendingFile,
    PreparedEncoder,
    Prompt,
    PromptRead,
    Rating,
    ReadDocument,
    Span,
    TokensRead,
    TrialProgress,
    Turn,
    VaultKey,
    WatchedFolder,
)

Vectors = NDArray[np.float32]


class PageReader(Protocol):
    """Reads files that nobody vouches for."""

    def read(
        self, path: Path, *, passwords: Sequence[str], ocr: bool
    ) -> Generator[PageProgress, None, ReadDocument]:
        """Yield progress page by page and return all pages.

        A page that cannot be read is returned as such, with its reason; a recognised one tells
        where its words stand. Raises NeedsPassword or UnreadableDocument if the file as a whole
        cannot be opened, as do all methods below.
        """

    def frames(self, path: Path, *, passwords: Sequence[str]) -> tuple[PageFrame, ...]:
        """Label and size of every page, in order; no page is parsed for it."""

    def render(
        self, path: Path, page_number: int, *, scale: float, passwords: Sequence[str] = ()
    ) -> PageImage:
        """The page drawn at `scale` pixels per point, or at fewer if it would be too large."""

    def highlights(
        self, path: Path, spans: Sequence[Span], *, passwords: Sequence[str]
    ) -> tuple[Highlight, ...]:
        """Rectangles around the spans' characters, as the PDF engine counts them, by page.

        Points from the top left of the page as it is shown. Characters that are not there have
        none. Raises UnreadableDocument if the file has no such page.
        """

    def find(
        self, path: Path, wanted: re.Pattern[str], *, first_page: int, passwords: Sequence[str]
    ) -> Generator[PageProgress, None, FoundInDocument]:
        """Search the text of the pages from `first_page` on; yield progress page by page.

        At most 1,000 matches are returned, in the order of the pages.
        """

    def annotated(
        self, path: Path, highlights: Sequence[Highlight], *, passwords: Sequence[str]
    ) -> bytes:
        """The file with the rectangles as yellow highlight annotations; `path` is not touched.

        Each span has one annotation a page. An encrypted file stays encrypted: the copy asks for
        the same password and grants the same permissions. Raises UnreadableDocument if the result
        would be longer than 256 MB.
        """

    def close(self) -> None:
        """End whatever the reader keeps running."""


class Embedding(Protocol):
    """Vectors in the making."""

    def wait(self, seconds: float) -> float:
        """Let it go on for about so long; returns the share that is done, 1.0 for all."""

    def vectors(self) -> Vectors:
        """Unit vectors, shape (texts, dimension), in their order; waits until all are there."""

    def cancel(self) -> None:
        """Leave off. What was begun may still be finished, for nobody."""


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
        """Unit vectors of passages, shape (len(texts), dimension), in the order of `texts`."""

    def embed_question(self, question: str) -> Vectors:
        """The unit vector of a question, shape (dimension,); some models are told what it is."""

    def begin(self, texts: Sequence[str]) -> Embedding:
        """As `embed`, but go on with other work meanwhile."""


class Reranker(Protocol):
    """A cross-encoder: reads question and passage together."""

    @property
    def identity(self) -> ModelIdentity: ...

    def score(self, question: str, passages: Sequence[str]) -> NDArray[np.float32]:
        """One logit a passage, in the order given; its sigmoid reads as relevance."""


class LanguageModel(Protocol):
    """Writes text. One completion at a time. Whatever goes wrong in it is a ModelError."""

    @property
    def identity(self) -> ModelIdentity: ...

    @property
    def settings(self) -> ModelSettings: ...

    @property
    def is_small(self) -> bool:
        """True below about a billion parameters: it needs examples and one short passage."""

    def lay_out(self, prompt: Prompt) -> GivenPrompt:
        """The prompt in the model's own template."""

    def count_tokens(self, prompt: Prompt) -> int:
        """Tokens of the prompt with the model's own template around it."""

    def write(
        self, given: GivenPrompt, *, max_tokens: int
    ) -> Generator[PromptRead | str, None, TokensRead]:
        """Yield how far the prompt is read, then the answer piece by piece.

        Closing the generator stops the model, and leaves it ready for another prompt. What a
        prompt has in common with the one before is not evaluated again; the words do not depend
        on that.
        """

    def close(self) -> None:
        """Free the model's memory; it can do nothing after that."""


class ChunkStore(Protocol):
    """Chunks with their vectors, searchable by meaning and by words."""

    @property
    def was_mended(self) -> bool:
        """Whether something torn was set aside when it was opened: chunks may be lacking."""

    def add(self, chunks: Sequence[Chunk], vectors: Vectors) -> None:
        """Store the chunks in one step; they are on the disk when this returns."""

    def replace(self, document_id: str, chunks: Sequence[Chunk], vectors: Vectors) -> None:
        """As `add`, in the place of all earlier chunks of their document; in one step too."""

    def delete(self, document_ids: Sequence[str]) -> None:
        """Take the documents' chunks out of every search."""

    def settle(self) -> None:
        """`compact` without purging, once there are many small files."""

    def compact(self, *, purge: bool) -> None:
        """Merge small files and bring the indexes up to date.

        With `purge`, nothing that was deleted is left on the disk; without, older versions of
        the last minutes stay for those who read them.
        """

    def vector_index_is_due(self) -> bool:
        """Whether there are so many chunks that comparing every vector takes too long."""

    def build_vector_index(self) -> None:
        """Make the index over the vectors; takes minutes. Searches go on meanwhile."""

    def vector_index_quality(self) -> IndexQuality | None:
        """What the index over the vectors finds, measured now (seconds); None if there is none."""

    def dense(
        self,
        vector: Vectors,
        top: int,
        document_ids: Sequence[str] | None,
        pages: PageRange | None = None,
    ) -> list[Hit]:
        """The nearest chunks by cosine, best first; None searches all documents, all pages.

        In a large library a few of the nearest may be missed: `vector_index_quality`.
        """

    def keyword(
        self,
        question: str,
        vector: Vectors | None,
        top: int,
        document_ids: Sequence[str] | None,
        pages: PageRange | None = None,
    ) -> list[Hit]:
        """The best chunks by BM25, best first; `vector` gives each its cosine too, None 0."""

    def chunk_counts(self) -> dict[str, int]:
        """Chunks stored for each document id."""

    def chunk_ids(self) -> list[str]:
        """The ids of all chunks, as they lie."""

    def chunks(self, ids: Sequence[str]) -> list[Chunk]:
        """Those of these chunks that are there, in any order."""


class IndexTables(Protocol):
    """The tables of an index by name: one serves, another may be in the making."""

    def names(self) -> list[str]:
        """All that are there, whole or not."""

    def open(
        self, name: str, dimension: Callable[[], int], *, is_suspect: bool = False
    ) -> ChunkStore:
        """The table, made for vectors of this width if it is not there.

        With `is_suspect` all of it is read first, and what is torn set aside.
        """

    def drop(self, name: str) -> None:
        """Take the table off the disk, if it is there."""


class Ledger(Protocol):
    """The commit record: a document exists when it is written here."""

    def entries(self) -> list[LibraryEntry]:
        """All documents, by path."""

    def version(self) -> str | None:
        """Another one after every change of documents, files or collections by any program."""

    def document_ids(self) -> list[str]:
        """The ids of all documents, by path."""

    def entries_of(self, document_ids: Sequence[str]) -> list[LibraryEntry]:
        """Those of these documents that exist, in the order of the ids, each once."""

    def entry(self, document_id: str) -> LibraryEntry | None: ...

    def pages(self, document_id: str) -> list[PageRecord]:
        """What is known of each page, in order."""

    def file_at(self, path: Path) -> DocumentFile | None: ...

    def files(self) -> list[DocumentFile]:
        """All files of all documents, by path."""

    def set_states(self, states: Mapping[Path, FileState]) -> None:
        """Note what became of files; those that are not known are passed over."""

    def unlink(self, paths: Sequence[Path]) -> list[str]:
        """Forget files; returns as `record`."""

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

    def recognised(
        self, document_id: str, numbers: Collection[int] | None = None
    ) -> dict[int, Page]:
        """Pages that were read as pictures, with text and boxes, by number; None asks for all."""

    def record(
        self,
        document: Document,
        pages: Sequence[PageRecord],
        file: DocumentFile,
        recognised: Sequence[Page] = (),
    ) -> list[str]:
        """Write the document, its pages and its file in one transaction.

        `recognised` are its pages whose text and boxes are to be kept. Returns the ids
        of documents that no file shows any more; they are gone from the ledger.
        """

    def record_all(self, records: Sequence[DocumentRecord]) -> list[str]:
        """As `record`, for several documents in one transaction."""

    def link(self, file: DocumentFile) -> list[str]:
        """Note one more place (or another collection) of a known document; returns as `record`."""

    def remove(self, document_id: str) -> None:
        """Forget the document and its files."""

    def without_languages(self) -> dict[str, int]:
        """Documents with text whose languages were not told yet: their number of chunks, by id."""

    def set_languages(self, languages: Mapping[str, Sequence[str]]) -> None:
        """Note the languages of documents; those that are gone are passed over."""

    def is_settled(self) -> bool:
        """Whether ledger and index agreed when they were last written."""

    def set_settled(self, settled: bool) -> None:
        """False before the index is touched, True when the ledger says all that is in it."""

    def stamp(self) -> IndexStamp | None:
        """The table of the index that serves and its model, once there is one."""

    def set_stamp(self, stamp: IndexStamp) -> None:
        """Let this table serve from now on: one transaction, after which `version` is another."""


class PendingStore(Protocol):
    """Files of orders that are not worked off, so that the next start of the program goes on."""

    def files(self) -> list[PendingFile]:
        """In the order in which they came."""

    def put(self, files: Iterable[PendingFile]) -> None:
        """Keep them; one that is kept already takes the new order."""

    def drop(self, paths: Iterable[Path]) -> None:
        """They are done with."""


class ConversationStore(Protocol):
    """Questions and answers as they were kept. What cannot be read any more is left out."""

    def conversations(self, text: str) -> list[Conversation]:
        """Newest first; only those with `text` in the title, a question or an answer."""

    def turns(self, conversation_id: int) -> list[Turn]:
        """In the order in which they were asked."""

    def turn(self, turn_id: int) -> Turn:
        """Raises UnknownConversation if it is gone."""

    def latest_turns(self, count: int) -> list[Turn]:
        """The last so many of all conversations, newest first."""

    def turns_rated(self, rating: Rating) -> list[Turn]:
        """In the order in which they were asked."""

    def begin(self, title: str, asked: AskedQuestion) -> Turn:
        """Keep the first question of a new conversation."""

    def append(self, conversation_id: int, asked: AskedQuestion) -> Turn:
        """Keep one more question. Raises UnknownConversation if the conversation is gone."""

    def rate(self, turn_id: int, rating: Rating) -> Turn:
        """The turn as rated. Raises UnknownConversation if it is gone."""

    def answer_again(self, turn_id: int, searched: str, answer: Answer, at: str) -> Turn:
        """Put another answer in place of a turn's, unrated; its conversation was touched `at`.

        Raises UnknownConversation if the turn is gone.
        """

    def rename(self, conversation_id: int, title: str) -> None:
        """Raises UnknownConversation if it is gone."""

    def rename_collection(self, name: str, new_name: str) -> None:
        """Name the collection, and all below it, anew wherever it was asked of."""

    def delete(self, conversation_ids: Sequence[int]) -> None:
        """Forget the conversations; nothing of them is left on the disk."""

    def delete_turns(self, turn_ids: Sequence[int]) -> None:
        """Forget these turns, and conversations left empty, as `delete`."""

    def delete_turns_of_documents(self, document_ids: Sequence[str]) -> list[Turn]:
        """Forget every turn that holds text of these documents; returns them."""

    def put_back(self, turns: Sequence[Turn], titles: Mapping[int, str]) -> None:
        """Keep deleted turns again, under their old ids.

        `titles`: for each conversation id, the title it gets if it is gone.
        """


class WatchedFolderStore(Protocol):
    """The folders that are read again and again."""

    def folders(self) -> list[WatchedFolder]:
        """All of them, by path."""

    def put(self, folder: WatchedFolder) -> None:
        """Keep the folder; if it is kept already, with this collection from now on."""

    def rename_collection(self, name: str, new_name: str) -> None:
        """Name the collection, and all below it, anew wherever a folder is read into it."""

    def drop(self, path: Path) -> None:
        """Forget the folder, if it is known; with the last one, what was left out too."""

    def leave_out(self, document_ids: Iterable[str]) -> None:
        """Note documents that are not to be taken from any watched folder."""

    def take_back(self, document_ids: Iterable[str]) -> None:
        """Leave these out no more."""

    def left_out(self) -> frozenset[str]:
        """Ids of the documents that are left out."""


class VaultStore(Protocol):
    """The encrypted vaults of a library, each a folder that tells nothing of what is in it."""

    def ids(self) -> list[str]:
        """In the order in which they were made."""

    def create(self, passphrase: str) -> NewVault:
        """Make an empty vault. Raises LibraryError if it cannot be written."""

    def unlock(self, vault_id: str, passphrase: str) -> VaultKey:
        """The key of the vault; takes about a second. Raises WrongPassphrase, VaultDamaged."""

    def unlock_by_recovery_key(self, vault_id: str, recovery_key: str) -> VaultKey:
        """As `unlock`."""

    def change_passphrase(self, key: VaultKey, passphrase: str) -> None:
        """Let another passphrase open the vault, in one step; the recovery key stays."""

    def renew_recovery_key(self, key: VaultKey) -> str:
        """Let another recovery key open the vault; the old one opens it no more."""

    def check(self, key: VaultKey) -> None:
        """Read every file of it. Raises VaultDamaged, VaultOlder; LibraryBusy if it is open."""

    def repair(self, key: VaultKey) -> int:
        """Drop the stored text that cannot be trusted; returns of how many documents.

        They are marked to be read again. Raises VaultDamaged if what tells of the documents is
        itself damaged, LibraryBusy if the vault is open.
        """

    def accept(self, vault_id: str) -> None:
        """Take the vault as it is, even if a later state of it was seen before."""

    def delete(self, vault_id: str) -> None:
        """Delete the vault's files. Raises LibraryBusy if it is open."""


class ModelFetcher(Protocol):
    """Brings files from elsewhere: the one port that uses the network."""

    def fetch(
        self, source: ModelSource, files: Sequence[ModelFile], into: Path
    ) -> Generator[DownloadProgress, None, None]:
        """Put the files under `into`, going on where an earlier call was cut off.

        Raises DownloadFailed. What arrives is not checked here.
        """


class EncoderPreparer(Protocol):
    """Judges a model that is imported, and makes an encoder's folder ready for this machine."""

    def check(self, place: Path, role: ModelRole) -> None:
        """Raises ModelError, in words, for a model that cannot be used.

        It reads the JSON files of an encoder's folder, and the header of a language model's file.
        """

    def try_out(self, file: Path, name: str) -> Generator[ImportProgress, None, None]:
        """Open a language model where it can do no harm, for seconds. Raises ModelError."""

    def prepare(
        self, folder: Path, role: ModelRole, ready: str = ""
    ) -> Generator[ImportProgress, None, PreparedEncoder]:
        """Write a faster graph into `folder` if one can be written and says what the weights say.

        `ready`: the int8 graph that came with it, by its path. None is written if it runs, and says
        what the weights say where these are there too.

        Graphs that are not to be used are removed from it. Takes seconds to minutes. Raises
        ModelError if nothing in the folder can be run.
        """


class SignatureVerifier(Protocol):
    """Checks that a file was signed with a key."""

    def key_id(self, key: str) -> str:
        """How the key is named where it is shown. Raises WrongUsage for what is no key."""

    def check(self, file: Path, signature_file: Path, key: str) -> Generator[int, None, str]:
        """Yield the bytes that were read; return the comment that the signature vouches for.

        Raises ModelError unless the signature is valid and made with this key; WrongUsage.
        """


class TrialRunner(Protocol):
    """Tries models out in processes of their own, which can be ended at any time."""

    def needed_memory(self, file: Path) -> int | None:
        """Bytes that the language model in this file needs at least, from its header alone.

        None where it may run elsewhere than in the computer's own memory. Raises ModelError.
        """

    def run(self, model: Model, folder: Path) -> Generator[TrialProgress, None, ModelTrial]:
        """Load the model that lies in `folder` and measure it, for some ten seconds.

        Closing it ends the process. Raises ModelError if the model does not load or ends it.
        """


class FolderEvents(Protocol):
    """Tells that something happens in folders; what it was is for a look to find out."""

    def follow(self, folder: Path, happened: Callable[[Path], None]) -> None:
        """Call `happened` with the path, from another thread, whenever one below is touched.

        Raises OSError if the folder cannot be followed.
        """

    def leave(self, folder: Path) -> None:
        """Follow the folder no more, if it was followed."""

    def close(self) -> None:
        """End all threads."""
