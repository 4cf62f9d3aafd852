"""llama.cpp's library, and which of its builds for this processor computes.

The package brings several builds of the part that computes on a CPU, one for each level of
instruction sets. llama.cpp scores them against the processor that it finds and loads the best.
A build from source has one, made for the machine that it was built on and linked in.
"""

import ctypes
import logging
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import llama_cpp

_FOLDER = Path(llama_cpp.__file__).parent / "lib"
_VARIANTS = "*ggml-cpu-*"
_REGISTRIES = ("libggml.so.0", "libggml.0.dylib", "ggml.dll")


@cache
def load_variant() -> str:
    """Load the build for this processor, once; returns its name, "" if there is only one.

    Only the library's own folder is looked into: llama.cpp itself would look beside the program
    and in the working folder too.
    """
    if not any(_FOLDER.glob(_VARIANTS)):
        return ""
    logging.getLogger("llama-cpp-python").setLevel(logging.CRITICAL)  # it prints what it logs
    load = ctypes.CDLL(str(_registry())).ggml_backend_load_all_from_path
    load.argtypes, load.restype = [ctypes.c_char_p], None
    os.environ.pop("GGML_BACKEND_PATH", None)  # any library that it names would be loaded
    load(os.fsencode(_FOLDER))
    return next((name for name in _loaded() if name), "")


def _registry() -> Path:
    """The library that knows the builds; libllama has loaded it by this very file."""
    return next(file for file in sorted(_FOLDER.iterdir()) if file.name in _REGISTRIES)


def _loaded() -> Iterator[str]:
    """The variants whose file is in this process's memory. Linux alone."""
    try:
        lines = Path("/proc/self/maps").read_text(encoding="utf-8").splitlines()
    except OSError:
        return
    for line in lines:
        file = Path(line.split(maxsplit=5)[-1])
        if file.match(_VARIANTS):
            yield file.stem.rpartition("ggml-cpu-")[2]
