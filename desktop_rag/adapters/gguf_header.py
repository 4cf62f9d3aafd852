"""A look at the header of a GGUF file, before llama.cpp, which may end the process, opens it.

The layout is that of ggml's docs/gguf.md: magic, version, counts, entries (key, type, value), then
the tensors' names, sizes and places. Each length is compared with what is left of the file before
anything is read by it. What only llama.cpp can know (which tensors a model needs) is not judged.
"""

import struct
from collections.abc import Callable
from pathlib import Path
from typing import IO

from desktop_rag.adapters.chat_template import MOST_TEMPLATE
from desktop_rag.errors import ModelError

_MAGIC = b"GGUF"
_VERSIONS = (2, 3)
_STRING, _ARRAY = 8, 9
# Bytes of a value of each type: uint8 int8 uint16 int16 uint32 int32 float32 bool, then uint64
# int64 float64; strings and arrays have lengths of their own.
_VALUE_BYTES = {0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8}
_LEAST_ENTRY, _LEAST_TENSOR = 13, 32  # bytes that one takes at least
_MOST_ENTRIES, _MOST_TENSORS = 65_536, 1 << 20
_MOST_KEY, _MOST_NAME = 65_535, 63  # bytes; the second is ggml's own
_MOST_DIMENSIONS = 4
_MOST_ELEMENTS = 1 << 62
_TEMPLATE = b"tokenizer.chat_template"
_ALIGNMENT = b"general.alignment"
_USUAL_ALIGNMENT = 32


class _Damage(Exception):
    """What is wrong, in words that follow “because”."""


def check_header(file: Path, name: str) -> None:
    """Raises ModelError if the header of the language model `name` cannot be true."""
    try:
        with file.open("rb") as stream:
            _Header(stream, file.stat().st_size).check()
    except _Damage as damage:
        raise ModelError(
            f"The language model {name} does not load: {file.name} is damaged or no GGUF model, "
            f"because {damage}.",
            "Copy the file again from where it came, or choose another.",
        ) from damage
    except OSError as error:
        raise ModelError(
            f"The language model {name} cannot be opened: {error.strerror}.", "Check its rights."
        ) from error


class _Header:
    """A reading of one header, from its first byte on. Raises _Damage, OSError."""

    def __init__(self, stream: IO[bytes], size: int) -> None:
        self._stream = stream
        self._left = size
        self._size = size
        self._alignment = _USUAL_ALIGNMENT

    def check(self) -> None:
        tensors, entries = self._counts()
        keys: set[bytes] = set()
        for _ in range(entries):
            key = self._text("the name of an entry", _MOST_KEY)
            if key in keys:
                raise _Damage("an entry is there twice")
            keys.add(key)
            self._entry(key)
        if b"general.architecture" not in keys:
            raise _Damage("it does not say what kind of model it is")
        self._check_tensors(tensors)

    def _counts(self) -> tuple[int, int]:
        if self._take(4) != _MAGIC:
            raise _Damage("it does not begin as one")
        if self._number("<I") not in _VERSIONS:
            raise _Damage("it is of another version than 2 and 3")
        tensors, entries = self._number("<Q"), self._number("<Q")
        if not 0 < tensors <= min(_MOST_TENSORS, self._left // _LEAST_TENSOR):
            raise _Damage(f"it claims to hold {tensors} tensors")
        if not 0 < entries <= min(_MOST_ENTRIES, self._left // _LEAST_ENTRY):
            raise _Damage(f"it claims to hold {entries} entries")
        return tensors, entries

    def _entry(self, key: bytes) -> None:
        kind = self._number("<I")
        if kind == _STRING:
            longest = MOST_TEMPLATE * 4 if key.startswith(_TEMPLATE) else self._left
            self._text("a text", longest)
        elif kind == _ARRAY:
            self._array()
        elif kind not in _VALUE_BYTES:
            raise _Damage(f"it has a value of the unknown type {kind}")
        else:
            value = int.from_bytes(self._take(_VALUE_BYTES[kind]), "little")
            if key == _ALIGNMENT:
                self._align(value)

    def _array(self) -> None:
        kind, length = self._number("<I"), self._number("<Q")
        if kind == _STRING:
            if length > self._left // 8:
                raise _Damage(f"it claims a list of {length} texts")
            for _ in range(length):
                self._text("a text of a list", self._left)
        elif kind in _VALUE_BYTES:
            self._skip(_VALUE_BYTES[kind] * length, f"a list of {length} values")
        else:
            raise _Damage(f"it has a list of the type {kind}")

    def _align(self, value: int) -> None:
        if not 0 < value <= 1 << 16 or value & (value - 1):
            raise _Damage(f"it is aligned to {value} bytes")
        self._alignment = value

    def _check_tensors(self, count: int) -> None:
        names, farthest = set(), 0
        for _ in range(count):
            name = self._text("the name of a tensor", _MOST_NAME)
            if name in names:
                raise _Damage("a tensor is there twice")
            names.add(name)
            dimensions = self._number("<I")
            if not 0 < dimensions <= _MOST_DIMENSIONS:
                raise _Damage(f"a tensor has {dimensions} dimensions")
            elements = 1
            for _ in range(dimensions):
                elements *= self._number("<Q")
            if not 0 < elements < _MOST_ELEMENTS:
                raise _Damage("the size of a tensor is none")
            self._number("<I")  # the type, which llama.cpp knows
            farthest = max(farthest, self._number("<Q"))
        start = self._size - self._left
        start += -start % self._alignment
        if start + farthest >= self._size:
            raise _Damage("it ends before its tensors do: it was cut")

    def _text(self, what: str, longest: int) -> bytes:
        length = self._number("<Q")
        if length > longest:
            raise _Damage(f"{what} is {length} bytes long")
        if length > _MOST_KEY:
            self._skip(length, what)
            return b""
        return self._take(length)

    def _number(self, form: str) -> int:
        unpack: Callable[[str, bytes], tuple[int]] = struct.unpack
        return unpack(form, self._take(struct.calcsize(form)))[0]

    def _take(self, length: int) -> bytes:
        if length > self._left:
            raise _Damage("it ends in the middle of its header")
        self._left -= length
        taken = self._stream.read(length)
        if len(taken) != length:
            raise _Damage("it ends in the middle of its header")
        return taken

    def _skip(self, length: int, what: str) -> None:
        if length > self._left:
            raise _Damage(f"{what} is longer than the file")
        self._left -= length
        self._stream.seek(length, 1)
