"""llama.cpp's library, and which of its builds for this processor computes.

The package brings several builds of the part that computes on a CPU, one for each level of
instruction sets. llama.cpp scores them against the processor that it finds and loads the best.
A build from source has one, made for the machine that it was built on and linked in.

Parts that compute on GPUs lie in a folder of their own, so that none is loaded, and no driver with
it, before a trial has shown that it may be. A build from source has such a part linked in: it is
then kept from its devices by the environment.
"""

import ctypes
import logging
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import llama_cpp

from desktop_rag.adapters.llama_cpp_builds import gpu_parts
from desktop_rag.domain import Gpu

_FOLDER = Path(llama_cpp.__file__).parent / "lib"
_VARIANTS = "*ggml-cpu-*"
_REGISTRIES = ("libggml.so.0", "libggml.0.dylib", "ggml.dll")
_BASES = ("libggml-base.so.0", "libggml-base.0.dylib", "ggml-base.dll")
_GPU, _SHARED_GPU = 1, 2  # of enum ggml_backend_dev_type: its own memory, the computer's
_KINDS = {"MTL": "Metal"}  # all others are named in words
# What keeps a part that is linked in from its devices. It is read when the library is first used.
_HIDDEN = {
    "CUDA_VISIBLE_DEVICES": "-1",
    "HIP_VISIBLE_DEVICES": "-1",
    "ROCR_VISIBLE_DEVICES": "-1",
    "GGML_DISABLE_VULKAN": "1",
}


@cache
def load_variant() -> str:
    """Load the build for this processor, once; returns its name, "" if there is only one.

    Only the library's own folder is looked into: llama.cpp itself would look beside the program
    and in the working folder too.
    """
    if not any(_FOLDER.glob(_VARIANTS)):
        return ""
    logging.getLogger("llama-cpp-python").setLevel(logging.CRITICAL)  # it prints what it logs
    load = ctypes.CDLL(str(_part(_REGISTRIES))).ggml_backend_load_all_from_path
    load.argtypes, load.restype = [ctypes.c_char_p], None
    os.environ.pop("GGML_BACKEND_PATH", None)  # any library that it names would be loaded
    load(os.fsencode(_FOLDER))
    return next((name for name in _loaded() if name), "")


@cache
def load_gpu_parts() -> None:
    """Load the parts for GPUs, and their drivers, into this process, once."""
    logging.getLogger("llama-cpp-python").setLevel(logging.CRITICAL)
    load = ctypes.CDLL(str(_part(_REGISTRIES))).ggml_backend_load
    load.argtypes, load.restype = [ctypes.c_char_p], ctypes.c_void_p
    for part in gpu_parts():
        if not part.is_linked:
            load(os.fsencode(part.file))


def hide_gpus() -> None:
    """Keep parts that are linked in from their devices; before the library is first used."""
    if any(part.is_linked for part in gpu_parts()):
        for name, value in _HIDDEN.items():
            os.environ.setdefault(name, value)


def found_gpus() -> tuple[Gpu, ...]:
    """The GPUs that the loaded parts have found; those with memory of their own, if any has."""
    registry, base = (ctypes.CDLL(str(_part(names))) for names in (_REGISTRIES, _BASES))
    registry.ggml_backend_dev_count.restype = ctypes.c_size_t
    registry.ggml_backend_dev_get.restype = ctypes.c_void_p
    registry.ggml_backend_dev_get.argtypes = [ctypes.c_size_t]
    devices = [
        ctypes.c_void_p(registry.ggml_backend_dev_get(number))
        for number in range(registry.ggml_backend_dev_count())
    ]
    kinds = [(device, base.ggml_backend_dev_type(device)) for device in devices]
    wanted = _GPU if any(kind == _GPU for _, kind in kinds) else _SHARED_GPU
    return tuple(_described(base, device, kind) for device, kind in kinds if kind == wanted)


def _described(base: Any, device: ctypes.c_void_p, kind: int) -> Gpu:
    base.ggml_backend_dev_description.restype = ctypes.c_char_p
    base.ggml_backend_dev_backend_reg.restype = ctypes.c_void_p
    base.ggml_backend_reg_name.restype = ctypes.c_char_p
    free, total = ctypes.c_size_t(), ctypes.c_size_t()
    base.ggml_backend_dev_memory(device, ctypes.byref(free), ctypes.byref(total))
    registered = ctypes.c_void_p(base.ggml_backend_dev_backend_reg(device))
    names = (base.ggml_backend_dev_description(device), base.ggml_backend_reg_name(registered))
    name, spoken = (text.decode("utf-8", "replace") for text in names)
    return Gpu(name, _KINDS.get(spoken, spoken), free.value, total.value, kind == _SHARED_GPU)


def _part(names: tuple[str, ...]) -> Path:
    """One of the libraries that libllama has loaded, by this very file."""
    return next(file for file in sorted(_FOLDER.iterdir()) if file.name in names)


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
