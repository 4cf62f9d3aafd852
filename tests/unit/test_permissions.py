import os
import sys
from pathlib import Path

import pytest

from desktop_rag.errors import LibraryError
from desktop_rag.privacy.permissions import close_to_others, too_open
from desktop_rag.services.closing import close_folders, close_library

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has other rights")
as_root = pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() != 0, reason="only root gives files away"
)
SOMEBODY = 12345


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A library as a program under umask 022 would have left it."""
    folder = tmp_path / "data" / "library"
    (folder / "index.lance" / "chunks.lance").mkdir(parents=True)
    for file in (
        "ledger.sqlite3",
        "index.lance/chunks.lance/part",
        "../settings.toml",
        "../window.json",
    ):
        (folder / file).write_text("")
    (folder.parent / "logs").mkdir()
    (folder.parent / "logs" / "engine.log").write_text("")
    for path in (folder.parent, *folder.parent.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    return folder


def modes(folder: Path) -> set[int]:
    return {path.stat().st_mode & 0o777 for path in (folder, *folder.rglob("*"))}


def test_what_is_too_open_is_closed_and_said(library: Path) -> None:
    (said,) = close_folders(library.parent, library)
    assert said.startswith("10 files and folders of this program could be reached by other users")
    assert modes(library.parent) == {0o700, 0o600}
    assert close_folders(library.parent, library) == []


def test_a_start_looks_below_only_if_the_top_was_open(library: Path) -> None:
    close_folders(library.parent, library)
    deep = library / "index.lance" / "chunks.lance" / "part"
    deep.chmod(0o644)
    assert close_folders(library.parent, library) == []
    assert too_open(library) == [deep]
    (said,) = close_library(library)
    assert said.startswith("A file or folder of this program could be reached")
    assert too_open(library) == []


def test_a_link_is_not_followed(library: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "file").write_text("")
    for path in (outside, outside / "file"):
        path.chmod(0o755)
    (library / "index.lance" / "link").symlink_to(outside)
    (library / "file").symlink_to(outside / "file")
    close_to_others(library, all_below=True)
    assert modes(outside) == {0o755}


def test_what_is_closed_by_nobody_is_left_and_said(
    library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fchmod", lambda handle, mode: None)  # as on a drive without rights
    (said,) = close_folders(library.parent, library)
    assert "their drive does not let them be closed" in said


@as_root
def test_the_library_of_another_user_is_refused_in_words(library: Path) -> None:
    os.chown(library, SOMEBODY, SOMEBODY)
    with pytest.raises(LibraryError, match=r"^This library belongs to another user"):
        close_folders(library.parent, library)
    assert library.stat().st_mode & 0o777 == 0o755


@as_root
def test_a_file_of_another_user_is_left_and_said(library: Path) -> None:
    close_folders(library.parent, library)
    file = library / "index.lance" / "chunks.lance" / "part"
    os.chown(file, SOMEBODY, SOMEBODY)
    file.chmod(0o644)
    (said,) = close_library(library)
    assert said.startswith("A file or folder of this program belongs to another user")
    assert file.stat().st_mode & 0o777 == 0o644
