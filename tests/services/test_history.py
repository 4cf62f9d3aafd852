"""Asking in conversations, and what the history keeps and forgets."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from desktop_rag.adapters.sqlite_history import SqliteHistory
from desktop_rag.adapters.sqlite_ledger import SqliteLedger
from desktop_rag.domain import (
    AnswerNote,
    AnswerStatus,
    EvidenceFound,
    PromptRead,
    QuestionBegun,
    Rating,
    Removed,
    Scope,
    TextWritten,
    Turn,
)
from desktop_rag.engine.server import Engine
from desktop_rag.errors import (
    ModelMissing,
    UnknownCollection,
    UnknownConversation,
    UnknownDocument,
    WrongUsage,
)
from desktop_rag.services import removing
from desktop_rag.services.answer_engine import AnswerEngine
from desktop_rag.services.assistant import Assistant
from desktop_rag.services.conversing import Conversing
from desktop_rag.services.history import History, title_of
from desktop_rag.services.library import Library
from tests.fakes import ScriptedModel
from tests.support import finish, make_pdf

NOTICE = "How much notice must the tenant give to end the lease?"
SIXTY = "The Tenant gives the Landlord sixty days' written notice."


@pytest.fixture
def store(tmp_path: Path) -> SqliteHistory:
    """A history of its own: the samples' library is shared by the tests."""
    return SqliteHistory(tmp_path / "history.sqlite3")


@pytest.fixture
def ledger(sample_assistant: Assistant) -> SqliteLedger:
    return SqliteLedger(sample_assistant.library_folder / "ledger.sqlite3")


@pytest.fixture
def conversing(
    sample_assistant: Assistant, store: SqliteHistory, ledger: SqliteLedger
) -> Conversing:
    engine = AnswerEngine(sample_assistant.retriever, lambda: ScriptedModel(SIXTY), 160)
    return Conversing(store, ledger, lambda: engine)


def take_out(assistant: Assistant, document_ids: Sequence[str]) -> Removed:
    return removing.remove(assistant.library, assistant.history, assistant.watching, document_ids)


def test_a_question_begins_a_conversation_that_is_kept(
    conversing: Conversing, store: SqliteHistory
) -> None:
    steps = conversing.ask(f" {NOTICE} ", Scope("Samples"), None)
    assert next(steps) == QuestionBegun(NOTICE, NOTICE)
    assert isinstance(next(steps), EvidenceFound)
    assert isinstance(next(steps), PromptRead)
    assert isinstance(next(steps), TextWritten)
    turn = finish(steps)
    assert turn.answer.status is AnswerStatus.ANSWERED
    assert turn.scope == Scope("Samples")
    (conversation,) = History(store).conversations()
    assert (conversation.id, conversation.title) == (turn.conversation_id, NOTICE)
    assert (conversation.collection, conversation.turn_count) == ("Samples", 1)
    assert History(store).turns(conversation.id) == (turn,)


def test_a_follow_up_is_searched_with_the_question_before(conversing: Conversing) -> None:
    first = finish(conversing.ask(NOTICE, Scope(), None))
    second = finish(conversing.ask("And for the subtenant?", Scope(), first.conversation_id))
    assert second.conversation_id == first.conversation_id
    assert second.question == "And for the subtenant?"
    assert second.searched == second.answer.question == f"{NOTICE} And for the subtenant?"


@pytest.mark.parametrize("steps_taken", [1, 2, 3, 4])
def test_a_question_that_is_stopped_leaves_no_trace(
    conversing: Conversing, store: SqliteHistory, steps_taken: int
) -> None:
    steps = conversing.ask(NOTICE, Scope(), None)
    for _ in range(steps_taken):
        next(steps)
    steps.close()
    assert store.conversations("") == []


def test_a_question_that_fails_leaves_no_trace(
    conversing: Conversing, store: SqliteHistory
) -> None:
    with pytest.raises(UnknownCollection):
        finish(conversing.ask(NOTICE, Scope("Nowhere"), None))
    assert store.conversations("") == []


def test_the_evidence_is_kept_where_the_model_is_missing(
    sample_assistant: Assistant, store: SqliteHistory, ledger: SqliteLedger
) -> None:
    def missing() -> ScriptedModel:
        raise ModelMissing("It is not complete.", "Fetch it.")

    engine = AnswerEngine(sample_assistant.retriever, missing, 160)
    turn = finish(Conversing(store, ledger, lambda: engine).ask(NOTICE, Scope(), None))
    assert turn.answer.note is AnswerNote.MODEL_MISSING
    assert store.turn(turn.id) == turn


def test_an_empty_question_is_refused(conversing: Conversing) -> None:
    with pytest.raises(WrongUsage):
        finish(conversing.ask("  \n", Scope(), None))
    with pytest.raises(WrongUsage):
        finish(conversing.ask_again(1, ""))


