"""Models that are there and were damaged since: each is refused in words, and nothing of it loaded.

What is hostile from the start (packs, folders, GGUF files) is in tests/hostile.
"""

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_rag.adapters.encoder_import import EncoderImport, read_samples
from desktop_rag.adapters.model_fetcher import HttpModelFetcher
from desktop_rag.domain import ModelRole
from desktop_rag.errors import ModelAltered, ModelError
from desktop_rag.services.model_shelf import ModelShelf
from tests.conftest import ROOT
from tests.gguf import make_gguf
from tests.models import TWIN, make_twin
from tests.support import finish

RESOURCES = ROOT / "resources"
ENCODERS = EncoderImport(lambda: read_samples(RESOURCES / "agreement.toml"), threads=2)
WRITER = "writer"
Damage = Callable[[Path, random.Random], None]


def flip(file: Path, chance: random.Random) -> None:
    """One bit, anywhere."""
    with file.open("r+b") as content:
        content.seek(chance.randrange(file.stat().st_size))
        byte = content.read(1)[0]
        content.seek(-1, os.SEEK_CUR)
        content.write(bytes([byte ^ 1 << chance.randrange(8)]))


def cut(file: Path, chance: random.Random) -> None:
    os.truncate(file, chance.randrange(file.stat().st_size))


def lengthen(file: Path, chance: random.Random) -> None:
    with file.open("ab") as content:
        content.write(chance.randbytes(chance.randrange(1, 100)))


def take_away(file: Path, _: random.Random) -> None:
    file.unlink()


def empty(file: Path, _: random.Random) -> None:
    file.write_bytes(b"")


def swap(file: Path, chance: random.Random) -> None:
    """Another model's content: sound by itself, and not this one."""
    others = sorted((RESOURCES / "models").rglob("*.json"))
    shutil.copyfile(chance.choice([one for one in others if one.stat().st_size > 300]), file)


def put_beside(file: Path, _: random.Random) -> None:
    """A graph that nobody vouches for, where the first of several is taken."""
    (file.parent / "model_qint8_a.onnx").write_bytes(b"a graph")


DAMAGES: tuple[Damage, ...] = (flip, cut, lengthen, take_away, empty, swap, put_beside)


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bi-encoder and a language model of the user's."""
    own = tmp_path_factory.mktemp("own")
    make_twin(own)
    gguf = make_gguf(tmp_path_factory.mktemp("stick") / f"{WRITER}.gguf")
    finish(ModelShelf(RESOURCES, own, HttpModelFetcher(), ENCODERS).import_from(gguf))
    return own


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_model_that_was_damaged_is_refused_in_words(
    sound: Path, tmp_path: Path, damage: Damage
) -> None:
    chance = random.Random(damage.__name__)
    own = tmp_path / "own"
    shutil.copytree(sound, own)
    shelf = ModelShelf(RESOURCES, own, HttpModelFetcher(), ENCODERS)
    roles = {TWIN: ModelRole.EMBEDDER, WRITER: ModelRole.LANGUAGE_MODEL}
    for name, role in roles.items():  # read once, so that a change must be noticed
        assert shelf.folder(name, role) == own / name
    for number in range(15):
        name = chance.choice(list(roles))
        file = own / name / chance.choice(shelf.model(name).files).path
        damage(file, chance)
        with pytest.raises(ModelError) as refusal:
            shelf.folder(name, roles[name])
        assert name in refusal.value.message
        assert refusal.value.hint
        if number == 0:
            assert name in dict(shelf.verify())
        shutil.rmtree(own / name)
        shutil.copytree(sound / name, own / name)
        assert shelf.folder(name, roles[name])


def test_a_manifest_that_was_altered_with_its_model_is_another_model(
    sound: Path, tmp_path: Path
) -> None:
    """Whoever can write both can do that; what was made with the model before is not mixed."""
    own = tmp_path / "own"
    shutil.copytree(sound, own)
    shelf = ModelShelf(RESOURCES, own, HttpModelFetcher(), ENCODERS)
    before = shelf.identity(TWIN)
    shutil.rmtree(own / TWIN)
    make_twin(own, scale=-2.0)
    assert shelf.folder(TWIN, ModelRole.EMBEDDER)
    assert shelf.identity(TWIN) != before


def test_a_manifest_that_was_damaged_takes_its_model_away(sound: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    shutil.copytree(sound, own)
    chance = random.Random(1)
    manifest = own / WRITER / "manifest.toml"
    content = manifest.read_text()
    shelf = ModelShelf(RESOURCES, own, HttpModelFetcher(), ENCODERS)
    for _ in range(20):
        place = chance.randrange(len(content))
        manifest.write_text(content[:place] + "\x00" + content[place + 1 :])
        with pytest.raises((ModelAltered, ModelError)):
            shelf.folder(WRITER, ModelRole.LANGUAGE_MODEL)
    assert WRITER in dict(shelf.verify())
