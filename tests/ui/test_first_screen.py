"""The first screen, and the way from it to a highlighted page."""

from pytestqt.qtbot import QtBot

from desktop_rag.ui.workspace import Workspace
from tests.ui.conftest import LONG

NOTICE = "How much notice must the tenant give to end the lease?"


def test_an_empty_window_says_what_to_do(qtbot: QtBot, workspace: Workspace) -> None:
    assert workspace.answers.pages.currentWidget() is workspace.answers.welcome
    assert "first" in workspace.answers.field.edit.placeholderText()
    assert workspace.page.isHidden()


def test_from_the_samples_to_the_highlighted_page(qtbot: QtBot, workspace: Workspace) -> None:
    workspace.answers.welcome.samples.click()
    rows = workspace.library.documents
    qtbot.waitUntil(lambda: rows.rowCount() == 6, timeout=LONG)
    workspace.answers.field.edit.setPlainText(NOTICE)
    workspace.answers.field.submit()
    latest = workspace.answers.transcript.latest
    assert latest is not None
    qtbot.waitUntil(lambda: latest.turn is not None, timeout=LONG)
    assert "sixty" in latest.text.toPlainText()
    assert latest.cards[0].marker == 1
    assert latest.cards[0].page_labels == ("2",)
    assert workspace.page.isHidden()
    latest.open_card(0)
    qtbot.waitUntil(lambda: bool(workspace.page.canvas.highlights_on(4)), timeout=LONG)
    assert workspace.page.isVisible()
