"""Watched folders in the window: live, gone, offline and back; and going on after a quit."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_rag import config, wiring
from desktop_rag.config import resources_folder
from desktop_rag.domain import (
    Document,
    DocumentFile,
    DocumentStatus,
    FileState,
    LibraryEntry,
    PendingFile,
)
from desktop_rag.ui.documents_model import (
    Column,
    DocumentFilter,
    DocumentRow,
    DocumentsModel,
    row_of,
)
from desktop_rag.ui.documents_view import second_line
from desktop_rag.ui.icons import Icons
from desktop_rag.ui.reading import Reading
from desktop_rag.ui.theme import LIGHT
from tests.fakes import ScriptedLink
from tests.support import make_pdf
from tests.ui.steps_ta import Desk, answer, desk_on, press

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")


def row(name: str, *states: FileState) -> DocumentRow:
    key = name * 16
    document = Document(
        key, key, DocumentStatus.READY, 3, 1, "", False, "2026-03-01T10:00:00+00:00"
    )
    files = [
        DocumentFile(Path(f"/{number}/{name}.pdf"), key, "A", state=state)
        for number, state in enumerate(states)
    ]
    return row_of(LibraryEntry(document, tuple(files)))


def test_the_list_shows_what_became_of_the_files(qtbot: QtBot) -> None:
    model = DocumentsModel(Icons(resources_folder() / "icons", LIGHT))
    present, offline, missing = FileState.PRESENT, FileState.OFFLINE, FileState.MISSING
    rows = [row("a", offline, missing), row("b", missing), row("c", missing, present)]
    model.put(rows)
    shown = {
        model.index(i, 0).data(): (
            model.index(i, Column.STATUS).data(),
            str(model.index(i, 0).data(Qt.ItemDataRole.AccessibleTextRole)).rpartition(",")[0],
        )
        for i in range(3)
    }
    assert shown == {
        "a.pdf": ("Offline: drive not there", "a.pdf, Offline: drive not there"),
        "b.pdf": ("File is gone", "b.pdf, File is gone"),
        "c.pdf": ("Ready", "c.pdf, Ready"),
    }
    assert second_line(rows[0]).startswith("Offline: drive not there · 3 page")
    assert "Connect the drive" in model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    icons = [model.index(i, 0).data(Qt.ItemDataRole.DecorationRole) for i in range(3)]
    assert len({icon.pixmap(16).toImage().cacheKey() for icon in icons}) == 3
    model.set_filter(DocumentFilter(attention=True))
    assert [model.index(i, 0).data() for i in range(model.rowCount())] == ["b.pdf"]
    model.set_filter(DocumentFilter())
    model.sort(Column.STATUS)
    assert [model.index(i, 0).data() for i in range(3)] == ["b.pdf", "a.pdf", "c.pdf"]


def test_folders_that_change_while_others_are_read_wait_as_one_order(qtbot: QtBot) -> None:
    link = ScriptedLink()
    reading = Reading(link)  # type: ignore[arg-type]
    reading.read_watched([Path("a")])
    reading.read_watched([Path("b")])
    reading.read_watched([Path("c")])
    assert link.methods == ["read_watched"]
    link.last["cancelled"]()
    job = vars(reading)["_job"]
    assert job.arguments == ((), frozenset({Path("b"), Path("c")}))
    reading.read_watched([Path("a")])
    reading.read_watched()
    link.last["cancelled"]()
    assert vars(reading)["_job"].arguments == ((), None)


def fill(folder: Path, count: int) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        make_pdf(folder / f"Clause {number}.pdf", [f"Clause {number} of {folder.name}."])
    return folder


def watch(desk: Desk, folder: Path) -> None:
    done: list[object] = []
    desk.engine.request("watch", folder, "Inbox", then=done.append)
    desk.wait(lambda: done)


def test_a_watched_folder_is_followed_while_the_program_runs(
    request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    folder = fill(tmp_path / "Inbox", 0)
    with desk_on(request, tmp_path / "home") as desk:
        watch(desk, folder)
        fill(folder, 5)
        desk.wait(lambda: len(desk.shown()) == 5 and not desk.is_reading)
        before = desk.row("Clause 0.pdf").key
        (folder / "Clause 0.pdf").rename(folder / "Renamed.pdf")
        desk.wait(lambda: desk.has("Renamed.pdf") and not desk.is_reading)
        assert desk.row("Renamed.pdf").key == before
        assert len(desk.shown()) == 5
        # Few that are gone leave after a while, unless they are kept.
        (folder / "Clause 1.pdf").unlink()
        desk.wait(lambda: "leaves the library" in desk.notice)
        desk.settle()
        assert desk.row("Clause 1.pdf").state is FileState.MISSING
        desk.workspace.library.notice.press()
        desk.workspace.tasks.vanished.grace.timeout.emit()
        desk.settle()
        assert desk.has("Clause 1.pdf")
        (folder / "Clause 2.pdf").unlink()
        desk.wait(lambda: "leaves the library" in desk.notice)
        assert desk.workspace.tasks.vanished.grace.isActive()
        desk.workspace.tasks.vanished.grace.timeout.emit()
        desk.wait(lambda: not desk.has("Clause 2.pdf"))
        assert desk.notice == ""
        # The engine dies: the next one follows the folder too.
        desk.engine.client.kill()
        fill(folder, 7)
        desk.wait(lambda: desk.has("Clause 6.pdf") and not desk.is_reading)
        make_pdf(folder / "Later.pdf", ["A later clause."])
        desk.wait(lambda: desk.has("Later.pdf"))


@pytest.mark.parametrize("act", ["Keep them", "Remove them"])
def test_many_files_that_are_gone_are_asked_about_once(
    request: pytest.FixtureRequest, tmp_path: Path, act: str
) -> None:
    folder = fill(tmp_path / "Inbox", 6)
    with desk_on(request, tmp_path / "home") as desk:
        watch(desk, folder)
        vars(desk.furnishing)["_reading"].read_watched()
        desk.wait(lambda: len(desk.shown()) == 6 and not desk.is_reading)
        for number in range(4):
            (folder / f"Clause {number}.pdf").unlink()
        desk.wait(lambda: "4 files are gone from Inbox." in desk.notice)
        assert len(desk.shown()) == 6
        said: list[str] = []
        answer(lambda sheet: press(sheet, act), said)
        desk.workspace.library.notice.press()
        assert "answers that quote them" in said[0]
        if act == "Remove them":
            desk.wait(lambda: len(desk.shown()) == 2)
        else:
            desk.settle()
            desk.wait(lambda: desk.row("Clause 0.pdf").state is FileState.MISSING)
            vars(desk.furnishing)["_reading"].read_watched()
            desk.wait(lambda: not desk.is_reading)
            assert desk.notice == ""
            assert len(desk.shown()) == 6


def test_a_drive_that_goes_and_comes_back_loses_nothing(
    request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    folder = fill(tmp_path / "STICK", 3)
    with desk_on(request, tmp_path / "home") as desk:
        watch(desk, folder)
        vars(desk.furnishing)["_reading"].read_watched()
        desk.wait(lambda: len(desk.shown()) == 3 and not desk.is_reading)
        away = folder.rename(tmp_path / "away")
        folder.mkdir()
        desk.wait(lambda: {desk.row(name).state for name in desk.shown()} == {FileState.OFFLINE})
        assert len(desk.shown()) == 3
        assert not any(row.needs_attention for row in desk.workspace.library.documents.rows())
        desk.workspace.library.table.open_wanted.emit(desk.row("Clause 0.pdf"))
        desk.wait(lambda: "Connect the drive" in desk.workspace.page.problem())
        folder.rmdir()
        away.rename(folder)
        desk.wait(lambda: {desk.row(name).state for name in desk.shown()} == {FileState.PRESENT})


def test_what_was_still_to_be_read_is_read_at_the_next_start(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    papers = fill(tmp_path / "Papers", 3)
    home = tmp_path / "home"
    library = home / "library"
    assistant = wiring.build(config.Settings(data_folder=home, library_folder=library))
    files = sorted(papers.iterdir())
    assistant.pending.put([PendingFile(path, "Smith", True, False) for path in files])
    assistant.close()
    said: list[str] = []
    say = Reading.go_on

    def noted(reading: Reading, count: int) -> None:
        say(reading, count)
        said.append(str(count))

    monkeypatch.setattr(Reading, "go_on", noted)
    with desk_on(request, home) as desk:
        desk.wait(lambda: said)
        assert desk.notice == "Going on with 3 files that were still to be read."
        desk.wait(lambda: len(desk.shown()) == 3 and not desk.is_reading)
        assert desk.row("Clause 0.pdf").collections == ("Smith",)
    with desk_on(request, home) as again:
        again.wait(lambda: len(again.shown()) == 3)
        again.settle()
        assert again.notice == ""
