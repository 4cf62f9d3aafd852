"""Words of removed documents, sought everywhere: in bytes, in decompressed columns, in the index.

Run by hand: python -m tests.torture.canary. Needs `pylance`, which reads LanceDB's files column by
column. A library of 200 documents holds three with a canary: a text, a scan, and the attachment of
a mail; an answer quotes one. The same search that finds nothing after the removal must find each of
them before. Exit code 1 if not.
"""

import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from email.message import EmailMessage
from pathlib import Path

import numpy as np
import pyarrow as pa
from lance.file import LanceFileReader

from desktop_rag import wiring
from desktop_rag.adapters.lancedb_store import LanceChunkStore
from desktop_rag.domain import Scope
from desktop_rag.privacy import guard
from desktop_rag.services import removing
from desktop_rag.services.assistant import Assistant
from tests.support import finish, make_pdf, make_scan

CANARIES = ("zanzibarette", "HONOLULUWORD", "kiribatissimo")
DOCUMENTS = 200
WIDTH = 384  # of the embedder's vectors
QUESTION = f"Who keeps the {CANARIES[0]} in repair?"


def make_files(folder: Path) -> None:
    """Two hundred documents without a canary, and three with one each."""
    folder.mkdir()
    for number in range(DOCUMENTS):
        make_pdf(folder / f"{number:03}.pdf", [f"Clause {n} binds {number}." for n in range(5)])
    make_pdf(folder / "text.pdf", [f"The tenant keeps the {CANARIES[0]} in repair."])
    make_scan(folder / "scan.pdf", f"The {CANARIES[1]} was prescribed.")
    attached = make_pdf(folder / "attached.tmp", [f"The landlord sold the {CANARIES[2]}."])
    mail = EmailMessage()
    mail["Subject"] = "A lease"
    mail.add_attachment(
        attached.read_bytes(), maintype="application", subtype="pdf", filename="sold.pdf"
    )
    (folder / "mail.eml").write_bytes(mail.as_bytes())


def words_of_index(index: Path) -> int:
    """How many different words the keyword index knows, by its own count."""
    counts = [
        LanceFileReader(str(file)).read_all().to_table()["_token_next_id"][0].as_py()
        for file in index.rglob("*_tokens.lance")
    ]
    return sum(counts)


def decompressed(file: Path) -> str:
    """All columns of a file of LanceDB as text; empty for its other files."""
    if file.suffix != ".lance" or file.is_dir():
        return ""
    table = LanceFileReader(str(file)).read_all().to_table()
    readable = [
        column
        for column in table.columns
        if pa.types.is_string(column.type) or pa.types.is_large_string(column.type)
    ]
    return " ".join(str(value) for column in readable for value in column.to_pylist())


def found(places: list[Path]) -> dict[str, set[str]]:
    """For each canary the names of the files that hold it, in their bytes or in a column."""
    holders: dict[str, set[str]] = {canary: set() for canary in CANARIES}
    for file in files_under(places):
        content = file.read_bytes()
        text = f"{content!r} {content.decode('utf-16-le', 'ignore')} {decompressed(file)}".lower()
        for canary in CANARIES:
            if canary.lower() in text:
                holders[canary].add(f"{file.parent.name}/{file.name}")
    return holders


def files_under(places: list[Path]) -> Iterator[Path]:
    return (file for place in places for file in place.rglob("*") if file.is_file())


def rebuilt_words(index: Path, document_ids: Sequence[str], folder: Path) -> int:
    """How many words an index has that is made of these documents' chunks, and of nothing else."""
    kept, fresh = (LanceChunkStore(place, lambda: WIDTH) for place in (index, folder))
    anywhere = np.ones(WIDTH, dtype=np.float32)
    chunks = [hit.chunk for hit in kept.dense(anywhere, 100_000, document_ids)]
    fresh.add(chunks, np.tile(anywhere, (len(chunks), 1)))
    fresh.compact(purge=True)
    return words_of_index(folder)


def use_only(home: Path) -> list[Path]:
    """Put all that a program may write to under `home`, and return those folders."""
    variables = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "TMPDIR")
    for variable in variables:
        (home / variable).mkdir()
        os.environ[variable] = str(home / variable)
    tempfile.tempdir = os.environ["TMPDIR"]
    return [home / variable for variable in variables]


def remove_and_look(assistant: Assistant, home: Path, places: list[Path]) -> Iterator[str]:
    """Whatever is wrong before and after the removal of the three documents."""
    library, index = assistant.library, assistant.library_folder / "index.lance"
    words_before = words_of_index(index)
    for canary, holders in found(places).items():
        print(f"before: {canary} in {sorted(holders)}")
        if not any(holder.endswith(".lance") for holder in holders):
            yield f"{canary} is not found in the index before the removal"
    search = assistant.retriever.retrieve
    ids = {search(canary).passages[0].chunk.document_id for canary in CANARIES}
    removing.remove(library, assistant.history, assistant.watching, sorted(ids))
    left = [entry.document.id for entry in library.documents()]
    words, needed = words_of_index(index), rebuilt_words(index, left, home / "fresh")
    print(f"{len(ids)} removed; words in the index: {words_before}, then {words}, needed {needed}")
    if not words_before > words == needed or len(left) != DOCUMENTS:
        yield "the index has words that no chunk has, or other documents were removed"
    yield from (f"open: {canary} in {where}" for canary, where in found(places).items() if where)
    yield from library.verify()


def main() -> int:
    """Add, ask, remove, and look before, after, and after the end."""
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        places = use_only(home)
        guard.activate()
        make_files(home / "files")
        assistant, _ = wiring.open_assistant(None)
        finish(assistant.library.add([home / "files"]))
        assistant.library.compact()  # so that the keyword index knows the words
        finish(assistant.conversing.ask(QUESTION, Scope(), None))
        faults = list(remove_and_look(assistant, home, places))
        assistant.close()
        faults += [
            f"closed: {canary} in {where}" for canary, where in found(places).items() if where
        ]
    print(f"{len(faults)} faults")
    for fault in faults:
        print(f"  {fault}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
