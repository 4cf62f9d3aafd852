"""The window loads no network, fetches nothing for a text, and opens nothing but folders here."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QMimeData, QModelIndex, Qt, QUrl
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop_rag import config
from desktop_rag.domain import AnswerSentence, Support
from desktop_rag.engine.messages import Failed
from desktop_rag.ui import dropping
from desktop_rag.ui.answer_text import AnswerText
from desktop_rag.ui.theme import LIGHT, Look
from tests.answers import make_answer
from tests.support import make_pdf
from tests.ui.steps_ta import desk_on

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted((ROOT / "desktop_rag" / "ui").rglob("*.py"))
HOSTILE = "<img src='http:nobody.invalid'><a href='http:nobody.invalid'>Lease<b>"
LOADED = """
import importlib, pkgutil, sys
import desktop_rag.ui
for module in pkgutil.walk_packages(desktop_rag.ui.__path__, "desktop_rag.ui."):
    importlib.import_module(module.name)
assert "PySide6.QtWidgets" in sys.modules
assert "PySide6.QtNetwork" not in sys.modules
print(open("/proc/self/maps").read() if sys.platform == "linux" else "")
"""


def test_all_of_the_window_is_loaded_without_qts_network_part() -> None:
    run = subprocess.run(
        [sys.executable, "-c", LOADED], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "Qt6Network" not in run.stdout
    assert sys.platform != "linux" or "Qt6Widgets" in run.stdout


def test_one_module_alone_names_qts_network_part_and_only_inside_its_trial() -> None:
    """`socket_trial` runs in a child process, for the privacy check."""
    naming = [file for file in SOURCES if "QtNetwork" in file.read_text(encoding="utf-8")]
    assert [file.name for file in naming] == ["socket_trial.py"]
    tree = ast.parse(naming[0].read_text(encoding="utf-8"))
    imported = [node.module for node in tree.body if isinstance(node, ast.ImportFrom)]
    assert imported == ["desktop_rag.privacy.trials"]


def calls(name: str) -> Iterator[ast.Call]:
    for file in SOURCES:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            called = node.func if isinstance(node, ast.Call) else None
            if isinstance(called, ast.Attribute) and called.attr == name:
                assert isinstance(node, ast.Call)
                yield node


def test_nothing_is_opened_outside_of_the_window_but_a_local_file_or_folder() -> None:
    opened = [ast.unparse(call.args[0]) for call in calls("openUrl")]
    assert opened
    assert all(argument.startswith("QUrl.fromLocalFile(") for argument in opened)


@pytest.mark.parametrize(
    "name", ["setOpenExternalLinks", "setHtml", "insertHtml", "setDefaultStyleSheet"]
)
def test_no_text_is_laid_out_as_html(name: str) -> None:
    assert list(calls(name)) == []


def test_an_answer_is_its_words_and_asks_for_nothing(qtbot: QtBot) -> None:
    text = AnswerText(Look(LIGHT))
    qtbot.addWidget(text)
    doubtful = (AnswerSentence(HOSTILE, Support.UNSUPPORTED, ()),)
    text.show_answer(replace(make_answer("?", "a", text=HOSTILE), sentences=doubtful))
    assert HOSTILE in text.toPlainText()
    styles = [style.toCharFormat() for style in text.document().allFormats()]
    assert styles
    assert not any(style.isImageFormat() or style.isAnchor() for style in styles)
    assert text.loadResource(2, QUrl("file:///etc/hostname")) is None
    assert not text.openLinks()


def test_what_is_dragged_from_elsewhere_is_not_taken(tmp_path: Path) -> None:
    dragged = QMimeData()
    here = QUrl.fromLocalFile(str(tmp_path / "a.pdf"))
    away = ["http://nobody.invalid/b.pdf", "ftp://nobody.invalid/c.pdf", "smb://nobody/d.pdf"]
    away += ["file://nobody.invalid/e.pdf"] if sys.platform != "win32" else []
    dragged.setUrls([here, *map(QUrl, away)])
    assert dropping._paths(dragged) == [tmp_path / "a.pdf"]  # noqa: SLF001


def tooltips(widget: QWidget) -> Iterator[str]:
    """Those of a widget, and of every cell if it is a list or a table."""
    yield widget.toolTip()
    if isinstance(widget, QAbstractItemView) and widget.model() is not None:
        yield from cell_tooltips(widget.model(), QModelIndex())


def cell_tooltips(model: QAbstractItemModel, parent: QModelIndex) -> Iterator[str]:
    is_list = isinstance(model, QAbstractListModel)
    for row in range(model.rowCount(parent)):
        for column in range(1 if is_list else model.columnCount(parent)):
            index = model.index(row, column, parent)
            yield str(index.data(Qt.ItemDataRole.ToolTipRole) or "")
            yield from cell_tooltips(model, index)


def is_hostile(text: str) -> bool:
    """Whether a tag of the document's stands in it as one: Qt guesses from that."""
    return any(tag in text for tag in ("<img", "<a ", "<b>"))


@pytest.mark.qt_log_ignore("propagateSizeHints")  # said by the offscreen platform
def test_names_and_text_of_documents_are_never_laid_out_as_html(
    request: pytest.FixtureRequest, qapp: QApplication, tmp_path: Path
) -> None:
    """A file, a collection, a page and a question full of HTML, in every place that shows them."""
    (tmp_path / "in").mkdir()
    page = f"{HOSTILE} The tenant must give ninety days notice to end the lease."
    file = make_pdf(tmp_path / "in" / f"{HOSTILE}.pdf".replace("/", ""), [page])
    broken = tmp_path / "in" / f"{HOSTILE} fax.pdf".replace("/", "")
    broken.write_bytes(b"%PDF-1.7\nnothing follows")
    settings_file = tmp_path / "home <b>" / config.APP_NAME / "settings.toml"
    config.save(settings_file, {"answers": "quoted"})  # no language model need be loaded
    with desk_on(request, tmp_path / "home <b>") as desk:
        desk.settle()
        desk.add([file, broken], f"{HOSTILE} Smith".replace("/", ""))
        space = desk.workspace
        space.answers.field.edit.setPlainText(f"{HOSTILE} What notice must the tenant give? " * 9)
        space.answers.field.submit()
        latest = space.answers.transcript.latest
        assert latest is not None
        desk.wait(lambda: latest.turn is not None)
        latest.open_card(0)
        desk.wait(lambda: space.page.view is not None)
        space.library.notice.say(HOSTILE)
        space.sheets.open_settings(4)
        settings = space.sheets.settings
        assert settings is not None
        desk.wait(lambda: settings.storage.stored.topLevelItemCount())
        desk.engine.problem.emit(Failed(0, HOSTILE, HOSTILE))
        seen = 0
        for widget in QApplication.allWidgets():
            for tip in tooltips(widget):
                seen += "&lt;img" in tip
                assert not is_hostile(tip), (widget, tip)
            if isinstance(widget, QLabel) and "<img" in widget.text():
                seen += 1
                assert widget.textFormat() is Qt.TextFormat.PlainText, widget.text()
        assert seen >= 10
        settings.close()
