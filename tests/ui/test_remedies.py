"""What needs attention, and the remedies for it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QPushButton

from desktop_rag.domain import DocumentStatus
from desktop_rag.ui.collections_model import ATTENTION
from tests.support import make_pdf
from tests.ui.steps_ta import Desk, answer, desk_on, fill, press

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")


@pytest.fixture(scope="module")
def desk(
    request: pytest.FixtureRequest, qapp: QApplication, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Desk]:
    with desk_on(request, tmp_path_factory.mktemp("home")) as desk:
        desk.settle()
        yield desk


@pytest.fixture(autouse=True)
def everywhere(desk: Desk) -> None:
    desk.go_to("")
    desk.workspace.library.table.clearSelection()


def locked(folder: Path, name: str, password: str) -> Path:
    return make_pdf(folder / name, [f"What {name} says is a secret."], encrypt=password)


def remedies(desk: Desk) -> list[str]:
    """The remedies that are offered for what is selected."""
    bar = desk.workspace.library.attention
    return [b.text() for b in bar.findChildren(QPushButton) if b.isVisible()]


def status(desk: Desk, name: str) -> DocumentStatus:
    return desk.row(name).status


def finished(desk: Desk) -> None:
    desk.wait(lambda: not desk.is_reading)
    desk.settle()


def test_the_right_password_makes_a_locked_document_ready(desk: Desk, tmp_path: Path) -> None:
    desk.add([locked(tmp_path, "Letter.pdf", "open sesame")], "Locked")
    desk.wait(lambda: desk.has("Letter.pdf"))
    assert "attention" in desk.notice
    desk.workspace.library.notice.press()
    assert desk.workspace.library.place == ""
    desk.go_to(ATTENTION)
    desk.select("Letter.pdf")
    assert remedies(desk) == ["Enter password", "Show file", "Remove"]
    said: list[str] = []
    answer(lambda sheet: (fill(sheet, "wrong"), press(sheet, "Open")), said)
    desk.workspace.library.attention.password.click()
    assert "Letter.pdf" in said[0]
    assert "never stored" in said[0]
    finished(desk)
    assert status(desk, "Letter.pdf") is DocumentStatus.NEEDS_PASSWORD
    desk.select("Letter.pdf")
    answer(lambda sheet: (fill(sheet, "open sesame"), press(sheet, "Open")))
    desk.workspace.library.attention.password.click()
    desk.wait(lambda: status(desk, "Letter.pdf") is DocumentStatus.READY)
    finished(desk)
    assert desk.tree()[ATTENTION] == ""
    assert remedies(desk) == []
    assert "Letter.pdf" not in desk.shown()


def test_a_password_that_was_given_is_tried_on_what_comes_later(desk: Desk, tmp_path: Path) -> None:
    desk.add([locked(tmp_path, "First.pdf", "shared")], "Locked", password="shared")
    desk.add([locked(tmp_path, "Second.pdf", "shared")], "Locked")
    desk.wait(lambda: desk.has("Second.pdf"))
    assert status(desk, "Second.pdf") is DocumentStatus.READY


def test_a_damaged_file_that_is_mended_is_read_again(desk: Desk, tmp_path: Path) -> None:
    broken = tmp_path / "Broken.pdf"
    broken.write_bytes(b"%PDF-1.4\nnothing more of it arrived")
    desk.add([broken], "Damage")
    desk.wait(lambda: desk.has("Broken.pdf"))
    assert status(desk, "Broken.pdf") is DocumentStatus.UNREADABLE
    desk.select("Broken.pdf")
    assert remedies(desk) == ["Read again", "Show file", "Remove"]
    make_pdf(broken, ["Now all of it is here."])
    desk.workspace.library.attention.again.click()
    finished(desk)
    desk.wait(lambda: desk.has("Broken.pdf") and status(desk, "Broken.pdf") is DocumentStatus.READY)
    assert desk.shown().count("Broken.pdf") == 1
    assert desk.row("Broken.pdf").collections == ("Damage",)


def test_a_file_that_is_gone_keeps_its_text_and_says_so(desk: Desk, tmp_path: Path) -> None:
    file = make_pdf(tmp_path / "Gone.pdf", ["This was read before it went."])
    desk.add([file], "Gone")
    desk.wait(lambda: desk.has("Gone.pdf"))
    file.unlink()
    desk.select("Gone.pdf")
    menu = desk.workspace.library.table.menu()
    (again,) = [a for a in menu.actions() if a.text() == "Read again"]
    again.trigger()
    finished(desk)
    assert "attention" in desk.notice
    assert status(desk, "Gone.pdf") is DocumentStatus.READY


def test_a_refused_file_is_a_row_that_can_be_read_again_and_removed(
    desk: Desk, tmp_path: Path
) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("This is no PDF.")
    desk.add([make_pdf(tmp_path / "Fine.pdf", ["This is one."]), notes], "Refused")
    desk.wait(lambda: desk.has("notes.txt"))
    assert desk.row("notes.txt").entry is None
    desk.go_to(ATTENTION)
    assert "notes.txt" in desk.shown()
    desk.select("notes.txt")
    assert remedies(desk) == ["Read again", "Show file", "Remove"]
    desk.workspace.library.attention.remove.click()
    desk.wait(lambda: not desk.has("notes.txt"))
    assert remedies(desk) == []
    assert notes.exists()


def test_a_refused_file_that_is_there_later_goes_where_it_was_meant_to_go(
    desk: Desk, tmp_path: Path
) -> None:
    late = tmp_path / "Late.pdf"
    desk.add([make_pdf(tmp_path / "Early.pdf", ["Early."]), late], "Meant")
    desk.wait(lambda: desk.has("Late.pdf"))
    make_pdf(late, ["Late."])
    desk.select("Late.pdf")
    desk.workspace.library.attention.again.click()
    finished(desk)
    desk.wait(lambda: desk.has("Late.pdf") and desk.row("Late.pdf").entry is not None)
    assert desk.row("Late.pdf").collections == ("Meant",)


def test_undo_brings_back_what_was_removed(desk: Desk, tmp_path: Path) -> None:
    names = [f"Undone {number}.pdf" for number in range(5)]
    desk.add([make_pdf(tmp_path / name, [f"{name} is read."]) for name in names], "Undo")
    desk.wait(lambda: all(desk.has(name) for name in names))
    desk.select(*names)
    said: list[str] = []
    answer(lambda sheet: press(sheet, "Remove 5"), said)
    desk.workspace.library.table.remove_wanted.emit(desk.workspace.library.selected())
    desk.wait(lambda: not any(desk.has(name) for name in names))
    assert "“Undone 0.pdf”" in said[0]
    assert "2 more" in said[0]
    assert "Removed 5" in desk.notice
    desk.workspace.library.notice.press()
    finished(desk)
    desk.wait(lambda: all(desk.has(name) for name in names))
    assert {desk.row(name).collections for name in names} == {("Undo",)}


def test_show_file_opens_its_folder_or_says_that_it_cannot(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(
        QDesktopServices, "openUrl", lambda url: bool(opened.append(url.toLocalFile())) or True
    )
    folder = tmp_path / "place"
    folder.mkdir()
    file = locked(folder, "Shown.pdf", "unknown")
    desk.add([file], "Shown")
    desk.wait(lambda: desk.has("Shown.pdf"))
    desk.select("Shown.pdf")
    desk.workspace.library.attention.reveal.click()
    assert opened == [str(folder)]
    file.unlink()
    folder.rmdir()
    desk.workspace.library.attention.reveal.click()
    assert str(folder) in desk.notice
    assert opened == [str(folder)]
