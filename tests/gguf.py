"""A GGUF model of a few kilobytes that llama.cpp opens and runs; what it writes means nothing.

Its parts can be changed one by one, to make files that are not what they seem.
"""

import struct
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

WIDTH, LAYERS, HEADS = 32, 1, 2
WORDS = ["<unk>", "<s>", "</s>", *[f"<0x{n:02X}>" for n in range(256)], "▁", "a", "e", "▁a"]
KINDS = [2, 3, 3, *[6] * 256, 1, 1, 1, 1]  # of each token: unknown, control, byte, normal
CHATML = "{% for m in messages %}{{ m['role'] + ': ' + m['content'] + '\n' }}{% endfor %}assistant:"
ENTRIES: dict[str, Any] = {
    "general.architecture": "llama",
    "llama.context_length": 512,
    "llama.embedding_length": WIDTH,
    "llama.block_count": LAYERS,
    "llama.feed_forward_length": WIDTH,
    "llama.attention.head_count": HEADS,
    "llama.attention.head_count_kv": HEADS,
    "llama.attention.layer_norm_rms_epsilon": 1e-5,
    "llama.rope.dimension_count": WIDTH // HEADS,
    "llama.vocab_size": len(WORDS),
    "tokenizer.ggml.model": "llama",
    "tokenizer.ggml.tokens": WORDS,
    "tokenizer.ggml.scores": [0.0] * len(WORDS),
    "tokenizer.ggml.token_type": KINDS,
    "tokenizer.ggml.bos_token_id": 1,
    "tokenizer.ggml.eos_token_id": 2,
    "tokenizer.chat_template": CHATML,
}


def text(value: str | bytes) -> bytes:
    """A length and the bytes."""
    content = value.encode() if isinstance(value, str) else value
    return struct.pack("<Q", len(content)) + content


def value(content: Any) -> bytes:
    """A type and a value: texts, numbers, lists of either; bytes are taken as they are."""
    match content:
        case bytes():
            return content
        case str():
            return struct.pack("<I", 8) + text(content)
        case float():
            return struct.pack("<If", 6, content)
        case int():
            return struct.pack("<II", 4, content)
    kind = {str: 8, float: 6, int: 5}[type(content[0])]
    head = struct.pack("<IIQ", 9, kind, len(content))
    if kind == 8:
        return head + b"".join(map(text, content))
    return head + struct.pack(f"<{len(content)}{'f' if kind == 6 else 'i'}", *content)


def tensors() -> dict[str, tuple[int, ...]]:
    """Names and sizes, the fastest dimension first, as ggml counts them."""
    square, row = (WIDTH, WIDTH), (WIDTH,)
    of_layer = {
        "attn_norm": row, "attn_q": square, "attn_k": square, "attn_v": square,
        "attn_output": square, "ffn_norm": row, "ffn_gate": square, "ffn_up": square,
        "ffn_down": square,
    }  # fmt: skip
    layers = {
        f"blk.{n}.{key}.weight": size for n in range(LAYERS) for key, size in of_layer.items()
    }
    return {"token_embd.weight": (WIDTH, len(WORDS)), "output_norm.weight": row, **layers}


def gguf(
    entries: Mapping[str, Any] | None = None,
    sizes: Mapping[str, Sequence[int]] | None = None,
    *,
    version: int = 3,
    tensor_count: int | None = None,
    entry_count: int | None = None,
    places: Mapping[str, int] | None = None,
) -> bytes:
    """The file's bytes. `entries` and `sizes` change or add; an entry that is None is left out."""
    said = {key: item for key, item in {**ENTRIES, **(entries or {})}.items() if item is not None}
    shapes = {**tensors(), **(sizes or {})}
    counts = (
        len(shapes) if tensor_count is None else tensor_count,
        len(said) if entry_count is None else entry_count,
    )
    head = b"GGUF" + struct.pack("<IQQ", version, *counts)
    head += b"".join(text(key) + value(item) for key, item in said.items())
    body, dice = b"", np.random.default_rng(1)
    for name, shape in shapes.items():
        place = (places or {}).get(name, len(body))
        head += text(name) + struct.pack("<I", len(shape))
        head += struct.pack(f"<{len(shape)}Q", *shape) + struct.pack("<IQ", 0, place)
        elements = min(int(np.prod([min(size, 1 << 20) for size in shape])), 1 << 16)
        body += (dice.standard_normal(elements, np.float32) * np.float32(0.02)).tobytes()
        body += bytes(-len(body) % 32)
    return head + bytes(-len(head) % 32) + body


def make_gguf(path: Path, **changes: Any) -> Path:
    """Write one, changed as `gguf` is told."""
    path.write_bytes(gguf(**changes))
    return path
