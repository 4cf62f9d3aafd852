"""The models in the terminal, by starting the program as a user does."""

import tomllib
from pathlib import Path

import pytest

from desktop_rag import config, wiring
from desktop_rag.domain import ModelRole
from desktop_rag.errors import SettingsError
from desktop_rag.privacy import administration
from desktop_rag.services.manifest import sha256_of
from tests.gguf import gguf
from tests.hostile.packs import zipped
from tests.minisigning import Signer
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


def test_a_model_is_put_in_force_and_what_another_finder_means_is_said(tmp_path: Path) -> None:
    settings = tmp_path / "desktop-rag" / "settings.toml"
    folder = make_twin(tmp_path / "desktop-rag" / "models")
    settings.write_text('# mine\nlanguage = "de"\n')
    used = run_program("models", "use", TWIN, home=tmp_path)
    assert used.code == 0, used.err
    assert "desktop-rag reembed" in used.out
    assert tomllib.loads(settings.read_text()) == {"embedder": TWIN, "language": "de"}
    again = run_program("models", "use", TWIN, "--json", home=tmp_path).json
    assert again == {"name": TWIN, "role": "embedder", "before": TWIN, "reembed": False}
    back = run_program("models", "use", "all-MiniLM-L6-v2", "--json", home=tmp_path).json
    assert back["reembed"]
    assert tomllib.loads(settings.read_text()) == {"language": "de"}
    (folder / "vocab.txt").write_text("altered")
    refused = run_program("models", "use", TWIN, home=tmp_path)
    assert refused.code == 1
    assert "vocab.txt was altered" in refused.err
    assert run_program("models", "use", "nobody", home=tmp_path).code == 1
    assert tomllib.loads(settings.read_text()) == {"language": "de"}


def test_what_the_administrator_has_locked_is_not_changed(
    tmp_path: Path, private_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules = tmp_path / "everyone.toml"
    rules.write_text('locked = ["reranker"]\n')
    monkeypatch.setattr(administration, "settings_file", lambda: rules)
    monkeypatch.setattr(administration, "weakness", lambda path: "")
    assistant = wiring.build(config.load()[0])
    with pytest.raises(SettingsError, match="set by the administrator"):
        assistant.choose_model(ModelRole.RERANKER, "minilm-l6-reranker")
    assistant.choose_model(ModelRole.LANGUAGE_MODEL, "other")
    assert tomllib.loads(assistant.settings_file.read_text()) == {"language_model": "other"}
    assistant.close()


def test_a_pack_goes_from_one_machine_to_another(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    make_twin(here / "desktop-rag" / "models")
    pack = tmp_path / "moved.zip"
    packed = run_program("models", "pack", TWIN, "--to", pack, "--json", home=here)
    assert packed.code == 0, packed.err
    assert packed.json["path"] == str(pack)
    assert packed.json["bytes"] == pack.stat().st_size
    assert packed.json["sha256"] == sha256_of(pack)
    assert run_program("models", "pack", TWIN, "--to", pack, home=here).code == 2
    taken = run_program("models", "import", pack, "--json", home=there)
    assert taken.json["agreement"]["graph"] == "int8"
    assert run_program("models", "use", "moved", home=there).code == 0


def test_where_a_key_is_set_only_signed_packs_are_taken(tmp_path: Path) -> None:
    signer, other = Signer(), Signer(id=b"87654321")
    settings = tmp_path / "desktop-rag" / "settings.toml"
    settings.parent.mkdir()
    settings.write_text(f'model_key = "{signer.key}"\n')
    pack = tmp_path / "tiny.zip"
    pack.write_bytes(zipped(("Tiny.gguf", gguf())))
    unsigned = run_program("models", "import", pack, home=tmp_path)
    assert unsigned.code == 1
    assert "Ask the administrator" in unsigned.err
    signer.sign(pack, "May 2026")
    key = tmp_path / "minisign.pub"
    key.write_text(f"untrusted comment: of the office\n{other.key}\n")
    wrong = run_program("models", "import", pack, "--key", key, home=tmp_path)
    assert wrong.code == 1
    assert "another key" in wrong.err
    assert run_program("models", "import", pack, "--key", "RWnone", home=tmp_path).code == 2
    taken = run_program("models", "import", pack, "--json", home=tmp_path)
    assert taken.json["signed"] == "May 2026"
    settings.write_text('model_key = "RWx"\n')
    refused = run_program("models", "list", home=tmp_path)
    assert refused.code == 1
    assert "model_key" in refused.err
