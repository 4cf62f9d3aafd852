"""add, documents, remove, collections, verify, compact."""

import argparse
from pathlib import Path

from desktop_rag.cli import as_json
from desktop_rag.cli.language_notes import note_languages
from desktop_rag.cli.output import Output
from desktop_rag.cli.reembed_command import note_change
from desktop_rag.domain import AddedFile, AddProgress, AddReport, AddStatus, FileState
from desktop_rag.errors import WrongUsage
from desktop_rag.services import removing
from desktop_rag.services.assistant import Assistant
from desktop_rag.services.presence import finished

_NOT_ALL_READ = 3
_TOLD_AT_ONCE = 100  # documents of an older program: a few seconds
_FINE = frozenset({AddStatus.READY, AddStatus.UNCHANGED, AddStatus.DUPLICATE})
_WORDS = {
    AddStatus.READY: "ready",
    AddStatus.PARTLY_READABLE: "partly readable",
    AddStatus.NEEDS_PASSWORD: "needs a password",
    AddStatus.NO_TEXT: "no text",
    AddStatus.UNREADABLE: "not readable",
    AddStatus.UNCHANGED: "unchanged",
    AddStatus.DUPLICATE: "duplicate",
}

_INDEXING = "The library has become large: its search index is being made. This takes minutes."
_STATE_WORDS = {
    FileState.MISSING: "The file is gone.",
    FileState.OFFLINE: "Offline: its drive or folder is not there.",
}


def add(assistant: Assistant, chosen: argparse.Namespace, output: Output) -> int:
    """Exit code 3 if some file could not be read, or not wholly."""
    finished: list[AddedFile] = []

    def describe(step: AddProgress) -> tuple[str, float, float]:
        if step.indexing:
            return "Making the search index", 0.0, 0.0
        share = step.page / step.page_count if step.page_count else 0.0
        done = step.file_number if step.finished else step.file_number - 1 + share
        return f"{step.file_number}/{step.file_count} {step.path.name}", done, step.file_count

    def say(step: AddProgress) -> str | None:
        if step.indexing:
            return _INDEXING
        if step.finished is None:
            return None
        finished.append(step.finished)
        return _sentence(step.finished)

    steps = assistant.library.add(
        chosen.paths,
        collection=chosen.collection,
        passwords=_passwords(chosen.password_file),
        ocr=assistant.ocr and not chosen.no_ocr,
    )
    try:
        report = output.follow(steps, describe, say)
    except KeyboardInterrupt:
        assistant.library.forget_pending()
        output.remark(
            f"Stopped: {len(finished)} files are done and stay; the others were left out. "
            "Run the same command again to go on."
        )
        output.result(as_json.of_add(AddReport(tuple(finished), 0.0)) | {"stopped": True})
        return 1
    output.result(as_json.of_add(report))
    assistant.library.tell_languages(_TOLD_AT_ONCE)
    note_languages(assistant, output, assistant.library.documents())
    unread = [file for file in report.files if not _is_whole(file)]
    pages = sum(file.page_count for file in report.files if _is_whole(file))
    output.line(
        f"{len(report.files) - len(unread)} documents, {pages} pages, {report.seconds:.1f} s."
    )
    if unread:
        output.line(f"{len(unread)} could not be read, or not wholly; see above.")
    return _NOT_ALL_READ if unread else 0


def documents(assistant: Assistant, chosen: argparse.Namespace, output: Output) -> int:
    """One line a document: id, status, pages, path; then what is wrong, if anything is."""
    finished(assistant.presence.look_outside([f.path for f in assistant.watching.watched()]))
    entries = assistant.library.documents()
    output.result(as_json.of_documents(entries) | note_change(assistant, output))
    for entry in entries:
        document = entry.document
        words = _WORDS[AddStatus(document.status.value)]
        output.line(f"{document.id}  {words:<16} {document.page_count:>5} p.  {entry.path}")
        if document.message:
            output.line(f"{'':18}{document.message}")
        if entry.state is not FileState.PRESENT:
            output.line(f"{'':18}{_STATE_WORDS[entry.state]}")
    if not entries:
        output.line("The library is empty. “desktop-rag add PATH” adds PDFs.")
    return 0


def remove(assistant: Assistant, chosen: argparse.Namespace, output: Output) -> int:
    """The files themselves are never touched."""
    removed = removing.remove(assistant.library, assistant.history, assistant.watching, chosen.ids)
    output.result({"removed": [entry.document.id for entry in removed.entries]})
    for entry in removed.entries:
        output.line(f"Removed {entry.path} from the library. The file itself is untouched.")
    return 0


def collections(assistant: Assistant, chosen: argparse.Namespace, output: Output) -> int:
    """One line a collection with its number of documents."""
    counts = assistant.library.collections()
    output.result(
        {"collections": [{"name": name, "documents": count} for name, count in counts.items()]}
    )
    for name, count in counts.items():
        output.line(f"{count:>6}  {name}")
    return 0


def verify(assistant: Assistant, chosen: argparse.Namespace, output: Output) -> int:
    """Exit code 1 if anything does not fit."""
    problems = assistant.library.verify()
    change = note_change(assistant, output)
    output.result({"ok": not problems, "problems": problems} | change)
    for problem in problems:
        output.line(problem)
    if not problems:
        output.line("Ledger, index and files fit together.")
    return 1 if problems else 0


def compact(assistant: Assistant, chosen: argparse.Namespace, output: Output) -> int:
    """Purge and merge."""
    assistant.library.compact()
    output.result({"ok": True})
    output.line("Done.")
    return 0


def _is_whole(file: AddedFile) -> bool:
    """Whether all of it can be searched; an unchanged file may still be one that cannot."""
    return file.status in _FINE and file.chunk_count > 0 and not file.unreadable_pages


def _sentence(file: AddedFile) -> str:
    words = _WORDS[file.status]
    line = f"{words}: {file.path.name}"
    if file.page_count:
        line += f", {file.page_count} pages"
    if file.ocr_pages:
        line += f", {len(file.ocr_pages)} read from a scan"
    return f"{line}. {file.message}" if file.message else line


def _passwords(file: Path | None) -> list[str]:
    if file is None:
        return []
    try:
        return [line for line in file.read_text(encoding="utf-8").splitlines() if line]
    except (OSError, UnicodeDecodeError) as error:
        raise WrongUsage(
            f"The password file {file} cannot be read.", "Check its name; one password a line."
        ) from error
