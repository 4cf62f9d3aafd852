"""The watched folders in SQLite."""

from collections.abc import Iterable
from pathlib import Path

from desktop_rag.adapters.sqlite_database import Database, database_at, rename_in
from desktop_rag.domain import WatchedFolder

_SCHEMA = """
CREATE TABLE IF NOT EXISTS watched_folders (
    path TEXT PRIMARY KEY, collection TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS left_out (document_id TEXT PRIMARY KEY) STRICT;
"""


class SqliteWatchedFolders:
    """A `ports.WatchedFolderStore` beside the ledger."""

    def __init__(self, place: Path | Database) -> None:
        self._database = database_at(place)
        with self._database.change() as connection:
            connection.executescript(_SCHEMA)

    def folders(self) -> list[WatchedFolder]:
        with self._database.reading():
            rows = self._database.connection.execute(
                "SELECT path, collection FROM watched_folders ORDER BY path"
            ).fetchall()
        return [WatchedFolder(Path(path), collection) for path, collection in rows]

    def put(self, folder: WatchedFolder) -> None:
        with self._database.change() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO watched_folders VALUES (?, ?)",
                (str(folder.path), folder.collection),
            )

    def rename_collection(self, name: str, new_name: str) -> None:
        with self._database.change() as connection:
            rename_in(connection, "watched_folders", "collection", name, new_name)

    def drop(self, path: Path) -> None:
        with self._database.change() as connection:
            connection.execute("DELETE FROM watched_folders WHERE path = ?", (str(path),))
            connection.execute(
                "DELETE FROM left_out WHERE NOT EXISTS (SELECT 1 FROM watched_folders)"
            )

    def leave_out(self, document_ids: Iterable[str]) -> None:
        with self._database.change() as connection:
            connection.executemany(
                "INSERT OR IGNORE INTO left_out VALUES (?)", [(key,) for key in document_ids]
            )

    def take_back(self, document_ids: Iterable[str]) -> None:
        with self._database.change() as connection:
            connection.executemany(
                "DELETE FROM left_out WHERE document_id = ?", [(key,) for key in document_ids]
            )

    def left_out(self) -> frozenset[str]:
        with self._database.reading():
            rows = self._database.connection.execute("SELECT document_id FROM left_out").fetchall()
        return frozenset(row[0] for row in rows)
