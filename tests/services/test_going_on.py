"""Orders that the end of the program cut off are worked off later, as they were given."""

from pathlib import Path

from desktop_rag.adapters.sqlite_ledger import SqliteLedger
from desktop_rag.domain import AddStatus, PendingFile
from desktop_rag.engine.server import Engine
from desktop_rag.services.assistant import Assistant
from tests.support import finish, make_pdf


def test_what_was_still_to_be_read_is_read_as_it_was_ordered(
    assistant: Assistant, tmp_path: Path
) -> None:
    engine = Engine(assistant)
    for name in "abcd":
        make_pdf(tmp_path / f"{name}.pdf", [f"The clause {name}."])
    pending = [
        PendingFile(tmp_path / "a.pdf", "Smith", True, False),
        PendingFile(tmp_path / "b.pdf", None, False, True),
        PendingFile(tmp_path / "c.pdf", "Smith", True, False),
        PendingFile(tmp_path / "gone.pdf", "Smith", True, False),
        PendingFile(tmp_path / "lost.pdf", "Doe", True, False),
    ]
    assistant.pending.put(pending)
    assert engine.pending() == tuple(pending)
    steps = list(engine.go_on(()))
    shares = [step.share for step in steps]
    assert shares == sorted(shares)
    assert max(shares) <= 1
    assert engine.pending() == ()
    entries = [entry for batch in engine.documents() for entry in batch]
    found = {
        entry.path.name: (entry.files[0].collection, entry.document.used_ocr) for entry in entries
    }
    assert found == {
        "a.pdf": ("Smith", True),
        "b.pdf": ("Documents", False),
        "c.pdf": ("Smith", True),
    }


def test_files_that_are_not_there_any_more_are_said_and_dropped(
    assistant: Assistant, tmp_path: Path
) -> None:
    engine = Engine(assistant)
    make_pdf(tmp_path / "a.pdf", ["The clause."])
    assistant.pending.put(
        [
            PendingFile(tmp_path / "a.pdf", None, True, False),
            PendingFile(tmp_path / "gone.pdf", None, True, False),
            PendingFile(tmp_path / "lost.pdf", "Doe", True, False),
        ]
    )
    report = finish(engine.go_on(()))
    assert [(file.path.name, file.status) for file in report.files] == [
        ("a.pdf", AddStatus.READY),
        ("gone.pdf", AddStatus.UNREADABLE),
        ("lost.pdf", AddStatus.UNREADABLE),
    ]
    assert engine.pending() == ()
    assert finish(engine.go_on(())).files == ()


def test_what_is_cut_off_again_stays_for_the_next_time(
    assistant: Assistant, tmp_path: Path
) -> None:
    engine = Engine(assistant)
    paths = [make_pdf(tmp_path / f"{n}.pdf", [f"The clause {n}."]) for n in "ab"]
    assistant.pending.put([PendingFile(path, path.stem, True, False) for path in paths])
    steps = engine.go_on(())
    while next(steps).finished is None:
        pass
    steps.close()
    assert paths[1] in [file.path for file in engine.pending()]
    finish(engine.go_on(()))
    assert set(engine.collections()) == {"a", "b"}


def test_an_order_that_runs_is_not_taken_for_one_that_was_cut_off(
    assistant: Assistant, tmp_path: Path
) -> None:
    """The window asks what is left to read when it starts, and may be given an order before."""
    files = [make_pdf(tmp_path / f"{name}.pdf", ["The clause."]) for name in "ab"]
    assistant.pending.put([PendingFile(tmp_path / "old.pdf", None, True, False)])
    steps = assistant.library.add(files)
    next(steps)
    assert [file.path.name for file in assistant.library.pending()] == ["old.pdf"]
    assert not SqliteLedger(assistant.library_folder / "ledger.sqlite3").is_settled()
    finish(steps)
    assert [file.path.name for file in assistant.library.pending()] == ["old.pdf"]
