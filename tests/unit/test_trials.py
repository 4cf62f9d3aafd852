"""What a trial is judged by: the kernel's word, and nothing else."""

import errno
import os
import sys
import time
from collections.abc import Callable

import pytest

from desktop_rag.adapters.network_trials import TRIALS
from desktop_rag.privacy import guard
from desktop_rag.privacy.trials import (
    KeptOffline,
    Trial,
    Verdict,
    attempt,
    attempt_in_children,
)
from desktop_rag.ui.socket_trial import TRIAL

linux = pytest.mark.skipif(sys.platform != "linux", reason="the kernel's filter is Linux's")


def failing(error: Exception, cause: Exception | None = None) -> Callable[[], str]:
    def action() -> str:
        raise error from cause

    return action


REFUSED = PermissionError(errno.EPERM, "Operation not permitted")
KNOWN = [
    (REFUSED, None, Verdict.BLOCKED),
    (RuntimeError("it failed"), REFUSED, Verdict.BLOCKED),
    (RuntimeError("tcp open error: Operation not permitted (os error 1)"), None, Verdict.BLOCKED),
    (PermissionError(errno.EACCES, "a folder"), None, Verdict.NOT_TRIED),
    (KeptOffline("switched off"), REFUSED, Verdict.BEST_EFFORT),
    (ConnectionRefusedError(errno.ECONNREFUSED, "refused"), None, Verdict.OPEN),
    (RuntimeError("Connection refused (os error 111)"), None, Verdict.OPEN),
    (TimeoutError("nobody"), None, Verdict.OPEN),
    (OSError(errno.EAFNOSUPPORT, "no IPv6"), None, Verdict.NOT_TRIED),
    (ModuleNotFoundError("no such library"), None, Verdict.NOT_TRIED),
]


@linux
@pytest.mark.parametrize(("error", "cause", "verdict"), KNOWN)
def test_only_the_kernels_refusal_counts_as_the_operating_system(
    error: Exception, cause: Exception | None, verdict: Verdict
) -> None:
    assert attempt("it", failing(error, cause)).verdict is verdict


def test_a_refusal_without_the_wall_is_not_the_walls(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "is_enforced", lambda: False)
    assert attempt("raw socket", failing(REFUSED)).verdict is Verdict.BEST_EFFORT


def test_a_way_that_opens_is_said_to_be_open() -> None:
    made = attempt("it", lambda: "the socket opened")
    assert (made.verdict, made.detail) == (Verdict.OPEN, "the socket opened")


def hang() -> str:
    time.sleep(600)
    return "never"


def die() -> str:
    os._exit(3)


def test_a_trial_that_hangs_or_dies_is_not_tried_and_keeps_nobody_waiting() -> None:
    made = attempt_in_children([Trial("hangs", hang), Trial("dies", die)], time_limit_s=2.0)
    assert [one.verdict for one in made] == [Verdict.NOT_TRIED, Verdict.NOT_TRIED]
    assert made[0].detail == "it did not come to an end in time"
    assert made[1].detail == "its process ended by itself"


@linux
def test_the_engines_own_ways_out_reach_the_wall_and_are_refused_by_it() -> None:
    """With their switches off: it is the kernel that stops them, not a setting."""
    made = attempt_in_children([TRIAL, *TRIALS], time_limit_s=60.0)
    assert {one.name for one in made} == {"Qt's socket", "LanceDB in a cloud", "model download"}
    assert {(one.verdict, one.detail) for one in made} == {
        (Verdict.BLOCKED, "Operation not permitted")
    }
