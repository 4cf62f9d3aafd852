"""A language model whose GPU fails in between: once with fewer layers, and never a crash."""

from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest

from desktop_rag.adapters.offloaded_model import OffloadedModel
from desktop_rag.domain import GivenPrompt, ModelSettings, PromptRead, TextWritten, TokensRead
from desktop_rag.errors import ModelError, ModelFailed, ModelTooLarge
from desktop_rag.services.replaying import relayed
from tests.fakes import ScriptedModel
from tests.support import finish

GIVEN = GivenPrompt("What is due on day four?")
RIGHT = "The tenant pays four crowns."
OUT_OF_MEMORY = ModelFailed("It ended in the middle of its work: llama_decode returned -2.")


class ModelOnGpu(ScriptedModel):
    """Writes two words and fails, while more than `most` of its layers are on the GPU."""

    def __init__(self, layers: int, most: int, error: Exception) -> None:
        super().__init__(RIGHT)
        self.layers = layers
        self._fails = layers > most
        self._error = error

    @property
    def settings(self) -> ModelSettings:
        return replace(super().settings, gpu_layers=self.layers, all_layers=33)

    def count_given(self, given: GivenPrompt) -> int:
        return len(given.text.split())

    def write(
        self, given: GivenPrompt, *, max_tokens: int
    ) -> Generator[PromptRead | str, None, TokensRead]:
        steps = super().write(given, max_tokens=max_tokens)
        if not self._fails:
            return (yield from steps)
        for _ in range(3):
            yield next(steps)
        raise self._error


class Bench:
    """Loads models on a GPU that fails with more than `most` layers, and notes what happened."""

    def __init__(self, most: int, error: Exception = OUT_OF_MEMORY) -> None:
        self.models: list[ModelOnGpu] = []
        self.noted: list[tuple[int, str]] = []
        self.at_work = 0
        self._most = most
        self._error = error

    def load(self, layers: int) -> Any:
        assert self.at_work == 1
        self.models.append(ModelOnGpu(layers, self._most, self._error))
        return self.models[-1]

    @contextmanager
    def working(self) -> Iterator[None]:
        self.at_work += 1
        try:
            yield
        finally:
            self.at_work -= 1

    def open(self, layers: int, load: Callable[[int], Any] | None = None) -> OffloadedModel:
        return OffloadedModel(
            load or self.load, layers, self.working, lambda *note: self.noted.append(note)
        )


def written(model: OffloadedModel) -> tuple[str, str]:
    """What is kept of the text in the end, and all that was seen of it."""
    pieces: list[str] = []
    seen: list[str] = []
    steps = relayed(model.write(GIVEN, max_tokens=9), pieces)
    while True:
        try:
            step = next(steps)
        except StopIteration:
            return "".join(pieces).strip(), "".join(seen).strip()
        if isinstance(step, TextWritten):
            seen.append(step.text)


@pytest.mark.parametrize("error", [OUT_OF_MEMORY, ModelTooLarge("It needs more.")])
def test_a_gpu_that_fails_while_it_writes_gets_half_the_layers_and_begins_anew(
    error: ModelError,
) -> None:
    bench = Bench(20, error)
    model = bench.open(33)
    text, seen = written(model)
    assert text == RIGHT
    assert seen == f"The tenant {RIGHT}"  # the first two words are void
    assert [one.layers for one in bench.models] == [33, 16]
    assert bench.models[0].closed
    assert model.settings.gpu_layers == 16
    assert bench.noted == [(16, f"with more it failed while it wrote ({error})")]
    assert bench.at_work == 0


def test_it_is_done_once_and_then_the_failure_is_told() -> None:
    bench = Bench(0)
    model = bench.open(33)
    with pytest.raises(ModelFailed):
        written(model)
    assert [one.layers for one in bench.models] == [33, 16]
    with pytest.raises(ModelFailed):
        written(model)
    assert len(bench.models) == 2


def test_a_single_layer_gives_way_to_the_processor() -> None:
    bench = Bench(0)
    model = bench.open(1)
    assert written(model)[0] == RIGHT
    assert [one.layers for one in bench.models] == [1, 0]


def test_a_prompt_that_is_too_long_is_not_the_gpus_fault() -> None:
    bench = Bench(0)
    model = bench.open(33)
    too_long = GivenPrompt("why " * 5000)
    with pytest.raises(ModelFailed):
        finish(model.write(too_long, max_tokens=9))
    assert len(bench.models) == 1


def test_fewer_layers_than_asked_for_are_noted() -> None:
    bench = Bench(33)
    bench.open(33, lambda layers: bench.load(layers // 4))
    assert bench.noted == [(8, "with more it failed while it was loaded")]


def test_while_it_writes_it_is_at_work_and_after_a_stop_it_is_not() -> None:
    bench = Bench(33)
    steps = bench.open(33).write(GIVEN, max_tokens=9)
    next(steps)
    assert bench.at_work == 1
    steps.close()
    assert bench.at_work == 0
