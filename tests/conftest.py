"""The guard is on while the tests run: none of them can reach a network."""

from desktop_rag.privacy import guard

guard.activate()

from collections.abc import Iterator  # noqa: E402 - the guard goes first
from pathlib import Path  # noqa: E402

import pytest  # noqa: E402

from desktop_rag import config, wiring  # noqa: E402
from desktop_rag.services.assistant import Assistant  # noqa: E402
from tests.support import finish  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "resources" / "samples"


@pytest.fixture(autouse=True)
def private_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test reads or writes the settings of whoever runs it."""
    home = tmp_path_factory.mktemp("data")
    monkeypatch.setattr(config, "data_folder", lambda: home)
    monkeypatch.setenv("XDG_DATA_HOME", str(home.parent))
    return home


@pytest.fixture(scope="session")
def samples() -> Path:
    return SAMPLES


@pytest.fixture(scope="session")
def sample_assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """Real engines on a library of all the samples. Tests that change it make their own."""
    folder = tmp_path_factory.mktemp("samples") / "library"
    settings = config.Settings(data_folder=folder.parent, library_folder=folder)
    assistant = wiring.build(settings)
    finish(assistant.library.add([SAMPLES], collection="Samples"))
    yield assistant
    assistant.close()


@pytest.fixture
def assistant(tmp_path: Path) -> Iterator[Assistant]:
    """Real engines on an empty library."""
    settings = config.Settings(data_folder=tmp_path, library_folder=tmp_path / "library")
    made = wiring.build(settings)
    yield made
    made.close()


@pytest.fixture
def one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents are stored alone, each before the next one is read, so that steps can be told."""
    monkeypatch.setattr("desktop_rag.services.line._MOST_CHUNKS", 0)
