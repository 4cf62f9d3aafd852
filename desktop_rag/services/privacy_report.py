"""The privacy check as a page of plain text that can be kept or handed on."""

import platform
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from desktop_rag import __version__
from desktop_rag.domain import ModelRole
from desktop_rag.privacy import guard, self_test
from desktop_rag.privacy.findings import PrivacyFindings
from desktop_rag.privacy.permissions import too_open
from desktop_rag.privacy.places import PlaceWarning, warnings_about
from desktop_rag.privacy.processes import SeenProcess, all_processes
from desktop_rag.privacy.trials import Attempt
from desktop_rag.services.assistant import Assistant
from desktop_rag.services.model_shelf import ModelState

_ROLES = {
    ModelRole.EMBEDDER: "finds passages",
    ModelRole.RERANKER: "puts passages in order",
    ModelRole.LANGUAGE_MODEL: "writes answers",
}


def privacy_findings(assistant: Assistant) -> PrivacyFindings:
    """Try every way out, now, and look at the processes and at the library's place and files."""
    folder = assistant.library_folder
    attempts = self_test.run(assistant.network_trials)
    exposed = (str(path) for path in too_open(folder))
    return PrivacyFindings(tuple(attempts), all_processes(), warnings_about(folder), tuple(exposed))


def privacy_report(assistant: Assistant) -> str:
    """Date, versions, every way out that was tried and what stopped it, and models by SHA-256."""
    found = privacy_findings(assistant)
    states = [state for state in assistant.shelf.states() if state.installed]
    in_use = frozenset(assistant.models_in_use.values())
    lines = [
        *_heading(),
        "",
        *_network(found.attempts),
        "",
        *_processes(found.processes),
        "",
        *_place(found.warnings),
        "",
        *_files(assistant.library_folder, [Path(path) for path in found.exposed]),
        "",
        "Models on this computer (SHA-256 of the file that computes)",
        *(_model(state, in_use) for state in states),
    ]
    return "\n".join(lines) + "\n"


def process_words(one: SeenProcess) -> str:
    """One process, for the terminal and for the report."""
    filtered = {True: "filter in force", False: "NO FILTER", None: "filter not visible"}
    sockets = "not visible to another process"
    if one.sockets is not None:
        kinds = ", ".join(f"{number} {kind}" for kind, number in sorted(one.sockets.items()))
        sockets = kinds or "none"
    return f"{one.role} (process {one.pid}): {filtered[one.filtered]}; sockets: {sockets}"


def _heading() -> list[str]:
    return [
        "Desktop RAG: privacy report",
        f"Date: {datetime.now(UTC).isoformat(timespec='seconds')}",
        f"Desktop RAG {__version__}, Python {platform.python_version()}",
        f"System: {platform.system()} {platform.release()} {platform.machine()}",
    ]


def _network(attempts: Sequence[Attempt]) -> list[str]:
    closed = self_test.is_shut(attempts)
    enforced = "by the operating system" if guard.is_enforced() else "by the program, best effort"
    return [
        f"Ways out of this computer (kept shut {enforced})",
        *(f"  {one.name}: {one.verdict.value} ({one.detail})" for one in attempts),
        f"Result: {'no data can leave through the network.' if closed else 'A WAY OUT IS OPEN.'}",
    ]


def _processes(processes: Sequence[SeenProcess]) -> list[str]:
    lines = [f"  {process_words(one)}" for one in processes]
    return ["Processes of the program", *(lines or ["  this system does not tell"])]


def _place(warnings: Sequence[PlaceWarning]) -> list[str]:
    lines = [f"  {warning.words}" for warning in warnings]
    return ["The library's place", *(lines or ["  no synchronised folder or network drive known"])]


def _files(library_folder: Path, exposed: Sequence[Path]) -> list[str]:
    """Paths are given from the library's folder on: they name no document."""
    lines = ["Files of the library that other users of this computer may read"]
    names = [f"  {path.relative_to(library_folder)}" for path in exposed]
    return lines + (names or ["  none"])


def _model(state: ModelState, in_use: frozenset[str]) -> str:
    model = state.model
    used = ", in use" if model.name in in_use else ""
    return f"  {model.name} ({_ROLES[model.role]}{used}): {model.main_file.sha256}"
