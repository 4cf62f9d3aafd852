"""A library whose folder was moved or copied: what lies in it is found where it lies now.

The ledger names files by their whole path, those in the library's own folder too. In a copy that
was restored at another place they would be taken for lost, and deleted as nobody's.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from desktop_rag.adapters.sqlite_database import Database

_FOLDER = "attachments"
_OF_A_MAIL = re.compile(r"[0-9a-f]{16}")  # `services.attachments` names its folders so


def follow_attachments(database: Database, library_folder: Path) -> None:
    """Let the ledger name the PDFs of mails in this folder, if it names them in another.

    Raises LibraryError. Nothing is written where all is in its place.
    """
    own = library_folder / _FOLDER
    if not own.is_dir():
        return
    with database.reading():
        rows = database.connection.execute(
            "SELECT path FROM files WHERE instr(path, ?) UNION SELECT path FROM pending"
            " WHERE instr(path, ?)",
            (_FOLDER, _FOLDER),
        ).fetchall()
    moved = list(_moved([Path(path) for (path,) in rows], own))
    if not moved:
        return
    with database.change() as connection:
        for table in ("files", "pending"):
            # Or ignore: it was read again at its new place meanwhile.
            statement = f"UPDATE OR IGNORE {table} SET path = ? WHERE path = ?"
            connection.executemany(statement, moved)


def _moved(paths: list[Path], own: Path) -> Iterator[tuple[str, str]]:
    """(where it lies, where it was) of each that lies in `own` under the same names."""
    for path in paths:
        if path.is_relative_to(own) or len(path.parts) < 3:
            continue
        folder, mail, name = path.parts[-3:]
        here = own / mail / name
        if folder == _FOLDER and _OF_A_MAIL.fullmatch(mail) and here.is_file():
            yield str(here), str(path)
