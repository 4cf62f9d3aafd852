"""How soon the window is seen, beside an empty one: the ratio of two starts side by side.

Both are started as processes of their own, in turn, and say on standard output when their first
paint is done; the time is taken from before the process exists. Needs a display (or Xvfb).
"""

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time

EMPTY = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        print("painted", flush=True)
        QTimer.singleShot(0, lambda: os._exit(0))
import os
application = QApplication([])
window = Window()
window.resize(1360, 860)
window.show()
application.exec()
"""
OURS = """
import os, sys
from PySide6.QtCore import QTimer
sys.argv = ["desktop-rag"]
from desktop_rag.__main__ import main
from desktop_rag.ui import main_window
def painted(self, event, before=main_window.MainWindow.paintEvent):
    before(self, event)
    print("painted", flush=True)
    os._exit(0)
main_window.MainWindow.paintEvent = painted
main()
"""


def cpu_s() -> float:
    """Seconds of computing by all children that have ended."""
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def first_paint(source: str, home: str) -> tuple[float, float]:
    """Seconds from before the process exists to its first paint, and seconds of computing."""
    environment = os.environ | {"XDG_DATA_HOME": home}
    computed, started = cpu_s(), time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-c", source], stdout=subprocess.PIPE, env=environment, text=True
    ) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        elapsed = time.perf_counter() - started
    assert line == "painted\n", line
    return elapsed, cpu_s() - computed


def main() -> None:
    """Start both windows in turn, and print the ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--starts", type=int, default=20)
    starts = parser.parse_args().starts
    with tempfile.TemporaryDirectory() as home:
        for source in (EMPTY, OURS):
            first_paint(source, home)  # what the disk holds is warm for both
        pairs = [(first_paint(EMPTY, home), first_paint(OURS, home)) for _ in range(starts)]
    for place, name in enumerate(("first paint", "computing until then")):
        empty, ours = ([one[place] for one in column] for column in zip(*pairs, strict=True))
        ratio = statistics.median(mine / theirs for theirs, mine in zip(empty, ours, strict=True))
        print(f"{name}, {starts} starts: empty window {1000 * statistics.median(empty):.0f} ms, "
              f"ours {1000 * statistics.median(ours):.0f} ms, ratio {ratio:.2f} (medians), "
              f"{min(ours) / min(empty):.2f} (best of each)")  # fmt: skip


if __name__ == "__main__":
    main()
