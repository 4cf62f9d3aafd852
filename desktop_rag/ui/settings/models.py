"""Which models find, order and write."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QFileDialog, QFormLayout, QPushButton

from desktop_rag.domain import (
    EncoderGraph,
    ImportedModel,
    ImportProgress,
    ImportStep,
    InstalledModel,
    ModelRole,
)
from desktop_rag.ui import words
from desktop_rag.ui.dialogs import confirm
from desktop_rag.ui.engine_link import EngineLink
from desktop_rag.ui.parts import quiet_label
from desktop_rag.ui.preferences import Preferences
from desktop_rag.ui.settings.page import SettingsPage, governed


class ModelsPage(SettingsPage):
    """The models in use, the others that are there, and a way to add one."""

    def __init__(self, engine: EngineLink, preferences: Preferences) -> None:
        super().__init__(QCoreApplication.translate("ModelsPage", "Models"))
        self._engine = engine
        self._preferences = preferences
        self.body.addWidget(
            quiet_label(
                self.tr(
                    "What finds, orders and writes. All of it runs on this computer. A language "
                    "model is a GGUF file; a larger one writes better and more slowly."
                )
            )
        )
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.setVerticalSpacing(10)
        self.boxes: dict[ModelRole, QComboBox] = {}
        for role, key, name in (
            (ModelRole.LANGUAGE_MODEL, "language_model", self.tr("Writes answers")),
            (ModelRole.RERANKER, "reranker", self.tr("Puts the best place first")),
            (ModelRole.EMBEDDER, "embedder", self.tr("Finds places")),
        ):
            box = QComboBox()
            box.setAccessibleName(name)
            box.activated.connect(
                lambda row, box=box, key=key: self._choose(key, box.itemData(row))
            )
            form.addRow(name, governed(preferences, key, box))
            self.boxes[role] = box
        self.body.addLayout(form)
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
        self._model_state = quiet_label("")
        self.body.addWidget(self._model_state)
        self.body.addStretch()

    def load(self) -> None:
        self._engine.request("models", then=self._show_models)

    def _show_models(self, models: Sequence[InstalledModel]) -> None:
        for role, box in self.boxes.items():
            box.clear()
            for item in models:
                if item.model.role is role and item.installed:
                    size = words.size(item.model.bytes)
                    box.addItem(f"{item.model.title} ({size})", item.model.name)
                    if item.in_use:
                        box.setCurrentIndex(box.count() - 1)

    def _choose(self, key: str, name: str) -> None:
        """Put a model in force; the one that finds places only after a question."""
        before = getattr(self._preferences.settings, key)
        if name == before:
            return
        if key == "embedder" and not self._may_prepare():
            box = self.boxes[ModelRole.EMBEDDER]
            box.setCurrentIndex(box.findData(before))
            return
        self.change(self._preferences, key, name)

    def _may_prepare(self) -> bool:
        return confirm(
            self,
            self.tr("Find places with another model?"),
            self.tr(
                "All documents are prepared anew for it. In a large library this takes hours. You "
                "can go on searching meanwhile, with the model before."
            ),
            self.tr("Prepare the documents"),
            dangerous=False,
        )

    def _import_model(self) -> None:
        title = self.tr("Choose a model file, or the config.json of a model's folder")
        kinds = self.tr("Models (*.gguf *.zip config.json)")
        name, _ = QFileDialog.getOpenFileName(self, title, "", kinds)
        if name:
            path = Path(name)
            self._model_state.setText(self.tr("Checking and copying …"))
            self._engine.request(
                "import_model",
                path.parent if path.name == "config.json" else path,
                each=self._show_progress,
                then=self._imported,
                failed=lambda failure: self._model_state.setText(
                    f"{failure.message} {failure.hint}".strip()
                ),
            )

    def _show_progress(self, progress: ImportProgress) -> None:
        step = {
            ImportStep.COPYING: self.tr("Checking and copying …"),
            ImportStep.PREPARING: self.tr("Preparing it for this computer …"),
            ImportStep.COMPARING: self.tr("Comparing it with the original …"),
        }[progress.step]
        share = f" {progress.done / progress.total:.0%}" if progress.total else ""
        self._model_state.setText(step + share)

    def _imported(self, imported: ImportedModel) -> None:
        said = [self.tr("{name} can be chosen now.").format(name=imported.model.title)]
        encoder = imported.encoder
        if encoder is not None and encoder.graph is EncoderGraph.NONE:
            said.append(self.tr("It could not be made faster for this computer and will be slow."))
        self._model_state.setText(" ".join(said))
        self.load()
