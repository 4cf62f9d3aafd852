"""The ledger's file written anew: no free page, no gap in a page and no log holds old text."""

from pathlib import Path

from desktop_rag.adapters.sqlite_database import SqliteDatabase, library_errors


def rewrite(file: Path) -> None:
    """Write the whole file anew and empty its log; takes about as long as copying it.

    Deleted rows are overwritten when they are deleted, but SQLite moves rows between pages, too,
    and a copy may stay where a row was. Raises LibraryError.
    """
    database = SqliteDatabase(file)
    with library_errors(file):
        database.purge_log()
        database.connection.execute("VACUUM")
        database.purge_log()
        database.connection.close()
