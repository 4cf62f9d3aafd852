"""How many layers of a language model a GPU takes, with trials that are fakes in real processes."""

import json
import os
import stat
import subprocess
import sys
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import pytest

from desktop_rag import wiring
from desktop_rag.adapters import graphics, llama_cpp_builds, llama_cpp_loading
from desktop_rag.adapters.apart import Outcome, Reply, done_apart
from desktop_rag.adapters.gpu_notes import GpuNotes
from desktop_rag.adapters.graphics import GraphicsCards
from desktop_rag.adapters.language_model_gpu import LanguageModelFile, LanguageModelGpu
from desktop_rag.adapters.llama_cpp_builds import GpuPart
from desktop_rag.domain import AnswerStatus, GpuTrial, ModelIdentity, ModelRole
from desktop_rag.services.assistant import Assistant
from tests import failing_gpus
from tests.adapters.test_language_model import FILE, IDENTITY, PROMPT, write
from tests.support import finish

MODEL = LanguageModelFile(FILE, IDENTITY, 1, lambda: None)
SHA256 = IDENTITY.sha256
KEPT = " (“desktop-rag doctor --try-gpu” tries again)"
NOTICE = "How much notice must the tenant give to end the lease?"


class Bench:
    """A GPU, what becomes of its trials, and how many there were."""

    def __init__(self, folder: Path, work: Callable[..., Reply], *arguments: int) -> None:
        self.trials = 0
        self.depends_on = "driver 1"
        self._work, self._arguments = work, arguments
        self.notes = GpuNotes(folder / "gpu.json")
        self.gpu = LanguageModelGpu(lambda: "", self._trial, self.notes, lambda: self.depends_on)

    def _trial(self, model: LanguageModelFile) -> Generator[None, None, Outcome]:
        self.trials += 1
        return done_apart(self._work, *self._arguments, limit_s=5.0)

    def again(self) -> "Bench":
        """As after another start of the program."""
        self.gpu = LanguageModelGpu(lambda: "", self._trial, self.notes, lambda: self.depends_on)
        return self

    @property
    def words(self) -> str:
        return self.gpu.use(IDENTITY).words


@pytest.mark.parametrize(
    ("work", "said", "is_kept"),
    [
        (failing_gpus.segfaults, "cpu: the graphics driver ended the trial", True),
        (failing_gpus.hangs, "cpu: the trial of the GPU did not end in time", True),
        (failing_gpus.raises, "cpu: the GPU failed in its trial: CUDA error: unknown error", False),
        (failing_gpus.runs_out_of_memory, "cpu: the GPU has not enough free memory", False),
        (failing_gpus.has_no_gpu, "cpu: no GPU was found", False),
        (failing_gpus.talks_nonsense, "cpu: no GPU was found", False),
    ],
    ids=lambda one: getattr(one, "__name__", ""),
)
def test_whatever_a_trial_comes_to_the_model_writes_on_the_processor(
    work: Callable[..., Reply], said: str, is_kept: bool, tmp_path: Path
) -> None:
    bench = Bench(tmp_path, work)
    assert bench.words == "not tried yet: the first answer tries the GPU"
    model = bench.gpu.open(MODEL)
    assert model.settings.gpu_layers == 0
    assert "9,600" in write(model, PROMPT)[0]
    model.close()
    assert bench.words == said
    bench.gpu.open(MODEL).close()
    assert bench.trials == 1
    finish(bench.again().gpu.prepare(MODEL))
    assert bench.trials == (1 if is_kept else 2)
    assert bench.words == said + (KEPT if is_kept else "")


def test_a_gpu_that_crashed_is_tried_again_when_something_has_changed_or_somebody_asks(
    tmp_path: Path,
) -> None:
    bench = Bench(tmp_path, failing_gpus.segfaults)
    finish(bench.gpu.prepare(MODEL))
    bench.depends_on = "driver 2"
    finish(bench.again().gpu.prepare(MODEL))
    assert bench.trials == 2
    finish(bench.again().gpu.prepare(MODEL))
    assert bench.trials == 2
    bench.notes.forget()
    finish(bench.again().gpu.prepare(MODEL))
    assert bench.trials == 3
    other = LanguageModelFile(FILE, ModelIdentity("other", "1" * 64), 1, lambda: None)
    finish(bench.again().gpu.prepare(other))
    assert bench.trials == 4


