"""The history: questions that were asked, what was answered, and what the reader thinks of it."""

import textwrap
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from desktop_rag.domain import Conversation, Rating, Turn
from desktop_rag.errors import WrongUsage
from desktop_rag.pipeline.collection_names import tidy_name
from desktop_rag.ports import ConversationStore
from desktop_rag.services.answer_record import save_record

_TITLE_CHARACTERS = 60


class History:
    """Lists, finds, rates and forgets what was asked. It loads no model."""

    def __init__(self, store: ConversationStore) -> None:
        self._store = store

    def conversations(self, text: str = "") -> tuple[Conversation, ...]:
        """Newest first; with `text`, those that hold it in title, question or answer."""
        return tuple(self._store.conversations(text.strip()))

    def turns(self, conversation_id: int) -> tuple[Turn, ...]:
        """In the order in which they were asked; () for a conversation that is gone."""
        return tuple(self._store.turns(conversation_id))

    def turn(self, turn_id: int) -> Turn:
        """Raises UnknownConversation if it is gone."""
        return self._store.turn(turn_id)

    def latest_turns(self, count: int) -> tuple[Turn, ...]:
        """The last so many questions of all conversations, newest first."""
        return tuple(self._store.latest_turns(count))

    def save_record(self, turn_id: int, target: Path) -> Path:
        """Write what an answer came from to a file; raises UnknownConversation and NotSaved."""
        return save_record(self._store.turn(turn_id), target)

    def rename_conversation(self, conversation_id: int, title: str) -> None:
        """Raises UnknownConversation, and WrongUsage for an empty title."""
        title = " ".join(title.split())
        if not title:
            raise WrongUsage("A conversation needs a name.", "Type one.")
        self._store.rename(conversation_id, title)

    def rename_collection(self, name: str, new_name: str) -> None:
        """Let conversations and questions of a collection follow its new name."""
        self._store.rename_collection(name, tidy_name(new_name))

    def delete_conversations(self, conversation_ids: Sequence[int]) -> None:
        """Forget them; nothing of them is left on the disk."""
        self._store.delete(conversation_ids)

    def rate(self, turn_id: int, rating: Rating) -> Turn:
        """The turn as rated. Raises UnknownConversation if it is gone."""
        return self._store.rate(turn_id, rating)

    def forget_documents(self, document_ids: Sequence[str]) -> tuple[Turn, ...]:
        """Delete every turn that holds text of these documents, and return them.

        A conversation that has no turn left goes too.
        """
        return tuple(self._store.delete_turns_of_documents(document_ids))

    def restore_turns(self, turns: Sequence[Turn]) -> None:
        """Put deleted turns back under their old ids, with conversations that are gone."""
        first_asked = {turn.conversation_id: turn for turn in sorted(turns, key=_newest_first)}
        titles = {key: title_of(turn.question) for key, turn in first_asked.items()}
        self._store.put_back(turns, titles)


def title_of(question: str) -> str:
    """What a conversation is called that begins with this question: about 60 characters of it."""
    plain = " ".join(question.split())
    shortened = textwrap.shorten(plain, _TITLE_CHARACTERS, placeholder=" …")
    return shortened if shortened != "…" else f"{plain[: _TITLE_CHARACTERS - 2]} …"


def now() -> str:
    """The time in UTC, to the microsecond, so that two questions have an order."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def _newest_first(turn: Turn) -> int:
    return -turn.id
