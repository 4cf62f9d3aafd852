"""The commands of docs/terminal.md, as the installed program answers them."""

import json
from functools import partial
from pathlib import Path
from typing import Any

from tests.package.checks import Checks, need
from tests.package.clean_root import HOME, CleanRoot, Done

QUESTION = "How much notice must the tenant give to end the lease?"
NOTICE = "sixty (60) days"  # what the sample lease says, on its fourth page
LEASE, PAGE = "Lease 2021.pdf", 4
SAMPLES = 6
_NOWHERE = {"PATH": "/nonexistent"}
_EMPTY_NETWORK = ("/usr/bin/unshare", "-rn")


class Terminal:
    """Runs commands of the installed program as the user, and looks at what they print.

    With `cut_off`, under `unshare -rn` and with a PATH that leads nowhere.
    """

    def __init__(self, root: CleanRoot, checks: Checks, *, cut_off: bool = False) -> None:
        self._checks = checks
        self._name = "terminal, cut off" if cut_off else "terminal"
        self._run = root.program
        if cut_off:
            self._run = partial(root.program, environment=_NOWHERE, before=_EMPTY_NETWORK)

    def go(self, papers: Path, questions: Path) -> None:
        """From the first document to the last one removed."""
        with self._step("add"):
            read = self.told("add", str(papers), "--collection", "Papers")["documents"]
            states = {one["status"] for one in read}
            need(len(read) == SAMPLES, f"{len(read)} documents")
            need(states <= {"ready", "unchanged"}, f"{states}")
        with self._step("documents"):
            listed = self.told("documents", wants=("documents", "model_change"))["documents"]
            need({Path(one["path"]).name for one in listed} >= {LEASE}, f"no {LEASE} in {listed}")
        with self._step("collections"):
            need(self.told("collections")["collections"][0]["documents"] == SAMPLES, "not all")
        self._ask()
        with self._step("evaluate"):
            wants = ("questions", "ndcg@10", "hit@5", "runs", "missed", "milliseconds")
            measured = self.told("evaluate", str(questions), wants=wants)
            need(measured["hit@5"] >= 0.9, f"hit@5 is {measured['hit@5']}")
        self._look_after()
        with self._step("remove"):
            ids = [one["document_id"] for one in self.told("documents")["documents"]]
            need(set(self.told("remove", *ids)["removed"]) == set(ids), "not all were removed")
            need(not self.told("documents")["documents"], "something is left")

    def _ask(self) -> None:
        with self._step("search"):
            best = self.told("search", QUESTION, wants=("passages", "coverage"))["passages"][0]
            need(Path(best["path"]).name == LEASE and PAGE in best["pages"], f"found {best}")
        with self._step("ask"):
            wants = ("status", "answer", "sentences", "citations", "note", "milliseconds")
            answer = self.told("ask", QUESTION, wants=wants)
            need(answer["status"] == "answered", f"{answer['status']}: {answer['note']}")
            need(NOTICE in answer["citations"][0]["quote"], f"quoted {answer['citations']}")

    def _look_after(self) -> None:
        for command in ("verify", "compact", "models verify"):
            with self._step(command):
                need(self.told(*command.split())["ok"], f"{command} is not content")
        with self._step("models list"):
            models = self.told("models", "list")["models"]
            roles = {one["role"] for one in models if one["installed"] and one["in_use"]}
            need(len(roles) == 3, f"models in use: {roles}")
        with self._step("privacy-check"):
            report = self.told("privacy-check", wants=("ok", "attempts", "processes"))
            need(report["enforced_by_operating_system"], "the operating system enforces nothing")
            verdicts = {one["name"]: one["verdict"] for one in report["attempts"]}
            need(report["ok"] and "OPEN" not in verdicts.values(), f"{verdicts}")
        with self._step("doctor"):
            print("        " + json.dumps(self.told("doctor"))[:300])
        with self._step("a path that is missing is an error in one line"):
            failed = self._run("add", "/no/such.pdf", "--json")
            need(failed.code == 1 and "hint" in failed.json, f"{failed}")
            need("Traceback" not in failed.err, failed.err)

    def told(self, *words: str, wants: tuple[str, ...] = ()) -> dict[str, Any]:
        """The object that a command prints. Raises Failure without these keys in it."""
        return printed(self._run(*words, "--json"), *wants)

    def _step(self, name: str) -> Any:
        return self._checks.step(f"{self._name}: {name}")


def printed(run: Done, *wants: str) -> dict[str, Any]:
    """The object that a command printed. Raises Failure if it failed, or without these keys."""
    need(run.code == 0, f"exit code {run.code}: {run.out[-300:]} {run.err[-600:]}")
    missing = set(wants) - set(run.json)
    need(not missing, f"{missing} are not in {sorted(run.json)}")
    return run.json


def check_portable(root: CleanRoot, archive: Path, checks: Checks) -> None:
    """The archive unpacked in the user's home, where an environment of nothing is enough."""
    place = HOME / "portable"
    library = ("--library", str(HOME / "portable library"), "--json")
    with checks.step("portable: the archive unpacks into one folder"):
        root.unpack(archive, place)
        folders = [*root.inside(place).iterdir()]
        need(len(folders) == 1 and (folders[0] / "desktop-rag").is_file(), f"{folders}")
    with checks.step("portable: add and ask, under env -i"):
        (folder,) = root.inside(place).iterdir()
        start = ("/usr/bin/env", "-i", f"HOME={HOME}", str(place / folder.name / "desktop-rag"))
        printed(root.as_user(*start, "add", str(HOME / "Papers" / LEASE), *library))
        answer = printed(root.as_user(*start, "ask", QUESTION, *library), "status")
        need(answer["status"] == "answered", f"{answer['status']}")
