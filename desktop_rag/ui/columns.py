"""The three columns beside each other, and how they share the width."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QWidget

from desktop_rag.ui.state import WindowState
from desktop_rag.ui.theme import Look

_SHARES = (22, 40, 38)  # of the width: documents, answer, page
_LEAST = (214, 297)  # of answer and page, in pixels at full text size; the library: its words
_THREE_FROM = 1080  # pixels of width at full text size, below which the library makes room
_FIRST_LIBRARY_WIDTH = 290


class Columns(QSplitter):
    """Library, answer and page; the last is hidden until there is a page to show."""

    def __init__(
        self, library: QWidget, answer: QWidget, page: QWidget, look: Look, state: WindowState
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._library = library
        self._answer = answer
        self._page = page
        self._look = look
        self._state = state
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        for widget, share in zip((library, answer, page), _SHARES, strict=True):
            self.addWidget(widget)
            self.setStretchFactor(self.indexOf(widget), share)
        page.setVisible(False)
        self.change_look(look)
        before = self._before()
        library_width = before[0] if before else _FIRST_LIBRARY_WIDTH
        self.setSizes([library_width, sum(before[1:]) or 3 * _FIRST_LIBRARY_WIDTH, 0])

    def change_look(self, look: Look) -> None:
        """Leave each column room for its words."""
        self._look = look
        for widget, least in zip((self._answer, self._page), _LEAST, strict=True):
            widget.setMinimumWidth(min(look.pixels(least), 2 * least))

    def open_page(self) -> None:
        """Show the page column, as wide as it was left."""
        before = self._before()
        self._page.setVisible(True)
        if before and before[2]:
            self.setSizes(before)
        else:
            self.setSizes([self.width() * share // sum(_SHARES) for share in _SHARES])

    def close_page(self) -> None:
        """Hide the page column; the answer gets its room."""
        library, answer, page = self.sizes()
        self._keep()
        self._page.setVisible(False)
        self.setSizes([library, answer + page, 0])

    def show_library(self, shown: bool) -> None:
        """Show or hide the library column."""
        if not shown:
            self._keep()
        self._library.setVisible(shown)

    def are_narrow(self) -> bool:
        """Whether three columns are too many for the width."""
        return self.width() < self._look.pixels(_THREE_FROM)

    def widths(self) -> list[int]:
        """The widths; of a column that is hidden now, that which it had before."""
        now, before = self.sizes(), self._before()
        if not before:
            return now
        return [width or then for width, then in zip(now, before, strict=True)]

    def _before(self) -> list[int]:
        kept = self._state.numbers("columns")
        return kept if len(kept) == len(_SHARES) else []

    def _keep(self) -> None:
        self._state.keep(columns=self.widths())
