"""Adding a model in the settings: what is asked of the engine, and what is said meanwhile."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton

from desktop_rag.config import Settings
from desktop_rag.domain import (
    EncoderGraph,
    ImportedModel,
    ImportProgress,
    ImportStep,
    Model,
    ModelFile,
    ModelRole,
    PreparedEncoder,
)
from desktop_rag.ui.preferences import Preferences
from desktop_rag.ui.settings.models import ModelsPage
from tests.fakes import ScriptedLink

MODEL = Model("m", ModelRole.RERANKER, "MIT", "My model", (ModelFile("a", "0" * 64, 1),))


def said(page: ModelsPage) -> str:
    return " ".join(label.text() for label in page.findChildren(QLabel))


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
    page = ModelsPage(link, Preferences(Settings(tmp_path, tmp_path / "library")))
    page.findChildren(QPushButton)[-1].click()
    assert requested == [tmp_path / asked]
    link.last["each"](ImportProgress(ImportStep.COPYING, 1, 4))
    assert "copying … 25%" in said(page)
    link.last["each"](ImportProgress(ImportStep.PREPARING, 0, 0))
    assert "Preparing it for this computer" in said(page)
    link.last["each"](ImportProgress(ImportStep.COMPARING, 40, 80))
    assert "original … 50%" in said(page)
    slow = PreparedEncoder(EncoderGraph.NONE, "model.safetensors")
    link.last["then"](ImportedModel(MODEL, slow))
    assert "My model can be chosen now. It could not be made faster" in said(page)
    page.deleteLater()
