"""All services on one library, as the terminal and the engine know them."""

from collections.abc import Generator, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from desktop_rag.domain import Forgotten, GpuTrial, Graphics, ModelRole
from desktop_rag.ports import PendingStore
from desktop_rag.privacy.trials import Trial
from desktop_rag.services.answer_engine import AnswerEngine
from desktop_rag.services.conversing import Conversing
from desktop_rag.services.history import History
from desktop_rag.services.library import Library
from desktop_rag.services.live_folders import LiveFolders
from desktop_rag.services.model_shelf import ModelShelf
from desktop_rag.services.model_trials import ModelTrials
from desktop_rag.services.own_check import OwnQuestions
from desktop_rag.services.page_viewer import PageViewer
from desktop_rag.services.presence import Presence
from desktop_rag.services.quality_check import QualityCheck
from desktop_rag.services.retriever import Retriever
from desktop_rag.services.vaults import Vaults
from desktop_rag.services.watching import Watching


class Assistant(Protocol):
    """Made by `wiring`. Each service is built when it is first asked for, from any thread.

    Attributes:
        models_in_use: for each role the name of the model that the settings choose.
        ocr: whether the settings want scanned pages read.
        vault_id: the vault whose library this is; "" for the one that is not encrypted.
        settings_locked: the settings that the administrator has set for good.
        log_file: where the engine is to keep a log; None if the settings want none.
    """

    @property
    def library_folder(self) -> Path: ...
    @property
    def settings_file(self) -> Path: ...
    @property
    def settings_locked(self) -> frozenset[str]: ...
    @property
    def log_file(self) -> Path | None: ...
    @property
    def samples_folder(self) -> Path: ...
    @property
    def models_folder(self) -> Path:
        """Where the user's own models lie, if there are any."""

    @property
    def models_in_use(self) -> Mapping[ModelRole, str]: ...
    @property
    def ocr(self) -> bool: ...
    @property
    def network_trials(self) -> Sequence[Trial]:
        """Ways out that the engines have, for the privacy check to try."""

    @property
    def shelf(self) -> ModelShelf: ...
    @property
    def trials(self) -> ModelTrials: ...
    @property
    def library(self) -> Library: ...
    @property
    def retriever(self) -> Retriever: ...
    @property
    def answers(self) -> AnswerEngine: ...
    @property
    def quality(self) -> QualityCheck: ...
    @property
    def viewer(self) -> PageViewer: ...
    @property
    def history(self) -> History: ...
    @property
    def conversing(self) -> Conversing: ...
    @property
    def own_questions(self) -> OwnQuestions: ...
    @property
    def watching(self) -> Watching: ...
    @property
    def live_folders(self) -> LiveFolders: ...
    @property
    def presence(self) -> Presence: ...
    @property
    def pending(self) -> PendingStore: ...
    @property
    def vault_id(self) -> str: ...
    @property
    def vaults(self) -> Vaults: ...

    def choose_model(self, role: ModelRole, name: str) -> None:
        """Write into the settings which model serves from the next start on.

        Raises SettingsError, also where the administrator has chosen.
        """

    def forget_collection(self, name: str) -> Forgotten:
        """As `Forgetting.forget_collection`."""

    def forget_all(self) -> Forgotten:
        """As `forgetting.forget_all`."""

    def devices(self) -> Mapping[ModelRole, str]:
        """Where each model runs, and why: “cuda: NAME”, “cpu: no GPU was found”, “not tried yet”.

        Nothing is loaded or tried for it. Raises ModelError.
        """

    def graphics(self) -> Graphics:
        """What is known of GPUs by now, and of each model on them. Raises ModelError."""

    def try_gpus(self) -> Generator[GpuTrial, None, Graphics]:
        """Forget what was found, at earlier starts too, and try the GPUs with the models in use.

        Yields while it does, which takes some seconds or, with a large model, minutes. Models on
        a GPU are loaded anew. Raises ModelError.
        """

    def rest(self) -> None:
        """Nobody asks at the moment: let the language model go if memory is short."""

    def close(self) -> None:
        """End the reader processes, if there are any."""
