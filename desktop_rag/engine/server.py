"""The engine process: services behind a pipe, with a lane for each exclusive resource.

*index* owns the library's writes, *answer* owns the language model, *view* and *find* each own a
reader process, *places* and *watch* wait for drives that may be slow, *vaults* takes a second for
each passphrase, *import*, *check* and *trial* read whole models, *read* serves what waits for none
of them. Each lane is one thread that runs its requests in turn.
"""

from collections.abc import Callable, Collection, Generator, Mapping, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from desktop_rag.domain import (
    AddProgress,
    AddReport,
    Conversation,
    DocumentView,
    FolderChanged,
    Forgotten,
    FoundFiles,
    FoundInDocument,
    GpuTrial,
    Graphics,
    Highlight,
    LanguageGap,
    LanguagesTold,
    LibraryEntry,
    ModelChange,
    OwnCheck,
    PageImage,
    PageProgress,
    PendingFile,
    Rating,
    ReembedProgress,
    ReembedReport,
    Removed,
    Scope,
    Span,
    StoredItem,
    Turn,
    WatchedFolder,
)
from desktop_rag.engine.journal import Journal
from desktop_rag.engine.lanes import Lane
from desktop_rag.engine.messages import Cancel, Failed, Pause, Quit, Reply, Request, Resume
from desktop_rag.engine.model_calls import ModelCalls
from desktop_rag.engine.vault_calls import VaultCalls
from desktop_rag.privacy.findings import PrivacyFindings
from desktop_rag.privacy.places import PlaceWarning, warnings_about
from desktop_rag.services import removing
from desktop_rag.services.assistant import Assistant
from desktop_rag.services.conversing import Asking
from desktop_rag.services.diagnosis import as_lines, diagnose
from desktop_rag.services.going_on import go_on
from desktop_rag.services.language_check import language_gaps
from desktop_rag.services.looking import look
from desktop_rag.services.privacy_report import privacy_findings, privacy_report
from desktop_rag.services.storing import stored_items
from desktop_rag.services.vanishing import remove_vanished

LANES = {
    "add": "index",
    "add_samples": "index",
    "forget_pending": "index",
    "remove": "index",
    "restore": "index",
    "forget_collection": "index",
    "forget_all": "index",
    "import_model": "import",
    "watch": "index",
    "unwatch": "index",
    "read_watched": "index",
    "remove_vanished": "index",
    "go_on": "index",
    "reread": "index",
    "create_collection": "index",
    "rename_collection": "index",
    "delete_collection": "index",
    "move": "index",
    "ask": "answer",
    "ask_again": "answer",
    "own_check": "answer",
    "model_troubles": "answer",  # what it hashes is not hashed again for the first question
    "documents": "read",
    "open_document": "view",
    "page_image": "view",
    "highlights": "view",
    "find_in_document": "find",
    "save_highlighted": "find",
    "conversations": "read",
    "turns": "read",
    "save_record": "read",
    "rename_conversation": "read",
    "delete_conversations": "read",
    "rate": "read",
    "models": "read",
    "check_models": "check",
    "try_model": "trial",
    "devices": "answer",  # where the language model runs is known to the lane that has it
    "graphics": "answer",
    "try_gpus": "answer",
    "storage": "read",
    "place_warnings": "look",
    "privacy_check": "look",  # it takes seconds, and the library's lane need not wait
    "privacy_report": "look",
    "diagnosis": "read",
    "export_own_questions": "read",
    "watched": "read",
    "entries": "read",
    "collections": "read",
    "vaults": "vaults",
    "create_vault": "vaults",
    "unlock_vault": "vaults",
    "change_passphrase": "vaults",
    "recover_vault": "vaults",
    "accept_vault": "vaults",
    "renew_recovery_key": "vaults",
    "repair_vault": "vaults",
    "delete_vault": "vaults",
    "pending": "index",
    "model_change": "index",
    "tell_languages": "index",
    "language_gaps": "index",
    "reembed": "index",
    "look": "look",
    "look_at_files": "places",
    "watch_folders": "watch",
}
# Where a short request need not wait for the end of a long one. The services of these lanes are
# made for it: between two steps of `Library.add` the library is whole.
_INTERLEAVING = frozenset({"index", "read"})
_STEPPING_BACK = frozenset({"index", "import"})


