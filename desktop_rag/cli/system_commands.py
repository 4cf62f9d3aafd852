"""privacy-check and doctor."""

import argparse

from desktop_rag.cli.output import Output
from desktop_rag.privacy import guard, self_test
from desktop_rag.privacy.permissions import too_open
from desktop_rag.privacy.self_test import Verdict
from desktop_rag.services import diagnosis
from desktop_rag.services.assistant import Assistant
from desktop_rag.services.closing import close_library


def privacy_check(assistant: Assistant, chosen: argparse.Namespace, output: Output) -> int:
    """Exit code 1 if a way out is open, or a file that cannot be closed to others."""
    attempts = self_test.run()
    said = close_library(assistant.library_folder)
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
            "files": said,
            "readable_by_others": exposed,
        }
    )
    for attempt in attempts:
        output.line(f"{attempt.name:<14} {attempt.verdict.value} ({attempt.detail})")
    for sentence in said:
        output.line(sentence)
    for path in exposed:
        output.line(f"readable by others: {path}")
    summary = "No data can leave through the network." if closed else "A WAY OUT IS OPEN."
    output.line(summary)
    return 0 if closed and not exposed else 1


def doctor(assistant: Assistant, chosen: argparse.Namespace, output: Output) -> int:
    """What support would ask for. No document's name or text is in it."""
    findings = diagnosis.diagnose(assistant)
    output.result(findings)
    for line in diagnosis.as_lines(findings):
        output.line(line)
    return 0
