"""Progress of reading, at the foot of the library: per file and overall, pause and Stop."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from desktop_rag.domain import AddProgress, ReembedProgress
from desktop_rag.ui import words
from desktop_rag.ui.icons import Icons
from desktop_rag.ui.parts import icon_button, label
from desktop_rag.ui.reading import Reading

_STEPS = 1000
_REPAINT_MS = 40


class ReadingStrip(QWidget):
    """Follows a `Reading`; hidden while nothing is read.

    Signals:
        pause_wanted(): pause, or go on.
        stop_wanted(): end the order.
    """

    pause_wanted = Signal()
    stop_wanted = Signal()

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self._icons = icons
        self._reading: Reading | None = None
        self._step: AddProgress | ReembedProgress | None = None
        self._head = label("", "section")
        self._file = label("", "small")
        self._file.setWordWrap(False)
        self._file.setMinimumWidth(40)
        self._left = label("", "small")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setMaximum(_STEPS)
        self._bar.setAccessibleName(self.tr("Reading progress"))
        self.pause = icon_button(icons, "pause", self.tr("Pause reading"))
        self.pause.clicked.connect(self.pause_wanted)
        self.stop = icon_button(icons, "stop", self.tr("Stop reading; what was read is kept"))
        self.stop.clicked.connect(self.stop_wanted)
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self._head, 1)
        head.addWidget(self.pause)
        head.addWidget(self.stop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 4)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(self._file)
        layout.addWidget(self._bar)
        layout.addWidget(self._left)
        self._repaint = QTimer(self)
        self._repaint.setSingleShot(True)
        self._repaint.setInterval(_REPAINT_MS)
        self._repaint.timeout.connect(self._show)
        self.setVisible(False)

    def follow(self, reading: Reading) -> None:
        """Show what this controller does."""
        self._reading = reading
        reading.began.connect(self._began)
        reading.progressed.connect(self._progressed)
        reading.paused.connect(self._paused)
        reading.ended.connect(self._ended)
        reading.prepared.connect(self._ended)
        self.pause_wanted.connect(reading.pause)
        self.stop_wanted.connect(self._stopping)
        self.stop_wanted.connect(reading.stop)
        if reading.is_running:
            self._began()
            self._paused(reading.is_paused)

    def text(self) -> str:
        """What is shown, for tests and screen readers."""
        parts = (self._head.text(), self._file.text(), self._left.text())
        return " ".join(part for part in parts if part)

    def _began(self) -> None:
        self._step = None
        is_preparing = self._reading is not None and self._reading.is_preparing
        self._head.setText(self._preparing() if is_preparing else self.tr("Reading …"))
        self._file.setText("")
        self._left.setText(self.tr("You can ask meanwhile."))
        self._bar.setValue(0)
        self.stop.setEnabled(True)
        self._paused(False)
        self.setVisible(True)

    def _ended(self) -> None:
        self.setVisible(self._reading is not None and self._reading.is_running)

    def _preparing(self) -> str:
        return self.tr("Preparing documents for the new model …")

    def _progressed(self, step: AddProgress | ReembedProgress) -> None:
        self._step = step
        if not self._repaint.isActive():
            self._repaint.start()

    def _show(self) -> None:
        step, reading = self._step, self._reading
        if step is None or reading is None or reading.is_paused or not self.stop.isEnabled():
            return
        if step.indexing:
            self._show_indexing()
        elif isinstance(step, ReembedProgress):
            self._show_preparing(step, reading)
        else:
            self._show_file(step, reading)

    def _show_preparing(self, step: ReembedProgress, reading: Reading) -> None:
        self._head.setText(self._preparing())
        self._file.setText(step.model)
        self._bar.setValue(int(_STEPS * step.share) if step.total else 0)
        self._left.setText(words.pace_words(reading.pace) or self.tr("You can ask meanwhile."))

    def _show_file(self, step: AddProgress, reading: Reading) -> None:
        self._head.setText(
            self.tr("Reading {number} of {count}").format(
                number=step.file_number, count=step.file_count
            )
        )
        page = (
            self.tr("page {page} of {count}").format(page=step.page, count=step.page_count)
            if step.page_count
            else ""
        )
        room = self._file.width() - QFontMetrics(self._file.font()).horizontalAdvance(f" · {page}")
        name = QFontMetrics(self._file.font()).elidedText(
            step.path.name, Qt.TextElideMode.ElideMiddle, max(room, 40)
        )
        self._file.setText(f"{name} · {page}" if page else name)
        self._bar.setValue(int(_STEPS * step.share))
        self._left.setText(words.pace_words(reading.pace) or self.tr("You can ask meanwhile."))

    def _show_indexing(self) -> None:
        self._head.setText(self.tr("Making the search index …"))
        is_large = isinstance(self._step, AddProgress)
        large = self.tr("The library has become large. This takes minutes.")
        self._file.setText(large if is_large else "")
        self._bar.setValue(_STEPS)
        self._left.setText(self.tr("You can ask meanwhile."))

    def _paused(self, is_paused: bool) -> None:
        self._icons.put(self.pause, "play" if is_paused else "pause")
        name = self.tr("Go on reading") if is_paused else self.tr("Pause reading")
        self.pause.setToolTip(name)
        self.pause.setAccessibleName(name)
        if is_paused:
            self._head.setText(self.tr("Paused"))
            preparing = self._reading is not None and self._reading.is_preparing
            meanwhile = self.tr("You can ask meanwhile.")
            self._left.setText(meanwhile if preparing else self.tr("What was read can be asked."))

    def _stopping(self) -> None:
        self._head.setText(self.tr("Stopping …"))
        self.stop.setEnabled(False)
