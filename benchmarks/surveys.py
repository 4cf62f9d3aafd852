"""Whether the right documents and places are found, for each clause of a set of contracts.

    python benchmarks/surveys.py --set FOLDER --library FOLDER [--pairs N] [--lists]

FOLDER holds the PDFs and `questions.jsonl` of the set *contracts*, each question about one contract
and answerable or not. Each is put as people ask of many contracts (“Which of my contracts …?”), and
found in its contract or not. The threshold was chosen on 240 of the pairs; the others are held out.
With --lists each is put as “List all clauses that …” instead: is what the annotators marked among
the rows, and how many rows are there?
"""

from desktop_rag.privacy import guard

guard.activate()

import argparse  # noqa: E402 - the guard goes first
import json  # noqa: E402
import random  # noqa: E402
import statistics  # noqa: E402
import time  # noqa: E402
from collections.abc import Sequence  # noqa: E402
from dataclasses import dataclass  # noqa: E402
from pathlib import Path  # noqa: E402

from steps import finish  # noqa: E402

from desktop_rag.domain import Scope  # noqa: E402
from desktop_rag.pipeline.normalising import comparable  # noqa: E402
from desktop_rag.services.assistant import Assistant  # noqa: E402
from desktop_rag.wiring import open_assistant  # noqa: E402

CHOSEN_ON = 120  # pairs of each sort
# For each question about a clause, how it is asked of many contracts; told by a word of it.
ASKED = {
    "carve-outs": "have exceptions to the non-compete or exclusivity clause",
    "without cause": "can be terminated without cause",
    "audit": "give a right to audit books and records",
    "created by one party": "assign intellectual property to the other party",
    "first refusal": "contain a right of first refusal",
    "liquidated": "provide for liquidated damages or a termination fee",
    "license granted by": "contain a license grant",
    "affiliates of the licensee": "extend the license to affiliates of the licensee",
    "licensor's affiliates": "license intellectual property of the licensor's affiliates",
    "contesting": "contain a covenant not to sue or contest intellectual property",
    "soliciting customers": "prohibit soliciting customers",
    "uncapped": "have an uncapped liability",
    "is assigned": "require consent to assignment",
    "share revenue": "provide for sharing revenue or profit",
    "irrevocable": "grant a perpetual or irrevocable license",
    "cannot be transferred": "grant a non-transferable license",
    "cap on liability": "have a cap on liability",
    "exceeds certain": "have a volume restriction",
    "minimum order": "have a minimum purchase commitment",
    "most favored": "contain a most favored nation clause",
    "beneficiary": "name a third-party beneficiary",
    "insurance": "require insurance",
    "disparage": "contain a non-disparagement clause",
    "raising or reducing": "restrict price changes",
    "hiring employees": "prohibit hiring or soliciting employees",
    "to compete": "contain a non-compete clause",
    "unlimited usage": "grant an unlimited or enterprise-wide license",
    "exclusive dealing": "contain an exclusivity clause",
    "joint or shared": "provide for joint ownership of intellectual property",
    "escrow": "require source code escrow",
    "initial term expire?": "have a fixed term or expiration date",
    "change of control": "mention a change of control",
    "warranty": "contain a warranty against defects",
    "terminate renewal": "require notice to prevent renewal",
    "renewal term": "renew automatically",
    "continue after": "have obligations that survive termination",
    "become effective": "state an effective date",
    "governs": "name a governing law",
}


@dataclass(frozen=True)
class Pair:
    """A question asked of one contract, and whether the clause is there."""

    asked: str
    file: str
    is_there: bool
    marked: tuple[str, ...] = ()
    pages: frozenset[int] = frozenset()


