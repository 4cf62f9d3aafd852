"""Whether the window answers at once while the engine is busy: gaps of a timer, as a histogram.

A timer of 5 ms runs in the window's thread while 1,000 pages are read and questions are asked. A
gap between two ticks is time in which a click would have waited.
"""

import argparse
import os
import tempfile
import time
from functools import partial
from pathlib import Path

from desktop_rag.privacy import guard

EDGES_MS = (10, 20, 30, 50, 100, 1000)
SENTENCES = (
    "The tenant pays the rent in advance on the first day of month {n}.",
    "Clause {n} binds the landlord to keep the roof and the outer walls in repair.",
    "A notice under clause {n} is in writing and is delivered by hand.",
    "The patient of file {n} takes 40 mg of the drug each morning with water.",
)


def make_documents(folder: Path, pages: int) -> None:
    """PDFs of 50 pages, with 30 lines a page."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    for first in range(0, pages, 50):
        canvas = Canvas(str(folder / f"file {first:04}.pdf"), pagesize=A4, invariant=1)
        for page in range(first, first + 50):
            for line in range(30):
                text = SENTENCES[line % len(SENTENCES)].format(n=page * 30 + line)
                canvas.drawString(60, 780 - 24 * line, text)
            canvas.showPage()
        canvas.save()


def main() -> None:
    """Read, ask, and print how long the window's thread was away."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=1000)
    pages = parser.parse_args().pages
    guard.activate()
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        os.environ["XDG_DATA_HOME"] = str(home / "data")
        (home / "files").mkdir()
        make_documents(home / "files", pages)
        gaps, questions = watch(home / "files")
    print(f"{pages} pages read, {questions} questions asked; gaps of a 5 ms timer:")
    for low, high in zip((0, *EDGES_MS), (*EDGES_MS, None), strict=True):
        count = sum(low <= gap and (high is None or gap < high) for gap in gaps)
        print(f"  {low:5} to {high or '…':>5} ms: {count}")
    print(f"  longest {max(gaps):.0f} ms")


def watch(folder: Path) -> tuple[list[float], int]:
    """Milliseconds between the ticks, and how many questions were answered meanwhile."""
    from PySide6.QtCore import Qt, QTimer
    from PySide6.QtWidgets import QApplication

    from desktop_rag import config
    from desktop_rag.__main__ import _open_assistant
    from desktop_rag.ui.furnishing import furnish
    from desktop_rag.ui.main_window import MainWindow

    application = QApplication([])
    window = MainWindow()
    window.show()
    space = furnish(window, partial(_open_assistant, None), partial(config.load, None)).workspace
    assert space is not None
    gaps: list[float] = []
    last = [time.perf_counter()]
    answered = [0]

    def tick() -> None:
        now = time.perf_counter()
        gaps.append(1000 * (now - last[0]))
        last[0] = now

    def ask() -> None:
        if space._reading.is_running and space.library.documents.rowCount():  # noqa: SLF001
            space.answers.ask("When is the rent paid?")

    def end() -> None:
        space.answers._asking.stop()  # noqa: SLF001
        QTimer.singleShot(2000, application.quit)

    def count(_: object) -> None:
        answered[0] += 1
        QTimer.singleShot(500, ask)

    space._asking.answered.connect(count)  # noqa: SLF001
    space._reading.ended.connect(lambda _: end())  # noqa: SLF001
    probe = QTimer()
    probe.setTimerType(Qt.TimerType.PreciseTimer)
    probe.setInterval(5)
    probe.timeout.connect(tick)

    def begin() -> None:
        last[0] = time.perf_counter()
        probe.start()
        space._reading.add([folder], "Measured")  # noqa: SLF001
        QTimer.singleShot(20_000, ask)

    QTimer.singleShot(2000, begin)
    application.exec()
    probe.stop()
    window.close()
    return gaps, answered[0]


if __name__ == "__main__":
    main()
