"""The live proof: try the ways out and say what stopped each."""

import ctypes
import platform
import socket
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from desktop_rag.privacy import guard

_IO_URING_SETUP = 425
_CHILD = (
    "import socket,sys\n"
    "try: socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\n"
    "except PermissionError: sys.exit(0)\n"
    "sys.exit(1)\n"
)


class Verdict(StrEnum):
    """What stopped an attempt, if anything did."""

    BLOCKED = "blocked by the operating system"
    BEST_EFFORT = "blocked best-effort"
    OPEN = "OPEN"


@dataclass(frozen=True, slots=True)
class Attempt:
    """One way out that was tried. No attempt sends a byte: opening the door is the test."""

    name: str
    verdict: Verdict
    detail: str


def run() -> list[Attempt]:
    """Try every way out, in this process as it stands."""
    tries: list[tuple[str, Callable[[], str]]] = [
        ("TCP", lambda: _open(socket.AF_INET, socket.SOCK_STREAM)),
        ("UDP", lambda: _open(socket.AF_INET, socket.SOCK_DGRAM)),
        ("IPv6", lambda: _open(socket.AF_INET6, socket.SOCK_STREAM)),
        ("raw socket", lambda: _open(socket.AF_INET, socket.SOCK_RAW)),
        ("DNS", _resolve),
        ("child process", _child),
    ]
    if sys.platform == "linux":
        tries.insert(4, ("packet socket", lambda: _open(socket.AF_PACKET, socket.SOCK_RAW)))
        tries.append(("io_uring", _io_uring))
    return [_attempt(name, action) for name, action in tries]


def _attempt(name: str, action: Callable[[], str]) -> Attempt:
    try:
        detail = action()
    except PermissionError as error:
        # Without the filter the system may refuse one kind (raw sockets to a plain user): that
        # is luck, not the wall.
        verdict = Verdict.BLOCKED if guard.is_enforced() else Verdict.BEST_EFFORT
        return Attempt(name, verdict, error.strerror or "refused")
    except OSError as error:
        verdict = Verdict.BLOCKED if guard.is_enforced() else Verdict.OPEN
        return Attempt(name, verdict, error.strerror or "failed")
    return Attempt(name, Verdict.OPEN, detail)


def _open(family: int, kind: int) -> str:
    socket.socket(family, kind).close()
    return "the socket opened"


def _resolve() -> str:
    socket.getaddrinfo("name.invalid", 443)
    return "a name was resolved"


def _child() -> str:
    if getattr(sys, "frozen", False):  # a packaged program has no interpreter to start
        return _open(socket.AF_INET, socket.SOCK_DGRAM)
    outcome = subprocess.run([sys.executable, "-I", "-c", _CHILD], check=False)
    if outcome.returncode == 0:
        raise PermissionError(1, "refused in the child too")
    return "a child opened a socket"


def _io_uring() -> str:
    libc = ctypes.CDLL(None, use_errno=True)
    ring = libc.syscall(_IO_URING_SETUP, 1, ctypes.create_string_buffer(120))
    if ring >= 0:
        import os

        os.close(ring)
        return "a ring was set up"
    raise OSError(ctypes.get_errno(), "io_uring_setup refused on " + platform.machine())
