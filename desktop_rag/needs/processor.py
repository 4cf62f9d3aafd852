"""Whether the processor knows what the compiled libraries take for granted.

LanceDB 0.40 is built for x86-64-v3 and ends the process without a word where that is not there, so
it is asked before anything is loaded. Levels: x86-64 psABI, section 3.1.1. On 64-bit ARM all that
is needed (NEON) belongs to the architecture.
"""

import ctypes
import platform
import sys
from collections.abc import Callable
from pathlib import Path

from desktop_rag.needs.lack import Lack, Need

LEVEL = "x86-64-v3"
_INTEL = frozenset({"x86_64", "amd64"})
# As Linux names them; “abm” is LZCNT, “pni” SSE3, “cx16” CMPXCHG16B, “lahf_lm” LAHF-SAHF.
_V2 = ("pni", "ssse3", "sse4_1", "sse4_2", "popcnt", "cx16", "lahf_lm")
_V3 = ("avx", "avx2", "bmi1", "bmi2", "f16c", "fma", "abm", "movbe", "xsave")
_V4 = ("avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl")
_COMMON_NAMES = {"abm": "LZCNT", "pni": "SSE3", "sse4_1": "SSE4.1", "sse4_2": "SSE4.2"}
_PF_AVX2_INSTRUCTIONS_AVAILABLE = 40  # of Windows, winnt.h. Untested.

ReadText = Callable[[], str]


def read_cpuinfo() -> str:
    """What the kernel says of the processor; "" where it says nothing in this way."""
    try:
        return Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def level(cpuinfo: ReadText = read_cpuinfo, machine: str = platform.machine()) -> str:
    """The highest level of x86-64 that the processor has; its name elsewhere, "" if unknown."""
    if machine.lower() not in _INTEL:
        return machine
    flags = _flags(cpuinfo())
    if not flags:
        return ""
    wanted = {"x86-64-v4": _V2 + _V3 + _V4, LEVEL: _V2 + _V3, "x86-64-v2": _V2}
    return next((name for name, all_ in wanted.items() if flags >= {*all_}), "x86-64")


def lack_of_processor(
    cpuinfo: ReadText = read_cpuinfo, machine: str = platform.machine()
) -> list[Lack]:
    """Nothing where the processor suffices or cannot be asked."""
    if machine.lower() not in _INTEL:
        return []
    missing = _missing(cpuinfo())
    if not missing:
        return []
    names = ", ".join(_COMMON_NAMES.get(flag, flag.upper()) for flag in missing)
    return [Lack(Need.PROCESSOR, names, f"AVX2 ({LEVEL})")]


def _missing(cpuinfo: str) -> list[str]:
    if sys.platform == "win32":
        knows = ctypes.WinDLL("kernel32").IsProcessorFeaturePresent(_PF_AVX2_INSTRUCTIONS_AVAILABLE)
        return [] if knows else ["avx2"]
    if sys.platform == "darwin":  # untested
        answer, size = ctypes.c_int(1), ctypes.c_size_t(4)
        ask = ctypes.CDLL(None).sysctlbyname
        ask(b"hw.optional.avx2_0", ctypes.byref(answer), ctypes.byref(size), None, 0)
        return [] if answer.value else ["avx2"]
    flags = _flags(cpuinfo)
    return [flag for flag in _V2 + _V3 if flag not in flags] if flags else []


def _flags(cpuinfo: str) -> set[str]:
    """Of the first processor: all have the same."""
    lines = (line.partition(":") for line in cpuinfo.splitlines())
    return set(next((after for name, _, after in lines if name.strip() == "flags"), "").split())
