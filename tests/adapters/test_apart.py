"""Work that ends its process, hangs or fails does so apart, and it is told how it ended."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_rag.adapters.apart import Ending, Outcome, Reply, done_apart
from tests import failing_gpus
from tests.conftest import ROOT
from tests.support import finish

LONG_S = 60.0


def is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def wait_for(file: Path) -> int:
    """The number in a file that another process is about to write."""
    end = time.monotonic() + LONG_S
    while not file.exists():
        assert time.monotonic() < end
        time.sleep(0.05)
    return int(file.read_text(encoding="utf-8"))


@pytest.mark.parametrize("work", [failing_gpus.segfaults, failing_gpus.aborts])
def test_a_process_that_ends_takes_nobody_with_it(work: Callable[..., Reply]) -> None:
    assert finish(done_apart(work, limit_s=LONG_S)) == Outcome(Ending.DIED, {})


def test_a_process_that_hangs_is_ended_in_time(tmp_path: Path) -> None:
    file = tmp_path / "pid"
    steps = done_apart(failing_gpus.hangs_and_says_so, file, limit_s=5.0)
    assert finish(steps) == Outcome(Ending.LATE, {})
    assert not is_alive(wait_for(file))


def test_a_process_is_ended_when_nobody_waits_any_more(tmp_path: Path) -> None:
    file = tmp_path / "pid"
    steps = done_apart(failing_gpus.hangs_and_says_so, file, limit_s=LONG_S)
    while not file.exists():
        next(steps)
    steps.close()
    assert not is_alive(wait_for(file))


def test_an_error_is_told_in_its_first_line() -> None:
    assert finish(done_apart(failing_gpus.raises, limit_s=LONG_S)) == Outcome(
        Ending.FAILED, {}, "CUDA error: unknown error"
    )


@pytest.mark.parametrize(
    "work", [failing_gpus.runs_out_of_memory, failing_gpus.is_killed_by_the_system]
)
def test_a_memory_that_is_full_is_told_apart(work: Callable[..., Reply]) -> None:
    assert finish(done_apart(work, limit_s=LONG_S)).ending is Ending.TOO_LARGE


def test_what_was_found_comes_back() -> None:
    outcome = finish(done_apart(failing_gpus.has_a_gpu, limit_s=LONG_S))
    assert outcome.ending is Ending.DONE
    assert outcome.untrusted_reply["name"] == "Fake GPU"


@pytest.mark.skipif(sys.platform != "linux", reason="the guard is asked as Linux has it")
def test_the_guard_is_in_force_in_it_too() -> None:
    outcome = finish(done_apart(failing_gpus.looks_at_its_guard, limit_s=LONG_S))
    assert outcome.untrusted_reply == {"is_shut": True, "looked_into": 0}


def test_what_a_driver_prints_is_not_heard_and_a_reply_without_end_is_none(
    capfd: pytest.CaptureFixture[str],
) -> None:
    outcome = finish(done_apart(failing_gpus.prints_and_says_too_much, limit_s=LONG_S))
    assert outcome.ending is Ending.DIED
    assert capfd.readouterr() == ("", "")


@pytest.mark.skipif(sys.platform != "linux", reason="processes are looked at in /proc")
def test_it_does_not_outlive_a_program_that_was_killed(tmp_path: Path) -> None:
    file, script = tmp_path / "pid", tmp_path / "program.py"
    script.write_text(
        "import sys\n"
        "from pathlib import Path\n"
        "from desktop_rag.adapters.apart import done_apart\n"
        "from tests import failing_gpus\n"
        "if __name__ == '__main__':\n"
        "    work = failing_gpus.hangs_and_says_so\n"
        "    for _ in done_apart(work, Path(sys.argv[1]), limit_s=600.0):\n"
        "        pass\n",
        encoding="utf-8",
    )
    program = subprocess.Popen(
        [sys.executable, str(script), str(file)], env=os.environ | {"PYTHONPATH": str(ROOT)}
    )
    child = wait_for(file)
    assert is_alive(child)
    program.kill()
    program.wait()
    end = time.monotonic() + LONG_S
    while is_alive(child):
        assert time.monotonic() < end
        time.sleep(0.05)