class Engine(VaultCalls, ModelCalls):
    """What the window can ask for. A method that returns a generator reports progress."""

    def __init__(self, assistant: Assistant) -> None:
        super().__init__(assistant)
        self._assistant = assistant

    def documents(self) -> Generator[tuple[LibraryEntry, ...], None, int]:
        """As `Library.batches`."""
        return self._assistant.library.batches()

    def entries(self, document_ids: Sequence[str]) -> tuple[LibraryEntry, ...]:
        """As `Library.entries`."""
        return self._assistant.library.entries(document_ids)

    def add(
        self, paths: Sequence[Path], collection: str | None, passwords: Sequence[str]
    ) -> Generator[Any, None, Any]:
        """As `Library.add`."""
        return self._assistant.library.add(
            paths, collection=collection, passwords=passwords, ocr=self._assistant.ocr
        )

    def forget_pending(self, paths: Sequence[Path] | None = None) -> None:
        """As `Library.forget_pending`."""
        self._assistant.library.forget_pending(paths)

    def look(self, paths: Sequence[Path]) -> Generator[FoundFiles, None, FoundFiles]:
        """As `looking.look`."""
        return look(paths)

    def add_samples(self) -> Generator[Any, None, Any]:
        """Add the sample documents that come with the program."""
        return self.add([self._assistant.samples_folder], "Samples", ())

    def remove(self, document_ids: Sequence[str]) -> Removed:
        """Take documents out, and the answers that quote them; those that are gone count too.

        The window asks again if the engine died meanwhile.
        """
        one = self._assistant
        return removing.remove_left(one.library, one.history, one.watching, document_ids)

    def collections(self) -> dict[str, int]:
        """As `Library.collections`."""
        return self._assistant.library.collections()

    def reread(
        self, document_ids: Sequence[str], passwords: Sequence[str], ocr: bool
    ) -> Generator[Any, None, Any]:
        """As `Library.reread`."""
        return self._assistant.library.reread(document_ids, passwords, ocr)

    def create_collection(self, name: str) -> None:
        """As `Library.create_collection`."""
        self._assistant.library.create_collection(name)

    def rename_collection(self, name: str, new_name: str) -> None:
        """As `Library.rename_collection`; conversations and watched folders follow."""
        self._assistant.library.rename_collection(name, new_name)
        self._assistant.history.rename_collection(name, new_name)
        self._assistant.watching.rename_collection(name, new_name)

    def delete_collection(self, name: str) -> None:
        """As `Library.delete_collection`."""
        self._assistant.library.delete_collection(name)

    def move(self, document_ids: Sequence[str], collection: str) -> tuple[LibraryEntry, ...]:
        """As `Library.move`."""
        return self._assistant.library.move(document_ids, collection)

    def forget_collection(self, name: str) -> Forgotten:
        """As `Forgetting.forget_collection`."""
        return self._assistant.forget_collection(name)

    def forget_all(self) -> Forgotten:
        """As `forgetting.forget_all`; this engine is of no use afterwards."""
        return self._assistant.forget_all()

    def restore(
        self, removed: Removed, passwords: Sequence[str]
    ) -> Generator[AddProgress, None, AddReport]:
        """Undo a removal."""
        library, history = self._assistant.library, self._assistant.history
        return removing.restore(library, history, removed, passwords)

    def ask(self, question: str, scope: Scope, conversation_id: int | None) -> Asking:
        """As `Conversing.ask`."""
        return self._assistant.conversing.ask(question, scope, conversation_id)

    def ask_again(self, turn_id: int, searched: str, whole: bool = True) -> Asking:
        """As `Conversing.ask_again`."""
        return self._assistant.conversing.ask_again(turn_id, searched, whole=whole)

    def conversations(self, text: str) -> tuple[Conversation, ...]:
        """As `History.conversations`."""
        return self._assistant.history.conversations(text)

    def turns(self, conversation_id: int) -> tuple[Turn, ...]:
        """As `History.turns`."""
        return self._assistant.history.turns(conversation_id)

    def save_record(self, turn_id: int, target: Path) -> Path:
        """As `History.save_record`."""
        return self._assistant.history.save_record(turn_id, target)

    def rename_conversation(self, conversation_id: int, title: str) -> None:
        """As `History.rename_conversation`."""
        self._assistant.history.rename_conversation(conversation_id, title)

    def delete_conversations(self, conversation_ids: Sequence[int]) -> None:
        """As `History.delete_conversations`."""
        self._assistant.history.delete_conversations(conversation_ids)

    def rate(self, turn_id: int, rating: Rating) -> Turn:
        """As `History.rate`."""
        return self._assistant.history.rate(turn_id, rating)

    def own_check(self) -> Generator[PageProgress, None, OwnCheck]:
        """As `OwnQuestions.check`."""
        return self._assistant.own_questions.check()

    def export_own_questions(self, target: Path) -> int:
        """As `OwnQuestions.export`."""
        return self._assistant.own_questions.export(target)

    def watched(self) -> tuple[WatchedFolder, ...]:
        """As `Watching.watched`."""
        return self._assistant.watching.watched()

    def watch(self, path: Path, collection: str) -> None:
        """As `Watching.watch`."""
        self._assistant.watching.watch(path, collection)

    def unwatch(self, path: Path) -> None:
        """As `Watching.unwatch`."""
        self._assistant.watching.unwatch(path)

    def read_watched(
        self, passwords: Sequence[str], only: Collection[Path] | None = None
    ) -> Generator[AddProgress, None, AddReport]:
        """As `Watching.read`."""
        one = self._assistant
        return one.watching.read(passwords=passwords, ocr=one.ocr, only=only)

    def watch_folders(self) -> Generator[FolderChanged, None, None]:
        """As `LiveFolders.changes`: it goes on until the engine ends."""
        return self._assistant.live_folders.changes()

    def remove_vanished(self, document_ids: Sequence[str]) -> Removed:
        """As `vanishing.remove_vanished`."""
        one = self._assistant
        roots = [folder.path for folder in one.watching.watched()]
        return remove_vanished(one.library, one.history, roots, document_ids)

    def look_at_files(self) -> Generator[PageProgress, None, tuple[str, ...]]:
        """As `Presence.look_outside` of the watched folders."""
        roots = [folder.path for folder in self._assistant.watching.watched()]
        return self._assistant.presence.look_outside(roots)

    def pending(self) -> tuple[PendingFile, ...]:
        """As `Library.pending`."""
        return self._assistant.library.pending()

    def model_change(self) -> ModelChange | None:
        """As `Library.model_change`; what an earlier change left is dropped if it is not wanted."""
        self._assistant.library.drop_half_made()
        return self._assistant.library.model_change()

    def tell_languages(self) -> LanguagesTold:
        """As `Library.tell_languages`."""
        return self._assistant.library.tell_languages()

    def language_gaps(self) -> tuple[LanguageGap, ...]:
        """As `language_check.language_gaps` of all documents."""
        return language_gaps(self._assistant, self._assistant.library.documents())

    def reembed(self) -> Generator[ReembedProgress, None, ReembedReport]:
        """As `Library.reembed`."""
        return self._assistant.library.reembed()

    def go_on(self, passwords: Sequence[str]) -> Generator[AddProgress, None, AddReport]:
        """As `going_on.go_on`."""
        return go_on(self._assistant.library, self._assistant.pending, passwords)

    def graphics(self) -> Graphics:
        """As `Assistant.graphics`."""
        return self._assistant.graphics()

    def try_gpus(self) -> Generator[GpuTrial, None, Graphics]:
        """As `Assistant.try_gpus`."""
        return self._assistant.try_gpus()

    def storage(self) -> tuple[StoredItem, ...]:
        """What the program keeps on the disk."""
        one = self._assistant
        return stored_items(one.library_folder, one.models_folder, one.settings_file)

    def place_warnings(self) -> tuple[PlaceWarning, ...]:
        """As `places.warnings_about` the library's folder."""
        return warnings_about(self._assistant.library_folder)

    def privacy_check(self) -> PrivacyFindings:
        """As `privacy_report.privacy_findings`, seen from this process."""
        return privacy_findings(self._assistant)

    def privacy_report(self) -> str:
        """As `privacy_report.privacy_report`."""
        return privacy_report(self._assistant)

    def diagnosis(self) -> str:
        """What `doctor` prints."""
        return "\n".join(as_lines(diagnose(self._assistant)))

    def open_document(self, document_id: str, passwords: Sequence[str]) -> DocumentView:
        """As `PageViewer.open`."""
        return self._assistant.viewer.open(document_id, passwords)

    def page_image(
        self, document_id: str, page_number: int, scale: float, passwords: Sequence[str]
    ) -> PageImage:
        """As `PageViewer.image`."""
        return self._assistant.viewer.image(document_id, page_number, scale, passwords)

    def highlights(
        self, document_id: str, spans: Sequence[Span], passwords: Sequence[str]
    ) -> tuple[Highlight, ...]:
        """As `PageViewer.highlights`."""
        return self._assistant.viewer.highlights(document_id, spans, passwords)

    def find_in_document(
        self, document_id: str, text: str, passwords: Sequence[str]
    ) -> Generator[PageProgress, None, FoundInDocument]:
        """As `PageViewer.find`."""
        return self._assistant.viewer.find(document_id, text, passwords)

    def save_highlighted(
        self, document_id: str, spans: Sequence[Span], passwords: Sequence[str], target: Path
    ) -> Path:
        """As `PageViewer.save_highlighted`."""
        return self._assistant.viewer.save_highlighted(document_id, spans, passwords, target)

    def close(self) -> None:
        """End what the services keep running."""
        self._assistant.close()


