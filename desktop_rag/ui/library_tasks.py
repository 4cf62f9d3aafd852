"""What the reader does with documents and collections: remove, undo, move, read again."""

from typing import Any

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from desktop_rag.domain import Forgotten, Removed
from desktop_rag.engine.messages import Failed
from desktop_rag.ui import words
from desktop_rag.ui.dialogs import ask_choice, ask_text, confirm
from desktop_rag.ui.documents_model import DocumentFilter, DocumentRow, row_of, row_of_refused
from desktop_rag.ui.engine_link import EngineLink
from desktop_rag.ui.library_panel import LibraryPanel
from desktop_rag.ui.outcome import Outcome
from desktop_rag.ui.reading import Reading
from desktop_rag.ui.storage_words import proof_sentence
from desktop_rag.ui.vanished import VanishedFiles

_FEW_NAMES = 3


class LibraryTasks(QObject):
    """Carries out the wishes of the library column.

    Signals:
        removed(ids): these documents are gone.
        collections_changed(): the collections or what is in them.
        turns_changed(): answers came back with documents.
        open_wanted(key): a document is to be shown.
    """

    removed = Signal(set)
    collections_changed = Signal()
    turns_changed = Signal()
    open_wanted = Signal(str)

    def __init__(
        self, parent: QWidget, engine: EngineLink, reading: Reading, library: LibraryPanel
    ) -> None:
        super().__init__(parent)
        self._parent = parent
        self._engine = engine
        self._reading = reading
        self._library = library
        self._refused_by_itself: set[str] = set()
        self.vanished = VanishedFiles(parent, engine, library.notice)
        self.vanished.removed.connect(self.removed)
        reading.ended.connect(self._reading_ended)
        reading.going_on.connect(self._going_on)
        reading.prepared.connect(self._prepared)
        table, attention = library.table, library.attention
        for source in (table, attention):
            source.remove_wanted.connect(self.remove)
            source.reread_wanted.connect(self.reread)
            source.reveal_wanted.connect(self.reveal)
        table.move_wanted.connect(self.move)
        attention.password_wanted.connect(self.enter_password)
        library.collection_wanted.connect(self.new_collection)
        library.collection_removal_wanted.connect(self.remove_collection)
        library.forgetting_wanted.connect(self.forget_collection)
        library.collections.documents_dropped.connect(self._move_keys)
        library.collections.collection_dropped.connect(self._move_collection)
        library.collections.renamed.connect(self._rename)

    def remove(self, rows: list[DocumentRow]) -> None:
        """Take documents out, after a question that names them; it can be undone."""
        refused = {row.key for row in rows if row.entry is None}
        known = [row for row in rows if row.entry is not None]
        if not known:
            self._library.documents.drop(refused)
            self._library.count_again()
            return
        names = ", ".join(words.quoted(row.name) for row in known[:_FEW_NAMES])
        if len(known) > _FEW_NAMES:
            names += self.tr(" and %n more", "", len(known) - _FEW_NAMES)
        if confirm(
            self._parent,
            self.tr("Remove %n document(s) from the library?", "", len(known)),
            self.tr(
                "{names}: their text, and the answers in the history that quote them, are "
                "removed. The files themselves stay where they are."
            ).format(names=names),
            self.tr("Remove %n document(s)", "", len(known)),
        ):
            self._engine.request("remove", [row.key for row in known], then=self._removed)
            self._library.documents.drop(refused)

    def reread(self, rows: list[DocumentRow]) -> None:
        """Read documents again; files that were refused are added once more."""
        known = [row.key for row in rows if row.entry is not None]
        refused = [row for row in rows if row.entry is None]
        if known:
            self._reading.reread(known)
        if refused:
            self._library.documents.drop({row.key for row in refused})
            for wanted in sorted({row.collections for row in refused}):
                paths = [row.path for row in refused if row.collections == wanted]
                self._reading.add(paths, wanted[0] if wanted else None)

    def reveal(self, row: DocumentRow) -> None:
        """Show the file in the file manager."""
        folder = row.path.parent
        if not folder.is_dir() or not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            self._library.notice.say(
                self.tr("The folder {folder} cannot be opened.").format(folder=folder)
            )

    def enter_password(self, row: DocumentRow) -> None:
        """Ask for a password, and read what needs one again."""
        password = ask_text(
            self._parent,
            self.tr("Password of {name}").format(name=row.name),
            self.tr(
                "It is kept in memory until you quit, tried on other documents, and never stored."
            ),
            self.tr("Open"),
            secret=True,
        )
        if password:
            self._reading.learn_password(password)
            self._reading.reread([row.key])

    def move(self, rows: list[DocumentRow], collection: str = "") -> None:
        """Put documents into a collection; "" asks which."""
        names = self._library.collections.names()
        wanted = collection or ask_choice(
            self._parent,
            self.tr("Move %n document(s) to", "", len(rows)),
            self.tr("Move"),
            names,
        )
        if wanted:
            self._move_keys([row.key for row in rows], wanted)

    def new_collection(self) -> None:
        """Make an empty collection."""
        name = ask_text(
            self._parent,
            self.tr("New collection"),
            self.tr("A matter or a patient. “Matters/Smith” stands under “Matters”."),
            self.tr("Make"),
            f"{self._library.place}/" if self._library.place else "",
        )
        if name.strip("/ "):
            self._request("create_collection", name)

    def remove_collection(self, name: str) -> None:
        """Remove a collection; if it holds documents, they go with it, after a question."""
        inside = self._inside(name)
        if not inside:
            self._request("delete_collection", name)
            return
        act = self.tr("Remove %n document(s)", "", len(inside))
        if confirm(
            self._parent,
            self.tr("Remove the collection “{name}”?").format(name=name),
            self.tr(
                "%n document(s) leave the library with it, and the answers that quote them. The "
                "files themselves stay where they are.",
                "",
                len(inside),
            ),
            act,
        ):
            self._engine.request(
                "remove",
                [row.key for row in inside],
                then=lambda removed: self._removed_with(removed, name),
            )

    def forget_collection(self, name: str) -> None:
        """Erase a collection and all that hangs on it, after a question that says what that is."""
        inside = self._inside(name)

        def forgotten(result: Forgotten) -> None:
            self.removed.emit({row.key for row in inside})
            self.collections_changed.emit()
            self._library.notice.say(proof_sentence(result))

        if confirm(
            self._parent,
            self.tr("Forget “{name}” for good?").format(name=name),
            self.tr(
                "%n document(s), the conversations that ask of it or quote it, its watched "
                "folders and its name are erased. This cannot be undone. The files themselves "
                "stay where they are.",
                "",
                len(inside),
            ),
            self.tr("Forget for good"),
        ):
            self._engine.request("forget_collection", name, then=forgotten, failed=self._refused)

    def _removed_with(self, removed: Removed, collection: str) -> None:
        self._removed(removed)
        self._request("delete_collection", collection)

    def _removed(self, removed: Removed) -> None:
        count = len(removed.entries)
        self.removed.emit({entry.document.id for entry in removed.entries})
        self._library.notice.say(
            self.tr("Removed %n document(s).", "", count),
            self.tr("Undo: read them again"),
            lambda: self._reading.restore(removed),
        )

    def _move_keys(self, keys: list[str], collection: str) -> None:
        def moved(entries: Any) -> None:
            self._library.documents.put([row_of(entry) for entry in entries])
            self.collections_changed.emit()

        known = [key for key in keys if self._is_known(key)]
        if known:
            self._engine.request("move", known, collection, then=moved)

    def _move_collection(self, name: str, group: str) -> None:
        last = name.rpartition("/")[2]
        target = f"{group}/{last}" if group else last
        if target != name:
            self._request("rename_collection", name, target, reload=True)

    def _rename(self, name: str, title: str) -> None:
        group = name.rpartition("/")[0]
        self._request(
            "rename_collection", name, f"{group}/{title}" if group else title, reload=True
        )

    def _request(self, method: str, *arguments: str, reload: bool = False) -> None:
        def done(_: object) -> None:
            if reload:
                self._library.follow_renaming(*arguments)
            self.collections_changed.emit()
            if reload:
                self._reading.changed.emit([row.key for row in self._inside(arguments[0])])

        # Not made again after a death: it may be done already, and what is there will be shown.
        self._engine.request(
            method,
            *arguments,
            then=done,
            failed=self._refused,
            lost=self.collections_changed.emit,
        )

    def _inside(self, collection: str) -> list[DocumentRow]:
        """The documents in a collection and below it."""
        everything = DocumentFilter(collection=collection)
        rows = everything.pick(list(self._library.documents.rows()))
        return [row for row in rows if row.entry is not None]

    def _refused(self, failure: Failed) -> None:
        self._library.notice.say(f"{failure.message} {failure.hint}".strip())
        self.collections_changed.emit()

    def _is_known(self, key: str) -> bool:
        row = self._library.documents.row(key)
        return row is not None and row.entry is not None

    def _going_on(self, count: int) -> None:
        self._library.notice.say(
            self.tr("Going on with %n file(s) that were still to be read.", "", count)
        )

    def _prepared(self, all_are: bool | None) -> None:
        if all_are is None:
            return
        self._library.notice.say(
            self.tr("All documents are prepared for the new model.")
            if all_are
            else self.tr(
                "Stopped. You can go on searching as before; preparing the documents for the new "
                "model goes on when the program starts again."
            )
        )

    def _reading_ended(self, outcome: Outcome) -> None:
        documents = self._library.documents
        if not outcome.asked_for:  # a folder that could not be opened before may be there now
            documents.drop(self._refused_by_itself)
            self._refused_by_itself = {str(file.path) for file in outcome.refused}
        documents.put([row_of_refused(file, outcome.collection) for file in outcome.refused])
        self._library.count_again()
        self.turns_changed.emit()
        self._say_outcome(outcome)
        self.vanished.tell(outcome.vanished)

    def _say_outcome(self, outcome: Outcome) -> None:
        notice = self._library.notice
        nothing_new = outcome.fine == outcome.known and not outcome.troubled
        if nothing_new and not outcome.asked_for:
            return
        known = 0 if outcome.asked_for else outcome.known
        text = words.ready_sentence(outcome.fine - known)
        if nothing_new and outcome.known:
            text = self.tr("%n document(s) were in the library already.", "", outcome.known)
        if outcome.stopped:
            text = self.tr("Stopped. What was read is kept.") + " " + text
        if outcome.troubled:
            text += " " + self.tr("%n need(s) attention.", "", outcome.troubled)
            notice.say(text, self.tr("Show"), self._library.show_attention)
        else:
            notice.say(text)
