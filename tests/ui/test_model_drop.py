"""Models dropped on the window: one question, progress with Stop, and “Use it now”."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from desktop_rag import config
from desktop_rag.domain import ImportProgress, ImportStep
from desktop_rag.engine.messages import Failed
from desktop_rag.ui.icons import Icons
from desktop_rag.ui.import_strip import ImportStrip
from desktop_rag.ui.importing import Importing
from desktop_rag.ui.theme import LIGHT
from tests.fakes import ScriptedLink
from tests.gguf import gguf, make_gguf
from tests.hostile.packs import zipped
from tests.support import make_pdf
from tests.ui.steps_ta import Desk, desk_on, drag_over, drop, mime_of, press, words_of

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")


@pytest.fixture
def desk(request: pytest.FixtureRequest, qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    with desk_on(request, tmp_path / "home") as desk:
        desk.settle()
        yield desk


def test_documents_and_a_model_in_one_drop_are_both_taken(desk: Desk, tmp_path: Path) -> None:
    pdf = make_pdf(tmp_path / "lease.pdf", ["The tenant keeps the boiler."])
    pack = tmp_path / "Tiny.zip"
    pack.write_bytes(zipped(("a/Tiny.gguf", gguf())))
    drop(desk.window, [pdf, pack])
    sheet = desk.workspace.dropping.sheet
    assert sheet is not None
    desk.wait(lambda: sheet.add.isEnabled())
    assert sheet.add.text() == "Add 1 PDF and 1 model"
    assert sheet.models.text().startswith("Language model “Tiny”, ")
    assert sheet.models.height() >= sheet.models.heightForWidth(sheet.models.width())
    sheet.collection.setCurrentText("Smith")
    sheet.add.click()
    strip = desk.workspace.library.importing
    assert not strip.isHidden()
    assert "Tiny.zip" in strip.text()
    desk.wait(lambda: "can be chosen now" in desk.notice)
    desk.wait(lambda: desk.has("lease.pdf"))
    assert strip.isHidden()
    pid = desk.engine.engine_pid
    desk.workspace.library.notice.press()
    kept = tomllib.loads((tmp_path / "home" / "desktop-rag" / "settings.toml").read_text())
    assert kept["language_model"] == "tiny"
    desk.wait(lambda: desk.engine.engine_pid not in (None, pid))
    desk.settle()


def test_a_model_alone_asks_for_no_collection_and_a_refusal_says_why(
    desk: Desk, tmp_path: Path
) -> None:
    file = tmp_path / "broken.gguf"
    file.write_bytes(b"GGUF" + bytes(100))
    drop(desk.window, [file])
    sheet = desk.workspace.dropping.sheet
    assert sheet is not None
    desk.wait(lambda: sheet.add.isEnabled())
    assert sheet.title.text() == "Add 1 model?"
    assert not sheet.collection.isVisible()
    sheet.add.click()
    desk.wait(lambda: desk.workspace.sheets.problem is not None)
    problem = desk.workspace.sheets.problem
    assert problem is not None
    assert "broken.gguf is damaged" in words_of(problem)
    press(problem, "Close")
    assert not desk.is_reading


def test_the_overlay_knows_models_by_their_ending(desk: Desk, tmp_path: Path) -> None:
    overlay = desk.workspace.overlay
    pdf, writer = tmp_path / "a.pdf", make_gguf(tmp_path / "m.gguf")
    drag_over(desk.window, mime_of([writer]))
    assert overlay.text == "Add 1 model"
    drag_over(desk.window, mime_of([pdf, writer]))
    assert overlay.text == "Add 1 PDF to All documents, and 1 model"
    drag_over(desk.window, mime_of([tmp_path / "p.zip"]))
    assert overlay.text == "Look for a model in p.zip"


def test_models_come_one_after_the_other_and_stop_ends_all(qapp: QApplication) -> None:
    link = ScriptedLink()
    importing = Importing(link)  # type: ignore[arg-type]
    strip = ImportStrip(Icons(config.resources_folder() / "icons", LIGHT), importing)
    failures: list[Failed] = []
    importing.failed.connect(failures.append)
    assert strip.isHidden()
    importing.add([Path("a.gguf"), Path("b.gguf"), Path("c.gguf")])
    assert link.methods == ["import_model"]
    link.last["each"](ImportProgress(ImportStep.COPYING, 1, 4))
    assert strip.text() == "Adding a.gguf Checking and copying … 25%"
    link.last["failed"](Failed(1, "No.", ""))
    assert [failure.message for failure in failures] == ["No."]
    assert link.methods == ["import_model"] * 2
    assert "b.gguf" in strip.text()
    strip.stop.click()
    assert strip.text().endswith("Stopping …")
    assert not strip.stop.isEnabled()
    link.last["cancelled"]()
    assert link.methods == ["import_model"] * 2
    assert not importing.is_running
    strip.deleteLater()
