"""An engine that is ended while it is started does not go on with the key that it was given."""

import multiprocessing
from typing import Any

import pytest

from desktop_rag.engine.client import EngineClient


def never(*_: object) -> Any:
    raise AssertionError("nobody asks it")


@pytest.mark.parametrize("end", ["end", "close"])
def test_an_engine_that_is_ended_while_it_starts_is_gone(
    end: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    process = multiprocessing.get_context("spawn").Process
    start, started = process.start, list[Any]()

    def start_and_end(one: Any) -> None:
        start(one)
        started.append(one)
        getattr(client, end)()

    monkeypatch.setattr(process, "start", start_and_end)
    client = EngineClient(never, never)
    client.start()
    assert len(started) == 1
    assert not started[0].is_alive()
    assert client.pid is None
