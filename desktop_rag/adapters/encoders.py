"""Which adapter runs an encoder: its graph on a CPU, its weights on a GPU or where no graph is."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from desktop_rag.adapters.cores import Cores
from desktop_rag.adapters.editions import require_torch, torch_is_here
from desktop_rag.adapters.fallback import Devices, FallbackEmbedder, FallbackReranker
from desktop_rag.domain import ModelIdentity, Prefixes, ScoreScale
from desktop_rag.ports import Embedder, Reranker

_NO_GPU = "cpu: no GPU was found"


@dataclass(frozen=True, slots=True)
class EncoderPlan:
    """An encoder, and where it is to run.

    Attributes:
        folder: holds its graph, its weights, or both.
        scale: of the graph, for a cross-encoder.
        threads: for a CPU.
        cores: that it shares with the other models.
        device: "cpu" or torch's name of a GPU: "cuda", "mps".
        words: the device, and why it is the CPU if it is.
        prefixes: as in `Model`.
    """

    folder: Path
    identity: ModelIdentity
    scale: ScoreScale
    threads: int
    device: str
    words: str
    cores: Cores | None = None
    prefixes: Prefixes | None = None


def choose_device(folder: Path, wanted: str, gpu_is_likely: Callable[[], bool]) -> tuple[str, str]:
    """The device for the encoder in `folder`, and the words for it, as in `EncoderPlan`.

    `wanted` is "auto", "cpu", "cuda" or "mps". Torch is imported only if a GPU is likely.
    """
    if wanted == "cpu":
        return "cpu", "cpu: the settings say so"
    if not torch_is_here():
        return "cpu", "cpu: this edition of the program computes on the processor alone"
    if not any(folder.glob("model*.safetensors")):
        return "cpu", "cpu: the model's weights are not here, only its graph for a CPU"
    if not gpu_is_likely():
        return "cpu", _NO_GPU
    from desktop_rag.adapters.torch_encoders import best_device

    device = best_device() if wanted == "auto" else wanted
    return device, _NO_GPU if device == "cpu" else device


def open_embedder(plan: EncoderPlan) -> tuple[Embedder, Callable[[], str]]:
    """The bi-encoder, and what says which device it is on by now."""
    if plan.device == "cpu":
        return _embedder_on_cpu(plan), lambda: plan.words
    devices: Devices[Embedder] = Devices(
        plan.device, lambda: _torch_embedder(plan), lambda: _embedder_on_cpu(plan)
    )
    return FallbackEmbedder(plan.identity, devices), lambda: devices.words


def open_reranker(plan: EncoderPlan) -> tuple[Reranker, Callable[[], str]]:
    """The cross-encoder, and what says which device it is on by now."""
    if plan.device == "cpu":
        return _reranker_on_cpu(plan), lambda: plan.words
    devices: Devices[Reranker] = Devices(
        plan.device, lambda: _torch_reranker(plan), lambda: _reranker_on_cpu(plan)
    )
    return FallbackReranker(plan.identity, devices), lambda: devices.words


def _embedder_on_cpu(plan: EncoderPlan) -> Embedder:
    if not any(plan.folder.glob("onnx/*.onnx")):
        return _torch_embedder(plan, "cpu")
    from desktop_rag.adapters.onnx_encoders import OnnxEmbedder

    return OnnxEmbedder(
        plan.folder, plan.identity, plan.threads, cores=plan.cores, prefixes=plan.prefixes
    )


def _reranker_on_cpu(plan: EncoderPlan) -> Reranker:
    if not any(plan.folder.glob("onnx/*.onnx")):
        return _torch_reranker(plan, "cpu")
    from desktop_rag.adapters.onnx_encoders import OnnxReranker

    return OnnxReranker(plan.folder, plan.identity, plan.threads, plan.scale, cores=plan.cores)


def _torch_embedder(plan: EncoderPlan, device: str = "") -> Embedder:
    require_torch(plan.identity.name)
    from desktop_rag.adapters.torch_encoders import TorchEmbedder

    return TorchEmbedder(plan.folder, plan.identity, device or plan.device, plan.prefixes)


def _torch_reranker(plan: EncoderPlan, device: str = "") -> Reranker:
    require_torch(plan.identity.name)
    from desktop_rag.adapters.torch_encoders import TorchReranker

    return TorchReranker(plan.folder, plan.identity, device or plan.device)
