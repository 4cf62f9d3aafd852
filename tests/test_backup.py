"""A backup of a library is a copy of its folder, and restoring it is copying it back."""

import shutil
import sqlite3
from contextlib import closing
from email.message import EmailMessage
from pathlib import Path

import pytest

from desktop_rag.config import Settings
from desktop_rag.errors import VaultOlder
from desktop_rag.services.assistant import Assistant
from desktop_rag.wiring import build
from tests.support import finish, make_pdf, run_program

PASSPHRASE = "correct horse battery"


def opened(library: Path, data: Path) -> Assistant:
    return build(Settings(data_folder=data, library_folder=library))


def texts(assistant: Assistant, question: str) -> str:
    found = assistant.retriever.retrieve(question)
    return " ".join(passage.chunk.text for passage in found.passages)


def add(assistant: Assistant, *paths: Path) -> None:
    finish(assistant.library.add([*paths], collection="Lease"))


def mail_with(pdf: Path, target: Path) -> Path:
    message = EmailMessage()
    message["From"], message["Subject"] = "doe@example.invalid", "Annex"
    message.set_content("Here it is.")
    message.add_attachment(
        pdf.read_bytes(), maintype="application", subtype="pdf", filename=pdf.name
    )
    target.write_bytes(bytes(message))
    return target


def test_a_copy_serves_at_another_place_and_says_which_files_are_absent(tmp_path: Path) -> None:
    library, copy = tmp_path / "library", tmp_path / "other computer" / "library"
    pdf = make_pdf(tmp_path / "Letter.pdf", ["The deposit is 900 euros."])
    first = opened(library, tmp_path / "data")
    add(first, pdf)
    first.close()
    shutil.copytree(library, copy)
    shutil.rmtree(library)
    pdf.unlink()
    restored = opened(copy, tmp_path / "other computer" / "data")
    assert "900 euros" in texts(restored, "How much is the deposit?")
    assert dict(restored.library.collections()) == {"Lease": 1}
    [problem] = restored.library.verify()
    assert "Letter.pdf" in problem
    add(restored, make_pdf(tmp_path / "Second.pdf", ["The notice period is sixty days."]))
    assert "sixty days" in texts(restored, "What is the notice period?")
    restored.close()


def test_the_terminal_answers_from_a_copy_that_another_user_restored(tmp_path: Path) -> None:
    library, copy = tmp_path / "library", tmp_path / "restored"
    first = opened(library, tmp_path / "data")
    add(first, make_pdf(tmp_path / "Letter.pdf", ["The deposit is 900 euros."]))
    first.close()
    shutil.copytree(library, copy)
    shutil.rmtree(library)
    run = run_program(
        "--library", copy, "--json", "ask", "How much is the deposit?", home=tmp_path / "new home"
    )
    assert run.code == 0
    assert "900 euros" in run.json["citations"][0]["quote"]


def test_pdfs_of_mails_follow_the_library_to_its_new_place(tmp_path: Path) -> None:
    library, copy = tmp_path / "library", tmp_path / "restored"
    annex = make_pdf(tmp_path / "Annex.pdf", ["The boiler is serviced in May."])
    first = opened(library, tmp_path / "data")
    add(first, mail_with(annex, tmp_path / "Annex.eml"))
    first.close()
    shutil.copytree(library, copy)
    shutil.rmtree(library)
    restored = opened(copy, tmp_path / "data")
    assert restored.library.verify() == []
    [entry] = restored.library.documents()
    assert entry.path.is_relative_to(copy)
    # Whoever writes next deletes attachments that the ledger does not know.
    add(restored, make_pdf(tmp_path / "Other.pdf", ["Something else."]))
    assert entry.path.is_file()
    assert restored.viewer.open(entry.document.id, ())
    restored.close()


def test_a_copy_beside_the_original_is_a_library_of_its_own(tmp_path: Path) -> None:
    library, copy = tmp_path / "library", tmp_path / "copy"
    annex = make_pdf(tmp_path / "Annex.pdf", ["The boiler is serviced in May."])
    first = opened(library, tmp_path / "data")
    add(first, mail_with(annex, tmp_path / "Annex.eml"))
    shutil.copytree(library, copy)
    second = opened(copy, tmp_path / "data")
    [entry] = second.library.documents()
    second.library.remove([entry.document.id])
    assert first.library.verify() == []
    assert first.library.documents()[0].path.is_file()


