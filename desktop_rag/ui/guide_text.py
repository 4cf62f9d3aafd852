"""A page of the guide as it is read."""

from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QResizeEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextTable,
)
from PySide6.QtWidgets import QTextBrowser, QTextEdit

from desktop_rag.ui.theme import Look, reading_font

_LINE_HEIGHT_PERCENT = 140.0
_HEADING_PIXELS = {1: 24.0, 2: 18.0, 3: 15.5}
_PICTURE = "\ufffc"  # stands in a text for a picture
_SMALLEST_PICTURE = 200  # pixels of width
_RESTYLED = (QEvent.Type.PaletteChange, QEvent.Type.FontChange)


class GuideText(QTextBrowser):
    """Shows pages of the guide and its pictures: nothing from elsewhere is loaded or opened.

    Signals:
        page_wanted(name): a link to another page was followed.
    """

    page_wanted = Signal(str)

    def __init__(self, pictures: Path, look: Look) -> None:
        super().__init__()
        self._pictures = pictures
        self._look = look
        self._title = self._markdown = ""
        self._words: tuple[str, ...] = ()
        self._laid_out_for = 0
        self.setOpenLinks(False)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextBrowserInteraction
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.document().setDocumentMargin(16)
        self.anchorClicked.connect(lambda url: self.page_wanted.emit(url.fileName()))
        self._again = QTimer(self, singleShot=True, interval=0)
        self._again.timeout.connect(self._lay_out_again)

    def show_page(self, title: str, markdown: str, words: tuple[str, ...] = ()) -> None:
        """Show a page from its top, or from the first of the words that are searched for."""
        self._title, self._markdown = title, markdown
        self._lay_out()
        self.verticalScrollBar().setValue(0)
        self.mark(words)

    def mark(self, words: tuple[str, ...]) -> None:
        """Mark all places of these words, and show the first."""
        self._words = words
        places = []
        for word in filter(None, words):
            cursor = self.document().find(word)
            while not cursor.isNull():
                places.append(cursor)
                cursor = self.document().find(word, cursor)
        self.setExtraSelections([self._marked(place) for place in places])
        if places:
            self.setTextCursor(_start_of(min(places, key=lambda place: place.position())))
            self.ensureCursorVisible()

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """A picture of the guide, no wider than the page; whatever else is asked for: nothing."""
        file_name = QUrl(name).fileName()
        place = self._pictures / file_name
        wanted = kind == QTextDocument.ResourceType.ImageResource.value
        if not wanted or not file_name.endswith(".png") or not place.is_file():
            return None
        picture = QImage(str(place))
        room = max(_SMALLEST_PICTURE, self.viewport().width() - 48)
        if picture.width() > room:
            ratio = self.devicePixelRatioF()
            picture = picture.scaledToWidth(
                int(room * ratio), Qt.TransformationMode.SmoothTransformation
            )
            picture.setDevicePixelRatio(ratio)
        return picture

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.viewport().width() != self._laid_out_for:
            self._again.start()  # the pictures are as wide as there is room

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in _RESTYLED:
            self._again.start()

    def change_look(self, look: Look) -> None:
        """Lay the page out in another look."""
        self._look = look
        self._again.start()

    def _lay_out_again(self) -> None:
        bar = self.verticalScrollBar()
        share = bar.value() / max(1, bar.maximum())
        self._lay_out()
        self.mark(self._words)
        bar.setValue(round(share * bar.maximum()))

    def _lay_out(self) -> None:
        self._laid_out_for = self.viewport().width()
        document = self.document()
        document.clear()
        document.setDefaultFont(reading_font(self._look, 15))
        features = (
            QTextDocument.MarkdownFeature.MarkdownDialectGitHub
            | QTextDocument.MarkdownFeature.MarkdownNoHTML
        )
        document.setMarkdown(f"# {self._title}\n\n{self._markdown}", features)
        block = document.begin()
        while block.isValid():
            self._space_out(block)
            block = block.next()
        self.moveCursor(QTextCursor.MoveOperation.Start)  # else a resize scrolls to the end
        for frame in document.rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                self._space_table(frame)

    def _space_out(self, block: QTextBlock) -> None:
        """Room between the lines, and headings of their sizes."""
        level = block.blockFormat().headingLevel()
        spacing = QTextBlockFormat()
        if _PICTURE not in block.text():
            spacing.setLineHeight(
                _LINE_HEIGHT_PERCENT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
            )
        spacing.setTopMargin(18 if level > 1 else 4)
        spacing.setBottomMargin(6)
        cursor = QTextCursor(block)
        cursor.mergeBlockFormat(spacing)
        if level:
            cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
            style = block.charFormat()
            style.clearProperty(QTextFormat.Property.FontSizeAdjustment.value)
            style.setFont(reading_font(self._look, _HEADING_PIXELS.get(level, 15.0)))
            style.setFontWeight(600)
            cursor.setCharFormat(style)

    def _space_table(self, table: QTextTable) -> None:
        style = table.format()
        style.setCellPadding(5)
        style.setCellSpacing(0)
        style.setBorderCollapse(True)
        style.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        style.setBorderBrush(QColor(self._look.theme.line))
        table.setFormat(style)

    def _marked(self, place: QTextCursor) -> QTextEdit.ExtraSelection:
        made = QTextEdit.ExtraSelection()
        made.cursor = place
        made.format.setBackground(QColor(self._look.theme.selected))
        made.format.setForeground(QColor(self._look.theme.text))
        return made


def _start_of(place: QTextCursor) -> QTextCursor:
    """Before the place, and nothing selected: it is marked already."""
    found = QTextCursor(place)
    found.setPosition(place.selectionStart())
    return found
