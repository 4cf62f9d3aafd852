"""The processes of this program: whether the filter is in force in each, and its sockets.

Linux alone, from /proc. The program's processes let no other read their memory or list their open
files (they are not “dumpable”), and so an ordinary user sees the sockets of the process that looks
and not those of the others: what cannot be seen is None, never 0.
"""

import ctypes
import multiprocessing
import os
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_PROC = Path("/proc")
_PR_SET_NAME, _PR_GET_NAME, _NAME_BYTES = 15, 16, 16  # linux/prctl.h
_NAME_PREFIX = "rag-"
_FILTER_MODE = "2"  # of “Seccomp:” in /proc/PID/status
_TRACKER = b"multiprocessing.resource_tracker"
# Tables of /proc/PID/net, and the column of each that holds a socket's inode.
_TABLES = {
    "unix": ("local", 6), "tcp": ("internet", 9), "tcp6": ("internet", 9),
    "udp": ("internet", 9), "udp6": ("internet", 9), "udplite": ("internet", 9),
    "udplite6": ("internet", 9), "raw": ("internet", 9), "raw6": ("internet", 9),
    "icmp": ("internet", 9), "icmp6": ("internet", 9), "packet": ("packet", 8),
    "netlink": ("netlink", 9),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SeenProcess:
    """One process of this program.

    Attributes:
        role: window, engine, reader, terminal, helper (Python's own, which cleans up) or other.
        filtered: whether the kernel filters its calls; None if that cannot be seen.
        no_new_privileges: whether it can gain no rights any more; None if that cannot be seen.
        sockets: how many it has open, by kind: local (to programs of this computer), internet,
            packet, netlink, other; None if another process may not see it.
    """

    pid: int
    role: str
    filtered: bool | None
    no_new_privileges: bool | None
    sockets: Mapping[str, int] | None


def name_process(role: str) -> None:
    """Let this process be called “rag-ROLE” in the system's lists of processes. Linux alone."""
    name_thread(f"{_NAME_PREFIX}{role}")


def name_thread(name: str) -> None:
    """Let this thread, and those that it starts, be called so; 15 characters. Linux alone."""
    if sys.platform == "linux":
        _libc().prctl(_PR_SET_NAME, ctypes.c_char_p(name.encode()), 0, 0, 0)


@contextmanager
def thread_named(name: str) -> Iterator[None]:
    """As `name_thread`, as long as it lasts; what it starts keeps the name."""
    before = ctypes.create_string_buffer(_NAME_BYTES)
    if sys.platform == "linux":
        _libc().prctl(_PR_GET_NAME, before, 0, 0, 0)
    name_thread(name)
    try:
        yield
    finally:
        name_thread(before.value.decode(errors="replace"))


@cache
def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None)


def all_processes() -> tuple[SeenProcess, ...]:
    """Every process of this program, the one that started the others first. Empty elsewhere."""
    if sys.platform != "linux":
        return ()
    parent = multiprocessing.parent_process()
    first = parent.pid if parent is not None and parent.pid is not None else os.getpid()
    return tuple(filter(None, (look_at(pid) for pid in _with_children(first))))


def look_at(pid: int) -> SeenProcess | None:
    """What can be seen of one process; None if it has ended."""
    place = _PROC / str(pid)
    try:
        lines = (place / "status").read_text().splitlines()
    except OSError:
        return None
    status = dict(line.split(":", 1) for line in lines if ":" in line)
    seccomp, no_new = (status.get(key, "").strip() for key in ("Seccomp", "NoNewPrivs"))
    return SeenProcess(
        pid,
        _role(place, status["Name"].strip()),
        seccomp == _FILTER_MODE if seccomp else None,
        no_new == "1" if no_new else None,
        _sockets(place),
    )


def _role(place: Path, name: str) -> str:
    if name.startswith(_NAME_PREFIX):
        return name.removeprefix(_NAME_PREFIX)
    with suppress(OSError):
        if _TRACKER in (place / "cmdline").read_bytes():
            return "helper"
    return "other"


def _with_children(first: int) -> Iterator[int]:
    children: dict[int, list[int]] = {}
    for folder in _PROC.iterdir():
        if folder.name.isdecimal():
            with suppress(OSError):  # it has ended meanwhile
                # “pid (name) state parent …”; the name may hold blanks and brackets
                after_name = (folder / "stat").read_text().rpartition(")")[2]
                children.setdefault(int(after_name.split()[1]), []).append(int(folder.name))
    waiting = [first]
    while waiting:
        pid = waiting.pop(0)
        yield pid
        waiting += sorted(children.get(pid, ()))


def _sockets(place: Path) -> Mapping[str, int] | None:
    inodes = []
    try:
        for entry in (place / "fd").iterdir():
            with suppress(FileNotFoundError):  # closed meanwhile
                target = str(entry.readlink())
                if target.startswith("socket:["):
                    inodes.append(target[8:-1])
    except OSError:
        return None
    kinds = _kinds(place) if inodes else {}
    return dict(Counter(kinds.get(inode, "other") for inode in inodes))


def _kinds(place: Path) -> dict[str, str]:
    """The kind of each socket by its inode, from the kernel's tables."""
    found: dict[str, str] = {}
    for table, (kind, column) in _TABLES.items():
        with suppress(OSError):
            for line in (place / "net" / table).read_text().splitlines()[1:]:
                fields = line.split()
                if len(fields) > column:
                    found[fields[column]] = kind
    return found
