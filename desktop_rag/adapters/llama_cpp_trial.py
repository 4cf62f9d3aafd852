"""What llama.cpp is to do with a GPU, done in a process apart before it is done in this one."""

import os
from dataclasses import replace
from pathlib import Path

from desktop_rag.adapters.apart import Reply
from desktop_rag.adapters.gguf_header import check_header
from desktop_rag.domain import Gpu


def try_llama_cpp(file: Path, name: str, threads: int, free_bytes: int | None) -> Reply:
    """Find the GPUs, load the model with as many layers there as should fit, and evaluate tokens.

    Returns the GPUs as they were before, how many layers should fit, and how many did. Raises
    ModelError, MemoryError and what llama.cpp raises.
    """
    check_header(file, name)
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")  # as in llama_cpp_model
    from desktop_rag.adapters import llama_cpp_library as library
    from desktop_rag.adapters.llama_cpp_fit import read_shape
    from desktop_rag.adapters.llama_cpp_loading import load_model

    library.load_gpu_parts()
    library.load_variant()
    gpus = library.found_gpus()
    shape = read_shape(file)
    context = shape.context_tokens(free_bytes) or shape.context_tokens(None) or 0
    fitting = shape.gpu_layers([_with_free(gpu, free_bytes) for gpu in gpus], context)
    layers = load_model(file, threads, free_bytes, fitting)[1].gpu_layers if fitting else 0
    return {
        "gpus": [_plain(gpu) for gpu in gpus],
        "fitting": fitting,
        "layers": layers,
        "all_layers": shape.layers,
    }


def _with_free(gpu: Gpu, free_bytes: int | None) -> Gpu:
    """What the computer's memory has no room for, a GPU that shares it has none for either."""
    if not gpu.is_shared or free_bytes is None:
        return gpu
    return replace(gpu, free_bytes=min(gpu.free_bytes, free_bytes))


def _plain(gpu: Gpu) -> Reply:
    return {
        "kind": gpu.kind,
        "name": gpu.name,
        "free": gpu.free_bytes,
        "total": gpu.total_bytes,
        "shared": gpu.is_shared,
    }
