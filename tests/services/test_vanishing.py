"""Files that go from a watched folder: what is told, what is removed, and what never is."""

import shutil
from pathlib import Path

import pytest

from desktop_rag.domain import FileState, LibraryEntry, Scope
from desktop_rag.engine.server import Engine
from desktop_rag.services.assistant import Assistant
from tests.support import finish, make_pdf


@pytest.fixture
def engine(assistant: Assistant) -> Engine:
    return Engine(assistant)


@pytest.fixture
def inbox(engine: Engine, tmp_path: Path) -> Path:
    """A watched folder of six documents, read once."""
    folder = tmp_path / "inbox"
    (folder / "Smith").mkdir(parents=True)
    for number in range(5):
        make_pdf(folder / f"{number}.pdf", [f"Clause {number} binds the tenant."])
    make_pdf(folder / "Smith" / "5.pdf", ["Clause 5 binds the landlord."])
    engine.watch(folder, "Inbox")
    finish(engine.read_watched(()))
    return folder


def by_name(engine: Engine) -> dict[str, LibraryEntry]:
    return {entry.path.name: entry for batch in engine.documents() for entry in batch}


def test_a_deleted_file_is_told_once_and_removed_when_it_is_wanted(
    engine: Engine, inbox: Path
) -> None:
    finish(engine.ask("What binds the landlord?", Scope(), None))
    (inbox / "Smith" / "5.pdf").unlink()
    (told,) = finish(engine.read_watched((), [inbox])).vanished
    assert (told.folder, told.few) == (inbox, True)
    assert [file.path.name for file in told.files] == ["5.pdf"]
    assert by_name(engine)["5.pdf"].state is FileState.MISSING
    assert finish(engine.read_watched(())).vanished == ()
    removed = engine.remove_vanished([file.document_id for file in told.files])
    assert len(removed.entries) == len(removed.turns) == 1
    assert "5.pdf" not in by_name(engine)
    make_pdf(inbox / "Smith" / "5.pdf", ["Clause 5 binds the landlord."])  # out of the waste bin
    finish(engine.read_watched(()))
    assert "5.pdf" in by_name(engine)


def test_many_files_that_go_at_once_are_told_apart_from_few(engine: Engine, inbox: Path) -> None:
    for number in range(4):
        (inbox / f"{number}.pdf").unlink()
    (told,) = finish(engine.read_watched(())).vanished
    assert not told.few  # four of six
    assert len(told.files) == 4
    assert len(by_name(engine)) == 6


def test_a_file_that_came_back_is_not_removed(engine: Engine, inbox: Path) -> None:
    (inbox / "0.pdf").rename(inbox / "0.away")
    (told,) = finish(engine.read_watched(())).vanished
    (inbox / "0.away").rename(inbox / "0.pdf")
    assert engine.remove_vanished([told.files[0].document_id]).entries == ()
    report = finish(engine.read_watched(()))
    assert report.moved_on == (told.files[0].document_id,)
    assert by_name(engine)["0.pdf"].state is FileState.PRESENT


@pytest.mark.parametrize("leaves_a_folder", [True, False])
def test_an_unplugged_drive_removes_nothing_and_comes_back(
    engine: Engine, inbox: Path, leaves_a_folder: bool
) -> None:
    (inbox / "0.pdf").unlink()
    (told,) = finish(engine.read_watched(())).vanished
    away = inbox.rename(inbox.with_name("away"))
    if leaves_a_folder:
        inbox.mkdir()
    report = finish(engine.read_watched((), [inbox]))
    assert (report.vanished, len(report.moved_on)) == ((), 6)
    assert {entry.state for entry in by_name(engine).values()} == {FileState.OFFLINE}
    assert engine.remove_vanished([told.files[0].document_id]).entries == ()
    if leaves_a_folder:
        inbox.rmdir()
    away.rename(inbox)
    finish(engine.read_watched((), [inbox]))
    states = {name: entry.state for name, entry in by_name(engine).items()}
    assert states.pop("0.pdf") is FileState.MISSING
    assert set(states.values()) == {FileState.PRESENT}


def test_a_document_with_another_file_only_loses_the_place(
    engine: Engine, inbox: Path, tmp_path: Path
) -> None:
    kept = Path(shutil.copy(inbox / "0.pdf", tmp_path / "kept.pdf"))
    finish(engine.add([kept], None, ()))
    (inbox / "0.pdf").unlink()
    report = finish(engine.read_watched(()))
    assert report.vanished == ()
    assert [file.path for file in by_name(engine)["kept.pdf"].files] == [kept]


def test_a_document_that_was_added_by_hand_stays_when_its_file_goes(
    engine: Engine, inbox: Path, tmp_path: Path
) -> None:
    own = make_pdf(tmp_path / "own.pdf", ["The own clause."])
    both = make_pdf(tmp_path / "both.pdf", ["The clause of both."])
    make_pdf(tmp_path / "beside.pdf", ["The clause beside."])
    shutil.copy(both, inbox / "both.pdf")
    finish(engine.add([own, both, tmp_path / "beside.pdf"], None, ()))
    finish(engine.read_watched(()))
    own.unlink()
    both.unlink()
    assert len(finish(engine.look_at_files())) == 2
    (inbox / "both.pdf").unlink()
    assert finish(engine.read_watched(())).vanished == ()
    names = by_name(engine)
    assert {names["own.pdf"].state, names["both.pdf"].state} == {FileState.MISSING}
    assert engine.remove_vanished([names["own.pdf"].document.id]).entries == ()


def test_what_moves_from_one_watched_folder_to_another_has_not_vanished(
    engine: Engine, inbox: Path, tmp_path: Path
) -> None:
    archive = tmp_path / "zz archive"
    archive.mkdir()
    make_pdf(archive / "old.pdf", ["The old clause."])
    engine.watch(archive, "Archive")
    finish(engine.read_watched(()))
    before = by_name(engine)["0.pdf"]
    (inbox / "0.pdf").rename(archive / "0.pdf")
    report = finish(engine.read_watched(()))
    after = by_name(engine)["0.pdf"]
    assert report.vanished == ()
    assert (after.document.id, after.path) == (before.document.id, archive / "0.pdf")
    assert after.files[0].collection == "Inbox"  # it stays where the reader knows it
