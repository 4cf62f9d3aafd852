"""What the window may call, on real services."""

import hashlib
import pickle
import shutil
from pathlib import Path

import pytest

from desktop_rag import wiring
from desktop_rag.adapters import graphics
from desktop_rag.domain import (
    AddStatus,
    ModelCondition,
    ModelRole,
    Rating,
    Scope,
    WatchedFolder,
)
from desktop_rag.engine.model_calls import ModelCalls
from desktop_rag.engine.server import LANES, Engine
from desktop_rag.engine.vault_calls import VaultCalls
from desktop_rag.errors import WrongUsage
from desktop_rag.privacy.self_test import Verdict
from desktop_rag.services.assistant import Assistant
from tests import failing_gpus
from tests.conftest import SAMPLES
from tests.gguf import make_gguf
from tests.models import TWIN, make_twin
from tests.support import finish, make_pdf

NOTICE = "How much notice must the tenant give to end the lease?"


@pytest.fixture
def engine(assistant: Assistant) -> Engine:
    return Engine(assistant)


def test_every_call_has_a_lane_and_every_lane_a_call() -> None:
    own = {**vars(VaultCalls), **vars(ModelCalls), **vars(Engine)}
    calls = {name for name in own if not name.startswith("_")} - {"close"}
    assert set(LANES) == calls
    lanes = {"index", "answer", "read", "look", "places", "watch", "view", "find", "vaults"}
    assert set(LANES.values()) == lanes | {"import", "check", "trial"}


def test_a_question_is_asked_kept_rated_and_forgotten(engine: Engine, tmp_path: Path) -> None:
    shutil.copy(SAMPLES / "Lease 2021.pdf", tmp_path / "lease.pdf")
    added = finish(engine.add([tmp_path / "lease.pdf"], None, ()))
    turn = finish(engine.ask(NOTICE, Scope(), None))
    assert engine.turns(turn.conversation_id) == (turn,)
    (conversation,) = engine.conversations("notice")
    engine.rename_conversation(conversation.id, "Lease")
    assert [one.title for one in engine.conversations("")] == ["Lease"]
    again = finish(engine.ask_again(turn.id, turn.searched))
    assert engine.rate(again.id, Rating.RIGHT).rating is Rating.RIGHT
    assert finish(engine.own_check()).questions == 1
    assert engine.export_own_questions(tmp_path / "own.jsonl") == 1
    removed = engine.remove([added.files[0].document_id])
    assert [one.id for one in removed.turns] == [turn.id]
    assert pickle.loads(pickle.dumps(removed)) == removed
    engine.delete_conversations([conversation.id])
    assert engine.conversations("") == ()


def test_models_say_which_are_here_and_in_use(engine: Engine, assistant: Assistant) -> None:
    models = {one.model.name: one for one in engine.models()}
    used = {name for name, one in models.items() if one.in_use}
    assert used == set(assistant.models_in_use.values())
    assert models["all-MiniLM-L6-v2"].installed
    assert not all(one.installed for one in models.values())


def test_models_say_whether_they_are_what_their_manifest_says(
    engine: Engine, assistant: Assistant
) -> None:
    make_twin(assistant.models_folder)
    graph = assistant.models_folder / TWIN / "onnx" / "model_qint8.onnx"
    found = {one.name: one.condition for one in engine.check_models()}
    assert set(found) == {one.model.name for one in engine.models()}
    assert found["all-MiniLM-L6-v2"] is ModelCondition.WHOLE
    assert found["qwen2.5-1.5b-instruct"] is ModelCondition.NOT_HERE
    assert found[TWIN] is ModelCondition.WHOLE
    with graph.open("r+b") as file:
        file.write(b"x")
    found = {one.name: one.condition for one in engine.check_models()}
    assert found[TWIN] is ModelCondition.ALTERED
    graph.unlink()
    found = {one.name: one.condition for one in engine.check_models()}
    assert found[TWIN] is ModelCondition.NOT_HERE


def test_an_imported_model_is_listed(engine: Engine, tmp_path: Path) -> None:
    model = finish(engine.import_model(make_gguf(tmp_path / "tiny.gguf"))).model
    (found,) = (one for one in engine.models() if one.model == model)
    assert (found.installed, found.in_use) == (True, False)
    (stored,) = (item for item in engine.storage() if item.name == "Models")
    assert stored.bytes > 104


