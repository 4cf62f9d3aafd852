"""Moved and renamed files keep their document; a copy, or an unplugged drive, is no move."""

import shutil
from pathlib import Path

from desktop_rag.domain import AddStatus, FileState, Scope
from desktop_rag.engine.server import Engine
from desktop_rag.services.assistant import Assistant
from tests.support import finish, make_pdf


def places(assistant: Assistant) -> dict[str, str]:
    """Where the library's files are, and in which collection."""
    entries = assistant.library.documents()
    return {str(file.path): file.collection for entry in entries for file in entry.files}


def test_a_file_that_was_moved_keeps_its_document_its_collection_and_its_answers(
    assistant: Assistant, tmp_path: Path
) -> None:
    folder = tmp_path / "matters"
    folder.mkdir()
    old = make_pdf(folder / "a.pdf", ["The boiler clause binds the tenant."])
    make_pdf(folder / "b.pdf", ["The roof clause."])
    first = finish(assistant.library.add([folder], collection="Smith"))
    finish(Engine(assistant).ask("What does the boiler clause bind?", Scope(), None))
    new = tmp_path / "archive.pdf"
    old.rename(new)
    (moved,) = finish(assistant.library.add([new])).files
    assert moved.document_id == first.files[0].document_id
    assert (moved.status, moved.message) == (
        AddStatus.UNCHANGED,
        f"It was moved here from {old}.",
    )
    assert places(assistant) == {str(new): "Smith", str(folder / "b.pdf"): "Smith"}
    assert len(assistant.history.conversations("")) == 1
    assert assistant.library.verify() == []


def test_a_moved_file_goes_where_the_order_says(assistant: Assistant, tmp_path: Path) -> None:
    old = make_pdf(tmp_path / "a.pdf", ["The boiler clause."])
    make_pdf(tmp_path / "b.pdf", ["The roof clause."])
    finish(assistant.library.add([tmp_path / "a.pdf", tmp_path / "b.pdf"], collection="Smith"))
    new = old.rename(tmp_path / "c.pdf")
    finish(assistant.library.add([new], collection="Doe"))
    assert places(assistant) == {str(new): "Doe", str(tmp_path / "b.pdf"): "Smith"}


def test_a_copy_is_a_duplicate(assistant: Assistant, tmp_path: Path) -> None:
    old = make_pdf(tmp_path / "a.pdf", ["The boiler clause."])
    finish(assistant.library.add([old]))
    new = Path(shutil.copy(old, tmp_path / "c.pdf"))
    (again,) = finish(assistant.library.add([new])).files
    assert again.status is AddStatus.DUPLICATE
    assert set(places(assistant)) == {str(old), str(new)}


def test_a_copy_of_what_is_on_an_unplugged_drive_is_a_duplicate(
    assistant: Assistant, tmp_path: Path
) -> None:
    drive = tmp_path / "STICK"
    drive.mkdir()
    old = make_pdf(drive / "a.pdf", ["The boiler clause."])
    finish(assistant.library.add([old]))
    new = Path(shutil.copy(old, tmp_path / "c.pdf"))
    drive.rename(tmp_path / "elsewhere")
    drive.mkdir()  # what is left of it: an empty folder
    (again,) = finish(assistant.library.add([new])).files
    assert again.status is AddStatus.DUPLICATE
    assert set(places(assistant)) == {str(old), str(new)}


def test_a_folder_that_was_renamed_is_read_as_moved(assistant: Assistant, tmp_path: Path) -> None:
    engine = Engine(assistant)
    watched = tmp_path / "inbox"
    (watched / "old name").mkdir(parents=True)
    for number in range(3):
        make_pdf(watched / "old name" / f"{number}.pdf", [f"The clause number {number}."])
    make_pdf(watched / "beside.pdf", ["The roof clause."])
    engine.watch(watched, "Inbox")
    before = finish(engine.read_watched(()))
    (watched / "old name").rename(watched / "new name")
    after = finish(engine.read_watched(()))
    assert {file.status for file in after.files} == {AddStatus.UNCHANGED}
    assert {file.document_id for file in after.files} == {file.document_id for file in before.files}
    assert {Path(place).parent.name for place in places(assistant)} == {"new name", "inbox"}
    states = {file.state for entry in assistant.library.documents() for file in entry.files}
    assert states == {FileState.PRESENT}
    assert not after.vanished