def test_a_trial_that_is_stopped_teaches_nothing(tmp_path: Path) -> None:
    bench = Bench(tmp_path, failing_gpus.hangs)
    steps = bench.gpu.prepare(MODEL)
    next(steps)
    steps.close()
    assert bench.gpu.finding(SHA256) is None
    assert not (tmp_path / "gpu.json").exists()


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ((31, 31, 31), "cuda: 31 of 31 layers on Fake GPU"),
        ((9, 9, 31), "cuda: 9 of 31 layers on Fake GPU; its free memory, 8.6 GB, holds no more"),
        ((9, 4, 31), "cuda: 4 of 31 layers on Fake GPU; with more it failed in the trial"),
        ((0, 0, 31), "cpu: its free memory, 8.6 GB, holds no layer"),
    ],
)
def test_what_the_trial_has_found_is_put_on_the_gpu_and_said(
    found: tuple[int, int, int], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = Bench(tmp_path, failing_gpus.takes_layers, *found)
    model = bench.gpu.open(MODEL)  # no GPU is here: llama.cpp computes all of it on the processor
    assert model.settings.gpu_layers == found[1]
    assert bench.words == said
    use = bench.gpu.use(IDENTITY)
    assert (use.gpu_layers, use.all_layers) == found[1:]
    assert [gpu.name for gpu in bench.gpu.gpus] == ["Fake GPU"]
    model.close()


def test_layers_that_fail_in_this_process_are_taken_back_and_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = llama_cpp_loading.QuietLlama

    def picky(path: str, **options: Any) -> object:
        if options["n_gpu_layers"] > 8:
            raise ValueError("Failed to create llama_context")
        return real(path, **options)

    monkeypatch.setattr(llama_cpp_loading, "QuietLlama", picky)
    bench = Bench(tmp_path, failing_gpus.takes_layers, 31, 31, 31)
    model = bench.gpu.open(MODEL)
    assert model.settings.gpu_layers == 7
    said = "cuda: 7 of 31 layers on Fake GPU; with more it failed while it was loaded"
    assert bench.words == said
    model.close()


def test_a_process_that_ended_twice_while_the_gpu_computed_uses_it_no_more(tmp_path: Path) -> None:
    """An abort inside a driver cannot be caught: the note that is left behind tells of it."""
    file = tmp_path / "gpu.json"
    script = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from desktop_rag.adapters.gpu_notes import GpuNotes\n"
        "with GpuNotes(Path(sys.argv[1])).working('key'):\n"
        "    if sys.argv[2] == 'die':\n"
        "        os.abort()\n"
    )

    def run(how: str) -> None:
        subprocess.run([sys.executable, "-c", script, str(file), how], check=how == "live")

    notes = GpuNotes(file)
    run("die")
    assert notes.failure("key") == ""
    run("live")
    run("die")
    assert notes.failure("key") == ""  # it worked in between
    run("die")
    assert notes.failure("key") == "the program ended twice while the GPU computed"
    assert notes.failure("other") == ""
    notes.forget()
    assert notes.failure("key") == ""


@pytest.mark.parametrize("content", ["", "[]", "{", '{"key": 1}', '{"key": {"failed": 7}}'])
def test_a_damaged_file_of_notes_tells_nothing(content: str, tmp_path: Path) -> None:
    (tmp_path / "gpu.json").write_text(content, encoding="utf-8")
    notes = GpuNotes(tmp_path / "gpu.json")
    assert notes.failure("key") == ""
    notes.note_failure("key", "it broke")
    assert notes.failure("key") == "it broke"


def test_notes_are_few_and_for_their_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "data" / "gpu.json"
    notes = GpuNotes(file)
    for number in range(100):
        notes.note_failure(f"key {number}", "it broke")
    assert len(json.loads(file.read_text(encoding="utf-8"))) == 32
    assert notes.failure("key 99") == "it broke"
    if os.name == "posix":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def cards(
    folder: Path, device: str = "auto", hints: frozenset[str] = frozenset({"vulkan"})
) -> GraphicsCards:
    return GraphicsCards(device, lambda: hints, lambda: "driver 1", folder / "gpu.json")


def parts(*kinds: str) -> Callable[[], tuple[GpuPart, ...]]:
    return lambda: tuple(GpuPart(kind, Path(f"libggml-{kind}.so"), False) for kind in kinds)


def test_no_process_is_started_where_nothing_hints_at_a_gpu(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object, **__: object) -> Any:
        raise AssertionError("nothing was to be tried")

    monkeypatch.setattr(graphics, "done_apart", never)
    monkeypatch.setattr(graphics, "gpu_parts", parts("vulkan"))
    monkeypatch.setattr(llama_cpp_builds, "gpu_parts", parts("vulkan"))
    said = {
        "cpu: the settings say so": cards(tmp_path, "cpu"),
        "cpu: no GPU was found": cards(tmp_path, hints=frozenset({"rocm"})),
    }
    for words, one in said.items():
        finish(one.language_models.prepare(MODEL))
        assert one.language_models.use(IDENTITY).words == words
    monkeypatch.setattr(graphics, "gpu_parts", parts())
    words = "cpu: this build of llama.cpp computes on the processor alone"
    assert cards(tmp_path).language_models.use(IDENTITY).words == words


def test_the_parts_for_gpus_are_told_by_their_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    libraries = tmp_path / "llama_cpp" / "lib"
    (libraries / "gpu").mkdir(parents=True)
    (tmp_path / "llama_cpp" / "__init__.py").touch()
    names = ("libggml-cuda.so", "gpu/libggml-vulkan.so", "libggml-cpu-zen4.so", "libggml-blas.so")
    for name in names:
        (libraries / name).touch()

    class Spec:
        submodule_search_locations = (str(tmp_path / "llama_cpp"),)

    monkeypatch.setattr(llama_cpp_builds, "find_spec", lambda name: Spec)
    found = {part.kind: part.is_linked for part in llama_cpp_builds.gpu_parts()}
    assert found == {"cuda": True, "vulkan": False}
    assert llama_cpp_builds.can_use(frozenset({"nvidia"}))
    assert not llama_cpp_builds.can_use(frozenset({"apple"}))


def test_an_answer_tries_the_gpu_first_and_its_record_tells_the_layers(
    sample_assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wiring, "gpu_hints", lambda: frozenset({"vulkan"}))
    assert ModelRole.LANGUAGE_MODEL in sample_assistant.devices()
    steps = sample_assistant.answers.ask(NOTICE)
    assert not any(isinstance(step, GpuTrial) for step in steps)  # built for the processor alone
    answer = finish(sample_assistant.answers.ask(NOTICE))
    assert answer.status is AnswerStatus.ANSWERED
    assert answer.writing is not None
    assert answer.writing.settings.all_layers == 31
