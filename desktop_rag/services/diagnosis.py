"""What support would ask for: the machine, the models, the library's health; no document's name."""

import platform
from collections import Counter
from importlib.metadata import PackageNotFoundError, version

from desktop_rag import __version__
from desktop_rag.domain import Gpu, IndexQuality, ModelChange, ModelRole
from desktop_rag.errors import DesktopRagError
from desktop_rag.needs import memory, processor
from desktop_rag.needs.folders import free_room
from desktop_rag.needs.lack import size_words
from desktop_rag.privacy import guard
from desktop_rag.privacy.places import warnings_about
from desktop_rag.services.assistant import Assistant
from desktop_rag.services.closing import close_library
from desktop_rag.services.language_check import english_name, language_gaps
from desktop_rag.services.machine import (
    cpu_features,
    free_memory,
    gpu_is_likely,
    physical_cores,
)

_PACKAGES = (
    "lancedb",
    "llama-cpp-python",
    "onnxruntime",
    "pypdf",
    "pypdfium2",
    "PySide6-Essentials",
    "rapidocr",
    "sentence-transformers",
    "tokenizers",
    "torch",
)
_NO_OFFLOAD = "none: this build of llama.cpp computes on the processor alone"
_NO_GPUS = "none was found in a trial"


def diagnose(assistant: Assistant) -> dict[str, object]:
    """The findings by name; a finding is a text, a table of texts, or a list of tables."""
    return {
        "desktop_rag": __version__,
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "cpu": {
            "physical_cores": physical_cores(),
            "features": cpu_features(),
            "level": processor.level() or "unknown",
            "level_needed": processor.LEVEL,
        },
        "memory": _memory(),
        "disk_free": _free_room(assistant),
        "gpu_likely": gpu_is_likely(),
        **_devices(assistant),
        "network_guard": "operating system" if guard.is_enforced() else "best effort",
        "settings_file": str(assistant.settings_file),
        "set_by_administrator": sorted(assistant.settings_locked) or ["nothing"],
        "files": close_library(assistant.library_folder) or ["closed to other users"],
        "library": _library_state(assistant),
        "languages": _languages(assistant),
        "models": [
            {"role": role.value, "name": name, "state": _model_state(assistant, name)}
            for role, name in assistant.models_in_use.items()
        ],
        "packages": {name: _version(name) for name in _PACKAGES},
    }


def as_lines(findings: dict[str, object]) -> list[str]:
    """The findings as a person reads them."""
    lines: list[str] = []
    for key, value in findings.items():
        if isinstance(value, dict):
            lines += [f"{key}:", *(f"  {inner}: {_words(text)}" for inner, text in value.items())]
        elif isinstance(value, list):
            lines.append(f"{key}:")
            lines += [f"  {_item(item)}" for item in value]
        else:
            lines.append(f"{key}: {value}")
    return lines


def _item(value: object) -> str:
    if not isinstance(value, dict):
        return str(value)
    return ", ".join(str(part) for part in value.values())


def _words(value: object) -> str:
    if not isinstance(value, dict):
        return str(value)
    return ", ".join(f"{name.replace('_', ' ')} {number}" for name, number in value.items())


def _memory() -> dict[str, object]:
    """What this process may have, and what is free of it."""
    amounts = {"total": memory.total_memory(), "free": free_memory()}
    said = {name: "unknown" if n is None else size_words(n) for name, n in amounts.items()}
    return {**said, "least": size_words(memory.LEAST_BYTES)}


def _free_room(assistant: Assistant) -> dict[str, str]:
    """On the disks of the library and of the data folder."""
    places = {"library": assistant.library_folder, "data": assistant.settings_file.parent}
    rooms = {name: free_room(place) for name, place in places.items()}
    return {name: "unknown" if n is None else size_words(n) for name, n in rooms.items()}


