"""A share of tests.torture.hostile that takes seconds: packs, folders, settings, headers."""

from pathlib import Path

import pytest

from desktop_rag.adapters.gguf_header import check_header
from desktop_rag.errors import ModelError
from tests.conftest import ROOT
from tests.gguf import gguf, make_gguf
from tests.hostile.models import HARMLESS, headers
from tests.hostile.running import TAKEN, Ground, try_model
from tests.torture.hostile import run_kind


@pytest.mark.parametrize(("kind", "least"), [("packs", 90), ("folders", 40), ("settings", 35)])
def test_what_means_harm_ends_in_words_and_leaves_nothing(
    kind: str, least: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()  # the settings are loaded from where the program loads them
    endings = list(run_kind(kind, tmp_path))
    assert len(endings) >= least
    assert [(ending.case.name, ending.faults) for ending in endings if ending.faults] == []
    refused = [ending for ending in endings if ending.words != TAKEN]
    assert len(refused) >= least
    if kind == "packs":
        assert [
            end.case.name for end in refused if "The pack pack.zip was not" not in end.words
        ] == []


def refusal(file: Path) -> ModelError | None:
    try:
        check_header(file, "m")
    except ModelError as error:
        return error
    return None


def test_a_header_that_lies_is_refused_before_llama_cpp_opens_it(tmp_path: Path) -> None:
    passed = []
    for name, content in headers():
        (tmp_path / "m.gguf").write_bytes(content)
        if refusal(tmp_path / "m.gguf") is None:
            passed.append(name)
    only_llama_cpp_knows = {
        "another architecture", "an architecture of numbers", "a tensor not aligned",
        "cut at 95%",
    }  # fmt: skip
    assert set(passed) <= HARMLESS | only_llama_cpp_knows


def test_sound_models_have_sound_headers(tmp_path: Path) -> None:
    check_header(make_gguf(tmp_path / "m.gguf"), "m")
    bundled = ROOT / "resources/models/smollm2-135m-instruct/SmolLM2-135M-Instruct.Q4_1.gguf"
    check_header(bundled, "bundled")


def test_a_model_that_ends_its_process_is_refused_in_words(tmp_path: Path) -> None:
    """llama.cpp aborts on these; the header alone does not tell."""
    from tests.hostile import Case

    content = gguf({"llama.block_count": 0})

    def make(folder: Path) -> Path:
        (folder / "model.gguf").write_bytes(content)
        return folder / "model.gguf"

    ending = try_model(Case("no layers", make), Ground(tmp_path / "ground", tmp_path / "marker"))
    assert ending.faults == []
    assert "was not taken" in ending.words
