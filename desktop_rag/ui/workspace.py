"""Everything in the window: the bar, three columns, and how they work together."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSplitter, QVBoxLayout, QWidget

from desktop_rag.domain import Conversation, LibraryEntry
from desktop_rag.engine.messages import Failed
from desktop_rag.ui.asking import Asking
from desktop_rag.ui.conversation_panel import ConversationPanel
from desktop_rag.ui.dialogs import ProblemDialog, ask_text, confirm
from desktop_rag.ui.documents_model import row_of
from desktop_rag.ui.drop_overlay import DropOverlay
from desktop_rag.ui.dropping import Dropping
from desktop_rag.ui.engine_link import EngineLink
from desktop_rag.ui.evidence import EvidenceCard
from desktop_rag.ui.help_sheet import HelpSheet
from desktop_rag.ui.icons import Icons
from desktop_rag.ui.jump import Jump
from desktop_rag.ui.library_panel import LibraryPanel
from desktop_rag.ui.library_tasks import LibraryTasks
from desktop_rag.ui.main_window import MainWindow
from desktop_rag.ui.page_panel import PagePanel
from desktop_rag.ui.page_tasks import PageTasks
from desktop_rag.ui.parts import icon_button
from desktop_rag.ui.preferences import Preferences
from desktop_rag.ui.reading import Reading
from desktop_rag.ui.settings_dialog import SettingsDialog
from desktop_rag.ui.state import WindowState
from desktop_rag.ui.theme import Look

_SHARES = (22, 40, 38)  # of the width: documents, answer, page
_LEAST = (180, 214, 297)  # pixels of width at full text size
_THREE_FROM = 1080  # pixels of width at full text size, below which the library makes room
_REFRESH_MS = 150
_PRIVACY_PAGE = 2


class Workspace(QWidget):
    """Three columns, no modes. Everything slow happens in the engine process."""

    def __init__(
        self,
        window: MainWindow,
        engine: EngineLink,
        reading: Reading,
        asking: Asking,
        preferences: Preferences,
        icons: Icons,
        look: Look,
        state: WindowState,
    ) -> None:
        super().__init__(window)
        self.setObjectName("column")
        self._window = window
        self._engine = engine
        self._reading = reading
        self._asking = asking
        self._preferences = preferences
        self._icons = icons
        self._look = look
        self._state = state
        self._page_was_open = False
        self._problem: ProblemDialog | None = None
        self.settings: SettingsDialog | None = None
        self.library = LibraryPanel(icons, look)
        self.answers = ConversationPanel(engine, asking, icons, look)
        self.page = PagePanel(engine, icons, look)
        self.page.setVisible(False)
        self.overlay = DropOverlay(self, look)
        self.tasks = LibraryTasks(self, engine, reading, self.library)
        self.page_tasks = PageTasks(self, engine, reading, self.page)
        self.dropping = Dropping(self, window, engine, reading, self.library, self.overlay)
        self._seen: set[str] = set()
        self._changed: set[str] = set()
        self._refreshing = QTimer(self)
        self._refreshing.setSingleShot(True)
        self._refreshing.setInterval(_REFRESH_MS)
        self._refreshing.timeout.connect(self._ask_for_changed)
        self._lay_out()
        self.shortcuts = self._make_actions()
        self._connect()
        self._restore_state()
        self.refresh()
        self.answers.go_to("")

    def refresh(self) -> None:
        """Ask the engine for all documents and collections."""
        self._seen = set()
        self._engine.request("documents", each=self._take, then=self._taken)
        self.refresh_collections()

    def refresh_collections(self) -> None:
        """Ask the engine which collections there are."""
        self._engine.request("collections", then=self._show_collections)

    def open_settings(self, page: int) -> None:
        """Show a page of the settings."""
        if self.settings is not None:
            self.settings.show_page(page)
            return
        self.settings = SettingsDialog(self._window, self._engine, self._preferences)
        self.settings.finished.connect(self._forget_settings)
        self.settings.read_watched_wanted.connect(self._reading.read_watched)
        self.settings.problem.connect(self.show_problem)
        self.settings.show_page(page)
        self.settings.show()

    def show_proof(self) -> None:
        """Show the privacy page, and let it try every way out."""
        self.open_settings(_PRIVACY_PAGE)
        if self.settings is not None:
            self.settings.run_privacy_check()

    def show_problem(self, failure: Failed) -> None:
        """Say in one dialog what happened; another problem meanwhile replaces it."""
        if self._problem is not None:
            self._problem.close()  # and `finished` forgets it
        problem = ProblemDialog(self._window, failure.message, failure.hint, failure.details)
        self._problem = problem
        problem.finished.connect(self._forget_problem)
        self._engine.request(
            "diagnosis",
            then=lambda text: self._add_diagnosis(problem, failure.details, text),
            failed=lambda _: None,
            lost=lambda: None,
        )
        problem.open()

    def may_close(self) -> bool:
        """Ask before reading is interrupted by the end of the program."""
        if not self._reading.is_running:
            return True
        return confirm(
            self._window,
            self.tr("Quit while documents are being read?"),
            self.tr("What was read is kept. Add the same files again to read the rest."),
            self.tr("Quit"),
        )

    def keep_state(self) -> None:
        """Remember sizes, for the next start."""
        self._state.keep(
            columns=self.columns.sizes(),
            library=self.library.parts.sizes(),
            place=self.library.place,
        )

    def retire(self) -> None:
        """Another workspace takes over: leave the shared parts alone."""
        for source in (self._engine, self._reading, self._asking):
            source.disconnect(self)
        self.dropping.retire()
        self.deleteLater()

    def change_look(self, look: Look) -> None:
        """Draw everything in another look."""
        self._look = look
        self.library.change_look(look)
        self.answers.change_look(look)
        self.page.change_look(look)
        self.overlay.change_look(look)
        self._set_least_widths()
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _lay_out(self) -> None:
        bar = QWidget()
        bar.setObjectName("bar")
        row = QHBoxLayout(bar)
        row.setContentsMargins(12, 4, 8, 4)
        row.setSpacing(4)
        self.show_library = icon_button(self._icons, "library", self.tr("Show the library"))
        self.show_library.setCheckable(True)
        self.show_library.setObjectName("plain")
        self.show_library.setChecked(True)
        self.show_library.toggled.connect(self.library.setVisible)
        row.addWidget(self.show_library)
        name = QLabel("Desktop RAG")
        name.setObjectName("section")
        row.addWidget(name)
        row.addStretch()
        self.offline = icon_button(
            self._icons, "shield", self.tr("Offline: see how it is guaranteed"), self.show_proof
        )
        self.offline.setText(self.tr("Offline"))
        self.offline.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        row.addWidget(self.offline)
        settings = icon_button(
            self._icons, "settings", self.tr("Settings"), lambda: self.open_settings(0)
        )
        help_ = icon_button(self._icons, "help", self.tr("Help"), self.show_help)
        row.addWidget(settings)
        row.addWidget(help_)
        self.columns = QSplitter(Qt.Orientation.Horizontal)
        self.columns.setHandleWidth(1)
        self.columns.setChildrenCollapsible(False)
        for widget, share in zip((self.library, self.answers, self.page), _SHARES, strict=True):
            self.columns.addWidget(widget)
            self.columns.setStretchFactor(self.columns.indexOf(widget), share)
        self._set_least_widths()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(bar)
        layout.addWidget(self.columns, 1)

    def _set_least_widths(self) -> None:
        for widget, least in zip((self.library, self.answers, self.page), _LEAST, strict=True):
            widget.setMinimumWidth(min(self._look.pixels(least), 2 * least))

    def show_help(self) -> None:
        """Show the shortcuts."""
        HelpSheet(self._window, self.shortcuts).exec()

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
            self._action("Ctrl+,", self.tr("Settings"), lambda: self.open_settings(0)),
            self._action("F1", self.tr("Help"), self.show_help),
            self._action("Ctrl+Q", self.tr("Quit"), self._window.close),
        ]
        first = self._action("Alt+1", self.tr("Show evidence 1 to 9"), lambda: self._evidence(0))
        first.setProperty("keys", "Alt+1 … 9")
        for number in range(2, 10):
            self._action(f"Alt+{number}", "", lambda number=number: self._evidence(number - 1))
        return [*made, first]

    def _action(self, keys: str, text: str, act: object) -> QAction:
        action = QAction(text, self)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.triggered.connect(act)
        self.addAction(action)
        return action

    def _connect(self) -> None:
        self._engine.problem.connect(self.show_problem)
        self._engine.died.connect(self._engine_died)
        self._reading.changed.connect(self._note_changed)
        self._reading.ended.connect(lambda _: self.refresh_collections())
        self.library.reading.follow(self._reading)
        self.library.place_changed.connect(self.answers.go_to)
        self.library.add_wanted.connect(self.dropping.choose_files)
        self.library.table.open_wanted.connect(lambda row: self._open_row(row.key))
        self.library.table.selectionModel().selectionChanged.connect(self._selected)
        self.answers.place_chosen.connect(self._show_card)
        self.answers.rename_wanted.connect(self._rename_conversation)
        self.answers.delete_wanted.connect(self._delete_conversations)
        self.answers.welcome.samples_wanted.connect(self._reading.add_samples)
        self.answers.welcome.proof_wanted.connect(self.show_proof)
        self.page.opened.connect(self._page_opened)
        self.page.closed.connect(self._page_closed)
        self.page.password_wanted.connect(self.page_tasks.ask_password)
        self.page.print_wanted.connect(self.page_tasks.print_document)
        self.page.save_wanted.connect(self.page_tasks.save_copy)
        self.tasks.removed.connect(self._removed)
        self.tasks.collections_changed.connect(self.refresh_collections)
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

    def _evidence(self, number: int) -> None:
        self.answers.open_card(number)

    def _take(self, entries: Sequence[LibraryEntry]) -> None:
        self._seen |= {entry.document.id for entry in entries}
        self.library.documents.put([row_of(entry) for entry in entries])

    def _taken(self, _: int) -> None:
        self.library.documents.keep_only(self._seen)
        self._count()

    def _note_changed(self, document_ids: list[str]) -> None:
        self._changed |= set(document_ids)
        if not self._refreshing.isActive():
            self._refreshing.start()

    def _ask_for_changed(self) -> None:
        wanted, self._changed = tuple(self._changed), set()
        self._engine.request("entries", wanted, then=self._show_changed)
        self.refresh_collections()

    def _show_changed(self, entries: Sequence[LibraryEntry]) -> None:
        self.library.documents.put([row_of(entry) for entry in entries])
        self._count()

    def _show_collections(self, counts: dict[str, int]) -> None:
        self.library.show_collections(counts)
        wanted = self._state.text("place")
        if wanted and wanted in counts:
            self._state.keep(place="")
            self.library.go_to(wanted)

    def _count(self) -> None:
        rows = self.library.documents.rows()
        self.answers.set_document_count(
            sum(row.entry is not None and row.entry.document.searchable for row in rows)
        )
        self.library.count_again()

    def _selected(self) -> None:
        self.answers.set_selected(self.library.selected())

    def _removed(self, document_ids: set[str]) -> None:
        self.library.documents.drop(document_ids)
        self.page.leave(document_ids)
        self._count()
        self.refresh_collections()
        self.answers.reload()

    def _open_row(self, key: str) -> None:
        self.page.passwords = self._reading.passwords
        self.page.show_document(key)

    def _show_card(self, cards: list[EvidenceCard], number: int) -> None:
        self.page.passwords = self._reading.passwords
        self.page.show_card(cards, number)

    def _page_opened(self) -> None:
        if self.page.isVisible():
            return
        self.page.setVisible(True)
        sizes = self._state.numbers("columns")
        if len(sizes) != len(_SHARES) or not sizes[2]:
            width = self.columns.width()
            sizes = [width * share // sum(_SHARES) for share in _SHARES]
        self.columns.setSizes(sizes)
        self._make_room()

    def _page_closed(self) -> None:
        self._state.keep(columns=self.columns.sizes())
        self.page.setVisible(False)
        self.show_library.setChecked(True)
        self.answers.field.edit.setFocus()

    def _make_room(self) -> None:
        """In a narrow window the library steps aside while a page is shown."""
        narrow = self.width() < self._look.pixels(_THREE_FROM)
        page_open = not self.page.isHidden()
        if (narrow and page_open) != self._page_was_open:
            self._page_was_open = narrow and page_open
            self.show_library.setChecked(not self._page_was_open)

    def _rename_conversation(self, conversation: Conversation) -> None:
        title = ask_text(
            self._window,
            self.tr("Rename the conversation"),
            "",
            self.tr("Rename"),
            conversation.title,
        )
        if title:
            self._engine.request(
                "rename_conversation",
                conversation.id,
                title,
                then=lambda _: self.answers.refresh_history(),
            )

    def _delete_conversations(self, conversations: list[Conversation]) -> None:
        count = len(conversations)
        if confirm(
            self._window,
            self.tr("Delete %n conversation(s)?", "", count),
            self.tr("Their questions and answers are lost. The documents stay."),
            self.tr("Delete %n conversation(s)", "", count),
        ):
            ids = [conversation.id for conversation in conversations]
            self._engine.request(
                "delete_conversations", ids, then=lambda _: self.answers.forget(set(ids))
            )

    def _engine_died(self, restarted: bool) -> None:
        if restarted:
            self.library.notice.say(
                self.tr(
                    "The part that reads and answers ended unexpectedly and was started again. "
                    "Nothing that was read is lost."
                )
            )
            self.refresh()
        else:
            self.show_problem(
                Failed(
                    0,
                    self.tr("The part that reads and answers does not start."),
                    self.tr("Quit the program and start it again."),
                )
            )

    def _add_diagnosis(self, problem: ProblemDialog, details: str, diagnosis: str) -> None:
        if self._problem is problem:
            problem.set_details("\n\n".join(part for part in (details, diagnosis) if part))

    def _forget_problem(self) -> None:
        self._problem = None

    def _forget_settings(self) -> None:
        if self.settings is not None:
            self.settings.setParent(None)  # it lives until the replies that it waits for are there
        self.settings = None

    def _restore_state(self) -> None:
        sizes = self._state.numbers("library")
        if len(sizes) == 2:
            self.library.parts.setSizes(sizes)
        else:
            self.library.parts.setSizes([220, 480])
        columns = self._state.numbers("columns")
        if len(columns) == len(_SHARES):
            self.columns.setSizes([columns[0], columns[1] + columns[2], 0])
        else:
            self.columns.setSizes([290, 1070, 0])

    def dropped(self, paths: Sequence[Path]) -> None:
        """As a drop of these files on the window."""
        self.dropping.take(list(paths))
