"""The middle column: whom to ask, the conversation, and the field for the next question."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop_rag.domain import Conversation, EvidenceFound, Scope, SurveyProgress, Turn
from desktop_rag.engine.messages import Failed
from desktop_rag.ui import words
from desktop_rag.ui.asking import Asking
from desktop_rag.ui.documents_model import DocumentRow
from desktop_rag.ui.engine_link import EngineLink
from desktop_rag.ui.history_panel import HistoryPanel
from desktop_rag.ui.icons import Icons
from desktop_rag.ui.parts import icon_button, shown
from desktop_rag.ui.question_field import QuestionField
from desktop_rag.ui.theme import Look
from desktop_rag.ui.transcript import Transcript
from desktop_rag.ui.turn_view import TurnView
from desktop_rag.ui.welcome import Welcome


class ConversationPanel(QWidget):
    """Asks, shows the answers, and keeps the conversation of each collection apart.

    Signals:
        place_chosen(cards, number): the page of this card is to be shown.
        record_wanted(turn): what an answer came from is to be saved.
        rename_wanted(conversation), delete_wanted(conversations): from the history.
    """

    place_chosen = Signal(list, int)
    record_wanted = Signal(object)
    rename_wanted = Signal(object)
    delete_wanted = Signal(list)

    def __init__(self, engine: EngineLink, asking: Asking, icons: Icons, look: Look) -> None:
        super().__init__()
        self.setObjectName("column")
        self._engine = engine
        self._asking = asking
        self._icons = icons
        self._place = ""
        self._home = ""  # the collection that the library shows, or a conversation was opened in
        self._document_ids: tuple[str, ...] = ()
        self._selected: Sequence[DocumentRow] = ()
        self._conversation: int | None = None
        self._emptied: int | None = None  # its turns went with their documents; Undo may follow
        self._begun_anew = False  # by the reader, since the collection was chosen
        self._has_documents = False
        self._asked_from = ""
        self.running: TurnView | None = None
        self.welcome = Welcome()
        self.transcript = Transcript(icons, look)
        self.history = HistoryPanel(icons)
        self.field = QuestionField(icons)
        self.chip = QPushButton()
        self.chip.setObjectName("chip")
        self._scope_menu = QMenu(self)
        self._scope_menu.aboutToShow.connect(self._fill_scope_menu)
        self.chip.setMenu(self._scope_menu)
        self._new = icon_button(icons, "new", self.tr("New conversation"), self.new_conversation)
        self._open_history = icon_button(icons, "history", self.tr("History"), self.show_history)
        self.pages = QStackedWidget()
        for page in (self.welcome, self.transcript, self.history):
            self.pages.addWidget(page)
        self._lay_out()
        self._connect()
        self._say_scope()
        self.set_document_count(0)

    @property
    def scope(self) -> Scope:
        """Where the next question is asked."""
        return Scope(self._place or None, self._document_ids)

    def set_document_count(self, count: int) -> None:
        """Show the first screen while there is nothing to ask."""
        self._has_documents = count > 0
        if not count and not self.transcript.views and self.running is None:
            self.pages.setCurrentWidget(self.welcome)
        elif self.pages.currentWidget() is self.welcome:
            self.pages.setCurrentWidget(self.transcript)
        self._say_scope()

    def set_selected(self, rows: Sequence[DocumentRow]) -> None:
        """The documents that are selected in the library: a scope that may be chosen."""
        self._selected = [row for row in rows if row.entry is not None]

    def go_to(self, place: str) -> None:
        """Ask this collection, and show its latest conversation."""
        self._home = self._place = place
        self._document_ids = ()
        self._say_scope()
        self._conversation = self._emptied = None
        self._begun_anew = False
        if self.running is None:
            self.transcript.clear()
            if self.pages.currentWidget() is self.history:
                self.pages.setCurrentWidget(self.transcript)
            self._engine.request("conversations", "", then=self._show_latest)

    def new_conversation(self) -> None:
        """Begin anew; the conversation so far is in the history."""
        if self.running is None:
            self._conversation = self._emptied = None
            self._begun_anew = True
            self.transcript.clear()
            self._leave_history()
            self.field.edit.setFocus()

    def show_history(self) -> None:
        """Show the earlier conversations of this collection."""
        self.pages.setCurrentWidget(self.history)
        self.history.begin(self._place)

    def refresh_history(self) -> None:
        """Bring the list of conversations up to date."""
        self._engine.request(
            "conversations",
            self.history.search.text().strip(),
            then=self.history.show_conversations,
        )

    def forget(self, conversation_ids: set[int]) -> None:
        """These conversations are deleted: show none of them any more."""
        if self._conversation in conversation_ids and self.running is None:
            self._conversation = None
            self.transcript.clear()
        self.refresh_history()

    def reload(self) -> None:
        """Read the conversation that is shown again: turns were taken away or put back."""
        wanted = self._conversation or self._emptied
        if wanted is not None and self.running is None:
            self._open(wanted)

    def ask(self, question: str) -> None:
        """Ask a question where the chip says."""
        if self.running is not None:
            return
        self._leave_history()
        self.pages.setCurrentWidget(self.transcript)
        if self._conversation is None and any(view.turn for view in self.transcript.views):
            self.transcript.clear()  # what was answered after another collection was chosen
        self._emptied = None
        self._asked_from = self._home
        self.running = self.transcript.begin(question)
        self._asking.ask(question, self.scope, self._conversation)

    def open_card(self, number: int) -> None:
        """Show the page of a card of the latest answer, from 0."""
        if self.transcript.latest is not None:
            self.transcript.latest.open_card(number)

    def change_look(self, look: Look) -> None:
        """Show everything in another look."""
        self.transcript.change_look(look)
        self.field.edit.fit()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(20, 10, 12, 4)
        head.addWidget(self.chip)
        head.addStretch()
        head.addWidget(self._new)
        head.addWidget(self._open_history)
        foot = QHBoxLayout()
        foot.setContentsMargins(20, 4, 20, 14)
        foot.addWidget(self.field)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self.pages, 1)
        layout.addLayout(foot)

    def _connect(self) -> None:
        self.field.asked.connect(self.ask)
        self.field.stop_wanted.connect(self._asking.stop)
        self.transcript.made.connect(self._listen)
        self.history.closed.connect(self._leave_history)
        self.history.opened.connect(self._open_from_history)
        self.history.search_changed.connect(lambda _: self.refresh_history())
        self.history.rename_wanted.connect(self.rename_wanted)
        self.history.delete_wanted.connect(self.delete_wanted)
        # Methods, no lambdas: they are let go with the panel when another takes its place.
        self._asking.began.connect(self._begun)
        self._asking.searching.connect(self._searching)
        self._asking.looking.connect(self._looking)
        self._asking.found.connect(self._found)
        self._asking.writing.connect(self._writing)
        self._asking.answered.connect(self._answered)
        self._asking.stopped.connect(self._stopped)
        self._asking.failed.connect(self._failed)
        self._asking.lost.connect(self._lost)

    def _listen(self, view: TurnView) -> None:
        view.place_chosen.connect(self.place_chosen)
        view.record_wanted.connect(self.record_wanted)
        view.ask_again_wanted.connect(
            lambda turn, searched, view=view: self._ask_again(view, turn, searched)
        )
        view.passages_wanted.connect(
            lambda turn, view=view: self._ask_again(view, turn, turn.searched, whole=False)
        )
        view.retry_wanted.connect(lambda question, view=view: self._retry(view, question))
        view.rated.connect(
            lambda turn, rating, view=view: self._engine.request(
                "rate", turn.id, rating, then=lambda rated: self._show_rated(view, rated)
            )
        )

    def _show_rated(self, view: TurnView, turn: Turn) -> None:
        if view in self.transcript.views and view is not self.running:
            view.show_turn(turn)

    def _ask_again(self, view: TurnView, turn: Turn, searched: str, *, whole: bool = True) -> None:
        if self.running is None:
            self._asked_from = self._home
            self.running = view
            view.begin_again()
            self._asking.ask_again(turn.id, searched, whole)

    def _retry(self, view: TurnView, question: str) -> None:
        if self.running is None:
            self.transcript.remove(view)
            self.ask(question)

    def _running_view(self) -> TurnView:
        assert self.running is not None
        return self.running

    def _begun(self) -> None:
        self.field.set_running(True)

    def _searching(self, searched: str) -> None:
        self._running_view().show_searched(searched)

    def _looking(self, step: SurveyProgress) -> None:
        self._running_view().show_progress(step)

    def _found(self, found: EvidenceFound) -> None:
        self._running_view().show_evidence(found)

    def _writing(self, text: str) -> None:
        self._running_view().text.show_words(text)

    def _stopped(self) -> None:
        self._end(self.tr("Stopped."))

    def _answered(self, turn: Turn) -> None:
        if self._asked_from == self._home:  # else the next question belongs elsewhere
            self._conversation = turn.conversation_id
        view = self._running_view()
        self._settle()
        view.show_turn(turn)

    def _failed(self, failure: Failed) -> None:
        self._end(f"{failure.message} {failure.hint}".strip())

    def _lost(self) -> None:
        self._end(
            self.tr(
                "The part that answers ended unexpectedly and was started again. Nothing is lost."
            )
        )

    def _end(self, note: str) -> None:
        view = self._running_view()
        self._settle()
        view.end_without(note)

    def _settle(self) -> None:
        self.running = None
        self.field.set_running(False)

    def _show_latest(self, conversations: Sequence[Conversation]) -> None:
        if self.running is not None or self._conversation is not None or self._begun_anew:
            return  # the reader was quicker
        latest = next((row for row in conversations if row.collection == self._place), None)
        if latest is not None:
            self._open(latest.id)

    def _open_from_history(self, conversation: Conversation) -> None:
        if self.running is None:
            self._leave_history()
            self._home = self._place = conversation.collection
            self._document_ids = ()
            self._say_scope()
            self._open(conversation.id)

    def _open(self, conversation_id: int) -> None:
        self._conversation = conversation_id

        def show(turns: Sequence[Turn]) -> None:
            if self._conversation == conversation_id and self.running is None:
                self._emptied = None if turns else conversation_id
                if not self.transcript.shows(turns):
                    self.transcript.show_turns(turns)
                if not turns:
                    self._conversation = None
                    self.set_document_count(int(self._has_documents))
                elif self.pages.currentWidget() is not self.history:
                    self.pages.setCurrentWidget(self.transcript)

        self._engine.request("turns", conversation_id, then=show)

    def _leave_history(self) -> None:
        if self.pages.currentWidget() is self.history:
            empty = not self._has_documents and not self.transcript.views
            self.pages.setCurrentWidget(self.welcome if empty else self.transcript)
            self.field.edit.setFocus()

    def _fill_scope_menu(self) -> None:
        menu = self._scope_menu
        menu.clear()
        menu.addAction(words.collection_title(""), lambda: self._choose("", ()))
        if self._home:
            place = self._home
            menu.addAction(shown(words.collection_title(place)), lambda: self._choose(place, ()))
        if self._selected:
            ids = tuple(row.key for row in self._selected)
            names = self.tr("%n selected document(s)", "", len(ids))
            menu.addAction(names, lambda: self._choose("", ids))

    def _choose(self, place: str, document_ids: tuple[str, ...]) -> None:
        self._place, self._document_ids = place, document_ids
        self._say_scope()
        QTimer.singleShot(0, self.field.edit.setFocus)

    def _say_scope(self) -> None:
        if self._document_ids:
            name = self.tr("%n selected document(s)", "", len(self._document_ids))
        else:
            name = words.collection_title(self._place)
        self.chip.setText(f"{shown(name)}  ▾")
        self.chip.setAccessibleName(self.tr("Where to ask: {place}").format(place=name))
        if not self._has_documents:
            self.field.set_hint(self.tr("Drop PDFs on this window first"))
        elif self._place and not self._document_ids:
            self.field.set_hint(self.tr("Ask about {name}").format(name=name))
        else:
            self.field.set_hint(self.tr("Ask about your documents"))
        self.transcript.set_empty_text(
            self.tr("Ask a question. The answer will show where it stands.")
        )
