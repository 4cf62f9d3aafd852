"""The history in SQLite: conversations, their turns, and which documents each turn quotes."""

import json
import logging
import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path

from desktop_rag.adapters.plain_values import from_json, to_json
from desktop_rag.adapters.sqlite_database import Database, database_at, rename_in
from desktop_rag.domain import Answer, AskedQuestion, Conversation, Rating, Scope, Turn
from desktop_rag.errors import UnknownConversation

_SCHEMA = """
CREATE TABLE IF NOT EXISTS conversations (
    id INTEGER PRIMARY KEY AUTOINCREMENT, title TEXT NOT NULL, collection TEXT NOT NULL,
    created_at TEXT NOT NULL, updated_at TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS turns (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation_id INTEGER NOT NULL REFERENCES conversations(id) ON DELETE CASCADE,
    question TEXT NOT NULL, searched TEXT NOT NULL, scope TEXT NOT NULL, answer TEXT NOT NULL,
    rating TEXT NOT NULL, asked_at TEXT NOT NULL) STRICT;
CREATE INDEX IF NOT EXISTS turns_of_conversation ON turns(conversation_id);
CREATE TABLE IF NOT EXISTS turn_documents (
    turn_id INTEGER NOT NULL REFERENCES turns(id) ON DELETE CASCADE, document_id TEXT NOT NULL,
    PRIMARY KEY (turn_id, document_id)) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS turns_of_document ON turn_documents(document_id);
"""
_LIST = """
SELECT conversations.id, title, collection, COUNT(turns.id), updated_at
FROM conversations LEFT JOIN turns ON conversation_id = conversations.id
WHERE :text = '' OR instr(casefold(title), :text) OR EXISTS (
    SELECT 1 FROM turns AS one WHERE one.conversation_id = conversations.id AND (
        instr(casefold(one.question), :text) OR instr(casefold(
            CASE WHEN json_valid(one.answer)
            THEN coalesce(json_extract(one.answer, '$.text'), '') ELSE '' END), :text)))
GROUP BY conversations.id ORDER BY updated_at DESC, conversations.id DESC
"""
_TURN = "SELECT id, conversation_id, question, searched, scope, answer, rating, asked_at FROM turns"
_NEW_CONVERSATION = "INSERT INTO conversations (title, collection, created_at, updated_at)"
_NEW_TURN = (
    "INSERT INTO turns (conversation_id, question, searched, scope, answer, rating, asked_at)"
)
_log = logging.getLogger(__name__)


