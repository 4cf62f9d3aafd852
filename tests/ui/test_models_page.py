"""The models in the settings: what is listed, chosen and added, and what is said meanwhile."""

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton

from desktop_rag.config import Settings
from desktop_rag.domain import (
    CheckedModel,
    EncoderGraph,
    ImportedModel,
    ImportProgress,
    ImportStep,
    InstalledModel,
    MemoryFit,
    Model,
    ModelCondition,
    ModelFile,
    ModelRole,
    ModelTrial,
    PreparedEncoder,
    TrialProgress,
    TrialStep,
)
from desktop_rag.engine.messages import Failed
from desktop_rag.ui import model_words
from desktop_rag.ui.importing import Importing
from desktop_rag.ui.preferences import Preferences
from desktop_rag.ui.settings.models import ModelsPage
from tests.fakes import ScriptedLink

MODEL = Model("m", ModelRole.RERANKER, "MIT", "My model", (ModelFile("a", "0" * 64, 5000),))


WRITER = Model(
    "w", ModelRole.LANGUAGE_MODEL, "MIT", "A writer", MODEL.files, languages=("de", "xx")
)
POLYGLOT = Model("p", ModelRole.EMBEDDER, "MIT", "A finder", MODEL.files, languages=("*",))


def said(page: ModelsPage) -> str:
    return " ".join(label.text() for label in page.findChildren(QLabel))


class Engine(ScriptedLink):
    """Remembers every call, each with its handlers."""

    def __init__(self) -> None:
        super().__init__()
        self.calls: dict[str, dict[str, Callable[..., object]]] = {}

    def request(self, method: str, *arguments: object, **handlers: Callable[..., object]) -> object:
        self.calls[method] = handlers
        return super().request(method, *arguments, **handlers)


@pytest.fixture
def engine() -> Engine:
    return Engine()


@pytest.fixture
def page(engine: Engine, qapp: QApplication, tmp_path: Path) -> Iterator[ModelsPage]:
    """A page with a writer in use, and two others that are here, one that is not."""
    made = listed(engine, tmp_path, frozenset())
    yield made
    made.deleteLater()


def listed(engine: Engine, folder: Path, locked: frozenset[str]) -> ModelsPage:
    page = ModelsPage(
        engine,  # type: ignore[arg-type]
        Preferences(Settings(folder, folder / "library", locked=locked)),
        Importing(engine),  # type: ignore[arg-type]
    )
    page.load()
    absent = replace(WRITER, name="absent", title="An absent writer")
    engine.calls["models"]["then"](
        [
            InstalledModel(absent, installed=False, in_use=False),
            InstalledModel(MODEL, installed=True, in_use=False),
            InstalledModel(POLYGLOT, installed=True, in_use=False),
            InstalledModel(WRITER, installed=True, in_use=True),
        ]
    )
    return page


@pytest.mark.parametrize(
    ("engine_words", "said"),
    [
        ("", ""),
        ("not tried yet: the first answer tries the GPU", ""),
        ("cpu", "runs on the processor"),
        ("cpu: the settings say so", "runs on the processor (as the settings want it)"),
        ("cpu: the driver is old", "runs on the processor (the driver is old)"),
        ("cuda", "runs on the graphics card"),
        ("vulkan: 12 of 31 layers on X", "runs on the graphics card (12 of 31 layers on X)"),
    ],
)
def test_where_a_model_runs_is_said_with_the_reason(engine_words: str, said: str) -> None:
    assert model_words.device(engine_words) == said


def test_each_model_says_what_it_is_and_the_check_goes_on_meanwhile(
    page: ModelsPage, engine: Engine
) -> None:
    assert page.row("w").text() == "in use · 4.9 kB · MIT · German, xx · checking …"
    assert page.row("p").text() == "4.9 kB · MIT · many languages · checking …"
    assert page.row("absent").text().endswith("not here")
    assert next(iter(page.rows)) == "w"
    assert list(page.rows)[-1] == "absent"
    assert not page.row("m").use.isEnabled()
    check = engine.calls["check_models"]["each"]
    check(CheckedModel("w", ModelCondition.WHOLE))
    check(CheckedModel("m", ModelCondition.WHOLE))
    check(CheckedModel("p", ModelCondition.ALTERED))
    check(CheckedModel("gone", ModelCondition.WHOLE))
    engine.calls["devices"]["then"]({ModelRole.LANGUAGE_MODEL: "cpu: no GPU was found"})
    assert (
        page.row("w")
        .text()
        .endswith("· whole · runs on the processor (no graphics card was found)")
    )
    assert page.row("p").text().endswith("altered: it is not used")
    assert page.row("m").use.isEnabled()
    assert not page.row("p").use.isEnabled()


