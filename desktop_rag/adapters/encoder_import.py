"""Prepares an imported encoder: its int8 graph, tried against its own weights in full precision."""

import tomllib
from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from desktop_rag.adapters.cores import Cores
from desktop_rag.adapters.editions import torch_is_here
from desktop_rag.adapters.encoder_code import require_own_weights, require_plain_code
from desktop_rag.adapters.encoder_graph import write_graph
from desktop_rag.adapters.encoder_settings import (
    embedder_settings,
    names_prefixes,
    require_one_score,
)
from desktop_rag.adapters.gguf_header import check_header
from desktop_rag.adapters.rank_correlation import spearman
from desktop_rag.domain import (
    Agreement,
    EncoderGraph,
    ImportProgress,
    ImportStep,
    ModelIdentity,
    ModelRole,
    PreparedEncoder,
    ScoreScale,
)
from desktop_rag.errors import ModelError
from desktop_rag.ports import Embedder, Reranker

# Below these a graph is not used: docs/decisions/012.
LEAST_RANK_CORRELATION = 0.9
LEAST_COSINE = 0.95
_WEIGHTS = "model*.safetensors"  # large ones lie in several files
_GRAPH = Path("onnx") / "model_qint8.onnx"
_PLAIN = Path("onnx") / "model.onnx"
_MADE = Path("int8.onnx")  # until it is known to be good
_NO_TORCH = (
    "This edition of the program cannot run weights by themselves: bring a folder that has "
    f"{_PLAIN.as_posix()} beside them, or use the edition with GPU."
)

Outputs = NDArray[np.float32]  # cross-encoder: (questions, passages); bi-encoder: (texts, width)
Steps = Generator[ImportProgress, None, Outputs]


@dataclass(frozen=True, slots=True)
class Samples:
    """Questions and passages that encoders are compared on."""

    questions: tuple[str, ...]
    passages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Tried:
    """A graph that ran, and what came out of it."""

    kind: EncoderGraph
    file: Path
    outputs: Outputs
    agreement: Agreement | None


def read_samples(file: Path) -> Samples:
    """The questions and passages of `resources/agreement.toml`."""
    lists = tomllib.loads(file.read_text(encoding="utf-8"))
    return Samples(tuple(lists["questions"]), tuple(lists["passages"]))


class EncoderImport:
    """A `ports.EncoderPreparer`. Loads torch when it prepares, which takes seconds and 400 MB."""

    def __init__(
        self, samples: Callable[[], Samples], threads: int, cores: Cores | None = None
    ) -> None:
        self._samples = samples
        self._cores = cores or Cores(threads)

    def check(self, place: Path, role: ModelRole) -> None:
        if role is ModelRole.LANGUAGE_MODEL:
            check_header(place, place.stem)
            return
        require_plain_code(place)
        if role is ModelRole.RERANKER:
            require_one_score(place)
        else:
            embedder_settings(place)

    def try_out(self, file: Path, name: str) -> Generator[ImportProgress, None, None]:
        from desktop_rag.adapters.model_trial import try_out

        yield from try_out(file, name, self._cores)

    def prepare(
        self, folder: Path, role: ModelRole, ready: str = ""
    ) -> Generator[ImportProgress, None, PreparedEncoder]:
        preparing = _Preparing(folder, role, self._samples(), self._cores)
        if ready == _GRAPH.as_posix() and (folder / _GRAPH).is_file():
            yield ImportProgress(ImportStep.COMPARING, 0, 0)
            exact = yield from preparing.run_weights_that_are_here()
            tried = yield from preparing.ready_graph(exact)
            if tried is not None:
                return preparing.finish(tried, exact)
        yield ImportProgress(ImportStep.PREPARING, 0, 0)
        preparing.write()
        yield ImportProgress(ImportStep.COMPARING, 0, 0)
        exact = yield from preparing.run_reference()
        tried = yield from preparing.first_that_agrees(exact)
        return preparing.finish(tried, exact)


