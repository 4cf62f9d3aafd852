"""Everything in the window: the bar, three columns, and how they work together."""

import hashlib
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from desktop_rag.domain import ImportedModel, Model
from desktop_rag.engine.messages import Failed
from desktop_rag.errors import SettingsError
from desktop_rag.ui.asking import Asking
from desktop_rag.ui.columns import Columns
from desktop_rag.ui.conversation_panel import ConversationPanel
from desktop_rag.ui.conversation_tasks import ConversationTasks
from desktop_rag.ui.dialogs import confirm
from desktop_rag.ui.document_feed import DocumentFeed
from desktop_rag.ui.drop_overlay import DropOverlay
from desktop_rag.ui.dropping import Dropping
from desktop_rag.ui.engine_link import EngineLink
from desktop_rag.ui.evidence import EvidenceCard
from desktop_rag.ui.icons import Icons
from desktop_rag.ui.importing import Importing
from desktop_rag.ui.jump import Jump
from desktop_rag.ui.language_notice import LanguageNotice
from desktop_rag.ui.library_panel import LibraryPanel
from desktop_rag.ui.library_tasks import LibraryTasks
from desktop_rag.ui.main_window import MainWindow
from desktop_rag.ui.model_choice import may_use
from desktop_rag.ui.page_panel import PagePanel
from desktop_rag.ui.page_tasks import PageTasks
from desktop_rag.ui.parts import icon_button
from desktop_rag.ui.preferences import Preferences
from desktop_rag.ui.reading import Reading
from desktop_rag.ui.state import WindowState
from desktop_rag.ui.theme import Look
from desktop_rag.ui.vault_door import VaultDoor
from desktop_rag.ui.window_sheets import WindowSheets

_FIRST_LIBRARY_PARTS = [220, 480]  # tree and documents, in pixels of height


