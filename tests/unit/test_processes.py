"""The list of processes: what it says of this one, and of children."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from desktop_rag.privacy import processes
from desktop_rag.privacy.processes import SeenProcess, all_processes, look_at

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="it reads /proc")


def seen(pid: int) -> SeenProcess:
    found = look_at(pid)
    assert found is not None
    return found


def test_this_process_is_filtered_and_its_local_sockets_are_counted() -> None:
    before = (seen(os.getpid()).sockets or {}).get("local", 0)
    pair = socket.socketpair()
    here = seen(os.getpid())
    for one in pair:
        one.close()
    assert here.filtered is True
    assert here.no_new_privileges is True
    assert here.sockets is not None
    assert here.sockets["local"] == before + 2
    assert set(here.sockets) == {"local"}


def test_children_are_listed_and_an_ended_process_is_not() -> None:
    command = [sys.executable, "-c", "import sys; sys.stdin.read()"]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as child:
        listed = {one.pid: one for one in all_processes()}
        assert listed[child.pid].filtered is True
        assert os.getpid() in listed
    assert child.pid not in {one.pid for one in all_processes()}


def test_what_may_not_be_seen_is_not_called_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process of another's, as an ordinary user sees it: no list of open files."""
    (tmp_path / "7").mkdir()
    (tmp_path / "7" / "status").write_text("Name:\trag-reader\nNoNewPrivs:\t0\nSeccomp:\t0\n")
    monkeypatch.setattr(processes, "_PROC", tmp_path)
    assert look_at(7) == SeenProcess(7, "reader", False, False, None)


def test_an_internet_socket_is_told_from_a_local_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the kernel's own tables, from a process without the wall: this one can open none."""
    place = tmp_path / "7"
    for folder in ("fd", "net"):
        (place / folder).mkdir(parents=True)
    (place / "status").write_text("Name:\tpython\nSeccomp:\t0\n")
    for number, inode in (("3", "1542"), ("4", "247124"), ("5", "99")):
        (place / "fd" / number).symlink_to(f"socket:[{inode}]")
    row = f"0: 00000000:07E8 00000000:0000 0A 0:0 00:0 0 {0:>8} {0:>8} 1542 1 0000000056e44cda"
    (place / "net" / "tcp").write_text(f"  sl  local_address rem_address   st\n   {row}\n")
    (place / "net" / "unix").write_text(
        "Num       RefCount Protocol Flags    Type St Inode Path\n"
        "000000004f262471: 00000003 00000000 00000000 0001 03 247124\n"
    )
    monkeypatch.setattr(processes, "_PROC", tmp_path)
    assert seen(7).sockets == {"internet": 1, "local": 1, "other": 1}