def test_everything_in_the_library_folder_is_accounted_for(
    engine: Engine, assistant: Assistant, tmp_path: Path
) -> None:
    assert engine.storage() == ()
    finish(engine.add([make_pdf(tmp_path / "a.pdf", ["The boiler."])], None, ()))
    (assistant.library_folder / "unheard of").write_bytes(b"12345")
    items = {item.path.name: item for item in engine.storage()}
    assert set(items) == {"ledger.sqlite3", "index.lance", "unheard of"}
    assert items["unheard of"].bytes == 5
    assert items["ledger.sqlite3"].bytes >= items["ledger.sqlite3"].path.stat().st_size
    assert all(item.purpose and item.bytes for item in items.values())


def test_every_way_out_is_shut_and_the_report_says_so(engine: Engine, assistant: Assistant) -> None:
    found = engine.privacy_check()
    attempts = found.attempts
    assert len({attempt.name for attempt in attempts}) >= 10
    assert found.processes
    assert all(process.filtered for process in found.processes)
    assert found.warnings == ()
    assert all(attempt.verdict is not Verdict.OPEN for attempt in attempts)
    report = engine.privacy_report()
    for attempt in attempts:
        assert f"{attempt.name}: {attempt.verdict.value}" in report
    assert "no data can leave" in report
    graph = assistant.shelf.model("all-MiniLM-L6-v2").main_file
    assert graph.sha256 in report
    assert "all-MiniLM-L6-v2 (finds passages, in use)" in report
    file = SAMPLES.parent / "models" / "all-MiniLM-L6-v2" / graph.path
    assert hashlib.sha256(file.read_bytes()).hexdigest() == graph.sha256


def test_the_report_names_what_others_may_read_but_no_place_above_the_library(
    engine: Engine, assistant: Assistant
) -> None:
    assert engine.watched() == ()
    exposed = assistant.library_folder / "open"
    exposed.write_text("")
    exposed.chmod(0o644)
    report = engine.privacy_report()
    assert "  open\n" in report
    assert str(assistant.library_folder) not in report


def test_the_diagnosis_names_no_document(engine: Engine, tmp_path: Path) -> None:
    finish(engine.add([make_pdf(tmp_path / "Mrs Smith.pdf", ["The boiler."])], None, ()))
    (tmp_path / "Mrs Smith.pdf").unlink()
    text = engine.diagnosis()
    assert "Smith" not in text
    assert "1 problems" in text
    assert "lancedb" in text


def test_watched_folders_are_read_into_their_collections(engine: Engine, tmp_path: Path) -> None:
    for name in ("doe", "empty", "gone", "smith"):
        (tmp_path / name).mkdir()
        engine.watch(tmp_path / name, name.title())
    (tmp_path / "gone").rmdir()
    make_pdf(tmp_path / "doe" / "a.pdf", ["The boiler clause."])
    make_pdf(tmp_path / "smith" / "b.pdf", ["The roof clause."])
    make_pdf(tmp_path / "smith" / "c.pdf", ["The cellar clause."])
    steps = list(engine.read_watched(()))
    numbers = [step.file_number for step in steps]
    shares = [step.share for step in steps]
    assert (numbers, shares) == (sorted(numbers), sorted(shares))
    assert {
        entry.path.name: entry.files[0].collection
        for batch in engine.documents()
        for entry in batch
    } == {
        "a.pdf": "Doe",
        "b.pdf": "Smith",
        "c.pdf": "Smith",
    }
    report = finish(engine.read_watched(()))
    unchanged = AddStatus.UNCHANGED
    assert [(file.path.name, file.status) for file in report.files] == [
        ("a.pdf", unchanged),
        ("gone", AddStatus.UNREADABLE),
        ("b.pdf", unchanged),
        ("c.pdf", unchanged),
    ]
    assert "Nothing was removed" in report.files[1].message


def test_what_was_removed_does_not_come_back_from_its_watched_folder(
    engine: Engine, tmp_path: Path
) -> None:
    folder = tmp_path / "inbox"
    folder.mkdir()
    secret = make_pdf(folder / "secret.pdf", ["The privileged clause."])
    make_pdf(folder / "plain.pdf", ["The plain clause."])
    engine.watch(folder, "Inbox")
    finish(engine.read_watched(()))
    (gone,) = [key for key, name in names(engine).items() if name == "secret.pdf"]
    removed = engine.remove([gone])
    finish(engine.read_watched(()))
    assert set(names(engine).values()) == {"plain.pdf"}
    finish(engine.restore(removed, ()))
    finish(engine.read_watched(()))
    assert set(names(engine).values()) == {"plain.pdf", "secret.pdf"}
    engine.remove([gone])
    finish(engine.add([secret], None, ()))  # by hand: it is wanted again
    finish(engine.read_watched(()))
    assert set(names(engine).values()) == {"plain.pdf", "secret.pdf"}


