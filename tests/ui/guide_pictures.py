"""Makes the pictures of the guide from the real window and the sample PDFs. Run by hand:

    python -m tests.ui.guide_pictures

They are taken of the English window in the light theme, and made small.
"""

import os
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PIL import Image, ImageOps
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop_rag import config
from desktop_rag.__main__ import _open_assistant
from desktop_rag.config import resources_folder
from desktop_rag.ui.furnishing import furnish
from desktop_rag.ui.main_window import MainWindow
from desktop_rag.ui.workspace import Workspace

PICTURES = resources_folder() / "guide" / "pictures"
SIZE = (1200, 720)
WIDTH = 900  # of the pictures, in pixels
FRAME = "#a8a8a4"  # else a picture of the light window has no edge on the light page
LONGEST_WAIT_S = 300


def wait(condition: Callable[[], object]) -> None:
    """Let the window work until something holds."""
    end = time.monotonic() + LONGEST_WAIT_S
    while not condition():
        if time.monotonic() > end:
            raise SystemExit("The window did not come to where a picture is taken.")
        QTest.qWait(20)


def take(name: str, widget: QWidget) -> None:
    """Save a picture in few colours, which is a third of its size."""
    QTest.qWait(1500)
    picture, file = widget.grab().toImage(), PICTURES / f"{name}.png"
    width = min(WIDTH, picture.width())
    picture.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation).save(str(file))
    with Image.open(file) as opened:
        framed = ImageOps.expand(opened.convert("RGB"), 1, FRAME)
    small = framed.quantize(64, dither=Image.Dither.NONE)
    small.save(file, optimize=True)
    file.chmod(0o644)


def ask(space: Workspace, question: str) -> None:
    """Ask, and wait for the answer."""
    space.answers.field.edit.setPlainText(question)
    space.answers.field.submit()
    wait(lambda: space.answers.running is None and space.answers.transcript.latest is not None)


def journey(space: Workspace, window: MainWindow) -> None:
    """From an empty library to each picture."""
    space.answers.welcome.samples_wanted.emit()
    wait(lambda: len(space.library.documents.rows()) >= 6)
    wait(lambda: space.library.reading.isHidden())
    take("library", window)
    ask(space, "How much notice must the tenant give to end the lease?")
    take("answer", window)
    latest = space.answers.transcript.latest
    assert latest is not None
    latest.open_card(0)
    wait(lambda: bool(space.page.canvas.highlights_on(latest.cards[0].pages[0])))
    take("page", window)
    space.page.close_panel()
    space.answers.new_conversation()
    ask(space, "List all deadlines")
    take("table", window)
    space.sheets.open_settings(1)
    settings = space.sheets.settings
    assert settings is not None
    wait(lambda: settings.models.rows)
    wait(lambda: all(row.condition is not None for row in settings.models.rows.values()))
    take("models", settings)
    settings.close()


def main() -> None:
    """Open a window on a new library in a temporary folder, and walk through it."""
    with tempfile.TemporaryDirectory() as home:
        os.environ["XDG_DATA_HOME"] = home
        folder = Path(home) / config.APP_NAME
        config.save(folder / "settings.toml", {"appearance": "light", "language": "en"})
        application = QApplication([])
        window = MainWindow()
        window.resize(*SIZE)
        window.show()
        made = furnish(window, partial(_open_assistant, None), partial(config.load, None))
        assert made.workspace is not None
        PICTURES.mkdir(parents=True, exist_ok=True)
        journey(made.workspace, window)
        window.ask_before_closing(lambda: True)
        window.close()
        application.processEvents()


if __name__ == "__main__":
    main()
