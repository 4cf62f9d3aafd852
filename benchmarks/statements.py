"""Whether the check of an answer's sentences tells planted contradictions from paraphrases.

Each line of `tests/quality/statements*.jsonl` has a passage, a faithful sentence about it and one
with a single thing changed. Both are checked as the program checks what a model writes. Printed
for each part and each kind of change: how many of the false ones are marked unsupported (95 % are
asked), how many of the faithful ones stay verified (85 %). The first set was written by who
made the rules, for them. The second one was written by someone who had seen neither the rules nor
the first set: rules were then made on its “dev”, none on its “held”, which tells what to expect.

    python benchmarks/statements.py [--list]
"""

import argparse
import json
from collections import Counter
from pathlib import Path

from desktop_rag.domain import Chunk, Passage, Ranks, Span, Support
from desktop_rag.pipeline.citing import check_answer

QUALITY = Path(__file__).resolve().parent.parent / "tests" / "quality"
SETS = {
    "first": "statements.jsonl",
    "second": "statements_second.jsonl",
    "third": "statements_third.jsonl",
}
Line = dict[str, str]


def is_verified(statement: str, passage: str) -> bool:
    """Whether the program would show the statement as borne out by the passage."""
    chunk = Chunk("d", 0, passage, passage, "", (Span(1, 0, len(passage)),))
    whole = Passage(1, chunk, Path("a.pdf"), ("1",), 1.0, 0.9, Ranks())
    return all(one.support is Support.VERIFIED for one in check_answer(statement, [whole], 1))


def table(part: str, lines: list[Line], *, listed: bool) -> None:
    """Print the counts of each kind, and the lines that are judged wrongly."""
    count, caught, kept = Counter[str](), Counter[str](), Counter[str]()
    wrong: list[str] = []
    for line in lines:
        false_passes = is_verified(line["contradiction"], line["passage"])
        true_passes = is_verified(line["faithful"], line["passage"])
        for kind in (line["kind"], "all"):
            count[kind] += 1
            caught[kind] += not false_passes
            kept[kind] += true_passes
        if false_passes:
            wrong.append(f"  taken for true: {line['contradiction']}")
        if not true_passes:
            wrong.append(f"  not recognised: {line['faithful']}")
    print(f"\n| {part} | pairs | contradictions caught | paraphrases kept |\n|---|---|---|---|")
    for kind in sorted(count, key=lambda one: (one == "all", one)):
        print(f"| {kind} | {count[kind]} | {caught[kind]} | {kept[kind]} |")
    if listed:
        print("\n".join(wrong))


def main() -> None:
    """Print a table for each part of each set."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--list", action="store_true", help="the lines that are judged wrongly")
    listed = options.parse_args().list
    for name, file in SETS.items():
        text = (QUALITY / file).read_text(encoding="utf-8")
        lines = [json.loads(line) for line in text.splitlines()]
        for part in sorted({line["id"].split("-")[0] for line in lines}):
            chosen = [one for one in lines if one["id"].startswith(part)]
            table(f"{name} set, {part}", chosen, listed=listed)


if __name__ == "__main__":
    main()
