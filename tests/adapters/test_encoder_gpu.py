"""Whether torch may use a GPU, with trials that are fakes in real processes."""

from collections.abc import Callable, Generator
from pathlib import Path

import pytest
import torch

from desktop_rag.adapters import torch_trial
from desktop_rag.adapters.apart import Ending, Outcome, Reply, done_apart
from desktop_rag.adapters.encoder_gpu import EncoderFinding, EncoderGpu
from desktop_rag.adapters.gpu_notes import GpuNotes
from tests import failing_gpus
from tests.adapters.test_apart import is_alive, wait_for
from tests.support import finish


class Bench:
    """A GPU, what becomes of its trials, and how many there were."""

    def __init__(self, folder: Path, work: Callable[..., Reply], *arguments: object) -> None:
        self.trials = 0
        self.key = "driver 1"
        self._work, self._arguments = work, arguments
        self.notes = GpuNotes(folder / "gpu.json")
        self.gpu = EncoderGpu(self._trial, self.notes, lambda: self.key)

    def _trial(self) -> Generator[None, None, Outcome]:
        self.trials += 1
        return done_apart(self._work, *self._arguments, limit_s=5.0)

    def again(self) -> "Bench":
        """As after another start of the program."""
        self.gpu = EncoderGpu(self._trial, self.notes, lambda: self.key)
        return self

    def find(self) -> EncoderFinding | None:
        finish(self.gpu.waiting())
        return self.gpu.found


@pytest.mark.parametrize(
    ("work", "device", "words"),
    [
        (failing_gpus.has_a_gpu, "cuda", "cuda: Fake GPU"),
        (failing_gpus.has_amds, "cuda", "rocm: Fake Radeon"),
        (failing_gpus.has_no_gpu, "cpu", "cpu: no GPU was found"),
        (failing_gpus.talks_nonsense, "cpu", "cpu: no GPU was found"),
        (failing_gpus.hangs, "cpu", "cpu: the trial of the GPU did not end in time"),
        (failing_gpus.aborts, "cpu", "cpu: the graphics driver ended the trial"),
        (failing_gpus.runs_out_of_memory, "cpu", "cpu: the GPU has not enough free memory"),
    ],
    ids=lambda one: getattr(one, "__name__", ""),
)
def test_the_device_is_what_the_trial_has_shown(
    work: Callable[..., Reply], device: str, words: str, tmp_path: Path
) -> None:
    found = Bench(tmp_path, work).find()
    assert found is not None
    assert (found.device, found.words) == (device, words)


@pytest.mark.parametrize(
    ("work", "trials"), [(failing_gpus.segfaults, 1), (failing_gpus.raises, 2)]
)
def test_only_what_ended_its_process_is_not_tried_at_the_next_start(
    work: Callable[..., Reply], trials: int, tmp_path: Path
) -> None:
    bench = Bench(tmp_path, work)
    bench.find()
    bench.find()
    assert bench.trials == 1
    bench.again().find()
    assert bench.trials == trials


def test_a_driver_that_has_changed_is_tried(tmp_path: Path) -> None:
    bench = Bench(tmp_path, failing_gpus.segfaults)
    bench.find()
    bench.key = "driver 2"
    bench.again().find()
    assert bench.trials == 2


def test_a_trial_that_is_stopped_ends_and_teaches_nothing(tmp_path: Path) -> None:
    bench = Bench(tmp_path, failing_gpus.hangs_and_says_so, tmp_path / "pid")
    bench.gpu.begin()
    child = wait_for(tmp_path / "pid")
    bench.gpu.stop()
    assert not is_alive(child)
    assert bench.gpu.found is None
    bench.gpu.begin()
    assert bench.trials == 1


def test_where_torch_finds_no_gpu_it_says_so() -> None:
    if torch.cuda.is_available() or torch.backends.mps.is_available():
        pytest.skip("a GPU is here")
    for wanted in ("auto", "cuda", "mps"):
        outcome = finish(done_apart(torch_trial.try_torch, wanted, limit_s=120.0))
        assert outcome == Outcome(Ending.DONE, {"device": "cpu"})


def test_a_device_that_computes_other_numbers_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    """The processor stands in for the GPU."""
    monkeypatch.setattr(torch_trial, "_device", lambda wanted: torch.device("cpu"))
    monkeypatch.setattr(torch_trial, "_described", lambda device: {"name": "stand-in"})
    assert torch_trial.try_torch("auto")["name"] == "stand-in"
    attend = torch.nn.functional.scaled_dot_product_attention

    def wrong(query: torch.Tensor, *rest: torch.Tensor) -> torch.Tensor:
        result = attend(query, *rest)
        return result + 0.1 if query.dtype is torch.float16 else result

    monkeypatch.setattr(torch.nn.functional, "scaled_dot_product_attention", wrong)
    with pytest.raises(RuntimeError, match="other numbers"):
        torch_trial.try_torch("auto")
