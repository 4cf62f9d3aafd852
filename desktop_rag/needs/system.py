"""Whether the system is one that the compiled libraries run on: 64 bits, a C library new enough."""

import os
import re
import struct
import sys

from desktop_rag.needs.lack import Lack, Need

# The newest that a wheel of constraints.txt asks for (PySide6 6.11, cryptography 50).
GLIBC = (2, 34)


def lacks_of_system(bits: int = 8 * struct.calcsize("P"), library: str | None = None) -> list[Lack]:
    """`library`: the C library as it names itself (“glibc 2.36”); else it is asked."""
    if bits < 64:
        return [Lack(Need.BITS, str(bits), "64")]
    found = re.fullmatch(r"glibc (\d+)\.(\d+).*", _c_library() if library is None else library)
    if found is None:
        return []
    had = int(found[1]), int(found[2])
    if had >= GLIBC:
        return []
    return [Lack(Need.SYSTEM, f"glibc {had[0]}.{had[1]}", f"{GLIBC[0]}.{GLIBC[1]}")]


def _c_library() -> str:
    """As the C library names itself; "" where it does not."""
    if sys.platform != "linux":
        return ""
    try:
        return os.confstr("CS_GNU_LIBC_VERSION") or ""
    except (OSError, ValueError):  # another C library
        return ""
