"""What an answer came from is kept with it, and the model writes the same from it again."""

import json
import sqlite3
from pathlib import Path

import pytest

from desktop_rag.adapters.sqlite_history import SqliteHistory
from desktop_rag.adapters.sqlite_ledger import SqliteLedger
from desktop_rag.domain import ModelRole, Scope, Turn
from desktop_rag.errors import NotSaved, UnknownConversation
from desktop_rag.services import removing
from desktop_rag.services.answer_engine import AnswerEngine
from desktop_rag.services.answer_record import answer_record
from desktop_rag.services.assistant import Assistant
from desktop_rag.services.conversing import Conversing
from desktop_rag.services.history import History
from tests.fakes import ScriptedModel
from tests.support import finish, make_pdf

NOTICE = "How much notice must the tenant give to end the lease?"
SIXTY = "The Tenant gives the Landlord sixty days' written notice."


@pytest.fixture
def store(tmp_path: Path) -> SqliteHistory:
    return SqliteHistory(tmp_path / "history.sqlite3")


def asked(assistant: Assistant, store: SqliteHistory, engine: AnswerEngine) -> Turn:
    ledger = SqliteLedger(assistant.library_folder / "ledger.sqlite3")
    return finish(Conversing(store, ledger, lambda: engine).ask(NOTICE, Scope(), None))


def scripted(assistant: Assistant, text: str = SIXTY) -> AnswerEngine:
    return AnswerEngine(assistant.retriever, lambda: ScriptedModel(text), 160)


def test_the_record_says_all_that_the_answer_came_from(
    sample_assistant: Assistant, store: SqliteHistory, tmp_path: Path
) -> None:
    turn = asked(sample_assistant, store, scripted(sample_assistant))
    target = History(store).save_record(turn.id, tmp_path / "record.json")
    record = json.loads(target.read_text(encoding="utf-8"))
    assert record == json.loads(json.dumps(answer_record(turn)))
    assert record["question"] == record["searched"] == NOTICE
    given = [passage for passage in record["passages"] if passage["in_prompt"]]
    assert given
    assert all(passage["id"] and passage["score"] is not None for passage in given)
    assert record["prompt"]["text"].endswith(NOTICE)
    assert record["model"] == {"name": "scripted", "sha256": "0" * 64}
    shelf = sample_assistant.shelf
    for role, name in sample_assistant.models_in_use.items():
        if role is not ModelRole.LANGUAGE_MODEL:  # a scripted one wrote
            made_with = shelf.identity(name)
            assert record["found_by"][role.value] == {
                "name": made_with.name, "sha256": made_with.sha256,
            }  # fmt: skip
    assert record["written"].split() == SIXTY.split()
    assert record["settings"]["answer_tokens"] == 160
    assert record["settings"]["runtime"] == "scripted 1"
    assert record["tokens"]["prompt"] > 0
    assert record["version"]
    assert target.stat().st_mode & 0o077 == 0


def test_the_record_of_a_question_that_is_gone_is_refused(
    store: SqliteHistory, tmp_path: Path
) -> None:
    with pytest.raises(UnknownConversation):
        History(store).save_record(7, tmp_path / "record.json")


def test_a_record_that_cannot_be_written_is_said(
    sample_assistant: Assistant, store: SqliteHistory, tmp_path: Path
) -> None:
    turn = asked(sample_assistant, store, scripted(sample_assistant))
    with pytest.raises(NotSaved):
        History(store).save_record(turn.id, tmp_path / "nowhere" / "record.json")


def test_a_removed_document_takes_the_prompts_that_quote_it_off_the_disk(
    assistant: Assistant, tmp_path: Path
) -> None:
    secret = "The Zanzibar clause binds the tenant for sixty days of notice to end the lease."
    path = make_pdf(tmp_path / "secret.pdf", [secret])
    (added,) = finish(assistant.library.add([path])).files
    store = SqliteHistory(assistant.library_folder / "ledger.sqlite3")
    turn = asked(assistant, store, scripted(assistant))
    assert turn.answer.writing is not None
    assert "Zanzibar" in turn.answer.writing.prompt.text
    removing.remove(assistant.library, assistant.history, assistant.watching, [added.document_id])
    with pytest.raises(UnknownConversation):
        store.turn(turn.id)
    files = assistant.library_folder.glob("ledger.sqlite3*")
    assert all(b"Zanzibar" not in file.read_bytes() for file in files)


def test_an_answer_of_before_has_no_record_and_stays_readable(
    sample_assistant: Assistant, store: SqliteHistory, tmp_path: Path
) -> None:
    turn = asked(sample_assistant, store, scripted(sample_assistant))
    with sqlite3.connect(tmp_path / "history.sqlite3") as database:
        database.execute(
            "UPDATE turns SET answer = json_remove(answer, '$.writing', '$.note', '$.detail')"
        )
    before = store.turn(turn.id)
    assert before.answer.writing is None
    assert before.answer.sentences == turn.answer.sentences
    assert answer_record(before)["prompt"] is None


def test_the_real_model_writes_the_same_again_cold_or_warm(
    sample_assistant: Assistant, store: SqliteHistory
) -> None:
    turn = asked(sample_assistant, store, sample_assistant.answers)
    writing = turn.answer.writing
    assert writing is not None
    warm = finish(sample_assistant.answers.replay(writing))
    assert (warm.same, warm.reason, warm.text) == (True, "", writing.text)
    finish(sample_assistant.answers.ask("How large is the deposit of the lease?"))
    after = finish(sample_assistant.answers.replay(writing))
    assert after.same


def test_a_text_that_is_not_the_same_is_said_with_what_may_be_to_blame(
    sample_assistant: Assistant, store: SqliteHistory
) -> None:
    turn = asked(sample_assistant, store, scripted(sample_assistant))
    assert turn.answer.writing is not None
    outcome = finish(scripted(sample_assistant, "Other words.").replay(turn.answer.writing))
    assert not outcome.same
    assert outcome.reason.startswith("The text is not the same.")
    assert outcome.text.strip() == "Other words."


def test_another_model_is_not_asked(sample_assistant: Assistant, store: SqliteHistory) -> None:
    turn = asked(sample_assistant, store, scripted(sample_assistant))
    assert turn.answer.writing is not None
    outcome = finish(sample_assistant.answers.replay(turn.answer.writing))
    assert not outcome.same
    assert "the model in use is smollm2-135m-instruct" in outcome.reason
    assert outcome.text == ""