def _library_state(assistant: Assistant) -> dict[str, object]:
    folder = assistant.library_folder
    state: dict[str, object] = {"folder": str(folder)}
    warnings = [warning.words for warning in warnings_about(folder)]
    if warnings:
        state["place"] = " ".join(warnings)
    if not folder.exists():
        return state | {"state": "not made yet"}
    try:
        entries = assistant.library.documents()
        problems = assistant.library.verify()
        quality = assistant.library.vector_index_quality()
        model = _library_model(assistant)
    except DesktopRagError as error:
        return state | {"state": str(error)}
    return (
        state
        | model
        | _vector_index(quality)
        | {
            "documents": len(entries),
            "passages": sum(entry.document.chunk_count for entry in entries),
            "state": f"{len(problems)} problems: see “desktop-rag verify”"
            if problems
            else "healthy",
        }
    )


def _languages(assistant: Assistant) -> dict[str, str]:
    """Of the library: how many documents are in each, and which encoder does not know it."""
    if not assistant.library_folder.exists():
        return {}
    try:
        entries = assistant.library.documents()
        gaps = [
            (gap.language, gap.model)
            for role in (ModelRole.EMBEDDER, ModelRole.RERANKER)
            for gap in language_gaps(assistant, entries, role)
        ]
    except DesktopRagError as error:
        return {"problem": str(error)}
    counts = Counter(code for entry in entries for code in entry.document.languages)
    return {
        english_name(code): f"{count} documents"
        + "".join(f"; {model} does not know it" for language, model in gaps if language == code)
        for code, count in counts.most_common()
    }


def change_words(change: ModelChange) -> str:
    """What a change of the bi-encoder means, for the terminal and for support."""
    meanwhile = (
        "searches go on with the former"
        if change.is_here
        else "the former is not here any more, so that searches find words only"
    )
    return (
        f"The library was made with the model {change.made_with}, not with {change.wanted} as it "
        f"is now; {meanwhile}. “desktop-rag reembed” prepares it for {change.wanted}."
    )


def _library_model(assistant: Assistant) -> dict[str, object]:
    """The bi-encoder that the library was made with, and whether another is wanted."""
    change = assistant.library.model_change()
    if change is None:
        return {}
    return {"made_with": change.made_with, "model_change": change_words(change)}


def _vector_index(quality: IndexQuality | None) -> dict[str, object]:
    """Nothing in a library whose searches compare every vector."""
    if quality is None:
        return {}
    return {
        "vector_index": {
            "recall_at_50": round(quality.recall, 4),
            "questions": quality.questions,
            "passages": quality.passages,
            "not_indexed_yet": quality.unindexed,
        }
    }


def _devices(assistant: Assistant) -> dict[str, object]:
    """Where each model runs, how many layers of it on a GPU, and what is known of the GPUs."""
    try:
        graphics = assistant.graphics()
    except DesktopRagError as error:
        return {"devices": {"problem": str(error)}}
    return {
        "devices": {use.role.value: use.words for use in graphics.uses},
        "gpu_layers": {
            use.role.value: {"on_gpu": use.gpu_layers, "of": use.all_layers}
            for use in graphics.uses
            if use.all_layers
        },
        "llama_cpp_gpus": list(graphics.offload) or [_NO_OFFLOAD],
        "gpus": [_gpu(gpu) for gpu in graphics.gpus] or [_NO_GPUS],
    }


def _gpu(gpu: Gpu) -> dict[str, str]:
    return {
        "name": gpu.name,
        "kind": gpu.kind,
        "free": f"{size_words(gpu.free_bytes)} free of {size_words(gpu.total_bytes)}",
        "memory": "the computer's own" if gpu.is_shared else "its own",
    }


def _model_state(assistant: Assistant, name: str) -> str:
    try:
        model = assistant.shelf.model(name)
        assistant.shelf.folder(name, model.role)
    except DesktopRagError as error:
        return str(error)
    return "here, and what it should be"


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"
