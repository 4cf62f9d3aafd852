"""The live proof: try the ways out and say what stopped each."""

import ctypes
import os
import platform
import socket
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from desktop_rag.privacy.trials import (
    Attempt,
    KeptOffline,
    Trial,
    Verdict,
    attempt,
    attempt_in_children,
)

__all__ = ["Attempt", "Trial", "Verdict", "is_shut", "run"]

_IO_URING_SETUP = 425
_DISCARD = ("127.0.0.1", 9)
# Where other programs of this computer look names up for whoever asks: systemd-resolved, nscd.
_NAME_SERVICES = ("/run/systemd/resolve/io.systemd.Resolve", "/run/nscd/socket")


def run(trials: Sequence[Trial] = ()) -> list[Attempt]:
    """Try every way out, in this process as it stands; then `trials`, each in a child.

    It ends within seconds, whatever a trial does.
    """
    tries: list[tuple[str, Callable[[], str]]] = [
        ("TCP", lambda: _open(socket.AF_INET, socket.SOCK_STREAM)),
        ("UDP", lambda: _open(socket.AF_INET, socket.SOCK_DGRAM)),
        ("IPv6", lambda: _open(socket.AF_INET6, socket.SOCK_STREAM)),
        ("raw socket", lambda: _open(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP)),
        ("DNS", _resolve),
    ]
    if sys.platform == "linux":
        tries.insert(4, ("packet socket", lambda: _open(socket.AF_PACKET, socket.SOCK_RAW)))
        tries.append(("io_uring", _io_uring))
    made = [attempt(name, action) for name, action in tries]
    return made + attempt_in_children([Trial("child process", _open_in_child), *trials])


def is_shut(attempts: Sequence[Attempt]) -> bool:
    """Whether no way out was found open."""
    return all(one.verdict is not Verdict.OPEN for one in attempts)


def _open(family: int, kind: int, protocol: int = 0) -> str:
    with socket.socket(family, kind, protocol) as opened:
        if sys.platform == "darwin" and family == socket.AF_INET:
            # The App Sandbox lets a socket be made and refuses its use. To connect to this
            # computer itself sends nothing to any other. Untested.
            opened.connect(_DISCARD)
    return "the socket opened"


def _resolve() -> str:
    try:
        socket.getaddrinfo("name.invalid", 443)
    except socket.gaierror:
        pass
    else:
        return "a name was resolved"
    # The C library does not say why: the socket that its resolver needs is asked for as well.
    try:
        return _open(socket.AF_INET, socket.SOCK_DGRAM)
    except PermissionError:
        services = [path for path in _NAME_SERVICES if Path(path).exists()]
        if services:
            raise KeptOffline(
                f"no socket; {services[0]} would look names up, and is not asked"
            ) from None
        raise


def _open_in_child() -> str:
    return _open(socket.AF_INET, socket.SOCK_DGRAM)


def _io_uring() -> str:
    libc = ctypes.CDLL(None, use_errno=True)
    ring = libc.syscall(_IO_URING_SETUP, 1, ctypes.create_string_buffer(120))
    if ring >= 0:
        os.close(ring)
        return "a ring was set up"
    raise OSError(ctypes.get_errno(), "io_uring_setup refused on " + platform.machine())
