"""Which models find, order and write."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QCheckBox, QFileDialog, QPushButton, QVBoxLayout

from desktop_rag.domain import (
    CheckedModel,
    ImportedModel,
    InstalledModel,
    Model,
    ModelRole,
)
from desktop_rag.engine.messages import Failed
from desktop_rag.ui.engine_link import EngineLink, Job
from desktop_rag.ui.importing import Importing
from desktop_rag.ui.model_choice import may_use
from desktop_rag.ui.parts import label, quiet_label
from desktop_rag.ui.preferences import Preferences
from desktop_rag.ui.settings.model_row import ModelRow
from desktop_rag.ui.settings.page import SettingsPage, governed, set_by_administrator


class ModelsPage(SettingsPage):
    """The models in use, the others that are there, and a way to add one."""

    def __init__(self, engine: EngineLink, preferences: Preferences, importing: Importing) -> None:
        super().__init__(QCoreApplication.translate("ModelsPage", "Models"))
        self._engine = engine
        self._importing = importing
        self._preferences = preferences
        self.body.addWidget(
            quiet_label(
                self.tr(
                    "What finds, orders and writes. All of it runs on this computer. A language "
                    "model is a GGUF file; a larger one writes better and more slowly."
                )
            )
        )
        self.rows: dict[str, ModelRow] = {}
        self._trial: Job | None = None
        self._groups: dict[ModelRole, QVBoxLayout] = {}
        for role, name in (
            (ModelRole.LANGUAGE_MODEL, self.tr("Writes answers")),
            (ModelRole.RERANKER, self.tr("Puts the best place first")),
            (ModelRole.EMBEDDER, self.tr("Finds places")),
        ):
            self._groups[role] = self._make_group(role, name)
        self.quoted = QCheckBox(self.tr("Quote only, write nothing"))
        self.quoted.setToolTip(self.tr("Answers are then the best places, word for word."))
        self.quoted.setChecked(preferences.settings.answers == "quoted")
        self.quoted.toggled.connect(
            lambda on: self.change(preferences, "answers", "quoted" if on else "written")
        )
        self.body.addWidget(governed(preferences, "answers", self.quoted))
        add = QPushButton(self.tr("Add a model from this computer …"))
        add.clicked.connect(self._import_model)
        self.body.addWidget(add, alignment=Qt.AlignmentFlag.AlignLeft)
        if preferences.settings.model_key:
            said = self.tr("Only packs with the signature that the settings ask for are taken.")
            self.body.addWidget(quiet_label(said))
        self._model_state = quiet_label("")
        self.body.addWidget(self._model_state)
        self.stop = QPushButton(self.tr("Stop"))
        self.stop.clicked.connect(importing.stop)
        self.body.addWidget(self.stop, alignment=Qt.AlignmentFlag.AlignLeft)
        importing.changed.connect(self._show_importing)
        importing.imported.connect(self._imported)
        importing.failed.connect(self._not_imported)
        self._show_importing()
        self.body.addStretch()

    def load(self) -> None:
        self._engine.request("models", then=self._show_models)

    def row(self, name: str) -> ModelRow:
        """What is shown of the model of this name."""
        return self.rows[name]

    def in_use(self, role: ModelRole) -> str:
        """The model that is shown as the one in use; "" before any is."""
        shown = (row.item for row in self.rows.values() if row.item.in_use)
        return next((item.model.name for item in shown if item.model.role is role), "")

    def _make_group(self, role: ModelRole, name: str) -> QVBoxLayout:
        """The place of the models of a role, below its heading."""
        self.body.addWidget(label(name, "section"))
        rows = QVBoxLayout()
        rows.setSpacing(0)
        self.body.addLayout(rows)
        if self._is_locked(role):
            self.body.addWidget(quiet_label(set_by_administrator()))
        return rows

    def _is_locked(self, role: ModelRole) -> bool:
        return role.value in self._preferences.settings.locked

    def _show_models(self, models: Sequence[InstalledModel]) -> None:
        """List them anew, the one in use first, those that are not here last; then check them."""
        for row in self.rows.values():
            row.setParent(None)
            row.deleteLater()
        self.rows = {}
        for item in sorted(models, key=lambda item: (not item.in_use, not item.installed)):
            row = ModelRow(item, is_locked=self._is_locked(item.model.role))
            row.use_wanted.connect(lambda model=item.model: self._use(model))
            row.try_wanted.connect(lambda name=item.model.name: self._try(name))
            row.stop_wanted.connect(self._stop_trial)
            self._groups[item.model.role].addWidget(row)
            self.rows[item.model.name] = row
        self._engine.request("check_models", each=self._show_checked)
        self._engine.request("devices", then=self._show_devices, failed=lambda _: None)

    def _show_checked(self, checked: CheckedModel) -> None:
        if checked.name in self.rows:
            self.rows[checked.name].show_checked(checked)

    def _show_devices(self, devices: Mapping[ModelRole, str]) -> None:
        for row in self.rows.values():
            if row.item.in_use:
                row.show_device(devices.get(row.item.model.role, ""))

    def _use(self, model: Model) -> None:
        """Put a model in force; the one that finds places only after a question."""
        if may_use(self, model.role):
            self.change(self._preferences, model.role.value, model.name)
            self.load()

    def _try(self, name: str) -> None:
        """Try a model out; another that is being tried is left off first."""
        self._stop_trial()

        def show(act: Callable[[ModelRow], None]) -> None:
            if name in self.rows:  # the list may have been made anew meanwhile
                act(self.rows[name])

        show(lambda row: row.show_trying(None))
        self._trial = self._engine.request(
            "try_model",
            name,
            each=lambda step: show(lambda row: row.show_trying(step)),
            then=lambda trial: show(lambda row: row.show_trial(trial)),
            failed=lambda failure: show(
                lambda row: row.stop_trying(f"{failure.message} {failure.hint}".strip())
            ),
            cancelled=lambda: show(lambda row: row.show_trial(row.item.trial)),
            lost=lambda: show(lambda row: row.show_trial(row.item.trial)),
        )

    def _stop_trial(self) -> None:
        if self._trial is not None:
            self._trial.cancel()

    def _import_model(self) -> None:
        title = self.tr("Choose a model file, or the config.json of a model's folder")
        kinds = self.tr("Models (*.gguf *.zip config.json)")
        name, _ = QFileDialog.getOpenFileName(self, title, "", kinds)
        if name:
            path = Path(name)
            self._importing.add([path.parent if path.name == "config.json" else path])

    def _show_importing(self) -> None:
        if self._importing.is_running:
            self._model_state.setText(self._importing.text())
        elif self.stop.isVisibleTo(self):
            self._model_state.setText("")
        self.stop.setVisible(self._importing.is_running)
        self.stop.setEnabled(not self._importing.is_stopping)

    def _imported(self, imported: ImportedModel) -> None:
        self._model_state.setText(self._importing.can_be_chosen(imported))
        self.load()

    def _not_imported(self, failure: Failed) -> None:
        self._model_state.setText(f"{failure.message} {failure.hint}".strip())
