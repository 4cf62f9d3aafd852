"""What a GGUF model needs, read from its header, and how much of it this machine can give."""

import ctypes
import logging
import os
import re

os.environ.setdefault("OMP_WAIT_POLICY", "passive")  # as in llama_cpp_model

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import llama_cpp

from desktop_rag.domain import Gpu

_MOST_TOKENS = 8192  # six passages, examples and an answer take less than half of it
_LEAST_TOKENS = 2048
_USUAL_TOKENS = 4096  # where nobody knows what memory is free
_SHARE = 0.25  # of the memory left beside the weights, for the keys and values of a context
# Left free on a GPU: the numbers in between of a step of 512 tokens (half of it, with a vocabulary
# of 150,000), the last layer where it is larger than the others, and what a screen needs.
GPU_RESERVE_BYTES = 768 * 1024 * 1024
_ELEMENT_BYTES = 2  # of keys and values: half floats
# Tokens of a prompt that are read at a time, times parameters: about half a second on two slow
# cores. Smaller steps than these cost hardly more in all (docs/decisions/014).
_STEP_WORK = 16e9
MOST_STEP_TOKENS = 64
_LEAST_STEP_TOKENS = 4
_KEYS = (
    "attention.head_count",
    "attention.head_count_kv",
    "attention.key_length",
    "attention.value_length",
    "block_count",
    "context_length",
    "embedding_length",
)
_LONGEST_VALUE = 4096
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Shape:
    """Bytes that a model needs for its weights and for each token of its context; its training.

    Attributes:
        blocks: its layers but for the last, which gives the words.
    """

    weight_bytes: int
    bytes_per_token: int
    trained_tokens: int
    blocks: int

    @property
    def layers(self) -> int:
        """As llama.cpp counts them."""
        return self.blocks + 1

    def gpu_layers(self, gpus: Sequence[Gpu], context_tokens: int) -> int:
        """How many layers, from the last on, should fit into the free memory of these GPUs.

        Each is taken to need an equal share of the file, which is too much for all but the last,
        and its keys and values. The reserve is left free on each GPU.
        """
        keys_and_values = context_tokens * self.bytes_per_token
        each = (self.weight_bytes + keys_and_values) // max(self.blocks, 1) + 1
        free = (max(0, gpu.free_bytes - GPU_RESERVE_BYTES) // each for gpu in gpus)
        return min(self.layers, sum(free))

    @property
    def least_bytes(self) -> int:
        """The memory without which it is not loaded: the weights and the least context."""
        least = min(_LEAST_TOKENS, self.trained_tokens)
        return self.weight_bytes + least * self.bytes_per_token

    def context_tokens(self, free_bytes: int | None) -> int | None:
        """The context that fits, in tokens; None if not even the least does."""
        wanted = [_MOST_TOKENS, _USUAL_TOKENS, _LEAST_TOKENS]
        sizes = sorted({min(size, self.trained_tokens) for size in wanted}, reverse=True)
        if free_bytes is None:
            return min(_USUAL_TOKENS, self.trained_tokens)
        left = free_bytes - self.weight_bytes
        for size in sizes:
            if size * self.bytes_per_token <= _SHARE * left:
                return size
        return sizes[-1] if sizes[-1] * self.bytes_per_token <= left else None


def read_shape(file: Path) -> Shape:
    """The shape of the model in a GGUF file. Raises ValueError, OSError if it is none.

    llama.cpp itself reads the header and the vocabulary, not the weights.
    """
    logging.getLogger("llama-cpp-python").setLevel(logging.CRITICAL)  # it prints what it logs
    options = llama_cpp.llama_model_default_params()
    options.vocab_only = True
    model = llama_cpp.llama_model_load_from_file(str(file).encode(), options)
    if not model:
        raise ValueError(f"{file.name} is damaged or no GGUF model")
    try:
        kind = _said(model, "general.architecture")
        names = [f"{kind}.{key}" for key in _KEYS]
        said = {name: text for name in names if (text := _said(model, name))}
    finally:
        llama_cpp.llama_model_free(model)
    return shape_of({"general.architecture": kind, **said}, file.stat().st_size)


def _said(model: Any, key: str) -> str:
    """What the header says under this key, or ""."""
    buffer = ctypes.create_string_buffer(_LONGEST_VALUE)
    length = llama_cpp.llama_model_meta_val_str(model, key.encode(), buffer, _LONGEST_VALUE)
    return buffer.value.decode("utf-8", "replace") if length > 0 else ""


def shape_of(said: dict[str, str], file_bytes: int) -> Shape:
    """The shape that the header's entries tell of; what one does not tell is taken to be large."""
    kind = said.get("general.architecture", "")

    def number(key: str, otherwise: int) -> int:
        found = _NUMBER.findall(said.get(f"{kind}.{key}", ""))  # some are lists, one a layer
        return max(map(int, found)) if found else otherwise

    heads = number("attention.head_count", 32)
    of_keys = number("attention.head_count_kv", heads)
    width = number("embedding_length", 4096) // max(heads, 1)
    both = number("attention.key_length", width) + number("attention.value_length", width)
    layers = number("block_count", 32)
    trained = number("context_length", _LEAST_TOKENS) or _LEAST_TOKENS
    bytes_per_token = layers * of_keys * both * _ELEMENT_BYTES
    return Shape(file_bytes, bytes_per_token, trained, layers)


def step_tokens(parameters: int) -> int:
    """How many tokens of a prompt are read between two looks whether to stop: a power of two."""
    step = MOST_STEP_TOKENS
    while step > _LEAST_STEP_TOKENS and step * parameters > _STEP_WORK:
        step //= 2
    return step


def fewer_layers(layers: int) -> Iterator[int]:
    """What to try, one after the other, where `layers` may not fit: half as many each time."""
    while layers > 0:
        yield layers
        layers //= 2
