"""Hostile and damaged PDFs through the real reader process: every one must end in a status.

Run by hand: python -m tests.torture.reading [FOLDER] [--ocr]. FOLDER (or DESKTOP_RAG_PDFS) holds
more PDFs to read. Exit code 1 if a file ended otherwise, or memory or time went over their limits.
"""

import argparse
import os
import random
import sys
import tempfile
import time
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from desktop_rag.adapters.isolated_reader import IsolatedPageReader
from desktop_rag.adapters.reader_limits import ReaderLimits
from desktop_rag.domain import PageMethod
from desktop_rag.errors import DocumentError, NeedsPassword
from desktop_rag.privacy import guard
from desktop_rag.services.judging import judge
from tests.support import make_pdf

SAMPLES = Path(__file__).resolve().parents[2] / "resources" / "samples"
MUTATED = 200
SEED = 20261123
SLACK_S = 30.0


@dataclass
class Outcome:
    """What became of the files so far; `peaks` are the VmHWM of the reader, in MiB (Linux)."""

    statuses: Counter[str] = field(default_factory=Counter)
    methods: Counter[str] = field(default_factory=Counter)
    times: list[tuple[float, str]] = field(default_factory=list)
    peaks: list[tuple[int, str]] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)


def pdf(objects: Sequence[bytes], root: int = 1) -> bytes:
    """A file with these objects, numbered from 1, and a table of where they are."""
    body, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer <</Size %d /Root %d 0 R>>\nstartxref\n%d\n%%%%EOF"
    return body + head + table + tail % (len(objects) + 1, root, len(body))


def stream(content: bytes, more: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (more, len(content), content)


def deflated(content: bytes) -> bytes:
    return stream(zlib.compress(content, 9), b"/Filter/FlateDecode")


def one_page(content: bytes, box: bytes = b"0 0 595 842") -> bytes:
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[%s]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>"
    tree = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    return pdf([b"<</Type/Catalog/Pages 2 0 R>>", tree, page % box, content, font])


def many_pages(count: int, claimed: int) -> bytes:
    kids = b" ".join(b"%d 0 R" % number for number in range(3, count + 3))
    tree = b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, claimed)
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>"
    return pdf([b"<</Type/Catalog/Pages 2 0 R>>", tree, *[page] * count])


def deep_tree(depth: int) -> bytes:
    nodes = [
        b"<</Type/Pages/Parent %d 0 R/Kids[%d 0 R]/Count 1>>" % (n - 1, n + 1)
        for n in range(2, depth + 2)
    ]
    leaf = b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 99 99]>>" % (depth + 1)
    return pdf([b"<</Type/Catalog/Pages 2 0 R>>", *nodes, leaf])


def forms_of_forms(depth: int) -> bytes:
    """Each form draws the next one ten times."""
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 99 99]/Resources<</XObject<</X %d 0 R>>>>"
    forms = [stream(b"/X Do " * 10, form % (n + 1)) for n in range(5, depth + 5)]
    end = stream(b"0 0 9 9 re f", b"/Type/XObject/Subtype/Form/BBox[0 0 99 99]")
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R"
    page += b"/Resources<</XObject<</X 5 0 R>>>>>>"
    tree = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    return pdf([b"<</Type/Catalog/Pages 2 0 R>>", tree, page, stream(b"/X Do"), *forms, end])


