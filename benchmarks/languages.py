"""How well German and French are found: 40 questions and passages each (tests/quality/*.tsv).

    python benchmarks/languages.py [--library FOLDER]

Each passage is a page of its own, of a document of ten; the English sample documents lie beside.
For each stage: the mean reciprocal rank of the page, and how often it is the first. The model is
that of the settings.
"""

from desktop_rag.privacy import guard

guard.activate()

import argparse  # noqa: E402 - the guard goes first
import sys  # noqa: E402
import tempfile  # noqa: E402
import time  # noqa: E402
from pathlib import Path  # noqa: E402

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from steps import finish  # noqa: E402

from desktop_rag.domain import ModelRole, SearchMode  # noqa: E402
from desktop_rag.services.assistant import Assistant  # noqa: E402
from desktop_rag.wiring import open_assistant  # noqa: E402
from tests.support import make_pdf  # noqa: E402

QUALITY = Path(__file__).resolve().parent.parent / "tests" / "quality"
PAGES = 10
STAGES = {
    "dense": (SearchMode.DENSE, False),
    "BM25": (SearchMode.KEYWORD, False),
    "hybrid": (SearchMode.HYBRID, False),
    "all": (SearchMode.HYBRID, True),
}

Judged = list[tuple[str, str]]  # question and passage


def judged(language: str) -> Judged:
    """The questions of a language, each with the passage that answers it."""
    lines = (QUALITY / f"{language}.tsv").read_text(encoding="utf-8").splitlines()
    return [(one, other) for one, _, other in (line.partition("\t") for line in lines)]


def add(assistant: Assistant, folder: Path, language: str) -> None:
    """Documents of ten pages, a passage each."""
    pages = [passage for _, passage in judged(language)]
    for start in range(0, len(pages), PAGES):
        make_pdf(folder / f"{language}-{start // PAGES}.pdf", pages[start : start + PAGES])
    finish(assistant.library.add([folder]))


def ranks(assistant: Assistant, language: str, stage: str) -> list[float]:
    """One over the place of each question's page; 0 where it is not found."""
    mode, rerank = STAGES[stage]
    values = []
    for number, (question, _) in enumerate(judged(language)):
        wanted = (f"{language}-{number // PAGES}.pdf", number % PAGES + 1)
        found = assistant.retriever.retrieve(question, mode=mode, rerank=rerank, evidence=False)
        places = [(one.path.name, one.chunk.pages[0]) for one in found.passages]
        values.append(1 / (places.index(wanted) + 1) if wanted in places else 0.0)
    return values


def main() -> None:
    """Print a line for each language and stage."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--library", type=Path)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        assistant, _ = open_assistant(chosen.library or Path(temporary) / "library")
        try:
            started = time.perf_counter()
            finish(assistant.library.add([assistant.samples_folder]))
            for language in ("german", "french"):
                folder = Path(temporary) / language
                folder.mkdir()
                add(assistant, folder, language)
            print(assistant.models_in_use[ModelRole.EMBEDDER], end=", ")
            print(f"added in {time.perf_counter() - started:.1f} s")
            for language in ("german", "french"):
                for stage in STAGES:
                    found = ranks(assistant, language, stage)
                    first = sum(value == 1.0 for value in found)
                    mean = sum(found) / len(found)
                    print(f"{language} {stage:<6} MRR {mean:.3f}, first {first} of {len(found)}")
        finally:
            assistant.close()


if __name__ == "__main__":
    main()
