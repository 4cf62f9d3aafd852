"""The field for a question: it grows with the text; Enter asks."""

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QWidget

from desktop_rag.ui.clipboard import hinted
from desktop_rag.ui.icons import Icons
from desktop_rag.ui.parts import icon_button

_MOST_LINES = 6
_MOST_CHARACTERS = 20_000


class _Edit(QPlainTextEdit):
    """Signals: entered(): Enter was pressed, without Shift."""

    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setAcceptDrops(False)  # a dropped file is for the window
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.textChanged.connect(self.fit)

    def createMimeDataFromSelection(self) -> QMimeData:
        return hinted(super().createMimeDataFromSelection())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()

    def fit(self) -> None:
        """As high as the text, up to six lines."""
        lines = int(self.document().size().height())
        shown = min(max(lines, 1), _MOST_LINES)
        margins = self.contentsMargins()
        frame = margins.top() + margins.bottom() + 2 * int(self.document().documentMargin())
        self.setFixedHeight(shown * self.fontMetrics().lineSpacing() + frame + 2)


class QuestionField(QWidget):
    """The field and its button, which is Stop while something runs.

    Signals:
        asked(question): a question was entered.
        stop_wanted(): Stop was pressed.
    """

    asked = Signal(str)
    stop_wanted = Signal()

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self._icons = icons
        self._running = False
        self.edit = _Edit()
        self.edit.setAccessibleName(self.tr("Question"))
        self.edit.entered.connect(self.submit)
        self.button = icon_button(icons, "send", self.tr("Ask"))
        self.button.clicked.connect(self._press)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.edit, 1)
        layout.addWidget(self.button, alignment=Qt.AlignmentFlag.AlignVCenter)

    def set_hint(self, text: str) -> None:
        """What the empty field says."""
        self.edit.setPlaceholderText(text)

    def set_running(self, running: bool) -> None:
        """Show Stop in place of the arrow while something runs."""
        self._running = running
        self._icons.put(self.button, "stop" if running else "send")
        name = self.tr("Stop") if running else self.tr("Ask")
        self.button.setToolTip(name)
        self.button.setAccessibleName(name)

    def submit(self) -> None:
        """Ask what is in the field, if anything is and nothing runs."""
        question = " ".join(self.edit.toPlainText()[:_MOST_CHARACTERS].split())
        if question and not self._running:
            self.edit.clear()
            self.asked.emit(question)

    def _press(self) -> None:
        if self._running:
            self.stop_wanted.emit()
        else:
            self.submit()
            self.edit.setFocus()  # whoever pressed too early, or asks on, can type
