"""Packs: what is taken from one, and that a stop or a refusal leaves nothing."""

import hashlib
import shutil
from pathlib import Path

import pytest

from desktop_rag.domain import ImportStep, Model, ModelRole
from desktop_rag.errors import ModelError
from desktop_rag.services import disk_room, model_pack
from desktop_rag.services.model_shelf import ModelShelf
from tests.conftest import ROOT
from tests.gguf import gguf
from tests.hostile.packs import zipped
from tests.services.test_model_shelf import ENCODERS
from tests.support import finish

MANIFEST = """
[[model]]
name = "anything"
role = "language_model"
licence = "MIT"
title = "A tiny model"
[[model.files]]
path = "Tiny.gguf"
sha256 = "{digest}"
bytes = 1
[[model.sources]]
kind = "huggingface"
name = "evil/model"
revision = "1"
"""


@pytest.fixture
def shelf(tmp_path: Path) -> ModelShelf:
    from desktop_rag.adapters.model_fetcher import HttpModelFetcher

    return ModelShelf(ROOT / "resources", tmp_path / "own", HttpModelFetcher(), ENCODERS)


def test_a_pack_with_a_manifest_is_taken_and_where_to_fetch_it_is_not_believed(
    shelf: ModelShelf, tmp_path: Path
) -> None:
    manifest = MANIFEST.format(digest=hashlib.sha256(gguf()).hexdigest()).encode()
    members = [
        ("A model/Tiny.gguf", gguf()), ("A model/manifest.toml", manifest),
        ("A model/README.md", b"Read me."), ("A model/pytorch_model.bin", b"\x80\x04"),
        ("__MACOSX/A model/._Tiny.gguf", b"x"), ("A model/.gitattributes", b""),
    ]  # fmt: skip
    (tmp_path / "My pack.zip").write_bytes(zipped(*members))
    model = finish(shelf.import_from(tmp_path / "My pack.zip")).model
    assert (model.name, model.role, model.title) == (
        "my-pack",
        ModelRole.LANGUAGE_MODEL,
        "A tiny model",
    )
    assert model.sources == ()
    folder = shelf.folder("my-pack", ModelRole.LANGUAGE_MODEL)
    assert sorted(file.name for file in folder.iterdir()) == ["manifest.toml", "my-pack.gguf"]
    assert (folder / "my-pack.gguf").read_bytes() == gguf()
    assert shelf.verify() == []


def test_a_stop_leaves_nothing_behind(shelf: ModelShelf, tmp_path: Path) -> None:
    (tmp_path / "p.zip").write_bytes(zipped(("m.gguf", gguf())))
    steps = shelf.import_from(tmp_path / "p.zip")
    assert next(steps).step is ImportStep.COPYING
    assert list((tmp_path / "own" / ".unfolded-p").iterdir())
    steps.close()
    assert list((tmp_path / "own").iterdir()) == []


def test_what_the_disk_has_no_room_for_is_refused_before_a_byte_is_written(
    shelf: ModelShelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "p.zip").write_bytes(zipped(("m.gguf", gguf())))
    full = shutil.disk_usage(tmp_path)._replace(free=1000)
    monkeypatch.setattr(disk_room.shutil, "disk_usage", lambda place: full)
    with pytest.raises(ModelError, match="GB of the disk are free"):
        finish(shelf.import_from(tmp_path / "p.zip"))
    assert list((tmp_path / "own").iterdir()) == []


def test_more_than_64_gb_are_refused(
    shelf: ModelShelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "p.zip").write_bytes(zipped(("m.gguf", gguf())))
    monkeypatch.setattr(model_pack, "MOST_BYTES", len(gguf()) - 1)
    with pytest.raises(ModelError, match=r"^The pack p\.zip was not .* would unfold"):
        finish(shelf.import_from(tmp_path / "p.zip"))


def test_a_disk_that_fills_up_meanwhile_is_said_in_words(
    shelf: ModelShelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(file: Path, model: Model) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("desktop_rag.services.model_import.write_manifest", full)
    (tmp_path / "p.zip").write_bytes(zipped(("m.gguf", gguf())))
    with pytest.raises(ModelError, match=r"p\.zip was not taken: No space left") as caught:
        finish(shelf.import_from(tmp_path / "p.zip"))
    assert caught.value.hint
    assert list((tmp_path / "own").iterdir()) == []
