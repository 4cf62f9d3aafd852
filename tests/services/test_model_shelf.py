import json
import os
import shutil
from pathlib import Path

import pytest

from desktop_rag.adapters.encoder_import import EncoderImport, read_samples
from desktop_rag.adapters.model_fetcher import HttpModelFetcher
from desktop_rag.domain import ImportStep, ModelRole
from desktop_rag.errors import DownloadFailed, ModelAltered, ModelError, ModelMissing, WrongUsage
from desktop_rag.services import model_files
from desktop_rag.services.manifest import sha256_of
from desktop_rag.services.model_shelf import ModelShelf
from tests.conftest import ROOT
from tests.fakes import BrokenConnection
from tests.gguf import make_gguf
from tests.support import finish

RESOURCES = ROOT / "resources"
RERANKER = "minilm-l6-reranker"
ENCODERS = EncoderImport(lambda: read_samples(RESOURCES / "agreement.toml"), threads=2)
CONTENT = bytes(range(256)) * 4000


@pytest.fixture
def shelf(tmp_path: Path) -> ModelShelf:
    """The program's own models, and an empty folder for the user's."""
    return ModelShelf(RESOURCES, tmp_path / "own", HttpModelFetcher(), ENCODERS)


def small_shelf(tmp_path: Path, fetcher: HttpModelFetcher, content: bytes = CONTENT) -> ModelShelf:
    """A manifest of one model of one file, `content`, to be had from a made-up repository."""
    bundled = tmp_path / "bundled"
    bundled.mkdir(exist_ok=True)
    (bundled / "content").write_bytes(content)
    digest = sha256_of(bundled / "content")
    (bundled / "models.toml").write_text(
        '[[model]]\nname = "m"\nrole = "language_model"\nlicence = "MIT"\ntitle = "M"\n'
        f'[[model.files]]\npath = "m.gguf"\nsha256 = "{digest}"\nbytes = {len(content)}\n'
        '[[model.sources]]\nkind = "huggingface"\nname = "a/b"\nrevision = "c"\n'
    )
    return ModelShelf(bundled, tmp_path / "own", fetcher, ENCODERS)


def test_the_bundled_models_are_what_they_should_be(shelf: ModelShelf) -> None:
    assert shelf.verify() == []
    assert (shelf.folder(RERANKER, ModelRole.RERANKER) / "onnx").is_dir()


def test_an_altered_file_is_refused_by_name(shelf: ModelShelf, tmp_path: Path) -> None:
    copy = tmp_path / "own" / RERANKER
    shutil.copytree(RESOURCES / "models" / RERANKER, copy)
    with (copy / "onnx" / "model_qint8.onnx").open("r+b") as file:
        file.seek(1000)
        file.write(b"x")
    with pytest.raises(ModelAltered, match="model_qint8"):
        shelf.folder(RERANKER, ModelRole.RERANKER)
    assert [name for name, _ in shelf.verify()] == [RERANKER]


def test_a_file_that_no_hash_vouches_for_is_refused(shelf: ModelShelf, tmp_path: Path) -> None:
    copy = tmp_path / "own" / RERANKER
    shutil.copytree(RESOURCES / "models" / RERANKER, copy)
    stranger = copy / "onnx" / "model_qint8-0.onnx"  # would be found before the one that is listed
    shutil.copy(copy / "onnx" / "model_qint8.onnx", stranger)
    with pytest.raises(ModelAltered, match=r"model_qint8-0\.onnx does not belong to it"):
        shelf.folder(RERANKER, ModelRole.RERANKER)
    assert [name for name, _ in shelf.verify()] == [RERANKER]
    stranger.unlink()
    assert shelf.folder(RERANKER, ModelRole.RERANKER) == copy


