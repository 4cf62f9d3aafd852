"""How many layers of a language model a GPU takes: found by a trial in a process apart."""

from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from desktop_rag.adapters.apart import Ending, Outcome
from desktop_rag.adapters.cores import Cores
from desktop_rag.adapters.encoder_gpu import HARMFUL, NO_GPU, NOT_TRIED, kept_words, reason_of
from desktop_rag.adapters.gpu_notes import GpuNotes, key_of
from desktop_rag.adapters.gpu_replies import count_of, gpus_of
from desktop_rag.domain import DeviceUse, Gpu, ModelIdentity, ModelRole
from desktop_rag.needs.lack import size_words
from desktop_rag.ports import LanguageModel


@dataclass(frozen=True, slots=True)
class LayersFinding:
    """What a trial has shown of one model.

    Attributes:
        layers: how many a GPU takes, of `all_layers`; 0 of 0 where nothing was counted.
        why: why not all of them; why none.
        is_harmful: whether the GPU ended the trial: it is to be kept from this process.
    """

    layers: int
    all_layers: int
    gpus: tuple[Gpu, ...]
    why: str
    is_harmful: bool = False

    @property
    def words(self) -> str:
        if self.layers == 0:
            return f"cpu: {self.why}"
        names = ", ".join(dict.fromkeys(gpu.name for gpu in self.gpus))
        kind = self.gpus[0].kind.lower() if self.gpus else "gpu"
        said = f"{kind}: {self.layers} of {self.all_layers} layers on {names}"
        return f"{said}; {self.why}" if self.why else said


@dataclass(frozen=True, slots=True)
class LanguageModelFile:
    """A model to be opened. `free_memory`: bytes that it may count on; None: unknown.

    `cores`: those that it shares with other models.
    """

    file: Path
    identity: ModelIdentity
    threads: int
    free_memory: Callable[[], int | None]
    cores: Cores | None = None


class LanguageModelGpu:
    """Opens language models with the layers that fit. The findings are kept for this process.

    `why_cpu` says why none is to be tried, "" if one may be; `trial` begins the trial of a model;
    `depends_on` tells what a failure depends on beside the model's hash.
    """

    def __init__(
        self,
        why_cpu: Callable[[], str],
        trial: Callable[[LanguageModelFile], Generator[None, None, Outcome]],
        notes: GpuNotes,
        depends_on: Callable[[], str],
    ) -> None:
        self._why_cpu = why_cpu
        self._trial = trial
        self._notes = notes
        self._depends_on = depends_on
        self._found: dict[str, LayersFinding] = {}

    def finding(self, sha256: str) -> LayersFinding | None:
        """What is known of the model; None if it was not tried yet and a GPU may be here."""
        if sha256 not in self._found:
            why = self._why_cpu() or kept_words(self._notes.failure(self._key(sha256)))
            if why:
                self._found[sha256] = LayersFinding(0, 0, (), why.removeprefix("cpu: "))
        return self._found.get(sha256)

    @property
    def gpus(self) -> tuple[Gpu, ...]:
        """Those that trials have found, as the last saw them."""
        return next((one.gpus for one in reversed(self._found.values()) if one.gpus), ())

    def use(self, model: ModelIdentity) -> DeviceUse:
        """Where the model runs, and why; nothing is loaded to find it out."""
        role, found = ModelRole.LANGUAGE_MODEL, self.finding(model.sha256)
        if found is None:
            return DeviceUse(role, model.name, f"{NOT_TRIED}: the first answer tries the GPU")
        return DeviceUse(role, model.name, found.words, found.layers, found.all_layers)

    def prepare(self, model: LanguageModelFile) -> Generator[None, None, LayersFinding]:
        """Try the model, if that is to be done. Closing it ends the trial, and nothing is kept."""
        sha256 = model.identity.sha256
        found = self.finding(sha256)
        if found is None:
            try:
                with closing(self._trial(model)) as steps:
                    outcome = yield from steps
            except OSError as error:  # no process could be started
                outcome = Outcome(Ending.FAILED, {}, str(error))
            found = self._found[sha256] = _finding(outcome)
            if found.is_harmful:
                self._notes.note_failure(self._key(sha256), found.why)
        return found

    def open(self, model: LanguageModelFile) -> LanguageModel:
        """The model, loaded; tried before if it was not. Raises ModelError."""
        from desktop_rag.adapters.llama_cpp_library import hide_gpus, load_gpu_parts
        from desktop_rag.adapters.llama_cpp_model import LlamaCppModel
        from desktop_rag.adapters.offloaded_model import OffloadedModel

        steps = self.prepare(model)
        found = _result_of(steps)

        def load(layers: int) -> LlamaCppModel:
            return LlamaCppModel(
                model.file,
                model.identity,
                model.threads,
                model.free_memory(),
                layers,
                model.cores,
            )

        if found.layers == 0:
            if found.is_harmful:
                hide_gpus()
            return load(0)
        load_gpu_parts()
        sha256 = model.identity.sha256
        return OffloadedModel(
            load,
            found.layers,
            lambda: self._notes.working(self._key(sha256)),
            lambda layers, why: self._note_fewer(sha256, layers, why),
        )

    def forget(self) -> None:
        """What was found counts no more."""
        self._found.clear()

    def _note_fewer(self, sha256: str, layers: int, why: str) -> None:
        self._found[sha256] = replace(self._found[sha256], layers=layers, why=why)

    def _key(self, sha256: str) -> str:
        return key_of("language model", self._depends_on(), sha256)


def _result_of(steps: Generator[None, None, LayersFinding]) -> LayersFinding:
    while True:
        try:
            next(steps)
        except StopIteration as end:
            found: LayersFinding = end.value
            return found


def _finding(outcome: Outcome) -> LayersFinding:
    if outcome.ending is not Ending.DONE:
        return LayersFinding(0, 0, (), reason_of(outcome), outcome.ending in HARMFUL)
    gpus = gpus_of(outcome.untrusted_reply.get("gpus"))
    names = ("fitting", "layers", "all_layers")
    fitting, layers, all_layers = (count_of(outcome.untrusted_reply.get(name)) for name in names)
    if not gpus or fitting is None or layers is None or not all_layers or layers > all_layers:
        return LayersFinding(0, all_layers or 0, gpus, NO_GPU.removeprefix("cpu: "))
    if layers < fitting:
        why = "with more it failed in the trial"
    elif layers < all_layers:
        free = size_words(sum(gpu.free_bytes for gpu in gpus))
        why = f"its free memory, {free}, holds no {'more' if layers else 'layer'}"
    else:
        why = ""
    return LayersFinding(layers, all_layers, gpus, why)
