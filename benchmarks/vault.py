"""What a vault costs beside the open library: opening, searching, one document more, one out.

Both hold the same passages, written through their stores, and are used in turns in one process.
The document that goes is the one that came last: an earlier one takes longer to purge.
Printed are medians in milliseconds and the factor between them, and the size on the disk.

    python benchmarks/vault.py [PASSAGES] [ROUNDS]      10000 and 5, if they are not named
"""

from desktop_rag.privacy import guard

guard.activate()

import statistics  # noqa: E402 - the guard goes first
import sys  # noqa: E402
import tempfile  # noqa: E402
import time  # noqa: E402
from collections.abc import Callable  # noqa: E402
from pathlib import Path  # noqa: E402

import numpy as np  # noqa: E402
import synthetic  # noqa: E402

QUESTION = "what notice must the tenant give to the landlord"
SEARCHES = 10


class Open:
    """The library as it lies open on the disk."""

    def __init__(self, home: Path) -> None:
        from desktop_rag.adapters.storages import OpenStorage

        self.folder = home / "open"
        self._make = lambda: OpenStorage(self.folder)
        self.open()

    def open(self) -> None:
        """Ledger and index, ready to be searched."""
        from desktop_rag.adapters.sqlite_ledger import SqliteLedger

        self.storage = self._make()
        self.ledger = SqliteLedger(self.storage.database())
        self.store = self.storage.tables().open("chunks", lambda: synthetic.WIDTH)


class Sealed(Open):
    """The same in a vault, whose key is known: without the second for the passphrase."""

    def __init__(self, home: Path) -> None:
        from desktop_rag.adapters.storages import SealedStorage
        from desktop_rag.adapters.vault_folders import VaultFolders
        from desktop_rag.adapters.vault_witness import Witness

        vaults = VaultFolders(home / "vaults", Witness(home / "seen.json"))
        key = vaults.create("correct horse battery").key
        self.folder = home / "vaults" / key.vault_id
        self._make = lambda: SealedStorage(vaults, key)
        self.open()


def milliseconds(act: Callable[[], object]) -> float:
    """How long it takes."""
    started = time.perf_counter()
    act()
    return (time.perf_counter() - started) * 1000


def search(library: Open, vectors: np.ndarray) -> None:
    """Ten searches, by meaning and by words."""
    for vector in vectors:
        library.store.dense(vector, 50, None)
        library.store.keyword(QUESTION, vector, 50, None)


def add(library: Open, source: synthetic.Source, away: Path) -> None:
    """One document of a hundred passages, as the program stores it."""
    synthetic.write(library.store, library.ledger, synthetic.PER_DOCUMENT, source, away)


def remove(library: Open) -> None:
    """That document again, text and all."""
    document_id = synthetic.document_id(0)
    library.ledger.remove(document_id)
    library.store.delete([document_id])
    library.store.compact(purge=True)


def size(folder: Path) -> float:
    """Megabytes."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6


def main() -> None:
    """Fill both, then measure in turns."""
    passages = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    with tempfile.TemporaryDirectory() as name:
        libraries = [Open(Path(name)), Sealed(Path(name))]
        for library in libraries:
            source = synthetic.Source(QUESTION)
            synthetic.write(library.store, library.ledger, passages, source, Path(name) / "away")
            library.store.compact(purge=True)
        taken: dict[str, list[list[float]]] = {}
        for number in range(rounds):
            vectors = synthetic.Source(QUESTION).vectors(1)[:SEARCHES]
            for place, library in enumerate(libraries):
                away, fresh = Path(name) / f"more-{number}-{place}", synthetic.Source(QUESTION)
                library.storage.close()
                steps = {
                    "open": library.open,
                    "ten searches": lambda one=library, v=vectors: search(one, v),
                    "remove a document": lambda one=library: remove(one),
                    "add a document": lambda one=library, s=fresh, a=away: add(one, s, a),
                }
                for what, act in steps.items():
                    taken.setdefault(what, [[], []])[place].append(milliseconds(act))
        print(f"{passages:,} passages, medians of {rounds} rounds in ms")
        for what, (plain, sealed) in taken.items():
            one, two = statistics.median(plain), statistics.median(sealed)
            print(f"{what:<20} open {one:8.0f}   vault {two:8.0f}   {two / one:6.2f} times")
        plain_mb, sealed_mb = (size(library.folder) for library in libraries)
        print(f"{'on the disk':<20} open {plain_mb:6.1f} MB  vault {sealed_mb:6.1f} MB")


if __name__ == "__main__":
    main()
