"""The window: documents, question and answer, page."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent, QKeySequence
from PySide6.QtWidgets import (
    QFileDialog,
    QLabel,
    QMainWindow,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop_rag.domain import (
    AddProgress,
    AddReport,
    AddStatus,
    Answer,
    Citation,
    LibraryEntry,
    Passage,
    Scope,
)
from desktop_rag.ui.answer_panel import AnswerPanel
from desktop_rag.ui.engine_link import EngineLink
from desktop_rag.ui.library_panel import LibraryPanel
from desktop_rag.ui.page_view import PageView
from desktop_rag.ui.theme import Theme, style_sheet

_SUFFIX = ".pdf"
_SHARES = (2, 4, 4)  # of the width: documents, answer, page


class MainWindow(QMainWindow):
    """Three columns, no modes. Everything slow happens in the engine process."""

    def __init__(self, engine: EngineLink, theme: Theme) -> None:
        super().__init__()
        self._engine = engine
        self._adding = 0
        self._asking = 0
        self.library = LibraryPanel()
        self.answers = AnswerPanel()
        self.page = PageView(engine, theme)
        self.page.setVisible(False)
        self._middle = QStackedWidget()
        self._middle.addWidget(self._welcome())
        self._middle.addWidget(self.answers)
        self._columns = QSplitter(Qt.Orientation.Horizontal)
        for widget, share in zip((self.library, self._middle, self.page), _SHARES, strict=True):
            self._columns.addWidget(widget)
            self._columns.setStretchFactor(self._columns.indexOf(widget), share)
        self.setCentralWidget(self._columns)
        self.setWindowTitle("Desktop RAG")
        self.setStyleSheet(style_sheet(theme))
        self.setAcceptDrops(True)
        self.resize(1280, 800)
        self._connect()
        self.refresh()

    def refresh(self) -> None:
        """Ask the engine which documents there are."""
        self._engine.request("documents", then=self._show_documents)

    def add(self, paths: list[Path]) -> None:
        """Read these PDFs and folders into the library."""
        self._adding = self._engine.request("add", paths, None, (), then=self._report)

    def ask(self, question: str) -> None:
        """Ask all documents."""
        self.answers.begin(question)
        self._asking = self._engine.request("ask", question, Scope(), then=self._show_answer)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped_paths(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = _dropped_paths(event)
        if paths:
            event.acceptProposedAction()
            self.add(paths)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._engine.close()
        event.accept()

    def _welcome(self) -> QWidget:
        drop = QLabel(self.tr("Drop PDFs here. They stay on this computer."))
        drop.setObjectName("title")
        samples = QPushButton(self.tr("Open the sample documents"))
        samples.clicked.connect(self._add_samples)
        page = QWidget()
        page.setObjectName("column")
        layout = QVBoxLayout(page)
        layout.addStretch()
        layout.addWidget(drop, alignment=Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(samples, alignment=Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch()
        return page

    def _connect(self) -> None:
        self._engine.progressed.connect(self._progress)
        self._engine.cancelled.connect(self._cancelled)
        self._engine.failed.connect(self._failed)
        self._engine.died.connect(self._engine_died)
        self.library.add_wanted.connect(self._choose_files)
        self.library.stop_wanted.connect(lambda: self._engine.cancel(self._adding))
        self.library.remove_wanted.connect(self._remove)
        self.answers.asked.connect(self.ask)
        self.answers.stopped.connect(lambda: self._engine.cancel(self._asking))
        self.answers.place_chosen.connect(self._show_place)
        for keys, name, slot in (
            ("Ctrl+O", self.tr("Add PDFs"), self._choose_files),
            ("Ctrl+L", self.tr("Ask"), self.answers.field.setFocus),
        ):
            action = QAction(name, self)
            action.setShortcut(QKeySequence(keys))
            action.triggered.connect(slot)
            self.addAction(action)

    def _choose_files(self) -> None:
        title = self.tr("Add PDFs")
        names, _ = QFileDialog.getOpenFileNames(self, title, "", self.tr("PDF files (*.pdf)"))
        if names:
            self.add([Path(name) for name in names])

    def _add_samples(self) -> None:
        self._adding = self._engine.request("add_samples", then=self._report)

    def _remove(self, document_ids: list[str]) -> None:
        self._engine.request("remove", document_ids, then=lambda _: self.refresh())

    def _progress(self, number: int, step: object) -> None:
        if isinstance(step, AddProgress):
            self.library.show_reading(step)
            if step.finished is not None:
                self.refresh()
        elif number == self._asking:
            self.answers.progress(step)  # type: ignore[arg-type]

    def _show_documents(self, entries: list[LibraryEntry]) -> None:
        self.library.show_documents(entries)
        self.answers.set_document_count(sum(entry.document.searchable for entry in entries))
        self._middle.setCurrentIndex(1 if entries else 0)

    def _show_answer(self, answer: Answer) -> None:
        self.answers.show_answer(answer)

    def _show_place(self, place: Citation | Passage) -> None:
        if not self.page.isVisible():
            width = self._columns.width()
            self.page.setVisible(True)
            self._columns.setSizes([width * share // sum(_SHARES) for share in _SHARES])
        self.page.show_place(place)

    def _report(self, report: AddReport) -> None:
        fine = (AddStatus.READY, AddStatus.UNCHANGED, AddStatus.DUPLICATE)
        unread = [file for file in report.files if file.status not in fine]
        text = self.tr("{count} documents are ready.").format(count=len(report.files) - len(unread))
        if unread:
            names = ", ".join(file.path.name for file in unread[:5])
            text += " " + self.tr("Need attention: {names}.").format(names=names)
        self.library.finish_reading(text)
        self.refresh()

    def _cancelled(self, number: int) -> None:
        if number == self._adding:
            self.library.finish_reading(self.tr("Stopped. What was read is kept."))
            self.refresh()
        elif number == self._asking:
            self.answers.fail(self.tr("Stopped."))

    def _failed(self, number: int, message: str, hint: str) -> None:
        text = f"{message} {hint}".strip()
        if number == self._asking:
            self.answers.fail(text)
        else:
            self.library.finish_reading(text)
            self.refresh()

    def _engine_died(self, numbers: tuple[int, ...], restarted: bool) -> None:
        text = (
            self.tr("The part that reads and answers ended and was started again.")
            if restarted
            else self.tr("The part that reads and answers does not start. Restart the program.")
        )
        self.library.finish_reading(text)
        if self._asking in numbers:
            self.answers.fail(text + " " + self.tr("Please ask again."))
        if restarted:
            self.refresh()


def _dropped_paths(event: QDropEvent) -> list[Path]:
    paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return [path for path in paths if path.is_dir() or path.suffix.lower() == _SUFFIX]
