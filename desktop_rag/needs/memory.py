"""Whether the memory suffices for reading and answering with the models of the program."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from desktop_rag.needs.lack import Lack, Need, size_words

# Peaks of all processes together, in proportional shares, with the models of the program: `add` of
# the samples 803 MiB, `ask` 638 MiB; the window's process takes some 150 MiB more. Below the first
# number nothing works, below the second the system has to swap.
LEAST_BYTES = 900 << 20
GOOD_BYTES = 3_500_000_000  # a computer that is sold with 4 GB
GOOD_FREE_BYTES = 1_000_000_000
# `ask` fails to load its models at 1,953 MiB, and works at 2,441 MiB.
ADDRESS_SPACE_BYTES = 2_400 << 20
_MEMINFO = Path("/proc/meminfo")
_CGROUPS = Path("/sys/fs/cgroup")

ReadText = Callable[[Path], str]


def read_text(file: Path) -> str:
    """What a file of the kernel's says; "" if it is not there."""
    try:
        return file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def total_memory(read: ReadText = read_text) -> int | None:
    """Bytes that this process may have: of the machine, or of its group if that has less.

    None where the system does not say (Windows and macOS are not asked).
    """
    amounts = [*_of_machine(read(_MEMINFO), "MemTotal"), *_of_groups(read)]
    return min(amounts, default=None)


def lacks_of_memory(read: ReadText = read_text, address_space: int | None = None) -> list[Lack]:
    """At most one. `address_space`: bytes that this process may map; else it is asked."""
    most = _address_space() if address_space is None else address_space
    if most is not None and most < ADDRESS_SPACE_BYTES:
        return [Lack(Need.ADDRESS_SPACE, size_words(most), size_words(ADDRESS_SPACE_BYTES))]
    total = total_memory(read)
    if total is None:
        return []
    if total < LEAST_BYTES:
        return [Lack(Need.MEMORY, size_words(total), size_words(LEAST_BYTES))]
    free = min([total, *_of_machine(read(_MEMINFO), "MemAvailable")])
    if total < GOOD_BYTES and free < GOOD_FREE_BYTES:
        return [Lack(Need.LITTLE_MEMORY, size_words(free), size_words(GOOD_FREE_BYTES))]
    return []


def _of_machine(meminfo: str, name: str) -> list[int]:
    lines = (line.split() for line in meminfo.splitlines() if line.startswith(f"{name}:"))
    return [1024 * int(words[1]) for words in lines if words[1:] and words[1].isdecimal()]


def _of_groups(read: ReadText) -> Iterator[int]:
    """The limits of the control groups that this process is in, of both versions (man cgroups)."""
    for line in read(Path("/proc/self/cgroup")).splitlines():
        _, controllers, place = [*line.split(":", 2), "", ""][:3]
        if controllers not in ("", "memory"):
            continue
        root = _CGROUPS / controllers
        file = "memory.limit_in_bytes" if controllers else "memory.max"
        group = root / place.lstrip("/")
        for folder in (group, *group.parents):
            text = read(folder / file).strip()
            if text.isdecimal():
                yield int(text)
            if folder == root:
                break


def _address_space() -> int | None:
    if sys.platform == "win32":
        return None
    import resource

    most, _ = resource.getrlimit(resource.RLIMIT_AS)
    return None if most == resource.RLIM_INFINITY else most
