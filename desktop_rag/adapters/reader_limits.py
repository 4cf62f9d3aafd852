"""What the reader process may use of the machine, and how each system is made to see to it.

Linux: limits of the process itself (`limit_this_process`), which the kernel enforces. Windows and
macOS: the parent watches (`watched`); untested, for want of such machines.
"""

import ctypes
import os
import signal
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass

_MOST_OPEN_FILES = 256
_LOOK_AFTER_S = 0.5


@dataclass(frozen=True, slots=True)
class ReaderLimits:
    """What the reader may use. The page time-out is long because OCR takes seconds.

    Attributes:
        document_timeout_s, document_page_s: a whole document may take the first and the second
            times its pages, `most_document_s` at the most: only waiting for the reader counts.
        cpu_s: seconds of processor for the opening of a file and for each page. It is more than
            two cores can spend within the page time-out: it ends a reader whose parent is gone.
        look_timeout_s: for drawing a page that was read, to see whether its text is visible.
        files: so many are read before another reader takes over: what leaks stays small.
    """

    open_timeout_s: float = 60.0
    page_timeout_s: float = 60.0
    look_timeout_s: float = 10.0
    document_timeout_s: float = 60.0
    document_page_s: float = 20.0
    most_document_s: float = 8 * 3600.0
    memory_bytes: int = 4 << 30
    cpu_s: int = 180
    files: int = 200

    def document_s(self, pages: int) -> float:
        """Seconds that a document of so many pages may take."""
        return min(self.document_timeout_s + self.document_page_s * pages, self.most_document_s)


def limit_this_process(limits: ReaderLimits) -> None:
    """Memory, open files, and no byte written to any file (POSIX)."""
    if sys.platform == "win32":
        return
    import resource

    if sys.platform == "linux":  # macOS takes this limit and does not heed it
        resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # it has no file to write
    resource.setrlimit(resource.RLIMIT_NOFILE, (_MOST_OPEN_FILES, _MOST_OPEN_FILES))


def allow_cpu(seconds: int) -> None:
    """Give this process so much processor time from now on; when it is spent SIGXCPU kills it."""
    if sys.platform == "win32":
        return
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + 1 + seconds
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    if hard != resource.RLIM_INFINITY:
        soft = min(soft, hard)
    resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


def watched(process_id: int, limits: ReaderLimits) -> Callable[[], None]:
    """Hold a reader of Windows or macOS to its memory; what is returned ends the watch."""
    if sys.platform == "win32":
        return _in_job(process_id, limits.memory_bytes)
    if sys.platform == "darwin":
        return _under_watch(process_id, limits.memory_bytes)
    return lambda: None


def _under_watch(process_id: int, memory_bytes: int) -> Callable[[], None]:
    """Look twice a second at the memory of a process of macOS, and kill it if that is too much.

    Untested.
    """
    over = threading.Event()

    def look() -> None:
        while not over.wait(_LOOK_AFTER_S):
            if _resident_bytes(process_id) > memory_bytes:
                os.kill(process_id, signal.SIGKILL)
                return

    threading.Thread(target=look, name="reader-memory", daemon=True).start()
    return over.set


def _resident_bytes(process_id: int) -> int:
    """From `proc_pidinfo` of macOS: the second number of `struct proc_taskinfo`; 0 if none."""
    task_info, numbers = 4, (ctypes.c_uint64 * 12)()
    libc = ctypes.CDLL(None)
    size = ctypes.sizeof(numbers)
    if libc.proc_pidinfo(process_id, task_info, ctypes.c_uint64(0), numbers, size) <= 0:
        return 0
    return int(numbers[1])


class _JobLimits(ctypes.Structure):
    """JOBOBJECT_EXTENDED_LIMIT_INFORMATION of Windows."""

    _fields_ = (
        ("process_time", ctypes.c_int64),
        ("job_time", ctypes.c_int64),
        ("flags", ctypes.c_uint32),
        ("least_working_set", ctypes.c_size_t),
        ("most_working_set", ctypes.c_size_t),
        ("most_processes", ctypes.c_uint32),
        ("affinity", ctypes.c_size_t),
        ("priority", ctypes.c_uint32),
        ("scheduling", ctypes.c_uint32),
        ("io_counters", ctypes.c_uint64 * 6),
        ("process_memory", ctypes.c_size_t),
        ("job_memory", ctypes.c_size_t),
        ("peak_process_memory", ctypes.c_size_t),
        ("peak_job_memory", ctypes.c_size_t),
    )


def _in_job(process_id: int, memory_bytes: int) -> Callable[[], None]:
    """Put a process of Windows into a job: so much memory, no child, its end with its parent's.

    Untested.
    """
    if sys.platform != "win32":
        raise OSError("Jobs are a thing of Windows.")
    active_process, process_memory, kill_on_close = 0x8, 0x100, 0x2000
    extended_limits, set_quota_and_terminate = 9, 0x0100 | 0x0001
    kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    for function in (kernel.CreateJobObjectW, kernel.OpenProcess):
        function.restype = ctypes.c_void_p
    limits = _JobLimits(most_processes=1, process_memory=memory_bytes)
    limits.flags = active_process | process_memory | kill_on_close
    job = ctypes.c_void_p(kernel.CreateJobObjectW(None, None))
    kernel.SetInformationJobObject(
        job, extended_limits, ctypes.byref(limits), ctypes.sizeof(limits)
    )
    process = ctypes.c_void_p(kernel.OpenProcess(set_quota_and_terminate, False, process_id))
    kernel.AssignProcessToJobObject(job, process)
    kernel.CloseHandle(process)

    def leave() -> None:
        kernel.CloseHandle(job)

    return leave
