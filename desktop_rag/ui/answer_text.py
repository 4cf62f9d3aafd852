"""The text of an answer: as it is written, and then checked, sentence by sentence."""

from PySide6.QtCore import QMimeData, Qt, QUrl, Signal
from PySide6.QtGui import (
    QColor,
    QCursor,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QTextBrowser, QToolTip

from desktop_rag.domain import Answer, AnswerSentence, AnswerStatus, Support
from desktop_rag.ui.clipboard import hinted
from desktop_rag.ui.parts import as_tooltip
from desktop_rag.ui.survey_words import closest_places, survey_lines
from desktop_rag.ui.theme import Look, reading_font
from desktop_rag.ui.words import quoted

_LINE_HEIGHT_PERCENT = 150.0


class AnswerText(QTextBrowser):
    """Shows text alone: it opens no link and loads no picture, from the network or elsewhere.

    Signals:
        marker_chosen(marker): the reader wants to see the place of this number.
    """

    marker_chosen = Signal(int)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._quotes: dict[str, str] = {}
        self._shown: Answer | str = ""
        self.setObjectName("answer")
        self.setOpenLinks(False)
        self.setAccessibleName(self.tr("Answer"))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextBrowserInteraction
            | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self.document().setDocumentMargin(0)
        self.anchorClicked.connect(lambda url: self.marker_chosen.emit(int(url.toString()[1:])))
        self.highlighted.connect(self._show_quote)

    def show_words(self, text: str) -> None:
        """Show text that is not checked yet."""
        self._shown = text
        cursor = self._begin()
        cursor.insertText(text, self._format())
        self._fit()

    def show_answer(self, answer: Answer) -> None:
        """Show the checked sentences, each with its numbers or with what is wrong with it."""
        self._shown = answer
        self._quotes = {f"#{item.marker}": item.quote for item in answer.citations}
        cursor = self._begin()
        if answer.survey is not None:
            self._insert_lines(cursor, answer)
            self._fit()
            return
        heading = self._heading(answer.status)
        if heading:
            cursor.insertText(heading, self._format(self._look.theme.quiet_text))
        for number, sentence in enumerate(answer.sentences):
            if number or heading:
                cursor.insertBlock(self._block(above=6))
            self._insert(cursor, sentence)
        self._fit()

    def change_look(self, look: Look) -> None:
        """Show the same in another look."""
        self._look = look
        if isinstance(self._shown, Answer):
            self.show_answer(self._shown)
        else:
            self.show_words(self._shown)

    def createMimeDataFromSelection(self) -> QMimeData:
        return hinted(super().createMimeDataFromSelection())

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        return None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _heading(self, status: AnswerStatus) -> str:
        if status is AnswerStatus.NOT_FOUND:
            return self.tr("The documents do not seem to say. Closest places:")
        if status is AnswerStatus.EVIDENCE_ONLY:
            return self.tr("In the documents’ own words:")
        return ""

    def _insert_lines(self, cursor: QTextCursor, answer: Answer) -> None:
        """What was looked through; the table is shown elsewhere."""
        first, *others = [*survey_lines(answer), closest_places(answer)]
        cursor.insertText(first, self._format())
        for line in filter(None, others):
            cursor.insertBlock(self._block(above=6))
            cursor.insertText(line, self._format(self._look.theme.quiet_text))

    def _insert(self, cursor: QTextCursor, sentence: AnswerSentence) -> None:
        if sentence.support is Support.UNSUPPORTED:
            doubtful = self._format(self._look.theme.text)
            doubtful.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
            doubtful.setUnderlineColor(QColor(self._look.theme.amber))
            cursor.insertText(sentence.text, doubtful)
            cursor.insertBlock(self._block(above=0))
            note = self._format(self._look.theme.amber)
            note.setProperty(QTextCharFormat.Property.FontPixelSize, self._look.pixels(13))
            cursor.insertText(self.tr("not found in the documents"), note)
            return
        cursor.insertText(sentence.text, self._format())
        for marker in sentence.citations:
            cursor.insertText("\u00a0", self._format())
            link = self._format(self._look.theme.accent)
            link.setAnchor(True)
            link.setAnchorHref(f"#{marker}")
            link.setFontWeight(600)
            cursor.insertText(f"[{marker}]", link)

    def _begin(self) -> QTextCursor:
        self.clear()
        self.document().setDefaultFont(reading_font(self._look))
        cursor = self.textCursor()
        cursor.setBlockFormat(self._block(above=0))
        return cursor

    def _block(self, *, above: float) -> QTextBlockFormat:
        block = QTextBlockFormat()
        block.setLineHeight(
            _LINE_HEIGHT_PERCENT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
        )
        block.setTopMargin(above)
        return block

    def _format(self, colour: str = "") -> QTextCharFormat:
        style = QTextCharFormat()
        style.setFont(reading_font(self._look))
        style.setForeground(QColor(colour or self._look.theme.text))
        return style

    def _show_quote(self, link: QUrl) -> None:
        quote = self._quotes.get(link.toString(), "")
        if quote:
            tip = as_tooltip(quoted(" ".join(quote.split())))
            QToolTip.showText(QCursor.pos(), tip, self)

    def _fit(self) -> None:
        """As high as the text."""
        self.document().setTextWidth(self.viewport().width())
        self.setFixedHeight(int(self.document().size().height()) + 2 * self.frameWidth() + 4)
