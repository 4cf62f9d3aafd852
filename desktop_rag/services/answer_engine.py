"""From a question to an answer whose every sentence is checked against a page."""

import time
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field

from desktop_rag import __version__
from desktop_rag.domain import (
    Answer,
    AnswerNote,
    AnswerTimes,
    EvidenceFound,
    GpuTrial,
    Passage,
    PromptRead,
    Replay,
    Retrieval,
    Scope,
    SearchMode,
    SurveyProgress,
    TextWritten,
    Writing,
)
from desktop_rag.errors import ModelError, ModelFailed, ModelMissing, ModelTooLarge
from desktop_rag.pipeline.answerable import bears_answer
from desktop_rag.pipeline.citing import check_answer
from desktop_rag.pipeline.hiding import has_something_seen
from desktop_rag.pipeline.prompting import make_prompt
from desktop_rag.pipeline.whole_questions import road_of
from desktop_rag.ports import LanguageModel
from desktop_rag.services import assembling
from desktop_rag.services.replaying import relayed, replay
from desktop_rag.services.retriever import Retriever
from desktop_rag.services.surveying import Surveying
from desktop_rag.services.warm_model import WarmModel

PASSAGES = 6

Step = EvidenceFound | GpuTrial | PromptRead | TextWritten | SurveyProgress


class AnswerEngine:
    """Retrieves, declines or writes, and checks. The language model is loaded when first needed.

    Whatever becomes of the model, the reader gets an answer: if it is missing, does not load or
    fails, that is the evidence itself, and the next question loads it anew. With `quoted`, no
    model is ever loaded. `prepare` is followed before the model is loaded: it tries a GPU.
    """

    def __init__(
        self,
        retriever: Retriever,
        load_model: Callable[[], LanguageModel],
        answer_tokens: int,
        *,
        quoted: bool = False,
        surveying: Surveying | None = None,
        free_memory: Callable[[], int | None] = lambda: None,
        prepare: Callable[[], Iterator[GpuTrial]] = lambda: iter(()),
    ) -> None:
        self._retriever = retriever
        self._model = WarmModel(load_model, free_memory)
        self._answer_tokens = answer_tokens
        self._quotes_alone = quoted
        self._surveying = surveying
        self._prepare = prepare

    @property
    def quotes(self) -> bool:
        """Whether no language model is to write, as the settings want it."""
        return self._quotes_alone

    def ask(
        self,
        question: str,
        scope: Scope = Scope(),  # noqa: B008 - frozen
        *,
        mode: SearchMode = SearchMode.HYBRID,
        rerank: bool = True,
        whole: bool = True,
    ) -> Generator[Step, None, Answer]:
        """Yield the evidence, then how far the model has read and the words as it writes them.

        With `whole`, a question about whole documents is answered by `Surveying` instead, unless
        another search is asked for. Returns the checked answer. Closing it stops the model between
        two steps, each a fraction of a second. Raises UnknownDocument and UnknownCollection as
        `Retriever.retrieve`, WrongUsage as `Surveying.look_through`.
        """
        asked = road_of(question) if whole and rerank and mode is SearchMode.HYBRID else None
        if asked is not None and self._surveying is not None:
            return (yield from self._surveying.look_through(question, asked, scope))
        clock = _Clock()
        found = self._retriever.retrieve(question, scope, top=PASSAGES, mode=mode, rerank=rerank)
        clock.note_retrieved()
        yield EvidenceFound(found.passages, found.coverage)
        if not bears_answer(found):
            return assembling.declined(found, clock.times())
        passages = sorted(found.passages, key=lambda passage: -_best_evidence(passage))
        if self._quotes_alone:
            return assembling.quoted(found, passages, AnswerNote.QUOTED, "", clock.times())
        search = mode.value if rerank else f"{mode.value}, not reranked"
        try:
            return (yield from self._written(found, passages, search, clock))
        except (ModelError, MemoryError) as error:
            self._model.drop()
            note, detail = _why(error)
            return assembling.quoted(found, passages, note, detail, clock.times())
        finally:
            self._model.rest()

    def replay(
        self, writing: Writing
    ) -> Generator[GpuTrial | PromptRead | TextWritten, None, Replay]:
        """As `replaying.replay`."""
        yield from self._prepare()
        return (yield from replay(self._model, writing))

    def rest(self) -> None:
        """Nobody asks at the moment: let the model go if memory is short."""
        self._model.rest()

    def let_go(self) -> None:
        """Have the model loaded anew when it is next needed: a GPU may take more of it, or less."""
        self._model.drop()

    def _written(
        self, found: Retrieval, passages: Sequence[Passage], search: str, clock: "_Clock"
    ) -> Generator[Step, None, Answer]:
        seen = [passage for passage in passages if has_something_seen(passage)]
        if not seen:  # the model would read nothing
            return assembling.quoted(found, passages, AnswerNote.NONE, "", clock.times())
        yield from self._prepare()
        model = self._model.get()
        prompt, issued = make_prompt(
            found.question,
            seen,
            small_model=model.is_small,
            budget=model.settings.context_tokens - self._answer_tokens,
            count_tokens=model.count_tokens,
        )
        given = model.lay_out(prompt)
        pieces: list[str] = []
        steps = model.write(given, max_tokens=self._answer_tokens)
        tokens = yield from relayed(steps, pieces, clock.note_token)
        passages = [*issued, *(passage for passage in passages if passage not in issued)]
        checked = check_answer("".join(pieces), passages, len(issued), found.question)
        writing = Writing(
            model=model.identity,
            prompt=given,
            passages=tuple(found.passages.index(passage) for passage in issued),
            text="".join(pieces),
            answer_tokens=self._answer_tokens,
            settings=model.settings,
            tokens=tokens,
            search=search,
            version=__version__,
        )
        return assembling.written(found, passages, checked, writing, clock.times())


def _why(error: ModelError | MemoryError) -> tuple[AnswerNote, str]:
    """What to tell the reader of a model that did not write."""
    kinds = {
        ModelMissing: AnswerNote.MODEL_MISSING,
        ModelTooLarge: AnswerNote.OUT_OF_MEMORY,
        ModelFailed: AnswerNote.MODEL_FAILED,
        MemoryError: AnswerNote.OUT_OF_MEMORY,
    }
    note = kinds.get(type(error), AnswerNote.MODEL_UNUSABLE)
    return note, str(error) if isinstance(error, ModelError) else ""


def _best_evidence(passage: Passage) -> float:
    return max((item.score for item in passage.evidence), default=0.0)


@dataclass
class _Clock:
    """When things happened, in seconds of `time.perf_counter`."""

    started: float = field(default_factory=time.perf_counter)
    retrieved: float = 0.0
    first_token: float | None = None

    def note_retrieved(self) -> None:
        self.retrieved = time.perf_counter()

    def note_token(self) -> None:
        self.first_token = self.first_token or time.perf_counter()

    def times(self) -> AnswerTimes:
        first = self.first_token
        return AnswerTimes(
            retrieve=1000 * (self.retrieved - self.started),
            first_token=None if first is None else 1000 * (first - self.started),
            total=1000 * (time.perf_counter() - self.started),
        )