def test_asking_again_replaces_the_answer_and_takes_the_rating_back(
    conversing: Conversing, store: SqliteHistory
) -> None:
    turn = finish(conversing.ask(NOTICE, Scope(), None))
    History(store).rate(turn.id, Rating.WRONG)
    steps = conversing.ask_again(turn.id, "Notice of the tenant?")
    assert next(steps) == QuestionBegun(NOTICE, "Notice of the tenant?")
    again = finish(steps)
    assert (again.id, again.question, again.rating) == (turn.id, NOTICE, Rating.NONE)
    assert again.searched == again.answer.question == "Notice of the tenant?"
    assert History(store).turns(turn.conversation_id) == (again,)


def test_asking_again_and_stopping_keeps_the_old_answer(
    conversing: Conversing, store: SqliteHistory
) -> None:
    turn = finish(conversing.ask(NOTICE, Scope(), None))
    steps = conversing.ask_again(turn.id, NOTICE)
    next(steps)
    next(steps)
    steps.close()
    assert store.turn(turn.id) == turn


def test_a_conversation_deleted_while_it_is_answered_costs_no_answer(
    conversing: Conversing, store: SqliteHistory
) -> None:
    first = finish(conversing.ask(NOTICE, Scope(), None))
    steps = conversing.ask("Why?", Scope(), first.conversation_id)
    next(steps)
    History(store).delete_conversations([first.conversation_id])
    second = finish(steps)
    assert second.conversation_id != first.conversation_id
    assert [one.title for one in store.conversations("")] == ["Why?"]


def test_a_question_that_is_gone_cannot_be_asked_again(conversing: Conversing) -> None:
    with pytest.raises(UnknownConversation):
        finish(conversing.ask_again(7, NOTICE))


def test_conversations_can_be_renamed_but_not_to_nothing(
    conversing: Conversing, store: SqliteHistory
) -> None:
    turn = finish(conversing.ask(NOTICE, Scope(), None))
    history = History(store)
    history.rename_conversation(turn.conversation_id, " Ms  Smith's\nlease ")
    assert [one.title for one in history.conversations("SMITH")] == ["Ms Smith's lease"]
    with pytest.raises(WrongUsage):
        history.rename_conversation(turn.conversation_id, " ")


@pytest.mark.parametrize(
    ("question", "title"),
    [
        (NOTICE, NOTICE),
        ("word " * 20, " ".join(["word"] * 11) + " …"),
        ("x" * 100, "x" * 58 + " …"),
        ("one\ntwo", "one two"),
    ],
)
def test_a_title_is_the_question_cut_at_a_word(question: str, title: str) -> None:
    assert title_of(question) == title
    assert len(title) <= 60


@pytest.fixture
def two_clauses(assistant: Assistant, tmp_path: Path) -> Assistant:
    """A library of two documents, each with one clause."""
    paths = [
        make_pdf(tmp_path / "honolulu.pdf", ["The Honolulu clause binds the tenant."]),
        make_pdf(tmp_path / "zanzibar.pdf", ["The Zanzibar clause binds the landlord."]),
    ]
    finish(assistant.library.add(paths, collection="Clauses"))
    return assistant


def ask_of(assistant: Assistant, question: str, scope: Scope) -> Turn:
    engine = AnswerEngine(assistant.retriever, lambda: ScriptedModel(""), 160)
    store = SqliteHistory(assistant.library_folder / "ledger.sqlite3")
    ledger = SqliteLedger(assistant.library_folder / "ledger.sqlite3")
    return finish(Conversing(store, ledger, lambda: engine).ask(question, scope, None))


def ids(assistant: Assistant) -> dict[str, str]:
    return {entry.path.stem: entry.document.id for entry in assistant.library.documents()}


def test_a_removed_document_takes_the_answers_that_quote_it(two_clauses: Assistant) -> None:
    known = ids(two_clauses)
    only = {name: Scope(document_ids=(key,)) for name, key in known.items()}
    gone = ask_of(two_clauses, "What does the Zanzibar clause bind?", only["zanzibar"])
    kept = ask_of(two_clauses, "What does the Honolulu clause bind?", only["honolulu"])
    history = two_clauses.history
    removed = removing.remove(
        two_clauses.library, history, two_clauses.watching, [known["zanzibar"]]
    )
    assert [entry.path.stem for entry in removed.entries] == ["zanzibar"]
    assert removed.turns == (gone,)
    assert [one.id for one in history.conversations()] == [kept.conversation_id]
    files = [path for path in two_clauses.library_folder.rglob("*") if path.is_file()]
    assert not any(b"clause binds the landlord" in path.read_bytes() for path in files)


