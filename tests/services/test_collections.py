"""What the window's list of documents needs: batches and collections."""

import sqlite3
from pathlib import Path

from desktop_rag.services.assistant import Assistant


def fill(assistant: Assistant, count: int) -> None:
    """A ledger of `count` documents, each with one file, the last one with two."""
    assert assistant.library.documents() == []  # the ledger is made
    file = assistant.library_folder / "ledger.sqlite3"
    with sqlite3.connect(file) as database:
        ids = [f"{number:016x}" for number in range(count)]
        database.executemany(
            "INSERT INTO documents VALUES (?,?,'ready',1,0,'',1,'2024-01-01T00:00:00')",
            [(key, key * 4) for key in ids],
        )
        database.executemany(
            "INSERT INTO files VALUES (?,?,?)",
            [(f"/x/{key}.pdf", key, f"Matter {number % 50}") for number, key in enumerate(ids)],
        )
        database.execute("INSERT INTO files VALUES ('/y/copy.pdf', ?, 'Copies')", (ids[-1],))
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
