"""Settings in force at once and kept, the state of the window, and the pages of the settings."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFileDialog,
    QPushButton,
    QTreeWidget,
    QWidget,
)

from desktop_rag.domain import AnswerNote, ModelRole
from desktop_rag.ui.dialogs import ProblemDialog
from desktop_rag.ui.settings_dialog import SettingsDialog
from tests.support import make_pdf
from tests.ui.steps_ta import Desk, answer, desk_on, press, words_of

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")
GENERAL, MODELS, PRIVACY, WATCHED, STORAGE = range(5)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def desk(request: pytest.FixtureRequest, qapp: QApplication, home: Path) -> Iterator[Desk]:
    before = QLocale()
    with desk_on(request, home) as desk:
        desk.settle()
        yield desk
    QLocale.setDefault(before)


@pytest.fixture(autouse=True)
def its_own_settings(
    qapp: QApplication, home: Path, private_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The window of this module keeps its folder when the guard of all tests moves it."""
    monkeypatch.setattr("desktop_rag.config.data_folder", lambda: home / "desktop-rag")
    monkeypatch.setenv("XDG_DATA_HOME", str(home))


def kept(home: Path) -> dict[str, Any]:
    return tomllib.loads((home / "desktop-rag" / "settings.toml").read_text())


def settings(desk: Desk, page: int = GENERAL) -> SettingsDialog:
    desk.workspace.sheets.open_settings(page)
    assert desk.workspace.sheets.settings is not None
    return desk.workspace.sheets.settings


def choose(box: QComboBox, value: object) -> None:
    """As a reader does: open the box, and click."""
    row = box.findData(value)
    assert row >= 0
    box.setCurrentIndex(row)
    box.activated.emit(row)


def button(parent: QWidget, text: str) -> QPushButton:
    (found,) = [b for b in parent.findChildren(QPushButton) if b.text().startswith(text)]
    return found


def cells(table: QTreeWidget, column: int) -> list[str]:
    items = [table.topLevelItem(row) for row in range(table.topLevelItemCount())]
    return [item.text(column) for item in items if item is not None]


def papers(folder: Path, count: int) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    return [
        make_pdf(folder / f"{folder.name} {n}.pdf", [f"{folder} {n}, page {p}" for p in range(3)])
        for n in range(count)
    ]


def test_the_appearance_changes_at_once_and_is_kept(desk: Desk, home: Path) -> None:
    dialog = settings(desk)
    choose(dialog.general.appearance, "dark")
    assert desk.window.palette().window().color().lightness() < 100
    assert kept(home)["appearance"] == "dark"
    choose(dialog.general.appearance, "light")
    assert desk.window.palette().window().color().lightness() > 150
    assert kept(home)["appearance"] == "light"
    dialog.close()


def test_the_size_of_text_changes_at_once_and_is_kept(desk: Desk, home: Path) -> None:
    dialog = settings(desk)
    before = desk.workspace.library.search.fontMetrics().height()
    choose(dialog.general.text_size, 200)
    desk.wait(lambda: desk.workspace.library.search.fontMetrics().height() > 1.6 * before)
    assert kept(home)["text_size"] == 200
    choose(dialog.general.text_size, 100)
    desk.wait(lambda: desk.workspace.library.search.fontMetrics().height() == before)
    assert "text_size" not in kept(home)
    dialog.close()


def test_the_language_changes_at_once_in_one_settings_dialog(desk: Desk, home: Path) -> None:
    before = desk.workspace
    choose(settings(desk).general.language, "de")
    assert desk.workspace is not before
    assert kept(home)["language"] == "de"
    assert QLocale().language() == QLocale.Language.German
    QApplication.processEvents()
    dialogs = [w for w in QApplication.topLevelWidgets() if isinstance(w, SettingsDialog)]
    assert [w for w in dialogs if w.isVisible()] == [desk.workspace.sheets.settings]
    # While the answers to the first are still to come:
    choose(settings(desk).general.language, "fr")
    choose(settings(desk).general.language, "en")
    desk.settle()
    settings(desk).close()


