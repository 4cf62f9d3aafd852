import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from desktop_rag.adapters.isolated_reader import IsolatedPageReader
from desktop_rag.adapters.reader_gate import GateInReader, ReaderGate
from desktop_rag.adapters.reader_limits import ReaderLimits
from desktop_rag.adapters.reader_link import ReaderLink
from desktop_rag.domain import PageMethod
from tests.support import make_scan

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="there is no gate elsewhere")
STEP_S = 0.02
SPAWN = multiprocessing.get_context("spawn")


def pass_again_and_again(pipe: Connection, gate: GateInReader) -> None:
    """Tells when each run ended, on the clock that both processes share."""
    while True:
        with gate.passing():
            time.sleep(STEP_S)
            pipe.send(time.monotonic())


def start_in_between(pipe: Connection, gate: GateInReader) -> None:
    """A process that starts another, tells its number, and waits to be killed."""
    ours, theirs = SPAWN.Pipe()
    child = SPAWN.Process(target=pass_again_and_again, args=(theirs, gate))
    child.start()
    ours.recv()
    pipe.send(child.pid)
    time.sleep(60)


@pytest.fixture
def gate() -> ReaderGate:
    return ReaderGate()


@pytest.fixture
def passer(gate: ReaderGate) -> Iterator[tuple[BaseProcess, Connection]]:
    ours, theirs = SPAWN.Pipe()
    process = SPAWN.Process(target=pass_again_and_again, args=(theirs, gate.for_reader()))
    process.start()
    ours.recv()
    yield process, ours
    process.kill()
    process.join()


def ends(pipe: Connection) -> list[float]:
    """All that was told so far."""
    found = []
    while pipe.poll(0):
        found.append(pipe.recv())
    return found


def test_nothing_runs_in_the_reader_while_the_gate_is_closed(
    gate: ReaderGate, passer: tuple[BaseProcess, Connection]
) -> None:
    _, pipe = passer
    for _ in range(20):
        gate.close()
        closed = time.monotonic()
        time.sleep(4 * STEP_S)
        opened = time.monotonic()
        gate.open()
        while pipe.recv() < opened:
            pass
        told = ends(pipe)
        assert not [end for end in told if closed < end < opened]
    assert gate.shut_s() == pytest.approx(20 * 4 * STEP_S, rel=0.8)


def test_a_reader_that_says_it_runs_for_ever_holds_nobody_up_for_long(
    gate: ReaderGate, passer: tuple[BaseProcess, Connection]
) -> None:
    process, pipe = passer
    gate.open()
    os.kill(process.pid or 0, signal.SIGSTOP)  # in the middle of a run, or nearly always so
    began = time.monotonic()
    gate.close()
    assert time.monotonic() - began < 5
    gate.open()
    process.kill()
    process.join()
    gate.reader_ended()
    began = time.monotonic()
    gate.close()
    assert time.monotonic() - began < 0.5
    assert ends(pipe) is not None


def test_a_reader_whose_engine_is_gone_does_not_wait_for_ever(gate: ReaderGate) -> None:
    ours, theirs = SPAWN.Pipe()
    between = SPAWN.Process(target=start_in_between, args=(theirs, gate.for_reader()))
    between.start()
    number = ours.recv()
    gate.close()
    between.kill()
    between.join()
    deadline = time.monotonic() + 20
    while Path(f"/proc/{number}").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not Path(f"/proc/{number}").exists()


def test_time_at_the_gate_is_not_the_readers(
    gate: ReaderGate, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours, theirs = SPAWN.Pipe()
    link = ReaderLink(lambda: 1, ReaderLimits(), gate)
    monkeypatch.setattr(link, "_pipe", ours)
    gate.close()

    def reply_late() -> None:
        time.sleep(1.5)
        gate.open()
        theirs.send_bytes(b"{}")

    threading.Thread(target=reply_late, daemon=True).start()
    assert link.receive(Path("a.pdf"), timeout_s=1.0) == {}


def test_a_scan_is_read_while_the_gate_opens_and_closes(gate: ReaderGate, tmp_path: Path) -> None:
    scan = tmp_path / "scan.pdf"
    make_scan(scan, "The tenant pays the rent in advance.")
    reader = IsolatedPageReader(1, gate=gate)
    over = threading.Event()

    def open_and_close() -> None:
        while not over.wait(0.05):
            gate.close()
            time.sleep(0.02)
            gate.open()

    changing = threading.Thread(target=open_and_close, daemon=True)
    changing.start()
    try:
        steps = reader.read(scan, passwords=(), ocr=True)
        while True:
            next(steps)
    except StopIteration as end:
        page = end.value.pages[0]
    finally:
        over.set()
        changing.join()
        reader.stop()
    assert page.method is PageMethod.OCR
    assert "tenant" in page.text
