"""A second start with the same library calls the first window."""

from pathlib import Path
from socket import gethostname

from pytestqt.qtbot import QtBot

from desktop_rag.ui.only_window import OnlyWindow
from tests.support import start_program


def test_the_second_start_is_noticed_and_heard(qtbot: QtBot, tmp_path: Path) -> None:
    first = OnlyWindow(tmp_path / "library")
    assert first.is_first
    second = OnlyWindow(tmp_path / "library")
    assert not second.is_first
    with qtbot.waitSignal(first.wanted):
        assert second.call()
    assert OnlyWindow(tmp_path / "other").is_first


def test_a_whole_second_program_calls_and_ends(qtbot: QtBot, tmp_path: Path) -> None:
    first = OnlyWindow(tmp_path / "desktop-rag" / "library")
    with qtbot.waitSignal(first.wanted, timeout=60_000):
        program = start_program(home=tmp_path, more={"QT_QPA_PLATFORM": "offscreen"})
    assert program.wait(30) == 0
    program.communicate()


def test_a_lock_that_a_dead_program_left_is_taken_over(tmp_path: Path) -> None:
    library = tmp_path / "library"
    library.mkdir()
    (library / "window.lock").write_text(f"999999999\nDesktop RAG\n{gethostname()}\n")
    (library / "window.sock").write_text("")
    assert OnlyWindow(library).is_first
