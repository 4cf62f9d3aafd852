"""What became of files, on real folders: a drive that is not there is no deletion."""

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest

from desktop_rag.adapters.sqlite_ledger import SqliteLedger
from desktop_rag.domain import Document, DocumentFile, DocumentStatus, FileState
from desktop_rag.services.presence import Presence, holds_drives, is_there, look_for
from tests.support import finish

PRESENT, MISSING, OFFLINE = FileState.PRESENT, FileState.MISSING, FileState.OFFLINE


def make(folder: Path, *names: str) -> list[Path]:
    paths = [folder / name for name in names]
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    return paths


def states(paths: Iterable[Path], *roots: Path) -> list[FileState]:
    wanted = list(paths)
    found = finish(look_for(wanted, roots))
    return [found[path] for path in wanted]


@pytest.fixture
def drive(tmp_path: Path) -> Path:
    """A stick with a watched folder's content; another folder beside it holds something too."""
    make(tmp_path / "STICK", "a.pdf", "b.pdf", "Smith/c.pdf", "Smith/d.pdf", "Doe/e.pdf")
    return tmp_path / "STICK"


def known(drive: Path) -> list[Path]:
    names = ("a.pdf", "b.pdf", "Smith/c.pdf", "Smith/d.pdf", "Doe/e.pdf")
    return [drive / name for name in names]


def test_a_file_that_was_deleted_is_gone(drive: Path) -> None:
    (drive / "a.pdf").unlink()
    assert states(known(drive), drive) == [MISSING, PRESENT, PRESENT, PRESENT, PRESENT]
    assert states(known(drive)) == [MISSING, PRESENT, PRESENT, PRESENT, PRESENT]


@pytest.mark.parametrize("watched", [True, False])
def test_an_unplugged_drive_deletes_nothing(drive: Path, watched: bool) -> None:
    roots = [drive] if watched else []
    drive.rename(drive.with_name("elsewhere"))
    assert set(states(known(drive), *roots)) == {OFFLINE}
    drive.mkdir()  # the empty folder on which it was mounted
    assert set(states(known(drive), *roots)) == {OFFLINE}
    (drive / ".Trash-1000").mkdir()
    assert set(states(known(drive), *roots)) == {OFFLINE}
    drive.joinpath(".Trash-1000").rmdir()
    drive.rmdir()
    drive.with_name("elsewhere").rename(drive)
    assert set(states(known(drive), *roots)) == {PRESENT}


def test_a_folder_below_the_watched_one_that_was_deleted_is_gone(drive: Path) -> None:
    shutil.rmtree(drive / "Smith")
    assert states(known(drive), drive) == [PRESENT, PRESENT, MISSING, MISSING, PRESENT]


def test_a_folder_below_the_watched_one_that_was_emptied_is_gone(drive: Path) -> None:
    for path in (drive / "Smith").iterdir():
        path.unlink()
    assert states(known(drive), drive) == [PRESENT, PRESENT, MISSING, MISSING, PRESENT]


def test_without_a_known_file_beside_it_a_vanished_folder_counts_as_unplugged(drive: Path) -> None:
    shutil.rmtree(drive / "Smith")
    paths = known(drive)[2:4]
    assert set(states(paths, drive)) == {OFFLINE}


def test_what_lies_beyond_the_watched_folder_is_no_sign_that_its_drive_is_there(
    drive: Path, tmp_path: Path
) -> None:
    beside = make(tmp_path / "home", "other.pdf")
    drive.rename(tmp_path / "elsewhere")
    assert states([*beside, *known(drive)], drive) == [PRESENT, *[OFFLINE] * 5]


def test_a_folder_that_cannot_be_listed_is_offline(
    drive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A share whose server is gone: the folder is there and gives errors."""
    real = os.listdir

    def broken(path: Path) -> list[str]:
        if Path(path) == drive / "Smith":
            raise OSError(5, "Input/output error")
        return real(path)

    monkeypatch.setattr(os, "listdir", broken)
    assert states(known(drive), drive) == [PRESENT, PRESENT, OFFLINE, OFFLINE, PRESENT]


def test_a_link_to_a_drive_that_is_not_there_is_offline(tmp_path: Path) -> None:
    (target,) = make(tmp_path / "far", "a.pdf")
    link, beside = tmp_path / "near" / "link.pdf", *make(tmp_path / "near", "b.pdf")
    link.symlink_to(target)
    assert states([link, beside]) == [PRESENT, PRESENT]
    target.unlink()
    assert states([link, beside]) == [OFFLINE, PRESENT]


def test_places_where_drives_are_put_up_are_known() -> None:
    for folder in ("/", "/media", "/media/jo", "/run/media/jo", "/mnt", "/run/user/1000/gvfs"):
        assert holds_drives(Path(folder)), folder
    for folder in ("/home/jo", "/media/jo/STICK", "/mnt/share/Smith"):
        assert not holds_drives(Path(folder)), folder


def test_a_drive_is_not_there_though_another_beside_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = tmp_path / "media"
    here, gone = make(shelf / "ONE", "a.pdf"), [shelf / "TWO" / "b.pdf"]
    assert states([*here, *gone]) == [PRESENT, MISSING]
    monkeypatch.setattr("desktop_rag.services.presence._SHELVES", frozenset({shelf}))
    assert states([*here, *gone]) == [PRESENT, OFFLINE]


def test_a_watched_folder_that_is_empty_is_not_there(tmp_path: Path) -> None:
    assert not is_there(tmp_path / "nowhere")
    assert not is_there(tmp_path)
    make(tmp_path, ".DS_Store")
    assert not is_there(tmp_path)
    make(tmp_path, "a.txt")
    assert is_there(tmp_path)


def test_states_are_noted_and_the_look_tells_how_far_it_is(drive: Path, tmp_path: Path) -> None:
    ledger = SqliteLedger(tmp_path / "ledger.sqlite3")
    by_hand = make(tmp_path / "home", "f.pdf", "g.pdf")
    for number, path in enumerate([*known(drive), *by_hand]):
        key = f"{number:016x}"
        ledger.record(
            Document(key, key, DocumentStatus.READY, 1, 0, "", True, "2026-01-01T00:00:00+00:00"),
            [],
            DocumentFile(path, key, "A"),
        )
    presence = Presence(ledger)
    (drive / "a.pdf").unlink()
    by_hand[0].unlink()
    steps = list(presence.look(presence.under(drive), [drive]))
    assert steps[-1].done == steps[-1].total == 5
    assert ledger.file_at(drive / "a.pdf").state is MISSING
    assert ledger.file_at(by_hand[0]).state is PRESENT  # not looked at yet
    assert finish(presence.look_outside([drive])) == (f"{5:016x}",)
    assert ledger.file_at(by_hand[0]).state is MISSING
    assert finish(presence.look_outside([drive])) == ()
    presence.note_offline(drive)
    assert {file.state for file in presence.under(drive)} == {OFFLINE}
    assert len(ledger.files()) == 7
