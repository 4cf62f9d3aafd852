"""Files on their way in: the drop, the sheet, the progress, pause and Stop."""

from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent
from PySide6.QtWidgets import QApplication, QFileDialog

from desktop_rag.ui.add_sheet import AddSheet
from desktop_rag.ui.documents_model import DocumentRow
from tests.support import make_pdf
from tests.ui.steps_ta import Desk, desk_on, drag_over, drop, mime_of, press, words_of

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")


@pytest.fixture(scope="module")
def desk(
    request: pytest.FixtureRequest, qapp: QApplication, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Desk]:
    with desk_on(request, tmp_path_factory.mktemp("home")) as desk:
        desk.settle()
        yield desk


def paper(folder: Path, name: str, pages: int = 1) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return make_pdf(folder / name, [f"{name} says this on page {page}." for page in range(pages)])


def mail(folder: Path, *attached: Path) -> Path:
    message = EmailMessage()
    message["Subject"] = "The papers"
    message["From"] = "a@example.org"
    message.set_content("Here they are.")
    for file in attached:
        message.add_attachment(
            file.read_bytes(), maintype="application", subtype="pdf", filename=file.name
        )
    target = folder / "The papers.eml"
    target.write_bytes(bytes(message))
    return target


def found(desk: Desk) -> AddSheet:
    """The sheet, when all that was dropped is counted."""
    sheet = desk.workspace.dropping.sheet
    assert sheet is not None
    desk.wait(lambda: not sheet.text.text().startswith("Looking"))
    return sheet


def test_a_drop_is_taken_as_a_copy_so_that_nobody_deletes_the_original(
    desk: Desk, tmp_path: Path
) -> None:
    content = mime_of([paper(tmp_path, "original.pdf")])
    move = Qt.DropAction.MoveAction
    event = QDragEnterEvent(
        QPoint(50, 50),
        move | Qt.DropAction.CopyAction,
        content,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.ShiftModifier,
    )
    event.setDropAction(move)
    QApplication.sendEvent(desk.window, event)
    assert event.isAccepted()
    assert event.dropAction() == Qt.DropAction.CopyAction
    QApplication.sendEvent(desk.window, QDragLeaveEvent())


def test_dragging_says_what_a_drop_will_do(desk: Desk, tmp_path: Path) -> None:
    overlay = desk.workspace.overlay
    files = [paper(tmp_path, f"{number}.pdf") for number in range(3)]
    assert drag_over(desk.window, mime_of(files))
    assert overlay.isVisible()
    assert "3 PDF" in overlay.text
    assert "All documents" in overlay.text
    QApplication.sendEvent(desk.window, QDragLeaveEvent())
    assert overlay.isHidden()
    assert drag_over(desk.window, mime_of([tmp_path]))
    assert tmp_path.name in overlay.text
    QApplication.sendEvent(desk.window, QDragLeaveEvent())


def test_text_that_is_dragged_is_not_taken(desk: Desk) -> None:
    content = QMimeData()
    content.setText("some words")
    assert not drag_over(desk.window, content)
    assert desk.workspace.overlay.isHidden()


def test_the_sheet_counts_files_folders_and_what_is_attached_to_mails(
    desk: Desk, tmp_path: Path
) -> None:
    inside = tmp_path / "folder"
    one = paper(tmp_path, "One.pdf")
    paper(inside, "Two.pdf")
    paper(inside / "deeper", "Three.pdf")
    attached = paper(tmp_path / "elsewhere", "Attached.pdf")
    desk.workspace.overlay.setVisible(True)
    drop(desk.window, [one, inside, mail(tmp_path, attached)])
    assert desk.workspace.overlay.isHidden()
    sheet = found(desk)
    assert "4 PDF" in sheet.title.text()
    assert "1 of them attached" in sheet.text.text()
    sheet.collection.setCurrentText("Mixed")
    sheet.add.click()
    desk.wait(lambda: desk.tree().get("Mixed") == "4")
    desk.wait(lambda: not desk.is_reading)
    wanted = {"One.pdf", "Two.pdf", "Three.pdf", "Attached.pdf"}
    desk.wait(lambda: wanted <= set(desk.shown()))


