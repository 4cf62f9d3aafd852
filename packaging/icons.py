"""The icon as Windows and macOS want it, made from the drawing: python packaging/icons.py.

Writes packaging/windows/desktop-rag.ico and packaging/macos/desktop-rag.icns. Git ignores both:
build.ps1 and build.sh make them anew.
"""

import io
import os
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

HERE = Path(__file__).resolve().parent
DRAWING = HERE.parent / "resources" / "icons" / "desktop-rag.svg"
ICO_SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)
_LARGEST = 1024  # pixels; of it macOS wants every power of two


def drawn(pixels: int) -> Image.Image:
    """The drawing at this size, each one drawn by itself so that thin lines stay sharp."""
    drawing = QSvgRenderer(str(DRAWING))
    assert drawing.isValid(), f"{DRAWING} is missing or no drawing"
    picture = QImage(pixels, pixels, QImage.Format.Format_ARGB32)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    drawing.render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")
    return Image.open(io.BytesIO(buffer.data().data()))


def main() -> None:
    """Make both."""
    application = QGuiApplication([])
    pictures = [drawn(pixels) for pixels in ICO_SIZES]
    sizes = [(pixels, pixels) for pixels in ICO_SIZES]
    ico = HERE / "windows" / "desktop-rag.ico"
    pictures[-1].save(ico, sizes=sizes, append_images=pictures[:-1])
    drawn(_LARGEST).save(HERE / "macos" / "desktop-rag.icns")
    del application


if __name__ == "__main__":
    main()