def test_a_file_is_read_again_when_it_changed_and_only_then(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = small_shelf(tmp_path, HttpModelFetcher(BrokenConnection(CONTENT, len(CONTENT))))
    file = finish(shelf.fetch("m")) / "m.gguf"
    read: list[Path] = []
    monkeypatch.setattr(
        model_files, "sha256_of", lambda path: (read.append(path), sha256_of(path))[1]
    )
    for _ in range(3):
        assert shelf.main_file("m", ModelRole.LANGUAGE_MODEL) == file
    assert read == [file]
    times = file.stat()
    file.write_bytes(CONTENT[:-1] + b"x")
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))  # as one would who hides it
    with pytest.raises(ModelAltered, match=r"m\.gguf was altered"):
        shelf.main_file("m", ModelRole.LANGUAGE_MODEL)


def test_a_missing_model_is_refused_with_the_command_that_helps(shelf: ModelShelf) -> None:
    with pytest.raises(ModelMissing) as caught:
        shelf.folder("qwen2.5-1.5b-instruct", ModelRole.LANGUAGE_MODEL)
    assert "models fetch qwen2.5-1.5b-instruct" in caught.value.hint
    with pytest.raises(ModelMissing, match="nobody"):
        shelf.folder("nobody", ModelRole.EMBEDDER)


def test_a_broken_download_goes_on_where_it_stopped(tmp_path: Path) -> None:
    connection = BrokenConnection(CONTENT, piece=300_000)
    shelf = small_shelf(tmp_path, HttpModelFetcher(connection))
    folder = finish(shelf.fetch("m"))
    assert (folder / "m.gguf").read_bytes() == CONTENT
    assert connection.starts == [0, 300_000, 600_000, 900_000]
    assert not (tmp_path / "own" / ".arriving" / "m").exists()


def test_a_download_that_keeps_breaking_is_resumed_by_the_next_command(tmp_path: Path) -> None:
    connection = BrokenConnection(CONTENT, piece=150_000)
    shelf = small_shelf(tmp_path, HttpModelFetcher(connection))
    with pytest.raises(DownloadFailed):
        finish(shelf.fetch("m"))
    assert not (tmp_path / "own" / "m").exists()
    finish(shelf.fetch("m"))
    assert connection.starts[4] == 600_000
    assert shelf.verify() == []


def test_what_arrives_altered_is_deleted_and_not_used(tmp_path: Path) -> None:
    wrong = CONTENT[:-1] + b"x"
    fetcher = HttpModelFetcher(BrokenConnection(wrong, piece=len(wrong)))
    shelf = small_shelf(tmp_path, fetcher)
    with pytest.raises(DownloadFailed, match="not what it should be"):
        finish(shelf.fetch("m"))
    assert not list((tmp_path / "own").rglob("*.gguf"))


def test_a_folder_and_a_gguf_file_can_be_imported(shelf: ModelShelf, tmp_path: Path) -> None:
    model = finish(shelf.import_from(RESOURCES / "models" / RERANKER, "my-reranker")).model
    assert model.role is ModelRole.RERANKER
    assert model.main_file.path == "onnx/model_qint8.onnx"
    assert shelf.folder("my-reranker", ModelRole.RERANKER).parent == tmp_path / "own"
    make_gguf(tmp_path / "Tiny Model.gguf")
    assert finish(shelf.import_from(tmp_path / "Tiny Model.gguf")).model.name == "tiny-model"
    with pytest.raises(WrongUsage, match="already"):
        finish(shelf.import_from(RESOURCES / "models" / RERANKER, "my-reranker"))


def test_what_is_no_model_is_not_imported(shelf: ModelShelf, tmp_path: Path) -> None:
    (tmp_path / "x.gguf").write_bytes(b"MZ" + bytes(100))
    (tmp_path / "pickled").mkdir()
    (tmp_path / "pickled" / "config.json").write_text("{}")
    (tmp_path / "pickled" / "pytorch_model.bin").write_bytes(b"\x80\x04")
    for path in (tmp_path / "x.gguf", tmp_path / "pickled", tmp_path / "nowhere"):
        with pytest.raises(ModelError):
            finish(shelf.import_from(path))
    assert list((tmp_path / "own").glob("*")) == []


