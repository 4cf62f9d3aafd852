"""The privacy check as a page of plain text that can be kept or handed on."""

import platform
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from desktop_rag import __version__
from desktop_rag.domain import ModelRole
from desktop_rag.privacy import guard, self_test
from desktop_rag.privacy.permissions import too_open
from desktop_rag.privacy.self_test import Attempt, Verdict
from desktop_rag.services.assistant import Assistant
from desktop_rag.services.model_shelf import ModelState

_ROLES = {
    ModelRole.EMBEDDER: "finds passages",
    ModelRole.RERANKER: "puts passages in order",
    ModelRole.LANGUAGE_MODEL: "writes answers",
}


def privacy_report(assistant: Assistant) -> str:
    """Date, versions, every way out that was tried and what stopped it, and models by SHA-256."""
    attempts = self_test.run()
    exposed = too_open(assistant.library_folder)
    states = [state for state in assistant.shelf.states() if state.installed]
    in_use = frozenset(assistant.models_in_use.values())
    lines = [
        *_heading(),
        "",
        *_network(attempts),
        "",
        *_files(assistant.library_folder, exposed),
        "",
        "Models on this computer (SHA-256 of the file that computes)",
        *(_model(state, in_use) for state in states),
    ]
    return "\n".join(lines) + "\n"


def _heading() -> list[str]:
    return [
        "Desktop RAG: privacy report",
        f"Date: {datetime.now(UTC).isoformat(timespec='seconds')}",
        f"Desktop RAG {__version__}, Python {platform.python_version()}",
        f"System: {platform.system()} {platform.release()} {platform.machine()}",
    ]


def _network(attempts: Sequence[Attempt]) -> list[str]:
    closed = all(attempt.verdict is not Verdict.OPEN for attempt in attempts)
    enforced = "by the operating system" if guard.is_enforced() else "by the program, best effort"
    return [
        f"Ways out of this computer (kept shut {enforced})",
        *(f"  {one.name}: {one.verdict.value} ({one.detail})" for one in attempts),
        f"Result: {'no data can leave through the network.' if closed else 'A WAY OUT IS OPEN.'}",
    ]


def _files(library_folder: Path, exposed: Sequence[Path]) -> list[str]:
    """Paths are given from the library's folder on: they name no document."""
    lines = ["Files of the library that other users of this computer may read"]
    names = [f"  {path.relative_to(library_folder)}" for path in exposed]
    return lines + (names or ["  none"])


def _model(state: ModelState, in_use: frozenset[str]) -> str:
    model = state.model
    used = ", in use" if model.name in in_use else ""
    return f"  {model.name} ({_ROLES[model.role]}{used}): {model.main_file.sha256}"
