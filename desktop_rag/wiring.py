"""The one place where adapters meet services."""

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import Generic, TypeVar

from filelock import FileLock, Timeout

from desktop_rag.adapters import native_threads  # before any engine is loaded

# isort: split

from desktop_rag import config
from desktop_rag.adapters.cores import Cores
from desktop_rag.adapters.encoder_import import EncoderImport, Samples, read_samples
from desktop_rag.adapters.encoders import (
    EncoderPlan,
    open_embedder,
    open_reranker,
    plan_encoder,
    why_cpu,
)
from desktop_rag.adapters.graphics import GraphicsCards
from desktop_rag.adapters.isolated_reader import IsolatedPageReader
from desktop_rag.adapters.language_model_gpu import LanguageModelFile
from desktop_rag.adapters.minisign import Minisign
from desktop_rag.adapters.model_fetcher import HttpModelFetcher
from desktop_rag.adapters.network_trials import TRIALS
from desktop_rag.adapters.reader_gate import ReaderGate
from desktop_rag.adapters.speed_trial import SpeedTrials
from desktop_rag.adapters.sqlite_database import Database
from desktop_rag.adapters.sqlite_history import SqliteHistory
from desktop_rag.adapters.sqlite_ledger import SqliteLedger
from desktop_rag.adapters.sqlite_moved_library import follow_attachments
from desktop_rag.adapters.sqlite_pending import SqlitePending
from desktop_rag.adapters.sqlite_watched_folders import SqliteWatchedFolders
from desktop_rag.adapters.storages import OpenStorage, SealedStorage, Storage
from desktop_rag.adapters.vault_folders import VaultFolders
from desktop_rag.adapters.vault_witness import Witness
from desktop_rag.config import Settings, resources_folder
from desktop_rag.domain import DeviceUse, Forgotten, GpuTrial, Graphics, ModelRole, VaultKey
from desktop_rag.errors import LibraryBusy, ModelError, WrongUsage
from desktop_rag.ports import Embedder, LanguageModel, PendingStore, Reranker
from desktop_rag.privacy import administration
from desktop_rag.privacy.permissions import private_folder
from desktop_rag.privacy.trials import Trial
from desktop_rag.services.answer_engine import AnswerEngine
from desktop_rag.services.assistant import Assistant
from desktop_rag.services.attachments import Attachments, NoAttachments
from desktop_rag.services.budget import Budget
from desktop_rag.services.conversing import Conversing
from desktop_rag.services.encoders import Encoders
from desktop_rag.services.forgetting import Forgetting, forget_all
from desktop_rag.services.history import History
from desktop_rag.services.index import Index
from desktop_rag.services.library import Library
from desktop_rag.services.live_folders import LiveFolders
from desktop_rag.services.machine import (
    driver_versions,
    free_memory,
    gpu_hints,
    gpu_is_likely,
    physical_cores,
)
from desktop_rag.services.model_shelf import ModelShelf
from desktop_rag.services.model_signatures import ModelSignatures
from desktop_rag.services.model_trials import ModelTrials
from desktop_rag.services.own_check import OwnQuestions
from desktop_rag.services.page_viewer import PageViewer
from desktop_rag.services.power import on_battery
from desktop_rag.services.presence import Presence
from desktop_rag.services.quality_check import QualityCheck
from desktop_rag.services.retriever import Retriever
from desktop_rag.services.surveying import Surveying
from desktop_rag.services.vaults import Vaults
from desktop_rag.services.watching import Watching

Part = TypeVar("Part")


class _Once(Generic[Part]):
    """A part that is made at the first call, once, whichever thread calls first."""

    def __init__(self, make: Callable[[], Part]) -> None:
        self._make = make
        self._lock = RLock()
        self._made: list[Part] = []

    def __call__(self) -> Part:
        with self._lock:
            if not self._made:
                self._made.append(self._make())
            return self._made[0]

    def made(self) -> list[Part]:
        """The part, if it has been made."""
        return self._made


