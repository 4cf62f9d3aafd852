"""What becomes of a process that tries a GPU, each named after the way in which the GPU fails.

They run in a process of their own, which imports them by name.
"""

import ctypes
import os
import signal
import socket
import time
from pathlib import Path

from desktop_rag.adapters.apart import Reply

_PR_GET_DUMPABLE = 3  # linux/prctl.h
_GPU = {"kind": "CUDA", "name": "Fake GPU", "free": 8 << 30, "total": 8 << 30}


def segfaults(*_: object) -> Reply:
    """A driver that touches memory that is not its own."""
    os.kill(os.getpid(), signal.SIGSEGV)
    return {}


def is_killed_by_the_system(*_: object) -> Reply:
    """As Linux does when all memory is used."""
    os.kill(os.getpid(), signal.SIGKILL)
    return {}


def aborts(*_: object) -> Reply:
    os.abort()


def hangs(*_: object) -> Reply:
    while True:
        time.sleep(60)


def hangs_and_says_so(file: Path) -> Reply:
    """Leaves its process id behind."""
    file.with_suffix(".making").write_text(str(os.getpid()))
    file.with_suffix(".making").rename(file)
    return hangs()


def raises(*_: object) -> Reply:
    raise RuntimeError("CUDA error: unknown error\nand where")


def runs_out_of_memory(*_: object) -> Reply:
    raise MemoryError


def has_no_gpu(*_: object) -> Reply:
    return {"device": "cpu"}


def has_a_gpu(*_: object) -> Reply:
    return {"device": "cuda", **_GPU}


def has_amds(*_: object) -> Reply:
    return {"device": "cuda", **_GPU, "kind": "ROCm", "name": "Fake Radeon"}


def talks_nonsense(*_: object) -> Reply:
    return {"device": "gpu9", "kind": 7, "name": None, "free": -1, "gpus": [[], {}], "layers": "a"}


def prints_and_says_too_much(*_: object) -> Reply:
    os.write(1, b"driver: hello\n")
    os.write(2, b"driver: warning\n")
    return {"much": "x" * 1_000_000}


def looks_at_its_guard(*_: object) -> Reply:
    """Whether it could open a socket to the network, and whether others may look into it.

    The first is inherited from whoever started it; the second each process does for itself.
    """
    looked_into = ctypes.CDLL(None).prctl(_PR_GET_DUMPABLE, 0, 0, 0, 0)
    try:
        socket.socket(socket.AF_INET, socket.SOCK_STREAM).close()
    except PermissionError:
        return {"is_shut": True, "looked_into": looked_into}
    return {"is_shut": False, "looked_into": looked_into}


def takes_layers(fitting: int, layers: int, all_layers: int, *_: object) -> Reply:
    """A trial of a language model that found so many layers to fit, and so many to work."""
    return {"gpus": [_GPU], "fitting": fitting, "layers": layers, "all_layers": all_layers}
