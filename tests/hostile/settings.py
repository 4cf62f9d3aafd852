"""Hostile settings files, and what is no file at all in their place."""

import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from tests.hostile import Case

FILE = "settings.toml"
CONTENTS = {
    "20 MB": b"# " + b"x" * 20_000_000,
    "a text of 2 MB": b'embedder = "' + b"x" * 2_000_000 + b'"',
    "nested lists": b"threads = " + b"[" * 100_000,
    "nested lists, closed": b"threads = " + b"[" * 900 + b"]" * 900,
    "nested maps": b"threads = " + b"{a=" * 50_000,
    "deep keys": b".".join([b"a"] * 20_000) + b" = 1",
    "many tables": b"".join(b"[t%d]\n" % number for number in range(50_000)),
    "many keys": b"".join(b"k%d = 1\n" % number for number in range(50_000)),
    "no UTF-8": b"\xff\xfe\x00",
    "UTF-16": "threads = 1".encode("utf-16"),
    "nul": b"threads = 1\0",
    "control characters": b'embedder = "\x07\x1b"',
    "not TOML": b"= = =",
    "a key twice": b"threads = 1\nthreads = 2",
    "unknown key": b'run = "rm -rf /"',
    "a key with escape codes": b'"\\u001b[2J\\u001b]0;owned\\u0007" = 1',
    "a key from right to left": '"\u202ereversed" = 1'.encode(),
    "a value with escape codes": b'device = "\\u001b[2J\\u0007"',
    "a long value": b'device = "' + b"x" * 100_000 + b'"',
    "an endless number": b"threads = " + b"9" * 5_000,
    "a large number": b"threads = 99999999999999999999",
    "a negative number": b"threads = -1",
    "a float": b"threads = nan",
    "a date": b"threads = 2026-01-01",
    "a list": b"threads = [1]",
    "a map": b"threads = {a = 1}",
    "a truth for a number": b"threads = true",
    "a number for a truth": b"ocr = 1",
    "a table for a setting": b"[ocr]\nx = 1",
    "private keys": b'data_folder = "/"\nlibrary_folder = "/etc"',
    "dunder": b'__class__ = "x"',
}
HARMLESS = {
    "a model outside": b'language_model = "../../../../etc/passwd"',
    "a model with escape codes": b'reranker = "\\u001b[2J"',
    "nothing": b"",
    "comments alone": b"# \xc3\xbc\n",
}


def _content(content: bytes, folder: Path) -> Path:
    (folder / FILE).write_bytes(content)
    return folder / FILE


def _link(target: str, folder: Path) -> Path:
    (folder / FILE).symlink_to(target)
    return folder / FILE


def _pipe(folder: Path) -> Path:
    os.mkfifo(folder / FILE)
    return folder / FILE


def _directory(folder: Path) -> Path:
    (folder / FILE).mkdir()
    return folder / FILE


def settings() -> Iterator[Case]:
    """All hostile settings files."""
    for name, content in CONTENTS.items():
        yield Case(name, partial(_content, content))
    for name, content in HARMLESS.items():
        yield Case(name, partial(_content, content), harmless=True)
    others: dict[str, Callable[[Path], Path]] = {
        "a link to a device without end": partial(_link, "/dev/zero"),
        "a link to the passwords": partial(_link, "/etc/passwd"),
        "a pipe": _pipe,
        "a folder": _directory,
    }
    for name, make in others.items():
        yield Case(name, make)
    yield Case("a link to nothing", partial(_link, "nowhere"), harmless=True)
    yield Case("a link to itself", partial(_link, FILE), harmless=True)
