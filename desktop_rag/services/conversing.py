"""Questions asked in a conversation: made to stand by themselves, answered, and kept."""

from collections.abc import Callable, Generator

from desktop_rag.domain import (
    Answer,
    AskedQuestion,
    EvidenceFound,
    GpuTrial,
    PromptRead,
    QuestionBegun,
    Scope,
    SearchMode,
    SurveyProgress,
    TextWritten,
    Turn,
)
from desktop_rag.errors import UnknownConversation, UnknownDocument, WrongUsage
from desktop_rag.pipeline.following_up import standing_question
from desktop_rag.ports import ConversationStore, Ledger
from desktop_rag.services.answer_engine import AnswerEngine
from desktop_rag.services.history import now, title_of

AskingStep = QuestionBegun | EvidenceFound | GpuTrial | PromptRead | TextWritten | SurveyProgress
Asking = Generator[AskingStep, None, Turn]


class Conversing:
    """Asks the answer engine and keeps what it answers. The engine is made at the first question.

    Nothing is kept before an answer is whole: a question that is stopped leaves no trace.
    """

    def __init__(
        self, store: ConversationStore, ledger: Ledger, open_answers: Callable[[], AnswerEngine]
    ) -> None:
        self._store = store
        self._ledger = ledger
        self._open_answers = open_answers

    def ask(
        self,
        question: str,
        scope: Scope,
        conversation_id: int | None,
        *,
        mode: SearchMode = SearchMode.HYBRID,
        rerank: bool = True,
        whole: bool = True,
    ) -> Asking:
        """Yield what is searched for, then as `AnswerEngine.ask`; return the turn as kept.

        A question that leans on the one before is never taken for one about whole documents. None
        begins a conversation. Raises WrongUsage for an empty question, UnknownDocument if a
        document that the answer quotes was removed meanwhile, and what `AnswerEngine.ask` raises.
        """
        question = _not_empty(question)
        earlier = [] if conversation_id is None else self._store.turns(conversation_id)
        searched = standing_question(question, [turn.question for turn in earlier])
        yield QuestionBegun(question, searched)
        answers = self._open_answers()
        whole = whole and searched == question
        answer = yield from answers.ask(searched, scope, mode=mode, rerank=rerank, whole=whole)
        asked = AskedQuestion(question, searched, scope, answer, now())
        return self._still_there(self._keep(asked, conversation_id))

    def ask_again(self, turn_id: int, searched: str, *, whole: bool = True) -> Asking:
        """Answer a kept question anew, by what is `searched` for now, in place of its old answer.

        Its rating is taken back. Raises UnknownConversation if it is gone, else as `ask`.
        """
        searched = _not_empty(searched)
        turn = self._store.turn(turn_id)
        yield QuestionBegun(turn.question, searched)
        answer = yield from self._open_answers().ask(searched, turn.scope, whole=whole)
        return self._still_there(self._store.answer_again(turn_id, searched, answer, now()))

    def _keep(self, asked: AskedQuestion, conversation_id: int | None) -> Turn:
        if conversation_id is not None:
            try:
                return self._store.append(conversation_id, asked)
            except UnknownConversation:
                pass  # deleted while the answer was written: the answer is not lost for that
        return self._store.begin(title_of(asked.question), asked)

    def _still_there(self, turn: Turn) -> Turn:
        """The turn, unless text of a document was kept that was removed meanwhile.

        A removal first takes the document from the ledger and then forgets its turns, so that
        whichever comes last, this look or the forgetting, finds the turn.
        """
        if all(self._ledger.entry(key) for key in quoted_documents(turn.answer)):
            return turn
        self._store.delete_turns([turn.id])
        raise UnknownDocument(
            "A document that the answer quotes was removed while it was written.",
            "Ask again to search what is left.",
        )


def quoted_documents(answer: Answer) -> frozenset[str]:
    """The documents whose text the answer holds: cited, or listed with it."""
    cited = {citation.document_id for citation in answer.citations}
    return frozenset(cited | {passage.chunk.document_id for passage in answer.passages})


def _not_empty(question: str) -> str:
    question = question.strip()
    if not question:
        raise WrongUsage("There is no question.", "Type what you want to know.")
    return question
