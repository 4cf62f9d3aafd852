import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from desktop_rag.adapters.cores import Cores

SOON_S = 5.0
A_MOMENT_S = 0.05


class Counting:
    """Counts who computes at the same time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.now = self.most = 0

    def work(self, threads: int = 1) -> None:
        with self._lock:
            self.now += threads
            self.most = max(self.most, self.now)
        time.sleep(0.002)
        with self._lock:
            self.now -= threads


def in_thread(call: Callable[[], None]) -> threading.Thread:
    thread = threading.Thread(target=call, daemon=True)
    thread.start()
    return thread


def is_over(thread: threading.Thread, seconds: float = SOON_S) -> bool:
    thread.join(seconds)
    return not thread.is_alive()


def test_never_more_compute_than_there_are_cores() -> None:
    cores, counting = Cores(3), Counting()

    def one(number: int) -> None:
        if number % 5 == 0:
            with cores.all(urgent=number % 2 == 0):
                counting.work(threads=3)
        else:
            with cores.one(urgent=number % 2 == 0):
                counting.work()

    with ThreadPoolExecutor(12) as pool:
        list(pool.map(one, range(200)))
    assert counting.most == 3


def test_what_is_urgent_goes_before_what_waited_longer() -> None:
    cores, order = Cores(1), list[str]()

    def compute(name: str, urgent: bool) -> None:
        with cores.one(urgent=urgent):
            order.append(name)

    with cores.one(urgent=False):
        patient = in_thread(lambda: compute("patient", False))
        time.sleep(A_MOMENT_S)
        urgent = in_thread(lambda: compute("urgent", True))
        time.sleep(A_MOMENT_S)
    assert is_over(patient)
    assert is_over(urgent)
    assert order == ["urgent", "patient"]


def test_between_two_steps_of_an_answer_nothing_patient_begins() -> None:
    cores = Cores(2)
    done = threading.Event()

    def prepare() -> None:
        with cores.one(urgent=False):
            done.set()

    with cores.under_way():
        with cores.all(urgent=True):
            patient = in_thread(prepare)
            time.sleep(A_MOMENT_S)
        assert not done.wait(A_MOMENT_S)
        with cores.one(urgent=True):  # whoever is under way may go on
            assert not done.is_set()
    assert is_over(patient)
    assert done.is_set()


def test_patient_work_keeps_to_its_share_and_the_share_may_change() -> None:
    share = [1]
    cores, counting = Cores(4, lambda: share[0]), Counting()

    def prepare(_: int) -> None:
        with cores.one(urgent=False):
            counting.work()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(prepare, range(30)))
        assert counting.most == 1
        share[0] = 3
        list(pool.map(prepare, range(60)))
    assert counting.most == 3


def test_a_failure_gives_its_core_back() -> None:
    cores = Cores(1)
    for hold in (
        lambda: cores.one(urgent=True),
        lambda: cores.all(urgent=False),
        cores.under_way,
    ):
        with pytest.raises(ValueError, match="broken"), hold():
            raise ValueError("broken")

    def compute() -> None:
        with cores.one(urgent=False):
            pass

    assert is_over(in_thread(compute))


class RecordingGate:
    def __init__(self) -> None:
        self.calls: list[str] = []

    def close(self) -> None:
        self.calls.append("close")

    def open(self) -> None:
        self.calls.append("open")


def test_the_gate_is_closed_once_from_the_first_step_to_the_last() -> None:
    gate = RecordingGate()
    cores = Cores(2, gate=gate)
    with cores.under_way():
        for _ in range(3):
            with cores.all(urgent=True):
                assert gate.calls == ["close"]
        with cores.one(urgent=True), cores.one(urgent=True):
            pass
        assert gate.calls == ["close"]
    assert gate.calls == ["close", "open"]
    with cores.one(urgent=False):
        pass
    assert gate.calls == ["close", "open"] * 2
