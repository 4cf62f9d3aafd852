"""How large a context fits, how long a step is, how many layers a GPU takes."""

import ctypes
from typing import Any

import pytest

from desktop_rag.adapters import llama_cpp_loading
from desktop_rag.adapters.llama_cpp_fit import (
    Shape,
    fewer_layers,
    read_shape,
    shape_of,
    step_tokens,
)
from desktop_rag.adapters.llama_cpp_model import LlamaCppModel
from desktop_rag.domain import Gpu
from tests.adapters.test_language_model import FILE, IDENTITY, PROMPT, write

llama_cpp = llama_cpp_loading.llama_cpp  # imported by the adapter, which sets it up first
REAL = llama_cpp_loading.QuietLlama
GIGABYTE = 1024**3
EIGHT_BILLION = {
    "general.architecture": "llama",
    "llama.block_count": "32",
    "llama.attention.head_count": "32",
    "llama.attention.head_count_kv": "8",
    "llama.embedding_length": "4096",
    "llama.context_length": "131072",
}


def test_the_bundled_model_tells_its_shape() -> None:
    shape = read_shape(FILE)
    assert shape == Shape(FILE.stat().st_size, 30 * 3 * (64 + 64) * 2, 8192, 30)


def test_nothing_is_printed_while_a_model_is_loaded(capfd: pytest.CaptureFixture[str]) -> None:
    LlamaCppModel(FILE, IDENTITY, threads=1).close()
    said = capfd.readouterr()
    assert said.out + said.err == ""


def test_a_token_of_an_eight_billion_model_takes_128_kibibytes() -> None:
    assert shape_of(EIGHT_BILLION, 5 * GIGABYTE).bytes_per_token == 128 * 1024


def test_heads_that_are_told_layer_by_layer_count_as_the_most() -> None:
    said = EIGHT_BILLION | {"llama.attention.head_count_kv": "[4, 8, 2]"}
    assert shape_of(said, 0).bytes_per_token == 128 * 1024


@pytest.mark.parametrize(
    ("free_gigabytes", "tokens"),
    [(None, 4096), (16, 8192), (7.5, 4096), (6.2, 2048), (5.3, 2048), (5.1, None), (2, None)],
)
def test_the_context_is_what_the_free_memory_holds(
    free_gigabytes: float | None, tokens: int | None
) -> None:
    free = None if free_gigabytes is None else int(free_gigabytes * GIGABYTE)
    assert shape_of(EIGHT_BILLION, 5 * GIGABYTE).context_tokens(free) == tokens


def test_no_context_is_longer_than_the_model_was_trained_for() -> None:
    said = EIGHT_BILLION | {"llama.context_length": "1024"}
    assert shape_of(said, GIGABYTE).context_tokens(64 * GIGABYTE) == 1024
    assert shape_of(said, GIGABYTE).context_tokens(None) == 1024


@pytest.mark.parametrize(
    ("parameters", "tokens"),
    [(135e6, 64), (500e6, 32), (1.1e9, 8), (1.7e9, 8), (3.2e9, 4), (8e9, 4), (70e9, 4)],
)
def test_the_larger_the_model_the_smaller_the_steps(parameters: float, tokens: int) -> None:
    assert step_tokens(int(parameters)) == tokens


def gpus(*free_gigabytes: float) -> list[Gpu]:
    return [Gpu("Fake", "CUDA", int(free * GIGABYTE), 24 * GIGABYTE) for free in free_gigabytes]


@pytest.mark.parametrize(
    ("free_gigabytes", "layers"),
    [((24,), 33), ((7,), 33), ((6.4,), 30), ((4,), 17), ((1,), 1), ((0.7,), 0), ((0,), 0), ((), 0)],
)
def test_as_many_layers_as_the_gpu_has_room_for_beside_the_reserve(
    free_gigabytes: tuple[float, ...], layers: int
) -> None:
    """5 GiB in 32 layers are 160 MiB each, keys and values of 8,192 tokens 32 MiB more."""
    shape = shape_of(EIGHT_BILLION, 5 * GIGABYTE)
    assert shape.layers == 33
    assert shape.gpu_layers(gpus(*free_gigabytes), 8192) == layers


def test_two_gpus_hold_what_one_alone_does_not_but_each_only_whole_layers() -> None:
    shape = shape_of(EIGHT_BILLION, 5 * GIGABYTE)
    assert shape.gpu_layers(gpus(4, 4), 8192) == 33
    assert shape.gpu_layers(gpus(0.9, 0.9), 8192) == 0


def test_a_header_that_tells_of_no_layers_divides_by_none() -> None:
    shape = shape_of(EIGHT_BILLION | {"llama.block_count": "0"}, GIGABYTE)
    assert shape.gpu_layers(gpus(24), 2048) == 1


def test_where_a_number_of_layers_fails_half_as_many_are_tried() -> None:
    assert list(fewer_layers(33)) == [33, 16, 8, 4, 2, 1]
    assert list(fewer_layers(0)) == []


class Picky:
    """llama.cpp with a GPU that takes so many layers; `at` is where more of them fail."""

    def __init__(self, most: int, at: str) -> None:
        self.most = most
        self.at = at
        self.asked: list[int] = []
        self.modes: list[tuple[int, int]] = []
        self.closed: set[int] = set()

    def __call__(self, path: str, **options: Any) -> object:
        layers = options["n_gpu_layers"]
        self.asked.append(layers)
        self.modes.append((options["split_mode"], options["main_gpu"]))
        if layers > self.most and self.at == "load":
            raise ValueError("Failed to create llama_context")
        if layers > self.most and self.at == "memory":
            raise MemoryError
        model = REAL(path, **{**options, "n_gpu_layers": 0})
        if layers > self.most:
            model.eval = self.fail
            model.close = lambda: self.closed.add(layers)
        return model

    def fail(self, tokens: object) -> None:
        raise RuntimeError("llama_decode returned -3")


@pytest.mark.parametrize("at", ["load", "memory", "evaluate"])
@pytest.mark.parametrize(("most", "left", "tried"), [(31, 31, 1), (9, 7, 3), (0, 0, 6)])
def test_layers_are_taken_back_until_the_gpu_takes_them(
    at: str, most: int, left: int, tried: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    picky = Picky(most, at)
    monkeypatch.setattr(llama_cpp_loading, "QuietLlama", picky)
    model = LlamaCppModel(FILE, IDENTITY, threads=1, gpu_layers=31)
    assert picky.asked == [31, 15, 7, 3, 1, 0][:tried]
    assert (model.settings.gpu_layers, model.settings.all_layers) == (left, 31)
    assert picky.closed == (set(picky.asked[:-1]) if at == "evaluate" else set())
    assert model.settings.step_tokens == (512 if left else 64)
    assert "9,600" in write(model, PROMPT)[0]
    model.close()


def test_with_no_layer_on_a_gpu_nothing_at_all_is_computed_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    picky = Picky(0, "load")
    monkeypatch.setattr(llama_cpp_loading, "QuietLlama", picky)
    LlamaCppModel(FILE, IDENTITY, threads=1).close()
    assert picky.modes == [(llama_cpp.LLAMA_SPLIT_MODE_NONE, -1)]


def test_numbers_that_are_none_count_as_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_numbers(*_: object) -> Any:
        return (ctypes.c_float * 60_000)(*[float("nan")] * 60_000)

    monkeypatch.setattr(llama_cpp, "llama_get_logits_ith", no_numbers)
    model = LlamaCppModel(FILE, IDENTITY, threads=1, gpu_layers=31)
    assert model.settings.gpu_layers == 0
    model.close()
