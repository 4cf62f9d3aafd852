"""The page column: the evidence on its page, finding, zooming, saving, printing."""

from collections.abc import Iterator
from pathlib import Path

import pypdf
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot
from reportlab.lib import pdfencrypt

from desktop_rag.domain import FoundInDocument, Span
from desktop_rag.ui.dialogs import Sheet
from desktop_rag.ui.engine_link import EngineLink
from desktop_rag.ui.evidence import EvidenceCard
from desktop_rag.ui.page_layout import Fit
from desktop_rag.ui.theme import LIGHT
from desktop_rag.ui.workspace import Workspace
from tests.support import make_pdf
from tests.ui.conftest import LONG
from tests.ui.steps_tb import JONES, LEASE, LOAN, SMITH, fill, in_next_dialog, named, opened, settle

SAMPLES = Path(__file__).resolve().parents[2] / "resources" / "samples"
LONG_PAGES = 2000


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("office")
    lease = make_pdf(folder / "Lease.pdf", LEASE)
    loan = make_pdf(folder / "Loan.pdf", LOAN)
    gone = make_pdf(folder / "Gone.pdf", ["This file is deleted after it was read."])
    locked = make_pdf(
        folder / "Locked.pdf",
        ["A sealed statement of account, with a password."],
        encrypt=pdfencrypt.StandardEncryption("open sesame", canPrint=1),
    )
    fax = SAMPLES / "Laboratory fax.pdf"
    fill(folder / "library", {SMITH: [lease, gone, locked, fax], JONES: [loan]})
    gone.unlink()
    return folder


@pytest.fixture(scope="module")
def office(qapp: object, folder: Path) -> Iterator[Workspace]:
    with opened(folder / "library", folder) as workspace:
        yield workspace


@pytest.fixture
def desk(qtbot: QtBot, office: Workspace) -> Workspace:
    settle(qtbot, office, 5)
    office.window().resize(1360, 860)
    office.page.close_panel()
    office.page.canvas.set_fit(Fit.WIDTH)
    office.page.two_pages.setChecked(False)
    office.page.small_pages.setChecked(False)
    vars(office.page)["_left_at"].clear()  # where an earlier test left each document
    return office


def key_of(workspace: Workspace, name: str) -> str:
    return next(row.key for row in workspace.library.documents.rows() if row.name == name)


def open_document(qtbot: QtBot, workspace: Workspace, name: str) -> None:
    """Enter on its row of the library."""
    workspace.library.find_document(key_of(workspace, name))
    workspace.library.table.setFocus()
    qtbot.keyClick(workspace.library.table, Qt.Key.Key_Return)
    page = workspace.page
    qtbot.waitUntil(
        lambda: page.view is not None and page.view.path.name == name and page.canvas.page == 1,
        timeout=LONG,
    )


def card(workspace: Workspace, name: str, page: int, length: int) -> EvidenceCard:
    row = next(row for row in workspace.library.documents.rows() if row.name == name)
    spans = (Span(page, 0, length),)
    return EvidenceCard(1, row.key, row.path, (page,), (str(page),), "a quote", spans, "")


def press(qtbot: QtBot, workspace: Workspace, name: str) -> None:
    button = named(workspace.page, name)
    assert isinstance(button, QAbstractButton)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_the_evidence_is_marked_on_its_page_and_next_walks_into_the_other_document(
    qtbot: QtBot, desk: Workspace
) -> None:
    page = desk.page
    cards = [card(desk, "Lease.pdf", 2, 12), card(desk, "Loan.pdf", 2, 9)]
    page.show_card(cards, 0)
    qtbot.waitUntil(lambda: len(page.canvas.highlights_on(2)) == 1, timeout=LONG)
    mark = page.canvas.highlights_on(2)[0]
    assert not page.canvas.highlights_on(1)
    assert 55 < mark.left < 65  # where make_pdf writes
    assert 40 < mark.top < 65
    assert page.evidence_state.text() == "evidence 1 of 2"
    assert not named(page, "Previous evidence").isEnabled()
    press(qtbot, desk, "Next evidence")
    qtbot.waitUntil(
        lambda: (
            page.view is not None
            and page.view.path.name == "Loan.pdf"
            and len(page.canvas.highlights_on(2)) == 1
        ),
        timeout=LONG,
    )
    assert page.evidence_state.text() == "evidence 2 of 2"
    assert not named(page, "Next evidence").isEnabled()
    press(qtbot, desk, "Previous evidence")
    qtbot.waitUntil(
        lambda: page.view is not None and page.view.path.name == "Lease.pdf", timeout=LONG
    )


