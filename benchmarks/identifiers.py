"""Are identifiers found verbatim? 200 of them, planted in real pages, each asked for in turn.

    python benchmarks/identifiers.py [--sets FOLDER] [--pages N]

Section numbers, drug doses, ICD codes, Bates numbers and docket numbers, each beside others that
differ in one sign, are put into pages of the PDFs in FOLDER (else of the samples). Printed is how
often the first passage is on the right page (hit@1), by kind, and each that was missed.
"""

from desktop_rag.privacy import guard

guard.activate()

import argparse  # noqa: E402 - the guard goes first
import random  # noqa: E402
import tempfile  # noqa: E402
import textwrap  # noqa: E402
from dataclasses import dataclass  # noqa: E402
from pathlib import Path  # noqa: E402

from steps import finish  # noqa: E402

from desktop_rag.config import resources_folder  # noqa: E402
from desktop_rag.services.assistant import Assistant  # noqa: E402
from desktop_rag.wiring import open_assistant  # noqa: E402

EACH = 40
PAGES_A_FILE = 10
QUESTIONS = {
    "section": ("{}", "What does {} say?", "obligations under {}"),
    "dose": ("{}", "Which patient was given {}?", "a dose of {} was given"),
    "ICD code": ("{}", "Where is {} diagnosed?", "the diagnosis {} was coded"),
    "Bates number": ("{}", "What is on {}?", "the page stamped {}"),
    "docket number": ("{}", "What was decided in {}?", "the case {} is cited"),
}
SENTENCES = {
    "section": "The obligations of the parties under {} are not changed by this.",
    "dose": "The patient was given {} and was seen again a week later.",
    "ICD code": "The diagnosis was coded as {} at the time of discharge.",
    "Bates number": "{}",
    "docket number": "The matter was decided in {} and is not open to appeal.",
}
DRUGS = ("metoprolol", "warfarin", "levothyroxine", "digoxin", "lisinopril")


@dataclass(frozen=True)
class Planted:
    """An identifier and the page (file name, number) that bears it."""

    kind: str
    written: str
    file: str
    page: int


def written(kind: str, number: int) -> str:
    """The identifier of this number; neighbours differ in one sign or two.

    Sections are numbered as in a code: “§ 7.2(b)” stands in many contracts of the sets already.
    """
    if kind == "section":
        return f"§ {4107 + number // 12}.{1 + number % 4}({'abc'[number // 4 % 3]})"
    if kind == "dose":
        return f"{DRUGS[number % 5]} {2 + number // 5}.{1 + number % 3 * 2}5 mg"
    if kind == "ICD code":
        return f"{'EIJKS'[number % 5]}{21 + number // 10}.{number % 10}"
    if kind == "Bates number":
        return f"QRX{4200 + 7 * number:06d}"
    return f"No. {1 + number % 3}:2{number % 4}-cv-0{4510 + number // 3}"


def page_texts(folder: Path, most: int, chance: random.Random) -> list[str]:
    """Texts of so many pages that hold some, drawn from all PDFs below the folder."""
    from desktop_rag.adapters.pdfium import PdfiumFile
    from desktop_rag.errors import DesktopRagError

    texts: list[str] = []
    for file in sorted(folder.rglob("*.pdf")):
        try:
            document = PdfiumFile(file, None)
        except DesktopRagError:
            continue
        found = [document.text(number) for number in range(1, len(document) + 1)]
        texts += [text for text in found if len(text) > 200]
    chance.shuffle(texts)
    return texts[:most] or ["No page was found."]


def plant(texts: list[str], folder: Path, chance: random.Random) -> list[Planted]:
    """Write the pages as PDFs of ten pages, one identifier of each kind on every few of them."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    sheets = [textwrap.wrap(" ".join(text.split()), 100)[:60] for text in texts]
    while len(sheets) < EACH * len(SENTENCES):
        sheets += sheets
    places = chance.sample(range(len(sheets)), EACH * len(SENTENCES))
    planted: list[Planted] = []
    for order, place in enumerate(places):
        kind, number = list(SENTENCES)[order % 5], order // 5
        sign = written(kind, number)
        lines = sheets[place] = list(sheets[place])
        lines.insert(chance.randrange(len(lines)), SENTENCES[kind].format(sign))
        name = f"File {place // PAGES_A_FILE:03d}.pdf"
        planted.append(Planted(kind, sign, name, place % PAGES_A_FILE + 1))
    for start in range(0, len(sheets), PAGES_A_FILE):
        canvas = Canvas(str(folder / f"File {start // PAGES_A_FILE:03d}.pdf"), pagesize=A4)
        for lines in sheets[start : start + PAGES_A_FILE]:
            for at, line in enumerate(lines):
                canvas.drawString(50, 800 - 12.5 * at, line)
            canvas.showPage()
        canvas.save()
    return planted


def ask(assistant: Assistant, planted: list[Planted]) -> None:
    """Ask for each in one of three ways, in turn, and print how often its page came first."""
    hits: dict[str, list[bool]] = {kind: [] for kind in SENTENCES}
    for order, one in enumerate(planted):
        question = QUESTIONS[one.kind][order // 5 % 3].format(one.written)
        best = assistant.retriever.retrieve(question, evidence=False).passages[0]
        hit = best.path.name == one.file and one.page in best.chunk.pages
        hits[one.kind].append(hit)
        if not hit:
            print(f"missed: {question}  ({one.file}, p. {one.page})", flush=True)
    for kind, seen in hits.items():
        print(f"{kind:<16} hit@1 {sum(seen) / len(seen):.3f} of {len(seen)} questions")
    seen = [hit for kind in hits.values() for hit in kind]
    print(f"{'all':<16} hit@1 {sum(seen) / len(seen):.3f} of {len(seen)} questions")


def main() -> None:
    """Plant, index and ask."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--sets", type=Path, default=resources_folder() / "samples")
    options.add_argument("--pages", type=int, default=400)
    chosen = options.parse_args()
    chance = random.Random(5)  # drawn again, the same each time
    with tempfile.TemporaryDirectory() as temporary:
        home = Path(temporary)
        (home / "pdfs").mkdir()
        texts = page_texts(chosen.sets, chosen.pages, chance)
        planted = plant(texts, home / "pdfs", chance)
        assistant, _ = open_assistant(home / "library")
        try:
            finish(assistant.library.add([home / "pdfs"]))
            ask(assistant, planted)
        finally:
            assistant.close()


if __name__ == "__main__":
    main()