def test_the_language_waits_for_the_answer_that_is_under_way(desk: Desk, tmp_path: Path) -> None:
    desk.add(papers(tmp_path / "Asked", 1), "Asked")
    before = desk.workspace
    before.answers.ask("What does Asked 0 say on page 2?")
    choose(settings(desk).general.language, "fr")
    assert desk.workspace is before
    desk.wait(lambda: desk.workspace is not before)
    settings(desk).close()
    transcript = desk.workspace.answers.transcript
    desk.wait(lambda: transcript.latest is not None and transcript.latest.turn is not None)
    desk.workspace.answers.ask("And on page 1?")  # asking works on
    desk.wait(lambda: desk.workspace.answers.running is None)
    choose(settings(desk).general.language, "en")
    settings(desk).close()
    desk.settle()


def test_reading_goes_on_through_a_change_of_language(desk: Desk, tmp_path: Path) -> None:
    desk.begin_to_add(papers(tmp_path / "Spoken", 10), "Spoken")
    desk.workspace.library.reading.pause.click()
    choose(settings(desk).general.language, "fr")
    choose(settings(desk).general.language, "en")
    settings(desk).close()
    strip = desk.workspace.library.reading
    desk.wait(strip.isVisible)
    assert strip.text().startswith("Paused")
    strip.pause.click()
    desk.wait(lambda: not desk.is_reading)
    desk.wait(lambda: desk.tree().get("Spoken") == "10")
    desk.settle()


def test_a_change_for_the_engine_restarts_it_and_reading_goes_on(
    desk: Desk, home: Path, tmp_path: Path
) -> None:
    dialog = settings(desk)
    desk.begin_to_add(papers(tmp_path / "Restarted", 12), "Restarted")
    desk.wait(lambda: desk.tree().get("Restarted"))
    pid = desk.engine.engine_pid
    dialog.general.ocr.click()
    assert kept(home)["ocr"] is False
    desk.wait(lambda: desk.engine.engine_pid not in (None, pid))
    dialog.close()
    assert "unexpectedly" not in desk.notice
    desk.wait(lambda: not desk.is_reading)
    desk.wait(lambda: desk.tree()["Restarted"] == "12")


def test_the_models_page_shows_what_is_in_use(desk: Desk) -> None:
    dialog = settings(desk, MODELS)
    desk.wait(lambda: all(map(dialog.models.in_use, ModelRole)))
    chosen = {role: dialog.models.in_use(role) for role in ModelRole}
    assert chosen == {
        ModelRole.LANGUAGE_MODEL: "smollm2-135m-instruct",
        ModelRole.RERANKER: "minilm-l6-reranker",
        ModelRole.EMBEDDER: "all-MiniLM-L6-v2",
    }
    dialog.close()


def test_quoting_only_is_in_force_at_once_and_kept(desk: Desk, home: Path, tmp_path: Path) -> None:
    text = "The tenant gives sixty days of notice to end the lease."
    desk.add([make_pdf(tmp_path / "lease.pdf", [text])], "Quotes")

    def ask() -> AnswerNote:
        desk.settle()
        answers = desk.workspace.answers
        answers.ask("How much notice does the tenant give to end the lease?")
        view = answers.running
        desk.wait(lambda: answers.running is None)
        assert view is not None
        assert view.turn is not None, view.note()
        assert "sixty days" in view.text.toPlainText()
        return view.turn.answer.note

    dialog = settings(desk, MODELS)
    dialog.models.quoted.click()
    assert kept(home)["answers"] == "quoted"
    assert ask() is AnswerNote.QUOTED
    dialog.models.quoted.click()
    assert "answers" not in kept(home)
    assert ask() is AnswerNote.NONE
    dialog.close()