class SqliteHistory:
    """A `ports.ConversationStore` beside the ledger. Deleted text is overwritten at once."""

    def __init__(self, place: Path | Database) -> None:
        self._database = database_at(place)
        with self._database.change():
            self._db.executescript(_SCHEMA)

    @property
    def _db(self) -> sqlite3.Connection:
        return self._database.connection

    def conversations(self, text: str) -> list[Conversation]:
        with self._database.reading():
            rows = self._db.execute(_LIST, {"text": text.casefold()}).fetchall()
        return [Conversation(*row) for row in rows]

    def turns(self, conversation_id: int) -> list[Turn]:
        return self._turns("WHERE conversation_id = ?", conversation_id)

    def turn(self, turn_id: int) -> Turn:
        found = self._turns("WHERE id = ?", turn_id)
        if not found:
            raise _unknown_question()
        return found[0]

    def latest_turns(self, count: int) -> list[Turn]:
        latest = "WHERE id IN (SELECT id FROM turns ORDER BY id DESC LIMIT ?)"
        return self._turns(latest, count)[::-1]

    def turns_rated(self, rating: Rating) -> list[Turn]:
        return self._turns("WHERE rating = ?", rating.value)

    def begin(self, title: str, asked: AskedQuestion) -> Turn:
        values = (title, asked.scope.collection or "", asked.asked_at, asked.asked_at)
        with self._database.change():
            cursor = self._db.execute(f"{_NEW_CONVERSATION} VALUES (?,?,?,?)", values)
            return self._add(_row_id(cursor), asked)

    def append(self, conversation_id: int, asked: AskedQuestion) -> Turn:
        with self._database.change():
            changed = self._db.execute(
                "UPDATE conversations SET updated_at = ? WHERE id = ?",
                (asked.asked_at, conversation_id),
            )
            if not changed.rowcount:
                raise _unknown_conversation()
            return self._add(conversation_id, asked)

    def rate(self, turn_id: int, rating: Rating) -> Turn:
        with self._database.change():
            self._db.execute("UPDATE turns SET rating = ? WHERE id = ?", (rating.value, turn_id))
        return self.turn(turn_id)

    def answer_again(self, turn_id: int, searched: str, answer: Answer, at: str) -> Turn:
        with self._database.change():
            changed = self._db.execute(
                "UPDATE turns SET searched = ?, answer = ?, rating = ? WHERE id = ?",
                (searched, to_json(answer), Rating.NONE.value, turn_id),
            )
            if not changed.rowcount:
                raise _unknown_question()
            self._db.execute("DELETE FROM turn_documents WHERE turn_id = ?", (turn_id,))
            self._note_documents(turn_id, answer)
            self._db.execute(
                "UPDATE conversations SET updated_at = ? WHERE id ="
                " (SELECT conversation_id FROM turns WHERE id = ?)",
                (at, turn_id),
            )
        self._database.purge_log()
        return self.turn(turn_id)

    def rename(self, conversation_id: int, title: str) -> None:
        with self._database.change():
            changed = self._db.execute(
                "UPDATE conversations SET title = ? WHERE id = ?", (title, conversation_id)
            )
            if not changed.rowcount:
                raise _unknown_conversation()

    def rename_collection(self, name: str, new_name: str) -> None:
        scope = "json_extract(scope, '$.collection')"
        with self._database.change():
            rename_in(self._db, "conversations", "collection", name, new_name)
            self._db.execute(
                "UPDATE turns SET scope ="
                f" json_set(scope, '$.collection', ? || substr({scope}, ? + 1))"
                f" WHERE json_valid(scope) AND ({scope} = ? OR substr({scope}, 1, ?) = ?)",
                (new_name, len(name), name, len(name) + 1, f"{name}/"),
            )

    def delete(self, conversation_ids: Sequence[int]) -> None:
        with self._database.change():
            self._db.execute(
                "DELETE FROM conversations WHERE id IN (SELECT value FROM json_each(?))",
                (json.dumps(list(conversation_ids)),),
            )
        self._database.purge_log()

    def delete_turns(self, turn_ids: Sequence[int]) -> None:
        with self._database.change():
            self._db.execute(
                "DELETE FROM turns WHERE id IN (SELECT value FROM json_each(?))",
                (json.dumps(list(turn_ids)),),
            )
            self._drop_empty()
        self._database.purge_log()

    def delete_turns_of_documents(self, document_ids: Sequence[str]) -> list[Turn]:
        where = (
            "WHERE id IN (SELECT turn_id FROM turn_documents"
            " WHERE document_id IN (SELECT value FROM json_each(?)))"
        )
        wanted = json.dumps(list(document_ids))
        with self._database.change():
            rows = self._db.execute(f"DELETE FROM turns {where} RETURNING *", (wanted,)).fetchall()
            self._drop_empty()
        self._database.purge_log()
        return sorted(_readable(rows), key=lambda turn: turn.id)

    def put_back(self, turns: Sequence[Turn], titles: Mapping[int, str]) -> None:
        with self._database.change():
            for turn in turns:
                at, key = turn.asked_at, turn.conversation_id
                self._db.execute(
                    "INSERT INTO conversations VALUES (?,?,?,?,?) ON CONFLICT(id) DO UPDATE SET"
                    " updated_at = max(updated_at, excluded.updated_at)",
                    (key, titles[key], turn.scope.collection or "", at, at),
                )
                self._db.execute(
                    "INSERT OR REPLACE INTO turns VALUES (?,?,?,?,?,?,?,?)", _turn_row(turn)
                )
                self._note_documents(turn.id, turn.answer)

    def _add(self, conversation_id: int, asked: AskedQuestion) -> Turn:
        cursor = self._db.execute(
            f"{_NEW_TURN} VALUES (?,?,?,?,?,?,?)",
            (
                conversation_id,
                asked.question,
                asked.searched,
                to_json(asked.scope),
                to_json(asked.answer),
                Rating.NONE.value,
                asked.asked_at,
            ),
        )
        turn_id = _row_id(cursor)
        self._note_documents(turn_id, asked.answer)
        return Turn(
            id=turn_id,
            conversation_id=conversation_id,
            question=asked.question,
            searched=asked.searched,
            scope=asked.scope,
            answer=asked.answer,
            rating=Rating.NONE,
            asked_at=asked.asked_at,
        )

    def _note_documents(self, turn_id: int, answer: Answer) -> None:
        """Note whose text the answer holds."""
        self._db.executemany(
            "INSERT OR IGNORE INTO turn_documents VALUES (?, ?)",
            [(turn_id, key) for key in sorted(answer.document_ids)],
        )

    def _drop_empty(self) -> None:
        self._db.execute(
            "DELETE FROM conversations WHERE id NOT IN (SELECT conversation_id FROM turns)"
        )

    def _turns(self, where: str, value: int | str) -> list[Turn]:
        with self._database.reading():
            rows = self._db.execute(f"{_TURN} {where} ORDER BY id", (value,)).fetchall()
        return _readable(rows)


def _unknown_conversation() -> UnknownConversation:
    return UnknownConversation(
        "This conversation is not in the history any more.", "Begin a new one."
    )


def _unknown_question() -> UnknownConversation:
    return UnknownConversation("This question is not in the history any more.", "Ask it again.")


def _row_id(cursor: sqlite3.Cursor) -> int:
    assert cursor.lastrowid is not None  # it follows an INSERT
    return cursor.lastrowid


def _turn_row(turn: Turn) -> tuple[int | str, ...]:
    return (
        turn.id,
        turn.conversation_id,
        turn.question,
        turn.searched,
        to_json(turn.scope),
        to_json(turn.answer),
        turn.rating.value,
        turn.asked_at,
    )


def _readable(rows: Sequence[tuple[int, int, str, str, str, str, str, str]]) -> list[Turn]:
    """The turns that this version can read; of the others the log names the number alone."""
    turns: list[Turn] = []
    for row in rows:
        try:
            scope, answer = from_json(Scope, row[4]), from_json(Answer, row[5])
            turns.append(Turn(*row[:4], scope, answer, Rating(row[6]), row[7]))
        except ValueError as error:
            _log.warning("Turn %d of the history cannot be read: %s", row[0], error)
    return turns
