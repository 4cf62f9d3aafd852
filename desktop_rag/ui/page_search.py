"""Words searched for in the document that is shown, and marked on its pages."""

from functools import partial

from PySide6.QtCore import QObject

from desktop_rag.domain import FoundInDocument, Highlight
from desktop_rag.engine.messages import Failed
from desktop_rag.ui.engine_link import EngineLink, Job
from desktop_rag.ui.find_bar import FindBar
from desktop_rag.ui.page_canvas import PageCanvas


class PageSearch(QObject):
    """Does what the bar wants in the document that was last begun.

    A search has a number: what an earlier one finds late is not shown.
    """

    def __init__(self, engine: EngineLink, bar: FindBar, canvas: PageCanvas) -> None:
        super().__init__(canvas)
        self._engine = engine
        self._bar = bar
        self._canvas = canvas
        self._document_id = ""
        self._passwords: tuple[str, ...] = ()
        self._number = 0
        self._found: tuple[Highlight, ...] = ()
        self._job: Job | None = None
        bar.wanted.connect(self.find)
        bar.walked.connect(self._go_to)

    def begin(self, document_id: str, passwords: tuple[str, ...]) -> None:
        """Search this document from now on, at once for what stands in the bar."""
        self._document_id, self._passwords = document_id, passwords
        if self._bar.field.text():
            self.find(self._bar.field.text().strip())

    def end(self) -> None:
        """No document is shown any more."""
        self._document_id = ""
        self.find("")

    def find(self, text: str) -> None:
        """Mark where this stands; "" marks nothing."""
        if self._job is not None:
            self._job.cancel()
            self._job = None
        self._number += 1
        self._found = ()
        self._canvas.mark_found((), set())
        if text and self._document_id:
            self._job = self._engine.request(
                "find_in_document",
                self._document_id,
                text,
                self._passwords,
                each=self._bar.show_progress,
                then=partial(self._show_found, self._number),
                failed=partial(self._not_found, self._number),
                cancelled=lambda: None,
            )

    def _not_found(self, number: int, failure: Failed) -> None:
        if number == self._number:
            self._job = None
            self._bar.state.setText(failure.message)

    def _show_found(self, number: int, found: FoundInDocument) -> None:
        if number != self._number:
            return
        self._job = None
        self._bar.show_found(found)
        if found.spans:
            self._engine.request(
                "highlights",
                self._document_id,
                found.spans,
                self._passwords,
                then=partial(self._mark, number),
            )

    def _mark(self, number: int, highlights: tuple[Highlight, ...]) -> None:
        if number == self._number:
            self._found = highlights
            self._go_to(0)

    def _go_to(self, number: int) -> None:
        self._canvas.mark_found(self._found, {number})
        first = next((item for item in self._found if item.span == number), None)
        if first is not None:
            self._canvas.go_to(first)
