"""Hostile language models: GGUF files whose headers lie, and whose chat templates are attacks."""

import itertools
import struct
from collections.abc import Iterator
from pathlib import Path

from tests.gguf import CHATML, gguf, tensors, value
from tests.hostile import Case

LONG = 1 << 62
LOOPS = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"


def templates(marker: Path) -> dict[str, str]:
    """Chat templates that would run code, never end, fill the memory, or leave things out."""
    run = f"os.system('touch {marker}')"
    reached = f"__init__.__globals__.{run}"
    return {
        "runs a program through cycler": "{{ cycler." + reached + " }}",
        "runs a program through joiner": "{{ joiner." + reached + " }}",
        "runs a program through namespace": "{{ namespace." + reached + " }}",
        "runs a program through lipsum": "{{ lipsum.__globals__." + run + " }}",
        "runs a program through a function": "{{ raise_exception.__globals__." + run + " }}",
        "walks the classes": "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "walks by attr": "{{ (''|attr('__cla' ~ 'ss__'))|attr('__mro__') }}{{ x.y.z }}",
        "formats": "{{ '{0.__class__.__base__}'.format(messages) }}{{ x.y.z }}",
        "changes its messages": "{{ messages.clear() }}",
        "includes a file": "{% include '/etc/passwd' %}",
        "imports": "{% import '/etc/passwd' as p %}",
        "multiplies": "{{ 'a' * 10**11 }}",
        "multiplies where nothing is done": CHATML + "{% if false %}{{ 'a' * 10**11 }}{% endif %}",
        "multiplies after all else": CHATML + "{{ 'a' * 10**11 }}",
        "a tower of powers": "{{ 9 ** 9 ** 9 ** 9 }}",
        "loops": LOOPS,
        "doubles": "{% set n = namespace(t='aa') %}" + "{% set n.t = n.t + n.t %}" * 64,
        "pads": "{{ '%99999999999d' % 1 }}",
        "calls itself": "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
        "nested": "{{" + "(" * 15_000 + "1" + ")" * 15_000 + "}}",
        "nested lists": "{{" + "[" * 15_000 + "]" * 15_000 + "}}",
        "nested ifs": "{% if 1 %}" * 3_000 + "{% endif %}" * 3_000,
        "no template": "{% for",
        "very long": CHATML + "x" * 1_000_000,
        "drops the question": "{{ messages[0].content }}",
        "answers itself": "The answer is 42.",
        "escape codes in its complaint": "{{ raise_exception('\x1b[2J\x1b]0;owned\x07') }}",
        "writes without end": CHATML + "{{ 'a' * 10000000 }}",
    }


def headers() -> Iterator[tuple[str, bytes]]:
    """Headers that lie about what follows, or are none."""
    sound = gguf()
    yield "empty", b""
    yield "magic alone", b"GGUF"
    yield "wrong magic", b"FUGG" + sound[4:]
    yield "version 0", gguf(version=0)
    yield "version 1", gguf(version=1)
    yield "version of another end", gguf(version=3 << 24)
    yield "2**62 tensors", gguf(tensor_count=LONG)
    yield "2**64 - 1 tensors", gguf(tensor_count=2**64 - 1)
    yield "no tensors", gguf(tensor_count=0)
    yield "2**62 entries", gguf(entry_count=LONG)
    yield "no entries", gguf(entry_count=0)
    yield "one entry more than there are", gguf(entry_count=18)
    yield "one tensor more than there are", gguf(tensor_count=len(tensors()) + 1)
    key = "llama.extra"
    yield "a text of 2**62 bytes", gguf({key: struct.pack("<IQ", 8, LONG)})
    yield "a text of 2**64 - 1 bytes", gguf({key: struct.pack("<IQ", 8, 2**64 - 1)})
    yield "a list of 2**62 texts", gguf({key: struct.pack("<IIQ", 9, 8, LONG)})
    yield "a list of 2**62 numbers", gguf({key: struct.pack("<IIQ", 9, 10, LONG)})
    yield "a list of 2**61 numbers", gguf({key: struct.pack("<IIQ", 9, 12, 1 << 61)})
    yield "a list of lists", gguf({key: struct.pack("<IIQ", 9, 9, 1)})
    yield "an unknown type", gguf({key: struct.pack("<I", 99)})
    yield "a list of an unknown type", gguf({key: struct.pack("<IIQ", 9, 99, 1)})
    yield "alignment 0", gguf({"general.alignment": 0})
    yield "alignment 3", gguf({"general.alignment": 3})
    yield "alignment 2**31", gguf({"general.alignment": 1 << 31})
    yield "an alignment of text", gguf({"general.alignment": "32"})
    yield "no architecture", gguf({"general.architecture": None})
    yield "another architecture", gguf({"general.architecture": "evil"})
    yield "an architecture of numbers", gguf({"general.architecture": 7})
    for size in ((0,), (2**63,), (2**32, 2**32), (1, 1, 1, 1, 1), ()):
        yield f"a tensor of {size}", gguf(sizes={"output_norm.weight": size})
    yield "a tensor beyond the file", gguf(places={"output_norm.weight": 1 << 40})
    yield "a tensor not aligned", gguf(places={"output_norm.weight": 7})
    yield "a tensor over another", gguf(places={"output_norm.weight": 0})
    yield "a long name of a tensor", gguf(sizes={"x" * 1000: (1,)})
    for share in (0.05, 0.3, 0.7, 0.95):
        yield f"cut at {share:.0%}", sound[: int(len(sound) * share)]
    yield "noise behind its head", sound[:24] + bytes(range(256)) * 200