def serve(pipe: Connection, assistant: Assistant, send: Callable[[Reply], None]) -> None:
    """Answer requests until the window asks to quit or is gone."""
    engine = Engine(assistant)
    journal = _journal(assistant.log_file, send)
    answer = journal.watching(send)
    lanes = {
        name: Lane(
            engine,
            answer,
            journal.failed,
            name=f"lane {name}",
            interleaves=name in _INTERLEAVING,
            steps_back=name in _STEPPING_BACK,
            idle=assistant.rest if name == "answer" else None,
        )
        for name in set(LANES.values())
    }
    for lane in lanes.values():
        lane.start()
    with suppress(EOFError, OSError):
        while not isinstance(message := pipe.recv(), Quit):
            if isinstance(message, Request) and message.method in LANES:
                journal.received(message.number, message.method)
            _dispatch(message, lanes, answer)
    for lane in lanes.values():
        lane.stop()  # before the readers end: what loses its reader is not to go on without
    engine.close()
    journal.close()


def _journal(file: Path | None, send: Callable[[Reply], None]) -> Journal:
    """The log that the settings want; without it, and a warning, if it cannot be written."""
    try:
        return Journal(file)
    except OSError as error:
        hint = "Check that its folder can be written to, or turn the log off in the settings."
        send(Failed(0, f"The log {file} cannot be written: {error.strerror}.", hint))
        return Journal(None)


def _dispatch(
    message: Request | Cancel | Pause | Resume,
    lanes: Mapping[str, Lane],
    send: Callable[[Reply], None],
) -> None:
    if isinstance(message, Request):
        if message.method in LANES:
            lanes[LANES[message.method]].put(message)
        else:
            details = f"The engine has no method {message.method!r}."
            send(Failed(message.number, "Something went wrong.", "", details))
        return
    for lane in lanes.values():  # only the one that holds the request heeds it
        if isinstance(message, Cancel):
            lane.cancel(message.number)
        elif isinstance(message, Pause):
            lane.pause(message.number)
        else:
            lane.resume(message.number)
