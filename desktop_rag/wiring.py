"""The one place where adapters meet services."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

from filelock import FileLock, Timeout

from desktop_rag.adapters.isolated_reader import IsolatedPageReader
from desktop_rag.adapters.model_fetcher import HttpModelFetcher
from desktop_rag.adapters.sqlite_ledger import SqliteLedger
from desktop_rag.config import Settings
from desktop_rag.domain import ModelRole
from desktop_rag.errors import EmbedderMismatch, LibraryBusy, LibraryError
from desktop_rag.ports import ChunkStore, Embedder, LanguageModel, PageReader, Reranker
from desktop_rag.privacy.permissions import private_folder
from desktop_rag.services.answer_engine import AnswerEngine
from desktop_rag.services.library import Library
from desktop_rag.services.model_shelf import ModelShelf
from desktop_rag.services.quality_check import QualityCheck
from desktop_rag.services.retriever import Retriever


class Assistant:
    """All services on one library. Engines are loaded when first needed, never before."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    @cached_property
    def shelf(self) -> ModelShelf:
        return ModelShelf(resources_folder(), self.settings.models_folder, HttpModelFetcher())

    @cached_property
    def library(self) -> Library:
        return Library(
            ledger=self._ledger,
            open_store=lambda: self._store,
            load_embedder=lambda: self._embedder,
            reader=self.reader,
            lock=self._write_lock,
        )

    @cached_property
    def retriever(self) -> Retriever:
        return Retriever(self._ledger, self._store, self._embedder, self._reranker)

    @cached_property
    def answers(self) -> AnswerEngine:
        return AnswerEngine(
            self.retriever, lambda: self._language_model, self.settings.answer_tokens
        )

    @cached_property
    def quality(self) -> QualityCheck:
        return QualityCheck(self.library, self.retriever)

    @cached_property
    def reader(self) -> PageReader:
        return IsolatedPageReader(self.settings.thread_count)

    def close(self) -> None:
        """End the reader process, if there is one."""
        if "reader" in self.__dict__:
            self.reader.close()

    @cached_property
    def _ledger(self) -> SqliteLedger:
        try:
            folder = private_folder(self.settings.library_folder)
        except OSError as error:
            raise LibraryError(
                f"The library folder {self.settings.library_folder} cannot be used: "
                f"{error.strerror}.",
                "Choose a folder that you may write to.",
            ) from error
        return SqliteLedger(folder / "ledger.sqlite3")

    @cached_property
    def _store(self) -> ChunkStore:
        from desktop_rag.adapters.lancedb_store import LanceChunkStore

        wanted = self.shelf.identity(self.settings.embedder)
        stamped = self._ledger.embedder()
        if stamped not in (None, wanted):
            raise EmbedderMismatch(
                f"The library in {self.settings.library_folder} was made with the model "
                f"{stamped.name if stamped else ''}, not with {wanted.name} as it is now.",
                "Set “embedder” in the settings back to that model, or start a new library.",
            )
        folder = private_folder(self.settings.library_folder / "index.lance")
        store = LanceChunkStore(folder, lambda: self._embedder.dimension)
        if stamped is None:
            self._ledger.set_embedder(wanted)
        return store

    @cached_property
    def _embedder(self) -> Embedder:
        name = self.settings.embedder
        folder = self.shelf.folder(name, ModelRole.EMBEDDER)
        identity = self.shelf.identity(name)
        device = self._device(folder)
        if device is None:
            from desktop_rag.adapters.onnx_encoders import OnnxEmbedder

            return OnnxEmbedder(folder, identity, self.settings.thread_count)
        from desktop_rag.adapters.torch_encoders import TorchEmbedder

        return TorchEmbedder(folder, identity, device)

    @cached_property
    def _reranker(self) -> Reranker:
        name = self.settings.reranker
        folder = self.shelf.folder(name, ModelRole.RERANKER)
        identity = self.shelf.identity(name)
        device = self._device(folder)
        if device is None:
            from desktop_rag.adapters.onnx_encoders import OnnxReranker

            return OnnxReranker(folder, identity, self.settings.thread_count)
        from desktop_rag.adapters.torch_encoders import TorchReranker

        return TorchReranker(folder, identity, device)

    @cached_property
    def _language_model(self) -> LanguageModel:
        from desktop_rag.adapters.llama_cpp_model import LlamaCppModel

        name = self.settings.language_model
        file = self.shelf.main_file(name, ModelRole.LANGUAGE_MODEL)
        return LlamaCppModel(file, self.shelf.identity(name), self.settings.thread_count)

    def _device(self, folder: Path) -> str | None:
        """The torch device for the encoders in `folder`; None runs its ONNX graph on the CPU."""
        from desktop_rag.adapters.onnx_encoders import find_graph

        wanted = self.settings.device
        has_graph = find_graph(folder) is not None
        has_weights = (folder / "model.safetensors").is_file()
        if has_graph and (wanted == "cpu" or not has_weights or not gpu_is_likely()):
            return None
        from desktop_rag.adapters.torch_encoders import best_device

        device = best_device() if wanted == "auto" else wanted
        return None if device == "cpu" and has_graph else device

    @contextmanager
    def _write_lock(self) -> Iterator[None]:
        """Hold the library for writing; one program at a time may. Raises LibraryBusy."""
        lock = FileLock(private_folder(self.settings.library_folder) / "write.lock", timeout=0)
        try:
            lock.acquire()
        except Timeout as error:
            raise LibraryBusy(
                f"Another Desktop RAG is writing the library in {self.settings.library_folder}.",
                "Wait until it is done, or stop it.",
            ) from error
        try:
            yield
        finally:
            lock.release()


def build(settings: Settings) -> Assistant:
    """All services for these settings; nothing heavy is loaded yet."""
    return Assistant(settings)


def resources_folder() -> Path:
    """Where models.toml, bundled models, icons and samples lie: beside the package, or packed."""
    packed = getattr(sys, "_MEIPASS", None)
    root = Path(packed) if packed else Path(__file__).resolve().parent.parent
    return root / "resources"


def gpu_is_likely() -> bool:
    """Whether it is worth the seconds that importing torch takes to look for a GPU."""
    if sys.platform == "darwin":
        return True
    return Path("/proc/driver/nvidia/version").exists() or sys.platform == "win32"
