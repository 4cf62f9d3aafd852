"""The settings: each in force as soon as it is changed."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QListWidget,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop_rag.domain import (
    InstalledModel,
    ModelRole,
    OwnCheck,
    StoredItem,
    WatchedFolder,
)
from desktop_rag.engine.messages import Failed
from desktop_rag.errors import SettingsError
from desktop_rag.ui import words
from desktop_rag.ui.engine_link import EngineLink
from desktop_rag.ui.flow_layout import FlowLayout
from desktop_rag.ui.parts import label, quiet_label
from desktop_rag.ui.preferences import Preferences

_SIZES = (80, 90, 100, 110, 125, 150, 175, 200)


class SettingsDialog(QDialog):
    """Pages of settings, chosen by a list on the left.

    Signals:
        read_watched_wanted(): read what is new in the watched folders now.
        problem(failed): something could not be done.
    """

    read_watched_wanted = Signal()
    problem = Signal(object)

    def __init__(self, parent: QWidget, engine: EngineLink, preferences: Preferences) -> None:
        super().__init__(parent)
        self._engine = engine
        self._preferences = preferences
        self.setWindowTitle(self.tr("Settings"))
        self.setAccessibleName(self.tr("Settings"))
        self.list = QListWidget()
        self.list.setObjectName("pages")
        self.list.setAccessibleName(self.tr("Kinds of settings"))
        self.pages = QStackedWidget()
        self._on_show: list[Callable[[], object]] = []
        for title, make, on_show in (
            (self.tr("General"), self._general, lambda: None),
            (self.tr("Models"), self._models, self._load_models),
            (self.tr("Privacy"), self._privacy, lambda: None),
            (self.tr("Watched folders"), self._watched, self._load_watched),
            (self.tr("Storage"), self._storage, self._load_storage),
            (self.tr("Your own check"), self._check, lambda: None),
        ):
            self.list.addItem(title)
            self.pages.addWidget(self._scrolled(title, make()))
            self._on_show.append(on_show)
        self.list.currentRowChanged.connect(self._show_page)
        self.list.setFixedWidth(self.list.sizeHintForColumn(0) + 40)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(12)
        layout.addWidget(self.list)
        layout.addWidget(self.pages, 1)
        size = preferences.look.pixels
        screen = self.screen().availableGeometry()
        self.resize(min(size(760), screen.width() - 80), min(size(540), screen.height() - 100))
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)
        self.list.setCurrentRow(0)

    def show_page(self, number: int) -> None:
        """Show one of the pages, from 0."""
        self.list.setCurrentRow(number)

    def _show_page(self, row: int) -> None:
        self.pages.setCurrentIndex(row)
        self._on_show[row]()

    def _scrolled(self, title: str, content: QWidget) -> QScrollArea:
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setAccessibleName(title)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(content)
        content.setObjectName("column")
        return area

    def _page(self, title: str) -> tuple[QWidget, QVBoxLayout]:
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(12, 4, 12, 12)
        layout.setSpacing(10)
        layout.addWidget(label(title, "title"))
        return page, layout

    def _general(self) -> QWidget:
        page, layout = self._page(self.tr("General"))
        settings = self._preferences.settings
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(10)
        self.appearance = self._choice(
            "appearance",
            settings.appearance,
            (
                (self.tr("As the system"), "system"),
                (self.tr("Light"), "light"),
                (self.tr("Dark"), "dark"),
            ),
            self.tr("Appearance"),
        )
        self.text_size = self._choice(
            "text_size",
            settings.text_size,
            tuple((f"{size} %", size) for size in sorted({*_SIZES, settings.text_size})),
            self.tr("Size of text"),
        )
        self.language = self._choice(
            "language",
            settings.language,
            (
                (self.tr("As the system"), "system"),
                ("English", "en"),
                ("Deutsch", "de"),
                ("Français", "fr"),
            ),
            self.tr("Language"),
        )
        form.addRow(self.tr("Appearance"), self.appearance)
        form.addRow(self.tr("Size of text"), self.text_size)
        form.addRow(self.tr("Language"), self.language)
        layout.addLayout(form)
        self.ocr = QCheckBox(self.tr("Read scanned pages (slower)"))
        self.ocr.setChecked(settings.ocr)
        self.ocr.toggled.connect(lambda on: self._change("ocr", on))
        layout.addWidget(self.ocr)
        layout.addStretch()
        return page

    def _choice(
        self,
        key: str,
        value: str | int,
        choices: Sequence[tuple[str, str | int]],
        name: str,
    ) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(name)
        for text, data in choices:
            box.addItem(text, data)
        box.setCurrentIndex([data for _, data in choices].index(value))
        box.activated.connect(lambda row: self._change(key, box.itemData(row)))
        return box

    def _change(self, key: str, value: str | int | bool) -> None:
        try:
            self._preferences.change(key, value)
        except SettingsError as error:
            self.problem.emit(Failed(0, error.message, error.hint))

    def _models(self) -> QWidget:
        page, layout = self._page(self.tr("Models"))
        layout.addWidget(
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
        self.models: dict[ModelRole, QComboBox] = {}
        for role, key, name in (
            (ModelRole.LANGUAGE_MODEL, "language_model", self.tr("Writes answers")),
            (ModelRole.RERANKER, "reranker", self.tr("Puts the best place first")),
            (ModelRole.EMBEDDER, "embedder", self.tr("Finds places")),
        ):
            box = QComboBox()
            box.setAccessibleName(name)
            box.activated.connect(
                lambda row, box=box, key=key: self._change(key, box.itemData(row))
            )
            form.addRow(name, box)
            self.models[role] = box
        layout.addLayout(form)
        add = QPushButton(self.tr("Add a model from this computer …"))
        add.clicked.connect(self._import_model)
        layout.addWidget(add, alignment=Qt.AlignmentFlag.AlignLeft)
        self._model_state = quiet_label("")
        layout.addWidget(self._model_state)
        layout.addStretch()
        return page

    def _load_models(self) -> None:
        self._engine.request("models", then=self._show_models)

    def _show_models(self, models: Sequence[InstalledModel]) -> None:
        for role, box in self.models.items():
            box.clear()
            for item in models:
                if item.model.role is role and item.installed:
                    size = words.size(item.model.bytes)
                    box.addItem(f"{item.model.title} ({size})", item.model.name)
                    if item.in_use:
                        box.setCurrentIndex(box.count() - 1)

    def _import_model(self) -> None:
        title = self.tr("Choose a model file")
        kinds = self.tr("Models (*.gguf *.toml)")
        name, _ = QFileDialog.getOpenFileName(self, title, "", kinds)
        if name:
            self._model_state.setText(self.tr("Checking and copying …"))
            self._engine.request(
                "import_model",
                Path(name),
                then=lambda model: self._imported(model.title),
                failed=lambda failure: self._model_state.setText(
                    f"{failure.message} {failure.hint}".strip()
                ),
            )

    def _imported(self, title: str) -> None:
        self._model_state.setText(self.tr("{name} can be chosen now.").format(name=title))
        self._load_models()

    def _privacy(self) -> QWidget:
        page, layout = self._page(self.tr("Privacy"))
        layout.addWidget(
            label(
                self.tr(
                    "Nothing leaves this computer. The operating system refuses this program "
                    "every way to a network, from its first moment on. You need not believe it: "
                    "let the program try every way out, now."
                ),
                "text",
            )
        )
        self.check_now = QPushButton(self.tr("Try every way out now"))
        self.check_now.clicked.connect(self.run_privacy_check)
        self.save_report = QPushButton(self.tr("Save a report …"))
        self.save_report.clicked.connect(self._save_report)
        row = FlowLayout(spacing=8)
        row.addWidget(self.check_now)
        row.addWidget(self.save_report)
        layout.addLayout(row)
        self.privacy_state = label("", "section")
        layout.addWidget(self.privacy_state)
        self.attempts = self._table(
            self.tr("Ways out that were tried"), [self.tr("Way out"), self.tr("Result")]
        )
        layout.addWidget(self.attempts, 1)
        return page

    def run_privacy_check(self) -> None:
        """Try every way out in the engine process, and list what stopped each."""
        self.privacy_state.setText(self.tr("Trying …"))
        self._engine.request("privacy_check", then=self._show_attempts)

    def _show_attempts(self, attempts: Sequence[object]) -> None:
        self.attempts.clear()
        is_open = False
        for attempt in attempts:
            verdict = str(attempt.verdict.value)  # type: ignore[attr-defined]
            is_open = is_open or verdict == "OPEN"
            said = {
                "blocked by the operating system": self.tr("blocked by the operating system"),
                "blocked best-effort": self.tr("blocked by the program itself"),
                "OPEN": self.tr("OPEN"),
            }.get(verdict, verdict)
            name = str(attempt.name)  # type: ignore[attr-defined]
            self.attempts.addTopLevelItem(QTreeWidgetItem([name, said]))
        self.attempts.resizeColumnToContents(0)
        self.privacy_state.setText(
            self.tr("A way out is OPEN. Do not use privileged files until it is closed.")
            if is_open
            else self.tr("Every way out is blocked.")
        )

    def _save_report(self) -> None:
        self._engine.request("privacy_report", then=self._write_report)

    def _write_report(self, report: str) -> None:
        title = self.tr("Save the privacy report")
        name, _ = QFileDialog.getSaveFileName(self, title, self.tr("privacy report") + ".txt")
        if not name:
            return
        try:
            Path(name).write_text(report, encoding="utf-8")
        except OSError as error:
            message = self.tr("The report could not be saved.")
            self.problem.emit(Failed(0, message, str(error.strerror)))

    def _watched(self) -> QWidget:
        page, layout = self._page(self.tr("Watched folders"))
        layout.addWidget(
            quiet_label(
                self.tr(
                    "New and changed PDFs in these folders are read whenever the program starts. "
                    "Nothing is removed when a folder is not there."
                )
            )
        )
        self.folders = self._table(
            self.tr("Watched folders"), [self.tr("Folder"), self.tr("Collection")]
        )
        layout.addWidget(self.folders, 1)
        add = QPushButton(self.tr("Watch a folder …"))
        add.clicked.connect(self._watch)
        stop = QPushButton(self.tr("Watch no longer"))
        stop.clicked.connect(self._unwatch)
        now = QPushButton(self.tr("Read now"))
        now.clicked.connect(self.read_watched_wanted)
        row = FlowLayout(spacing=8)
        for button in (add, stop, now):
            row.addWidget(button)
        layout.addLayout(row)
        return page

    def _load_watched(self) -> None:
        self._engine.request("watched", then=self._show_watched)

    def _show_watched(self, folders: Sequence[WatchedFolder]) -> None:
        self.folders.clear()
        for folder in folders:
            self.folders.addTopLevelItem(QTreeWidgetItem([str(folder.path), folder.collection]))
        self.folders.resizeColumnToContents(0)

    def _watch(self) -> None:
        name = QFileDialog.getExistingDirectory(self, self.tr("Choose a folder"))
        if name:
            path = Path(name)
            self._engine.request("watch", path, path.name, then=self._watch_began)

    def _watch_began(self, _: object) -> None:
        self._load_watched()
        self.read_watched_wanted.emit()

    def _unwatch(self) -> None:
        for item in self.folders.selectedItems():
            path = Path(item.text(0))
            self._engine.request("unwatch", path, then=lambda _: self._load_watched())

    def _storage(self) -> QWidget:
        page, layout = self._page(self.tr("Storage"))
        layout.addWidget(
            quiet_label(
                self.tr(
                    "This is all that the program keeps, and where. It is only on this computer; "
                    "your own PDFs stay where they are."
                )
            )
        )
        self.stored = self._table(
            self.tr("What is stored"), [self.tr("What"), self.tr("Size"), self.tr("For")]
        )
        layout.addWidget(self.stored, 1)
        show = QPushButton(self.tr("Open the folder"))
        show.clicked.connect(self._open_folder)
        layout.addWidget(show, alignment=Qt.AlignmentFlag.AlignLeft)
        return page

    def _load_storage(self) -> None:
        self._engine.request("storage", then=self._show_storage)

    def _show_storage(self, items: Sequence[StoredItem]) -> None:
        self.stored.clear()
        for item in items:
            row = QTreeWidgetItem([item.name, words.size(item.bytes), item.purpose])
            for column in range(3):
                row.setToolTip(column, f"{item.purpose}\n{item.path}")
            self.stored.addTopLevelItem(row)
        for column in (0, 1):
            self.stored.resizeColumnToContents(column)

    def _open_folder(self) -> None:
        folder = self._preferences.settings.data_folder
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    def _check(self) -> QWidget:
        page, layout = self._page(self.tr("Your own check"))
        layout.addWidget(
            label(
                self.tr(
                    "Answers that you marked right are questions whose page is known. The check "
                    "asks them again and counts how often that page comes first: run it after a "
                    "change of models."
                ),
                "text",
            )
        )
        run = QPushButton(self.tr("Run the check"))
        run.clicked.connect(self._run_check)
        save = QPushButton(self.tr("Save the questions …"))
        save.clicked.connect(self._save_questions)
        row = FlowLayout(spacing=8)
        row.addWidget(run)
        row.addWidget(save)
        layout.addLayout(row)
        self.check_state = label("", "text")
        layout.addWidget(self.check_state)
        layout.addStretch()
        return page

    def _run_check(self) -> None:
        self.check_state.setText(self.tr("Asking …"))
        self._engine.request(
            "own_check",
            each=lambda step: self.check_state.setText(
                self.tr("Question {done} of {total}").format(done=step.done, total=step.total)
            ),
            then=self._show_check,
        )

    def _show_check(self, check: OwnCheck) -> None:
        if not check.questions:
            self.check_state.setText(self.tr("No answer is marked right yet."))
            return
        lines = [
            self.tr("%n question(s) with a known page.", "", check.questions),
            self.tr("The page comes first for {share} %.").format(
                share=round(100 * check.hit_at_1)
            ),
            self.tr("It is among the first five for {share} %.").format(
                share=round(100 * check.hit_at_5)
            ),
            self.tr("%n answer(s) marked wrong.", "", check.wrong),
        ]
        self.check_state.setText("\n".join(lines))

    def _save_questions(self) -> None:
        title = self.tr("Save the questions")
        name, _ = QFileDialog.getSaveFileName(self, title, "questions.jsonl")
        if name:
            self._engine.request(
                "export_own_questions",
                Path(name),
                then=lambda count: self.check_state.setText(
                    self.tr("%n question(s) saved.", "", count)
                ),
            )

    def _table(self, name: str, heads: list[str]) -> QTreeWidget:
        table = QTreeWidget()
        table.setAccessibleName(name)
        table.setRootIsDecorated(False)
        table.setHeaderLabels(heads)
        table.setMinimumHeight(120)
        return table