def test_what_is_no_pdf_is_named_beside_what_can_be_added(desk: Desk, tmp_path: Path) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("no PDF")
    gone = tmp_path / "gone.pdf"
    drop(desk.window, [paper(tmp_path, "Good.pdf"), notes, gone])
    sheet = found(desk)
    assert "1 PDF" in sheet.title.text()
    assert "notes.txt is not a PDF" in sheet.problems.text()
    assert "gone.pdf" in sheet.problems.text()
    assert sheet.problems.isVisible()
    sheet.reject()


def test_a_drop_without_any_pdf_is_explained_and_cannot_be_added(
    desk: Desk, tmp_path: Path
) -> None:
    letter = tmp_path / "Letter.docx"
    letter.write_bytes(b"PK")
    drop(desk.window, [letter])
    sheet = found(desk)
    assert "Nothing to add" in words_of(sheet)
    assert "Letter.docx is not a PDF" in words_of(sheet)
    assert not sheet.add.isEnabled()
    sheet.reject()


def test_many_problems_are_summed_up(desk: Desk, tmp_path: Path) -> None:
    for number in range(9):
        (tmp_path / f"{number}.txt").write_text("no PDF")
    drop(desk.window, [paper(tmp_path, "Good.pdf"), *sorted(tmp_path.glob("*.txt"))])
    sheet = found(desk)
    lines = sheet.problems.text().split("\n")
    assert len(lines) == 5
    assert "5 more" in lines[-1]
    sheet.reject()


def test_cancel_adds_nothing(desk: Desk, tmp_path: Path) -> None:
    drop(desk.window, [paper(tmp_path, "Unwanted.pdf")])
    press(found(desk), "Cancel")
    desk.settle()
    assert not desk.is_reading
    assert not desk.has("Unwanted.pdf")
    assert desk.workspace.dropping.sheet is None


def test_500_files_are_counted_in_the_sheet(desk: Desk, tmp_path: Path) -> None:
    first = paper(tmp_path, "000.pdf").read_bytes()
    for number in range(1, 500):
        (tmp_path / f"{number:03}.pdf").write_bytes(first)
    drop(desk.window, sorted(tmp_path.glob("*.pdf")))
    sheet = found(desk)
    assert "500 PDF" in sheet.add.text()
    assert sheet.width() <= desk.window.width()
    sheet.reject()


def test_a_second_drop_takes_the_place_of_a_first_that_was_not_answered(
    desk: Desk, tmp_path: Path
) -> None:
    drop(desk.window, [paper(tmp_path, "First.pdf")])
    drop(desk.window, [paper(tmp_path, f"{number}.pdf") for number in range(2)])
    sheet = found(desk)
    assert "2 PDF" in sheet.title.text()
    sheets = [w for w in QApplication.topLevelWidgets() if isinstance(w, AddSheet)]
    assert [w for w in sheets if w.isVisible()] == [sheet]
    sheet.reject()


