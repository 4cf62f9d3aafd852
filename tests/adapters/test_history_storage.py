"""The history and the watched folders, on real files."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_rag.adapters.plain_values import from_json, to_json
from desktop_rag.adapters.sqlite_database import SqliteDatabase
from desktop_rag.adapters.sqlite_history import SqliteHistory
from desktop_rag.adapters.sqlite_ledger import SqliteLedger
from desktop_rag.adapters.sqlite_watched_folders import SqliteWatchedFolders
from desktop_rag.domain import (
    UNCOUNTED_LAYERS,
    Answer,
    AnswerSentence,
    AskedQuestion,
    ModelSettings,
    PassagePlace,
    Rating,
    Scope,
    Span,
    Support,
    Turn,
    WatchedFolder,
)
from desktop_rag.errors import LibraryError, UnknownConversation
from tests.answers import make_answer


def asked(
    question: str, *document_ids: str, at: str = "2024-05-01", text: str = ""
) -> AskedQuestion:
    answer = make_answer(question, *document_ids, text=text)
    return AskedQuestion(question, question, Scope("Smith", document_ids), answer, at)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    SqliteLedger(tmp_path / "ledger.sqlite3")
    return tmp_path / "ledger.sqlite3"


@pytest.fixture
def history(file: Path) -> SqliteHistory:
    return SqliteHistory(file)


def test_a_value_comes_back_as_it_was() -> None:
    answer = make_answer("Who pays?", "aa", "bb", text="Zoë pays. “All” of it \U0001f600")
    answer = replace(answer, model=None, coverage=replace(answer.coverage, searched=3))
    assert from_json(Answer, to_json(answer)) == answer
    assert from_json(Scope, to_json(Scope())) == Scope()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"page":1,"start":2}', "lacks fields: length"),
        ('{"page":1,"start":2,"length":3,"colour":4}', "unknown fields: colour"),
        ('{"page":"1","start":2,"length":3}', "page is str, not int"),
        ('{"page":true,"start":2,"length":3}', "page is bool, not int"),
        ('{"page":1.0,"start":2,"length":3}', "page is float, not int"),
        ("[]", "Span is list, not dict"),
        ("no JSON", "Expecting value"),
        ("[" * 100_000, "nested too deeply"),
    ],
)
def test_what_does_not_fit_the_type_is_refused_in_words(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        from_json(Span, text)


def test_an_unknown_word_of_an_enum_is_refused_without_repeating_it() -> None:
    text = to_json(AnswerSentence("x", Support.VERIFIED, (1,))).replace("verified", "secret")
    with pytest.raises(ValueError, match="support is no Support") as caught:
        from_json(AnswerSentence, text)
    assert "secret" not in str(caught.value)


def test_a_field_with_a_default_may_be_missing() -> None:
    assert from_json(Scope, '{"collection":"A"}') == Scope("A")


def test_only_known_kinds_of_values_are_written() -> None:
    with pytest.raises(TypeError, match="set"):
        to_json({1})


def test_a_turn_comes_back_as_it_was(history: SqliteHistory, file: Path) -> None:
    first = history.begin("Rent", asked("What is the rent?", "aa"))
    second = history.append(first.conversation_id, asked("And the deposit?", "bb"))
    again = SqliteHistory(file)
    assert again.turns(first.conversation_id) == [first, second]
    assert again.turn(second.id) == second
    (conversation,) = again.conversations("")
    assert (conversation.title, conversation.collection, conversation.turn_count) == (
        "Rent",
        "Smith",
        2,
    )


def test_a_library_made_before_there_was_a_history_keeps_its_documents(file: Path) -> None:
    SqliteHistory(file)
    SqliteHistory(file)
    assert SqliteLedger(file).entries() == []


@pytest.mark.parametrize("text", ["KÜNDIGUNG", "zoë", "100 %", "a_b", "'", "Mietsache"])
def test_the_text_is_sought_in_title_question_and_answer_by_its_letters_alone(
    history: SqliteHistory, text: str
) -> None:
    history.begin("Other", asked("Was kostet 100 Grad axb?", "aa"))
    history.begin("Mietsache", asked("Die Kündigung 100 % a_b's?", "aa", text="Zoë zahlt."))
    assert [one.title for one in history.conversations(text)] == ["Mietsache"]


def test_conversations_come_newest_first(history: SqliteHistory) -> None:
    old = history.begin("old", asked("a?", at="2024-01-01"))
    history.begin("new", asked("b?", at="2024-02-01"))
    assert [one.title for one in history.conversations("")] == ["new", "old"]
    history.append(old.conversation_id, asked("c?", at="2024-03-01"))
    assert [one.title for one in history.conversations("")] == ["old", "new"]


def test_a_turn_that_cannot_be_read_is_skipped_with_a_note(
    history: SqliteHistory, file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    broken = history.begin("t", asked("secret?", "aa", text="secret"))
    kept = history.append(broken.conversation_id, asked("b?", "bb"))
    with SqliteDatabase(file).connection as connection:
        connection.execute("UPDATE turns SET answer = 'secret' WHERE id = ?", (broken.id,))
    assert history.turns(broken.conversation_id) == [kept]
    assert history.conversations("b?")
    assert f"Turn {broken.id}" in caplog.text
    assert "secret" not in caplog.text
    assert history.delete_turns_of_documents(["aa"]) == []
    assert history.conversations("")[0].turn_count == 1


def test_turns_that_quote_or_list_a_document_go_with_their_text(
    history: SqliteHistory, file: Path
) -> None:
    one = history.begin("one", asked("a?", "aa", text="The Zanzibar clause."))
    two = history.begin("two", asked("b?", "aa", "bb"))
    kept = history.append(two.conversation_id, asked("c?", "bb"))
    assert history.delete_turns_of_documents(["aa", "zz"]) == [one, two]
    assert history.turns(two.conversation_id) == [kept]
    assert [found.title for found in history.conversations("")] == ["two"]
    on_disk = b"".join(part.read_bytes() for part in file.parent.glob("ledger.sqlite3*"))
    assert b"Zanzibar" not in on_disk


def test_a_turn_that_names_a_document_as_alike_goes_with_it(history: SqliteHistory) -> None:
    plain = asked("a?", "aa")
    alike = (PassagePlace("zz", Path("/x/Privileged.pdf"), (3,)),)
    passages = (replace(plain.answer.passages[0], alike=alike),)
    turn = history.begin("one", replace(plain, answer=replace(plain.answer, passages=passages)))
    assert history.delete_turns_of_documents(["zz"]) == [turn]


def test_deleted_turns_come_back_under_their_ids(history: SqliteHistory) -> None:
    one = history.begin("one", asked("a?", "aa"))
    two = history.append(one.conversation_id, asked("b?", "aa"))
    rated = history.rate(two.id, Rating.WRONG)
    deleted = history.delete_turns_of_documents(["aa"])
    other = history.begin("other", asked("c?"))
    assert other.conversation_id != one.conversation_id
    for _ in range(2):
        history.put_back(deleted, {one.conversation_id: "again"})
    assert history.turns(one.conversation_id) == [one, rated]
    assert history.delete_turns_of_documents(["aa"]) == [one, rated]


def test_another_answer_takes_the_old_ones_place(history: SqliteHistory, file: Path) -> None:
    turn = history.begin("t", asked("a?", "aa", text="The Zanzibar clause."))
    history.rate(turn.id, Rating.RIGHT)
    answer = make_answer("b?", "bb")
    changed = history.answer_again(turn.id, "b?", answer, "2024-06-01")
    assert changed == replace(turn, searched="b?", answer=answer)
    assert history.conversations("")[0].updated_at == "2024-06-01"
    assert history.turns_rated(Rating.RIGHT) == []
    assert history.delete_turns_of_documents(["aa"]) == []
    assert b"Zanzibar" not in b"".join(p.read_bytes() for p in file.parent.glob("ledger*"))


def test_what_is_gone_is_said_to_be_gone(history: SqliteHistory) -> None:
    turn = history.begin("t", asked("a?"))
    history.delete([turn.conversation_id])
    assert history.conversations("") == []
    for action in (
        lambda: history.turn(turn.id),
        lambda: history.rate(turn.id, Rating.RIGHT),
        lambda: history.append(turn.conversation_id, asked("b?")),
        lambda: history.rename(turn.conversation_id, "x"),
        lambda: history.answer_again(turn.id, "a?", turn.answer, "2024"),
    ):
        with pytest.raises(UnknownConversation):
            action()


def test_a_single_turn_can_be_deleted(history: SqliteHistory) -> None:
    turn: Turn = history.begin("t", asked("a?"))
    history.delete_turns([turn.id])
    assert history.conversations("") == []


def test_watched_folders_are_kept_each_once(file: Path) -> None:
    folders = SqliteWatchedFolders(file)
    for collection in ("Smith", "Doe"):
        folders.put(WatchedFolder(Path("/x"), collection))
    folders.put(WatchedFolder(Path("/a"), ""))
    again = SqliteWatchedFolders(file)
    assert again.folders() == [WatchedFolder(Path("/a"), ""), WatchedFolder(Path("/x"), "Doe")]
    again.drop(Path("/a"))
    again.drop(Path("/never"))
    assert folders.folders() == [WatchedFolder(Path("/x"), "Doe")]


def test_a_damaged_file_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "ledger.sqlite3").write_bytes(b"no database at all" * 100)
    for make in (SqliteHistory, SqliteWatchedFolders):
        with pytest.raises(LibraryError, match="not a database"):
            make(tmp_path / "ledger.sqlite3")


@pytest.mark.parametrize(("was_gpu", "layers"), [(True, UNCOUNTED_LAYERS), (False, 0)])
def test_records_from_when_only_a_gpu_was_told_are_read(was_gpu: bool, layers: int) -> None:
    former = (
        '{"context_tokens":4096,"step_tokens":64,"threads":2,"gpu":' + json.dumps(was_gpu) + ","
        '"seed":0,"repeat_penalty":1.1,"runtime":"llama-cpp-python 0.3.36"}'
    )
    settings = from_json(ModelSettings, former)
    assert (settings.gpu_layers, settings.all_layers, settings.gpu) == (layers, 0, "")
    now = replace(settings, gpu_layers=9, all_layers=31, gpu="Vulkan")
    assert from_json(ModelSettings, to_json(now)) == now
    with pytest.raises(ValueError, match="gpu"):
        from_json(ModelSettings, former.replace("true", "7").replace("false", "7"))