class _WiredAssistant:
    """The `Assistant` on real engines, none of which is loaded before it is needed."""

    def __init__(
        self,
        settings: Settings,
        storage: Storage,
        vaults: VaultFolders,
        more_trials: Sequence[Trial],
    ) -> None:
        self._settings = settings
        self._storage = storage
        self._vaults = Vaults(vaults)
        self.network_trials = (*more_trials, *TRIALS)
        self._budget = Budget(
            settings.threads,
            physical_cores(),
            lambda: settings.quiet_on_battery and on_battery(),
            free_memory,
        )
        native_threads.hold_to(self._budget.cores)
        self._gate = ReaderGate()
        self._cores = Cores(self._budget.cores, self._budget.patient_cores, self._gate)
        self._shelf = _Once(
            lambda: ModelShelf(
                resources_folder(),
                settings.models_folder,
                HttpModelFetcher(),
                EncoderImport(_samples, self._budget.cores, self._cores),
                administration.models_folder(),
                ModelSignatures(Minisign(), settings.model_key),
            )
        )
        self._trials = _Once(self._make_trials)
        self._ledger = _Once(self._open_ledger)
        self._device_words: dict[ModelRole, Callable[[], str]] = {}
        self._cards = GraphicsCards(
            settings.device, gpu_hints, driver_versions, settings.data_folder / "gpu.json"
        )
        self._encoders = _Once(
            lambda: Encoders(settings.embedder, self.shelf.identity, self._load_embedder)
        )
        self._index = _Once(self._open_index)
        self._reranker = _Once(self._load_reranker)
        self._reader = _Once(
            lambda: IsolatedPageReader(self._budget.patient_cores, gate=self._gate)
        )
        self._page_reader = _Once(lambda: IsolatedPageReader(threads=1))  # it recognises nothing
        self._finder = _Once(lambda: IsolatedPageReader(threads=1))
        self._viewer = _Once(
            lambda: PageViewer(self._ledger(), self._page_reader(), self._finder())
        )
        self._library = _Once(
            lambda: Library(
                self._ledger(),
                self._index(),
                self._reader(),
                self._write_lock,
                self._attachments(),
                lambda document_ids: self.history.forget_documents(document_ids),
                self._beside_ledger(SqlitePending),
            )
        )
        self._retriever = _Once(
            lambda: Retriever(self._ledger(), self._index().serving, self._reranker)
        )
        self._answers = _Once(
            lambda: AnswerEngine(
                self.retriever,
                self._load_language_model,
                settings.answer_tokens,
                quoted=settings.answers == "quoted",
                surveying=Surveying(self._ledger(), self._index().serving, self._reranker),
                free_memory=free_memory,
                prepare=self._try_language_model,
            )
        )
        self._quality = _Once(lambda: QualityCheck(self.library, self.retriever))
        self._history_store = _Once(lambda: self._beside_ledger(SqliteHistory))
        self._history = _Once(lambda: History(self._history_store()))
        self._conversing = _Once(
            lambda: Conversing(self._history_store(), self._ledger(), self._answers)
        )
        self._own_questions = _Once(
            lambda: OwnQuestions(self._history_store(), self._ledger(), self._retriever)
        )
        self._watched_folders = _Once(lambda: self._beside_ledger(SqliteWatchedFolders))
        self._watching = _Once(
            lambda: Watching(
                self._watched_folders(), self.library, self.presence, self._renew_live_folders
            )
        )
        self._live_folders = _Once(self._open_live_folders)
        self._presence = _Once(lambda: Presence(self._ledger()))
        self._pending = _Once(lambda: self._beside_ledger(SqlitePending))
        self._forgetting = _Once(
            lambda: Forgetting(
                self._ledger(),
                self._index(),
                self.library,
                self.history,
                self.watching,
                self.pending,
                storage.database().rewrite,
                (storage.folder, settings.data_folder),
            )
        )
        self._lock = _Once(
            lambda: FileLock(private_folder(storage.folder) / "write.lock", timeout=0)
        )

    @property
    def library_folder(self) -> Path:
        return self._storage.folder

    @property
    def settings_file(self) -> Path:
        return self._settings.settings_file

    @property
    def settings_locked(self) -> frozenset[str]:
        return self._settings.locked

    @property
    def log_file(self) -> Path | None:
        return self._settings.log_file if self._settings.log else None

    @property
    def samples_folder(self) -> Path:
        return resources_folder() / "samples"

    @property
    def models_folder(self) -> Path:
        return self._settings.models_folder

    @property
    def models_in_use(self) -> Mapping[ModelRole, str]:
        return {
            ModelRole.EMBEDDER: self._settings.embedder,
            ModelRole.RERANKER: self._settings.reranker,
            ModelRole.LANGUAGE_MODEL: self._settings.language_model,
        }

    @property
    def ocr(self) -> bool:
        return self._settings.ocr

    @property
    def shelf(self) -> ModelShelf:
        return self._shelf()

    @property
    def trials(self) -> ModelTrials:
        return self._trials()

    @property
    def library(self) -> Library:
        return self._library()

    @property
    def retriever(self) -> Retriever:
        return self._retriever()

    @property
    def answers(self) -> AnswerEngine:
        return self._answers()

    @property
    def quality(self) -> QualityCheck:
        return self._quality()

    @property
    def viewer(self) -> PageViewer:
        return self._viewer()

    @property
    def history(self) -> History:
        return self._history()

    @property
    def conversing(self) -> Conversing:
        return self._conversing()

    @property
    def own_questions(self) -> OwnQuestions:
        return self._own_questions()

    @property
    def watching(self) -> Watching:
        return self._watching()

    @property
    def presence(self) -> Presence:
        return self._presence()

    @property
    def pending(self) -> PendingStore:
        return self._pending()

    @property
    def vault_id(self) -> str:
        return "" if self._storage.keeps_files else self._storage.folder.name

    @property
    def vaults(self) -> Vaults:
        return self._vaults

    @property
    def live_folders(self) -> LiveFolders:
        return self._live_folders()

    def choose_model(self, role: ModelRole, name: str) -> None:
        config.save(self.settings_file, {role.value: name})

    def forget_collection(self, name: str) -> Forgotten:
        return self._forgetting().forget_collection(name)

    def forget_all(self) -> Forgotten:
        if self.vault_id:
            raise WrongUsage(
                "A vault is not forgotten from within.",
                "Lock it and delete it: “desktop-rag vault delete”.",
            )
        data_folder = self._settings.data_folder
        return forget_all(self._forgetting, self._write_lock, self.library_folder, data_folder)

    def rest(self) -> None:
        for answers in self._answers.made():
            answers.rest()

    def close(self) -> None:
        self._cards.stop()
        for live in self._live_folders.made():
            live.close()
        for reader in (self._reader, self._page_reader, self._finder):
            for made in reader.made():
                made.stop()
        self._storage.close()

    def _attachments(self) -> Attachments:
        folder = self._storage.folder / "attachments"
        return Attachments(folder) if self._storage.keeps_files else NoAttachments(folder)

    def _make_trials(self) -> ModelTrials:
        runner = SpeedTrials(
            _samples,
            self._cores,
            self._settings.device,
            gpu_is_likely,
            self._budget.language_model_bytes,
            self._layers_on_gpu,
        )
        return ModelTrials(
            self.shelf, runner, self.models_folder, self._budget.language_model_bytes
        )

    def _layers_on_gpu(self, sha256: str) -> int:
        found = self._cards.language_models.finding(sha256)
        return 0 if found is None else found.layers

    def _open_live_folders(self) -> LiveFolders:
        from desktop_rag.adapters.folder_events import WatchdogFolderEvents

        return LiveFolders(self._watched_folders(), WatchdogFolderEvents())

    def _renew_live_folders(self) -> None:
        for live in self._live_folders.made():
            live.renew()

    def _open_ledger(self) -> SqliteLedger:
        database = self._storage.database()
        ledger = SqliteLedger(database)
        if self._storage.keeps_files:
            follow_attachments(database, self._storage.folder)
        return ledger

    def _beside_ledger(self, make: Callable[[Database], Part]) -> Part:
        """Tables beside the ledger's, once the ledger has found them fit to be used."""
        self._ledger()
        return make(self._storage.database())

    def _open_index(self) -> Index:
        return Index(self._ledger(), self._storage.tables(), self._encoders())

    def devices(self) -> Mapping[ModelRole, str]:
        return {use.role: use.words for use in self.graphics().uses}

    def graphics(self) -> Graphics:
        uses = (self._encoder_use(ModelRole.EMBEDDER), self._encoder_use(ModelRole.RERANKER))
        return self._cards.described(*uses, self._language_model_use())

    def try_gpus(self) -> Generator[GpuTrial, None, Graphics]:
        self._cards.forget()
        roles = (ModelRole.EMBEDDER, ModelRole.RERANKER)
        if any(self._plan(self.models_in_use[role], role).gpu is not None for role in roles):
            for _ in self._cards.encoders.waiting():
                yield GpuTrial()
        if self._settings.answers != "quoted":
            yield from self._try_language_model()
        for answers in self._answers.made():
            answers.let_go()
        return self.graphics()

    def _encoder_use(self, role: ModelRole) -> DeviceUse:
        name, say = self.models_in_use[role], self._device_words.get(role)
        return DeviceUse(role, name, say() if say is not None else self._plan(name, role).words)

    def _language_model_use(self) -> DeviceUse:
        role, name = ModelRole.LANGUAGE_MODEL, self._settings.language_model
        if self._settings.answers == "quoted":
            return DeviceUse(role, name, "not used: the settings want answers quoted")
        try:
            return self._cards.language_models.use(self.shelf.identity(name))
        except ModelError as error:
            return DeviceUse(role, name, error.message)

    def _load_embedder(self, name: str) -> Embedder:
        embedder, say = open_embedder(self._plan(name, ModelRole.EMBEDDER))
        self._device_words[ModelRole.EMBEDDER] = say
        return embedder

    def _load_reranker(self) -> Reranker:
        reranker, say = open_reranker(self._plan(self._settings.reranker, ModelRole.RERANKER))
        self._device_words[ModelRole.RERANKER] = say
        return reranker

    def _plan(self, name: str, role: ModelRole) -> EncoderPlan:
        return plan_encoder(
            self.shelf.folder(name, role),
            self.shelf.model(name, role),
            self._cores,
            why_cpu=lambda folder: why_cpu(folder, self._settings.device, gpu_is_likely),
            gpu=self._cards.encoders,
        )

    def _try_language_model(self) -> Generator[GpuTrial, None, None]:
        """Have it found how many of its layers a GPU takes, if that is not known."""
        models = self._cards.language_models
        if models.finding(self.shelf.identity(self._settings.language_model).sha256) is None:
            for _ in models.prepare(self._language_model_file()):
                yield GpuTrial()

    def _load_language_model(self) -> LanguageModel:
        return self._cards.language_models.open(self._language_model_file())

    def _language_model_file(self) -> LanguageModelFile:
        name = self._settings.language_model
        file = self.shelf.main_file(name, ModelRole.LANGUAGE_MODEL)
        return LanguageModelFile(
            file,
            self.shelf.identity(name),
            self._budget.cores,
            self._budget.language_model_bytes,
            self._cores,
        )

    @contextmanager
    def _write_lock(self) -> Iterator[None]:
        """Hold the library for writing; one program at a time may. Raises LibraryBusy.

        The thread that holds it may take it again: a removal between two steps of an `add`.
        """
        lock = self._lock()
        try:
            lock.acquire()
        except Timeout as error:
            raise LibraryBusy(
                f"Another Desktop RAG is writing the library in {self.library_folder}.",
                "Wait until it is done, or stop it.",
            ) from error
        try:
            yield
        finally:
            lock.release()


def _samples() -> Samples:
    return read_samples(resources_folder() / "agreement.toml")


def build(
    settings: Settings, key: VaultKey | None = None, more_trials: Sequence[Trial] = ()
) -> Assistant:
    """All services for these settings, on the open library or on the vault of the key.

    `more_trials`: ways out that the privacy check is to try besides those of the engines.
    Nothing heavy is loaded yet, but a vault is opened and checked. Raises VaultDamaged,
    VaultOlder, LibraryBusy.
    """
    witness = Witness(settings.data_folder / "vaults-seen")
    vaults = VaultFolders(settings.library_folder / "vaults", witness)
    open_storage = OpenStorage(settings.library_folder)
    storage: Storage = open_storage if key is None else SealedStorage(vaults, key)
    return _WiredAssistant(settings, storage, vaults, more_trials)


def open_assistant(
    library_folder: Path | None,
    key: VaultKey | None = None,
    more_trials: Sequence[Trial] = (),
) -> tuple[Assistant, list[str]]:
    """As `build`, as settings.toml says, with warnings for the user. Raises SettingsError."""
    settings, warnings = config.load(library_folder)
    return build(settings, key, more_trials), warnings
