"""Libraries of other versions: an older one is brought up to date, a newer one refused as it is."""

import hashlib
import sqlite3
import struct
import tarfile
from contextlib import closing
from pathlib import Path

import pytest

from desktop_rag.adapters import vault_header
from desktop_rag.adapters.lancedb_newer import refuse_newer
from desktop_rag.adapters.lancedb_tables import LanceTables
from desktop_rag.adapters.sqlite_schema import FORMAT_VERSION
from desktop_rag.config import Settings
from desktop_rag.errors import LibraryError
from desktop_rag.services.assistant import Assistant
from desktop_rag.wiring import build
from tests.conftest import ROOT
from tests.support import finish, make_pdf, run_program

OLD = ROOT / "tests" / "libraries"
LETTER = "The deposit is 900 euros. It is returned to the tenant within four weeks of the end."
NEWER = "written by a newer Desktop RAG"
NOT_LIBRARY = {"write.lock", "window.lock", "window.sock", "temporary"}


def unpacked(format_: int, folder: Path) -> Path:
    """A library that the program of that time made: one document, in the collection Lease."""
    with tarfile.open(OLD / f"format-{format_}.tar.gz") as pack:
        pack.extractall(folder, filter="data")
    return folder / "library"


def opened(library: Path, home: Path) -> Assistant:
    return build(Settings(data_folder=home / "data", library_folder=library))


