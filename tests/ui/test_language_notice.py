"""The window says, once, that documents are in a language that the model does not know."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_rag.domain import LanguageGap, LanguagesTold
from desktop_rag.ui.icons import Icons
from desktop_rag.ui.language_notice import LanguageNotice
from desktop_rag.ui.language_words import gap_words, language_name
from desktop_rag.ui.notice_strip import NoticeStrip
from desktop_rag.ui.state import WindowState
from desktop_rag.ui.theme import LIGHT
from desktop_rag.ui.workspace import Workspace
from tests.conftest import ROOT
from tests.fakes import ScriptedLink
from tests.support import make_pdf
from tests.ui.conftest import LONG

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
GERMAN = LanguageGap("de", 3, "english-model", "multilingual-e5-small")
LEASE = [
    "Der Mietvertrag kann mit einer Frist von drei Monaten schriftlich gekündigt werden; die "
    "Kündigungen sind an die Verwaltung zu richten.",
    "Kleintiere dürfen in den Wohnungen gehalten werden, soweit davon keine Störung ausgeht.",
]


@pytest.fixture
def strip(qtbot: QtBot) -> NoticeStrip:
    strip = NoticeStrip(Icons(ROOT / "resources" / "icons", LIGHT))
    qtbot.addWidget(strip)
    return strip


def said(strip: NoticeStrip, state: WindowState, opened: list[str], *gaps: LanguageGap) -> str:
    """What is said when the engine has told all languages and found these gaps."""
    link = ScriptedLink()
    notice = LanguageNotice(
        link,  # type: ignore[arg-type]
        strip,
        state,
        lambda: opened.append("models"),
        lambda: opened.append("refresh"),
    )
    notice.look()
    link.last["then"](LanguagesTold(0, 0))
    assert link.methods == ["tell_languages", "language_gaps"]
    link.last["then"](gaps)
    return strip.text()


def test_it_is_said_until_the_reader_closes_it(strip: NoticeStrip, tmp_path: Path) -> None:
    file, opened = tmp_path / "window.json", list[str]()
    text = said(strip, WindowState(file), opened, GERMAN)
    assert text == gap_words([GERMAN])
    assert "multilingual-e5-small knows German" in text
    strip.clear()  # another sentence came in between: the reader did not close it
    assert said(strip, WindowState(file), opened, GERMAN) == text
    strip.close_it()
    assert said(strip, WindowState(file), opened, GERMAN) == ""
    french = LanguageGap("fr", 1, "english-model")
    assert said(strip, WindowState(file), opened, GERMAN, french) == gap_words([french])
    strip.press()
    assert opened == ["models"]
    assert said(strip, WindowState(file), opened, GERMAN, french) == ""
    other = LanguageGap("de", 3, "another-model")
    assert said(strip, WindowState(file), opened, other) == gap_words([other])


def test_nothing_is_said_where_nothing_is_unknown(strip: NoticeStrip) -> None:
    assert said(strip, WindowState(None), []) == ""


def test_it_waits_while_something_else_is_said(strip: NoticeStrip) -> None:
    strip.say("Removed 3 documents.", "Undo", lambda: None)
    assert said(strip, WindowState(None), [], GERMAN) == "Removed 3 documents."


def test_older_documents_are_told_a_few_at_a_time(qtbot: QtBot, strip: NoticeStrip) -> None:
    link, refreshed = ScriptedLink(), list[str]()
    notice = LanguageNotice(
        link,  # type: ignore[arg-type]
        strip,
        WindowState(None),
        lambda: None,
        lambda: refreshed.append("refresh"),
    )
    notice.look()
    link.last["then"](LanguagesTold(20, 5))
    assert link.methods == ["tell_languages"]
    qtbot.waitUntil(lambda: link.methods == ["tell_languages"] * 2)
    link.last["then"](LanguagesTold(5, 0))
    assert refreshed == ["refresh"]
    assert link.methods[-1] == "language_gaps"


def test_every_language_that_can_be_told_has_a_name() -> None:
    told = ROOT / "tests" / "languages.toml"
    codes = [line.split(" = ")[0] for line in told.read_text().splitlines() if " = " in line]
    for code in (code for code in codes if "-" not in code):
        assert language_name(code) != code


def test_a_german_document_shows_its_language_and_is_spoken_of(
    qtbot: QtBot, workspace: Workspace, tmp_path: Path
) -> None:
    pdf = make_pdf(tmp_path / "Mietvertrag.pdf", LEASE)
    workspace._reading.add([pdf], None)  # noqa: SLF001
    notice = workspace.library.notice
    qtbot.waitUntil(lambda: "1 document" in notice.text(), timeout=LONG)
    notice.close_it()
    qtbot.waitUntil(lambda: "knows German" in notice.text(), timeout=LONG)
    model = workspace.library.documents
    qtbot.waitUntil(lambda: model.rowCount() == 1, timeout=LONG)
    tooltip = model.data(model.index(0, 0), Qt.ItemDataRole.ToolTipRole)
    assert tooltip.endswith("<br>German</p>")
    notice.press()
    assert workspace.sheets.settings is not None
    assert workspace.sheets.settings.list.currentRow() == 1
    workspace.sheets.settings.close()
