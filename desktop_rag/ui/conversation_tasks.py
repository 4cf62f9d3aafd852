"""What the reader does with conversations: rename, delete, save what an answer came from."""

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop_rag.domain import Conversation, Turn
from desktop_rag.ui.conversation_panel import ConversationPanel
from desktop_rag.ui.dialogs import ask_text, confirm
from desktop_rag.ui.engine_link import EngineLink


class ConversationTasks(QObject):
    """Carries out the wishes of the history and of the answers."""

    def __init__(self, parent: QWidget, engine: EngineLink, answers: ConversationPanel) -> None:
        super().__init__(parent)
        self._parent = parent
        self._engine = engine
        self._answers = answers
        answers.rename_wanted.connect(self.rename)
        answers.delete_wanted.connect(self.delete)
        answers.record_wanted.connect(self.save_record)

    def save_record(self, turn: Turn) -> None:
        """Save all that an answer came from, where the reader wants it."""
        title = self.tr("Save the record of this answer")
        start = self.tr("record") + f" {turn.id}.json"
        name, _ = QFileDialog.getSaveFileName(self._parent, title, start, "JSON (*.json)")
        if name:
            self._engine.request("save_record", turn.id, Path(name))

    def rename(self, conversation: Conversation) -> None:
        """Ask for another title."""
        title = ask_text(
            self._parent,
            self.tr("Rename the conversation"),
            "",
            self.tr("Rename"),
            conversation.title,
        )
        if title:
            self._engine.request(
                "rename_conversation",
                conversation.id,
                title,
                then=lambda _: self._answers.refresh_history(),
            )

    def delete(self, conversations: list[Conversation]) -> None:
        """Delete conversations, after a question that says what is lost."""
        count = len(conversations)
        if confirm(
            self._parent,
            self.tr("Delete %n conversation(s)?", "", count),
            self.tr("Their questions and answers are lost. The documents stay."),
            self.tr("Delete %n conversation(s)", "", count),
        ):
            ids = [conversation.id for conversation in conversations]
            self._engine.request(
                "delete_conversations", ids, then=lambda _: self._answers.forget(set(ids))
            )