def contents(library: Path) -> dict[str, str]:
    """Every file of the library itself, by its bytes."""
    files = (path for path in library.rglob("*") if path.is_file())
    return {
        str(path.relative_to(library)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
        if not NOT_LIBRARY & set(path.relative_to(library).parts)
    }


def set_format(library: Path, version: str) -> None:
    with closing(sqlite3.connect(library / "ledger.sqlite3")) as ledger, ledger:
        ledger.execute("UPDATE facts SET value = ? WHERE name = 'format_version'", (version,))


def format_of(library: Path) -> str:
    with closing(sqlite3.connect(library / "ledger.sqlite3")) as ledger:
        query = "SELECT value FROM facts WHERE name = 'format_version'"
        return str(ledger.execute(query).fetchone()[0])


@pytest.mark.parametrize("format_", range(1, FORMAT_VERSION))
def test_an_older_library_is_brought_up_to_date_with_all_that_is_in_it(
    format_: int, tmp_path: Path
) -> None:
    library = unpacked(format_, tmp_path)
    assistant = opened(library, tmp_path)
    [entry] = assistant.library.documents()
    assert [file.path.name for file in entry.files] == ["Letter.pdf"]
    assert dict(assistant.library.collections())["Lease"] == 1
    [problem] = assistant.library.verify()  # the file itself lies on no computer of today
    assert problem.startswith("/srv/papers/Letter.pdf: the file is offline")
    change = assistant.library.model_change()
    if change is not None:  # made with an older graph of the same model
        finish(assistant.library.reembed())
    found = assistant.retriever.retrieve("How much is the deposit?")
    assert "900 euros" in " ".join(passage.chunk.text for passage in found.passages)
    assert len(assistant.history.conversations("")) == (1 if format_ == 3 else 0)
    assert format_of(library) == str(FORMAT_VERSION)
    assert assistant.library.tell_languages().left == 0
    [told] = assistant.library.documents()
    assert told.document.languages == (("de",) if format_ == 4 else ())  # the others: one line
    assistant.close()


def test_there_is_a_library_of_every_older_format() -> None:
    found = {path.name for path in OLD.glob("*.tar.gz")}
    assert found == {f"format-{number}.tar.gz" for number in range(1, FORMAT_VERSION)}


@pytest.mark.parametrize("version", [str(FORMAT_VERSION + 1), "5.1"])
def test_every_command_refuses_a_newer_library_and_changes_nothing(
    version: str, tmp_path: Path
) -> None:
    library = unpacked(3, tmp_path)
    set_format(library, version)
    before = contents(library)
    pdf = ROOT / "resources" / "samples" / "Water bulletin.pdf"
    commands: list[list[str | Path]] = [
        ["search", "deposit"],
        ["add", pdf],
        ["verify"],
        ["forget", "--collection", "Lease", "--yes"],
    ]
    for command in commands:
        run = run_program("--library", library, *command, home=tmp_path / "home")
        assert run.code == 1
        assert NEWER in run.err
        assert len(run.err.splitlines()) == 1
    assert contents(library) == before


def test_a_migration_that_fails_in_the_middle_leaves_the_older_library(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = unpacked(2, tmp_path)
    monkeypatch.setattr(
        "desktop_rag.adapters.sqlite_schema._ADDED_SINCE_3",
        ("ALTER TABLE pages ADD COLUMN hidden TEXT NOT NULL DEFAULT ''", "NO SQL"),
    )
    with pytest.raises(LibraryError):
        opened(library, tmp_path).library.documents()
    assert format_of(library) == "2"
    monkeypatch.undo()
    assert len(opened(library, tmp_path).library.documents()) == 1


def as_written_by_a_newer_lancedb(library: Path, field: int) -> None:
    """Set a flag that no LanceDB of today knows: field 9 for readers, 10 for writers.

    A manifest ends in where it begins, two numbers and LANC; it is a length and a protobuf message,
    in which the last of two equal fields counts.
    """
    newest = sorted((library / "index.lance" / "chunks.lance" / "_versions").glob("*.manifest"))[0]
    content = newest.read_bytes()
    (start,) = struct.unpack("<Q", content[-16:-8])
    (length,) = struct.unpack("<I", content[start : start + 4])
    end = start + 4 + length
    flag = bytes([field << 3, 0x80, 0x80, 0x80, 0x80, 0x80, 0x20])  # 1 << 40
    newest.write_bytes(
        content[:start]
        + struct.pack("<I", length + len(flag))
        + content[start + 4 : end]
        + flag
        + content[end:]
    )


@pytest.mark.parametrize("is_suspect", [False, True])
def test_an_index_of_a_newer_lancedb_is_refused_and_not_set_aside(
    tmp_path: Path, *, is_suspect: bool
) -> None:
    library = unpacked(3, tmp_path)
    as_written_by_a_newer_lancedb(library, 9)
    before = contents(library)
    tables = LanceTables(library / "index.lance")
    with pytest.raises(LibraryError, match=NEWER):
        tables.open("chunks", lambda: 384, is_suspect=is_suspect)
    assert contents(library) == before


def test_an_index_that_only_a_newer_lancedb_may_write_is_read(tmp_path: Path) -> None:
    library = unpacked(3, tmp_path)
    as_written_by_a_newer_lancedb(library, 10)
    store = LanceTables(library / "index.lance").open("chunks", lambda: 384)
    ids = store.chunk_counts()
    assert len(ids) == 1
    with pytest.raises(LibraryError, match=NEWER):
        store.delete([*ids])


def test_a_file_of_a_newer_version_is_told_from_a_torn_one(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match=NEWER):
        refuse_newer(tmp_path, ValueError("Unknown Lance storage version: 2.4"))
    refuse_newer(tmp_path, ValueError("Unknown Lance storage version: 51966.2"))
    refuse_newer(tmp_path, RuntimeError("the file is cut short"))


def test_a_newer_vault_is_refused_whatever_its_header_holds(tmp_path: Path) -> None:
    folder = tmp_path / ("a" * 32)
    folder.mkdir()
    header = folder / vault_header.HEADER
    header.write_bytes(b"desktop-rag vault 2\nanything at all")
    with pytest.raises(LibraryError, match="made by a newer Desktop RAG"):
        vault_header.unlock(folder, "correct horse battery")
    assert header.read_bytes() == b"desktop-rag vault 2\nanything at all"


def test_a_vault_with_an_older_ledger_is_brought_up_to_date_and_stays_so(tmp_path: Path) -> None:
    assistant = opened(tmp_path / "library", tmp_path)
    key = assistant.vaults.create("correct horse battery").key
    settings = Settings(data_folder=tmp_path / "data", library_folder=tmp_path / "library")
    inside = build(settings, key)
    finish(inside.library.add([make_pdf(tmp_path / "Letter.pdf", [LETTER])]))
    with vars(inside)["_storage"].database().change() as connection:
        connection.execute("ALTER TABLE pages DROP COLUMN hidden")
        connection.execute("ALTER TABLE documents DROP COLUMN languages")
        connection.execute("UPDATE facts SET value = '3' WHERE name = 'format_version'")
    inside.close()
    for _ in range(2):
        again = build(settings, key)
        assert [entry.path.name for entry in again.library.documents()] == ["Letter.pdf"]
        found = again.retriever.retrieve("How much is the deposit?")
        assert "900 euros" in found.passages[0].chunk.text
        database = vars(again)["_storage"].database()
        with database.reading():
            query = "SELECT value FROM facts WHERE name = 'format_version'"
            assert database.connection.execute(query).fetchone() == (str(FORMAT_VERSION),)
        assert again.library.tell_languages().left == 0
        assert again.library.documents()[0].document.languages == ("en",)
        again.close()


def test_a_vault_with_a_newer_ledger_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    assistant = opened(tmp_path / "library", tmp_path)
    key = assistant.vaults.create("correct horse battery").key
    settings = Settings(data_folder=tmp_path / "data", library_folder=tmp_path / "library")
    inside = build(settings, key)
    inside.library.create_collection("Lease")
    database = vars(inside)["_storage"].database()
    with database.change() as connection:
        connection.execute("UPDATE facts SET value = '99' WHERE name = 'format_version'")
    inside.close()
    vault = tmp_path / "library" / "vaults" / key.vault_id
    before = contents(vault)
    again = build(settings, key)
    with pytest.raises(LibraryError, match=NEWER):
        again.library.collections()
    again.close()
    assert contents(vault) == before
