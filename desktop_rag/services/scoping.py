"""Which documents a scope means, and what a search over them looks into."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from desktop_rag.domain import (
    Coverage,
    DocumentFile,
    DocumentStatus,
    LibraryEntry,
    Scope,
    UnreadDocument,
)
from desktop_rag.errors import UnknownCollection, UnknownDocument
from desktop_rag.pipeline.collection_names import exists, is_within
from desktop_rag.ports import Ledger


def entries_in(ledger: Ledger, scope: Scope) -> list[LibraryEntry]:
    """The documents of a scope, each with those of its files that lie in the scope's collection.

    Raises UnknownCollection, UnknownDocument.
    """
    entries = ledger.entries()
    if scope.collection is not None:
        entries = _with_files(entries, scope.collection)
        if not entries and not exists(scope.collection, ledger.collections()):
            raise unknown_collection(scope.collection)
    if scope.document_ids:
        known = {entry.document.id for entry in entries}
        for document_id in scope.document_ids:
            if document_id not in known:
                raise unknown_document(document_id)
        entries = [entry for entry in entries if entry.document.id in scope.document_ids]
    if scope.since or scope.until:
        entries = [entry for entry in entries if _is_of_days(entry, scope)]
    return entries


def coverage_of(entries: Sequence[LibraryEntry]) -> Coverage:
    """What a search over these documents looks into, and what it cannot."""
    unread = [
        UnreadDocument(entry.path, entry.document.message)
        for entry in entries
        if entry.document.message and entry.document.status is not DocumentStatus.READY
    ]
    searched = sum(entry.document.searchable for entry in entries)
    return Coverage(searched, tuple(unread))


def languages_in(entries: Sequence[LibraryEntry]) -> tuple[str, ...]:
    """The languages of these documents, each once."""
    return tuple(dict.fromkeys(code for entry in entries for code in entry.document.languages))


def unknown_document(document_id: str) -> UnknownDocument:
    """The error for an id that no document has."""
    return UnknownDocument(
        f"There is no document “{document_id}” here.", "“desktop-rag documents” lists the ids."
    )


def unknown_collection(name: str) -> UnknownCollection:
    """The error for a name that no collection has."""
    return UnknownCollection(
        f"There is no collection “{name}”.", "“desktop-rag collections” lists them."
    )


def _with_files(entries: Sequence[LibraryEntry], collection: str) -> list[LibraryEntry]:
    """Those in a collection or below it: another client's copy of a file is not to be named."""
    return [
        replace(entry, files=files)
        for entry in entries
        if (files := tuple(f for f in entry.files if is_within(f.collection, collection)))
    ]


def _is_of_days(entry: LibraryEntry, scope: Scope) -> bool:
    days = [_day(file, entry) for file in entry.files]
    return any(
        (scope.since is None or day >= scope.since) and (scope.until is None or day <= scope.until)
        for day in days
    )


def _day(file: DocumentFile, entry: LibraryEntry) -> date:
    """When the file was last changed, here on this machine's calendar; else when it was added."""
    if file.stamp is None:
        return datetime.fromisoformat(entry.document.added_at).astimezone().date()
    return datetime.fromtimestamp(file.stamp.mtime_ns / 1e9).astimezone().date()
