"""The page column: a document beside the answer, scrolled to the evidence."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from desktop_rag.domain import DocumentView, Highlight, Span
from desktop_rag.engine.messages import Failed
from desktop_rag.ui.engine_link import EngineLink
from desktop_rag.ui.evidence import EvidenceCard
from desktop_rag.ui.find_bar import FindBar
from desktop_rag.ui.icons import Icons
from desktop_rag.ui.page_canvas import PageCanvas
from desktop_rag.ui.page_layout import Fit
from desktop_rag.ui.page_pictures import PagePictures
from desktop_rag.ui.page_search import PageSearch
from desktop_rag.ui.parts import as_tooltip, icon_button, label
from desktop_rag.ui.theme import Look
from desktop_rag.ui.thumbnails import Thumbnails

_NARROW = 350  # pixels of width at full text size


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is to be shown once the document is open."""

    document_id: str
    cards: tuple[EvidenceCard, ...]
    number: int


class PagePanel(QWidget):
    """Shows one document; ‹ › walk through the evidence, into other documents too.

    Attributes:
        view: the document that is shown, if any.

    Signals:
        opened(): there is a page to be seen.
        closed(): the reader closed the column.
        password_wanted(document_id, message): the document opens with no password known.
        print_wanted(), save_wanted(): of the document that is shown.
    """

    opened = Signal()
    closed = Signal()
    password_wanted = Signal(str, str)
    print_wanted = Signal()
    save_wanted = Signal()

    def __init__(self, engine: EngineLink, icons: Icons, look: Look) -> None:
        super().__init__()
        self.setObjectName("column")
        self._engine = engine
        self._icons = icons
        self._look = look
        self.passwords: tuple[str, ...] = ()
        self.view: DocumentView | None = None
        self._wanted = _Wanted("", (), -1)
        self._left_at: dict[str, int] = {}
        self._spans: tuple[Span, ...] = ()
        self._card_of_span: tuple[int, ...] = ()
        self._highlights: tuple[Highlight, ...] = ()
        self._pictures = PagePictures(engine)
        self.canvas = PageCanvas(self._pictures, look)
        self.thumbnails = Thumbnails(engine)
        self.thumbnails.setVisible(False)
        self.find_bar = FindBar(icons)
        self._search = PageSearch(engine, self.find_bar, self.canvas)
        self._name = label("", "section")
        # A name that runs from right to left stands at the left like the others.
        self._name.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)
        self._where = label("", "small")
        self._problem = label("", "quiet")
        self._problem.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._problem.setVisible(False)
        self.evidence_state = label("", "small")
        self.evidence_state.setWordWrap(False)
        self._lay_out()
        self._connect()

    def show_card(self, cards: Sequence[EvidenceCard], number: int) -> None:
        """Show the page of a card, with the evidence of the other cards marked too."""
        card = cards[number]
        self._show(_Wanted(card.document_id, tuple(cards), number))

    def show_document(self, document_id: str, page: int = 0) -> None:
        """Show a document at a page; 0: where it was left, or at its beginning."""
        if page:
            self._left_at[document_id] = page
        self._show(_Wanted(document_id, (), -1))

    def try_again(self) -> None:
        """Open what was wanted once more, with the passwords known by now."""
        self.view = None
        self._show(self._wanted)

    def leave(self, document_ids: set[str]) -> None:
        """Close the column if it shows one of these documents."""
        if self._wanted.document_id in document_ids:
            self.close_panel()

    def close_panel(self) -> None:
        """Show no document."""
        self.view = None
        self._wanted = _Wanted("", (), -1)
        self.find_bar.close_bar()
        self._search.end()
        self._pictures.open("", ())
        self.canvas.show_frames(())
        self.closed.emit()

    def walk(self, step: int) -> None:
        """To the next piece of evidence."""
        number = self._wanted.number + step
        if 0 <= number < len(self._wanted.cards):
            self.show_card(self._wanted.cards, number)

    def problem(self) -> str:
        """Why there is no page; "" if there is one."""
        return "" if self._problem.isHidden() else self._problem.text()

    def say(self, text: str) -> None:
        """A short word beside the evidence: saved, printed."""
        self.evidence_state.setText(text)

    def spans(self) -> tuple[Span, ...]:
        """The evidence marked in the document that is shown."""
        return self._spans

    def change_look(self, look: Look) -> None:
        """Draw in another look."""
        self._look = look
        self.canvas.change_look(look)
        self._say_evidence()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._say_evidence()

    def _lay_out(self) -> None:
        self._more = icon_button(self._icons, "more", self.tr("Print, save, page views"))
        self._more.setPopupMode(self._more.ToolButtonPopupMode.InstantPopup)
        self._more.setMenu(self._make_menu())
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self._name)
        names.addWidget(self._where)
        head = QHBoxLayout()
        head.setContentsMargins(12, 8, 8, 4)
        head.setSpacing(2)
        head.addLayout(names, 1)
        search = icon_button(
            self._icons, "search", self.tr("Find in this document"), self.find_bar.open_bar
        )
        close = icon_button(self._icons, "close", self.tr("Close the page"), self.close_panel)
        for button in (search, self._more, close):
            head.addWidget(button, alignment=Qt.AlignmentFlag.AlignTop)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.thumbnails)
        middle.addWidget(self.canvas, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self.find_bar)
        layout.addWidget(self._problem, 1)
        layout.addLayout(middle, 1)
        layout.addLayout(self._make_foot())

    def _make_menu(self) -> QMenu:
        menu = QMenu(self)
        self.small_pages = menu.addAction(self.tr("Show pages in small"))
        self.small_pages.setCheckable(True)
        self.small_pages.toggled.connect(self.thumbnails.setVisible)
        self.two_pages = menu.addAction(self.tr("Two pages side by side"))
        self.two_pages.setCheckable(True)
        self.two_pages.toggled.connect(self.canvas.set_two_pages)
        menu.addSeparator()
        menu.addAction(self.tr("Print …"), self.print_wanted.emit)
        menu.addAction(self.tr("Save a copy with the highlights …"), self.save_wanted.emit)
        for action, icon in zip(
            [action for action in menu.actions() if not action.isSeparator()],
            ("thumbnails", "two-pages", "print", "save"),
            strict=True,
        ):
            self._icons.put(action, icon)
        return menu

    def _make_foot(self) -> QHBoxLayout:
        self._back = icon_button(
            self._icons, "previous", self.tr("Previous evidence"), lambda: self.walk(-1)
        )
        self._forward = icon_button(
            self._icons, "next", self.tr("Next evidence"), lambda: self.walk(1)
        )
        self.zoom_state = label("100 %", "small")
        self.zoom_state.setWordWrap(False)
        self._fit_button = icon_button(self._icons, "fit-page", "", self._change_fit)
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 4, 8, 8)
        foot.setSpacing(2)
        for widget in (self._back, self.evidence_state, self._forward):
            foot.addWidget(widget)
        foot.addStretch()
        foot.addWidget(
            icon_button(self._icons, "zoom-out", self.tr("Smaller"), self.canvas.zoom_out)
        )
        foot.addWidget(self.zoom_state)
        foot.addWidget(icon_button(self._icons, "zoom-in", self.tr("Larger"), self.canvas.zoom_in))
        foot.addWidget(self._fit_button)
        self._say_fit()
        return foot

    def _connect(self) -> None:
        self.thumbnails.page_chosen.connect(self.canvas.go_to_page)
        self.canvas.page_changed.connect(self._page_changed)
        self.canvas.zoom_changed.connect(self._zoom_changed)

    def _show(self, wanted: _Wanted) -> None:
        self._wanted = wanted
        self.opened.emit()
        self._say_evidence()
        if self.view is not None and self.view.document_id == wanted.document_id:
            self._mark()
            return
        self.view = None
        self._search.end()
        self._engine.request(
            "open_document",
            wanted.document_id,
            self.passwords,
            then=self._opened,
            failed=lambda failure: self._refused(wanted.document_id, failure),
        )

    def _opened(self, view: DocumentView) -> None:
        if view.document_id != self._wanted.document_id:
            return
        self.view = view
        self._problem.setVisible(False)
        self.canvas.setVisible(True)
        self._name.setText(view.path.name)
        self._name.setToolTip(as_tooltip(str(view.path)))
        self._pictures.open(view.document_id, self.passwords)
        self.thumbnails.open(view.document_id, self.passwords, view.frames)
        left_at = self._left_at.get(view.document_id, 1)
        self.canvas.show_frames(view.frames)
        self._left_at[view.document_id] = left_at
        self._mark()
        self._search.begin(view.document_id, self.passwords)

    def _refused(self, document_id: str, failure: Failed) -> None:
        if document_id != self._wanted.document_id:
            return
        text = f"{failure.message} {failure.hint}".strip()
        self._name.setText("")
        self._where.setText("")
        self._problem.setText(text)
        self._problem.setVisible(True)
        self.canvas.setVisible(False)
        if failure.kind == "NeedsPassword":
            self.password_wanted.emit(document_id, failure.message)

    def _mark(self) -> None:
        """Mark the evidence of all cards in this document, and go to the current one."""
        cards, document_id = self._wanted.cards, self._wanted.document_id
        pairs = [
            (span, number)
            for number, card in enumerate(cards)
            if card.document_id == document_id
            for span in card.spans
        ]
        self._spans = tuple(span for span, _ in pairs)
        self._card_of_span = tuple(number for _, number in pairs)
        if not pairs:
            self.canvas.mark_evidence((), set())
            self.canvas.setAccessibleDescription("")
            self.canvas.go_to_page(self._left_at.get(document_id, 1))
            return
        self.canvas.go_to_page(min(span.page for span in cards[self._wanted.number].spans))

        def show(highlights: tuple[Highlight, ...]) -> None:
            is_shown = self.view is not None and self.view.document_id == document_id
            if is_shown and self._wanted.cards == cards:  # closed and opened again meanwhile
                self._highlights = highlights
                self._mark_current()

        self._engine.request("highlights", document_id, self._spans, self.passwords, then=show)

    def _mark_current(self) -> None:
        number = self._wanted.number
        current = {span for span, card in enumerate(self._card_of_span) if card == number}
        self.canvas.mark_evidence(self._highlights, current)
        first = next((item for item in self._highlights if item.span in current), None)
        if first is not None:
            self.canvas.go_to(first)
        quote = self._wanted.cards[number].quote
        self.canvas.setAccessibleDescription(self.tr("Highlighted: {quote}").format(quote=quote))

    def _page_changed(self, page: int) -> None:
        view = self.view
        if view is None or not 1 <= page <= len(view.frames):
            return
        self._left_at[view.document_id] = page
        label_, count = view.frames[page - 1].label, len(view.frames)
        text = self.tr("p. {label} ({page} of {count})").format(
            label=label_, page=page, count=count
        )
        self._where.setText(text)
        name = self.tr("{document}, {page}").format(document=view.path.name, page=text)
        self.canvas.setAccessibleName(name)
        self.thumbnails.set_page(page)

    def _zoom_changed(self, zoom: float) -> None:
        self.zoom_state.setText(self.tr("{percent} %").format(percent=round(100 * zoom)))
        self._say_fit()

    def _change_fit(self) -> None:
        self.canvas.set_fit(Fit.PAGE if self.canvas.fit is Fit.WIDTH else Fit.WIDTH)
        self._say_fit()

    def _say_fit(self) -> None:
        whole = self.canvas.fit is Fit.WIDTH
        self._icons.put(self._fit_button, "fit-page" if whole else "fit-width")
        name = self.tr("Fit the whole page") if whole else self.tr("Fit the width")
        self._fit_button.setToolTip(name)
        self._fit_button.setAccessibleName(name)

    def _say_evidence(self) -> None:
        count, number = len(self._wanted.cards), self._wanted.number
        place = {"number": number + 1, "count": count}
        whole = self.tr("evidence {number} of {count}").format(**place)
        short = self.tr("{number} of {count}").format(**place)
        narrow = self.width() < self._look.pixels(_NARROW)
        self.evidence_state.setText((short if narrow else whole) if count else "")
        self.evidence_state.setAccessibleName(whole if count else self.tr("No evidence"))
        self._back.setEnabled(number > 0)
        self._forward.setEnabled(number + 1 < count)


def default_copy_name(path: Path) -> str:
    """What a copy with highlights is called beside its original."""
    name = QCoreApplication.translate("PagePanel", "{name} – highlighted")
    return f"{name.format(name=path.stem)}.pdf"
