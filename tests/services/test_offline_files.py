"""Documents whose drive is not there: searched all the same, and said so wherever they are met."""

from pathlib import Path

import pytest

from desktop_rag.errors import UnreadableDocument
from desktop_rag.services.assistant import Assistant
from tests.support import finish, make_pdf, run_program


def test_an_offline_document_is_found_and_its_page_says_what_to_do(
    assistant: Assistant, tmp_path: Path
) -> None:
    drive = tmp_path / "STICK"
    drive.mkdir()
    make_pdf(drive / "a.pdf", ["The boiler clause binds the tenant."])
    beside = make_pdf(tmp_path / "b.pdf", ["The roof clause."])
    report = finish(assistant.library.add([drive, beside]))
    drive.rename(tmp_path / "away")
    drive.mkdir()
    beside.unlink()
    found = assistant.retriever.retrieve("What does the boiler clause bind?")
    assert found.passages[0].path == drive / "a.pdf"
    with pytest.raises(UnreadableDocument, match="drive or in a folder") as offline:
        assistant.viewer.open(report.files[0].document_id, ())
    assert "Connect the drive" in offline.value.hint
    with pytest.raises(UnreadableDocument, match="not where it was"):
        assistant.viewer.open(report.files[1].document_id, ())
    assert assistant.library.verify() == [
        f"{drive / 'a.pdf'}: the file is offline: its drive or folder is not there.",
        f"{beside}: the file is not there any more.",
    ]


def test_the_terminal_lists_the_state_of_each_file(tmp_path: Path) -> None:
    drive, home = tmp_path / "STICK", tmp_path / "home"
    drive.mkdir()
    gone = make_pdf(tmp_path / "gone.pdf", ["The roof clause."])
    there = make_pdf(tmp_path / "there.pdf", ["The cellar clause."])
    away = make_pdf(drive / "away.pdf", ["The boiler clause."])
    assert run_program("add", drive, gone, there, home=home).code == 0
    gone.unlink()
    drive.rename(tmp_path / "elsewhere")
    drive.mkdir()
    listed = run_program("documents", "--json", home=home).json["documents"]
    states = {file["path"]: file["state"] for one in listed for file in one["files"]}
    assert states == {str(gone): "missing", str(there): "present", str(away): "offline"}
    text = run_program("documents", home=home).out
    assert text.count("The file is gone.") == text.count("Offline: its drive") == 1
