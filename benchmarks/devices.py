"""The encoders on the GPU beside those on the processor, in turns, in one process.

    python benchmarks/devices.py [--rounds N] [--stand-in]

Work and judgement are `resources/agreement.toml`: its passages are embedded, and each question is
reranked with all of them. Printed are medians of N rounds, how many times as fast the GPU is, and
how far both agree: Spearman's correlation of the order within each question, the cosine of the
vectors. The GPU runs the weights in half precision, the processor the int8 graphs: so they run in
the program. Whether a GPU is used is found as the program finds it, in a process apart; without
one this says so and ends with exit code 0. `--stand-in` lets torch on the processor, in fp32, stand
in for the GPU, to try the benchmark itself.
"""

from desktop_rag.privacy import guard

guard.activate()

import argparse  # noqa: E402 - the guard goes first
import statistics  # noqa: E402
import time  # noqa: E402
from collections.abc import Callable  # noqa: E402
from pathlib import Path  # noqa: E402

import numpy as np  # noqa: E402
from numpy.typing import NDArray  # noqa: E402
from steps import finish  # noqa: E402

from desktop_rag.adapters.apart import Ending, done_apart  # noqa: E402
from desktop_rag.adapters.encoder_gpu import reason_of  # noqa: E402
from desktop_rag.adapters.encoder_import import Samples, read_samples  # noqa: E402
from desktop_rag.adapters.onnx_encoders import OnnxEmbedder, OnnxReranker  # noqa: E402
from desktop_rag.adapters.torch_trial import try_torch  # noqa: E402
from desktop_rag.domain import ModelIdentity  # noqa: E402
from desktop_rag.ports import Reranker  # noqa: E402
from desktop_rag.services.machine import physical_cores  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent
MODELS = ROOT / "resources" / "models"
IDENTITY = ModelIdentity("measured", "")
Outputs = NDArray[np.float32]
Way = Callable[[], Outputs]


def found_device() -> tuple[str, str]:
    """Torch's name of the GPU, "" for none, and what there is to say of it."""
    outcome = finish(done_apart(try_torch, "auto", limit_s=120.0))
    if outcome.ending is not Ending.DONE:
        return "", reason_of(outcome)
    device = str(outcome.untrusted_reply["device"])
    if device == "cpu":
        return "", "torch finds no GPU"
    return device, f"{outcome.untrusted_reply['kind']}: {outcome.untrusted_reply['name']}"


def in_turns(ways: dict[str, Way], rounds: int) -> tuple[dict[str, float], dict[str, Outputs]]:
    """Median seconds and the outputs of each way, after one round that does not count."""
    outputs = {name: way() for name, way in ways.items()}
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            started = time.perf_counter()
            way()
            seconds[name].append(time.perf_counter() - started)
    return {name: statistics.median(times) for name, times in seconds.items()}, outputs


def ranks_agree(one: Outputs, other: Outputs) -> float:
    """Spearman's correlation within each question, the mean of all."""
    pairs = zip(one, other, strict=True)
    ranks = [[np.argsort(np.argsort(values)) for values in pair] for pair in pairs]
    return float(np.mean([np.corrcoef(*pair)[0, 1] for pair in ranks]))


def cosines(one: Outputs, other: Outputs) -> float:
    """Of vectors of unit length: their mean cosine."""
    return float((one * other).sum(axis=1).mean())


def reranked(reranker: Reranker, samples: Samples) -> Outputs:
    """The scores of each question, one row a question."""
    return np.array([reranker.score(one, samples.passages) for one in samples.questions])


def compare(device: str, samples: Samples, rounds: int) -> None:
    """Print both encoders on both devices."""
    from desktop_rag.adapters.torch_encoders import TorchEmbedder, TorchReranker

    cores, bi, cross = physical_cores(), MODELS / "all-MiniLM-L6-v2", MODELS / "minilm-l6-reranker"
    embedders = OnnxEmbedder(bi, IDENTITY, cores), TorchEmbedder(bi, IDENTITY, device)
    rerankers = OnnxReranker(cross, IDENTITY, cores), TorchReranker(cross, IDENTITY, device)
    works: dict[str, tuple[Way, Way, Callable[[Outputs, Outputs], float], str]] = {
        "embedding": (
            lambda: embedders[0].embed(samples.passages),
            lambda: embedders[1].embed(samples.passages),
            cosines,
            "mean cosine",
        ),
        "reranking": (
            lambda: reranked(rerankers[0], samples),
            lambda: reranked(rerankers[1], samples),
            ranks_agree,
            "Spearman",
        ),
    }
    for name, (on_cpu, on_gpu, agree, measure) in works.items():
        seconds, outputs = in_turns({"processor": on_cpu, device: on_gpu}, rounds)
        slow, fast = seconds["processor"], seconds[device]
        print(
            f"{name}: processor {1000 * slow:.0f} ms, {device} {1000 * fast:.0f} ms, "
            f"{slow / fast:.2f} times as fast; "
            f"{measure} {agree(outputs['processor'], outputs[device]):.3f}"
        )


def main() -> None:
    """Find the GPU, and compare."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=7)
    options.add_argument("--stand-in", action="store_true")
    chosen = options.parse_args()
    device, words = ("cpu", "a stand-in") if chosen.stand_in else found_device()
    if not device:
        print(f"No GPU to measure: {words}.")
        return
    print(words)
    samples = read_samples(ROOT / "resources" / "agreement.toml")
    print(f"{len(samples.questions)} questions, {len(samples.passages)} passages")
    compare(device, samples, chosen.rounds)


if __name__ == "__main__":
    main()
