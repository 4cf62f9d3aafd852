"""The table of search quality: each stage alone and together, on question sets with judged pages.

    python benchmarks/quality.py --sets FOLDER [--questions N] [--libraries FOLDER]

FOLDER holds one folder a set, with its PDFs and `questions.jsonl`. Without --sets, the table is
made for the samples. With --questions, only the first N answerable questions of each set are asked.
"""

from desktop_rag.privacy import guard

guard.activate()

import argparse  # noqa: E402 - the guard goes first
import tempfile  # noqa: E402
from pathlib import Path  # noqa: E402

from steps import finish  # noqa: E402

from desktop_rag.domain import SearchMode  # noqa: E402
from desktop_rag.services.assistant import Assistant  # noqa: E402
from desktop_rag.services.quality_check import QualityReport, read_questions  # noqa: E402
from desktop_rag.wiring import open_assistant  # noqa: E402

STAGES = (
    ("dense", SearchMode.DENSE, False),
    ("BM25", SearchMode.KEYWORD, False),
    ("hybrid", SearchMode.HYBRID, False),
    ("hybrid + rerank", SearchMode.HYBRID, True),
)
SAMPLES = Path(__file__).resolve().parent.parent / "tests" / "quality"


def measure(folder: Path, library: Path, most: int | None) -> list[QualityReport]:
    """A report for each of STAGES on the set in `folder`, indexed in `library`."""
    assistant, _ = open_assistant(library)
    try:
        finish(assistant.library.add([_pdfs(folder, assistant)]))
        questions = [q for q in read_questions(folder / "questions.jsonl") if q.answerable][:most]
        return [
            finish(assistant.quality.evaluate(questions, mode=mode, rerank=rerank))
            for _, mode, rerank in STAGES
        ]
    finally:
        assistant.close()


def _pdfs(folder: Path, assistant: Assistant) -> Path:
    return assistant.samples_folder if folder == SAMPLES else folder


def main() -> None:
    """Print a Markdown table of nDCG@10, then recall@50 and latency."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--sets", type=Path)
    options.add_argument("--questions", type=int)
    options.add_argument("--libraries", type=Path, help="keep the libraries here between runs")
    chosen = options.parse_args()
    folders = sorted(f.parent for f in chosen.sets.glob("*/questions.jsonl")) if chosen.sets else []
    with tempfile.TemporaryDirectory() as temporary:
        home = chosen.libraries or Path(temporary)
        table(folders or [SAMPLES], home, chosen.questions)


def table(folders: list[Path], home: Path, most: int | None) -> None:
    """Measure and print set by set, as it goes."""
    print("| nDCG@10 | questions |", " | ".join(name for name, _, _ in STAGES), "|")
    print("|---|---|" + "---|" * len(STAGES))
    rows: list[list[QualityReport]] = []
    for folder in folders:
        reports = measure(folder, home / folder.name, most)
        rows.append(reports)
        cells = " | ".join(f"{report.ndcg_at_10:.3f}" for report in reports)
        print(f"| {folder.name} | {reports[0].questions} | {cells} |", flush=True)
    for label, value in (
        ("mean nDCG@10", lambda r: r.ndcg_at_10),
        ("mean precision@5", lambda r: r.precision_at_5),
        ("mean MRR@10", lambda r: r.mrr_at_10),
        ("mean recall@50", lambda r: r.recall_at_50),
        ("mean p50, ms", lambda r: r.p50_ms),
    ):
        means = [sum(value(row[i]) for row in rows) / len(rows) for i in range(len(STAGES))]
        digits = 0 if "ms" in label else 3
        cells = " | ".join(f"{mean:.{digits}f}" for mean in means)
        print(f"| **{label}** | {sum(row[0].questions for row in rows)} | {cells} |")


if __name__ == "__main__":
    main()
