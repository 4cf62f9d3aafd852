"""Packs that are written here: always the same bytes, checked, and taken on another machine."""

import shutil
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_rag.adapters.model_fetcher import HttpModelFetcher
from desktop_rag.domain import EncoderGraph, ImportProgress, ImportStep, ModelRole, Prefixes
from desktop_rag.errors import ModelAltered, ModelError, ModelMissing, WrongUsage
from desktop_rag.services import disk_room
from desktop_rag.services.manifest import read_manifest, write_manifest
from desktop_rag.services.model_shelf import ModelShelf
from tests.gguf import make_gguf
from tests.models import BUNDLED, TWIN, make_twin
from tests.services.test_model_shelf import ENCODERS, RERANKER, RESOURCES
from tests.support import finish

GRAPH = "onnx/model_qint8.onnx"


def shelf_on(own: Path) -> ModelShelf:
    return ModelShelf(RESOURCES, own, HttpModelFetcher(), ENCODERS)


@pytest.fixture
def shelf(tmp_path: Path) -> ModelShelf:
    return shelf_on(tmp_path / "own")


def test_a_bundled_model_is_taken_elsewhere_with_its_words_and_its_graph(
    shelf: ModelShelf, tmp_path: Path
) -> None:
    finish(shelf.pack(RERANKER, tmp_path / "one.zip"))
    finish(shelf.pack(RERANKER, tmp_path / "two.zip"))
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    before = shelf.model(RERANKER)
    elsewhere = shelf_on(tmp_path / "elsewhere")
    steps: list[ImportStep] = []
    importing = elsewhere.import_from(tmp_path / "one.zip")
    while True:
        try:
            step: ImportProgress = next(importing)
        except StopIteration as end:
            imported = end.value
            break
        steps.append(step.step)
    model = imported.model
    assert ImportStep.PREPARING not in steps
    assert ImportStep.COMPARING in steps
    assert imported.encoder.graph is EncoderGraph.INT8
    assert imported.encoder.agreement.value > 0.9
    assert (model.name, model.role) == ("one", ModelRole.RERANKER)
    assert (model.title, model.licence) == (before.title, before.licence)
    assert model.languages == before.languages == ("en",)
    assert model.main_file == before.main_file
    assert elsewhere.verify() == []


def test_a_pack_without_weights_is_run_once_and_keeps_its_prefixes(
    shelf: ModelShelf, tmp_path: Path
) -> None:
    folder = make_twin(tmp_path / "own")
    (model,) = read_manifest(folder / "manifest.toml")
    model = replace(model, prefixes=Prefixes("query: ", "passage: "), languages=("*",))
    write_manifest(folder / "manifest.toml", model)
    finish(shelf.pack(TWIN, tmp_path / "p.zip"))
    with zipfile.ZipFile(tmp_path / "p.zip") as archive:
        assert {member.compress_type for member in archive.infolist()} == {zipfile.ZIP_STORED}
        assert archive.namelist()[0] == "manifest.toml"
    imported = finish(shelf_on(tmp_path / "elsewhere").import_from(tmp_path / "p.zip"))
    assert imported.encoder.graph is EncoderGraph.INT8
    assert imported.encoder.agreement is None
    assert imported.model == replace(model, name="p", files=imported.model.files)
    assert imported.model.main_file.path == GRAPH


def test_a_language_model_is_packed_and_taken(shelf: ModelShelf, tmp_path: Path) -> None:
    finish(shelf.import_from(make_gguf(tmp_path / "tiny.gguf")))
    finish(shelf.pack("tiny", tmp_path / "p.zip"))
    model = finish(shelf_on(tmp_path / "elsewhere").import_from(tmp_path / "p.zip")).model
    assert (model.role, model.title) == (ModelRole.LANGUAGE_MODEL, "tiny")
    assert model.main_file.sha256 == shelf.model("tiny").main_file.sha256


def test_a_graph_that_does_not_say_what_the_weights_say_is_made_anew(
    shelf: ModelShelf, tmp_path: Path
) -> None:
    """The manifest of a pack is not believed: here it names a graph of another model."""
    folder = make_twin(tmp_path / "own")
    shutil.copy(RESOURCES / "models" / BUNDLED / "model.safetensors", folder)
    (model,) = read_manifest(folder / "manifest.toml")
    weights = next(
        replace(file, optional=False)
        for file in shelf.model(BUNDLED).files
        if file.path == "model.safetensors"
    )
    write_manifest(folder / "manifest.toml", replace(model, files=(*model.files, weights)))
    finish(shelf.pack(TWIN, tmp_path / "p.zip"))
    imported = finish(shelf_on(tmp_path / "elsewhere").import_from(tmp_path / "p.zip"))
    assert imported.encoder.agreement.value > 0.95
    assert imported.model.main_file.path == GRAPH
    assert imported.model.main_file.sha256 != model.main_file.sha256


def test_a_stop_or_a_change_meanwhile_leaves_nothing(shelf: ModelShelf, tmp_path: Path) -> None:
    folder = make_twin(tmp_path / "own")
    (tmp_path / "out").mkdir()
    target = tmp_path / "out" / "p.zip"
    steps = shelf.pack(TWIN, target)
    next(steps)
    assert [path.name for path in target.parent.iterdir()] == [".p.zip.arriving"]
    steps.close()
    assert list(target.parent.iterdir()) == []
    steps = shelf.pack(TWIN, target)
    next(steps)
    last = shelf.model(TWIN).files[-1]
    content = (folder / last.path).read_bytes()
    (folder / last.path).write_bytes(b"x" + content[1:])
    with pytest.raises(ModelError, match=f"The pack was not kept: {last.path} in it"):
        finish(steps)
    assert list(target.parent.iterdir()) == []


def test_what_cannot_be_packed_is_refused_in_words(
    shelf: ModelShelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ModelMissing):
        finish(shelf.pack("qwen2.5-1.5b-instruct", tmp_path / "p.zip"))
    with pytest.raises(ModelError, match="was not written"):
        finish(shelf.pack(RERANKER, tmp_path / "nowhere" / "p.zip"))
    (tmp_path / "there.zip").write_bytes(b"mine")
    with pytest.raises(WrongUsage, match="already"):
        finish(shelf.pack(RERANKER, tmp_path / "there.zip"))
    assert (tmp_path / "there.zip").read_bytes() == b"mine"
    folder = make_twin(tmp_path / "own")
    (folder / "vocab.txt").write_text("x")
    with pytest.raises(ModelAltered):
        finish(shelf.pack(TWIN, tmp_path / "p.zip"))
    full = shutil.disk_usage(tmp_path)._replace(free=1000)
    monkeypatch.setattr(disk_room.shutil, "disk_usage", lambda place: full)
    with pytest.raises(ModelError, match="GB of the disk are free"):
        finish(shelf.pack(RERANKER, tmp_path / "p.zip"))
    assert not list(tmp_path.glob("*p.zip*"))
