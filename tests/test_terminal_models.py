"""The models in the terminal, by starting the program as a user does."""

from pathlib import Path

from tests.models import TWIN, make_twin
from tests.support import run_program


def test_the_list_says_languages_and_state_of_each_model(tmp_path: Path) -> None:
    folder = make_twin(tmp_path / "desktop-rag" / "models")
    with (folder / "config.json").open("a") as file:
        file.write(" ")
    listed = run_program("models", "list", "--json", home=tmp_path).json["models"]
    models = {model["name"]: model for model in listed}
    assert models["all-MiniLM-L6-v2"]["state"] == "whole"
    assert models["all-MiniLM-L6-v2"]["languages"] == ["en"]
    assert models["qwen2.5-1.5b-instruct"]["state"] == "not here"
    assert models[TWIN]["state"] == "altered"
    shown = run_program("models", "list", home=tmp_path).out.splitlines()
    lines = {line.split()[-1]: shown[number + 2] for number, line in enumerate(shown[:-2])}
    assert lines["all-MiniLM-L6-v2"].strip() == "Apache-2.0 · English · whole"
    assert lines["qwen2.5-1.5b-instruct"].strip() == "Apache-2.0 · many languages"
    assert lines[TWIN].strip() == "Apache-2.0 · altered"
