import os
import stat
import subprocess
import sys
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
        'appearance = "pink"',
        'language = "la"',
        "text_size = 79",
        "text_size = 201",
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


def test_saved_settings_are_loaded_and_the_others_stay(private_home: Path) -> None:
    file = write(private_home, 'threads = 3\nreranker = "other"\n')
    changes = {"appearance": "dark", "text_size": 120, "ocr": False, "threads": 4}
    config.save(file, changes)
    settings, warnings = config.load()
    assert warnings == []
    assert (settings.appearance, settings.text_size, settings.ocr) == ("dark", 120, False)
    assert (settings.threads, settings.reranker, settings.language) == (4, "other", "system")


def test_what_equals_its_default_is_left_out(private_home: Path) -> None:
    file = write(private_home, 'threads = 3\ndevice = "auto"\nanswer_tokens = 200\n')
    config.save(file, {"threads": 0, "language": "system"})
    assert file.read_text() == "answer_tokens = 200\n"


def test_comments_of_a_person_are_kept(private_home: Path) -> None:
    file = write(private_home, "# Mine.\nthreads = 3\n  # ünd this\n")
    for size in (90, 110):
        config.save(file, {"text_size": size})
    assert file.read_text(encoding="utf-8") == (
        "# Mine.\n  # ünd this\nthreads = 3\ntext_size = 110\n"
    )


def test_any_name_comes_back_as_it_was_saved(private_home: Path) -> None:
    name = 'a "b" \\ é \x7f\n\t\U0001f600'
    config.save(private_home / "settings.toml", {"embedder": name})
    assert config.load()[0].embedder == name


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_a_first_save_makes_a_private_file_in_a_private_folder(tmp_path: Path) -> None:
    file = tmp_path / "new" / "settings.toml"
    config.save(file, {"language": "de"})
    assert [stat.S_IMODE(path.stat().st_mode) for path in (file, file.parent)] == [0o600, 0o700]
    assert list(file.parent.iterdir()) == [file]


@pytest.mark.parametrize(
    "changes", [{"colour": 1}, {"text_size": 300}, {"text_size": "100"}, {"ocr": 1}]
)
def test_a_wrong_change_is_refused_and_the_file_stays(
    private_home: Path, changes: dict[str, object]
) -> None:
    file = write(private_home, "threads = 3\n")
    with pytest.raises(SettingsError, match=next(iter(changes))):
        config.save(file, changes)
    assert file.read_text() == "threads = 3\n"


def test_a_full_disk_is_said_in_words_and_the_old_file_stays(
    private_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    file = write(private_home, "threads = 3\n")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(SettingsError, match="No space left"):
        config.save(file, {"threads": 4})
    assert [path.name for path in private_home.iterdir()] == ["settings.toml"]
    assert file.read_text() == "threads = 3\n"


def test_a_folder_that_cannot_be_made_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(SettingsError, match="could not be saved"):
        config.save(tmp_path / "file" / "settings.toml", {"threads": 4})


def test_the_settings_are_light_to_import() -> None:
    code = (
        "import sys, desktop_rag.config;"
        "heavy = {'numpy', 'lancedb', 'torch', 'desktop_rag.services', 'desktop_rag.ports'};"
        "sys.exit(bool(heavy & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
