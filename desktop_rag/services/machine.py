"""What the machine offers: cores, CPU features, a GPU's driver, free memory."""

import os
import platform
import sys
from contextlib import suppress
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


def gpu_hints(root: Path = Path("/")) -> frozenset[str]:
    """Whose GPU may be here: “nvidia”, “rocm” (AMD's way to compute), “vulkan”, “apple”.

    Looked for are traces that cost nothing to see and wake no driver; below `root`, the system's.
    macOS and Windows are untested.
    """
    if sys.platform == "darwin":
        return frozenset({"apple"}) if platform.machine() == "arm64" else frozenset()
    if sys.platform == "win32":
        libraries = Path(os.environ.get("SYSTEMROOT", "C:\\Windows")) / "System32"
        seen = {"nvidia": [libraries / "nvcuda.dll"], "vulkan": [libraries / "vulkan-1.dll"]}
    else:
        nvidia = [root / "proc/driver/nvidia/version", root / "dev/nvidiactl", root / "dev/dxg"]
        render = [*(root / "dev/dri").glob("renderD*")]
        seen = {"nvidia": nvidia, "rocm": [root / "dev/kfd"], "vulkan": [*render, *nvidia]}
    return frozenset(name for name, traces in seen.items() if any(map(_is_there, traces)))


def gpu_is_likely() -> bool:
    """Whether it is worth the seconds that importing torch takes to look for a GPU."""
    return bool(gpu_hints() & {"nvidia", "rocm", "apple"})


def driver_versions(root: Path = Path("/")) -> str:
    """What changes when the drivers of GPUs do; no driver is asked for it."""
    said = [platform.release(), platform.version()]
    with suppress(OSError):
        said.append((root / "proc/driver/nvidia/version").read_text(encoding="utf-8"))
    libraries = Path(os.environ.get("SYSTEMROOT", root)) / "System32"
    drivers = [libraries / "nvcuda.dll", libraries / "vulkan-1.dll"]
    for folder in ("usr/share/vulkan/icd.d", "etc/vulkan/icd.d", "usr/lib/x86_64-linux-gnu/dri"):
        with suppress(OSError):
            drivers += sorted((root / folder).iterdir())
    for file in drivers:
        with suppress(OSError):
            status = file.stat()
            said.append(f"{file.name} {status.st_size} {status.st_mtime_ns}")
    return "\n".join(said)


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


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False
