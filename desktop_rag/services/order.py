"""What is asked for a file that is to be read."""

from collections.abc import Sequence
from dataclasses import dataclass

from desktop_rag.domain import DocumentFile, DocumentStatus, LibraryEntry

WORTH_ANOTHER_TRY = (DocumentStatus.NEEDS_PASSWORD, DocumentStatus.UNREADABLE)


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for a file: its collection (None: where it is), and how it is to be read.

    Attributes:
        anew: whether it is read though its text is known; what is known stays if that fails.
        stays: whether a file that is known at its place stays in its collection.
        left_out: ids of documents that are not taken in: the reader removed them.
    """

    collection: str | None
    passwords: tuple[str, ...]
    ocr: bool
    anew: bool = False
    stays: bool = False
    left_out: frozenset[str] = frozenset()


def restoring_order(entry: LibraryEntry, file: DocumentFile, passwords: Sequence[str]) -> Order:
    """What brings a removed document back as it was: in its collection, with OCR if it had it.

    One that was never read is read with all that there is.
    """
    document = entry.document
    ocr = document.used_ocr or document.status in WORTH_ANOTHER_TRY
    return Order(file.collection, tuple(passwords), ocr)
