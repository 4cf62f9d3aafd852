"""What happens in real folders is told, by the system or by looking, under the network guard."""

import errno
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import pytest
from watchdog.observers.inotify import InotifyObserver

from desktop_rag.adapters.folder_events import WatchdogFolderEvents, is_on_network

Heard = list[Path]
SOON_S = 10.0


class Listener:
    def __init__(self) -> None:
        self.heard: Heard = []
        self._news = Event()

    def __call__(self, path: Path) -> None:
        self.heard.append(path)
        self._news.set()

    def hears(self, path: Path) -> bool:
        while path not in self.heard:
            self._news.clear()
            if path not in self.heard and not self._news.wait(SOON_S):
                return False
        return True


@pytest.fixture
def events() -> Iterator[WatchdogFolderEvents]:
    made = WatchdogFolderEvents(poll_s=0.2)
    yield made
    made.close()


def no_watches_left(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, "inotify watch limit reached")


def on_network(_: Path) -> bool:
    return True


@pytest.mark.parametrize("way", ["told", "no watches left", "network"])
def test_what_happens_to_files_and_folders_is_heard(
    events: WatchdogFolderEvents, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    if way == "no watches left":
        monkeypatch.setattr(InotifyObserver, "schedule", no_watches_left)
    if way == "network":
        monkeypatch.setattr("desktop_rag.adapters.folder_events.is_on_network", on_network)
    listener = Listener()
    events.follow(tmp_path, listener)
    assert events.is_polled(tmp_path) is (way != "told")
    steps: list[tuple[Callable[[], object], Path]] = [
        (lambda: (tmp_path / "a.pdf").write_text("x"), tmp_path / "a.pdf"),
        (lambda: (tmp_path / "a.pdf").write_text("longer"), tmp_path / "a.pdf"),
        (lambda: (tmp_path / "a.pdf").rename(tmp_path / "b.PDF"), tmp_path / "b.PDF"),
        (lambda: (tmp_path / "b.PDF").unlink(), tmp_path / "b.PDF"),
        (lambda: (tmp_path / "new").mkdir(), tmp_path / "new"),
        (lambda: (tmp_path / "new" / "c.pdf").write_text("x"), tmp_path / "new" / "c.pdf"),
        (lambda: shutil.rmtree(tmp_path / "new"), tmp_path / "new"),
    ]
    for act, path in steps:
        listener.heard.clear()
        act()
        assert listener.hears(path), path


def test_what_the_library_cannot_read_is_not_heard(
    events: WatchdogFolderEvents, tmp_path: Path
) -> None:
    listener = Listener()
    events.follow(tmp_path, listener)
    (tmp_path / "notes.txt").write_text("x")
    (tmp_path / "a.pdf").write_text("x")
    assert listener.hears(tmp_path / "a.pdf")
    (tmp_path / "a.pdf").read_text()
    (tmp_path / "b.pdf").write_text("x")
    assert listener.hears(tmp_path / "b.pdf")
    assert set(listener.heard) == {tmp_path / "a.pdf", tmp_path / "b.pdf"}


def test_a_folder_that_was_left_is_not_heard(events: WatchdogFolderEvents, tmp_path: Path) -> None:
    left, followed = tmp_path / "left", tmp_path / "followed"
    left.mkdir()
    followed.mkdir()
    one, other = Listener(), Listener()
    events.follow(left, one)
    events.follow(followed, other)
    events.leave(left)
    events.leave(left)
    (left / "a.pdf").write_text("x")
    (followed / "b.pdf").write_text("x")
    assert other.hears(followed / "b.pdf")
    assert one.heard == []


def test_a_folder_that_is_not_there_cannot_be_followed(
    events: WatchdogFolderEvents, tmp_path: Path
) -> None:
    with pytest.raises(OSError, match="nowhere"):
        events.follow(tmp_path / "nowhere", Listener())


def test_a_network_drive_is_known_by_its_mount(tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(
        "/dev/sda1 / ext4 rw 0 0\n"
        "server:/x /srv/my\\040share nfs4 rw 0 0\n"
        "/dev/sdb1 /srv/my\\040share/disk ext4 rw 0 0\n"
    )
    assert is_on_network(Path("/srv/my share/Smith"), mounts)
    assert not is_on_network(Path("/srv/my share/disk/Smith"), mounts)
    assert not is_on_network(Path("/srv"), mounts)
    assert not is_on_network(Path("/srv"), tmp_path / "none")
