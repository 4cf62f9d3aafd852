"""Trying models out: real models in a process apart, what is kept, and that nothing is left."""

import json
import multiprocessing
from collections.abc import Generator
from pathlib import Path

import pytest

from desktop_rag.adapters.cores import Cores
from desktop_rag.adapters.encoder_import import read_samples
from desktop_rag.adapters.model_fetcher import HttpModelFetcher
from desktop_rag.adapters.speed_trial import SpeedTrials
from desktop_rag.domain import Model, ModelRole, ModelTrial, TrialProgress, TrialStep
from desktop_rag.errors import ModelAltered, ModelError, ModelMissing, ModelTooLarge
from desktop_rag.services.model_shelf import ModelShelf
from desktop_rag.services.model_trials import ModelTrials
from tests.gguf import make_gguf
from tests.models import TWIN, make_twin
from tests.services.test_model_shelf import ENCODERS, RERANKER, RESOURCES
from tests.support import finish

WRITER = "smollm2-135m-instruct"
FREE = 8_000_000_000


@pytest.fixture
def shelf(tmp_path: Path) -> ModelShelf:
    return ModelShelf(RESOURCES, tmp_path / "own", HttpModelFetcher(), ENCODERS)


def trials_on(shelf: ModelShelf, own: Path, free: int = FREE) -> ModelTrials:
    runner = SpeedTrials(
        lambda: read_samples(RESOURCES / "agreement.toml"),
        Cores(2),
        "cpu",
        lambda: False,
        lambda: free,
    )
    return ModelTrials(shelf, runner, own, lambda: free)


def test_an_encoder_says_how_fast_it_is_and_that_is_kept_until_it_is_another(
    shelf: ModelShelf, tmp_path: Path
) -> None:
    make_twin(tmp_path / "own")
    trials = trials_on(shelf, tmp_path / "own")
    trial = finish(trials.run(TWIN))
    assert trial.device == "cpu: the settings say so"
    assert trial.passages_per_s > 0
    assert 70 < trial.passage_words < 100
    assert trial.memory_bytes > 30_000_000
    assert trial.read_per_s == trial.written_per_s == 0
    assert trials.kept(shelf.model(TWIN)) == trial
    assert trials.kept(shelf.model(RERANKER)) is None
    make_twin(tmp_path / "other", scale=2.0).rename(tmp_path / "own" / "gone")
    (tmp_path / "own" / TWIN).rename(tmp_path / "before")
    (tmp_path / "own" / "gone").rename(tmp_path / "own" / TWIN)
    assert trials.kept(shelf.model(TWIN)) is None
    (file,) = (tmp_path / "own").glob("*.json")
    assert file.stat().st_mode & 0o077 == 0


def test_a_model_that_reads_little_at_once_is_tried_with_that(
    shelf: ModelShelf, tmp_path: Path
) -> None:
    name = finish(shelf.import_from(make_gguf(tmp_path / "tiny.gguf"))).model.name
    trial = finish(trials_on(shelf, tmp_path / "own").run(name))
    assert trial.device == "cpu"
    assert trial.read_per_s > 0
    assert trial.written_per_s > 0


def test_a_stop_ends_the_process(shelf: ModelShelf, tmp_path: Path) -> None:
    others = set(multiprocessing.active_children())  # of tests before
    steps = trials_on(shelf, tmp_path / "own").run(WRITER)
    while next(steps).step is TrialStep.LOADING:
        pass
    (process,) = set(multiprocessing.active_children()) - others
    steps.close()
    assert set(multiprocessing.active_children()) <= others
    with pytest.raises(ValueError, match="closed"):
        process.is_alive()
    assert not list((tmp_path / "own").glob("*.json"))


class NeverRun(SpeedTrials):
    """It judges by the header alone; nothing may be loaded."""

    def run(self, model: Model, folder: Path) -> Generator[TrialProgress, None, ModelTrial]:
        raise AssertionError("It was loaded.")


def test_what_does_not_fit_is_said_before_it_is_loaded(shelf: ModelShelf, tmp_path: Path) -> None:
    free = 100_000_000
    runner = NeverRun(
        lambda: read_samples(RESOURCES / "agreement.toml"), 1, "cpu", lambda: False, lambda: free
    )
    trials = ModelTrials(shelf, runner, tmp_path / "own", lambda: free)
    model = shelf.model(WRITER)
    fit = trials.fit(model)
    assert fit is not None
    assert not fit.fits
    assert fit.needed_bytes == model.bytes + 2048 * 23_040
    with pytest.raises(ModelTooLarge, match=r"needs about 0\.1 GB of memory, 0\.1 GB are free"):
        finish(trials.run(WRITER))
    assert trials.fit(shelf.model(RERANKER)) is None


def test_a_model_that_is_not_whole_is_not_tried(shelf: ModelShelf, tmp_path: Path) -> None:
    trials = trials_on(shelf, tmp_path / "own")
    with pytest.raises(ModelMissing):
        finish(trials.run("qwen2.5-1.5b-instruct"))
    folder = make_twin(tmp_path / "own")
    (folder / "config.json").write_text("{}")
    with pytest.raises(ModelAltered):
        finish(trials.run(TWIN))


def test_a_model_that_does_not_load_is_refused_in_words(shelf: ModelShelf, tmp_path: Path) -> None:
    name = finish(shelf.import_from(make_gguf(tmp_path / "tiny.gguf"))).model.name
    file = shelf.main_file(name, ModelRole.LANGUAGE_MODEL)
    content = file.read_bytes()
    assert b"tokenizer" in content
    broken = content.replace(b"general.architecture", b"general.architectura")
    file.write_bytes(broken)
    manifest = file.parent / "manifest.toml"
    from desktop_rag.services.manifest import sha256_of

    before = next(one for one in shelf.models() if one.name == name).main_file.sha256
    manifest.write_text(manifest.read_text().replace(before, sha256_of(file)))
    with pytest.raises(ModelError, match="could not be tried out"):
        finish(trials_on(shelf, tmp_path / "own").run(name))


@pytest.mark.parametrize(
    "content", ["", "[]", "not json", '{"twin": 3}', '{"twin": {"sha256": "x"}}', "[" * 10_000]
)
def test_what_is_kept_and_cannot_be_read_is_as_if_it_were_not_there(
    shelf: ModelShelf, tmp_path: Path, content: str
) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "trials.json").write_text(content)
    assert trials_on(shelf, tmp_path / "own").kept(shelf.model(RERANKER)) is None


@pytest.mark.parametrize(("rate", "is_kept"), [(5.0, True), (0.0, False), (float("nan"), False)])
def test_figures_that_are_none_are_not_kept(
    shelf: ModelShelf, tmp_path: Path, rate: float, is_kept: bool
) -> None:
    model = shelf.model(RERANKER)
    values = {
        "sha256": model.main_file.sha256, "device": "cpu", "memory_bytes": 1, "read_per_s": 0.0,
        "written_per_s": 0.0, "prompt_tokens": 0, "passages_per_s": rate, "passage_words": 9,
    }  # fmt: skip
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "trials.json").write_text(json.dumps({RERANKER: values}))
    kept = trials_on(shelf, tmp_path / "own").kept(model)
    assert (kept is not None) is is_kept
    assert kept is None or kept.passages_seconds(50) == 10