def object_stream_bomb() -> bytes:
    """A stream that claims to hold a hundred thousand objects, each a huge array."""
    content = b"".join(b"%d %d " % (n + 10, 2 * n) for n in range(100_000)) + b"[" * 50_000_000
    bomb = stream(zlib.compress(content, 9), b"/Type/ObjStm/N 100000/First 9/Filter/FlateDecode")
    tree = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    return pdf([b"<</Type/Catalog/Pages 2 0 R/Extra 9 0 R>>", tree,
                b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>", bomb])  # fmt: skip


def picture_bomb(side: int) -> bytes:
    """A picture that unfolds to `side` times `side` pixels, on a page."""
    packed = zlib.compress(bytes(side * 1000), 9)
    head = b"/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceRGB" % (side, side)
    picture = stream(packed, head + b"/BitsPerComponent 8/Filter/FlateDecode")
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R"
    page += b"/Resources<</XObject<</X 5 0 R>>>>>>"
    tree = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    draw = stream(b"99 0 0 99 0 0 cm /X Do")
    return pdf([b"<</Type/Catalog/Pages 2 0 R>>", tree, page, draw, picture])


def bombs() -> Iterator[tuple[str, bytes]]:
    text = b"BT /F 12 Tf 60 700 Td (The boiler is in the cellar.) Tj ET "
    yield "empty", b""
    yield "header alone", b"%PDF-1.7\n"
    yield "nested arrays", one_page(stream(b"[" * 2_000_000))
    yield "nested graphics states", one_page(stream(b"q " * 1_000_000 + text))
    yield "nested dictionary", pdf([b"<</Type/Catalog/Pages " + b"<</A " * 200_000])
    yield "deep page tree", deep_tree(5_000)
    yield "page tree in a circle", deep_tree(3).replace(b"/Kids[4 0 R]", b"/Kids[2 0 R]")
    yield "50,000 pages", many_pages(50_000, 50_000)
    yield "50,001 pages", many_pages(50_001, 50_001)
    yield "two thousand million pages", many_pages(3, 2_000_000_000)
    yield "decompression bomb", one_page(deflated(b" " * 1_500_000_000))
    yield "a million words", one_page(deflated(text * 100_000))
    yield "forms of forms", forms_of_forms(12)
    yield "object stream bomb", object_stream_bomb()
    yield "picture bomb", picture_bomb(60_000)
    sizes = ("0 0 0 0", "0 0 1e38 1e38", "0 0 14400 14400", "0 0 1 1000000", "5 5 -5 -5",
             "0 0 99999999999999999999 7", "nan nan inf inf", "0 0 0.001 0.001")  # fmt: skip
    for size in sizes:
        yield f"page of {size}", one_page(stream(text), size.encode())


def mutated(count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """Sample files with bytes changed, taken out or cut off, the same ones each time."""
    dice = random.Random(seed)
    files = sorted(SAMPLES.glob("*.pdf"))
    for number in range(count):
        file = dice.choice(files)
        content = bytearray(file.read_bytes())
        for _ in range(dice.choice([1, 10, 100, 1000])):
            content[dice.randrange(len(content))] = dice.randrange(256)
        if number % 4 == 1:
            del content[dice.randrange(len(content)) :]
        if number % 4 == 2:
            first = dice.randrange(len(content))
            del content[first : first + dice.randrange(1, 5000)]
        yield f"{number:03d} of {file.name}", bytes(content)


def peak_mib(process_id: int | None) -> int:
    """The most memory that the process has held, in MiB; 0 where that is not told."""
    try:
        status = Path(f"/proc/{process_id}/status").read_text()
    except OSError:
        return 0
    lines = [line for line in status.splitlines() if line.startswith("VmHWM")]
    return int(lines[0].split()[1]) // 1024 if lines else 0


def follow(reader: IsolatedPageReader, path: Path, ocr: bool, outcome: Outcome) -> str:
    """Read one file; the status that it ends in."""
    steps = reader.read(path, passwords=(), ocr=ocr)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            document = end.value
            break
        except NeedsPassword:
            return "needs_password"
        except DocumentError as error:
            if not error.message:
                outcome.failures.append(f"{path.name}: refused without a reason")
            return "unreadable"
    outcome.methods.update(page.method.value for page in document.pages)
    lost = [page for page in document.pages if page.method is PageMethod.UNREADABLE]
    if not all(page.reason for page in lost):
        outcome.failures.append(f"{path.name}: a page is not readable, without a reason")
    status, message = judge(document, sum(bool(page.text) for page in document.pages))
    if status != "ready" and not message:
        outcome.failures.append(f"{path.name}: {status} without a reason")
    return status.value


def put_through(
    reader: IsolatedPageReader, path: Path, name: str, ocr: bool, outcome: Outcome
) -> None:
    limits = ReaderLimits()
    started = time.monotonic()
    try:
        status = follow(reader, path, ocr, outcome)
    except Exception as error:  # whatever reaches the parent is a finding
        status = "FAILED"
        outcome.failures.append(f"{name}: {type(error).__name__}: {error}")
    took_s = time.monotonic() - started
    peak = peak_mib(reader._link.process_id)  # noqa: SLF001 - its memory is what is measured
    outcome.statuses[status] += 1
    outcome.times.append((took_s, name))
    outcome.peaks.append((peak, name))
    if peak > limits.memory_bytes >> 20:
        outcome.failures.append(f"{name}: the reader held {peak} MiB")
    if took_s > limits.open_timeout_s + limits.most_document_s + SLACK_S:
        outcome.failures.append(f"{name}: took {took_s:.0f} s")


def show(title: str, outcome: Outcome) -> None:
    print(f"\n{title}: {sum(outcome.statuses.values())} files")
    print("  " + ", ".join(f"{name} {count}" for name, count in outcome.statuses.most_common()))
    print("  pages: " + ", ".join(f"{name} {n}" for name, n in outcome.methods.most_common()))
    for seconds, name in sorted(outcome.times, reverse=True)[:3]:
        print(f"  {seconds:6.1f} s    {name}")
    for peak, name in sorted(outcome.peaks, reverse=True)[:3]:
        print(f"  {peak:6d} MiB  {name}")
    for failure in outcome.failures:
        print(f"  FAILED {failure}")
    sys.stdout.flush()


def main() -> int:
    guard.activate()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", default=os.environ.get("DESKTOP_RAG_PDFS"))
    parser.add_argument("--ocr", action="store_true", help="recognise scans too (slow)")
    chosen = parser.parse_args()
    reader = IsolatedPageReader(threads=2)
    failures = 0
    with tempfile.TemporaryDirectory() as folder:
        for title, files in (("Bombs", bombs()), ("Mutated", mutated(MUTATED, SEED))):
            outcome = Outcome()
            for name, content in files:
                path = Path(folder) / "torture.pdf"
                path.write_bytes(content)
                put_through(reader, path, name, chosen.ocr, outcome)
            show(title, outcome)
            failures += len(outcome.failures)
        outcome = Outcome()
        file = make_pdf(Path(folder) / "sound.pdf", ["One.", "Two."])
        put_through(reader, file, "a sound file after all these", False, outcome)
        show("Sound", outcome)
        failures += outcome.statuses["ready"] != 1
    if chosen.folder:
        outcome = Outcome()
        for path in sorted(Path(chosen.folder).rglob("*.pdf")):
            put_through(reader, path, path.name, chosen.ocr, outcome)
        show("Folder", outcome)
        failures += len(outcome.failures)
    reader.close()
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
