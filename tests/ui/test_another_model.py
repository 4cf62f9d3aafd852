"""Another model that finds places: chosen in the settings, prepared for in the background."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_rag import config
from desktop_rag.domain import (
    AddReport,
    Coverage,
    ModelChange,
    ModelRole,
    ReembedProgress,
    ReembedReport,
)
from desktop_rag.engine.messages import Failed
from desktop_rag.ui.copying import coverage_line
from desktop_rag.ui.icons import Icons
from desktop_rag.ui.reading import Reading
from desktop_rag.ui.reading_strip import ReadingStrip
from desktop_rag.ui.settings_dialog import SettingsDialog
from desktop_rag.ui.theme import LIGHT
from tests.fakes import ScriptedLink
from tests.models import BUNDLED, TWIN, make_twin
from tests.support import make_pdf
from tests.ui.steps_ta import Desk, answer, desk_on, press

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")
MODELS = 1
CHANGE = ModelChange("old", "new", is_here=True)
GONE = ModelChange("old", "new", is_here=False)


@pytest.fixture
def link() -> ScriptedLink:
    return ScriptedLink()


@pytest.fixture
def reading(qtbot: QtBot, link: ScriptedLink) -> Reading:
    return Reading(link)  # type: ignore[arg-type]


def test_preparing_makes_room_for_what_the_reader_orders(
    reading: Reading, link: ScriptedLink
) -> None:
    reading.prepare(CHANGE)
    stopped = link.last["cancelled"]
    reading.add([Path("a.pdf")], None)
    stopped()
    reading.add([Path("b.pdf")], None)
    link.last["then"](AddReport((), 1.0))
    link.last["then"](AddReport((), 1.0))
    assert link.methods == ["reembed", "add", "add", "reembed"]
    link.last["then"](ReembedReport("new", 3, 1.0))
    assert link.methods[-1] == "reembed"
    assert not reading.is_running


def test_without_the_old_model_all_waits_until_the_documents_are_prepared(
    reading: Reading, link: ScriptedLink
) -> None:
    reading.add([Path("a.pdf")], None)
    reading.add([Path("b.pdf")], None)
    reading.prepare(GONE)
    link.last["then"](AddReport((), 1.0))
    assert link.methods == ["add", "reembed"]
    reading.add([Path("c.pdf")], None)
    link.last["then"](ReembedReport("new", 3, 1.0))
    assert link.methods == ["add", "reembed", "add"]


def test_stopping_it_forgets_no_file_that_is_to_be_read(
    reading: Reading, link: ScriptedLink
) -> None:
    said: list[object] = []
    reading.prepared.connect(said.append)
    reading.prepare(GONE)
    reading.add([Path("a.pdf")], None)
    stopped = link.last["cancelled"]
    reading.stop()
    stopped()
    assert link.methods == ["reembed", "add"]
    assert said == [False]


def test_when_it_fails_it_is_not_tried_again_at_once(
    reading: Reading, link: ScriptedLink, monkeypatch: pytest.MonkeyPatch
) -> None:
    problems: list[Failed] = []
    monkeypatch.setattr(link, "problem", type("P", (), {"emit": problems.append})(), raising=False)
    reading.prepare(GONE)
    reading.add([Path("a.pdf")], None)
    link.last["failed"](Failed(1, "The disk is full.", ""))
    assert link.methods == ["reembed", "add"]
    assert len(problems) == 1


def test_a_model_that_ends_the_engine_each_time_is_given_up(
    reading: Reading, link: ScriptedLink
) -> None:
    reading.prepare(CHANGE)
    while reading.is_running:
        assert len(link.methods) < 20
        link.last["each"](ReembedProgress("new", 0, 9))
        link.last["lost"]()
    reading.prepare(CHANGE)
    for done in range(1, 15):
        link.last["each"](ReembedProgress("new", done, 20))
        link.last["lost"]()
    assert reading.is_running


def test_a_change_that_is_taken_back_is_not_prepared_for(
    reading: Reading, link: ScriptedLink
) -> None:
    reading.add([Path("a.pdf")], None)
    reading.prepare(CHANGE)
    reading.prepare(CHANGE)
    reading.prepare(None)
    link.last["then"](AddReport((), 1.0))
    assert link.methods == ["add"]


def test_the_strip_says_what_it_does(qtbot: QtBot, reading: Reading, link: ScriptedLink) -> None:
    strip = ReadingStrip(Icons(config.resources_folder() / "icons", LIGHT))
    qtbot.addWidget(strip)
    strip.follow(reading)
    reading.prepare(CHANGE)
    assert "Preparing documents for the new model" in strip.text()
    link.last["each"](ReembedProgress("new", 5, 10))
    qtbot.waitUntil(lambda: "new You can" in strip.text())
    link.last["each"](ReembedProgress("new", 10, 10, indexing=True))
    qtbot.waitUntil(lambda: "search index" in strip.text())
    assert "large" not in strip.text()
    link.last["then"](ReembedReport("new", 10, 1.0))
    assert strip.isHidden()


def test_a_search_by_words_only_is_said_so() -> None:
    assert "words only" in coverage_line(Coverage(3, (), by_words_only=True))
    assert "words only" not in coverage_line(Coverage(3, ()))


@pytest.fixture
def desk(request: pytest.FixtureRequest, qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    make_twin(tmp_path / "desktop-rag" / "models")
    with desk_on(request, tmp_path) as desk:
        desk.settle()
        yield desk


def models_page(desk: Desk) -> SettingsDialog:
    desk.workspace.sheets.open_settings(MODELS)
    dialog = desk.workspace.sheets.settings
    assert dialog is not None
    desk.wait(lambda: TWIN in dialog.models.rows and dialog.models.row(TWIN).use.isEnabled())
    return dialog


def choose(dialog: SettingsDialog, name: str) -> None:
    dialog.models.row(name).use.click()


def change(desk: Desk) -> ModelChange | None:
    done: list[ModelChange | None] = []
    desk.engine.request("model_change", then=done.append)
    desk.wait(lambda: done)
    return done[0]


def test_a_model_chosen_in_the_settings_is_prepared_for_by_itself(
    desk: Desk, tmp_path: Path
) -> None:
    desk.add([make_pdf(tmp_path / "a.pdf", ["The boiler is kept by the landlord."])], "Smith")
    dialog = models_page(desk)
    said: list[str] = []
    answer(lambda sheet: press(sheet, "Cancel"), said)
    choose(dialog, TWIN)
    assert "prepared anew" in said[0]
    assert dialog.models.in_use(ModelRole.EMBEDDER) == BUNDLED
    shown: list[str] = []
    strip = desk.workspace.library.reading
    desk.furnishing._reading.began.connect(lambda: shown.append(strip.text()))  # noqa: SLF001
    answer(lambda sheet: press(sheet, "Prepare"))
    choose(dialog, TWIN)
    kept = tomllib.loads((tmp_path / "desktop-rag" / "settings.toml").read_text())
    assert kept["embedder"] == TWIN
    desk.wait(lambda: dialog.models.in_use(ModelRole.EMBEDDER) == TWIN)
    dialog.close()
    desk.wait(lambda: "All documents are prepared" in desk.notice)
    assert "Preparing documents" in shown[0]
    assert change(desk) is None
    assert not desk.is_reading


def test_what_was_not_prepared_is_at_the_next_start(
    request: pytest.FixtureRequest, qapp: QApplication, tmp_path: Path
) -> None:
    make_twin(tmp_path / "desktop-rag" / "models")
    with desk_on(request, tmp_path) as first:
        first.settle()
        first.add([make_pdf(tmp_path / "a.pdf", ["The boiler is kept by the landlord."])], "S")
    config.save(tmp_path / "desktop-rag" / "settings.toml", {"embedder": TWIN})
    with desk_on(request, tmp_path) as second:
        second.wait(lambda: "All documents are prepared" in second.notice)
        assert change(second) is None
