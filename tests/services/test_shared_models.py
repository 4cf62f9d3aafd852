"""Models that an administrator put there for all users of a computer."""

import os
import stat
import sys
from pathlib import Path

import pytest

from desktop_rag.adapters.model_fetcher import HttpModelFetcher
from desktop_rag.domain import ModelRole
from desktop_rag.errors import ModelAltered, ModelError
from desktop_rag.privacy import administration
from desktop_rag.services.model_shelf import ModelShelf
from tests.gguf import make_gguf
from tests.services.test_model_shelf import ENCODERS, RESOURCES
from tests.support import finish

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
WRITER = ModelRole.LANGUAGE_MODEL


@pytest.fixture(autouse=True)
def as_root(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs the tests stands for root."""
    monkeypatch.setattr(administration, "_ROOT", os.getuid())
    if os.getuid() != 0:  # the folders above are root's
        monkeypatch.setattr(Path, "parents", property(lambda path: (path.parent,)))


def shelf(tmp_path: Path, user: str) -> ModelShelf:
    shared = tmp_path / "shared" / "models"
    return ModelShelf(RESOURCES, tmp_path / user, HttpModelFetcher(), ENCODERS, shared)


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """The folder of a model that was imported for all users."""
    file = make_gguf(tmp_path / "Writer.gguf")
    finish(shelf(tmp_path, "admin").import_from(file, "writer", for_all_users=True))
    return tmp_path / "shared" / "models" / "writer"


def test_every_user_has_it_and_may_read_but_not_write_it(tmp_path: Path, shared: Path) -> None:
    assert not (tmp_path / "admin").exists()
    for user in ("ann", "bob"):
        assert shelf(tmp_path, user).folder("writer", WRITER) == shared
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in shared.iterdir()}
    assert set(modes.values()) == {0o644}
    assert stat.S_IMODE(shared.stat().st_mode) == 0o755
    (state,) = [s for s in shelf(tmp_path, "ann").states() if s.model.name == "writer"]
    assert (state.installed, state.folder) == (True, shared)


def test_an_altered_one_is_refused(tmp_path: Path, shared: Path) -> None:
    (file,) = shared.glob("*.gguf")
    file.write_bytes(file.read_bytes()[:-1] + b"x")
    with pytest.raises(ModelAltered, match="altered"):
        shelf(tmp_path, "ann").folder("writer", WRITER)


@pytest.mark.parametrize("place", ["", "manifest.toml"])
def test_one_that_others_could_change_is_refused(tmp_path: Path, shared: Path, place: str) -> None:
    (shared / place).chmod(0o777)
    with pytest.raises(ModelAltered, match="can be written by others"):
        shelf(tmp_path, "ann").folder("writer", WRITER)
    assert [name for name, _ in shelf(tmp_path, "ann").verify()] == ["writer"]


def test_where_the_folder_cannot_be_made_that_is_said(tmp_path: Path) -> None:
    (tmp_path / "shared").write_text("in the way")
    with pytest.raises(ModelError, match="for all users"):
        finish(shelf(tmp_path, "ann").import_from(tmp_path / "x", for_all_users=True))


def test_a_shelf_without_such_a_folder_says_so(tmp_path: Path) -> None:
    alone = ModelShelf(RESOURCES, tmp_path / "own", HttpModelFetcher(), ENCODERS)
    with pytest.raises(ModelError, match="for all users"):
        finish(alone.import_from(make_gguf(tmp_path / "m.gguf"), for_all_users=True))