def names(engine: Engine) -> dict[str, str]:
    return {entry.document.id: entry.path.name for batch in engine.documents() for entry in batch}


def test_a_watched_folder_that_is_gone_loses_no_document(engine: Engine, tmp_path: Path) -> None:
    folder = tmp_path / "inbox"
    folder.mkdir()
    make_pdf(folder / "a.pdf", ["The boiler clause."])
    engine.watch(folder, "Inbox")
    finish(engine.read_watched(()))
    shutil.rmtree(folder)
    finish(engine.read_watched(()))
    assert len(next(engine.documents())) == 1
    engine.unwatch(folder)
    assert engine.watched() == ()


def test_stopping_to_read_watched_folders_keeps_what_is_done(
    engine: Engine, tmp_path: Path
) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        make_pdf(tmp_path / name / f"{name}.pdf", [f"The {name} clause."])
        engine.watch(tmp_path / name, "")
    steps = engine.read_watched(())
    while next(steps).finished is None:
        pass
    steps.close()
    assert [entry.path.name for batch in engine.documents() for entry in batch] == ["one.pdf"]


def test_only_a_folder_can_be_watched(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(WrongUsage):
        engine.watch(tmp_path / "nowhere", "A")
    engine.watch(tmp_path, "A")
    assert engine.watched() == (WatchedFolder(tmp_path, "A"),)


def test_what_names_a_collection_follows_its_new_name(engine: Engine, tmp_path: Path) -> None:
    folder = tmp_path / "inbox"
    folder.mkdir()
    make_pdf(folder / "a.pdf", ["The boiler clause binds the tenant."])
    engine.watch(folder, "Matters/Doe")
    finish(engine.read_watched(()))
    turn = finish(engine.ask("What does the boiler clause bind?", Scope("Matters/Doe"), None))
    engine.rename_collection("Matters", " Cases  of 2026")
    (conversation,) = engine.conversations("")
    assert conversation.collection == "Cases of 2026/Doe"
    (kept,) = engine.turns(turn.conversation_id)
    assert kept.scope == Scope("Cases of 2026/Doe")
    assert engine.watched() == (WatchedFolder(folder, "Cases of 2026/Doe"),)
    finish(engine.read_watched(()))
    assert engine.collections() == {"Cases of 2026/Doe": 1}


def test_a_document_moved_out_of_a_watched_folders_collection_stays_there(
    engine: Engine, tmp_path: Path
) -> None:
    folder = tmp_path / "inbox"
    folder.mkdir()
    make_pdf(folder / "a.pdf", ["The boiler clause."])
    engine.watch(folder, "Inbox")
    report = finish(engine.read_watched(()))
    engine.move([report.files[0].document_id], "Doe")
    finish(engine.read_watched(()))
    assert engine.collections()["Doe"] == 1
    make_pdf(folder / "a.pdf", ["The boiler clause, amended."])
    finish(engine.read_watched(()))
    assert engine.collections() == {"Doe": 1, "Inbox": 0}


def test_the_window_is_told_where_each_model_runs_and_may_have_the_gpus_tried(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A machine whose driver crashes: nothing of the engine goes with it."""
    monkeypatch.setattr(wiring, "gpu_is_likely", lambda: True)
    monkeypatch.setattr(graphics, "try_torch", failing_gpus.segfaults)
    assert engine.devices()[ModelRole.EMBEDDER].startswith("not tried yet")
    found = finish(engine.try_gpus())  # it may have crashed before the first step
    assert found == pickle.loads(pickle.dumps(engine.graphics()))
    roles = [use.role for use in found.uses]
    assert roles == [ModelRole.EMBEDDER, ModelRole.RERANKER, ModelRole.LANGUAGE_MODEL]
    crashed = "cpu: the graphics driver ended the trial"
    alone = "cpu: this build of llama.cpp computes on the processor alone"
    assert [use.words for use in found.uses] == [crashed, crashed, alone]
    assert list(engine.devices().values()) == [crashed, crashed, alone]
