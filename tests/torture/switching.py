"""A person's way with models of their own, and whether the program keeps to its cores meanwhile.

Run by hand: python -m tests.torture.switching

A language model, a cross-encoder and a bi-encoder are imported under other names while documents
and scans are read and questions are asked; each is put to use, the library is prepared for the
other bi-encoder while it is searched, and all is switched back. All through it /proc is looked at
every 10 ms: how many threads of the models compute, in the engine and its readers. Exit code 1 if
anything does not come out. Linux.
"""

import os
import queue
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from desktop_rag import config
from desktop_rag.__main__ import _open_assistant
from desktop_rag.domain import Scope, Turn
from desktop_rag.engine.client import EngineClient
from desktop_rag.engine.messages import Cancelled, EngineDied, Failed, Finished, Progress, Reply
from desktop_rag.services.machine import physical_cores
from tests.conftest import ROOT
from tests.sampling import Sample, sampled
from tests.support import make_scan

MODELS = ROOT / "resources" / "models"
OWN = {
    "language_model": ("smollm2-135m-instruct", "own-writer"),
    "reranker": ("minilm-l6-reranker", "own-orderer"),
    "embedder": ("all-MiniLM-L6-v2", "own-finder"),
}
QUESTIONS = (
    "How much notice must the tenant give to end the lease?",
    "What dose of amoxicillin was given?",
    "Who keeps the roof in repair?",
)
_LONGEST_S = 600.0
_SCANS = 6
# Of the looks: a graph of recognition that takes longer than a second is not waited for, and
# threads end and begin while they are looked at.
_ABOVE_SHARE = 0.005


class Desk:
    """An engine on this library, and how its requests ended."""

    def __init__(self, library: Path) -> None:
        self._replies: queue.Queue[Reply] = queue.Queue()
        self._ends: dict[int, Reply] = {}
        self.client = EngineClient(partial(_open_assistant, library), self._replies.put)
        self.client.start()

    def ask_for(self, method: str, *arguments: object) -> int:
        return self.client.request(method, *arguments)

    def is_over(self, number: int) -> bool:
        """Whether it has ended, after a look at what has come."""
        while not self._replies.empty():
            self._take(self._replies.get())
        return number in self._ends

    def end_of(self, number: int) -> Any:
        """The result, when it is there. Raises RuntimeError for what failed."""
        while number not in self._ends:
            self._take(self._replies.get(timeout=_LONGEST_S))
        reply = self._ends.pop(number)
        if not isinstance(reply, Finished):
            raise RuntimeError(f"request {number} ended with {reply}")
        return reply.value

    def result(self, method: str, *arguments: object) -> Any:
        return self.end_of(self.ask_for(method, *arguments))

    def _take(self, reply: Reply) -> None:
        if isinstance(reply, EngineDied):
            raise RuntimeError("the engine died")
        if isinstance(reply, Finished | Cancelled | Failed):
            self._ends[reply.number] = reply
        elif not isinstance(reply, Progress):
            raise RuntimeError(f"the engine said {reply}")


