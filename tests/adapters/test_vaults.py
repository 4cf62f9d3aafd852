"""Vaults: ciphertext on the disk, the same library in memory, and refusals in words."""

import hashlib
import json
import os
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from argon2.exceptions import HashingError

from desktop_rag.adapters import sealed_files, vault_header
from desktop_rag.adapters.lancedb_store import LanceChunkStore
from desktop_rag.adapters.sealed_database import SealedDatabase
from desktop_rag.adapters.sealed_tables import SealedTables
from desktop_rag.adapters.sqlite_history import SqliteHistory
from desktop_rag.adapters.sqlite_ledger import SqliteLedger
from desktop_rag.adapters.vault_folders import VaultFolders
from desktop_rag.domain import Hit, NewVault
from desktop_rag.errors import (
    LibraryBusy,
    LibraryError,
    UnknownVault,
    VaultDamaged,
    VaultOlder,
    WrongPassphrase,
    WrongUsage,
)
from desktop_rag.ports import ChunkStore
from desktop_rag.privacy import permissions
from desktop_rag.services.vaults import Vaults
from tests.vault_damage import (
    PASSPHRASE,
    Damage,
    add_document,
    chunk,
    contents,
    folders,
    vector,
)

ANOTHER = "battery staple horse"


@pytest.fixture
def vaults(tmp_path: Path) -> VaultFolders:
    return folders(tmp_path)


@pytest.fixture
def new(vaults: VaultFolders) -> NewVault:
    return vaults.create(PASSPHRASE)


def bytes_under(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())


def test_passphrase_and_recovery_key_open_it_and_nothing_else(
    vaults: VaultFolders, new: NewVault
) -> None:
    vault_id = new.key.vault_id
    assert vaults.ids() == [vault_id]
    assert vaults.unlock(vault_id, PASSPHRASE) == new.key
    typed = new.recovery_key.lower().replace("-", " ")
    assert vaults.unlock_by_recovery_key(vault_id, typed) == new.key
    with pytest.raises(WrongPassphrase):
        vaults.unlock(vault_id, PASSPHRASE.upper())
    wrong = ("A" if new.recovery_key[0] != "A" else "B") + new.recovery_key[1:]
    with pytest.raises(WrongPassphrase, match="no recovery key"):
        vaults.unlock_by_recovery_key(vault_id, wrong)
    with pytest.raises(WrongPassphrase, match="recovery key"):
        vaults.unlock_by_recovery_key(vault_id, vaults.create(ANOTHER).recovery_key)


def test_an_accent_is_the_same_however_a_keyboard_makes_it(vaults: VaultFolders) -> None:
    key = vaults.create("caf\u00e9 au lait, s'il vous plaît").key
    assert vaults.unlock(key.vault_id, "cafe\u0301 au lait, s'il vous plaît") == key


def test_another_passphrase_takes_the_place_of_the_first(
    vaults: VaultFolders, new: NewVault
) -> None:
    vaults.change_passphrase(new.key, ANOTHER)
    assert vaults.unlock(new.key.vault_id, ANOTHER) == new.key
    with pytest.raises(WrongPassphrase):
        vaults.unlock(new.key.vault_id, PASSPHRASE)
    assert vaults.unlock_by_recovery_key(new.key.vault_id, new.recovery_key) == new.key


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_change_of_passphrase_that_is_cut_off_leaves_the_old_one(
    vaults: VaultFolders, new: NewVault, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*arguments: Any) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(os if step == "fsync" else Path, step, fail)
        with pytest.raises(LibraryError, match="old passphrase still opens"):
            vaults.change_passphrase(new.key, ANOTHER)
    assert vaults.unlock(new.key.vault_id, PASSPHRASE) == new.key


