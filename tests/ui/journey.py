"""A person's way through the real window, with real events, and a picture of every screen.

    make journey          light and dark, at 100 % and 200 %, into docs/screenshots/

Each look is a process of its own on an empty library: it drops the samples and some troublesome
files, asks, follows a citation to its highlight, stops an answer, removes, undoes, and quits. It
ends with an error at the first step that does not come out. Needs a display (Xvfb will do).
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from desktop_rag.privacy import guard

guard.activate()

from PIL import Image  # noqa: E402
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl  # noqa: E402
from PySide6.QtGui import QDragEnterEvent, QDropEvent  # noqa: E402
from PySide6.QtTest import QTest  # noqa: E402
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPushButton, QWidget  # noqa: E402

from desktop_rag import config  # noqa: E402
from desktop_rag.__main__ import _open_assistant  # noqa: E402
from desktop_rag.engine.messages import Failed  # noqa: E402
from desktop_rag.ui.furnishing import furnish  # noqa: E402
from desktop_rag.ui.main_window import MainWindow  # noqa: E402
from tests.support import make_locked_pdf  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent.parent
SAMPLES = ROOT / "resources" / "samples"
NOTICE = "How much notice must the tenant give to end the lease?"
PATIENCE_S = 180
_WIDEST = 1920


class Journey:
    """One way through the window in one look; pictures go to `folder`."""

    def __init__(self, home: Path, folder: Path, size: tuple[int, int]) -> None:
        self._folder = folder
        self._count = 0
        self._home = home
        self.window = MainWindow()
        self.window.resize(*size)
        self.window.show()
        furnishing = furnish(
            self.window, partial(_open_assistant, None), partial(config.load, None)
        )
        assert furnishing.workspace is not None
        self.space = furnishing.workspace

    def until(self, what: str, done: Callable[[], object]) -> None:
        """Let the window run until `done`; give up after a long while."""
        end = time.monotonic() + PATIENCE_S
        while not done():
            if time.monotonic() > end:
                raise SystemExit(f"It never came about: {what}.")
            QTest.qWait(30)

    def picture(self, name: str, of: QWidget | None = None) -> None:
        """Keep what is seen, a sheet with the window behind it."""
        QTest.qWait(250)
        self._count += 1
        image = self.window.grab()
        if of is not None:
            from PySide6.QtGui import QColor, QPainter

            painter = QPainter(image)
            painter.fillRect(image.rect(), QColor(0, 0, 0, 90))
            sheet = of.grab()
            place = QPoint(
                (self.window.width() - of.width()) // 2, (self.window.height() - of.height()) // 2
            )
            painter.drawPixmap(place, sheet)
            painter.end()
        file = self._folder / f"{self._count:02}-{name}.png"
        if image.width() > _WIDEST:
            image = image.scaledToWidth(_WIDEST, Qt.TransformationMode.SmoothTransformation)
        image.save(str(file))
        with Image.open(file) as picture:
            small = picture.convert("RGB").quantize(96, dither=Image.Dither.NONE)
        small.save(file, optimize=True)

    def drag(self, *paths: Path) -> None:
        """Drag files over the window."""
        event = QDragEnterEvent(
            QPoint(400, 300),
            Qt.DropAction.CopyAction,
            self._dragged(paths),
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(self.window, event)
        assert event.isAccepted()

    def drop(self, *paths: Path) -> None:
        """Drag files over the window and let them go."""
        self.drag(*paths)
        event = QDropEvent(
            QPointF(400, 300),
            Qt.DropAction.CopyAction,
            self._dragged(paths),
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(self.window, event)

    def _dragged(self, paths: tuple[Path, ...]) -> QMimeData:
        """The content of a drag; the event does not own it, so it is kept here."""
        self._content = QMimeData()
        self._content.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        return self._content

    def press(self, widget: QWidget) -> None:
        """Click in the middle of a widget."""
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)

    def ask(self, question: str) -> None:
        """Type a question and press Enter."""
        field = self.space.answers.field.edit
        QTest.keyClicks(field, question)
        QTest.keyClick(field, Qt.Key.Key_Return)

    def in_sheet(
        self, name: str, act: Callable[[QDialog], None], begin: Callable[[], object]
    ) -> None:
        """Begin something that asks, take a picture of the question, and answer it."""

        def answer() -> None:
            sheet = QApplication.activeModalWidget()
            if not isinstance(sheet, QDialog) or not sheet.isVisible():
                QTimer.singleShot(100, answer)
                return
            self.picture(name, sheet)
            act(sheet)

        QTimer.singleShot(200, answer)
        begin()

    def go(self) -> None:
        """All of it."""
        self._add()
        self._ask()
        self._page()
        self._trouble()
        self._library()
        self._rest()
        self._quit()

    def _add(self) -> None:
        space = self.space
        self.picture("first-screen")
        samples = sorted(SAMPLES.glob("*.pdf"))
        self.drag(*samples)
        self.picture("dragging")
        self.drop(*samples)
        sheet = space.dropping.sheet
        assert sheet is not None
        self.until("the drop is counted", lambda: sheet.add.isEnabled())
        sheet.collection.setCurrentText("Matters/Smith v. Harbour Estates")
        self.picture("sheet", sheet)
        self.press(sheet.add)
        self.until("reading is under way", lambda: space.library.reading.isVisible())
        self.until("a document is read", lambda: space.library.documents.rowCount() > 0)
        self.picture("reading")
        self.press(space.library.reading.pause)
        self.until("reading is paused", lambda: space._reading.is_paused)  # noqa: SLF001
        self.press(space.library.reading.pause)
        self.until("all are read", lambda: not space._reading.is_running)  # noqa: SLF001
        self.until("all are shown", lambda: space.library.documents.rowCount() == len(samples))
        self.picture("ready")

    def _ask(self) -> None:
        space = self.space
        self.ask(NOTICE)
        view = space.answers.transcript.latest
        assert view is not None
        self.until("evidence is there", lambda: view.cards)
        self.picture("evidence-first")
        self.until("the answer is there", lambda: view.turn is not None)
        self.picture("answer")

    def _page(self) -> None:
        space = self.space
        view = space.answers.transcript.latest
        assert view is not None
        card = view.evidence.visualRect(view.evidence.cards.index(0, 0)).center()
        QTest.mouseClick(view.evidence.viewport(), Qt.MouseButton.LeftButton, pos=card)
        page = space.page.canvas
        self.until("the highlight is there", lambda: page.highlights_on(page.page))
        self.until("the page is drawn", lambda: space.page._pictures.picture(page.page))  # noqa: SLF001
        QTest.qWait(500)
        self.picture("highlighted-page")
        QTest.keyClick(self.window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
        found = space.page.find_bar.state
        QTest.keyClicks(space.page.find_bar.field, "landlord")
        self.until("words are found", lambda: found.text().startswith("1 of "))
        space.page.small_pages.setChecked(True)
        QTest.qWait(1500)
        self.picture("find-and-small-pages")
        QTest.keyClick(space.page.find_bar.field, Qt.Key.Key_Escape)
        space.page.small_pages.setChecked(False)
        space.page.two_pages.setChecked(True)
        QTest.qWait(1200)
        self.picture("two-pages")
        space.page.two_pages.setChecked(False)
        self.ask("And for the landlord?")
        follow = space.answers.transcript.latest
        assert follow is not None
        self.until("the follow-up is answered", lambda: follow.turn is not None)
        self.picture("follow-up")
        self.ask("Which colour is the moon?")
        declined = space.answers.transcript.latest
        assert declined is not None
        self.until("it is declined", lambda: declined.turn is not None)
        self.picture("declined")
        self.ask("Who keeps the roof in repair?")
        stopped = space.answers.transcript.latest
        assert stopped is not None
        self.until("an answer is under way", lambda: stopped.cards)
        self.window.activateWindow()  # off screen nobody does it when a sheet has been closed
        QTest.qWaitForWindowActive(self.window)
        QTest.keyClick(self.window, Qt.Key.Key_Escape)
        self.until("it is stopped", lambda: stopped.note())
        self.picture("stopped")
        space.page.close_panel()

    def _trouble(self) -> None:
        space = self.space
        locked = make_locked_pdf(self._home / "Sealed exhibit.pdf", "The seal is red.", "sesame")
        damaged = self._home / "Damaged fax.pdf"
        damaged.write_bytes(b"%PDF-1.7\nnothing follows")
        self.drop(locked, damaged)
        sheet = space.dropping.sheet
        assert sheet is not None
        self.until("the drop is counted", lambda: sheet.add.isEnabled())
        QTest.keyClick(sheet, Qt.Key.Key_Return)
        self.until("the trouble is known", lambda: space.library.documents.attention_count() == 2)
        self.until("reading has ended", lambda: not space._reading.is_running)  # noqa: SLF001
        QTest.qWait(400)
        space.library.notice.press()
        rows = space.library.documents
        key = next(row.key for row in rows.rows() if row.name == locked.name)
        space.library.table.setCurrentIndex(rows.index_of(key))
        self.picture("needs-attention")

        def type_password(sheet: QDialog) -> None:
            field = sheet.findChild(QLineEdit)
            QTest.keyClicks(field, "sesame")
            QTest.keyClick(field, Qt.Key.Key_Return)

        self.in_sheet("password", type_password,
                      lambda: self.press(space.library.attention.password))  # fmt: skip
        self.until("it is unlocked", lambda: space.library.documents.attention_count() == 1)
        self.until("reading has ended", lambda: not space._reading.is_running)  # noqa: SLF001

    def _library(self) -> None:
        space = self.space
        space.library.go_to("")
        index = space.library.documents.index_of(
            next(r.key for r in space.library.documents.rows() if r.name == "Water bulletin.pdf")
        )
        space.library.table.setCurrentIndex(index)
        space.library.table.setFocus()
        self.in_sheet(
            "remove",
            lambda sheet: self.press(sheet.findChild(QPushButton, "danger")),
            lambda: QTest.keyClick(space.library.table, Qt.Key.Key_Delete),
        )
        self.until("it is removed", lambda: "Undo" in _button_of(space.library.notice))
        self.picture("removed")
        space.library.notice.press()
        self.until("undone", lambda: not space._reading.is_running)  # noqa: SLF001
        self.until("it is back", lambda: any(
            r.name == "Water bulletin.pdf" for r in space.library.documents.rows()))  # fmt: skip
        self.window.resize(self.window.width(), self.window.height())
        space.columns.setSizes([700, 500, 0])
        self.picture("wide-library")
        space.columns.setSizes([290, 1070, 0])

    def _rest(self) -> None:
        space = self.space
        space.answers.show_history()
        self.until("the history is there", lambda: space.answers.history.model.rowCount())
        self.picture("history")
        QTest.keyClick(self.window, Qt.Key.Key_Escape)
        self.in_sheet("jump", lambda sheet: sheet.reject(), space.jump)
        space.show_help()
        assert space.sheets.guide is not None
        QTest.qWait(800)
        self.picture("guide", space.sheets.guide)
        space.sheets.guide.close()
        for page, name in enumerate(
            ("general", "models", "privacy", "watched-folders", "storage", "own-check")
        ):
            space.sheets.open_settings(page)
            assert space.sheets.settings is not None
            if name == "privacy":
                self.press(space.sheets.settings.privacy.check_now)
                attempts = space.sheets.settings.privacy.attempts
                self.until("the ways out are tried", attempts.topLevelItemCount)
            if name == "models":
                models = space.sheets.settings.models
                self.until("the models are listed", lambda models=models: models.rows)
            QTest.qWait(800)
            self.picture(f"settings-{name}", space.sheets.settings)
        space.sheets.settings.close()
        message = "The library in this place cannot be written: no space left on device."
        space.sheets.show_problem(Failed(0, message, "Free some space on the disk and try again."))
        problem = space.sheets.problem
        assert problem is not None
        self.picture("problem", problem)
        problem.accept()

    def _quit(self) -> None:
        pid = self.space._engine.engine_pid  # noqa: SLF001
        self.window.close()
        assert pid is not None
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return
        raise SystemExit("The engine outlives the window.")


def _button_of(notice: QWidget) -> str:
    return notice._button.text() if notice.isVisible() else ""  # type: ignore[attr-defined]  # noqa: SLF001


def one_look(appearance: str, text_size: int, folder: Path) -> None:
    """The journey in one look."""
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        os.environ["XDG_DATA_HOME"] = str(home)
        settings = config.data_folder() / "settings.toml"
        config.save(settings, {"appearance": appearance, "text_size": text_size, "language": "en"})
        application = QApplication([])
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob("*.png"):
            old.unlink()
        size = (1360, 860) if text_size <= 120 else (1840, 1120)
        Journey(home, folder, size).go()
        application.quit()


def main() -> None:
    """One look, or each in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--to", type=Path, default=ROOT / "docs" / "screenshots")
    parser.add_argument("--look", default="", help="for example “dark-200”; all without it")
    options = parser.parse_args()
    if options.look:
        appearance, text_size = options.look.split("-")
        one_look(appearance, int(text_size), options.to / options.look)
        return
    for look in ("light-100", "dark-100", "light-200", "dark-200"):
        arguments = [sys.executable, "-m", "tests.ui.journey", "--look", look]
        subprocess.run([*arguments, "--to", str(options.to)], check=True)
        print(f"{look}: done", flush=True)


if __name__ == "__main__":
    main()
