"""A LanceDB table after a crash or a power cut: the newest version that is whole.

LanceDB does not force its commits to the disk, so the newest version may be torn: its manifest or a
file that it names may be empty or cut short. Versions before it are still there; the torn one is
set aside. What the older one lacks is read again from the documents. What was set aside stays until
text is purged from the library: it may hold that text.
"""

import re
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from lancedb.query import MatchQuery

_LARGEST_VERSION = 2**64 - 1
_INVERTED_FROM = 2**63  # newer tables name a manifest so that the newest sorts first
_MANIFEST_END = b"LANC"
_WORDS_TRIED = 50
_ALL_GROUPS = 1_000_000
_SET_ASIDE = "damaged-index-"


def open_whole(table_folder: Path, open_table: Callable[[], Any]) -> Any | None:
    """The table at its newest whole version; None if none is, and all was set aside.

    Raises OSError, and sets nothing aside, if the disk does not give its files.
    """
    _refuse_unreadable(table_folder)
    while _manifests(table_folder):
        try:
            table = open_table()
            _read_all(table)
        except Exception:  # torn files raise whatever the reader of their format thinks of
            _set_aside_newest(table_folder)
        else:
            _set_aside_torn_before(table_folder, table)
            return table
    if table_folder.exists():
        shutil.move(table_folder, _quarantine(table_folder) / table_folder.name)
    return None


def check(table_folder: Path, table: Any) -> None:
    """Read the newest version, raising what that raises; set aside older ones that are torn."""
    _read_all(table)
    _set_aside_torn_before(table_folder, table)


def discard_set_aside(index_folder: Path) -> None:
    """Delete all that was set aside beside this index."""
    for folder in index_folder.parent.glob(f"{_SET_ASIDE}*"):
        shutil.rmtree(folder)


def _read_all(table: Any) -> None:
    """Read every row, and look into both indexes: the newest words, every group of vectors.

    Raises what that raises.
    """
    rows = table.search().limit(None).to_batches() if table.count_rows() else ()
    words: list[str] = []
    for batch in rows:
        texts = batch.column("searchable").to_pylist()
        words = [*words, *" ".join(texts[-5:]).split()][-_WORDS_TRIED:]
    if words and table.list_indices():
        query = MatchQuery(" ".join(words), "searchable")
        table.search(query, query_type="fts").limit(5).to_list()
        anywhere = [1.0] * table.schema.field("vector").type.list_size
        nearest = table.search(anywhere, vector_column_name="vector").distance_type("cosine")
        nearest.nprobes(_ALL_GROUPS).limit(1).to_list()


def _refuse_unreadable(table_folder: Path) -> None:
    """A drive that is away, or a right that is lacking, is no damage."""
    for path in table_folder.rglob("*"):
        if path.is_file():
            with path.open("rb") as file:
                file.read(1)


def _manifests(table_folder: Path) -> list[Path]:
    """Those of all versions, the newest first."""
    return sorted((table_folder / "_versions").glob("*.manifest"), key=_version, reverse=True)


def _version(manifest: Path) -> int:
    digits = re.match(r"\d+", manifest.name)
    number = int(digits.group()) if digits else 0
    return _LARGEST_VERSION - number if number >= _INVERTED_FROM else number


def _set_aside_torn_before(table_folder: Path, table: Any) -> None:
    """Older versions are of use to nobody here, but purging reads the manifests of all."""
    for manifest in _manifests(table_folder)[1:]:
        if not _can_be_read(manifest, table):
            manifest.replace(_quarantine(table_folder) / manifest.name)
    table.checkout_latest()


def _can_be_read(manifest: Path, table: Any) -> bool:
    """Opening an old version passes over the end of its manifest, where purging looks first."""
    try:
        table.checkout(_version(manifest))
    except Exception:  # as above
        return False
    return manifest.read_bytes().endswith(_MANIFEST_END)


def _set_aside_newest(table_folder: Path) -> None:
    newest = _manifests(table_folder)[0]
    newest.replace(_quarantine(table_folder) / newest.name)
    (table_folder / "_versions" / "latest_version_hint.json").unlink(missing_ok=True)


def _quarantine(table_folder: Path) -> Path:
    """A folder beside the index, named after the time."""
    now = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
    folder = table_folder.parent.with_name(f"{_SET_ASIDE}{now}")
    folder.mkdir(mode=0o700)
    return folder
