"""What crosses between the window and the engine process: requests by number, frozen values."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Request:
    """Call `method` of the engine. `number` marks every reply to it."""

    number: int
    method: str
    arguments: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Cancel:
    """Stop the request of this number."""

    number: int


@dataclass(frozen=True, slots=True)
class Pause:
    """Let the request of this number wait at its next step."""

    number: int


@dataclass(frozen=True, slots=True)
class Resume:
    """Let the request of this number go on."""

    number: int


@dataclass(frozen=True, slots=True)
class Quit:
    """End the engine process."""


@dataclass(frozen=True, slots=True)
class Progress:
    """A value that the request yielded."""

    number: int
    value: Any


@dataclass(frozen=True, slots=True)
class Finished:
    """The request is done; `value` is its result."""

    number: int
    value: Any


@dataclass(frozen=True, slots=True)
class Cancelled:
    """The request was stopped, as asked; what it had finished stays."""

    number: int


@dataclass(frozen=True, slots=True)
class Failed:
    """The request failed. Number 0: at the start.

    `details` is "" for an error that is no bug; `kind` is the name of its class then.
    """

    number: int
    message: str
    hint: str
    details: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class EngineDied:
    """The engine process ended by itself; the requests named have no other reply to come."""

    numbers: tuple[int, ...]
    restarted: bool


Reply = Progress | Finished | Cancelled | Failed | EngineDied