def test_the_privacy_page_lists_every_way_out_as_blocked(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.workspace.offline.click()
    dialog = settings(desk, PRIVACY)
    desk.wait(lambda: dialog.privacy.attempts.topLevelItemCount() > 3)
    found = dict(
        zip(cells(dialog.privacy.attempts, 0), cells(dialog.privacy.attempts, 1), strict=True)
    )
    # A busy computer may not load an engine within the time that a trial has, and then says so.
    late = {name for name, said in found.items() if said == "could not be tried"}
    assert late <= {"child process", "window’s sockets", "index in a cloud", "model download"}
    assert all(said.startswith("blocked by") for name, said in found.items() if name not in late)
    state = dialog.privacy.privacy_state.text()
    assert ("some could not be tried" if late else "Every way out is blocked.") in state
    assert "window’s sockets" in cells(dialog.privacy.attempts, 0)
    assert "search and answers" in cells(dialog.privacy.processes, 0)
    assert set(cells(dialog.privacy.processes, 1)) == {"yes"}
    assert "none" in cells(dialog.privacy.processes, 2)
    assert dialog.privacy.place.isHidden()
    target = tmp_path / "report.txt"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    dialog.privacy.save_report.click()
    desk.wait(target.exists)
    assert "blocked" in target.read_text()
    dialog.close()


def test_the_storage_page_lists_what_is_kept_and_how_large(desk: Desk, home: Path) -> None:
    dialog = settings(desk, STORAGE)
    desk.wait(lambda: dialog.storage.stored.topLevelItemCount() >= 2)
    assert all(cells(dialog.storage.stored, 0))
    assert any("B" in text for text in cells(dialog.storage.stored, 1))
    stored = dialog.storage.stored
    items = [stored.topLevelItem(i) for i in range(stored.topLevelItemCount())]
    assert any(str(home) in item.toolTip(0) for item in items if item is not None)
    dialog.close()


def test_quitting_while_documents_are_read_asks_first(desk: Desk, tmp_path: Path) -> None:
    desk.begin_to_add(papers(tmp_path / "Quitting", 20), "Quitting")
    said: list[str] = []
    answer(lambda sheet: press(sheet, "Cancel"), said)
    desk.window.close()
    assert "Quit while documents are being read?" in said[0]
    assert desk.window.isVisible()
    desk.workspace.library.reading.stop.click()
    desk.wait(lambda: not desk.is_reading)


def test_a_watched_folder_is_read_now_and_at_the_next_start(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "Scans"
    papers(folder, 1)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    with desk_on(request, tmp_path / "home") as first:
        dialog = settings(first, WATCHED)
        button(dialog, "Watch a folder").click()
        first.wait(lambda: cells(dialog.folders.folders, 0) == [str(folder)])
        assert cells(dialog.folders.folders, 1) == ["Scans"]
        first.wait(lambda: first.has("Scans 0.pdf"))
        first.wait(lambda: not first.is_reading)
    papers(folder, 2)
    with desk_on(request, tmp_path / "home") as second:
        second.wait(lambda: second.has("Scans 1.pdf"))
        second.wait(lambda: not second.is_reading)
        dialog = settings(second, WATCHED)
        second.wait(lambda: dialog.folders.folders.topLevelItemCount() == 1)
        dialog.folders.folders.setCurrentItem(dialog.folders.folders.topLevelItem(0))
        button(dialog, "Watch no longer").click()
        second.wait(lambda: dialog.folders.folders.topLevelItemCount() == 0)
        assert second.has("Scans 0.pdf")


def test_a_second_start_finds_everything_where_it_was(
    request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    with desk_on(request, home) as first:
        first.add(papers(tmp_path / "Smith", 1), "Matters/Smith")
        first.wait(lambda: first.tree().get("Matters/Smith") == "1")
        first.go_to("Matters")
        first.window.resize(760, 600)  # within the screen that there is when off screen
        QApplication.processEvents()
        first.workspace.columns.setSizes([240, 520, 0])
        first.workspace.library.parts.setSizes([300, 200])
        QApplication.processEvents()
        columns = first.workspace.columns.sizes()
        tree, listing = first.workspace.library.parts.sizes()
    # Beside the library stands no name: a collection may be called after a patient.
    (kept_state,) = home.rglob("window.json")
    assert "Matters" not in kept_state.read_text(encoding="utf-8")
    with desk_on(request, home) as second:
        second.wait(lambda: second.workspace.library.place == "Matters")
        second.wait(lambda: second.window.width() == 760)
        assert second.window.height() == 600
        assert abs(second.workspace.columns.sizes()[0] - columns[0]) <= 4
        parts = second.workspace.library.parts.sizes()
        assert parts[0] / sum(parts) == pytest.approx(tree / (tree + listing), abs=0.03)


def test_a_library_that_was_hidden_comes_back_as_wide_as_it_was(
    request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    with desk_on(request, tmp_path) as first:
        first.window.resize(760, 600)
        QApplication.processEvents()
        first.workspace.columns.setSizes([300, 460, 0])
        width = first.workspace.columns.sizes()[0]
        first.workspace.show_library.click()
        assert first.workspace.library.isHidden()
    with desk_on(request, tmp_path) as second:
        second.workspace.show_library.setChecked(True)
        QApplication.processEvents()
        assert abs(second.workspace.columns.sizes()[0] - width) <= 4


def test_a_refused_settings_file_is_said_with_what_to_do(
    request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    file = tmp_path / "desktop-rag" / "settings.toml"
    file.parent.mkdir(parents=True)
    file.write_text('colour = "red"\n')
    with desk_on(request, tmp_path) as desk:
        shown = desk.window.findChildren(ProblemDialog)
        assert len(shown) == 1
        assert shown[0].isVisible()
        assert "unknown setting “colour”" in words_of(shown[0])
        assert "Known are" in words_of(shown[0])
        assert desk.engine.engine_pid is None
        shown[0].close()
    assert file.read_text() == 'colour = "red"\n'


def test_a_damaged_settings_file_is_set_aside_and_said(
    request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    file = tmp_path / "desktop-rag" / "settings.toml"
    file.parent.mkdir(parents=True)
    file.write_text("this is = = no TOML")
    with desk_on(request, tmp_path) as desk:
        (shown,) = desk.window.findChildren(ProblemDialog)
        assert "settings.damaged-1.toml" in words_of(shown)
        shown.close()
        desk.settle()
    assert (file.parent / "settings.damaged-1.toml").exists()


def test_what_the_administrator_has_set_is_greyed_and_says_so(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules = tmp_path / "etc.toml"
    rules.write_text('text_size = 125\nanswers = "quoted"\nlocked = ["text_size", "answers"]\n')
    monkeypatch.setattr("desktop_rag.privacy.administration.settings_file", lambda: rules)
    monkeypatch.setattr("desktop_rag.privacy.administration.weakness", lambda path: "")
    with desk_on(request, tmp_path) as desk:
        dialog = settings(desk)
        size, quoted = dialog.general.text_size, dialog.models.quoted
        assert (size.currentData(), size.isEnabled()) == (125, False)
        assert (quoted.isChecked(), quoted.isEnabled()) == (True, False)
        assert size.accessibleDescription() == "Set by your administrator"
        assert "Set by your administrator" in words_of(dialog.general)
        assert dialog.general.language.isEnabled()
        assert "Set by your administrator" not in words_of(dialog.vaults)
        size.activated.emit(size.findData(100))  # greyed or not: it is not kept
        desk.wait(lambda: desk.window.findChildren(ProblemDialog))
        assert "administrator" in words_of(desk.window.findChildren(ProblemDialog)[0])
        desk.window.findChildren(ProblemDialog)[0].close()
        dialog.close()
        desk.settle()
    assert not (tmp_path / "desktop-rag" / "settings.toml").exists()
