"""The wall between this program and the network.

Import nothing here but the smallest parts of the standard library: this module runs before all
others. On Linux a seccomp filter lets the kernel refuse every socket that is not AF_UNIX, for
Python, Rust, C++ and Qt alike, in this process and in all that it starts; it cannot be taken off
again. Elsewhere only the environment is cleaned, and `is_enforced()` says so.
"""

import ctypes
import errno
import os
import sys

_SETTINGS = {
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_DISABLE_IMPLICIT_TOKEN": "1",
    "HF_HUB_DISABLE_XET": "1",
    "HF_HUB_DISABLE_PROGRESS_BARS": "1",
    "DO_NOT_TRACK": "1",
    "AWS_EC2_METADATA_DISABLED": "true",
    "TOKENIZERS_PARALLELISM": "false",
    # A cache that cannot exist: nothing is found there and nothing can be left behind.
    "HF_HOME": os.devnull + "/huggingface",
}
_SECRETS = ("HF_TOKEN", "HUGGING_FACE_HUB_TOKEN", "LANCEDB_API_KEY", "OPENAI_API_KEY")
_SECRET_PREFIXES = ("AWS_ACCESS", "AWS_SECRET", "AWS_SESSION", "AZURE_", "GOOGLE_", "GCP_")

# Numbers of the kernel's interface: linux/seccomp.h, linux/audit.h, linux/filter.h, unistd.h.
_PR_SET_NO_NEW_PRIVS = 38
_PR_SET_DUMPABLE = 4
_SECCOMP_SET_MODE_FILTER = 1
_SECCOMP_FILTER_FLAG_TSYNC = 1
_RET_ALLOW = 0x7FFF0000
_RET_EPERM = 0x00050000 | errno.EPERM
_LOAD_WORD = 0x20
_JUMP_EQUAL = 0x15
_JUMP_GREATER_EQUAL = 0x35
_RETURN = 0x06
_OFFSET_NUMBER, _OFFSET_ARCHITECTURE, _OFFSET_FIRST_ARGUMENT = 0, 4, 16
_AF_UNIX = 1
_IO_URING_SETUP = 425
_X32_BIT = 0x40000000
# machine: (AUDIT_ARCH, socket, seccomp)
_MACHINES = {"x86_64": (0xC000003E, 41, 317), "aarch64": (0xC00000B7, 198, 277)}


class _Instruction(ctypes.Structure):
    _fields_ = (
        ("code", ctypes.c_uint16),
        ("if_true", ctypes.c_uint8),
        ("if_false", ctypes.c_uint8),
        ("value", ctypes.c_uint32),
    )


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_uint16), ("first", ctypes.POINTER(_Instruction)))


def activate() -> None:
    """Clean the environment, make new files private, refuse core dumps, shut the network.

    May be called again: a second filter like the first changes nothing. (Asking first whether one
    is there would itself open a socket.) Raises RuntimeError if the kernel refuses the filter.
    """
    prepare_process()
    for name in [name for name in os.environ if name.upper().endswith("_PROXY")]:
        del os.environ[name]
    if sys.platform == "linux" and os.uname().machine in _MACHINES:
        _install_filter()


def prepare_process() -> None:
    """All of `activate` but the network filter: for `models fetch` alone."""
    os.umask(0o077)
    _clean_environment()
    _refuse_core_dumps()


def is_enforced() -> bool:
    """True if the operating system refuses this process an internet socket, found by asking it."""
    import _socket

    try:
        _socket.socket(_socket.AF_INET, _socket.SOCK_DGRAM).close()
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


def _refuse_core_dumps() -> None:
    if sys.platform == "win32":
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (0, hard))
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def _install_filter() -> None:
    architecture, socket_number, seccomp_number = _MACHINES[os.uname().machine]
    program = _filter_program(architecture, socket_number)
    libc = ctypes.CDLL(None, use_errno=True)
    arguments = (_SECCOMP_SET_MODE_FILTER, _SECCOMP_FILTER_FLAG_TSYNC, ctypes.byref(program))
    if (
        libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0
        or libc.syscall(seccomp_number, *arguments) != 0
    ):
        reason = os.strerror(ctypes.get_errno())
        raise RuntimeError(f"The kernel did not take the network filter: {reason}.")


def _filter_program(architecture: int, socket_number: int) -> _Program:
    """Classic BPF over struct seccomp_data; a jump counts the instructions that it skips."""
    x32 = [_Instruction(_JUMP_GREATER_EQUAL, 5, 0, _X32_BIT)] if socket_number == 41 else []
    to_refuse = 6 + len(x32)
    code = [
        _Instruction(_LOAD_WORD, 0, 0, _OFFSET_ARCHITECTURE),
        _Instruction(_JUMP_EQUAL, 0, to_refuse, architecture),
        _Instruction(_LOAD_WORD, 0, 0, _OFFSET_NUMBER),
        *x32,
        _Instruction(_JUMP_EQUAL, 4, 0, _IO_URING_SETUP),
        _Instruction(_JUMP_EQUAL, 0, 2, socket_number),
        _Instruction(_LOAD_WORD, 0, 0, _OFFSET_FIRST_ARGUMENT),
        _Instruction(_JUMP_EQUAL, 0, 1, _AF_UNIX),
        _Instruction(_RETURN, 0, 0, _RET_ALLOW),
        _Instruction(_RETURN, 0, 0, _RET_EPERM),
    ]
    return _Program(len(code), (_Instruction * len(code))(*code))