@dataclass
class Tally:
    """How often a clause was found that is there, or that is not, or missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    absent: int = 0

    def count(self, is_there: bool, found: bool) -> None:
        """Count one pair."""
        self.right += is_there and found
        self.missed += is_there and not found
        self.wrong += not is_there and found
        self.absent += not is_there and not found

    def line(self) -> str:
        """Precision, recall, and the share of absent clauses that are found all the same."""
        precision = self.right / max(self.right + self.wrong, 1)
        recall = self.right / max(self.right + self.missed, 1)
        false = self.wrong / max(self.wrong + self.absent, 1)
        there, absent = self.right + self.missed, self.wrong + self.absent
        return (
            f"{there} there, {absent} absent: precision {precision:.2f}, recall {recall:.2f}, "
            f"found though absent {false:.2f}"
        )


def pairs_of(folder: Path) -> tuple[list[Pair], list[Pair]]:
    """The pairs that the threshold was chosen on, and the others."""
    lines = (folder / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    pairs = [_pair(json.loads(line)) for line in lines]
    random.Random(1).shuffle(pairs)
    there = [pair for pair in pairs if pair.is_there]
    absent = [pair for pair in pairs if not pair.is_there]
    chosen = [*there[:CHOSEN_ON], *absent[:CHOSEN_ON]]
    return chosen, [*there[CHOSEN_ON:], *absent[CHOSEN_ON:]]


def measure(assistant: Assistant, pairs: Sequence[Pair]) -> Tally:
    """Ask each pair, the contract alone in scope."""
    ids = {entry.path.name: entry.document.id for entry in assistant.library.documents()}
    tally = Tally()
    for pair in pairs:
        scope = Scope(document_ids=(ids[pair.file],))
        answer = finish(assistant.answers.ask(f"Which of my contracts {pair.asked}?", scope))
        assert answer.survey is not None, pair.asked
        tally.count(pair.is_there, bool(answer.table))
    return tally


def measure_lists(assistant: Assistant, pairs: Sequence[Pair]) -> str:
    """Shares of the marked clauses and pages that have a row, and rows a question."""
    ids = {entry.path.name: entry.document.id for entry in assistant.library.documents()}
    rows: dict[bool, list[int]] = {True: [], False: []}
    marked: list[bool] = []
    pages: list[bool] = []
    for pair in pairs:
        scope = Scope(document_ids=(ids[pair.file],))
        answer = finish(assistant.answers.ask(f"List all clauses that {pair.asked}", scope))
        rows[pair.is_there].append(len(answer.table))
        quotes = [comparable(row.quote) for row in answer.table]
        marked += [any(q in text or text in q for q in quotes) for text in pair.marked]
        if pair.is_there:
            found = {page for row in answer.table for page in row.pages}
            pages.append(bool(found & pair.pages))
    return (
        f"{len(pages)} there: {_mean(marked):.2f} of the marked clauses have a row, "
        f"{_mean(pages):.2f} a row on a marked page; rows a question: median "
        f"{statistics.median(rows[True]):.0f} there, {statistics.median(rows[False]):.0f} absent, "
        f"none for {_mean([not count for count in rows[False]]):.2f} of the absent"
    )


def _mean(values: Sequence[bool]) -> float:
    return sum(values) / max(len(values), 1)


def _pair(line: dict[str, object]) -> Pair:
    question, within = str(line["question"]), line["within"]
    assert isinstance(within, list)
    tail = next(tail for word, tail in ASKED.items() if word in question)
    answers, relevant = line["answers"], line["relevant"]
    assert isinstance(answers, list)
    assert isinstance(relevant, list)
    return Pair(
        asked=tail,
        file=str(within[0]),
        is_there=bool(line["answerable"]),
        marked=tuple(comparable(str(answer)) for answer in answers),
        pages=frozenset(int(one["page"]) for one in relevant),
    )


def main() -> None:
    """Print the tallies."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", type=Path, required=True, dest="folder")
    parser.add_argument("--library", type=Path, required=True)
    parser.add_argument("--pairs", type=int, help="at most so many of each")
    parser.add_argument("--lists", action="store_true")
    arguments = parser.parse_args()
    assistant, _ = open_assistant(arguments.library)
    try:
        finish(assistant.library.add([arguments.folder]))
        for name, pairs in zip(("chosen on", "held out"), pairs_of(arguments.folder), strict=True):
            started = time.perf_counter()
            if arguments.lists:
                both = [p for p in pairs if p.is_there], [p for p in pairs if not p.is_there]
                some = [pair for sort in both for pair in sort[: arguments.pairs]]
                print(f"{name}: {measure_lists(assistant, some)}", flush=True)
                continue
            tally = measure(assistant, pairs[: arguments.pairs])
            taken = time.perf_counter() - started
            print(f"{name}: {tally.line()} ({taken / len(pairs):.2f} s a document)", flush=True)
    finally:
        assistant.close()


if __name__ == "__main__":
    main()
