"""What a process that tried a GPU says of it, checked before it is used."""

from collections.abc import Mapping
from typing import Any

from desktop_rag.adapters.untrusted_replies import checked_words
from desktop_rag.domain import Gpu

_MOST_NAME = 100
_MOST_BYTES = 1 << 50
MOST_GPUS = 16


def gpu_of(untrusted: Mapping[str, Any]) -> Gpu | None:
    """The GPU that a reply describes; None if it describes none."""
    kind, name = (checked_words(untrusted.get(key)) for key in ("kind", "name"))
    free, total = (count_of(untrusted.get(key)) for key in ("free", "total"))
    if not kind or not name or free is None or total is None:
        return None
    shared = untrusted.get("shared") is True
    return Gpu(name[:_MOST_NAME], kind[:_MOST_NAME], free, total, shared)


def gpus_of(untrusted: object) -> tuple[Gpu, ...]:
    """Those of a list that can be read."""
    if not isinstance(untrusted, list):
        return ()
    found = (gpu_of(one) for one in untrusted[:MOST_GPUS] if isinstance(one, dict))
    return tuple(one for one in found if one is not None)


def count_of(untrusted: object) -> int | None:
    """A whole number that can count bytes or layers; None if it is none."""
    if isinstance(untrusted, int) and 0 <= untrusted <= _MOST_BYTES:
        return int(untrusted)
    return None