class Switching:
    """The way; `failed` holds what did not come out."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._settings = config.load()[0]
        self._cores = self._settings.threads or physical_cores()
        self._samples: list[tuple[str, Sample]] = []
        self.failed: list[str] = []

    def go(self) -> None:
        self._sampled("read and ask", self._read_and_ask)
        self._sampled("import and ask", self._import)
        for own, name in ((True, "switch, prepare and ask"), (False, "switch back")):
            for role, names in OWN.items():
                config.save(self._settings.settings_file, {role: names[own]})
            self._sampled(name, partial(self._switch, own=own))
        self._report()

    def _sampled(self, name: str, step: Callable[[Desk], None]) -> None:
        """A step in an engine of its own, as the window starts one for each change."""
        print(name)
        desk = Desk(self._settings.library_folder)
        assert desk.client.pid is not None
        try:
            with sampled(desk.client.pid, self._cores) as sample:
                step(desk)
        finally:
            desk.client.close()
        self._samples.append((name, sample))

    def _read_and_ask(self, desk: Desk) -> None:
        scans = self._home / "scans"
        scans.mkdir()
        for number in range(_SCANS):
            make_scan(scans / f"{number}.pdf", f"Room {number} is let to tenant {number}.")
        desk.result("add", [ROOT / "resources" / "samples"], None, ())
        adding = desk.ask_for("add", [scans], None, ())
        self._asked_until(desk, adding)
        report = desk.end_of(adding)
        self._need("the scans are read", [f.status for f in report.files] == ["ready"] * _SCANS)
        self._before = self._answers(desk)
        self._need("the answers name their models", self._named(self._before[0], own=False))

    def _import(self, desk: Desk) -> None:
        for role, (bundled, name) in OWN.items():
            source = self._copied(bundled, name)
            importing = desk.ask_for("import_model", source)
            self._asked_until(desk, importing)
            imported = desk.end_of(importing)
            self._need(f"{name} is imported", imported.model.name == name)
            self._need(f"{name} has its role", imported.model.role.value == role)

    def _copied(self, bundled: str, name: str) -> Path:
        """As it would lie on a stick: weights alone, under another name."""
        place = self._home / "stick"
        place.mkdir(exist_ok=True)
        if gguf := next((MODELS / bundled).glob("*.gguf"), None):
            return Path(shutil.copyfile(gguf, place / f"{name}.gguf"))
        ignored = shutil.ignore_patterns("onnx")
        return Path(shutil.copytree(MODELS / bundled, place / name, ignore=ignored))

    def _switch(self, desk: Desk, *, own: bool) -> None:
        change = desk.result("model_change")
        self._need("the change is noticed", change is not None and change.is_here)
        preparing = desk.ask_for("reembed")
        asked = self._asked_until(desk, preparing)
        report = desk.end_of(preparing)
        self._need("it was searched meanwhile", asked > 0)
        self._need("all passages were prepared", report.passages > 0 and report.was_due)
        self._need("nothing is left to prepare", desk.result("model_change") is None)
        answers = self._answers(desk)
        self._need("the answers name their models", self._named(answers[0], own=own))
        said = [turn.answer.text for turn in answers]
        self._need("they say the same", said == [turn.answer.text for turn in self._before])

    def _asked_until(self, desk: Desk, number: int) -> int:
        """Ask question after question until that request is over; how many were answered."""
        count = 0
        while not desk.is_over(number):
            desk.result("ask", QUESTIONS[count % len(QUESTIONS)], Scope(), None)
            count += 1
        return count

    def _answers(self, desk: Desk) -> Sequence[Turn]:
        return [desk.result("ask", question, Scope(), None) for question in QUESTIONS]

    def _named(self, turn: Turn, *, own: bool) -> bool:
        """Whether the record names all three models, each with a hash."""
        found_by, writing = turn.answer.found_by, turn.answer.writing
        if found_by is None or writing is None:
            return False
        named = {
            "embedder": found_by.embedder,
            "reranker": found_by.reranker,
            "language_model": writing.model,
        }
        return all(
            one is not None and one.name == OWN[role][own] and len(one.sha256) == 64
            for role, one in named.items()
        )

    def _need(self, what: str, holds: bool) -> None:
        print(f"  {'ok' if holds else 'FAILED'}  {what}")
        if not holds:
            self.failed.append(what)

    def _report(self) -> None:
        print(f"Threads that compute at the same time, looked at every 10 ms; {self._cores} cores:")
        for name, sample in self._samples:
            above = sample.looks_above(self._cores)
            print(f"  {name}: {sample.looks} looks")
            print(f"    of models: {_counts(sample.of_models)}; above the cores {above} times")
            print(f"    others: {_counts(sample.others)}; LanceDB's {_counts(sample.of_lancedb)}")
            print(f"    threads that there were: {sample.threads}")
            for names, times in sample.above.most_common(5):
                print(f"      {times} times {', '.join(names)}")
            self._need(f"models keep to their cores ({name})", above <= _ABOVE_SHARE * sample.looks)


def _counts(counted: Counter[int]) -> str:
    return ", ".join(f"{count}: {times}" for count, times in sorted(counted.items()))


def main() -> int:
    """Go the way on an empty library in a folder of its own."""
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        os.environ["XDG_DATA_HOME"] = str(home / "data")
        switching = Switching(home)
        switching.go()
    print("failed: " + ", ".join(switching.failed) if switching.failed else "all came out")
    return 1 if switching.failed else 0


if __name__ == "__main__":
    sys.exit(main())