def test_a_copy_of_a_library_that_is_open_but_at_rest_is_whole(tmp_path: Path) -> None:
    """The newest commits stand in the ledger's log beside it, which is copied with it."""
    library, copy = tmp_path / "library", tmp_path / "copy"
    first = opened(library, tmp_path / "data")
    add(first, make_pdf(tmp_path / "Letter.pdf", ["The deposit is 900 euros."]))
    assert (library / "ledger.sqlite3-wal").stat().st_size > 0
    shutil.copytree(library, copy)
    restored = opened(copy, tmp_path / "data")
    assert restored.library.verify() == []
    assert "900 euros" in texts(restored, "How much is the deposit?")


def test_a_copy_made_while_it_was_written_is_told_and_mended_by_reading_again(
    tmp_path: Path,
) -> None:
    """The ledger was copied before a document was stored, the index after."""
    library, copy = tmp_path / "library", tmp_path / "copy"
    pdf = make_pdf(tmp_path / "Letter.pdf", ["The deposit is 900 euros."])
    first = opened(library, tmp_path / "data")
    add(first, make_pdf(tmp_path / "Before.pdf", ["The boiler is serviced in May."]))
    with closing(sqlite3.connect(library / "ledger.sqlite3")) as ledger:
        ledger.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = (library / "ledger.sqlite3").read_bytes()
    add(first, pdf)
    shutil.copytree(library, copy, ignore=shutil.ignore_patterns("ledger.*"))
    (copy / "ledger.sqlite3").write_bytes(before)
    restored = opened(copy, tmp_path / "data")
    assert [entry.path.name for entry in restored.library.documents()] == ["Before.pdf"]
    [problem] = restored.library.verify()
    assert "passages that no document has" in problem
    add(restored, pdf)
    assert restored.library.verify() == []
    assert "900 euros" in texts(restored, "How much is the deposit?")


def copied_before_its_first_document(tmp_path: Path) -> Path:
    """The ledger of a new library, with the index that it had one document later."""
    library, copy = tmp_path / "library", tmp_path / "copy"
    first = opened(library, tmp_path / "data")
    first.library.create_collection("Lease")
    first.close()
    with closing(sqlite3.connect(library / "ledger.sqlite3")) as ledger:
        ledger.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    copy.mkdir()
    shutil.copy(library / "ledger.sqlite3", copy)
    second = opened(library, tmp_path / "data")
    add(second, make_pdf(tmp_path / "Letter.pdf", ["The deposit is 900 euros."]))
    second.close()
    shutil.copytree(library / "index.lance", copy / "index.lance")
    return copy


def test_an_index_of_a_later_moment_is_told_and_kept_until_something_is_added(
    tmp_path: Path,
) -> None:
    copy = copied_before_its_first_document(tmp_path)
    restored = opened(copy, tmp_path / "data")
    [problem] = restored.library.verify()
    assert "knows nothing of the index" in problem
    assert restored.library.pending() == ()  # the window asks at its start: the rest may follow
    assert list((copy / "index.lance").rglob("data/*.lance"))
    add(restored, make_pdf(tmp_path / "Other.pdf", ["The boiler is serviced in May."]))
    assert restored.library.verify() == []
    assert "900 euros" not in texts(restored, "How much is the deposit?")
    assert "serviced in May" in texts(restored, "When is the boiler serviced?")
    restored.close()


def test_compacting_drops_an_index_that_the_ledger_does_not_know(tmp_path: Path) -> None:
    copy = copied_before_its_first_document(tmp_path)
    restored = opened(copy, tmp_path / "data")
    restored.library.compact()
    assert restored.library.verify() == []
    assert not list((copy / "index.lance").rglob("data/*.lance"))


def test_a_vault_is_restored_with_its_library_and_an_older_one_only_when_accepted(
    tmp_path: Path,
) -> None:
    library, data, backup = tmp_path / "library", tmp_path / "data", tmp_path / "backup"
    outside = opened(library, data)
    key = outside.vaults.create(PASSPHRASE).key
    settings = Settings(data_folder=data, library_folder=library)
    inside = build(settings, key)
    add(inside, make_pdf(tmp_path / "Letter.pdf", ["The deposit is 900 euros."]))
    inside.close()
    outside.close()
    shutil.copytree(library, backup)
    later = build(settings, key)
    later.library.create_collection("Later")
    later.close()
    shutil.rmtree(library)
    shutil.copytree(backup, library)
    with pytest.raises(VaultOlder):  # this computer saw a later state
        build(settings, key)
    elsewhere = opened(backup, tmp_path / "new data")
    again = build(
        Settings(data_folder=tmp_path / "new data", library_folder=backup),
        elsewhere.vaults.unlock(PASSPHRASE, key.vault_id),
    )
    assert "900 euros" in texts(again, "How much is the deposit?")
    again.close()
    outside.vaults.accept(key.vault_id)
    restored = build(settings, key)
    assert "Later" not in restored.library.collections()
    assert "900 euros" in texts(restored, "How much is the deposit?")
    restored.close()