def test_a_screen_reader_is_told_the_page_and_what_is_marked(qtbot: QtBot, desk: Workspace) -> None:
    canvas = desk.page.canvas
    desk.page.show_card([card(desk, "Lease.pdf", 2, 12)], 0)
    qtbot.waitUntil(lambda: "(2 of 3)" in canvas.accessibleName(), timeout=LONG)
    qtbot.waitUntil(lambda: "a quote" in canvas.accessibleDescription(), timeout=LONG)
    open_document(qtbot, desk, "Loan.pdf")
    assert canvas.accessibleName() == "Loan.pdf, p. 1 (1 of 2)"
    assert canvas.accessibleDescription() == ""


def test_the_marks_can_be_seen_and_the_current_one_is_stronger(
    qtbot: QtBot, desk: Workspace
) -> None:
    canvas, name = desk.page.canvas, "Lease.pdf"
    first, second = card(desk, name, 1, 12), card(desk, name, 2, 12)
    desk.page.show_card([first, second], 0)
    qtbot.waitUntil(lambda: bool(canvas.highlights_on(1)), timeout=LONG)
    pictures = vars(desk.page)["_pictures"]
    qtbot.waitUntil(lambda: bool(pictures.picture(1) and pictures.picture(2)), timeout=LONG)
    theme = LIGHT

    def colours() -> set[str]:
        image = canvas.viewport().grab().toImage()
        return {
            image.pixelColor(x, y).name()
            for x in range(0, image.width(), 2)
            for y in range(image.height())
        }

    desk.window().resize(1360, 1400)
    qtbot.waitUntil(lambda: theme.current_highlight in colours(), timeout=LONG)
    qtbot.waitUntil(lambda: theme.highlight in colours(), timeout=LONG)