def test_an_unknown_document_costs_no_answer(two_clauses: Assistant) -> None:
    turn = ask_of(two_clauses, "What does the Zanzibar clause bind?", Scope())
    with pytest.raises(UnknownDocument):
        removing.remove(
            two_clauses.library, two_clauses.history, two_clauses.watching, ["feedfeedfeedfeed"]
        )
    assert two_clauses.history.turns(turn.conversation_id) == (turn,)


def test_a_document_removed_while_it_is_quoted_leaves_no_quote(two_clauses: Assistant) -> None:
    engine = AnswerEngine(two_clauses.retriever, lambda: ScriptedModel("One two."), 160)
    file = two_clauses.library_folder / "ledger.sqlite3"
    conversing = Conversing(SqliteHistory(file), SqliteLedger(file), lambda: engine)
    steps = conversing.ask("What does the Zanzibar clause bind?", Scope(), None)
    while not isinstance(next(steps), EvidenceFound):
        pass
    removing.remove(
        two_clauses.library,
        two_clauses.history,
        two_clauses.watching,
        [ids(two_clauses)["zanzibar"]],
    )
    with pytest.raises(UnknownDocument, match="while it was written"):
        finish(steps)
    assert two_clauses.history.conversations() == ()
    assert b"Zanzibar" not in file.read_bytes()


def test_deleted_turns_come_back_with_their_conversation(two_clauses: Assistant) -> None:
    turn = ask_of(two_clauses, "What does the Zanzibar clause bind?", Scope("Clauses"))
    history = two_clauses.history
    rated = history.rate(turn.id, Rating.RIGHT)
    forgotten = history.forget_documents(list(ids(two_clauses).values()))
    assert forgotten == (rated,)
    assert history.conversations() == ()
    history.restore_turns(forgotten)
    (conversation,) = history.conversations()
    assert (conversation.title, conversation.collection) == (turn.question, "Clauses")
    assert history.turns(turn.conversation_id) == (rated,)


@pytest.mark.skipif(not hasattr(Library, "restore"), reason="Library.restore is yet to come")
def test_a_removal_can_be_undone(two_clauses: Assistant) -> None:
    turn = ask_of(two_clauses, "What does the Zanzibar clause bind?", Scope())
    before = ids(two_clauses)
    history = two_clauses.history
    removed = removing.remove(
        two_clauses.library, history, two_clauses.watching, [before["zanzibar"]]
    )
    finish(removing.restore(two_clauses.library, history, removed, ()))
    assert ids(two_clauses) == before
    assert history.turns(turn.conversation_id) == (turn,)


def test_a_removal_that_was_cut_off_can_be_asked_for_again(two_clauses: Assistant) -> None:
    known = ids(two_clauses)
    turn = ask_of(two_clauses, "What does the Zanzibar clause bind?", Scope())
    two_clauses.library.remove([known["zanzibar"]])  # and here the engine died
    engine = Engine(two_clauses)
    removed = engine.remove([known["zanzibar"], known["honolulu"]])
    assert [entry.path.stem for entry in removed.entries] == ["honolulu"]
    assert removed.turns == (turn,)
    assert engine.conversations("") == ()
    assert engine.remove([known["zanzibar"]]) == Removed((), ())


@pytest.mark.usefixtures("one_by_one")
def test_a_removal_undone_in_part_puts_back_the_answers_it_can(two_clauses: Assistant) -> None:
    known = ids(two_clauses)
    only = {name: Scope(document_ids=(key,)) for name, key in known.items()}
    first = ask_of(two_clauses, "What does the Honolulu clause bind?", only["honolulu"])
    ask_of(two_clauses, "What does the Zanzibar clause bind?", only["zanzibar"])
    library, history = two_clauses.library, two_clauses.history
    removed = take_out(two_clauses, [known["honolulu"], known["zanzibar"]])
    steps = removing.restore(library, history, removed, ())
    while next(steps).finished is None:
        pass
    steps.close()
    assert list(ids(two_clauses)) == ["honolulu"]
    assert [one.id for one in history.conversations()] == [first.conversation_id]
    assert history.turns(first.conversation_id) == (first,)


def test_other_bytes_at_a_place_take_the_answers_that_quote_the_old(
    two_clauses: Assistant, tmp_path: Path
) -> None:
    only = {name: Scope(document_ids=(key,)) for name, key in ids(two_clauses).items()}
    ask_of(two_clauses, "What does the Zanzibar clause bind?", only["zanzibar"])
    kept = ask_of(two_clauses, "What does the Honolulu clause bind?", only["honolulu"])
    make_pdf(tmp_path / "zanzibar.pdf", ["The Zanzibar clause was struck out."])
    finish(two_clauses.library.add([tmp_path / "zanzibar.pdf"]))
    (conversation,) = two_clauses.history.conversations()
    assert conversation.id == kept.conversation_id
