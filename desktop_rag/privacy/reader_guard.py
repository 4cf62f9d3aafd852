"""A second wall, around the reader process: it may read files and talk to its parent, no more.

A program that a PDF has taken over can start no other program and no other process, write, delete
or rename no file, and touch no other process. Linux on x86-64 and ARM64 alone; it stands on the
guard's own filter, which refuses every other way of calling the kernel.
"""

import os
import sys

from desktop_rag.privacy import bpf

_CLONE_THREAD = 0x00010000
_WRITING = 0o1 | 0o2 | 0o100 | 0o1000  # O_WRONLY, O_RDWR, O_CREAT, O_TRUNC
_NONE = -1  # the machine has no such call

# Refused with EPERM: name: (x86_64, aarch64), from the kernel's unistd.h.
_REFUSED = {
    "execve": (59, 221), "execveat": (322, 281), "fork": (57, _NONE), "vfork": (58, _NONE),
    "kill": (62, 129), "tkill": (200, 130), "rt_sigqueueinfo": (129, 138),
    "rt_tgsigqueueinfo": (297, 240), "pidfd_send_signal": (424, 424), "pidfd_open": (434, 434),
    "pidfd_getfd": (438, 438), "ptrace": (101, 117), "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271), "process_madvise": (440, 440), "kcmp": (312, 272),
    "perf_event_open": (298, 241), "userfaultfd": (323, 282), "bpf": (321, 280),
    "mount": (165, 40), "umount2": (166, 39), "pivot_root": (155, 41), "chroot": (161, 51),
    "open_tree": (428, 428), "move_mount": (429, 429), "fsopen": (430, 430),
    "fsconfig": (431, 431), "fsmount": (432, 432), "fspick": (433, 433),
    "mount_setattr": (442, 442), "unshare": (272, 97), "setns": (308, 268),
    "kexec_load": (246, 104), "kexec_file_load": (320, 294), "init_module": (175, 105),
    "finit_module": (313, 273), "delete_module": (176, 106), "add_key": (248, 217),
    "request_key": (249, 218), "keyctl": (250, 219), "open_by_handle_at": (304, 265),
    "creat": (85, _NONE), "truncate": (76, 45), "unlink": (87, _NONE), "unlinkat": (263, 35),
    "rmdir": (84, _NONE), "mkdir": (83, _NONE), "mkdirat": (258, 34), "rename": (82, _NONE),
    "renameat": (264, 38), "renameat2": (316, 276), "link": (86, _NONE), "linkat": (265, 37),
    "symlink": (88, _NONE), "symlinkat": (266, 36), "mknod": (133, _NONE), "mknodat": (259, 33),
    "chmod": (90, _NONE), "fchmod": (91, 52), "fchmodat": (268, 53), "fchmodat2": (452, 452),
    "chown": (92, _NONE), "fchown": (93, 55), "lchown": (94, _NONE), "fchownat": (260, 54),
    "setxattr": (188, 5), "lsetxattr": (189, 6), "fsetxattr": (190, 7), "removexattr": (197, 14),
    "lremovexattr": (198, 15), "fremovexattr": (199, 16), "utimensat": (280, 88),
}  # fmt: skip
# Refused as unknown, so that the C library takes the older call, whose flags can be looked at.
_UNKNOWN = {"clone3": (435, 435), "openat2": (437, 437)}
_CLONE = (56, 220)
_TGKILL = (234, 131)
# Calls that open a file, and which of their arguments holds the flags.
_OPEN, _OPEN_FLAGS = (2, _NONE), 1
_OPENAT, _OPENAT_FLAGS = (257, 56), 2


def activate() -> None:
    """Shut this process in. Raises RuntimeError if the kernel refuses the filter."""
    sys.dont_write_bytecode = True
    if bpf.machine():
        bpf.install(_filter(("x86_64", "aarch64").index(bpf.machine()), os.getpid()))


def _filter(column: int, process_id: int) -> list[bpf.Instruction]:
    """Each call that is looked at has its own lines; all others are let through."""
    code = [bpf.Instruction(bpf.LOAD_WORD, 0, 0, bpf.OFFSET_NUMBER)]
    for numbers in _REFUSED.values():
        code += _refused(numbers[column], bpf.RET_EPERM)
    for numbers in _UNKNOWN.values():
        code += _refused(numbers[column], bpf.RET_ENOSYS)
    code += _allowed_if(_CLONE[column], 0, bpf.JUMP_ANY_BIT, _CLONE_THREAD)
    code += _allowed_if(_TGKILL[column], 0, bpf.JUMP_EQUAL, process_id)
    code += _allowed_unless(_OPEN[column], _OPEN_FLAGS, bpf.JUMP_ANY_BIT, _WRITING)
    code += _allowed_unless(_OPENAT[column], _OPENAT_FLAGS, bpf.JUMP_ANY_BIT, _WRITING)
    return [*code, bpf.Instruction(bpf.RETURN, 0, 0, bpf.RET_ALLOW)]


def _refused(number: int, verdict: int) -> list[bpf.Instruction]:
    if number == _NONE:
        return []
    return [
        bpf.Instruction(bpf.JUMP_EQUAL, 0, 1, number),
        bpf.Instruction(bpf.RETURN, 0, 0, verdict),
    ]


def _allowed_if(number: int, argument: int, test: int, value: int) -> list[bpf.Instruction]:
    return _by_argument(number, argument, test, value, (bpf.RET_ALLOW, bpf.RET_EPERM))


def _allowed_unless(number: int, argument: int, test: int, value: int) -> list[bpf.Instruction]:
    return _by_argument(number, argument, test, value, (bpf.RET_EPERM, bpf.RET_ALLOW))


def _by_argument(
    number: int, argument: int, test: int, value: int, verdicts: tuple[int, int]
) -> list[bpf.Instruction]:
    """The first verdict if the test of the argument's lower half holds, else the second."""
    if number == _NONE:
        return []
    place = bpf.OFFSET_FIRST_ARGUMENT + bpf.ARGUMENT_BYTES * argument
    return [
        bpf.Instruction(bpf.JUMP_EQUAL, 0, 4, number),
        bpf.Instruction(bpf.LOAD_WORD, 0, 0, place),
        bpf.Instruction(test, 0, 1, value),
        *(bpf.Instruction(bpf.RETURN, 0, 0, verdict) for verdict in verdicts),
    ]