def test_what_an_earlier_search_finds_late_is_not_marked(
    qtbot: QtBot, desk: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_document(qtbot, desk, "Lease.pdf")
    page = desk.page
    show_found = page.find_bar.show_found
    answers: list[FoundInDocument] = []

    def type_on(found: FoundInDocument) -> None:
        """The reader types on while the places of the first word are still asked for."""
        show_found(found)
        answers.append(found)
        if found.spans:
            page.find_bar.wanted.emit("zebra")

    monkeypatch.setattr(page.find_bar, "show_found", type_on)
    page.find_bar.wanted.emit("tenant")
    qtbot.waitUntil(lambda: len(answers) == 2, timeout=LONG)
    assert [bool(found.spans) for found in answers] == [True, False]
    done: list[object] = []
    engine: EngineLink = vars(desk)["_engine"]
    assert page.view is not None
    engine.request("highlights", page.view.document_id, (), (), then=done.append)
    qtbot.waitUntil(lambda: bool(done), timeout=LONG)  # those of the first word came before
    assert not vars(page.canvas)["_found"]


def test_home_and_end_lead_to_the_first_and_the_last_page(qtbot: QtBot, desk: Workspace) -> None:
    open_document(qtbot, desk, "Lease.pdf")
    canvas = desk.page.canvas
    canvas.set_fit(Fit.FREE)
    while canvas.verticalScrollBar().maximum() > canvas.viewport().height() / 2:
        canvas.zoom_out()
    assert canvas.verticalScrollBar().maximum() > 0
    qtbot.keyClick(canvas, Qt.Key.Key_End)
    assert canvas.page == 3  # though it cannot come to the top
    qtbot.keyClick(canvas, Qt.Key.Key_Home)
    assert canvas.page == 1


def test_the_first_page_counts_while_small_pages_all_show(qtbot: QtBot, desk: Workspace) -> None:
    open_document(qtbot, desk, "Lease.pdf")
    canvas = desk.page.canvas
    canvas.set_fit(Fit.FREE)
    while canvas.zoom > 0.1:
        canvas.zoom_out()
    assert canvas.verticalScrollBar().maximum() == 0
    assert canvas.page == 1


def test_a_document_is_opened_where_it_was_left(qtbot: QtBot, desk: Workspace) -> None:
    open_document(qtbot, desk, "Lease.pdf")
    desk.page.canvas.go_to_page(3)
    qtbot.waitUntil(lambda: desk.page.canvas.page == 3, timeout=LONG)
    open_document(qtbot, desk, "Loan.pdf")
    desk.library.find_document(key_of(desk, "Lease.pdf"))
    desk.library.table.setFocus()
    qtbot.keyClick(desk.library.table, Qt.Key.Key_Return)
    qtbot.waitUntil(
        lambda: (
            desk.page.view is not None
            and desk.page.view.path.name == "Lease.pdf"
            and desk.page.canvas.page == 3
        ),
        timeout=LONG,
    )


def test_words_are_found_in_a_scan_and_escape_closes_the_bar(qtbot: QtBot, desk: Workspace) -> None:
    open_document(qtbot, desk, "Laboratory fax.pdf")
    bar = desk.page.find_bar
    qtbot.keyClick(desk, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert bar.field.hasFocus()
    qtbot.keyClicks(bar.field, "fictional")
    qtbot.waitUntil(lambda: bar.state.text().startswith("1 of "), timeout=LONG)
    qtbot.keyClick(bar.field, Qt.Key.Key_Escape)
    assert bar.isHidden()
    assert desk.page.isVisible()
    press(qtbot, desk, "Find in this document")
    assert bar.state.text() == ""
    assert not named(bar, "Next place").isEnabled()
    bar.close_bar()


def test_next_and_previous_place_go_round(qtbot: QtBot, desk: Workspace) -> None:
    open_document(qtbot, desk, "Lease.pdf")
    bar = desk.page.find_bar
    bar.open_bar()
    qtbot.keyClicks(bar.field, "lease")
    qtbot.waitUntil(lambda: bar.state.text() == "1 of 3", timeout=LONG)
    qtbot.keyClick(bar.field, Qt.Key.Key_Return)
    assert bar.state.text() == "2 of 3"
    press(qtbot, desk, "Next place")
    press(qtbot, desk, "Next place")
    assert bar.state.text() == "1 of 3"
    press(qtbot, desk, "Previous place")
    assert bar.state.text() == "3 of 3"
    bar.field.setText("zebra")
    qtbot.waitUntil(lambda: bar.state.text() == "not found", timeout=LONG)
    desk.page.close_panel()
    assert bar.isHidden(), "the next Esc would close a bar that nobody sees"


def test_zooming_by_buttons_wheel_and_fit(qtbot: QtBot, desk: Workspace) -> None:
    open_document(qtbot, desk, "Lease.pdf")
    page = desk.page
    qtbot.waitUntil(page.canvas.verticalScrollBar().isVisible, timeout=LONG)
    wide = page.canvas.zoom
    press(qtbot, desk, "Larger")
    assert page.canvas.zoom == pytest.approx(1.2 * wide)
    assert page.zoom_state.text() == f"{round(120 * wide)} %"
    press(qtbot, desk, "Fit the width")
    assert page.canvas.zoom == pytest.approx(wide)
    desk.window().resize(1360, 600)
    press(qtbot, desk, "Fit the whole page")
    assert page.canvas.zoom < wide
    press(qtbot, desk, "Fit the width")
    desk.window().resize(1360, 860)
    qtbot.waitUntil(lambda: page.canvas.zoom == pytest.approx(wide), timeout=LONG)
    place = QPointF(50, 50)
    turn = QWheelEvent(
        place,
        page.canvas.viewport().mapToGlobal(place),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(page.canvas.viewport(), turn)
    assert page.canvas.zoom == pytest.approx(wide / 1.2)
    press(qtbot, desk, "Fit the width")


def test_two_pages_lie_beside_each_other_and_small_pages_choose(
    qtbot: QtBot, desk: Workspace
) -> None:
    open_document(qtbot, desk, "Lease.pdf")
    page = desk.page
    qtbot.waitUntil(page.canvas.verticalScrollBar().isVisible, timeout=LONG)
    wide = page.canvas.zoom
    page.two_pages.trigger()
    assert page.canvas.zoom < 0.6 * wide
    page.two_pages.trigger()
    page.small_pages.trigger()
    small = page.thumbnails
    assert small.isVisible()
    blank = small.iconSize()
    qtbot.waitUntil(
        lambda: (
            not small.model().index(2, 0).data(Qt.ItemDataRole.DecorationRole).isNull()
            and blank.isValid()
        ),
        timeout=LONG,
    )
    middle = small.visualRect(small.model().index(2, 0)).center()
    qtbot.mouseClick(small.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    qtbot.waitUntil(lambda: page.canvas.page == 3, timeout=LONG)


@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_a_password_is_asked_for_once(qtbot: QtBot, desk: Workspace) -> None:
    def enter(sheet: Sheet) -> None:
        field = sheet.findChild(QLineEdit)
        assert isinstance(field, QLineEdit)
        assert field.echoMode() is QLineEdit.EchoMode.Password
        qtbot.keyClicks(field, "open sesame")
        qtbot.keyClick(field, Qt.Key.Key_Return)

    asked = in_next_dialog(enter)
    open_document(qtbot, desk, "Locked.pdf")
    assert asked == ["This document has a password"]
    open_document(qtbot, desk, "Lease.pdf")
    open_document(qtbot, desk, "Locked.pdf")
    assert len(asked) == 1


def test_a_deleted_file_is_said_in_plain_words(qtbot: QtBot, desk: Workspace) -> None:
    desk.page.show_document(key_of(desk, "Gone.pdf"))
    qtbot.waitUntil(lambda: desk.page.canvas.isHidden(), timeout=LONG)
    problem = desk.page.problem()
    assert "Gone.pdf" in problem
    assert "Traceback" not in problem
    open_document(qtbot, desk, "Lease.pdf")
    assert desk.page.canvas.isVisible()


def test_a_copy_holds_the_highlights_and_the_original_is_untouched(
    qtbot: QtBot, desk: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    before = (folder / "Lease.pdf").read_bytes()
    desk.page.show_card([card(desk, "Lease.pdf", 2, 12)], 0)
    qtbot.waitUntil(lambda: bool(desk.page.canvas.highlights_on(2)), timeout=LONG)
    target = tmp_path / "copy.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    desk.page.save_wanted.emit()
    qtbot.waitUntil(lambda: "copy.pdf" in desk.page.evidence_state.text(), timeout=LONG)
    marks = [
        str(item.get_object()["/Subtype"])
        for sheet in pypdf.PdfReader(target).pages
        for item in sheet.get("/Annots", [])
    ]
    assert marks == ["/Highlight"]
    assert (folder / "Lease.pdf").read_bytes() == before


def test_every_page_is_printed(
    qtbot: QtBot, desk: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from PySide6.QtPrintSupport import QPrintDialog

    target = tmp_path / "printed.pdf"

    def accept(dialog: QPrintDialog) -> int:
        printer: QPrinter = dialog.printer()
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(target))
        printer.setResolution(72)
        return int(dialog.DialogCode.Accepted.value)

    monkeypatch.setattr(QPrintDialog, "exec", accept)
    open_document(qtbot, desk, "Lease.pdf")
    qtbot.keyClick(desk, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: desk.page.evidence_state.text() == "Printed.", timeout=LONG)
    assert len(pypdf.PdfReader(target).pages) == 3
