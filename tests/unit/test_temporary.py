"""Each in a process of its own: this one keeps the place of its temporary files."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from desktop_rag.privacy import temporary

HOLDS = """
import os, sys, tempfile
from pathlib import Path
from desktop_rag.privacy import guard, temporary
guard.prepare_process()
print(temporary.use(Path(sys.argv[1]), Path(sys.argv[2])))
tempfile.NamedTemporaryFile(delete=False).write(b"text")
print(os.environ["TMPDIR"], flush=True)
sys.stdin.read()
"""


def start(library: Path, data: Path) -> tuple[subprocess.Popen[str], Path]:
    command = [sys.executable, "-c", HOLDS, str(library), str(data)]
    program = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert program.stdout is not None
    folder, variable = program.stdout.readline().strip(), program.stdout.readline().strip()
    assert folder == variable
    return program, Path(folder)


def end(program: subprocess.Popen[str]) -> None:
    assert program.communicate()[0] == ""
    assert program.returncode == 0


@pytest.fixture
def library(tmp_path: Path) -> Path:
    folder = tmp_path / "library"
    folder.mkdir()
    return folder


def test_temporary_files_lie_in_the_library_and_go_with_the_process(
    library: Path, tmp_path: Path
) -> None:
    program, folder = start(library, tmp_path / "data")
    assert folder.parent == library / "temporary"
    assert [path.read_text() for path in folder.iterdir()] == ["text"]
    if sys.platform != "win32":
        assert {path.stat().st_mode & 0o777 for path in (folder, folder.parent)} == {0o700}
    end(program)
    assert list(library.iterdir()) == []


def test_without_a_library_they_lie_in_the_data_folder(tmp_path: Path) -> None:
    program, folder = start(tmp_path / "library", tmp_path / "data")
    assert folder.parent == tmp_path / "data" / "temporary"
    end(program)
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


def test_what_a_dead_process_left_is_deleted_by_the_next_and_nothing_else(
    library: Path, tmp_path: Path
) -> None:
    dead, left = start(library, tmp_path)
    lives, held = start(library, tmp_path)
    dead.send_signal(signal.SIGKILL)
    dead.communicate()
    assert left.exists()
    third, own = start(library, tmp_path)
    assert not left.exists()
    assert list(held.iterdir())
    end(third)
    end(lives)
    assert not own.exists()
    assert list(library.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="links are rare there")
def test_a_link_in_its_place_is_not_followed(library: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "file").write_text("")
    (library / "temporary").mkdir()
    (library / "temporary" / "1-link").symlink_to(outside)
    temporary.clear(library)
    assert (outside / "file").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="/dev/null is elsewhere there")
def test_where_nothing_can_be_written_no_temporary_file_is_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    command = [sys.executable, "-c", HOLDS, str(tmp_path / "file"), str(tmp_path / "file")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stdout == "None\n"
    assert "FileNotFoundError" in done.stderr or "NotADirectoryError" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
