"""What the program keeps on the disk, for a person who wants to know."""

from collections.abc import Iterator
from pathlib import Path

from desktop_rag.domain import StoredItem

_LEDGER = "ledger.sqlite3"
_IN_LIBRARY = {
    "index.lance": (
        "Search index",
        "The text of your documents, cut into passages, so that it can be searched.",
    ),
    "temporary": ("Temporary files", "What runs right now has put aside; gone when it ends."),
    "attachments": ("Attachments", "PDFs that were attached to mails, copied out of them."),
}


def stored_items(
    library_folder: Path, models_folder: Path, settings_file: Path
) -> tuple[StoredItem, ...]:
    """Each thing that is there, with its purpose and its bytes; nothing of it lies elsewhere."""
    data_folder = settings_file.parent
    others = [
        _item("Models", "Models that you added.", models_folder),
        _item("Logs", "What went wrong and when; no text of documents.", data_folder / "logs"),
        _item("Settings", "What you chose in the settings.", settings_file),
        _item("Graphics card", "What went wrong when it was tried.", data_folder / "gpu.json"),
        _item("Window", "Its size, and which document was open.", data_folder / "window.json"),
        *(
            _item("Old settings", "A settings file that could not be read.", file)
            for file in sorted(data_folder.glob("settings.damaged-*.toml"))
        ),
    ]
    return tuple(
        item
        for item in (_ledger(library_folder), *_library_parts(library_folder), *others)
        if item.path.exists()
    )


def _ledger(library_folder: Path) -> StoredItem:
    """The ledger with the files that SQLite keeps beside it."""
    file = library_folder / _LEDGER
    return StoredItem(
        "List of documents and history",
        "Which files were read, and the questions you asked with their answers.",
        file,
        sum(size(part) for part in library_folder.glob(f"{_LEDGER}*")),
    )


def _library_parts(library_folder: Path) -> Iterator[StoredItem]:
    """Everything else in the library's folder, so that nothing there goes unnamed."""
    if not library_folder.is_dir():
        return
    for path in sorted(library_folder.iterdir()):
        if path.name.startswith(_LEDGER) or path.name == "write.lock":
            continue
        name, purpose = _IN_LIBRARY.get(path.name, (path.name, "A part of the library."))
        yield _item(name, purpose, path)


def _item(name: str, purpose: str, path: Path) -> StoredItem:
    return StoredItem(name, purpose, path, size(path))


def size(path: Path) -> int:
    """Bytes of a file, or of all files under a folder; 0 for what is not there."""
    files = path.rglob("*") if path.is_dir() else iter((path,))
    return sum(_bytes(file) for file in files)


def _bytes(file: Path) -> int:
    try:
        return file.lstat().st_size if file.is_file() else 0
    except OSError:
        return 0  # gone since it was listed: the index is being written
