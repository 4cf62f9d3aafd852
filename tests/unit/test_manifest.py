from dataclasses import replace
from pathlib import Path

import pytest

from desktop_rag.domain import Model, ModelFile, ModelRole, Prefixes, ScoreScale
from desktop_rag.errors import ModelAltered
from desktop_rag.services.manifest import read_manifest, write_manifest
from tests.conftest import ROOT


def test_the_programs_own_manifest_has_a_model_for_every_role() -> None:
    models = read_manifest(ROOT / "resources" / "models.toml")
    assert {model.role for model in models} == set(ModelRole)
    assert len({model.name for model in models}) == len(models)


def test_multilingual_encoders_can_be_fetched_and_say_what_they_know() -> None:
    models = {one.name: one for one in read_manifest(ROOT / "resources" / "models.toml")}
    for name in (
        "multilingual-e5-small",
        "paraphrase-multilingual-MiniLM-L12-v2",
        "mmarco-mMiniLMv2-L12-H384-v1",
    ):
        model = models[name]
        assert {"en", "de", "fr", "ja", "zh"} <= set(model.languages)
        assert model.main_file.path == "onnx/model.onnx"  # in full precision: right everywhere
        assert {"tokenizer.json", "config.json"} <= {file.path for file in model.files}
        assert [len(source.revision) for source in model.sources] == [40]
    assert models["multilingual-e5-small"].prefixes == Prefixes("query: ", "passage: ")


def test_a_manifest_that_is_written_is_read_back(tmp_path: Path) -> None:
    model = Model("m", ModelRole.RERANKER, "MIT", "A title", (ModelFile("a/b.onnx", "0" * 64, 7),))
    write_manifest(tmp_path / "manifest.toml", model)
    assert read_manifest(tmp_path / "manifest.toml") == [model]
    other = replace(
        model,
        scale=ScoreScale.PROBABILITY,
        languages=("de", "en"),
        prefixes=Prefixes("query: ", ""),
    )
    write_manifest(tmp_path / "manifest.toml", other)
    assert read_manifest(tmp_path / "manifest.toml") == [other]


@pytest.mark.parametrize("path", ["../x", "/etc/passwd", "a/../../x", "C:\\\\x", ""])
def test_a_path_out_of_the_models_folder_is_refused(tmp_path: Path, path: str) -> None:
    with pytest.raises(ModelAltered):
        read_manifest(_manifest(tmp_path, "", path))


@pytest.mark.parametrize(
    "line",
    [
        'languages = ["../de"]',
        "languages = [7]",
        "languages = 7",
        'question_prefix = "query: "',  # and nothing for passages
        "question_prefix = 1\npassage_prefix = 2",
    ],
)
def test_what_is_no_language_or_no_pair_of_prefixes_is_refused(tmp_path: Path, line: str) -> None:
    with pytest.raises(ModelAltered):
        read_manifest(_manifest(tmp_path, line, "model.onnx"))


def _manifest(folder: Path, line: str, path: str) -> Path:
    file = folder / "manifest.toml"
    file.write_text(
        f'[[model]]\nname = "m"\nrole = "embedder"\nlicence = ""\ntitle = ""\n{line}\n'
        f'[[model.files]]\npath = "{path}"\nsha256 = "{"0" * 64}"\nbytes = 1\n'
    )
    return file
