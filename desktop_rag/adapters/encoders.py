"""Which adapter runs an encoder: its graph on a CPU, its weights on a GPU or where no graph is."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from desktop_rag.adapters.cores import Cores
from desktop_rag.adapters.editions import require_torch, torch_is_here
from desktop_rag.adapters.encoder_gpu import NO_GPU, NOT_TRIED, EncoderFinding, EncoderGpu
from desktop_rag.adapters.fallback import Devices, FallbackEmbedder, FallbackReranker
from desktop_rag.domain import Model, ModelIdentity, Prefixes, ScoreScale
from desktop_rag.ports import Embedder, Reranker


@dataclass(frozen=True, slots=True)
class EncoderPlan:
    """An encoder, and where it is to run.

    Attributes:
        folder: holds its graph, its weights, or both.
        scale: of the graph, for a cross-encoder.
        threads: for a CPU.
        cores: that it shares with the other models.
        device: "cpu", torch's name of a GPU ("cuda", "mps"), or "auto" for what `gpu` finds.
        words: the device, and why it is the CPU if it is.
        gpu: how it is found whether a GPU may be used; None: it need not be tried any more.
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
    gpu: EncoderGpu | None = None

    def finding(self) -> EncoderFinding | None:
        """What is known of the GPU by now."""
        if self.gpu is None:
            return EncoderFinding(self.device, self.words)
        return self.gpu.found


def why_cpu(folder: Path, wanted: str, gpu_is_likely: Callable[[], bool]) -> str:
    """Why the encoder in `folder` runs on the CPU, in words; "" if a GPU may be tried.

    `wanted` is "auto", "cpu", "cuda" or "mps". Nothing is imported for it.
    """
    if wanted == "cpu":
        return "cpu: the settings say so"
    if not torch_is_here():
        return "cpu: this edition of the program computes on the processor alone"
    if not any(folder.glob("model*.safetensors")):
        return "cpu: the model's weights are not here, only its graph for a CPU"
    return "" if gpu_is_likely() else NO_GPU


def plan_encoder(
    folder: Path,
    model: Model,
    cores: Cores,
    *,
    why_cpu: Callable[[Path], str],
    gpu: EncoderGpu,
) -> EncoderPlan:
    """A plan that tries the GPU, in a process apart, unless there is a reason for the CPU."""
    words = why_cpu(folder)
    found = gpu.found
    untried = f"{NOT_TRIED}: the first search tries the GPU"
    return EncoderPlan(
        folder=folder,
        identity=ModelIdentity(model.name, model.main_file.sha256),
        scale=model.scale,
        threads=cores.count,
        device="cpu" if words else "auto",
        words=words or (untried if found is None else found.words),
        cores=cores,
        prefixes=model.prefixes,
        gpu=None if words else gpu,
    )


def choose_device(folder: Path, wanted: str, gpu_is_likely: Callable[[], bool]) -> tuple[str, str]:
    """The device for the encoder in `folder`, and the words for it, as in `EncoderPlan`.

    Torch is imported, in this process, if a GPU is likely: only for a process that may end by it.
    """
    words = why_cpu(folder, wanted, gpu_is_likely)
    if words:
        return "cpu", words
    from desktop_rag.adapters.torch_encoders import best_device

    device = best_device() if wanted == "auto" else wanted
    return device, NO_GPU if device == "cpu" else device


def open_embedder(plan: EncoderPlan) -> tuple[Embedder, Callable[[], str]]:
    """The bi-encoder, and what says which device it is on by now."""
    if plan.device == "cpu":
        return _embedder_on_cpu(plan), lambda: plan.words
    _begin_trial(plan)
    devices: Devices[Embedder] = Devices(
        plan.finding, lambda: _torch_embedder(plan, _found(plan)), lambda: _embedder_on_cpu(plan)
    )
    return FallbackEmbedder(plan.identity, devices), lambda: devices.words


def open_reranker(plan: EncoderPlan) -> tuple[Reranker, Callable[[], str]]:
    """The cross-encoder, and what says which device it is on by now."""
    if plan.device == "cpu":
        return _reranker_on_cpu(plan), lambda: plan.words
    _begin_trial(plan)
    devices: Devices[Reranker] = Devices(
        plan.finding, lambda: _torch_reranker(plan, _found(plan)), lambda: _reranker_on_cpu(plan)
    )
    return FallbackReranker(plan.identity, devices), lambda: devices.words


def _begin_trial(plan: EncoderPlan) -> None:
    if plan.gpu is not None:
        plan.gpu.begin()


def _found(plan: EncoderPlan) -> str:
    """Torch's name of the GPU that was found."""
    found = plan.finding()
    return "cpu" if found is None else found.device


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


def _torch_embedder(plan: EncoderPlan, device: str) -> Embedder:
    require_torch(plan.identity.name)
    from desktop_rag.adapters.torch_encoders import TorchEmbedder

    return TorchEmbedder(plan.folder, plan.identity, device, plan.prefixes, plan.cores)


def _torch_reranker(plan: EncoderPlan, device: str) -> Reranker:
    require_torch(plan.identity.name)
    from desktop_rag.adapters.torch_encoders import TorchReranker

    return TorchReranker(plan.folder, plan.identity, device, plan.cores)
