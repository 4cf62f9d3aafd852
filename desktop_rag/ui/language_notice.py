"""Says, once, that documents are in languages which the model that finds places does not know."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer

from desktop_rag.domain import LanguageGap, LanguagesTold
from desktop_rag.ui.engine_link import EngineLink
from desktop_rag.ui.language_words import gap_words
from desktop_rag.ui.notice_strip import NoticeStrip
from desktop_rag.ui.state import WindowState

_BETWEEN_MS = 300  # so that what the reader wants comes in between
_LATER_MS = 5_000  # while something else is said
_KEPT = "languages_said"


class LanguageNotice(QObject):
    """Lets the languages of older documents be told, a few at a time, then speaks if it must.

    What the reader closed, or followed, is not said again: not of this language and this model.
    """

    def __init__(
        self,
        engine: EngineLink,
        notice: NoticeStrip,
        state: WindowState,
        open_models: Callable[[], object],
        told: Callable[[], object],
    ) -> None:
        super().__init__()
        self._engine = engine
        self._notice = notice
        self._state = state
        self._open_models = open_models
        self._tell_others = told
        self._any_told = False
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.timeout.connect(self.look)

    def look(self) -> None:
        """See what is to be told or said."""
        self._engine.request("tell_languages", then=self._told, failed=lambda _: None)

    def retire(self) -> None:
        """Another takes over."""
        self._again.stop()

    def _told(self, done: LanguagesTold) -> None:
        self._any_told = self._any_told or done.told > 0
        if done.left:
            self._again.start(_BETWEEN_MS)
            return
        if self._any_told:
            self._any_told = False
            self._tell_others()
        self._engine.request("language_gaps", then=self._say, failed=lambda _: None)

    def _say(self, gaps: Sequence[LanguageGap]) -> None:
        said = self._state.text(_KEPT).split()
        fresh = [gap for gap in gaps if _mark(gap) not in said]
        if not fresh:
            return
        if self._notice.text():
            self._again.start(_LATER_MS)
            return
        self._notice.say(
            gap_words(fresh),
            self.tr("Choose a model …"),
            self._open_models,
            closed=lambda: self._keep([*said, *map(_mark, fresh)]),
        )

    def _keep(self, said: Sequence[str]) -> None:
        self._state.keep(**{_KEPT: " ".join(dict.fromkeys(said))})


def _mark(gap: LanguageGap) -> str:
    """No name and no text: what the file of the window may hold."""
    return f"{gap.model}:{gap.language}".replace(" ", "_")
