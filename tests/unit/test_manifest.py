from dataclasses import replace
from pathlib import Path

import pytest

from desktop_rag.domain import Model, ModelFile, ModelRole, ScoreScale
from desktop_rag.errors import ModelAltered
from desktop_rag.services.manifest import read_manifest, write_manifest
from tests.conftest import ROOT


def test_the_programs_own_manifest_has_a_model_for_every_role() -> None:
    models = read_manifest(ROOT / "resources" / "models.toml")
    assert {model.role for model in models} == set(ModelRole)
    assert len({model.name for model in models}) == len(models)


def test_a_manifest_that_is_written_is_read_back(tmp_path: Path) -> None:
    model = Model("m", ModelRole.RERANKER, "MIT", "A title", (ModelFile("a/b.onnx", "0" * 64, 7),))
    write_manifest(tmp_path / "manifest.toml", model)
    assert read_manifest(tmp_path / "manifest.toml") == [model]
    other = replace(model, scale=ScoreScale.PROBABILITY)
    write_manifest(tmp_path / "manifest.toml", other)
    assert read_manifest(tmp_path / "manifest.toml") == [other]


@pytest.mark.parametrize("path", ["../x", "/etc/passwd", "a/../../x", "C:\\\\x", ""])
def test_a_path_out_of_the_models_folder_is_refused(tmp_path: Path, path: str) -> None:
    file = tmp_path / "manifest.toml"
    file.write_text(
        '[[model]]\nname = "m"\nrole = "reranker"\nlicence = ""\ntitle = ""\n'
        f'[[model.files]]\npath = "{path}"\nsha256 = "{"0" * 64}"\nbytes = 1\n'
    )
    with pytest.raises(ModelAltered):
        read_manifest(file)
