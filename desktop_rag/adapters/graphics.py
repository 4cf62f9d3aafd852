"""The GPUs of this machine: what was tried of them in this process, and what came of it."""

from collections.abc import Callable, Generator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from desktop_rag.adapters.apart import Outcome, done_apart
from desktop_rag.adapters.encoder_gpu import NO_GPU, EncoderGpu
from desktop_rag.adapters.gpu_notes import GpuNotes, key_of
from desktop_rag.adapters.language_model_gpu import LanguageModelFile, LanguageModelGpu
from desktop_rag.adapters.llama_cpp_builds import KINDS, can_use, gpu_parts
from desktop_rag.adapters.llama_cpp_trial import try_llama_cpp
from desktop_rag.adapters.torch_trial import try_torch
from desktop_rag.domain import DeviceUse, Graphics

_TORCH_S = 120.0  # importing torch from a slow disk takes half a minute
_LEAST_S, _BYTES_A_SECOND = 60.0, 50_000_000  # what a slow disk reads


class GraphicsCards:
    """Nothing is tried, nor a driver woken, before it is asked for.

    `device` is as in the settings; `hints` tells what traces of GPUs there are, `drivers` what
    changes when drivers do; `notes_file` keeps what failed.
    """

    def __init__(
        self,
        device: str,
        hints: Callable[[], frozenset[str]],
        drivers: Callable[[], str],
        notes_file: Path,
    ) -> None:
        self._device = device
        self._hints = hints
        self._drivers = drivers
        self._notes = GpuNotes(notes_file)
        self.encoders = EncoderGpu(
            lambda: done_apart(try_torch, device, limit_s=_TORCH_S),
            self._notes,
            lambda: key_of("encoders", _version("torch"), device, drivers()),
        )
        self.language_models = LanguageModelGpu(
            self._why_no_layers, _try_language_model, self._notes, self._library_and_drivers
        )

    def described(self, *uses: DeviceUse) -> Graphics:
        """What is known, and what runs where."""
        offload = tuple(KINDS[part.kind][0] for part in gpu_parts())
        found = self.encoders.found
        torchs = (found.gpu,) if found is not None and found.gpu is not None else ()
        return Graphics(offload, (*torchs, *self.language_models.gpus), uses)

    def forget(self) -> None:
        """The user wants everything tried again, what failed at earlier starts too."""
        self._notes.forget()
        self.encoders.forget()
        self.language_models.forget()

    def stop(self) -> None:
        """End what is being tried."""
        self.encoders.stop()

    def _why_no_layers(self) -> str:
        if self._device == "cpu":
            return "cpu: the settings say so"
        if not gpu_parts():
            return "cpu: this build of llama.cpp computes on the processor alone"
        return "" if can_use(self._hints()) else NO_GPU

    def _library_and_drivers(self) -> str:
        parts = ", ".join(part.kind for part in gpu_parts())
        return f"{_version('llama-cpp-python')} {parts}\n{self._drivers()}"


def _try_language_model(model: LanguageModelFile) -> Generator[None, None, Outcome]:
    limit_s = _LEAST_S + model.file.stat().st_size / _BYTES_A_SECOND
    return done_apart(
        try_llama_cpp,
        *(model.file, model.identity.name, model.threads, model.free_memory()),
        limit_s=limit_s,
    )


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "none"