class Workspace(QWidget):
    """Three columns, no modes. Everything slow happens in the engine process.

    Attributes:
        library, answers, page: the columns.
        feed: brings the documents into the library.
        tasks, page_tasks: what the reader does with documents and with the page.
        sheets: settings, help and problems.
        shortcuts: the actions with their keys.
    """

    def __init__(
        self,
        window: MainWindow,
        engine: EngineLink,
        reading: Reading,
        asking: Asking,
        importing: Importing,
        preferences: Preferences,
        icons: Icons,
        look: Look,
        state: WindowState,
        door: VaultDoor,
    ) -> None:
        super().__init__(window)
        self.setObjectName("column")
        self._window = window
        self._engine = engine
        self._reading = reading
        self._asking = asking
        self._importing = importing
        self._preferences = preferences
        self._icons = icons
        self._state = state
        self._door = door
        self._library_stepped_aside = False
        self.library = LibraryPanel(icons, look, importing)
        self.answers = ConversationPanel(engine, asking, icons, look)
        self.page = PagePanel(engine, icons, look)
        self.columns = Columns(self.library, self.answers, self.page, look, state)
        self.overlay = DropOverlay(self, look)
        self.feed = DocumentFeed(self, engine, reading, self.library)
        self.tasks = LibraryTasks(self, engine, reading, self.library)
        self.page_tasks = PageTasks(self, engine, reading, self.page)
        self.sheets = WindowSheets(self, window, engine, reading, preferences, door, importing)
        self.dropping = Dropping(
            self, window, engine, reading, self.library, self.overlay, importing, door.number
        )
        self.conversation_tasks = ConversationTasks(self, engine, self.answers)
        self.languages = LanguageNotice(
            engine, self.library.notice, state, self.sheets.open_models, self.feed.refresh
        )
        self._lay_out()
        self.shortcuts = self._make_actions()
        self._connect()
        parts = state.numbers("library")
        self.library.parts.setSizes(parts if len(parts) == 2 else _FIRST_LIBRARY_PARTS)
        self.feed.refresh()
        self.answers.go_to("")

    def may_close(self) -> bool:
        """Ask before reading is interrupted by the end of the program."""
        if not self._reading.is_running or self._reading.is_preparing:
            return True  # what is prepared is kept, and nobody waits for the rest
        return confirm(
            self._window,
            self.tr("Quit while documents are being read?"),
            self.tr("What was read is kept. The rest is read when the program starts again."),
            self.tr("Quit"),
        )

    def keep_state(self) -> None:
        """Remember sizes and places, for the next start."""
        self._state.keep(
            columns=self.columns.widths(),
            library=self.library.parts.sizes(),
            place=_fingerprint(self.library.place),
            document=self.page.view.document_id if self.page.view else "",
            page=[self.page.canvas.page],
        )

    def retire(self) -> None:
        """Another workspace takes over: leave the shared parts alone."""
        strip = self.library.importing
        for source in (self._engine, self._reading, self._asking, self._importing):
            for listener in (
                self,
                self.feed,
                self.sheets,
                self.answers,
                self.tasks,
                self.languages,
                strip,
            ):
                source.disconnect(listener)
        self.sheets.retire()
        self.languages.retire()
        self.dropping.retire()
        self.deleteLater()

    def change_look(self, look: Look) -> None:
        """Draw everything in another look."""
        for part in (self.columns, self.library, self.answers, self.page, self.overlay):
            part.change_look(look)
        self.sheets.change_look(look)
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._make_bar())
        layout.addWidget(self.columns, 1)

    def _make_bar(self) -> QWidget:
        bar = QWidget()
        bar.setObjectName("bar")
        row = QHBoxLayout(bar)
        row.setContentsMargins(12, 4, 8, 4)
        row.setSpacing(4)
        self.show_library = icon_button(self._icons, "library", self.tr("Show the library"))
        self.show_library.setCheckable(True)
        self.show_library.setObjectName("plain")
        self.show_library.setChecked(True)
        self.show_library.toggled.connect(self.columns.show_library)
        row.addWidget(self.show_library)
        name = QLabel("Desktop RAG")
        name.setObjectName("section")
        row.addWidget(name)
        row.addStretch()
        self.vault = self._make_vault_button()
        row.addWidget(self.vault)
        self.offline = icon_button(
            self._icons,
            "shield",
            self.tr("Offline: see how it is guaranteed"),
            self.sheets.show_proof,
        )
        self.offline.setText(self.tr("Offline"))
        self.offline.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        row.addWidget(self.offline)
        settings = icon_button(
            self._icons, "settings", self.tr("Settings"), lambda: self.sheets.open_settings(0)
        )
        help_ = icon_button(self._icons, "help", self.tr("Help"), self.show_help)
        row.addWidget(settings)
        row.addWidget(help_)
        return bar

    def _make_vault_button(self) -> QToolButton:
        """Goes to the vaults; in an open one it locks it."""
        if self._door.is_open:
            text = self.tr("Lock vault {number}").format(number=self._door.number)
            button = icon_button(self._icons, "lock", text, self._door.lock)
        else:
            text = self.tr("Vaults")
            button = icon_button(self._icons, "lock", text, self.sheets.show_vaults)
        button.setText(text)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        return button

    def show_help(self) -> None:
        """Show the guide."""
        self.sheets.show_guide(self.shortcuts)

    def _make_actions(self) -> list[QAction]:
        made = [
            self._action("Ctrl+O", self.tr("Add PDFs"), self.dropping.choose_files),
            self._action("Ctrl+L", self.tr("Ask"), self.answers.field.edit.setFocus),
            self._action("Ctrl+N", self.tr("New conversation"), self.answers.new_conversation),
            self._action("Ctrl+H", self.tr("History"), self.answers.show_history),
            self._action("Ctrl+F", self.tr("Find in this document"), self._find),
            self._action("Ctrl+K", self.tr("Go to a document"), self.jump),
            self._action("Ctrl+P", self.tr("Print the document"), self.page_tasks.print_document),
            self._action("Ctrl+B", self.tr("Show or hide the library"), self.show_library.toggle),
            self._action("F6", self.tr("Next column"), self.next_column),
            self._action("Ctrl++", self.tr("Larger page"), self.page.canvas.zoom_in),
            self._action("Ctrl+-", self.tr("Smaller page"), self.page.canvas.zoom_out),
            self._action("Esc", self.tr("Stop, or close"), self.escape),
            self._action("Ctrl+,", self.tr("Settings"), lambda: self.sheets.open_settings(0)),
            self._action("F1", self.tr("Help"), self.show_help),
            self._action("Ctrl+Shift+L", self.tr("Open or lock a vault"), self.vault.click),
            self._action("Ctrl+Q", self.tr("Quit"), self._window.close),
        ]
        first = self._action(
            "Alt+1", self.tr("Show evidence 1 to 9"), partial(self.answers.open_card, 0)
        )
        first.setProperty("keys", "Alt+1 … 9")
        for number in range(1, 9):
            self._action(f"Alt+{number + 1}", "", partial(self.answers.open_card, number))
        return [*made, first]

    def _action(self, keys: str, text: str, act: Callable[[], object]) -> QAction:
        action = QAction(text, self)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.triggered.connect(act)
        self.addAction(action)
        return action

    def _connect(self) -> None:
        self._engine.died.connect(self._engine_died)
        self._importing.imported.connect(self._model_imported)
        self._importing.failed.connect(self._model_refused)
        self._connect_library()
        self.answers.place_chosen.connect(self._show_card)
        self.answers.welcome.samples_wanted.connect(self._reading.add_samples)
        self.answers.welcome.proof_wanted.connect(self.sheets.show_proof)
        self.page.opened.connect(self._page_opened)
        self.page.closed.connect(self._page_closed)
        self.page.password_wanted.connect(self.page_tasks.ask_password)
        self.page.print_wanted.connect(self.page_tasks.print_document)
        self.page.save_wanted.connect(self.page_tasks.save_copy)

    def _connect_library(self) -> None:
        self.feed.counted.connect(self.answers.set_document_count)
        self.feed.listed.connect(self._open_what_was_open)
        self.feed.listed.connect(self.languages.look)
        self._reading.ended.connect(self.languages.look)
        self.feed.collections_listed.connect(self._go_where_it_was)
        self.library.reading.follow(self._reading)
        self.library.place_changed.connect(self.answers.go_to)
        self.library.add_wanted.connect(self.dropping.choose_files)
        self.library.table.open_wanted.connect(lambda row: self._open_row(row.key))
        self.library.table.selectionModel().selectionChanged.connect(self._selected)
        self.tasks.removed.connect(self._removed)
        self.tasks.collections_changed.connect(self.feed.refresh_collections)
        self.tasks.turns_changed.connect(self.answers.reload)
        self.tasks.open_wanted.connect(self._open_row)

    def escape(self) -> None:
        """Stop what runs; else close the search, the page or the history."""
        if self._asking.is_running:
            self._asking.stop()
        elif not self.page.find_bar.isHidden():
            self.page.find_bar.close_bar()
        elif self.answers.pages.currentWidget() is self.answers.history:
            self.answers.history.closed.emit()
        elif not self.page.isHidden():
            self.page.close_panel()

    def next_column(self) -> None:
        """Move the focus to the next column that is shown."""
        table = self.library.table
        columns = [
            (self.library, table if table.isVisible() else self.library.search),
            (self.answers, self.answers.field.edit),
            (self.page, self.page.canvas),
        ]
        shown = [pair for pair in columns if pair[0].isVisible()]
        focus = self._window.focusWidget()
        here = next(
            (i for i, (column, _) in enumerate(shown) if focus and column.isAncestorOf(focus)), -1
        )
        shown[(here + 1) % len(shown)][1].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def jump(self) -> None:
        """Choose a document by a part of its name, and open it."""
        sheet = Jump(self._window, self.library.documents.rows())
        row = sheet.chosen() if sheet.exec() else None
        if row is not None:
            self.library.find_document(row.key)
            self._open_row(row.key)

    def _find(self) -> None:
        if self.page.isVisible():
            self.page.find_bar.open_bar()
        else:
            self.library.search.setFocus()

    def _open_what_was_open(self, known: set[str]) -> None:
        """The document that was shown when the window closed, once."""
        left_open = self._state.text("document")
        if left_open:
            self._state.keep(document="")
            if left_open in known:
                self.page.passwords = self._reading.passwords
                self.page.show_document(left_open, *self._state.numbers("page")[:1])

    def _go_where_it_was(self) -> None:
        """The collection that was looked at when the window closed, once."""
        wanted = self._state.text("place")
        for name in self.library.collections.paths():
            if wanted and _fingerprint(name) == wanted:
                self._state.keep(place="")
                self.library.go_to(name)
                return

    def _selected(self) -> None:
        self.answers.set_selected(self.library.selected())

    def _removed(self, document_ids: set[str]) -> None:
        self.feed.drop(document_ids)
        self.page.leave(document_ids)
        self.answers.reload()

    def _open_row(self, key: str) -> None:
        self.page.passwords = self._reading.passwords
        self.page.show_document(key)

    def _show_card(self, cards: list[EvidenceCard], number: int) -> None:
        self.page.passwords = self._reading.passwords
        self.page.show_card(cards, number)

    def _model_imported(self, imported: ImportedModel) -> None:
        """Offer to use it, unless the administrator has chosen."""
        model, said = imported.model, self._importing.can_be_chosen(imported)
        if model.role.value in self._preferences.settings.locked:
            self.library.notice.say(said)
            return
        self.library.notice.say(said, self.tr("Use it now"), lambda: self._use_model(model))

    def _use_model(self, model: Model) -> None:
        if not may_use(self._window, model.role):
            return
        try:
            self._preferences.change(model.role.value, model.name)
        except SettingsError as error:
            self._engine.problem.emit(Failed(0, error.message, error.hint))

    def _model_refused(self, failure: Failed) -> None:
        """Said in a dialog, unless the page of the models is open and says it."""
        if self.sheets.settings is None:
            self._engine.problem.emit(failure)

    def _page_opened(self) -> None:
        if not self.page.isVisible():
            self.columns.open_page()
            self._make_room()

    def _page_closed(self) -> None:
        self.columns.close_page()
        self.show_library.setChecked(True)
        self.answers.field.edit.setFocus()

    def _make_room(self) -> None:
        """In a narrow window the library steps aside while a page is shown."""
        aside = self.columns.are_narrow() and not self.page.isHidden()
        if aside != self._library_stepped_aside:
            self._library_stepped_aside = aside
            self.show_library.setChecked(not aside)

    def _engine_died(self, restarted: bool) -> None:
        if restarted:
            self.library.notice.say(
                self.tr(
                    "The part that reads and answers ended unexpectedly and was started again. "
                    "Nothing that was read is lost."
                )
            )
            self.feed.refresh()
        elif self.sheets.problem is None:  # else the reason is already said
            self.sheets.show_problem(
                Failed(
                    0,
                    self.tr("The part that reads and answers does not start."),
                    self.tr("Quit the program and start it again."),
                )
            )


def _fingerprint(collection: str) -> str:
    """What stands for a collection outside of the library: its name may be a patient's."""
    return hashlib.sha256(collection.encode()).hexdigest()[:16] if collection else ""
