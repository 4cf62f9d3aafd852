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


def test_a_language_model_is_tried_and_the_list_remembers(tmp_path: Path) -> None:
    name = "smollm2-135m-instruct"
    tried = run_program("models", "try", name, "--json", home=tmp_path)
    assert tried.code == 0, tried.err
    found = tried.json
    assert found["tokens_read_per_second"] > 0
    assert found["tokens_written_per_second"] > 0
    assert found["memory_bytes"] > 98_000_000
    assert (found["name"], found["device"]) == (name, "cpu")
    words = 135 / found["tokens_written_per_second"] + 300 / found["tokens_read_per_second"]
    assert abs(found["seconds_for_100_words"] - words) < 0.1
    listed = run_program("models", "list", "--json", home=tmp_path).json["models"]
    kept = {model["name"]: model["trial"] for model in listed}
    assert kept[name] == {key: found[key] for key in kept[name]}
    assert kept["minilm-l6-reranker"] is None
    assert next(model["memory"]["fits"] for model in listed if model["name"] == name)
    shown = run_program("models", "list", home=tmp_path).out
    assert "An answer of 100 words takes about " in shown


def test_a_model_that_is_not_here_is_not_tried(tmp_path: Path) -> None:
    tried = run_program("models", "try", "qwen2.5-1.5b-instruct", home=tmp_path)
    assert tried.code == 1
    assert "is not complete" in tried.err
