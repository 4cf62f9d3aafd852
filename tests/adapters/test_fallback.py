"""A GPU that fails, with fakes: the CPU takes over for that call and for all that follow."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
import pytest
import torch

from desktop_rag import wiring
from desktop_rag.adapters import encoders, graphics, torch_encoders
from desktop_rag.adapters.apart import Reply
from desktop_rag.adapters.encoder_gpu import EncoderFinding
from desktop_rag.adapters.encoders import EncoderPlan, choose_device
from desktop_rag.adapters.fallback import Devices, FallbackEmbedder, FallbackReranker
from desktop_rag.adapters.onnx_encoders import OnnxEmbedder, OnnxReranker
from desktop_rag.domain import ModelIdentity, ModelRole
from desktop_rag.errors import ModelError
from desktop_rag.ports import Reranker
from desktop_rag.services import diagnosis
from desktop_rag.services.assistant import Assistant
from tests import failing_gpus
from tests.conftest import ROOT
from tests.fakes import EncoderOutOfMemory
from tests.support import finish, make_pdf

MODELS = ROOT / "resources" / "models"
IDENTITY = ModelIdentity("m", "0" * 64)
QUESTION = "How much notice must the tenant give?"
TEXTS = ["The Tenant gives sixty days' notice.", "The Landlord keeps the roof in repair."]
FAILURES = [
    torch.cuda.OutOfMemoryError("CUDA out of memory. Tried to allocate 2 GiB.\nand more"),
    NotImplementedError("The operator is not implemented for the MPS device."),
    RuntimeError("CUDA error: no kernel image is available for execution on the device"),
]


def on(device: str) -> Callable[[], EncoderFinding]:
    return lambda: EncoderFinding(device, device)


def on_cpu() -> OnnxReranker:
    return OnnxReranker(MODELS / "minilm-l6-reranker", IDENTITY, 2)


def never() -> NoReturn:
    raise AssertionError("The other encoder was not to be made.")


@pytest.mark.parametrize("failure", FAILURES, ids=lambda one: type(one).__name__)
def test_a_gpu_that_fails_in_a_call_hands_over_for_good(failure: Exception) -> None:
    gpu = EncoderOutOfMemory(2, failure)
    devices: Devices[Reranker] = Devices(on("cuda"), lambda: gpu, on_cpu)
    reranker = FallbackReranker(IDENTITY, devices)
    assert list(reranker.score(QUESTION, TEXTS)) == [7, 7]
    assert devices.words == "cuda"
    expected = on_cpu().score(QUESTION, TEXTS)
    assert np.allclose(reranker.score(QUESTION, TEXTS), expected)
    assert np.allclose(reranker.score(QUESTION, TEXTS), expected)
    assert gpu.calls == 2
    assert devices.words == f"cpu: the GPU failed: {str(failure).splitlines()[0]}"


def test_a_gpu_that_fails_while_loading_is_not_tried_again() -> None:
    tries = []

    def loading() -> NoReturn:
        tries.append(1)
        raise ModelError("The model m does not load: no CUDA GPUs are available.")

    reranker = FallbackReranker(IDENTITY, Devices(on("cuda"), loading, on_cpu))
    assert reranker.score(QUESTION, TEXTS).shape == (2,)
    assert reranker.score(QUESTION, TEXTS)[0] > reranker.score(QUESTION, TEXTS)[1]
    assert len(tries) == 1


def test_the_cpu_is_not_made_while_the_gpu_works() -> None:
    gpu = EncoderOutOfMemory(99, FAILURES[0])
    assert list(
        FallbackReranker(IDENTITY, Devices(on("mps"), lambda: gpu, never)).score("?", ["a"])
    )


def test_a_failure_of_the_cpu_is_told() -> None:
    def broken() -> NoReturn:
        raise ModelError("The graph is damaged.")

    gpu = EncoderOutOfMemory(1, FAILURES[0])
    with pytest.raises(ModelError, match="damaged"):
        FallbackReranker(IDENTITY, Devices(on("cuda"), lambda: gpu, broken)).score("?", ["a"])


def test_numbers_that_overflow_in_half_precision_count_as_a_failure(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    gpu = EncoderOutOfMemory(99, FAILURES[0])
    monkeypatch.setattr(gpu, "score", lambda *_: np.array([np.nan, 1], np.float32))
    scores = FallbackReranker(IDENTITY, Devices(on("cuda"), lambda: gpu, on_cpu)).score(
        QUESTION, TEXTS
    )
    assert np.isfinite(scores).all()


def test_embedding_that_is_under_way_goes_on_on_the_cpu() -> None:
    """The first 256 texts have the vectors of the GPU, those after it failed those of the CPU."""
    cpu = OnnxEmbedder(MODELS / "all-MiniLM-L6-v2", IDENTITY, 2)
    gpu = EncoderOutOfMemory(2, FAILURES[0])
    embedder = FallbackEmbedder(IDENTITY, Devices(on("cuda"), lambda: gpu, lambda: cpu))
    vectors = embedder.begin(TEXTS * 150).vectors()
    assert (vectors[:256, 0] == 1).all()
    assert np.allclose(vectors[256:], np.tile(cpu.embed(TEXTS), (22, 1)), atol=1e-4)
    assert np.allclose(embedder.embed_question(QUESTION), cpu.embed_question(QUESTION), atol=1e-4)
    assert embedder.count_tokens(["The lease ends."]) == [4]


@pytest.mark.parametrize(
    ("wanted", "weights", "likely", "found", "expected"),
    [
        ("cpu", True, True, "cuda", ("cpu", "cpu: the settings say so")),
        ("auto", False, True, "cuda", ("cpu", "cpu: the model's weights are not here")),
        ("auto", True, False, "cuda", ("cpu", "cpu: no GPU was found")),
        ("auto", True, True, "cpu", ("cpu", "cpu: no GPU was found")),
        ("auto", True, True, "cuda", ("cuda", "cuda")),
        ("mps", True, True, "cpu", ("mps", "mps")),
    ],
)
def test_the_device_is_chosen_and_said(
    wanted: str,
    weights: bool,
    likely: bool,
    found: str,
    expected: tuple[str, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("desktop_rag.adapters.torch_encoders.best_device", lambda: found)
    if weights:
        (tmp_path / "model.safetensors").touch()
    device, words = choose_device(tmp_path, wanted, lambda: likely)
    assert device == expected[0]
    assert words.startswith(expected[1])


def test_on_a_gpu_the_fifty_passages_are_one_batch_in_half_precision(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """No GPU is here: the engine is looked at from outside, on the CPU that stands in for it."""
    asked: dict[str, Any] = {}

    class Watched(torch_encoders.CrossEncoder):
        def __init__(self, *arguments: Any, **options: Any) -> None:
            asked.update(options)
            super().__init__(*arguments, **{**options, "device": "cpu", "model_kwargs": {}})

        def predict(self, pairs: Any, **options: Any) -> Any:
            asked.update(options, pairs=len(pairs))
            return super().predict(pairs, **options)

    monkeypatch.setattr(torch_encoders, "CrossEncoder", Watched)
    reranker = torch_encoders.TorchReranker(MODELS / "minilm-l6-reranker", IDENTITY, "cuda")
    assert reranker.score(QUESTION, TEXTS * 25).shape == (50,)
    assert asked["pairs"] == 50
    assert asked["batch_size"] >= 50
    assert asked["device"] == "cuda"
    assert asked["model_kwargs"] == {"dtype": torch.float16}


def test_while_the_gpu_is_tried_the_cpu_serves_and_then_the_gpu_takes_over() -> None:
    found: list[EncoderFinding] = []
    gpu = EncoderOutOfMemory(99, FAILURES[0])
    devices: Devices[Reranker] = Devices(lambda: found[0] if found else None, lambda: gpu, on_cpu)
    reranker = FallbackReranker(IDENTITY, devices)
    expected = on_cpu().score(QUESTION, TEXTS)
    assert np.allclose(reranker.score(QUESTION, TEXTS), expected)
    assert gpu.calls == 0
    assert devices.words == "cpu: until the GPU has been tried"
    found.append(EncoderFinding("cuda", "cuda: Fake"))
    assert list(reranker.score(QUESTION, TEXTS)) == [7, 7]
    assert devices.words == "cuda: Fake"


def test_a_gpu_that_ended_its_trial_is_never_used() -> None:
    words = "cpu: the graphics driver ended the trial"
    devices: Devices[Reranker] = Devices(lambda: EncoderFinding("cpu", words), never, on_cpu)
    assert FallbackReranker(IDENTITY, devices).score(QUESTION, TEXTS).shape == (2,)
    assert devices.words == words


@pytest.mark.parametrize(
    ("work", "said"),
    [
        (
            failing_gpus.has_a_gpu,
            "cpu: the GPU failed: CUDA out of memory. Tried to allocate 2 GiB.",
        ),
        (failing_gpus.segfaults, "cpu: the graphics driver ended the trial"),
        (failing_gpus.raises, "cpu: the GPU failed in its trial: CUDA error: unknown error"),
        (failing_gpus.has_no_gpu, "cpu: no GPU was found"),
    ],
    ids=lambda one: getattr(one, "__name__", ""),
)
def test_whatever_a_gpu_does_the_search_goes_on_and_doctor_says_why(
    work: Callable[..., Reply],
    said: str,
    assistant: Assistant,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    """A machine whose GPU looks usable: a child process dies by it, or its encoders fail later."""

    def gpu(_plan: EncoderPlan, device: str) -> EncoderOutOfMemory:
        assert device == "cuda"
        return EncoderOutOfMemory(0, FAILURES[0])

    monkeypatch.setattr(wiring, "gpu_is_likely", lambda: True)
    monkeypatch.setattr(graphics, "try_torch", work)
    monkeypatch.setattr(encoders, "_torch_embedder", gpu)
    monkeypatch.setattr(encoders, "_torch_reranker", gpu)
    before = assistant.devices()
    assert before[ModelRole.EMBEDDER] == "not tried yet: the first search tries the GPU"
    finish(assistant.try_gpus())
    finish(assistant.library.add([make_pdf(tmp_path / "a.pdf", TEXTS)], collection="C"))
    assert assistant.retriever.retrieve(QUESTION).passages[0].chunk.pages == (1,)
    devices = assistant.devices()
    assert (devices[ModelRole.EMBEDDER], devices[ModelRole.RERANKER]) == (said, said)
    found: Any = diagnosis.diagnose(assistant)["devices"]
    assert {found["embedder"], found["reranker"]} == {said}
