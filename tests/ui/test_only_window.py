"""A second start with the same library calls the first window."""

import os
from multiprocessing.connection import Client
from pathlib import Path
from socket import gethostname

import pytest
from pytestqt.qtbot import QtBot

from desktop_rag.ui.only_window import OnlyWindow, paths_in
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


def test_files_of_the_second_start_reach_the_first_window(qtbot: QtBot, tmp_path: Path) -> None:
    first = OnlyWindow(tmp_path / "library")
    named = [tmp_path / "Müller.pdf", Path(os.fsdecode(bytes(tmp_path) + b"/odd\xff.pdf"))]
    with qtbot.waitSignal(first.offered) as heard:
        assert OnlyWindow(tmp_path / "library").call(named)
    assert heard.args == [named]


def test_a_whole_program_hands_over_files_from_the_folder_that_it_was_started_in(
    qtbot: QtBot, tmp_path: Path
) -> None:
    first = OnlyWindow(tmp_path / "desktop-rag" / "library")
    with qtbot.waitSignal(first.offered, timeout=60_000) as heard:
        program = start_program(
            "open", "here.pdf", "/there.pdf", home=tmp_path, more={"QT_QPA_PLATFORM": "offscreen"}
        )
    assert program.wait(30) == 0
    program.communicate()
    assert heard.args == [[Path.cwd() / "here.pdf", Path("/there.pdf")]]


@pytest.mark.parametrize(
    "message",
    [
        b"",
        b"\xff\xfe",
        b"no json",
        b'{"paths": ["/a.pdf"]}',
        b'["/a.pdf", 1]',
        b'["a.pdf"]',
        b'["/a\\u0000.pdf"]',
        b'["/' + b"a" * 5_000 + b'"]',
        b"[" * 100_000,
    ],
)
def test_of_what_callers_send_absolute_paths_alone_are_taken(message: bytes) -> None:
    assert paths_in(message) == []


def test_who_says_nothing_or_too_much_keeps_nobody_out(qtbot: QtBot, tmp_path: Path) -> None:
    first = OnlyWindow(tmp_path / "library")
    address = str(tmp_path / "library" / "window.sock")
    with Client(address), Client(address) as loud:
        os.write(loud.fileno(), (16_777_217).to_bytes(4, "big"))  # the length of what would come
        with qtbot.waitSignal(first.offered, timeout=2_000):
            assert OnlyWindow(tmp_path / "library").call([Path("/a.pdf")])
