"""Ctrl-C in the terminal, where a library lost the exception."""

import contextlib
import signal
from collections.abc import Generator

import pytest

from desktop_rag.cli.output import Output


def lost_on_the_way() -> Generator[int, None, None]:
    yield 1
    with contextlib.suppress(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)
    yield 2
    yield 3


def test_an_interrupt_that_a_library_lost_is_heeded_at_the_next_step() -> None:
    seen: list[int] = []
    before = signal.getsignal(signal.SIGINT)

    def describe(step: int) -> tuple[str, float, float]:
        seen.append(step)
        return "", step, 3

    with pytest.raises(KeyboardInterrupt):
        Output(as_json=True).follow(lost_on_the_way(), describe)
    assert seen == [1]
    assert signal.getsignal(signal.SIGINT) == before
