"""What the machine offers: cores, CPU features, a GPU's driver, free memory."""

import os
import sys
from pathlib import Path

_FEATURES = ("avx2", "avx512_vnni", "avx_vnni", "amx_int8", "asimddp")


def physical_cores() -> int:
    """Cores that this process may use; hyper-threads are not counted where they can be told."""
    allowed = sorted(os.sched_getaffinity(0)) if sys.platform == "linux" else []
    siblings = {_siblings(core) for core in allowed}
    return len(siblings) or os.cpu_count() or 1


def cpu_features() -> list[str]:
    """Those instruction sets of the CPU that the models profit from; empty if unknown."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return []
    listed = (line for line in lines if line.startswith(("flags", "Features")))
    known = {word for line in listed for word in line.split()}
    return [feature for feature in _FEATURES if feature in known]


def gpu_is_likely() -> bool:
    """Whether it is worth the seconds that importing torch takes to look for a GPU."""
    if sys.platform in ("darwin", "win32"):
        return True
    return Path("/proc/driver/nvidia/version").exists()


def free_memory() -> int | None:
    """Bytes that programs can still have without swapping; None where the system does not say."""
    try:
        lines = Path("/proc/meminfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return None
    available = (line.split()[1] for line in lines if line.startswith("MemAvailable:"))
    kibibytes = next(available, None)
    return None if kibibytes is None else 1024 * int(kibibytes)


def _siblings(core: int) -> str:
    file = Path(f"/sys/devices/system/cpu/cpu{core}/topology/thread_siblings_list")
    try:
        return file.read_text()
    except OSError:
        return str(core)
