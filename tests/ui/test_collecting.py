"""Garbage of the window is collected in its own thread, whichever thread makes objects."""

import gc
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from desktop_rag.ui.collecting import Collector


class Knot:
    """Refers to itself, so that only the collector ends it; says where it was ended."""

    ended_in: set[int] = set()  # noqa: RUF012 - of all of them

    def __init__(self) -> None:
        self.itself = self

    def __del__(self) -> None:
        Knot.ended_in.add(threading.get_ident())


@pytest.fixture
def collector(qapp: QApplication) -> Iterator[Collector]:
    parent = QObject()
    gc.collect()
    Knot.ended_in.clear()
    yield Collector(parent)
    gc.enable()


def tie_and_drop() -> None:
    for _ in range(5_000):
        Knot()


def make_many() -> None:
    thread = threading.Thread(target=tie_and_drop)
    thread.start()
    thread.join()


def test_another_thread_ends_nothing(collector: Collector) -> None:
    make_many()
    assert Knot.ended_in == set()
    collector.look()
    assert Knot.ended_in == {threading.get_ident()}


def test_without_it_the_other_thread_would(qapp: QApplication) -> None:
    Knot.ended_in.clear()
    make_many()
    assert Knot.ended_in - {threading.get_ident()}
