"""The outline icons, drawn in the colour of the text."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QAction, QBrush, QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QWidget

from desktop_rag.ui.theme import Theme

_SIZES = (16, 20, 32, 40, 64)
_NAME = "iconName"
_COLOUR = "iconColour"


class Icons:
    """Draws icons in the colours of a theme, and draws them anew when the theme changes.

    `folder` holds one SVG an icon, whose lines have the colour `currentColor`.
    """

    def __init__(self, folder: Path, theme: Theme) -> None:
        self._folder = folder
        self._theme = theme
        self._drawn: dict[tuple[str, str], QIcon] = {}

    def icon(self, name: str, colour: str = "text") -> QIcon:
        """The icon in the colour that the theme calls `colour`."""
        shade = str(getattr(self._theme, colour))
        if (name, shade) not in self._drawn:
            self._drawn[name, shade] = self._draw(name, shade)
        return self._drawn[name, shade]

    def brush(self, colour: str) -> QBrush:
        """A colour of the theme, for what views draw."""
        return QBrush(QColor(str(getattr(self._theme, colour))))

    def put(self, target: QAbstractButton | QAction, name: str, colour: str = "text") -> None:
        """Give the button or action its icon, to be kept in step with the theme."""
        target.setProperty(_NAME, name)
        target.setProperty(_COLOUR, colour)
        target.setIcon(self.icon(name, colour))

    def change_theme(self, theme: Theme, window: QWidget) -> None:
        """Draw the icons of everything in the window anew."""
        self._theme = theme
        targets: list[QAbstractButton | QAction] = [*window.findChildren(QAbstractButton)]
        targets += window.findChildren(QAction)
        for target in targets:
            if name := target.property(_NAME):
                target.setIcon(self.icon(name, target.property(_COLOUR)))

    def _draw(self, name: str, shade: str) -> QIcon:
        source = (self._folder / f"{name}.svg").read_text(encoding="utf-8")
        renderer = QSvgRenderer(QByteArray(source.replace("currentColor", shade).encode()))
        icon = QIcon()
        for size in _SIZES:
            pixmap = QPixmap(size, size)
            pixmap.fill(Qt.GlobalColor.transparent)
            painter = QPainter(pixmap)
            renderer.render(painter, QRectF(0, 0, size, size))
            painter.end()
            icon.addPixmap(pixmap)
        return icon
