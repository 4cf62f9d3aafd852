"""privacy-check and doctor."""

import argparse
import platform
from importlib.metadata import PackageNotFoundError, version

from desktop_rag import __version__
from desktop_rag.cli.output import Output
from desktop_rag.errors import DesktopRagError
from desktop_rag.privacy import guard, self_test
from desktop_rag.privacy.permissions import too_open
from desktop_rag.privacy.self_test import Verdict
from desktop_rag.services.assistant import Assistant
from desktop_rag.services.machine import cpu_features, gpu_is_likely, physical_cores

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


def privacy_check(assistant: Assistant, chosen: argparse.Namespace, output: Output) -> int:
    """Exit code 1 if a way out is open."""
    attempts = self_test.run()
    closed = all(attempt.verdict is not Verdict.OPEN for attempt in attempts)
    exposed = [str(path) for path in too_open(assistant.library_folder)]
    output.result(
        {
            "ok": closed and not exposed,
            "enforced_by_operating_system": guard.is_enforced(),
            "attempts": [
                {"name": attempt.name, "verdict": attempt.verdict.value, "detail": attempt.detail}
                for attempt in attempts
            ],
            "readable_by_others": exposed,
        }
    )
    for attempt in attempts:
        output.line(f"{attempt.name:<14} {attempt.verdict.value} ({attempt.detail})")
    for path in exposed:
        output.line(f"readable by others: {path}")
    summary = "No data can leave through the network." if closed else "A WAY OUT IS OPEN."
    output.line(summary)
    return 0 if closed and not exposed else 1


def doctor(assistant: Assistant, chosen: argparse.Namespace, output: Output) -> int:
    """What support would ask for. No document's name or text is in it."""
    report = {
        "desktop_rag": __version__,
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "cpu": {"physical_cores": physical_cores(), "features": cpu_features()},
        "gpu_likely": gpu_is_likely(),
        "network_guard": "operating system" if guard.is_enforced() else "best effort",
        "settings_file": str(assistant.settings_file),
        "library": _library_state(assistant),
        "models": [
            {"role": role.value, "name": name, "state": _model_state(assistant, name)}
            for role, name in assistant.models_in_use.items()
        ],
        "packages": {name: _version(name) for name in _PACKAGES},
    }
    output.result(report)
    for key, value in report.items():
        if isinstance(value, dict):
            output.line(f"{key}:")
            for inner, text in value.items():
                output.line(f"  {inner}: {text}")
        elif isinstance(value, list):
            output.line(f"{key}:")
            for item in value:
                output.line("  " + ", ".join(str(part) for part in item.values()))
        else:
            output.line(f"{key}: {value}")
    return 0


def _library_state(assistant: Assistant) -> dict[str, object]:
    folder = assistant.library_folder
    state: dict[str, object] = {"folder": str(folder)}
    if not folder.exists():
        return state | {"state": "not made yet"}
    try:
        entries = assistant.library.documents()
        problems = assistant.library.verify()
    except DesktopRagError as error:
        return state | {"state": str(error)}
    return state | {
        "documents": len(entries),
        "passages": sum(entry.document.chunk_count for entry in entries),
        "state": f"{len(problems)} problems: see “desktop-rag verify”" if problems else "healthy",
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
