"""Watched folders while the program runs: real events in real folders."""

import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Empty, Queue

import pytest

from desktop_rag.adapters.folder_events import WatchdogFolderEvents
from desktop_rag.adapters.sqlite_watched_folders import SqliteWatchedFolders
from desktop_rag.domain import FolderChanged, WatchedFolder
from desktop_rag.services.live_folders import LiveFolders
from tests.support import make_pdf

SOON_S = 10.0
REST_S = 0.4


class Live:
    """`LiveFolders` in a thread, as a lane runs it."""

    def __init__(self, store: SqliteWatchedFolders) -> None:
        followed = [folder.path for folder in store.folders()]
        self.folders = LiveFolders(store, WatchdogFolderEvents(), rest_s=REST_S, look_s=0.3)
        self._told: Queue[FolderChanged] = Queue()
        self.thread = threading.Thread(target=self._run, daemon=True)
        self.thread.start()
        assert [self.next() for _ in followed] == followed  # each once, when it is followed

    def _run(self) -> None:
        for changed in self.folders.changes():
            self._told.put(changed)

    def next(self, within: float = SOON_S) -> Path | None:
        try:
            return self._told.get(timeout=within).path
        except Empty:
            return None


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


@pytest.fixture
def store(tmp_path: Path, inbox: Path) -> SqliteWatchedFolders:
    made = SqliteWatchedFolders(tmp_path / "library.sqlite3")
    made.put(WatchedFolder(inbox, "Inbox"))
    return made


@pytest.fixture
def start(store: SqliteWatchedFolders) -> Iterator[Callable[[], Live]]:
    started: list[Live] = []

    def begin() -> Live:
        started.append(Live(store))
        return started[-1]

    yield begin
    for live in started:
        live.folders.close()
        live.thread.join(SOON_S)
        assert not live.thread.is_alive()


def test_copies_renames_and_deletions_are_told_once_each(
    start: Callable[[], Live], inbox: Path
) -> None:
    live = start()
    for number in range(20):
        make_pdf(inbox / f"{number}.pdf", ["A clause."])
    assert live.next() == inbox
    assert live.next(3 * REST_S) is None
    (inbox / "0.pdf").rename(inbox / "zero.pdf")
    assert live.next() == inbox
    (inbox / "1.pdf").unlink()
    assert live.next() == inbox
    (inbox / "notes.txt").write_text("no PDF")
    assert live.next(3 * REST_S) is None


def test_a_file_that_is_being_copied_is_told_when_it_rests(
    start: Callable[[], Live], inbox: Path
) -> None:
    live = start()
    with (inbox / "slow.pdf").open("wb") as file:
        for _ in range(8):
            file.write(b"x" * 1000)
            file.flush()
            assert live.next(REST_S / 2) is None
    assert live.next() == inbox


def test_a_drive_that_goes_and_comes_back_is_told_both_times(
    start: Callable[[], Live], inbox: Path
) -> None:
    live = start()
    away = inbox.rename(inbox.with_name("away"))
    assert live.next() == inbox
    assert live.next(1.0) is None
    make_pdf(away / "new.pdf", ["A clause."])
    assert live.next(1.0) is None  # what happens elsewhere is not ours
    away.rename(inbox)
    assert live.next() == inbox
    assert live.next(1.0) is None
    make_pdf(inbox / "newer.pdf", ["A clause."])
    assert live.next() == inbox


def test_a_drive_that_is_put_up_on_an_empty_folder_is_told(
    start: Callable[[], Live], inbox: Path, tmp_path: Path
) -> None:
    live = start()
    drive = tmp_path / "drive"
    drive.mkdir()
    make_pdf(drive / "a.pdf", ["A clause."])
    inbox.rmdir()
    drive.rename(inbox)  # another folder stands at the place
    assert live.next() == inbox
    while live.next(1.0):
        pass
    make_pdf(inbox / "b.pdf", ["A clause."])
    assert live.next() == inbox


def test_folders_are_followed_and_left_as_the_reader_says(
    start: Callable[[], Live], store: SqliteWatchedFolders, inbox: Path, tmp_path: Path
) -> None:
    live = start()
    other = tmp_path / "other"
    other.mkdir()
    store.put(WatchedFolder(other, ""))
    live.folders.renew()
    assert live.next() == other
    make_pdf(other / "a.pdf", ["A clause."])
    assert live.next() == other
    store.drop(inbox)
    live.folders.renew()
    time.sleep(0.5)
    make_pdf(inbox / "a.pdf", ["A clause."])
    assert live.next(4 * REST_S) is None


def test_a_folder_of_folders_that_is_copied_in_is_told(
    start: Callable[[], Live], inbox: Path, tmp_path: Path
) -> None:
    live = start()
    deep = tmp_path / "matter" / "2026"
    deep.mkdir(parents=True)
    make_pdf(deep / "a.pdf", ["A clause."])
    shutil.copytree(tmp_path / "matter", inbox / "matter")
    assert live.next() == inbox


def test_without_watched_folders_nothing_runs_until_there_is_one(
    tmp_path: Path, start: Callable[[], Live], store: SqliteWatchedFolders, inbox: Path
) -> None:
    store.drop(inbox)
    live = start()
    make_pdf(inbox / "a.pdf", ["A clause."])
    assert live.next(1.0) is None
    store.put(WatchedFolder(inbox, ""))
    live.folders.renew()
    assert live.next() == inbox
    make_pdf(inbox / "b.pdf", ["A clause."])
    assert live.next() == inbox