def test_one_click_puts_a_model_in_force(page: ModelsPage, engine: Engine, tmp_path: Path) -> None:
    engine.calls["check_models"]["each"](CheckedModel("m", ModelCondition.WHOLE))
    page.row("m").use.click()
    assert tomllib.loads((tmp_path / "settings.toml").read_text()) == {"reranker": "m"}
    assert engine.methods[-1] == "models"


def test_a_trial_says_how_it_goes_and_can_be_stopped(
    page: ModelsPage, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = page.row("w")
    assert not row.trial.isEnabled()
    engine.calls["check_models"]["each"](CheckedModel("w", ModelCondition.WHOLE))
    row.trial.click()
    handlers = engine.calls["try_model"]
    handlers["each"](TrialProgress(TrialStep.MEASURING, 4.2))
    assert (row.note.text(), row.trial.text()) == ("Trying … 4 s", "Stop")
    stopped: list[bool] = []
    monkeypatch.setattr(page._trial, "cancel", lambda: stopped.append(True))  # noqa: SLF001
    row.trial.click()
    assert stopped == [True]
    handlers["cancelled"]()
    assert (row.note.text(), row.trial.text()) == ("", "Try it out")
    row.trial.click()
    trial = ModelTrial("0" * 64, "cpu", 2**20, 300.0, 13.5, 300)
    engine.calls["try_model"]["then"](trial)
    assert row.note.text() == (
        "An answer of 100 words takes about 11 s on this computer. "
        "(1.0 MB of memory, on the processor)"
    )
    row.trial.click()
    engine.calls["try_model"]["failed"](Failed(1, "It broke.", "Mend it."))
    assert row.note.text() == "It broke. Mend it."


def test_a_model_that_does_not_fit_says_so_and_is_not_tried(
    page: ModelsPage, engine: Engine
) -> None:
    fit = MemoryFit(4 * 2**30, 2 * 2**30)
    engine.calls["check_models"]["each"](CheckedModel("w", ModelCondition.WHOLE, fit))
    assert page.row("w").note.text() == (
        "Needs about 4.0 GB of memory, 2.0 GB are free: it does not fit."
    )
    assert not page.row("w").trial.isEnabled()


def test_that_only_signed_packs_are_taken_is_said(
    engine: Engine, qapp: QApplication, tmp_path: Path
) -> None:
    for key, count in (("", 0), ("RW", 1)):
        settings = Settings(tmp_path, tmp_path / "library", model_key=key)
        page = ModelsPage(engine, Preferences(settings), Importing(engine))  # type: ignore[arg-type]
        assert said(page).count("Only packs with the signature") == count
        page.deleteLater()


def test_what_the_administrator_has_chosen_cannot_be_changed(
    engine: Engine, qapp: QApplication, tmp_path: Path
) -> None:
    page = listed(engine, tmp_path, frozenset({"reranker"}))
    for name in ("m", "p"):
        engine.calls["check_models"]["each"](CheckedModel(name, ModelCondition.WHOLE))
    assert not page.row("m").use.isEnabled()
    assert page.row("p").use.isEnabled()
    assert said(page).count("Set by your administrator") == 1
    page.deleteLater()


@pytest.mark.parametrize(
    ("chosen", "asked"), [("m/config.json", "m"), ("m.gguf", "m.gguf"), ("m.zip", "m.zip")]
)
def test_adding_a_model_says_every_step(
    chosen: str, asked: str, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = ScriptedLink()
    requested: list[Path] = []
    request = link.request

    def watched(method: str, *arguments: Path, **handlers: object) -> object:
        requested.extend(arguments)
        return request(method, *arguments, **handlers)

    monkeypatch.setattr(link, "request", watched)
    name = str(tmp_path / chosen)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (name, ""))
    importing = Importing(link)
    page = ModelsPage(link, Preferences(Settings(tmp_path, tmp_path / "library")), importing)
    (add,) = (one for one in page.findChildren(QPushButton) if one.text().startswith("Add"))
    add.click()
    assert requested == [tmp_path / asked]
    assert page.stop.isVisibleTo(page)
    link.last["each"](ImportProgress(ImportStep.COPYING, 1, 4))
    assert "copying … 25%" in said(page)
    link.last["each"](ImportProgress(ImportStep.PREPARING, 0, 0))
    assert "Preparing it for this computer" in said(page)
    link.last["each"](ImportProgress(ImportStep.COMPARING, 40, 80))
    assert "original … 50%" in said(page)
    slow = PreparedEncoder(EncoderGraph.NONE, "model.safetensors")
    link.last["then"](ImportedModel(MODEL, slow))
    assert "My model can be chosen now. It could not be made faster" in said(page)
    assert not page.stop.isVisibleTo(page)
    add.click()
    link.last["failed"](Failed(1, "It is damaged.", "Copy it again."))
    assert "It is damaged. Copy it again." in said(page)
    add.click()
    page.stop.click()
    link.last["cancelled"]()
    assert "Stopping" not in said(page)
    page.deleteLater()
