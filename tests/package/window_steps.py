"""A person's first minutes with the window of the installed program, step by step."""

import json
from collections.abc import Callable
from pathlib import Path

from tests.package.checks import Checks, need
from tests.package.clean_root import CleanRoot
from tests.package.screen import Screen
from tests.package.spoken import Widget
from tests.package.terminal import LEASE, NOTICE, PAGE, QUESTION, printed
from tests.package.window import PAPERS, Window

_DROPPED = (LEASE, "Services contract.pdf", "Discharge letter.pdf")
_OPENED = "Water bulletin.pdf"
_OTHER_QUESTION, _DEPOSIT = "How large is the deposit?", "9,600 crowns"
_DEATH = "The part that reads and answers ended unexpectedly.*"


class FirstMinutes:
    """The steps, each on what the one before left."""

    def __init__(
        self, root: CleanRoot, screen: Screen, checks: Checks, kills: int, *, cut_off: bool = False
    ) -> None:
        self._root = root
        self._checks = checks
        self._kills = kills
        self._window = Window(root, screen, cut_off=cut_off)
        self._answer: Widget | None = None

    def go(self) -> None:
        """All of them; whatever comes after one that failed is not tried."""
        steps: tuple[tuple[str, Callable[[], None]], ...] = (
            ("it starts by its desktop entry and shows its first screen", self._start),
            ("PDFs are dropped on it, confirmed and read", self._drop),
            ("“Open with” hands a PDF to the window that runs", self._open_with),
            ("a question is asked and answered with a number", self._ask),
            ("a click on the number shows the place on its page", self._follow),
            ("it says the same as its record on the terminal", self._compare),
            (
                f"the engine is killed, {self._kills} times: it is said, and goes on",
                self._kill_engine,
            ),
            (
                f"the reader is killed, {self._kills} times: pages are shown again",
                self._kill_reader,
            ),
            ("it quits by Ctrl+Q with exit code 0", self._quit),
        )
        for number, (name, step) in enumerate(steps):
            failed = len(self._checks.failed)
            with self._checks.step(f"window: {name}"):
                step()
            if len(self._checks.failed) > failed:
                self._window.picture("failed")
                print(self._window.said())
                print("        not tried: " + "; ".join(name for name, _ in steps[number + 1 :]))
                break
        self._window.close()

    def go_cut_off(self) -> None:
        """What must also be so of a window that finds no program and no network device."""
        with self._checks.step("window, cut off: it starts, answers, shows the place and quits"):
            try:
                answer = self._window.ask(QUESTION)
                self._window.follow_citation(answer, NOTICE)
                self._window.picture("cut-off")
                self._quit()
            except Exception:
                self._window.picture("cut-off-failed")
                raise
            finally:
                self._window.close()

    def _start(self) -> None:
        self._window.find("Drop PDFs here.*")
        self._window.picture("first-screen")

    def _drop(self) -> None:
        self._window.drop([PAPERS / name for name in _DROPPED])
        self._window.add_what_is_offered("3 PDFs")
        self._window.wait("all three are ready", lambda: self._ready() == {*_DROPPED})
        self._window.picture("read")

    def _open_with(self) -> None:
        second = self._window.start(PAPERS / _OPENED)
        self._window.add_what_is_offered("1 PDF")
        need(second.wait(60) == 0, "the second start did not end well")
        self._window.wait("it is ready", lambda: self._ready() == {*_DROPPED, _OPENED})

    def _ask(self) -> None:
        self._answer = self._window.ask(QUESTION)
        need("sixty" in self._answer.text, f"the answer is {self._answer.text!r}")
        self._window.picture("answer")

    def _follow(self) -> None:
        assert self._answer is not None
        page = self._window.follow_citation(self._answer, NOTICE)
        self._window.picture("citation")
        need(page.name.startswith(LEASE) and f"({PAGE} of " in page.name, f"shown: {page.name}")

    def _compare(self) -> None:
        kept = printed(self._root.program("record", "--json"))["answers"]
        need([one["question"] for one in kept] == [QUESTION], f"kept: {kept}")
        record = printed(self._root.program("record", str(kept[0]["turn_id"]), "--json"))
        cited = record["citations"][0]
        need(Path(cited["file"]).name == LEASE and cited["pages"] == [PAGE], json.dumps(cited))

    def _kill_engine(self) -> None:
        for _ in range(self._kills):
            self._window.replace("engine", self._window.kill("engine"))
            self._window.find(_DEATH)
            self._window.follow_citation(self._window.ask(_OTHER_QUESTION), _DEPOSIT)
            self._window.click("Close this message", "push button")
        self._window.picture("engine-killed")

    def _kill_reader(self) -> None:
        for _ in range(self._kills):
            killed = self._window.kill("reader")
            self._window.follow_citation(self._window.ask(QUESTION), NOTICE)
            self._window.replace("reader", killed)
            self._window.follow_citation(self._window.ask(_OTHER_QUESTION), _DEPOSIT)
        self._window.picture("reader-killed")

    def _quit(self) -> None:
        code = self._window.quit()
        need(code == 0, f"exit code {code}")

    def _ready(self) -> set[str]:
        documents = printed(self._root.program("documents", "--json"))["documents"]
        return {Path(one["path"]).name for one in documents if one["status"] == "ready"}


def check_window(root: CleanRoot, screen: Screen, checks: Checks, kills: int) -> None:
    """Start the window and walk through it; engine and reader are killed so many times."""
    FirstMinutes(root, screen, checks, kills).go()
    FirstMinutes(root, screen, checks, 0, cut_off=True).go_cut_off()
