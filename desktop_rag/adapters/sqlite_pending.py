"""What is still to be read, in SQLite: it outlives the program."""

from collections.abc import Iterable
from pathlib import Path

from desktop_rag.adapters.sqlite_database import Database, database_at
from desktop_rag.domain import PendingFile


class SqlitePending:
    """A `ports.PendingStore` beside the ledger."""

    def __init__(self, place: Path | Database) -> None:
        self._database = database_at(place)

    def files(self) -> list[PendingFile]:
        with self._database.reading():
            rows = self._database.connection.execute(
                "SELECT path, collection, ocr, stays FROM pending ORDER BY rowid"
            ).fetchall()
        return [PendingFile(Path(row[0]), row[1], bool(row[2]), bool(row[3])) for row in rows]

    def put(self, files: Iterable[PendingFile]) -> None:
        rows = [(str(file.path), file.collection, file.ocr, file.stays) for file in files]
        with self._database.change() as connection:
            connection.executemany("INSERT OR REPLACE INTO pending VALUES (?,?,?,?)", rows)

    def drop(self, paths: Iterable[Path]) -> None:
        rows = [(str(path),) for path in paths]
        with self._database.change() as connection:
            connection.executemany("DELETE FROM pending WHERE path = ?", rows)
