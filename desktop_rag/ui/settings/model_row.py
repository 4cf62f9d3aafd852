"""One model on the page of the models: its title, a quiet line of facts, and what can be done."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from desktop_rag.domain import InstalledModel, ModelCondition
from desktop_rag.ui import model_words
from desktop_rag.ui.parts import label, quiet_label

_MARGINS = (12, 10, 12, 10)


class ModelRow(QFrame):
    """The one in use stands on a card; the others below it have a button “Use”.

    Signals:
        use_wanted(): put it in force.
    """

    use_wanted = Signal()

    def __init__(self, item: InstalledModel, *, is_locked: bool) -> None:
        """`is_locked`: the administrator chooses, and nobody else."""
        super().__init__()
        self.item = item
        self._is_locked = is_locked
        self.condition: ModelCondition | None = None if item.installed else ModelCondition.NOT_HERE
        self._device = ""
        self.setObjectName("card" if item.in_use else "")
        self._facts = quiet_label("")
        self.use = QPushButton(self.tr("Use"))
        self.use.setObjectName("chip")
        self.use.setAutoDefault(False)
        self.use.setAccessibleName(self.tr("Use {name}").format(name=item.model.title))
        self.use.setVisible(item.installed and not item.in_use)
        self.use.setEnabled(False)
        self.use.clicked.connect(self.use_wanted)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(label(item.model.title, "text" if item.installed else "quiet"))
        texts.addWidget(self._facts)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(*_MARGINS)
        layout.setSpacing(12)
        layout.addLayout(texts, 1)
        layout.addWidget(self.use, alignment=Qt.AlignmentFlag.AlignTop)
        self._show()

    def text(self) -> str:
        """What is said of it."""
        return self._facts.text()

    def show_condition(self, condition: ModelCondition) -> None:
        """Its files were checked: one that is whole can be put in force."""
        self.condition = condition
        self.use.setEnabled(condition is ModelCondition.WHOLE and not self._is_locked)
        self._show()

    def show_device(self, engine_words: str) -> None:
        """Where it runs, in the words of the engine."""
        self._device = engine_words
        self._show()

    def _show(self) -> None:
        self._facts.setObjectName(
            "attention" if self.condition is ModelCondition.ALTERED else "quiet"
        )
        self._facts.style().polish(self._facts)
        self._facts.setText(model_words.facts(self.item, self.condition, self._device))