def test_an_import_that_is_stopped_leaves_nothing_behind(shelf: ModelShelf, tmp_path: Path) -> None:
    steps = shelf.import_from(RESOURCES / "models" / RERANKER, "half")
    seen = [next(steps).step]
    while seen[-1] is ImportStep.COPYING:
        seen.append(next(steps).step)
    assert (tmp_path / "own" / ".arriving-half" / "config.json").is_file()
    steps.close()
    assert list((tmp_path / "own").iterdir()) == []
    assert "half" not in [model.name for model in shelf.models()]


def test_an_encoder_that_is_refused_leaves_nothing_behind(
    shelf: ModelShelf, tmp_path: Path
) -> None:
    source = tmp_path / "source"
    shutil.copytree(RESOURCES / "models" / RERANKER, source)
    config = json.loads((source / "config.json").read_text())
    (source / "config.json").write_text(json.dumps({**config, "id2label": {"0": "a", "1": "b"}}))
    with pytest.raises(ModelError, match="gives 2 scores"):
        finish(shelf.import_from(source))
    assert list((tmp_path / "own").iterdir()) == []


def test_a_cross_encoder_with_a_list_of_modules_is_a_cross_encoder(
    shelf: ModelShelf, tmp_path: Path
) -> None:
    """As sentence-transformers saves them from its version 6 on."""
    source = tmp_path / "source"
    shutil.copytree(RESOURCES / "models" / RERANKER, source)
    kind = "sentence_transformers.base.modules.transformer.Transformer"
    modules = [{"idx": 0, "name": "0", "path": "", "type": kind}]
    (source / "modules.json").write_text(json.dumps(modules))
    role = {"transformer_task": "sequence-classification"}
    (source / "sentence_bert_config.json").write_text(json.dumps(role))
    imported = finish(shelf.import_from(source, "newer"))
    assert imported.model.role is ModelRole.RERANKER
    assert shelf.verify() == []


def test_links_and_pickles_in_a_model_folder_are_left_behind(
    shelf: ModelShelf, tmp_path: Path
) -> None:
    source = tmp_path / "source"
    shutil.copytree(RESOURCES / "models" / RERANKER, source)
    (source / "secret.json").symlink_to("/etc/passwd")
    (source / "pytorch_model.bin").write_bytes(b"\x80\x04")
    model = finish(shelf.import_from(source, "copied")).model
    assert not {"secret.json", "pytorch_model.bin"} & {file.path for file in model.files}


@pytest.mark.parametrize("name", ["../../escaped", ".", "..", "a/b", 'a"b', "", "x" * 200])
def test_a_name_that_is_no_plain_name_is_refused(
    shelf: ModelShelf, tmp_path: Path, name: str
) -> None:
    (tmp_path / "m.gguf").write_bytes(b"GGUF" + bytes(100))
    if name:
        with pytest.raises(WrongUsage, match="name of a model"):
            finish(shelf.import_from(tmp_path / "m.gguf", name))
    assert list((tmp_path / "own").glob("**/*")) == []
    assert shelf.models()


def test_a_damaged_manifest_of_the_users_spoils_no_other_model(
    shelf: ModelShelf, tmp_path: Path
) -> None:
    (tmp_path / "own" / "bad").mkdir(parents=True)
    (tmp_path / "own" / "bad" / "manifest.toml").write_text("not = = toml")
    assert shelf.folder(RERANKER, ModelRole.RERANKER)
    assert [name for name, _ in shelf.verify()] == ["bad"]


def test_a_model_in_use_that_is_not_here_is_a_problem(shelf: ModelShelf) -> None:
    assert shelf.verify(["qwen2.5-1.5b-instruct"]) == [("qwen2.5-1.5b-instruct", "It is not here.")]


def test_an_altered_file_is_fetched_again(tmp_path: Path) -> None:
    shelf = small_shelf(tmp_path, HttpModelFetcher(BrokenConnection(CONTENT, len(CONTENT))))
    folder = finish(shelf.fetch("m"))
    (folder / "m.gguf").write_bytes(b"altered")
    assert [file.path for file in shelf.wanted("m")] == ["m.gguf"]
    finish(shelf.fetch("m"))
    assert shelf.verify() == []
