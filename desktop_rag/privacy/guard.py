"""The wall between this program and the network.

Import nothing here but the smallest parts of the standard library: this module runs before all
others. On Linux a seccomp filter lets the kernel refuse every socket that is not AF_UNIX, for
Python, Rust, C++ and Qt alike, in this process and in all that it starts; it cannot be taken off
again. Elsewhere only the environment is cleaned, and `is_enforced()` says so.
"""

import ctypes
import os
import sys
from contextlib import suppress

from desktop_rag.privacy import bpf

_SETTINGS = {
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_DISABLE_IMPLICIT_TOKEN": "1",
    "HF_HUB_DISABLE_XET": "1",
    "HF_HUB_DISABLE_PROGRESS_BARS": "1",
    "DO_NOT_TRACK": "1",
    # ONNX Runtime's Linux builds, too, report to their maker, and leave an identifier in the
    # user's cache: github.com/microsoft/onnxruntime/pull/27379.
    "ORT_DISABLE_TELEMETRY": "1",
    "AWS_EC2_METADATA_DISABLED": "true",
    "TOKENIZERS_PARALLELISM": "false",
    # A cache that cannot exist: nothing is found there and nothing can be left behind.
    "HF_HOME": os.devnull + "/huggingface",
}
_SECRETS = ("HF_TOKEN", "HUGGING_FACE_HUB_TOKEN", "LANCEDB_API_KEY", "OPENAI_API_KEY")
_SECRET_PREFIXES = ("AWS_ACCESS", "AWS_SECRET", "AWS_SESSION", "AZURE_", "GOOGLE_", "GCP_")

# Numbers of the kernel's interface: linux/prctl.h, linux/audit.h, unistd.h.
_PR_SET_DUMPABLE = 4
_NO_MEMORY = b"0"  # of all kinds of memory, none goes into a dump: core(5)
# A limit of one byte: too little for a core file, and, unlike 0, heeded also by kernels that hand
# dumps to a program (fs/coredump.c).
_CORE_BYTES = 1
# Of Windows, winbase.h: no report to its maker, no box, when a process fails. Untested.
_NO_ERROR_BOXES = 0x0001 | 0x0002 | 0x8000
_PT_DENY_ATTACH = 31  # of macOS, sys/ptrace.h. Untested.
_AF_UNIX = 1
_IO_URING_SETUP = 425
_X32_BIT = 0x40000000
# machine: (AUDIT_ARCH, socket)
_MACHINES = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}


def activate() -> None:
    """Clean the environment, make new files private, refuse core dumps, shut the network.

    May be called again: a second filter like the first changes nothing. (Asking first whether one
    is there would itself open a socket.) Raises RuntimeError if the kernel refuses the filter.
    """
    prepare_process()
    for name in [name for name in os.environ if name.upper().endswith("_PROXY")]:
        del os.environ[name]
    _look_names_up_in_files_alone()
    if bpf.machine():
        bpf.install(_filter(*_MACHINES[bpf.machine()]))


def prepare_process() -> None:
    """All of `activate` but the network filter: for `models fetch` alone."""
    os.umask(0o077)
    _clean_environment()
    _refuse_core_dumps()


def is_enforced() -> bool:
    """True if the operating system refuses this process an internet socket, found by asking it."""
    import _socket

    try:
        opened = _socket.socket(_socket.AF_INET, _socket.SOCK_DGRAM)
        if sys.platform == "darwin":  # its sandbox refuses the use of a socket; untested
            opened.connect(("127.0.0.1", 9))
        opened.close()
    except PermissionError:
        return True
    except OSError:
        return False
    return False


def _clean_environment() -> None:
    os.environ.update(_SETTINGS)
    for name in list(os.environ):
        if name in _SECRETS or name.startswith(_SECRET_PREFIXES):
            del os.environ[name]


def _look_names_up_in_files_alone() -> None:
    """Ask no other program of this computer (systemd-resolved, nscd) to look up a name.

    They are asked through local sockets, which the filter lets through, and a name that they send
    to a server may say much. glibc alone; Linux's other C library asks servers itself.
    """
    if sys.platform == "linux":
        configure = getattr(ctypes.CDLL(None), "__nss_configure_lookup", None)
        if configure is not None:
            configure(b"hosts", b"files")


def _refuse_core_dumps() -> None:
    """No dump of this process, and no debugger on it by others of the same user.

    On Linux what is started inherits the limit and the choice of memory, but each process has to
    refuse debuggers by itself.
    """
    if sys.platform == "win32":
        ctypes.WinDLL("kernel32").SetErrorMode(_NO_ERROR_BOXES)
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_CORE)
    least = _CORE_BYTES if hard == resource.RLIM_INFINITY else min(_CORE_BYTES, hard)
    resource.setrlimit(resource.RLIMIT_CORE, (least, least))
    library = ctypes.CDLL(None, use_errno=True)
    if sys.platform == "linux":
        with suppress(OSError):  # a kernel without it, or this was done before
            choice = os.open("/proc/self/coredump_filter", os.O_WRONLY)
            os.write(choice, _NO_MEMORY)
            os.close(choice)
        library.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    if sys.platform == "darwin":
        library.ptrace(_PT_DENY_ATTACH, 0, 0, 0)


def _filter(architecture: int, socket_number: int) -> list[bpf.Instruction]:
    """What lets through every call of this machine but those that could reach the network."""
    step = bpf.Instruction
    x32 = [step(bpf.JUMP_GREATER_EQUAL, 5, 0, _X32_BIT)] if socket_number == 41 else []
    to_refuse = 6 + len(x32)
    return [
        step(bpf.LOAD_WORD, 0, 0, bpf.OFFSET_ARCHITECTURE),
        step(bpf.JUMP_EQUAL, 0, to_refuse, architecture),
        step(bpf.LOAD_WORD, 0, 0, bpf.OFFSET_NUMBER),
        *x32,
        step(bpf.JUMP_EQUAL, 4, 0, _IO_URING_SETUP),
        step(bpf.JUMP_EQUAL, 0, 2, socket_number),
        step(bpf.LOAD_WORD, 0, 0, bpf.OFFSET_FIRST_ARGUMENT),
        step(bpf.JUMP_EQUAL, 0, 1, _AF_UNIX),
        step(bpf.RETURN, 0, 0, bpf.RET_ALLOW),
        step(bpf.RETURN, 0, 0, bpf.RET_EPERM),
    ]
