"""The questions and answers of a conversation, the newest last."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop_rag.domain import Turn
from desktop_rag.ui.icons import Icons
from desktop_rag.ui.parts import label, link_button
from desktop_rag.ui.theme import Look
from desktop_rag.ui.turn_view import TurnView

_SHOWN_AT_ONCE = 12


class Transcript(QScrollArea):
    """Holds a `TurnView` for each of the latest questions; older ones come when asked for.

    Signals:
        made(view): a view was made and wants to be listened to.
    """

    made = Signal(object)

    def __init__(self, icons: Icons, look: Look) -> None:
        super().__init__()
        self._icons = icons
        self._look = look
        self._older: list[Turn] = []
        self._followed: TurnView | None = None
        self.views: list[TurnView] = []
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Questions and answers"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._canvas = QWidget()
        self._canvas.setObjectName("canvas")
        self._more = link_button(self.tr("Show earlier questions"), self._show_older)
        self._empty = label("", "quiet")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._layout = QVBoxLayout(self._canvas)
        self._layout.setContentsMargins(20, 8, 20, 8)
        self._layout.setSpacing(0)
        self._layout.addWidget(self._more, alignment=Qt.AlignmentFlag.AlignLeft)
        self._layout.addWidget(self._empty, 1)
        self._layout.addStretch()
        self.setWidget(self._canvas)
        self.verticalScrollBar().rangeChanged.connect(self._keep_up)
        self.verticalScrollBar().actionTriggered.connect(self._let_go)
        self._more.setVisible(False)

    @property
    def latest(self) -> TurnView | None:
        """The newest question."""
        return self.views[-1] if self.views else None

    def set_empty_text(self, text: str) -> None:
        """What is said while there is no question."""
        self._empty.setText(text)

    def begin(self, question: str) -> TurnView:
        """A new question at the end."""
        view = self._view(question)
        self._layout.insertWidget(self._layout.count() - 1, view)
        self.views.append(view)
        self._put_away()
        self._settle()
        self.scroll_to(view)
        return view

    def shows(self, turns: Sequence[Turn]) -> bool:
        """Whether these, and no others, are shown already."""
        shown = [view.turn for view in self.views if view.turn is not None]
        return bool(turns) and [*self._older, *shown] == list(turns)

    def show_turns(self, turns: Sequence[Turn]) -> None:
        """Replace everything by these."""
        self.clear()
        self._older = list(turns[:-_SHOWN_AT_ONCE])
        for turn in turns[-_SHOWN_AT_ONCE:]:
            view = self._view(turn.question)
            view.show_turn(turn)
            self._layout.insertWidget(self._layout.count() - 1, view)
            self.views.append(view)
        self._settle()
        if self.views:
            self.scroll_to(self.views[-1])

    def clear(self) -> None:
        """Show no question."""
        for view in self.views:
            self._layout.removeWidget(view)
            view.deleteLater()
        self.views = []
        self._older = []
        self._settle()

    def remove(self, view: TurnView) -> None:
        """Take one question away."""
        self.views.remove(view)
        self._layout.removeWidget(view)
        view.deleteLater()
        self._settle()

    def change_look(self, look: Look) -> None:
        """Show everything in another look."""
        self._look = look
        for view in self.views:
            view.change_look(look)

    def scroll_to(self, view: TurnView) -> None:
        """Keep the top of a question at the top while it grows, until the reader scrolls."""
        self._followed = view
        QTimer.singleShot(0, self, self._keep_up)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._let_go()
        super().wheelEvent(event)

    def _keep_up(self) -> None:
        if self._followed in self.views:
            self.verticalScrollBar().setValue(self._followed.pos().y())

    def _let_go(self) -> None:
        self._followed = None

    def _view(self, question: str) -> TurnView:
        view = TurnView(question, self._icons, self._look)
        self.made.emit(view)
        return view

    def _put_away(self) -> None:
        """Keep the views few: with dozens of them, laying out takes longer than a blink."""
        while len(self.views) > _SHOWN_AT_ONCE and (turn := self.views[0].turn) is not None:
            self._older.append(turn)
            oldest = self.views.pop(0)
            self._layout.removeWidget(oldest)
            oldest.deleteLater()

    def _settle(self) -> None:
        self._empty.setVisible(not self.views)
        self._more.setVisible(bool(self._older))

    def _show_older(self) -> None:
        older, self._older = self._older[-_SHOWN_AT_ONCE:], self._older[:-_SHOWN_AT_ONCE]
        for place, turn in enumerate(older):
            view = self._view(turn.question)
            view.show_turn(turn)
            self._layout.insertWidget(2 + place, view)
            self.views.insert(place, view)
        self._settle()
