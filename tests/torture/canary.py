"""Words of removed documents, sought everywhere: in bytes, in decompressed columns, in the index.

Run by hand: python -m tests.torture.canary. Needs `pylance`, which reads LanceDB's files column by
column. A library of 200 documents holds three with a canary: a text, a scan, and the attachment of
a mail; an answer quotes one. The same search that finds nothing after the removal must find each of
them before. Exit code 1 if not.
"""

import os
import sys
import tempfile
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pyarrow as pa
from lance.file import LanceFileReader
from PIL import Image, ImageDraw, ImageFont
from reportlab.pdfgen.canvas import Canvas

from desktop_rag import wiring
from desktop_rag.adapters.lancedb_store import LanceChunkStore
from desktop_rag.domain import Scope
from desktop_rag.privacy import guard
from desktop_rag.services import removing
from desktop_rag.services.assistant import Assistant
from tests.support import finish, make_pdf

CANARIES = ("zanzibarette", "HONOLULUWORD", "kiribatissimo")
DOCUMENTS = 200
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


def make_scan(path: Path, text: str) -> None:
    """A page that is a picture of a text."""
    picture = Image.new("RGB", (1240, 400), "white")
    font = ImageFont.load_default(size=48)
    ImageDraw.Draw(picture).text((60, 150), text, fill="black", font=font)
    canvas = Canvas(str(path), pagesize=(595, 842))
    canvas.drawInlineImage(picture, 0, 500, 595, 192)
    canvas.save()


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


def rebuilt_words(assistant: Assistant, folder: Path) -> int:
    """How many words an index has that is made of the chunks that are left, and of nothing else."""
    kept = LanceChunkStore(assistant.library_folder / "index.lance", lambda: 384)
    fresh = LanceChunkStore(folder, lambda: 384)
    ids = [entry.document.id for entry in assistant.library.documents()]
    question = "clause binds " + " ".join(CANARIES)
    vector = assistant.retriever._embedder.embed([question])[0]  # noqa: SLF001 - to see all rows
    hits = kept.dense(vector, 100_000, ids)
    vectors = assistant.retriever._embedder.embed([question] * len(hits))  # noqa: SLF001
    fresh.add([hit.chunk for hit in hits], vectors)
    fresh.compact(purge=True)
    return words_of_index(folder)


def main() -> int:
    """Add, ask, remove, and look before, after, and after the end."""
    faults: list[str] = []
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        places = [home / place for place in ("data", "config", "state", "cache", "temp")]
        for place, variable in zip(
            places,
            ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "TMPDIR"),
            strict=True,
        ):
            place.mkdir()
            os.environ[variable] = str(place)
        tempfile.tempdir = str(home / "temp")
        guard.activate()
        make_files(home / "files")
        assistant, _ = wiring.open_assistant(None)
        index = assistant.library_folder / "index.lance"
        finish(assistant.library.add([home / "files"]))
        assistant.library.compact()  # so that the keyword index knows the words
        before_words = words_of_index(index)
        finish(assistant.conversing.ask(QUESTION, Scope(), None))
        before = found(places)
        for canary, holders in before.items():
            print(f"before: {canary} in {sorted(holders)}")
            if not any(holder.endswith(".lance") for holder in holders):
                faults.append(f"{canary} is not found in the index before the removal")
        searched = assistant.retriever.retrieve
        ids = {searched(canary).passages[0].chunk.document_id for canary in CANARIES}
        library, history, watching = assistant.library, assistant.history, assistant.watching
        removing.remove(library, history, watching, sorted(ids))
        after_words, expected = words_of_index(index), rebuilt_words(assistant, home / "fresh")
        print(f"words in the index: {before_words} before, {after_words} after, {expected} needed")
        if not before_words > after_words == expected:
            faults.append("the keyword index has words that no chunk has")
        faults += [f"open: {canary} in {h}" for canary, h in found(places).items() if h]
        faults += library.verify()
        assistant.close()
        faults += [f"closed: {canary} in {h}" for canary, h in found(places).items() if h]
    print(f"{len(ids)} documents removed; {len(faults)} faults")
    for fault in faults:
        print(f"  {fault}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
