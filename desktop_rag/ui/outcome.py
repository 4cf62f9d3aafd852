"""How an order to read ended."""

from dataclasses import dataclass

from desktop_rag.domain import AddedFile, Vanished


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an order ended.

    Attributes:
        fine: files that can be asked now; `known` of them were in the library before.
        refused: files of which nothing could be kept.
        asked_for: whether the reader wanted it; a look into watched folders comes by itself.
        collection: where they were to go; "" if the order named none.
        vanished: what is gone from watched folders.
    """

    fine: int
    known: int
    troubled: int
    refused: tuple[AddedFile, ...]
    stopped: bool
    asked_for: bool
    collection: str
    vanished: tuple[Vanished, ...] = ()
