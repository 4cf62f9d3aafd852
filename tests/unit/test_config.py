from pathlib import Path

import pytest

from desktop_rag import config
from desktop_rag.errors import SettingsError


def write(home: Path, text: str) -> Path:
    file = home / "settings.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_without_a_file_the_defaults_hold(private_home: Path) -> None:
    settings, warnings = config.load()
    assert settings.library_folder == private_home / "library"
    assert warnings == []


def test_the_file_is_heeded(private_home: Path) -> None:
    write(private_home, 'threads = 3\nreranker = "other"\nocr = false\n')
    settings, _ = config.load(Path("elsewhere"))
    assert (settings.threads, settings.reranker, settings.ocr) == (3, "other", False)
    assert settings.library_folder == Path("elsewhere").absolute()


@pytest.mark.parametrize(
    "text",
    [
        "colour = 1",
        'threads = "two"',
        "ocr = 1",
        'data_folder = "/"',
        "threads = -1",
        'device = "tpu"',
        "answer_tokens = 9000",
    ],
)
def test_an_unknown_key_or_a_wrong_type_is_refused_by_name(private_home: Path, text: str) -> None:
    write(private_home, text)
    with pytest.raises(SettingsError, match=text.split()[0]):
        config.load()


def test_a_damaged_file_is_set_aside_and_nothing_is_lost(private_home: Path) -> None:
    for number in (1, 2):
        file = write(private_home, "threads = = 3")
        settings, warnings = config.load()
        assert settings.threads == 0
        assert not file.exists()
        kept = private_home / f"settings.damaged-{number}.toml"
        assert kept.read_text() == "threads = = 3"
        assert kept.name in warnings[0]