def _numbers() -> Iterator[tuple[str, bytes]]:
    """Headers that hold together and say what cannot be."""
    for name, number in (
        ("block_count", 0), ("block_count", 2**31), ("embedding_length", 0),
        ("embedding_length", 2**31), ("attention.head_count", 0),
        ("attention.head_count", 2**32 - 1), ("attention.head_count_kv", 0),
        ("attention.head_count_kv", 3), ("context_length", 0), ("context_length", 2**32 - 1),
        ("rope.dimension_count", 2**20), ("vocab_size", 0), ("feed_forward_length", 2**31),
    ):  # fmt: skip
        yield f"{name} of {number}", gguf({f"llama.{name}": value(number)})
    yield "no words", gguf({"tokenizer.ggml.tokens": struct.pack("<IIQ", 9, 8, 0)})
    yield "fewer kinds than words", gguf({"tokenizer.ggml.token_type": [1, 2]})
    yield "fewer scores than words", gguf({"tokenizer.ggml.scores": [1.0]})
    yield "words that are no UTF-8", gguf({"tokenizer.ggml.tokens": _words(b"\xff\xfe")})
    yield "an end beyond the words", gguf({"tokenizer.ggml.eos_token_id": 2**31})
    yield "a beginning beyond the words", gguf({"tokenizer.ggml.bos_token_id": 70_000})
    yield "an unknown tokenizer", gguf({"tokenizer.ggml.model": "evil"})
    yield "too small a tensor", gguf(sizes={"blk.0.attn_q.weight": (1, 1)})
    yield "a name that steers a screen", gguf({"general.name": "\x1b[2J\x1b[31mowned"})


def _words(word: bytes) -> bytes:
    one = struct.pack("<Q", len(word)) + word
    return struct.pack("<IIQ", 9, 8, 264) + one * 264


HARMLESS = {
    "multiplies where nothing is done",
    "a tensor over another", "a name that steers a screen", "context_length of 4294967295",
    "an alignment of text", "words that are no UTF-8", "fewer scores than words",
    "vocab_size of 0", "no architecture", "an end beyond the words",
    "a beginning beyond the words", "context_length of 0",
}  # fmt: skip


def ggufs(marker: Path) -> Iterator[Case]:
    """All hostile language models."""
    for name, content in itertools.chain(headers(), _numbers()):
        yield _file(name, content, name in HARMLESS)
    for name, template in templates(marker).items():
        content = gguf({"tokenizer.chat_template": template})
        yield _file(f"template: {name}", content, name in HARMLESS)
    second = gguf({"tokenizer.chat_template.tool_use": "{{ 'a' * 10**11 }}"})
    yield _file("template: a second one multiplies", second, harmless=True)


def _file(name: str, content: bytes, harmless: bool) -> Case:
    def make(folder: Path) -> Path:
        (folder / "model.gguf").write_bytes(content)
        return folder / "model.gguf"

    return Case(name, make, harmless)
