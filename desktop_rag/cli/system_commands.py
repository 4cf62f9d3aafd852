"""privacy-check and doctor."""

import argparse
from dataclasses import asdict

from desktop_rag.cli.output import Output
from desktop_rag.privacy import guard, self_test
from desktop_rag.services import diagnosis
from desktop_rag.services.assistant import Assistant
from desktop_rag.services.closing import close_library
from desktop_rag.services.privacy_report import privacy_findings, process_words


def privacy_check(assistant: Assistant, chosen: argparse.Namespace, output: Output) -> int:
    """Exit code 1 if a way out is open, or a file that cannot be closed to others."""
    said = close_library(assistant.library_folder)
    found = privacy_findings(assistant)
    closed = self_test.is_shut(found.attempts)
    ok = closed and not found.exposed
    output.result(
        {
            "ok": ok,
            "enforced_by_operating_system": guard.is_enforced(),
            "attempts": [
                {"name": attempt.name, "verdict": attempt.verdict.value, "detail": attempt.detail}
                for attempt in found.attempts
            ],
            "files": said,
            "readable_by_others": list(found.exposed),
            "processes": [asdict(process) for process in found.processes],
            "warnings": [warning.words for warning in found.warnings],
        }
    )
    for attempt in found.attempts:
        output.line(f"{attempt.name:<18} {attempt.verdict.value} ({attempt.detail})")
    for process in found.processes:
        output.line(process_words(process))
    for sentence in said:
        output.line(sentence)
    for path in found.exposed:
        output.line(f"readable by others: {path}")
    output.line("No data can leave through the network." if closed else "A WAY OUT IS OPEN.")
    return 0 if ok else 1


def doctor(assistant: Assistant, chosen: argparse.Namespace, output: Output) -> int:
    """What support would ask for. No document's name or text is in it."""
    if chosen.try_gpu:
        output.follow(assistant.try_gpus(), lambda _: ("Trying the GPU", 0, 0))
    findings = diagnosis.diagnose(assistant)
    output.result(findings)
    for line in diagnosis.as_lines(findings):
        output.line(line)
    return 0
