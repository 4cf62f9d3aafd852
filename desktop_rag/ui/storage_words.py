"""Sentences on what was erased."""

from PySide6.QtCore import QCoreApplication

from desktop_rag.domain import Forgotten


def proof_sentence(forgotten: Forgotten) -> str:
    """What the search after forgetting found; it names no word and no file."""
    if forgotten.found:
        text = QCoreApplication.translate(
            "storage",
            "Erased, but a search for words of it ({words} sought in {files} files) still found "
            "{found}. Tell whoever helps you.",
        )
    else:
        text = QCoreApplication.translate(
            "storage",
            "Forgotten. {words} words of it were sought in the {files} files that are left: "
            "{found} found.",
        )
    return text.format(
        words=forgotten.sought_words,
        files=forgotten.files_searched,
        found=len(forgotten.found),
    )
