"""What the window's list of documents needs: batches and collections."""

import sqlite3
from pathlib import Path

import pytest

from desktop_rag import config, wiring
from desktop_rag.domain import Scope
from desktop_rag.errors import UnknownCollection, UnknownDocument, WrongUsage
from desktop_rag.services.assistant import Assistant
from tests.support import finish, make_pdf


def fill(assistant: Assistant, count: int) -> None:
    """A ledger of `count` documents, each with one file, the last one with two."""
    assert assistant.library.documents() == []  # the ledger is made
    file = assistant.library_folder / "ledger.sqlite3"
    with sqlite3.connect(file) as database:
        ids = [f"{number:016x}" for number in range(count)]
        database.executemany(
            "INSERT INTO documents VALUES (?,?,'ready',1,0,'',1,'2024-01-01T00:00:00','')",
            [(key, key * 4) for key in ids],
        )
        database.executemany(
            "INSERT INTO files (path, document_id, collection) VALUES (?,?,?)",
            [(f"/x/{key}.pdf", key, f"Matter {number % 50}") for number, key in enumerate(ids)],
        )
        database.execute(
            "INSERT INTO files (path, document_id, collection) VALUES ('/y/copy.pdf', ?, 'Copies')",
            (ids[-1],),
        )
    database.close()


def test_twenty_thousand_documents_come_in_batches_of_two_hundred(assistant: Assistant) -> None:
    fill(assistant, 20_000)
    batches = []
    steps = assistant.library.batches()
    while True:
        try:
            batches.append(next(steps))
        except StopIteration as end:
            total = end.value
            break
    assert total == 20_000
    assert [len(batch) for batch in batches] == [200] * 100
    paths = [entry.path for batch in batches for entry in batch]
    assert paths == sorted(paths)
    assert len(set(paths)) == 20_000
    assert len(batches[-1][-1].files) == 2


def test_what_is_removed_while_the_list_is_read_is_left_out(assistant: Assistant) -> None:
    fill(assistant, 500)
    steps = assistant.library.batches()
    first = next(steps)
    last = Path(f"/x/{499:016x}.pdf")
    assistant.library.remove([f"{499:016x}", first[0].document.id])
    rest = [entry.path for batch in steps for entry in batch]
    assert len(rest) == 299
    assert last not in rest


def test_entries_are_those_that_exist(assistant: Assistant) -> None:
    fill(assistant, 3)
    ids = [f"{number:016x}" for number in (2, 7, 0)]
    assert [entry.document.id for entry in assistant.library.entries(ids)] == [ids[0], ids[2]]
    assert assistant.library.entries([]) == ()


def in_collection(assistant: Assistant, tmp_path: Path, collection: str, *names: str) -> list[str]:
    """Add a small PDF of each name to the collection; returns the documents' ids."""
    files = [make_pdf(tmp_path / f"{name}.pdf", [f"The {name} lease ends."]) for name in names]
    report = finish(assistant.library.add(files, collection=collection))
    return [file.document_id for file in report.files]


def test_an_empty_collection_exists_until_it_is_deleted(
    assistant: Assistant, tmp_path: Path
) -> None:
    library = assistant.library
    library.create_collection(" Matters /Smith  v. Harbour/")
    assert library.collections() == {"Matters/Smith v. Harbour": 0}
    in_collection(assistant, tmp_path, "Matters/Smith v. Harbour", "lease")
    assert library.collections() == {"Matters/Smith v. Harbour": 1}
    (entry,) = library.documents()
    library.remove([entry.document.id])
    assert library.collections() == {"Matters/Smith v. Harbour": 0}
    library.delete_collection("Matters")
    assert library.collections() == {}


def test_names_that_make_no_sense_are_refused(assistant: Assistant) -> None:
    library = assistant.library
    library.create_collection("Matters/Smith")
    for refused in ("", " / ", "Matters/Smith", "Matters", " Matters/ Smith "):
        with pytest.raises(WrongUsage):
            library.create_collection(refused)
    for old, new in (("Matters", "Matters/Old"), ("Matters/Smith", "Matters"), ("Matters", "")):
        with pytest.raises(WrongUsage):
            library.rename_collection(old, new)
    for call in (library.delete_collection, lambda name: library.rename_collection(name, "New")):
        with pytest.raises(UnknownCollection):
            call("Matter")
    assert library.collections() == {"Matters/Smith": 0}


