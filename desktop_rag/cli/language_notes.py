"""What commands say of documents in languages that the bi-encoder in use does not know."""

from collections.abc import Sequence

from desktop_rag.cli.output import Output
from desktop_rag.domain import LibraryEntry
from desktop_rag.services.assistant import Assistant
from desktop_rag.services.language_check import gap_sentence, language_gaps


def note_languages(assistant: Assistant, output: Output, entries: Sequence[LibraryEntry]) -> None:
    """A remark on standard error for each such language of these documents."""
    for gap in language_gaps(assistant, entries):
        output.remark(f"note: {gap_sentence(gap)}")
