"""Ways to damage a vault, drawn at random, and what must come of each: words, and nothing else."""

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np

from desktop_rag.adapters.sealed_database import SealedDatabase
from desktop_rag.adapters.sealed_tables import SealedTables
from desktop_rag.adapters.sqlite_ledger import SqliteLedger
from desktop_rag.adapters.vault_folders import VaultFolders
from desktop_rag.adapters.vault_header import Stretching
from desktop_rag.adapters.vault_witness import Witness
from desktop_rag.domain import (
    Chunk,
    Document,
    DocumentFile,
    DocumentStatus,
    IndexStamp,
    ModelIdentity,
    Span,
    VaultKey,
)
from desktop_rag.errors import DesktopRagError, VaultDamaged

QUICK = Stretching(memory_kib=64, passes=1, lanes=1)
PASSPHRASE = "correct horse battery"
_WIDTH = 8
_NO_LOCKS = ("lock", "write.lock")


def folders(home: Path) -> VaultFolders:
    """The vaults of a library in `home`, with little stretching."""
    return VaultFolders(home / "vaults", Witness(home / "seen.json"), QUICK)


def chunk(document_id: str, ordinal: int, text: str) -> Chunk:
    return Chunk(document_id, ordinal, text, text, "", (Span(1, 0, len(text)),))


def vector(seed: int) -> np.ndarray:
    made = np.random.default_rng(seed).standard_normal(_WIDTH).astype(np.float32)
    return made / np.linalg.norm(made)


def add_document(vaults: VaultFolders, key: VaultKey, name: str) -> None:
    """A document of three chunks, in index and ledger, as the program would write it."""
    with vaults.opened(key) as files:
        ledger = SqliteLedger(SealedDatabase(files))
        ledger.set_stamp(IndexStamp(ModelIdentity("tiny", "0" * 64)))
        ledger.set_settled(False)
        store = SealedTables(files).open("chunks", lambda: _WIDTH)
        chunks = [chunk(name, place, f"{name} says {place}") for place in range(3)]
        store.add(chunks, np.stack([vector(place) for place in range(3)]))
        document = Document(name, name * 8, DocumentStatus.READY, 1, 3, "", True, "2026-01-01")
        ledger.record(document, (), DocumentFile(Path(f"/{name}.pdf"), name, "Matter"))
        ledger.set_settled(True)


def contents(vaults: VaultFolders, passphrase: str = PASSPHRASE) -> dict[str, list[str]]:
    """Each document of the first vault with its texts, all files checked first."""
    key = vaults.unlock(vaults.ids()[0], passphrase)
    vaults.check(key)
    with vaults.opened(key) as files:
        store = SealedTables(files).open("chunks", lambda: _WIDTH)
        documents = SqliteLedger(SealedDatabase(files)).document_ids()
        return {
            name: sorted(one.text for one in store.chunks([f"{name}:{n}" for n in range(3)]))
            for name in documents
        }


class Damage:
    """Damages copies of one vault, and looks what the program makes of each.

    `before` is an earlier state of the same vault, `other` another vault of the same passphrase.
    """

    def __init__(self, home: Path, seed: int) -> None:
        self._home = home
        self._random = random.Random(seed)
        vaults = folders(home / "good")
        key = vaults.create(PASSPHRASE).key
        add_document(vaults, key, "aa")
        add_document(vaults, key, "bb")
        shutil.copytree(home / "good", home / "before")
        add_document(vaults, key, "cc")
        other = folders(home / "other")
        add_document(other, other.create(PASSPHRASE).key, "dd")
        self._whole = contents(vaults)
        assert set(self._whole) == {"aa", "bb", "cc"}
        self._ways: tuple[Callable[[Path], str], ...] = (
            self._flip, self._flip, self._flip, self._cut, self._lengthen, self._lose,
            self._swap, self._go_back, self._go_back_whole, self._take_from_another,
        )  # fmt: skip

    def once(self) -> tuple[str, str]:
        """Damage a copy one way; returns the way and a fault, or "" if all is as it must be."""
        home = self._home / "damaged"
        shutil.rmtree(home, ignore_errors=True)
        shutil.copytree(self._home / "good", home)
        vault = next((home / "vaults").iterdir())
        way = self._random.choice(self._ways)
        what = f"{way.__name__[1:]}: {way(vault)}"
        try:
            found = contents(folders(home))
        except VaultDamaged as error:
            said = error.message and error.hint
            return what, "" if said and self._mends(home) else "no words, or not mended"
        except DesktopRagError as error:
            return what, "" if error.message and error.hint else "no words"
        return what, f"was opened: {sorted(found)}"

    def _mends(self, home: Path) -> bool:
        """Whether repairing either refuses too or leaves whole documents and no wrong word."""
        vaults = folders(home)
        try:
            count = vaults.repair(vaults.unlock(vaults.ids()[0], PASSPHRASE))
            left = contents(vaults)
        except (DesktopRagError, IndexError):
            return True
        whole = [name for name in left if left[name] == self._whole[name]]
        lost = [name for name in left if left[name] == []]
        return len(whole) + len(lost) == 3 and len(lost) == count

    def _file(self, vault: Path, *, but: Path | None = None) -> Path:
        files = [one for one in sorted(vault.iterdir()) if one.name not in _NO_LOCKS]
        return self._random.choice([one for one in files if one != but])

    def _flip(self, vault: Path) -> str:
        file = self._file(vault)
        content = bytearray(file.read_bytes())
        place = self._random.randrange(len(content))
        content[place] ^= 1 << self._random.randrange(8)
        file.write_bytes(content)
        return f"{file.name} at {place}"

    def _cut(self, vault: Path) -> str:
        file = self._file(vault)
        content = file.read_bytes()
        file.write_bytes(content[: self._random.randrange(len(content))])
        return file.name

    def _lengthen(self, vault: Path) -> str:
        file = self._file(vault)
        file.write_bytes(file.read_bytes() + self._random.randbytes(self._random.randint(1, 99)))
        return file.name

    def _lose(self, vault: Path) -> str:
        file = self._file(vault)
        file.unlink()
        return file.name

    def _swap(self, vault: Path) -> str:
        one = self._file(vault)
        two = self._file(vault, but=one)
        first = one.read_bytes()
        one.write_bytes(two.read_bytes())
        two.write_bytes(first)
        return f"{one.name} and {two.name}"

    def _go_back(self, vault: Path) -> str:
        """The head, and with it the manifest, as they were."""
        return self._restore(vault, lambda name: name == "head")

    def _go_back_whole(self, vault: Path) -> str:
        """Every file as it was: what only the note outside of the vault can tell."""
        shutil.rmtree(vault)
        vault.mkdir()
        return self._restore(vault, lambda name: True)

    def _restore(self, vault: Path, wanted: Callable[[str], bool]) -> str:
        earlier = next((self._home / "before" / "vaults").iterdir())
        for file in earlier.iterdir():
            if wanted(file.name) or not (vault / file.name).exists():
                shutil.copy(file, vault / file.name)
        return ""

    def _take_from_another(self, vault: Path) -> str:
        strange = next((self._home / "other" / "vaults").iterdir())
        file = self._file(vault)
        of_its_kind = strange / file.name
        source = of_its_kind if of_its_kind.exists() else self._file(strange)
        shutil.copy(source, file)
        return file.name