def test_ctrl_o_asks_for_files(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = str(paper(tmp_path, "Chosen.pdf"))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([file], ""))
    desk.window.activateWindow()
    desk.wait(desk.window.isActiveWindow)
    desk.bot.keyClick(desk.window, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    sheet = found(desk)
    assert "1 PDF" in sheet.title.text()
    sheet.reject()


def test_the_sheet_proposes_the_collection_that_is_looked_at(desk: Desk, tmp_path: Path) -> None:
    desk.make_collection("Harbour")
    desk.go_to("Harbour")
    drop(desk.window, [paper(tmp_path, "Here.pdf")])
    sheet = found(desk)
    assert sheet.collection.currentText() == "Harbour"
    sheet.add.click()
    desk.wait(lambda: desk.tree()["Harbour"] == "1")
    desk.wait(lambda: not desk.is_reading)
    desk.wait(lambda: desk.shown() == ["Here.pdf"])
    desk.go_to("")


def test_a_password_given_with_the_drop_opens_the_document(desk: Desk, tmp_path: Path) -> None:
    locked = make_pdf(tmp_path / "Opened.pdf", ["Only for those who know."], encrypt="sesame")
    drop(desk.window, [locked])
    sheet = found(desk)
    assert sheet.password.isHidden()
    press(sheet, "Some have a password")
    assert sheet.password.isVisible()
    desk.bot.keyClicks(sheet.password, "sesame")
    assert "sesame" not in sheet.password.displayText()
    sheet.add.click()
    desk.wait(lambda: desk.has("Opened.pdf"))
    assert not desk.row("Opened.pdf").needs_attention
    desk.wait(lambda: not desk.is_reading)


def test_progress_is_said_and_pause_holds_it(desk: Desk, tmp_path: Path) -> None:
    strip = desk.workspace.library.reading
    desk.begin_to_add([paper(tmp_path, f"Slow {i}.pdf", 60) for i in range(12)], "Slow")
    desk.wait(lambda: "of 12" in strip.text())
    assert ".pdf" in strip.text()
    strip.pause.click()
    assert strip.text().startswith("Paused")
    desk.bot.wait(1000)  # a batch that is being stored comes to its end first
    desk.settle()
    held = desk.tree().get("Slow", "")
    desk.settle()
    assert desk.tree().get("Slow", "") == held
    assert strip.text().startswith("Paused")
    strip.pause.click()
    assert strip.pause.accessibleName() == "Pause reading"
    desk.wait(lambda: not desk.is_reading)
    desk.wait(lambda: desk.tree().get("Slow") == "12")
    assert "12 document" in desk.notice


def test_stop_keeps_what_was_read(desk: Desk, tmp_path: Path) -> None:
    strip = desk.workspace.library.reading
    desk.begin_to_add([paper(tmp_path, f"Long {i}.pdf", 60) for i in range(40)], "Long")
    desk.wait(lambda: int(desk.tree().get("Long") or 0) >= 2)
    strip.stop.click()
    assert strip.text().startswith("Stopping")
    desk.wait(lambda: not desk.is_reading)
    assert "Stopped. What was read is kept." in desk.notice
    desk.settle()
    assert 2 <= int(desk.tree()["Long"]) < 40


def test_a_second_order_waits_for_the_first(desk: Desk, tmp_path: Path) -> None:
    desk.begin_to_add([paper(tmp_path, f"Early {i}.pdf", 3) for i in range(4)], "Early")
    drop(desk.window, [paper(tmp_path, "Late.pdf")])
    sheet = found(desk)
    sheet.collection.setCurrentText("Late")
    sheet.add.click()
    desk.wait(lambda: desk.tree().get("Late") == "1")
    assert desk.tree()["Early"] == "4"
    desk.wait(lambda: not desk.is_reading)


def test_a_file_that_changed_takes_the_place_of_what_it_was(desk: Desk, tmp_path: Path) -> None:
    file = paper(tmp_path, "Draft.pdf")
    desk.add([file], "Drafts")
    desk.wait(lambda: desk.has("Draft.pdf"))
    before = desk.row("Draft.pdf").key
    make_pdf(file, ["The second draft says something else."])
    desk.add([file], "Drafts")
    desk.wait(lambda: desk.tree()["Drafts"] == "1")
    desk.wait(lambda: [r.key for r in rows_called(desk, "Draft.pdf")] not in ([before], []))
    desk.wait(lambda: len(rows_called(desk, "Draft.pdf")) == 1)


def rows_called(desk: Desk, name: str) -> list[DocumentRow]:
    return [row for row in desk.workspace.library.documents.rows() if row.name == name]


def test_a_refused_file_that_was_mended_is_shown_once(desk: Desk, tmp_path: Path) -> None:
    missing = tmp_path / "folder" / "Mended.pdf"
    good = paper(tmp_path / "folder", "Beside.pdf")
    desk.add([good, missing], "Mends")
    desk.wait(lambda: desk.row("Mended.pdf").entry is None)
    paper(tmp_path / "folder", "Mended.pdf")
    desk.add([missing], "Mends")
    desk.wait(lambda: [row.entry is not None for row in rows_called(desk, "Mended.pdf")] == [True])
