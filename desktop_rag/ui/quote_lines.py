"""A quotation broken into lines, for the delegates that draw it."""

from functools import lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QTextLayout

from desktop_rag.ui.theme import Look, reading_font

QUOTE_SIZE = 14
_LINE_HEIGHT = 1.3


@lru_cache(maxsize=1536)  # asked for twice a quotation and once a repaint
def quote_lines(text: str, look: Look, width: int, most: int) -> tuple[tuple[str, ...], float]:
    """`text` in at most `most` lines of this width, the last shortened; the height of a line.

    Width and height are pixels.
    """
    font = reading_font(look, QUOTE_SIZE)
    metrics = QFontMetrics(font)
    layout = QTextLayout(text, font)
    layout.beginLayout()
    lines: list[str] = []
    while len(lines) < most:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(width)
        start = line.textStart()
        if len(lines) == most - 1:
            lines.append(metrics.elidedText(text[start:], Qt.TextElideMode.ElideRight, width))
        else:
            lines.append(text[start : start + line.textLength()].rstrip())
    layout.endLayout()
    return tuple(lines), metrics.height() * _LINE_HEIGHT
