"""One model on the page of the models: its title, a quiet line of facts, and what can be done."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout

from desktop_rag.domain import (
    CheckedModel,
    InstalledModel,
    ModelCondition,
    ModelTrial,
    TrialProgress,
    TrialStep,
)
from desktop_rag.ui import model_words
from desktop_rag.ui.flow_layout import FlowLayout
from desktop_rag.ui.parts import label, link_button, quiet_label

_MARGINS = (12, 10, 12, 10)


class ModelRow(QFrame):
    """The one in use stands on a card; the others below it have a button “Use”.

    Signals:
        use_wanted(): put it in force.
        try_wanted(): find out how fast it is here.
        stop_wanted(): leave off.
    """

    use_wanted = Signal()
    try_wanted = Signal()
    stop_wanted = Signal()

    def __init__(self, item: InstalledModel, *, is_locked: bool) -> None:
        """`is_locked`: the administrator chooses, and nobody else."""
        super().__init__()
        self.item = item
        self._is_locked = is_locked
        self.condition: ModelCondition | None = None if item.installed else ModelCondition.NOT_HERE
        self._device = ""
        self._is_trying = False
        self.setObjectName("card" if item.in_use else "")
        self._facts = quiet_label("")
        self.use = QPushButton(self.tr("Use"))
        self.use.setObjectName("chip")
        self.use.setAutoDefault(False)
        self.use.setAccessibleName(self.tr("Use {name}").format(name=item.model.title))
        self.use.setVisible(item.installed and not item.in_use)
        self.use.setEnabled(False)
        self.use.clicked.connect(self.use_wanted)
        self.note = quiet_label("")
        self.trial = link_button(self.tr("Try it out"), self._trial_clicked)
        self.trial.setAutoDefault(False)
        self.trial.setVisible(item.installed)
        self.trial.setEnabled(False)
        buttons = FlowLayout(spacing=8)
        for button in (self.use, self.trial):
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*_MARGINS)
        layout.setSpacing(2)
        layout.addWidget(label(item.model.title, "text" if item.installed else "quiet"))
        layout.addWidget(self._facts)
        layout.addWidget(self.note)
        if item.installed:
            layout.addLayout(buttons)
        self._show()
        self.show_trial(item.trial)

    def text(self) -> str:
        """What is said of it."""
        return self._facts.text()

    def show_checked(self, checked: CheckedModel) -> None:
        """Its files were checked: one that is whole can be put in force, and tried out."""
        self.condition = checked.condition
        is_whole = checked.condition is ModelCondition.WHOLE
        self.use.setEnabled(is_whole and not self._is_locked)
        fits = checked.fit is None or checked.fit.fits
        self.trial.setEnabled(is_whole and fits)
        if checked.fit is not None and not fits:
            self._say(model_words.lack_of_memory(checked.fit))
        self._show()

    def show_device(self, engine_words: str) -> None:
        """Where it runs, in the words of the engine."""
        self._device = engine_words
        self._show()

    def show_trial(self, trial: ModelTrial | None) -> None:
        """What came out when it was tried; None: nothing is known."""
        role = self.item.model.role
        self.stop_trying("" if trial is None else model_words.verdict(role, trial))

    def show_trying(self, progress: TrialProgress | None) -> None:
        """It is being tried out; None: that has just begun."""
        self._is_trying = True
        self._name_trial(self.tr("Stop"))
        seconds = 0 if progress is None else int(progress.seconds)
        is_loading = progress is None or progress.step is TrialStep.LOADING
        step = self.tr("Loading … {seconds} s") if is_loading else self.tr("Trying … {seconds} s")
        self._say(step.format(seconds=seconds))

    def stop_trying(self, said: str) -> None:
        """It is not tried out any more; `said`: why, or how it went."""
        self._is_trying = False
        self._name_trial(self.tr("Try it out"))
        self._say(said)

    def _trial_clicked(self) -> None:
        (self.stop_wanted if self._is_trying else self.try_wanted).emit()

    def _name_trial(self, text: str) -> None:
        self.trial.setText(text)
        self.trial.setAccessibleName(f"{text}: {self.item.model.title}")

    def _say(self, text: str) -> None:
        self.note.setText(text)
        self.note.setVisible(bool(text))

    def _show(self) -> None:
        self._facts.setObjectName(
            "attention" if self.condition is ModelCondition.ALTERED else "quiet"
        )
        self._facts.style().polish(self._facts)
        self._facts.setText(model_words.facts(self.item, self.condition, self._device))
