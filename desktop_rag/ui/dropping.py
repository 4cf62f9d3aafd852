"""Files on their way in: dragged onto the window, or chosen; then the sheet, then reading."""

import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop_rag.domain import FoundFiles
from desktop_rag.ui import words
from desktop_rag.ui.add_sheet import AddSheet
from desktop_rag.ui.drop_overlay import DropOverlay
from desktop_rag.ui.engine_link import EngineLink
from desktop_rag.ui.importing import Importing
from desktop_rag.ui.library_panel import LibraryPanel
from desktop_rag.ui.reading import Reading

_KNOWN_SUFFIXES = frozenset({".pdf", ".eml", ".msg"})


class Dropping(QObject):
    """Takes drops anywhere on the window, and asks once where the documents shall go."""

    def __init__(
        self,
        parent: QWidget,
        window: QWidget,
        engine: EngineLink,
        reading: Reading,
        library: LibraryPanel,
        overlay: DropOverlay,
        importing: Importing,
        vault_number: int = 0,
    ) -> None:
        super().__init__(parent)
        self._parent = parent
        self._window = window
        self._engine = engine
        self._reading = reading
        self._library = library
        self._overlay = overlay
        self._importing = importing
        self._vault_number = vault_number
        self.sheet: AddSheet | None = None
        self._offered: list[Path] = []
        self._models: frozenset[Path] = frozenset()
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def retire(self) -> None:
        """Take no drops any more."""
        self._window.removeEventFilter(self)

    def choose_files(self) -> None:
        """Ask for files in the system's own way."""
        title = self.tr("Add PDFs")
        kinds = self.tr("PDF files and mails (*.pdf *.eml)")
        names, _ = QFileDialog.getOpenFileNames(self._parent, title, "", kinds)
        if names:
            self.take([Path(name) for name in names])

    def offer(self, paths: Sequence[Path]) -> None:
        """As `take`, but beside those that are asked about already."""
        self.take(list(dict.fromkeys([*self._offered, *paths])))

    def take(self, paths: list[Path]) -> None:
        """Say what these files and folders hold, and read it where the reader wants it."""
        if self.sheet is not None:
            self.sheet.reject()
        collections = self._library.collections.names()
        sheet = AddSheet(self._parent, collections, self._library.place, self._vault_number)
        self.sheet = sheet
        self._offered = paths
        self._models = frozenset()
        looking = self._engine.request(
            "look",
            paths,
            each=lambda found: self._count(sheet, found),
            then=lambda found: self._counted(sheet, found),
            cancelled=lambda: None,
        )
        sheet.accepted.connect(lambda: self._add(sheet, paths))
        sheet.finished.connect(lambda _: looking.cancel())
        sheet.finished.connect(self._forget)
        sheet.finished.connect(sheet.deleteLater)
        sheet.open()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Whatever is dragged over any part of the window comes by here."""
        if isinstance(event, QDragEnterEvent):
            text = self._what_it_does(event.mimeData())
            if text:
                self._overlay.show_text(text)
                _accept_copy(event)
            return True
        if event.type() == QEvent.Type.DragLeave:
            self._overlay.setVisible(False)
            return True
        if isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop:
            self._overlay.setVisible(False)
            paths = _paths(event.mimeData())
            if paths:
                _accept_copy(event)
                self.take(paths)
            return True
        return super().eventFilter(watched, event)

    def _what_it_does(self, content: QMimeData) -> str:
        """What a drop would do; "" if there are no files in it."""
        paths = _paths(content)
        # By name alone: to ask a dead network drive would freeze the window.
        folders = [path for path in paths if not path.suffix]
        files = [path for path in paths if path.suffix.lower() in _KNOWN_SUFFIXES]
        models = [path for path in paths if path.suffix.lower() == ".gguf"]
        packs = [path for path in paths if path.suffix.lower() == ".zip"]
        if not paths:
            return ""
        place = words.collection_title(self._library.place)
        if folders:
            name = (
                folders[0].name
                if len(paths) == 1
                else self.tr("%n folder(s) and file(s)", "", len(paths))
            )
            return self.tr("Add all PDFs in {name} to {place}").format(name=name, place=place)
        if models and not files:
            return self.tr("Add %n model(s)", "", len(models))
        if packs and not files:
            return self.tr("Look for a model in {name}").format(name=packs[0].name)
        if not files:  # the sheet will say what is wrong; a scanner may leave out the suffix
            return self.tr("Look for a PDF in %n file(s)", "", len(paths))
        count = words.pdf_count(len(files))
        if models:
            more = self.tr("%n model(s)", "", len(models))
            return self.tr("Add {count} to {place}, and {models}").format(
                count=count, place=place, models=more
            )
        return self.tr("Add {count} to {place}").format(count=count, place=place)

    def _count(self, sheet: AddSheet, found: FoundFiles) -> None:
        if self.sheet is sheet:
            sheet.show_counting(found)

    def _counted(self, sheet: AddSheet, found: FoundFiles) -> None:
        if self.sheet is sheet:
            self._models = frozenset(model.path for model in found.models)
            sheet.show_found(found)

    def _add(self, sheet: AddSheet, paths: list[Path]) -> None:
        documents = [path for path in paths if path not in self._models]
        if documents:
            self._reading.learn_password(sheet.password.text())
            self._reading.add(documents, sheet.collection.currentText().strip() or None)
        self._importing.add([path for path in paths if path in self._models])

    def _forget(self) -> None:
        self.sheet = None
        self._offered = []
        self._models = frozenset()


def _accept_copy(event: QDropEvent) -> None:
    """Take the drop as a copy: after a move the file manager would delete the original."""
    event.setDropAction(Qt.DropAction.CopyAction)
    event.accept()


def _paths(content: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in content.urls() if _is_local(url)]


def _is_local(url: QUrl) -> bool:
    """Whether a dragged address is a file here; on Windows the reader's own network share may be.

    Elsewhere a host in the address names another computer (file://host/…).
    """
    return url.isLocalFile() and (sys.platform == "win32" or url.host() in ("", "localhost"))
