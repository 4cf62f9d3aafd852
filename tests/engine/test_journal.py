import stat
from pathlib import Path

import pytest

from desktop_rag.engine.journal import Journal
from desktop_rag.engine.messages import Finished, Progress
from desktop_rag.errors import LibraryError


def fail_with(secret: str) -> Exception:
    try:
        try:
            raise FileNotFoundError(2, "No such file", secret)
        except OSError as cause:
            raise RuntimeError(f"It failed on {secret}") from cause
    except RuntimeError as error:
        return error


def test_of_an_error_only_the_type_and_the_places_are_kept(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "logs" / "engine.log")
    journal.received(1, "add")
    journal.failed(1, fail_with("Zanzibar.pdf"))
    journal.failed(1, LibraryError("Zanzibar.pdf", "Zanzibar"))
    journal.close()
    text = (tmp_path / "logs" / "engine.log").read_text(encoding="utf-8")
    assert "add: RuntimeError at engine/test_journal.py:" in text
    assert "; caused by FileNotFoundError at " in text
    assert "add: LibraryError" in text
    assert "Zanzibar" not in text
    assert "It failed" not in text


def test_requests_are_kept_by_name_with_their_end_and_replies_pass_through(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "engine.log")
    sent: list[object] = []
    send = journal.watching(sent.append)
    journal.received(1, "look")
    replies = [Progress(1, "Zanzibar"), Finished(1, "Zanzibar")]
    for reply in replies:
        send(reply)
    journal.close()
    lines = (tmp_path / "engine.log").read_text(encoding="utf-8").splitlines()
    assert [line.split(" INFO ")[1].split(" after")[0] for line in lines[1:]] == [
        "look: finished",
        "end",
    ]
    assert sent == replies


def test_the_log_is_cut_and_all_its_files_are_private(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "engine.log")
    send = journal.watching(lambda reply: None)
    for number in range(60_000):
        journal.received(number, "documents")
        send(Finished(number, None))
    journal.close()
    files = sorted(tmp_path.iterdir())
    assert [file.name for file in files] == ["engine.log", "engine.log.1", "engine.log.2"]
    for file in files:
        assert file.stat().st_size <= 1_000_000
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_without_a_file_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    journal = Journal(None)
    journal.failed(1, fail_with("Zanzibar"))
    journal.close()
    assert list(tmp_path.iterdir()) == []
    assert capfd.readouterr() == ("", "")
