"""Classic BPF over `struct seccomp_data`, and handing such a program to the kernel (Linux).

Import nothing here but the smallest parts of the standard library: the guard needs it first.
"""

import ctypes
import errno
import os
import sys

# Numbers of the kernel's interface: linux/seccomp.h, linux/filter.h, linux/prctl.h.
_PR_SET_NO_NEW_PRIVS = 38
_SECCOMP_SET_MODE_FILTER = 1
_SECCOMP_FILTER_FLAG_TSYNC = 1
_SECCOMP_NUMBERS = {"x86_64": 317, "aarch64": 277}

RET_ALLOW = 0x7FFF0000
RET_EPERM = 0x00050000 | errno.EPERM
RET_ENOSYS = 0x00050000 | errno.ENOSYS
LOAD_WORD = 0x20
JUMP_EQUAL = 0x15
JUMP_GREATER_EQUAL = 0x35
JUMP_ANY_BIT = 0x45
RETURN = 0x06
OFFSET_NUMBER, OFFSET_ARCHITECTURE, OFFSET_FIRST_ARGUMENT = 0, 4, 16
ARGUMENT_BYTES = 8


class Instruction(ctypes.Structure):
    """One step; a jump counts the instructions that it skips."""

    _fields_ = (
        ("code", ctypes.c_uint16),
        ("if_true", ctypes.c_uint8),
        ("if_false", ctypes.c_uint8),
        ("value", ctypes.c_uint32),
    )


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_uint16), ("first", ctypes.POINTER(Instruction)))


def machine() -> str:
    """The name of the machine if its calls are known here ("x86_64"), else ""."""
    if sys.platform != "linux":
        return ""
    name = os.uname().machine
    return name if name in _SECCOMP_NUMBERS else ""


def install(code: list[Instruction]) -> None:
    """Put a filter on this process, all its threads and all that they start, for good.

    Raises RuntimeError if the kernel refuses it.
    """
    program = _Program(len(code), (Instruction * len(code))(*code))
    libc = ctypes.CDLL(None, use_errno=True)
    arguments = (_SECCOMP_SET_MODE_FILTER, _SECCOMP_FILTER_FLAG_TSYNC, ctypes.byref(program))
    if (
        libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0
        or libc.syscall(_SECCOMP_NUMBERS[machine()], *arguments) != 0
    ):
        reason = os.strerror(ctypes.get_errno())
        raise RuntimeError(f"The kernel did not take the filter: {reason}.")