def test_renaming_a_group_takes_all_below_it_along(assistant: Assistant, tmp_path: Path) -> None:
    library = assistant.library
    in_collection(assistant, tmp_path, "Matters/Smith", "a")
    in_collection(assistant, tmp_path, "Matters2", "b")
    library.create_collection("Matters/Doe")
    library.rename_collection("Matters", "Cases/2024")
    assert library.collections() == {"Cases/2024/Doe": 0, "Cases/2024/Smith": 1, "Matters2": 1}
    library.rename_collection("Cases/2024/Smith", "Cases/2024/Smith")
    with pytest.raises(WrongUsage, match="already"):
        library.rename_collection("Cases/2024/Smith", "Matters2")


def test_a_collection_that_holds_documents_is_not_deleted(
    assistant: Assistant, tmp_path: Path
) -> None:
    in_collection(assistant, tmp_path, "Matters/Smith", "a", "b")
    with pytest.raises(WrongUsage, match="2 documents"):
        assistant.library.delete_collection("Matters")
    assert assistant.library.collections() == {"Matters/Smith": 2}


def test_moved_documents_are_in_their_new_collection_and_the_old_one_stays(
    assistant: Assistant, tmp_path: Path
) -> None:
    library = assistant.library
    ids = in_collection(assistant, tmp_path, "Inbox", "a", "b")
    moved = library.move([ids[1], ids[0]], " Matters/ Smith")
    assert [entry.document.id for entry in moved] == [ids[1], ids[0]]
    assert {file.collection for entry in moved for file in entry.files} == {"Matters/Smith"}
    assert library.collections() == {"Inbox": 0, "Matters/Smith": 2}
    with pytest.raises(UnknownDocument):
        library.move([ids[0], "feedfeedfeedfeed"], "Inbox")
    assert library.collections() == {"Inbox": 0, "Matters/Smith": 2}


def test_a_search_in_a_group_covers_what_is_below_it(assistant: Assistant, tmp_path: Path) -> None:
    in_collection(assistant, tmp_path, "Matters/Smith", "Smith")
    in_collection(assistant, tmp_path, "Matters2", "Doe")
    assistant.library.create_collection("Empty/Below")
    search = assistant.retriever.retrieve
    found = search("When does the lease end?", Scope(collection="Matters"))
    assert [passage.path.name for passage in found.passages] == ["Smith.pdf"]
    for empty in ("Empty", "Empty/Below"):
        nothing = search("When does the lease end?", Scope(collection=empty))
        assert (nothing.passages, nothing.coverage.searched) == ((), 0)
    for unknown in ("matters", "Matter", "Matters/"):
        with pytest.raises(UnknownCollection):
            search("When does the lease end?", Scope(collection=unknown))


@pytest.mark.usefixtures("one_by_one")
def test_what_is_being_added_follows_its_collection(assistant: Assistant, tmp_path: Path) -> None:
    library = assistant.library
    files = [make_pdf(tmp_path / f"{name}.pdf", [f"The {name} lease."]) for name in "abc"]
    steps = library.add(files, collection="Matters/Smith")
    for step in steps:
        if step.finished is not None and step.file_number == 1:
            library.rename_collection("Matters", "Cases")
    assert library.collections() == {"Cases/Smith": 3}
    finish(library.add([make_pdf(tmp_path / "d.pdf", ["Another."])], collection="Matters/Smith"))
    assert library.collections() == {"Cases/Smith": 3, "Matters/Smith": 1}


def test_a_library_from_before_there_were_collections_of_their_own_opens(
    assistant: Assistant, tmp_path: Path
) -> None:
    in_collection(assistant, tmp_path, "Old", "a")
    file = assistant.library_folder / "ledger.sqlite3"
    with sqlite3.connect(file) as database:
        database.execute("DROP TABLE collections")
    database.close()
    settings = config.Settings(data_folder=tmp_path, library_folder=assistant.library_folder)
    again = wiring.build(settings)
    assert again.library.collections() == {"Old": 1}
    again.library.create_collection("New")
    assert again.library.collections() == {"New": 0, "Old": 1}