class _Preparing:
    """One folder on its way; what there is to say of it is gathered in `remarks`."""

    def __init__(self, folder: Path, role: ModelRole, samples: Samples, cores: Cores) -> None:
        self._folder = folder
        self._role = role
        self._samples = samples
        self._cores = cores
        self._weights = sorted(folder.glob(_WEIGHTS))
        self._remarks: list[str] = []

    def write(self) -> None:
        """The tokenizer, if it is of an older form, and the graph, if one can be written."""
        try:
            if not (self._folder / "tokenizer.json").is_file() and torch_is_here():
                from desktop_rag.adapters.torch_encoders import write_tokenizer

                write_tokenizer(self._folder)
            if [file.name for file in self._weights] != ["model.safetensors"]:
                raise ModelError("No int8 graph can be written without one model.safetensors.")
            write_graph(self._folder, self._folder / _MADE)
        except ModelError as error:
            self._remarks.append(str(error))

    def run_reference(self) -> Generator[ImportProgress, None, Outputs | None]:
        """What the model gives when nothing was made smaller, or None if that cannot be run.

        The weights through torch; in the edition without torch the folder's own plain graph.
        """
        if torch_is_here():
            return (yield from self._run_weights())
        if (self._folder / _PLAIN).is_file():
            return (yield from self._run_graph(self._folder / _PLAIN))
        self._remarks.append(_NO_TORCH)
        return None

    def _run_weights(self) -> Generator[ImportProgress, None, Outputs | None]:
        from desktop_rag.adapters.torch_encoders import TorchEmbedder, TorchReranker

        identity = ModelIdentity(self._folder.name, "")
        try:
            if self._role is ModelRole.RERANKER:
                return (yield from self._scores(TorchReranker(self._folder, identity, "cpu")))
            return (yield from self._vectors(TorchEmbedder(self._folder, identity, "cpu")))
        except Exception as error:  # torch raises many when a folder is not what it seems
            if self._weights:
                self._remarks.append(_first_line(error))
            return None

    def run_weights_that_are_here(self) -> Generator[ImportProgress, None, Outputs | None]:
        """What the weights give; None where there are none, or nothing that runs them."""
        if self._weights and torch_is_here():
            return (yield from self._run_weights())
        return None

    def ready_graph(self, exact: Outputs | None) -> Generator[ImportProgress, None, _Tried | None]:
        """The int8 graph that came with it, if it runs and says what the weights say."""
        outputs = yield from self._run_graph(self._folder / _GRAPH)
        return self._judged(EncoderGraph.INT8, self._folder / _GRAPH, outputs, exact)

    def first_that_agrees(
        self, exact: Outputs | None
    ) -> Generator[ImportProgress, None, _Tried | None]:
        """The int8 graph, else the folder's own, if it says what the weights say."""
        from desktop_rag.adapters.onnx_encoders import find_graph

        given = find_graph(self._folder)
        for kind, file in (
            (EncoderGraph.INT8, self._folder / _MADE),
            (EncoderGraph.AS_GIVEN, given),
        ):
            if file is None or not file.is_file() or (exact is None and kind is EncoderGraph.INT8):
                continue
            outputs = yield from self._run_graph(file)
            tried = self._judged(kind, file, outputs, exact)
            if tried is not None:
                return tried
        return None

    def _judged(
        self, kind: EncoderGraph, file: Path, outputs: Outputs | None, exact: Outputs | None
    ) -> _Tried | None:
        """A graph that ran and agrees, where there is something to agree with; else a remark."""
        if outputs is None or (exact is not None and outputs.shape != exact.shape):
            return None
        agreement = None if exact is None else self._agreement(outputs, exact)
        if agreement is None or self._agrees(agreement):
            return _Tried(kind, file, outputs, agreement)
        self._remarks.append(_disagrees(kind, agreement))
        return None

    def finish(self, tried: _Tried | None, exact: Outputs | None) -> PreparedEncoder:
        """Leave the graph that was chosen, and no other. Raises ModelError if nothing runs."""
        if tried is None and exact is None:
            raise ModelError("Nothing in this folder can be run.", " ".join(self._remarks))
        kept = self._folder / _GRAPH if tried and tried.kind is EncoderGraph.INT8 else None
        if kept is not None and tried is not None:
            kept.parent.mkdir(exist_ok=True)
            tried.file.replace(kept)
        elif tried is not None:
            kept = tried.file
        for graph in self._folder.rglob("*.onnx"):
            if graph != kept:
                graph.unlink()
        return PreparedEncoder(
            graph=tried.kind if tried else EncoderGraph.NONE,
            file=(kept or self._weights[0]).relative_to(self._folder).as_posix(),
            scale=self._scale(tried, exact),
            agreement=tried.agreement if tried else None,
            remarks=tuple(self._remarks),
            names_prefixes=self._role is ModelRole.EMBEDDER and names_prefixes(self._folder),
        )

    def _run_graph(self, graph: Path) -> Generator[ImportProgress, None, Outputs | None]:
        """What a graph gives, or None, and a remark, if it does not run with this program."""
        from desktop_rag.adapters.onnx_encoders import OnnxEmbedder, OnnxReranker

        identity, threads = ModelIdentity(self._folder.name, ""), self._cores.count
        try:
            require_own_weights(graph)
            if self._role is ModelRole.RERANKER:
                reranker = OnnxReranker(self._folder, identity, threads, graph=graph)
                return (yield from self._scores(reranker))
            if not embedder_settings(self._folder).is_plain:
                raise ModelError("More follows its transformer than pooling: no graph holds it.")
            embedder = OnnxEmbedder(self._folder, identity, threads, graph=graph)
            return (yield from self._vectors(embedder))
        except Exception as error:  # ONNX Runtime raises many, and none of ours
            self._remarks.append(_first_line(error))
            return None

    def _scores(self, reranker: Reranker) -> Steps:
        rows = []
        for number, question in enumerate(self._samples.questions, start=1):
            with self._cores.all(urgent=False):  # it brings as many threads of its own
                rows.append(reranker.score(question, self._samples.passages))
            done = number * len(self._samples.passages)
            yield ImportProgress(ImportStep.COMPARING, done, self._pairs)
        return np.stack(rows)

    def _vectors(self, embedder: Embedder) -> Steps:
        with self._cores.all(urgent=False):
            questions = [embedder.embed_question(one) for one in self._samples.questions]
            vectors = np.concatenate([np.stack(questions), embedder.embed(self._samples.passages)])
        yield ImportProgress(ImportStep.COMPARING, len(vectors), len(vectors))
        return vectors

    @property
    def _pairs(self) -> int:
        return len(self._samples.questions) * len(self._samples.passages)

    def _agreement(self, outputs: Outputs, exact: Outputs) -> Agreement:
        if self._role is ModelRole.RERANKER:
            values = [spearman(ours, theirs) for ours, theirs in zip(outputs, exact, strict=True)]
            return Agreement("spearman", float(np.mean(values)), min(values), self._pairs)
        cosines = (outputs * exact).sum(axis=1)
        return Agreement("cosine", float(cosines.mean()), float(cosines.min()), len(cosines))

    def _agrees(self, agreement: Agreement) -> bool:
        is_cosine = self._role is ModelRole.EMBEDDER
        return agreement.value >= (LEAST_COSINE if is_cosine else LEAST_RANK_CORRELATION)

    def _scale(self, tried: _Tried | None, exact: Outputs | None) -> ScoreScale:
        """A graph with the activation in it never leaves [0, 1]; the weights' logits do.

        Over many pairs that have nothing to do with each other, no model's logits stay within.
        """
        is_ours = tried is not None and tried.file == self._folder / _MADE
        if tried is None or is_ours or self._role is ModelRole.EMBEDDER:
            return ScoreScale.LOGIT
        is_probability = _within_one(tried.outputs) and (exact is None or not _within_one(exact))
        return ScoreScale.PROBABILITY if is_probability else ScoreScale.LOGIT


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0][:300]


def _within_one(outputs: Outputs) -> bool:
    return bool(((outputs >= 0) & (outputs <= 1)).all())


def _disagrees(kind: EncoderGraph, agreement: Agreement) -> str:
    whose = "The int8 graph" if kind is EncoderGraph.INT8 else "The graph of the folder"
    return (
        f"{whose} does not say what the weights say ({agreement.measure} {agreement.value:.3f}) "
        "and is not used."
    )
