"""How large a context fits, how long a step is, and a GPU that does not take a model."""

from typing import Any

import pytest

from desktop_rag.adapters import llama_cpp_model
from desktop_rag.adapters.llama_cpp_fit import Shape, read_shape, shape_of, step_tokens
from desktop_rag.adapters.llama_cpp_model import LlamaCppModel
from tests.adapters.test_language_model import FILE, IDENTITY

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
    assert shape == Shape(FILE.stat().st_size, 30 * 3 * (64 + 64) * 2, 8192)


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


def test_a_gpu_that_does_not_take_the_model_leaves_it_to_the_processor(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[int] = []
    llama_cpp = llama_cpp_model.llama_cpp  # imported by the adapter, which sets it up first
    real = llama_cpp_model._Llama  # noqa: SLF001 - the class with which the adapter opens a file

    def picky(path: str, **options: Any) -> object:
        if "n_gpu_layers" in options:
            asked.append(options["n_gpu_layers"])
            if options["n_gpu_layers"]:
                raise ValueError("Failed to create llama_context")
        return real(path, **options)

    monkeypatch.setattr(llama_cpp, "llama_supports_gpu_offload", lambda: True)
    monkeypatch.setattr(llama_cpp_model, "_Llama", picky)
    model = LlamaCppModel(FILE, IDENTITY, threads=1)
    assert asked == [-1, 0]
    assert not model.settings.gpu
    model.close()
