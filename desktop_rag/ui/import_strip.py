"""Progress of a model that is brought in, at the foot of the library, with Stop."""

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from desktop_rag.ui.icons import Icons
from desktop_rag.ui.importing import Importing
from desktop_rag.ui.parts import icon_button, label

_STEPS = 1000


class ImportStrip(QWidget):
    """Follows an `Importing`; hidden while no model is brought in."""

    def __init__(self, icons: Icons, importing: Importing) -> None:
        super().__init__()
        self._importing = importing
        self._head = label("", "section")
        self._step = label("", "small")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setMaximum(_STEPS)
        self._bar.setAccessibleName(self.tr("Progress of the model"))
        self.stop = icon_button(icons, "stop", self.tr("Stop; nothing of the model is kept"))
        self.stop.clicked.connect(importing.stop)
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self._head, 1)
        head.addWidget(self.stop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 4)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(self._step)
        layout.addWidget(self._bar)
        importing.changed.connect(self._show)
        self._show()

    def text(self) -> str:
        """What is shown, for tests and screen readers."""
        return f"{self._head.text()} {self._step.text()}"

    def _show(self) -> None:
        self.setVisible(self._importing.is_running)
        self._head.setText(self.tr("Adding {name}").format(name=self._importing.name))
        self._step.setText(self._importing.text())
        share = self._importing.share()
        self._bar.setVisible(share is not None)
        self._bar.setValue(int(_STEPS * (share or 0)))
        self.stop.setEnabled(not self._importing.is_stopping)