def test_a_header_may_not_ask_for_all_memory(
    vaults: VaultFolders, new: NewVault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    greedy = vault_header.Stretching(memory_kib=2**31, passes=1, lanes=1)
    assert not greedy.is_bearable()
    monkeypatch.setattr(vault_header, "hash_secret_raw", lambda *_, **__: bytes(32))
    vault_header.change_passphrase(tmp_path / "vaults" / new.key.vault_id, new.key, ANOTHER, greedy)
    with pytest.raises(VaultDamaged):
        vaults.unlock(new.key.vault_id, ANOTHER)


def test_what_a_vault_holds_is_nowhere_on_the_disk(
    vaults: VaultFolders, new: NewVault, tmp_path: Path
) -> None:
    add_document(vaults, new.key, "zanzibarette")
    assert contents(vaults) == {"zanzibarette": [f"zanzibarette says {n}" for n in range(3)]}
    found = bytes_under(tmp_path)
    assert b"zanzibarette" not in found
    assert b"Matter" not in found
    assert PASSPHRASE.encode() not in found
    assert new.key.data_key not in found
    assert all(file.stat().st_mode & 0o077 == 0 for file in tmp_path.rglob("vaults/**/*"))


def hits(found: list[Hit]) -> list[tuple[str, int, str, float, float]]:
    return [
        (hit.chunk.document_id, hit.chunk.ordinal, hit.chunk.text, hit.score, hit.cosine)
        for hit in found
    ]


def test_a_sealed_store_finds_what_an_open_one_finds_also_when_opened_again(
    vaults: VaultFolders, new: NewVault, tmp_path: Path
) -> None:
    def change(store: ChunkStore) -> None:
        for name in ("aa", "bb", "cc"):
            texts = [f"{name} clause {n} on termination" for n in range(4)]
            chunks = [chunk(name, n, text) for n, text in enumerate(texts)]
            store.add(chunks, np.stack([vector(ord(name[0]) + n) for n in range(4)]))
        store.replace("bb", [chunk("bb", 0, "rewritten notice")], np.stack([vector(500)]))
        store.delete(["cc"])
        store.settle()
        store.compact(purge=True)

    plain = LanceChunkStore(tmp_path / "open", lambda: 8)
    change(plain)
    with vaults.opened(new.key) as files:
        change(SealedTables(files).open("chunks", lambda: 8))
    with vaults.opened(new.key) as files:
        tables = SealedTables(files)
        assert tables.names() == ["chunks"]
        sealed = tables.open("chunks", lambda: 8)
        for scope in (None, ["aa"], []):
            expected = hits(plain.dense(vector(98), 5, scope))
            assert hits(sealed.dense(vector(98), 5, scope)) == expected
        for question in ("termination", "notice", "clause 2"):
            ids = [one[:3] for one in hits(plain.keyword(question, vector(98), 9, None))]
            found = [one[:3] for one in hits(sealed.keyword(question, vector(98), 9, None))]
            assert sorted(found) == sorted(ids)
        assert sealed.chunk_counts() == plain.chunk_counts() == {"aa": 4, "bb": 1}
        assert sorted(sealed.chunk_ids()) == sorted(plain.chunk_ids())
        assert len(files.segments("chunks")) == 2
        tables.drop("chunks")
        assert files.segments("chunks") == []
        assert tables.names() == []


def test_a_change_that_cannot_be_sealed_is_no_change(
    vaults: VaultFolders, new: NewVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*arguments: Any) -> None:
        raise OSError(28, "No space left on device")

    add_document(vaults, new.key, "aa")
    with vaults.opened(new.key) as files:
        ledger = SqliteLedger(SealedDatabase(files))
        before = sorted(file.name for file in files.folder.iterdir())
        with monkeypatch.context() as broken:
            broken.setattr(sealed_files, "write_private_bytes", full)
            with pytest.raises(LibraryError, match="No space left"):
                ledger.create_collection("Lost")
        assert sorted(file.name for file in files.folder.iterdir()) == before
        assert "Lost" not in ledger.collections()
        ledger.create_collection("Kept")
    with vaults.opened(new.key) as files:
        assert set(SqliteLedger(SealedDatabase(files)).collections()) == {"Kept", "Matter"}


def test_ledger_and_history_share_one_sealed_database(vaults: VaultFolders, new: NewVault) -> None:
    with vaults.opened(new.key) as files:
        database = SealedDatabase(files)
        SqliteLedger(database).create_collection("One")
        assert SqliteHistory(database).conversations("") == []
        SqliteLedger(database).create_collection("Two")
    with vaults.opened(new.key) as files:
        assert set(SqliteLedger(SealedDatabase(files)).collections()) == {"One", "Two"}


def test_one_program_at_a_time_has_a_vault_open(vaults: VaultFolders, new: NewVault) -> None:
    with vaults.opened(new.key), pytest.raises(LibraryBusy, match="open in another"):
        vaults.check(new.key)
    with vaults.opened(new.key), pytest.raises(LibraryBusy):
        vaults.delete(new.key.vault_id)
    vaults.check(new.key)


def test_what_a_crash_left_is_never_read_and_goes_with_the_next_change(
    vaults: VaultFolders, new: NewVault, tmp_path: Path
) -> None:
    add_document(vaults, new.key, "aa")
    folder = tmp_path / "vaults" / new.key.vault_id
    half = folder / f"{'0' * 32}.sealed"
    half.write_bytes(b"half")
    assert contents(vaults) == {"aa": [f"aa says {n}" for n in range(3)]}
    assert half.exists()
    add_document(vaults, new.key, "bb")
    assert not half.exists()


def test_an_old_copy_of_a_vault_is_refused_until_it_is_accepted(
    vaults: VaultFolders, new: NewVault, tmp_path: Path
) -> None:
    add_document(vaults, new.key, "aa")
    shutil.copytree(tmp_path / "vaults", tmp_path / "backup")
    add_document(vaults, new.key, "bb")
    shutil.rmtree(tmp_path / "vaults")
    shutil.copytree(tmp_path / "backup", tmp_path / "vaults")
    with pytest.raises(VaultOlder, match="changes are missing"):
        contents(vaults)
    vaults.accept(new.key.vault_id)
    assert set(contents(vaults)) == {"aa"}


def test_a_vault_that_was_copied_to_another_computer_opens_there(
    vaults: VaultFolders, new: NewVault, tmp_path: Path
) -> None:
    add_document(vaults, new.key, "aa")
    shutil.copytree(tmp_path / "vaults", tmp_path / "there" / "vaults")
    assert set(contents(folders(tmp_path / "there"))) == {"aa"}


def test_random_damages_are_refused_in_words(tmp_path: Path) -> None:
    """A thousand of them: python -m tests.torture.vault_damage."""
    damage = Damage(tmp_path, seed=20261128)
    outcomes = [damage.once() for _ in range(25)]
    assert [outcome for outcome in outcomes if outcome[1]] == []


def test_a_deleted_vault_leaves_nothing(
    vaults: VaultFolders, new: NewVault, tmp_path: Path
) -> None:
    add_document(vaults, new.key, "aa")
    vaults.delete(new.key.vault_id)
    assert vaults.ids() == []
    assert list((tmp_path / "vaults").iterdir()) == []


def test_vaults_are_known_by_number_and_the_right_one_opens(vaults: VaultFolders) -> None:
    service = Vaults(vaults)
    with pytest.raises(UnknownVault):
        service.unlock(PASSPHRASE)
    with pytest.raises(WrongUsage, match="10 characters"):
        service.create("short")
    first, second = service.create(PASSPHRASE).key, service.create(ANOTHER).key
    ids = service.ids()
    assert service.named("1") == ids[0]
    assert service.named(ids[1]) == ids[1]
    assert service.unlock(ANOTHER) == second
    assert service.unlock(PASSPHRASE) == first
    with pytest.raises(UnknownVault):
        service.named("3")
    with pytest.raises(WrongPassphrase):
        service.unlock(ANOTHER, first.vault_id)


class Fault:
    """Makes the calls from the `first` to the `last` of a function fail."""

    def __init__(self, call: Any, error: BaseException, first: int, last: int = 10**9) -> None:
        self._call = call
        self._error = error
        self._failing = range(first, last + 1)
        self.count = 0

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        self.count += 1
        if self.count in self._failing:
            raise self._error
        return self._call(*arguments, **options)


@pytest.mark.parametrize("error", [KeyboardInterrupt(), OSError(5, "I/O error")], ids=str)
@pytest.mark.parametrize("step", range(1, 13))
def test_a_change_that_is_cut_off_anywhere_leaves_the_state_before_or_after(
    vaults: VaultFolders,
    new: NewVault,
    step: int,
    error: BaseException,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A change makes a dozen calls of these; also the last, which confirms it, may fail."""
    with vaults.opened(new.key) as files:
        ledger = SqliteLedger(SealedDatabase(files))
        ledger.create_collection("Before")
        calls = [os.fsync, os.open, os.replace]
        counter = [0]

        def failing(call: Any) -> Any:
            def called(*arguments: Any, **options: Any) -> Any:
                counter[0] += 1
                if counter[0] == step:
                    raise error
                return call(*arguments, **options)

            return called

        with monkeypatch.context() as broken:
            for call in calls:
                broken.setattr(os, call.__name__, failing(call))
            try:
                ledger.create_collection("After")
                acknowledged = True
            except (KeyboardInterrupt, LibraryError):
                acknowledged = False
        told = set(ledger.collections())
    with vaults.opened(new.key) as files:
        kept = set(SqliteLedger(SealedDatabase(files)).collections())
    assert kept in ({"Before"}, {"Before", "After"})
    if acknowledged:
        assert kept == told == {"Before", "After"}


def test_a_change_that_the_disk_did_not_confirm_is_the_last(
    vaults: VaultFolders, new: NewVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    with vaults.opened(new.key) as files:
        ledger = SqliteLedger(SealedDatabase(files))
        with monkeypatch.context() as broken:
            fault = Fault(permissions.force_folder, OSError(5, "I/O error"), 1)
            broken.setattr(permissions, "force_folder", fault)
            with pytest.raises(LibraryError):
                ledger.create_collection("Kept")
        with pytest.raises(LibraryError, match="did not confirm"):
            ledger.create_collection("Refused")
    with vaults.opened(new.key) as files:
        assert set(SqliteLedger(SealedDatabase(files)).collections()) == {"Kept"}


def test_nothing_is_written_after_a_vault_was_closed(vaults: VaultFolders, new: NewVault) -> None:
    with vaults.opened(new.key) as files:
        ledger = SqliteLedger(SealedDatabase(files))
    with pytest.raises(LibraryError, match="locked"):
        ledger.create_collection("Late")
    assert contents(vaults) == {}


def test_files_that_cannot_be_cleared_away_fail_no_change(
    vaults: VaultFolders, new: NewVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(folder: Path) -> None:
        raise OSError(24, "Too many open files")

    with vaults.opened(new.key) as files:
        ledger = SqliteLedger(SealedDatabase(files))
        with monkeypatch.context() as broken:
            broken.setattr(Path, "iterdir", fail)
            ledger.create_collection("Kept")
    with vaults.opened(new.key) as files:
        assert set(SqliteLedger(SealedDatabase(files)).collections()) == {"Kept"}


def test_if_memory_does_not_follow_a_sealed_change_nothing_more_is_changed(
    vaults: VaultFolders, new: NewVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*arguments: Any) -> None:
        raise RuntimeError("lance failed")

    chunks, vectors = [chunk("aa", 0, "once")], np.stack([vector(1)])
    with vaults.opened(new.key) as files:
        store = SealedTables(files).open("chunks", lambda: 8)
        with monkeypatch.context() as broken:
            broken.setattr(type(store).__mro__[1], "add", fail)
            with pytest.raises(RuntimeError):
                store.add(chunks, vectors)
        with pytest.raises(LibraryError, match="did not follow"):
            store.add(chunks, vectors)
    with vaults.opened(new.key) as files:
        store = SealedTables(files).open("chunks", lambda: 8)
        assert store.chunk_counts() == {"aa": 1}


def test_a_file_that_the_disk_does_not_give_can_be_repaired(
    vaults: VaultFolders, new: NewVault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("aa", "bb"):
        add_document(vaults, new.key, name)
    with vaults.opened(new.key) as files:
        bad = files.segments("chunks")[0].name
    read = Path.read_bytes

    def sector(path: Path) -> bytes:
        if path.stem == bad:
            raise OSError(5, "Input/output error")
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", sector)
    with pytest.raises(VaultDamaged, match="read from the disk"):
        vaults.check(new.key)
    assert vaults.repair(new.key) == 1
    assert contents(vaults) == {"aa": [], "bb": [f"bb says {n}" for n in range(3)]}


def test_too_little_memory_for_a_passphrase_is_said(
    vaults: VaultFolders, new: NewVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*arguments: Any, **options: Any) -> None:
        raise HashingError("Memory allocation error")

    monkeypatch.setattr(vault_header, "hash_secret_raw", fail)
    with pytest.raises(LibraryError, match="of memory"):
        vaults.unlock(new.key.vault_id, PASSPHRASE)


@pytest.mark.parametrize(
    "change",
    [
        {"passes": 1.0}, {"passes": "1"}, {"lanes": 0}, {"salt": ""}, {"salt": "zz"},
        {"by_passphrase": "00"}, {"by_recovery_key": None}, {"memory_kib": 2**40}, {"id": "0" * 32},
        {"passes": [[[[]]]]},
    ],
    ids=str,
)  # fmt: skip
def test_a_forged_header_is_refused_in_words(
    vaults: VaultFolders, new: NewVault, tmp_path: Path, change: dict[str, Any]
) -> None:
    file = tmp_path / "vaults" / new.key.vault_id / "header"
    magic, values, _ = file.read_text().split("\n", 2)
    lines = f"{magic}\n{json.dumps({**json.loads(values), **change})}\n"
    file.write_text(lines + hashlib.sha256(lines.encode()).hexdigest() + "\n")
    with pytest.raises(VaultDamaged):
        vaults.unlock(new.key.vault_id, PASSPHRASE)


def test_a_new_recovery_key_takes_the_place_of_the_old(vaults: VaultFolders, new: NewVault) -> None:
    fresh = vaults.renew_recovery_key(new.key)
    assert vaults.unlock_by_recovery_key(new.key.vault_id, fresh) == new.key
    assert vaults.unlock(new.key.vault_id, PASSPHRASE) == new.key
    with pytest.raises(WrongPassphrase):
        vaults.unlock_by_recovery_key(new.key.vault_id, new.recovery_key)


def test_a_damaged_vault_does_not_bar_the_way_to_others(
    vaults: VaultFolders, tmp_path: Path
) -> None:
    service = Vaults(vaults)
    first, second = service.create(PASSPHRASE).key, service.create(ANOTHER).key
    folder = tmp_path / "vaults"
    shutil.copytree(folder / second.vault_id, folder / f"{second.vault_id} copy")
    (folder / min(first.vault_id, second.vault_id) / "header").write_bytes(b"torn")
    left = max((first, ANOTHER), (second, ANOTHER), key=lambda one: one[0].vault_id)[0]
    words = PASSPHRASE if left == first else ANOTHER
    assert service.ids() == tuple(sorted((first.vault_id, second.vault_id)))
    assert service.unlock(words) == left
    with pytest.raises(VaultDamaged):
        service.unlock("opens no vault at all")


def test_two_vaults_may_have_the_same_passphrase(vaults: VaultFolders) -> None:
    service = Vaults(vaults)
    keys = [service.create(PASSPHRASE).key for _ in range(2)]
    assert [service.unlock(PASSPHRASE, key.vault_id) for key in keys] == keys
