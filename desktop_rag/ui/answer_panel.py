"""The question, the evidence, and the answer as it is written and then checked."""

from html import escape
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from desktop_rag.domain import Answer, AnswerStatus, Coverage, EvidenceFound, Support, TextWritten
from desktop_rag.ui.models import VALUE_ROLE, EvidenceListModel


class AnswerText(QTextBrowser):
    """Shows text alone: it opens no link and loads no picture, from the network or elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.setOpenLinks(False)
        self.setAccessibleName(self.tr("Answer"))

    def loadResource(self, kind: int, name: Any) -> Any:
        return None


class AnswerPanel(QWidget):
    """One question at a time.

    Signals:
        asked(question): the reader pressed Enter.
        stopped(): the reader pressed Stop or Esc.
        place_chosen(place): a Citation or Passage was clicked.
    """

    asked = Signal(str)
    stopped = Signal()
    place_chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("column")
        self._written = ""
        self._question = QLabel()
        self._question.setWordWrap(True)
        self._question.setObjectName("title")
        self.text = AnswerText()
        self._evidence_model = EvidenceListModel(self)
        self.evidence = QListView()
        self.evidence.setWordWrap(True)
        self.evidence.setAccessibleName(self.tr("Evidence"))
        self.evidence.setModel(self._evidence_model)
        self.evidence.clicked.connect(self._choose)
        self.evidence.activated.connect(self._choose)
        self._coverage = QLabel()
        self._coverage.setWordWrap(True)
        self._coverage.setObjectName("quiet")
        self.field = QLineEdit()
        self.field.setAccessibleName(self.tr("Question"))
        self.field.returnPressed.connect(self._ask)
        self._button = QPushButton(self.tr("Ask"))
        self._button.setObjectName("primary")
        self._button.clicked.connect(self._press)
        self._running = False
        row = QHBoxLayout()
        row.addWidget(self.field, 1)
        row.addWidget(self._button)
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        layout.addWidget(self._question)
        layout.addWidget(self.text, 3)
        layout.addWidget(self.evidence, 2)
        layout.addWidget(self._coverage)
        layout.addLayout(row)
        self.set_document_count(0)

    def set_document_count(self, count: int) -> None:
        """Say what the field is for, given how much can be asked."""
        self.field.setPlaceholderText(
            self.tr("Ask about your documents")
            if count
            else self.tr("Drop PDFs on this window first")
        )

    def begin(self, question: str) -> None:
        """Show the question and wait for evidence."""
        self._set_running(True)
        self._written = ""
        self._question.setText(question)
        self.text.setPlainText(self.tr("Searching …"))
        self._coverage.clear()
        self._evidence_model.show([])

    def progress(self, step: EvidenceFound | TextWritten) -> None:
        """Evidence first, then the words as they come."""
        if isinstance(step, EvidenceFound):
            self._evidence_model.show(step.passages)
            self._say_coverage(step.coverage)
            self.text.setPlainText(self.tr("Writing …"))
        else:
            self._written += step.text
            self.text.setPlainText(self._written)

    def show_answer(self, answer: Answer) -> None:
        """The checked sentences; an unsupported one is set apart in words and by a dotted rule."""
        self._set_running(False)
        self._evidence_model.show(answer.citations or answer.passages)
        self._say_coverage(answer.coverage)
        parts: list[str] = []
        if answer.status is AnswerStatus.NOT_FOUND:
            closest = self.tr("The documents do not seem to say. Closest places are below.")
            parts.append(f"<p>{escape(closest)}</p>")
        if answer.status is AnswerStatus.EVIDENCE_ONLY:
            quoted = self.tr("In the documents’ own words:")
            parts.append(f"<p><i>{escape(quoted)}</i></p>")
        for sentence in answer.sentences:
            markers = "".join(f" [{number}]" for number in sentence.citations)
            if sentence.support is Support.VERIFIED:
                parts.append(f"<p>{escape(sentence.text)}<b>{markers}</b></p>")
            else:
                note = escape(self.tr("not found in the documents"))
                parts.append(f"<p>┄ {escape(sentence.text)} ┄<br><small>{note}</small></p>")
        self.text.setHtml("".join(parts))

    def fail(self, message: str) -> None:
        """Say what happened in place of the answer."""
        self._set_running(False)
        self.text.setPlainText(message)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._running:
            self.stopped.emit()
        else:
            super().keyPressEvent(event)

    def _ask(self) -> None:
        question = self.field.text().strip()
        if question and not self._running:
            self.field.clear()
            self.asked.emit(question)

    def _press(self) -> None:
        if self._running:
            self.stopped.emit()
        else:
            self._ask()

    def _set_running(self, running: bool) -> None:
        self._running = running
        self._button.setText(self.tr("Stop") if running else self.tr("Ask"))

    def _choose(self, index: QModelIndex) -> None:
        self.place_chosen.emit(index.data(VALUE_ROLE))

    def _say_coverage(self, coverage: Coverage) -> None:
        text = self.tr("Searched {count} documents.").format(count=coverage.searched)
        if coverage.unreadable:
            names = ", ".join(item.path.name for item in coverage.unreadable[:5])
            text += " " + self.tr("Not or not wholly read: {names}.").format(names=names)
        self._coverage.setText(text)
