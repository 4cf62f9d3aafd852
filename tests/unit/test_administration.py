"""What an administrator has set holds, whatever a user's own file says."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_rag import config
from desktop_rag.errors import SettingsError
from desktop_rag.privacy import administration

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
Write = Callable[[str], Path]


@pytest.fixture
def rule(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Writes the administrator's file; whoever runs the tests stands for root."""
    file = tmp_path / "etc" / "settings.toml"
    file.parent.mkdir(mode=0o755)
    monkeypatch.setattr(administration, "settings_file", lambda: file)
    monkeypatch.setattr(administration, "_ROOT", os.getuid())
    if os.getuid() != 0:  # the folders above are root's
        monkeypatch.setattr(Path, "parents", property(lambda path: (path.parent,)))

    def write(text: str) -> Path:
        file.write_text(text, encoding="utf-8")
        file.chmod(0o644)
        return file

    return write


def own(home: Path, text: str) -> Path:
    file = home / "settings.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_its_values_are_defaults_that_a_user_may_change(private_home: Path, rule: Write) -> None:
    rule('device = "cpu"\nlock_after_minutes = 5\n')
    own(private_home, "lock_after_minutes = 15\n")
    settings, warnings = config.load()
    assert (settings.device, settings.lock_after_minutes, warnings) == ("cpu", 15, [])
    assert settings.locked == frozenset()


def test_what_is_locked_no_user_can_change(private_home: Path, rule: Write) -> None:
    rule('answers = "quoted"\nlocked = ["answers", "log"]\n')
    file = own(private_home, 'answers = "written"\nlog = true\nthreads = 2\n')
    settings, _ = config.load()
    assert (settings.answers, settings.log, settings.threads) == ("quoted", False, 2)
    assert settings.locked == {"answers", "log"}
    with pytest.raises(SettingsError, match="administrator"):
        config.save(file, {"answers": "written"})
    config.save(file, {"threads": 3})
    assert file.read_text() == 'threads = 3\nanswers = "written"\nlog = true\n'


def test_a_user_can_choose_the_programs_default_against_the_administrators(
    private_home: Path, rule: Write
) -> None:
    rule("text_size = 125\n")
    config.save(private_home / "settings.toml", {"text_size": 100})
    assert config.load()[0].text_size == 100
    config.save(private_home / "settings.toml", {"text_size": 125})
    assert (private_home / "settings.toml").read_text() == ""


@pytest.mark.parametrize(
    "text",
    [
        "locked = = 1",
        'locked = "answers"',
        'locked = ["colour"]',
        "locked = [1]",
        "colour = 1",
        "threads = -1",
        'library_folder = "/srv/library"',
        "library_folder = 1",
        "#" * 40_000,
    ],
)
def test_a_damaged_file_unlocks_nothing_and_is_left_alone(
    private_home: Path, rule: Write, text: str
) -> None:
    file = rule(text)
    with pytest.raises(SettingsError, match=r"settings\.toml"):
        config.load()
    with pytest.raises(SettingsError):
        config.save(private_home / "settings.toml", {"threads": 3})
    assert file.read_text() == text
    assert list(private_home.iterdir()) == []


@pytest.mark.parametrize("mode", [0o666, 0o664, 0o646])
def test_a_file_that_others_can_write_is_not_trusted(rule: Write, mode: int) -> None:
    rule("threads = 3").chmod(mode)
    with pytest.raises(SettingsError, match="can be written by others"):
        config.load()


def test_a_folder_that_others_can_write_is_not_trusted(rule: Write) -> None:
    rule("threads = 3").parent.chmod(0o777)
    with pytest.raises(SettingsError, match="can be written by others"):
        config.load()


def test_the_file_of_another_user_is_not_trusted(
    rule: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    rule("threads = 3")
    monkeypatch.setattr(administration, "_ROOT", os.getuid() + 1)
    with pytest.raises(SettingsError, match="another user than root"):
        config.load()


def test_a_link_is_judged_where_it_points(rule: Write, tmp_path: Path) -> None:
    open_to_all = tmp_path / "elsewhere.toml"
    open_to_all.write_text("threads = 3")
    open_to_all.chmod(0o666)
    file = rule("")
    file.unlink()
    file.symlink_to(open_to_all)
    with pytest.raises(SettingsError, match="elsewhere"):
        config.load()


def test_each_users_library_can_be_put_elsewhere(
    rule: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr("getpass.getuser", lambda: "ann")
    rule('library_folder = "~/Matters/Library"\n')
    assert config.load()[0].library_folder == tmp_path / "Matters" / "Library"
    assert config.load(tmp_path / "other")[0].library_folder == tmp_path / "other"
    rule('library_folder = "/srv/{user}/library"\nlocked = ["library_folder"]\n')
    assert config.load()[0].library_folder == Path("/srv/ann/library")
    assert config.load(Path("/srv/ann/library"))[0].library_folder == Path("/srv/ann/library")
    with pytest.raises(SettingsError, match="/srv/ann/library"):
        config.load(tmp_path / "other")


def test_no_variable_moves_these_places(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    before = (administration.settings_file(), administration.models_folder())
    for name in ("XDG_CONFIG_DIRS", "XDG_CONFIG_HOME", "XDG_DATA_DIRS", "HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    assert (administration.settings_file(), administration.models_folder()) == before
