"""The window under what people really do to it, as pictures in docs/screenshots/extremes/.

20,000 documents, 500 dropped files, a PDF of 2,000 pages, a question of 10,000 characters, file
names from right to left and in Chinese, Japanese and Korean, a screen of 1024 × 600 and one of
7680 × 4320. It prints how long the table takes to filter and sort. Run by `make journey`.
"""

import os
import sqlite3
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

from desktop_rag.privacy import guard

guard.activate()
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # a screen of any size

from PySide6.QtTest import QTest  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

from desktop_rag import config  # noqa: E402
from desktop_rag.adapters.sqlite_ledger import SqliteLedger  # noqa: E402
from desktop_rag.ui.documents_model import Column, DocumentFilter  # noqa: E402
from tests.support import make_pdf  # noqa: E402
from tests.ui.journey import ROOT, SAMPLES, Journey  # noqa: E402

MANY = 20_000
NAMES = (
    "חוזה שכירות 2021.pdf",
    "عقد الإيجار ٢٠٢١.pdf",
    "租赁合同 2021.pdf",
    "賃貸借契約書.pdf",
    "임대차 계약서.pdf",
    "Ein sehr langer Name " + "mit vielen Worten " * 9 + "am Ende.pdf",
)


def fill_ledger(file: Path) -> None:
    """Twenty thousand documents that were never read: the window shows them all the same."""
    SqliteLedger(file)
    statuses = ("ready",) * 17 + ("partly_readable", "no_text", "unreadable")
    documents = [
        (f"{n:016x}", f"{n:064x}", statuses[n % 20], n % 90, 0, "", 1, "2026-11-01T10:00:00+00:00")
        for n in range(MANY)
    ]
    files = [
        (f"/matters/{n % 40:02}/Exhibit {n:05}.pdf", f"{n:016x}", f"Matters/Matter {n % 40:02}")
        for n in range(MANY)
    ]
    with sqlite3.connect(file) as ledger:
        ledger.executemany("INSERT INTO documents VALUES (?,?,?,?,?,?,?,?)", documents)
        ledger.executemany(
            "INSERT INTO files (path, document_id, collection) VALUES (?,?,?)", files
        )
    ledger.close()


def milliseconds(act: partial[None]) -> float:
    """How long a call takes."""
    started = time.perf_counter()
    act()
    return 1000 * (time.perf_counter() - started)


def key_of(journey: Journey, name: str) -> str:
    """The id of the document of this name, once it is listed."""
    rows = journey.space.library.documents
    journey.until(f"{name} is listed", lambda: any(row.name == name for row in rows.rows()))
    return next(row.key for row in rows.rows() if row.name == name)


def many_documents(journey: Journey) -> None:
    """Twenty thousand rows, filtered, sorted, and looked at."""
    rows = journey.space.library.documents
    journey.until("all are listed", lambda: len(list(rows.rows())) >= MANY)
    journey.picture("20000-documents")
    narrowed = milliseconds(partial(rows.set_filter, DocumentFilter("77")))
    widened = milliseconds(partial(rows.set_filter, DocumentFilter()))
    ordered = milliseconds(partial(rows.sort, Column.PAGES))
    print(f"{MANY} rows: filter {narrowed:.0f}, all again {widened:.0f}, sort {ordered:.0f} ms")
    rows.sort(Column.NAME)
    journey.space.library.search.setText("1234")
    journey.picture("20000-documents-searched")
    journey.space.library.search.clear()


def many_files(journey: Journey, folder: Path) -> None:
    """Five hundred files in one drop."""
    source = (SAMPLES / "Water bulletin.pdf").read_bytes()
    paths = [folder / f"Scan {number:03}.pdf" for number in range(500)]
    for path in paths:
        path.write_bytes(source)
    journey.drop(*paths)
    sheet = journey.space.dropping.sheet
    assert sheet is not None
    journey.until("they are counted", lambda: sheet.add.isEnabled())
    journey.picture("500-files", sheet)
    sheet.reject()


def odd_names(journey: Journey, folder: Path) -> None:
    """File names that run from right to left, and others."""
    paths = [make_pdf(folder / name, [f"The rent of house {i}."]) for i, name in enumerate(NAMES)]
    journey.space._reading.add(paths, "Names")  # noqa: SLF001
    journey.until("they are read", lambda: not journey.space._reading.is_running)  # noqa: SLF001
    journey.space.library.go_to("Names")
    journey.picture("names")
    key = key_of(journey, NAMES[1])
    journey.space._open_row(key)  # noqa: SLF001
    journey.until("it is open", lambda: journey.space.page.view)
    QTest.qWait(1500)
    journey.picture("names-on-the-page")


def long_document(journey: Journey, folder: Path) -> None:
    """A PDF of 2,000 pages, at its end."""
    path = make_pdf(folder / "Bundle of 2000 pages.pdf", [f"Page {n}." for n in range(1, 2001)])
    journey.space._reading.add([path], "Names")  # noqa: SLF001
    journey.until("it is read", lambda: not journey.space._reading.is_running)  # noqa: SLF001
    key = key_of(journey, path.name)
    journey.space._open_row(key)  # noqa: SLF001
    page = journey.space.page
    journey.until("it is open", lambda: page.view and page.view.document_id == key)
    page.small_pages.setChecked(True)
    page.canvas.go_to_page(2000)
    journey.until("the end is drawn", lambda: page._pictures.picture(2000))  # noqa: SLF001
    QTest.qWait(1500)
    journey.picture("2000-pages")
    page.small_pages.setChecked(False)


def long_question(journey: Journey) -> None:
    """Ten thousand characters."""
    question = "Which rent is owed for house 3, if " + "the roof leaks and " * 525 + "it rains?"
    journey.space.answers.field.edit.setPlainText(question)
    journey.picture("10000-characters")
    journey.space.answers.field.submit()
    view = journey.space.answers.transcript.latest
    assert view is not None
    journey.until("it is answered", lambda: view.turn is not None or view.note())
    journey.picture("10000-characters-asked")
    journey.space.answers.new_conversation()


def sizes(journey: Journey) -> None:
    """A small screen and a very large one."""
    journey.space.answers.ask("Which rent is owed for house 3?")
    view = journey.space.answers.transcript.latest
    assert view is not None
    journey.until("it is answered", lambda: view.turn is not None or view.note())
    view.open_card(0)
    QTest.qWait(1500)
    preferences = journey.space._preferences  # noqa: SLF001
    for text_size in (100, 200):
        preferences.change("text_size", text_size)
        journey.window.resize(1024, 600)
        QTest.qWait(1000)
        journey.picture(f"1024x600-text-{text_size}")
    preferences.change("text_size", 200)
    journey.window.resize(7680, 4320)
    QTest.qWait(2500)
    journey.picture("7680x4320-text-200")


def main() -> None:
    """All of it, in one window."""
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "screenshots" / "extremes"
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        os.environ["XDG_DATA_HOME"] = str(home)
        library = config.data_folder() / "library"
        library.mkdir(parents=True)
        fill_ledger(library / "ledger.sqlite3")
        application = QApplication([])
        for old in target.glob("*.png"):
            old.unlink()
        journey = Journey(home, target, (1360, 860))
        many_documents(journey)
        (home / "dropped").mkdir()
        many_files(journey, home / "dropped")
        odd_names(journey, home)
        long_document(journey, home)
        long_question(journey)
        sizes(journey)
        journey.window.close()
        application.quit()


if __name__ == "__main__":
    main()
