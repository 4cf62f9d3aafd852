"""Settings, read once from a TOML file that a person, or the window, may edit.

An administrator's file comes first: its values are everyone's defaults, and what it locks is not
for users to change. Light to import: the window reads it before anything else is there.
"""

import getpass
import json
import os
import re
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from pathlib import Path
from typing import Any

import platformdirs

from desktop_rag.errors import SettingsError
from desktop_rag.privacy import administration
from desktop_rag.privacy.permissions import private_folder, write_private

APP_NAME = "desktop-rag"


@dataclass(frozen=True, slots=True)
class Settings:
    """What a person may choose. Every field but the folders is a key of settings.toml.

    Attributes:
        data_folder: where models, settings and logs live; never roaming.
        library_folder: the library in use.
        threads: cores that the models may use; 0 means all physical ones.
        quiet_on_battery: whether reading and preparing documents keeps to half of the cores while
            the computer runs on its battery.
        device: what the models compute on. "auto": a GPU that has passed its trial, else the
            processor; "cpu": all on the processor, no GPU is looked for; "cuda" (NVIDIA, and AMD
            through ROCm), "mps" (Apple): this GPU or the processor, for both encoders. The
            language model heeds "cpu" alone: else it gets the layers that its own GPU takes.
        ocr: whether pages without text are recognised.
        answer_tokens: longest answer that the language model may write.
        answers: "written" by the language model, or "quoted": the best places word for word; no
            model is loaded then.
        appearance: "system", "light" or "dark".
        language: of the window: "system", "en", "de" or "fr".
        text_size: of the window, in percent of the usual.
        lock_after_minutes: an open vault is locked when the window was not used for so long.
        model_key: a public key of minisign (“RW…”): only packs that are signed with it are taken
            among the models; "" takes any model.
        log: whether the engine keeps a log for support; it holds no text, question or file name.
        locked: the keys that the administrator of this computer has set for good.
    """

    data_folder: Path
    library_folder: Path
    embedder: str = "all-MiniLM-L6-v2"
    reranker: str = "minilm-l6-reranker"
    language_model: str = "smollm2-135m-instruct"
    threads: int = 0
    quiet_on_battery: bool = True
    device: str = "auto"
    ocr: bool = True
    answer_tokens: int = 160
    answers: str = "written"
    appearance: str = "system"
    language: str = "system"
    text_size: int = 100
    lock_after_minutes: int = 10
    model_key: str = ""
    log: bool = False
    locked: frozenset[str] = field(default_factory=frozenset)

    @property
    def models_folder(self) -> Path:
        return self.data_folder / "models"

    @property
    def settings_file(self) -> Path:
        return self.data_folder / "settings.toml"

    @property
    def log_file(self) -> Path:
        return self.data_folder / "logs" / "engine.log"


_ALLOWED: dict[str, Any] = {
    "threads": range(257),
    "answer_tokens": range(16, 1025),
    "answers": ("written", "quoted"),
    "device": ("auto", "cpu", "cuda", "mps"),
    "appearance": ("system", "light", "dark"),
    "language": ("system", "en", "de", "fr"),
    "text_size": range(80, 201),
    "lock_after_minutes": range(1, 241),
}
_FORMS: dict[str, tuple[re.Pattern[str], str]] = {
    "model_key": (
        re.compile(r"(RW[Q-T][A-Za-z0-9+/]{53})?"),
        "the line “RW…” of minisign.pub, or nothing",
    ),
}
_TYPES: dict[str, type] = {
    one.name: one.type  # type: ignore[misc]
    for one in fields(Settings)
    if one.default is not MISSING
}
_MOST_BYTES = 32_768  # of the file; of much longer ones a parser makes minutes of work
_MOST_SHOWN = 80  # characters of what it holds, in a message
_DEFAULTS: dict[str, Any] = {
    one.name: one.default for one in fields(Settings) if one.default is not MISSING
}
_LIBRARY = "library_folder"  # a key of the administrator's file alone


@dataclass(frozen=True, slots=True)
class _Rules:
    """Everyone's defaults, the locked ones of them, where libraries lie ("" for as usual)."""

    values: Mapping[str, Any]
    locked: frozenset[str]
    library_folder: str


def data_folder() -> Path:
    """The user's data folder for this program (not created)."""
    return Path(platformdirs.user_data_dir(APP_NAME, appauthor=False, roaming=False))


def resources_folder() -> Path:
    """Where models.toml, bundled models, icons and samples lie: beside the package, or packed."""
    packed = getattr(sys, "_MEIPASS", None)
    root = Path(packed) if packed else Path(__file__).resolve().parent.parent
    return root / "resources"


def defaults() -> Settings:
    """The settings of somebody who has chosen nothing."""
    folder = data_folder()
    return Settings(data_folder=folder, library_folder=folder / "library")


def load(library_folder: Path | None = None) -> tuple[Settings, list[str]]:
    """Settings and warnings for the user.

    A file that is no TOML is set aside under another name and the defaults are used: the warning
    says so. Raises SettingsError for an unknown key or a value of the wrong type, for a library
    that the administrator does not allow, and for an administrator's file that cannot be trusted.
    """
    folder = data_folder()
    rules = _rules()
    file = folder / "settings.toml"
    values, warnings = _read(file)
    for key, value in values.items():
        _check(file, key, value)
    chosen = {key: value for key, value in values.items() if key not in rules.locked}
    library = _library(rules, library_folder, folder / "library")
    in_force = {**rules.values, **chosen}
    return Settings(folder, library, locked=rules.locked, **in_force), warnings


def _rules() -> _Rules:
    """The administrator's settings. Raises SettingsError: damaged ones must not unlock anything."""
    file = administration.settings_file()
    try:
        if not file.exists():
            return _Rules({}, frozenset(), "")
        weakness = administration.weakness(file)
        values = {} if weakness else tomllib.loads(_content(file))
    except (OSError, ValueError, RecursionError) as error:
        raise _of_administrator(f"{file} cannot be read: {_shown(str(error))}.") from error
    if weakness:
        raise _of_administrator(f"{file} cannot be trusted: {weakness}.")
    locked, library = values.pop("locked", []), values.pop(_LIBRARY, "")
    for key, value in values.items():
        _check(file, key, value)
    if not isinstance(locked, list) or not {*map(str, locked)} <= {*_TYPES, _LIBRARY}:
        known = ", ".join(sorted({*_TYPES, _LIBRARY}))
        raise _of_administrator(f"{file}: “locked” is a list of keys, of these: {known}.")
    if not isinstance(library, str) or not (
        library == "" or library.startswith("~/") or "{user}" in library
    ):
        raise _of_administrator(f"{file}: “{_LIBRARY}” begins with “~/” or contains “{{user}}”.")
    return _Rules(values, frozenset(locked), library)


def _of_administrator(message: str) -> SettingsError:
    return SettingsError(
        message,
        "It holds what the administrator of this computer has set; without it nothing is opened. "
        "Ask the administrator to mend it.",
    )


def _library(rules: _Rules, wanted: Path | None, usual: Path) -> Path:
    """Where the library lies. Raises SettingsError if a user may not choose and has chosen."""
    given = usual
    if rules.library_folder:
        named = rules.library_folder.replace("{user}", getpass.getuser())
        given = Path(named).expanduser().absolute()
    if wanted is None or wanted.absolute() == given:
        return given
    if _LIBRARY in rules.locked:
        raise SettingsError(
            f"The administrator of this computer has set that libraries lie in {given}.",
            "Leave out “--library”.",
        )
    return wanted.absolute()


def save(settings_file: Path, changes: Mapping[str, object]) -> None:
    """Write these settings into the file and leave the others as they are.

    What equals its default is left out. Lines of comment are kept, at the top. The file is
    written whole or not at all, for its owner alone (0600). Raises SettingsError, also for a key
    that the administrator has locked; what the file says of such a key stays as it is.
    """
    rules = _rules()
    for key in sorted(rules.locked & changes.keys()):
        raise SettingsError(
            f"“{key}” is set by the administrator of this computer.", "Ask there to change it."
        )
    values: dict[str, Any] = {**_read(settings_file)[0], **changes}
    for key, value in values.items():
        _check(settings_file, key, value)
    lines = [*_comments(settings_file)]
    lines += [
        f"{key} = {_toml(values[key])}"
        for key, default in {**_DEFAULTS, **rules.values}.items()
        if key in values and (key in rules.locked or values[key] != default)
    ]
    try:
        private_folder(settings_file.parent)
        write_private(settings_file, "".join(line + "\n" for line in lines))
    except OSError as error:
        raise SettingsError(
            f"The settings could not be saved in {settings_file.parent}: {error.strerror}.",
            "Check that you may write there and that the disk is not full.",
        ) from error


def _comments(file: Path) -> list[str]:
    """The lines of the file that are nothing but a comment."""
    if not file.exists():
        return []
    lines = file.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.lstrip().startswith("#")]


def _toml(value: bool | int | str) -> str:
    """The value as TOML writes it: as JSON does, but for DEL, which must be escaped."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _read(file: Path) -> tuple[dict[str, Any], list[str]]:
    if not os.path.exists(file):  # noqa: PTH110 - Path.exists() raises where it may not look
        return {}, []
    try:
        return tomllib.loads(_content(file)), []
    except OSError as error:
        raise SettingsError(
            f"The settings file {file} cannot be opened: {error.strerror}.", "Check its rights."
        ) from error
    except (ValueError, RecursionError) as error:  # no TOML, no UTF-8, endless numbers, deep lists
        aside = _set_aside(file)
        return {}, [
            f"The settings file could not be read ({_shown(str(error))}). It was set aside as "
            f"{aside.name} in {aside.parent}; default settings are in use."
        ]


def _content(file: Path) -> str:
    """The text of a regular file: what is none (a pipe, a device) may never come to an end."""
    if not file.is_file():
        raise SettingsError(f"{file} is no file.", "Remove it: the program then uses its defaults.")
    with file.open("rb") as stream:
        content = stream.read(_MOST_BYTES + 1)
    if len(content) > _MOST_BYTES:
        raise ValueError("it is too long for settings")
    return content.decode("utf-8").replace("\r\n", "\n")


def _set_aside(file: Path) -> Path:
    number = 1
    while (aside := file.with_name(f"settings.damaged-{number}.toml")).exists():
        number += 1
    try:
        return file.rename(aside)
    except OSError as error:
        raise SettingsError(
            f"The settings file {file} is damaged and cannot be set aside: {error.strerror}.",
            "Remove it yourself, or see to the rights of its folder.",
        ) from error


def _shown(text: str) -> str:
    """What a file holds, as it may stand in a message: short, and nothing that steers a screen."""
    kept = "".join(character if character.isprintable() else "?" for character in text)
    return kept if len(kept) <= _MOST_SHOWN else kept[:_MOST_SHOWN] + "…"


def _check(file: Path, key: str, value: object) -> None:
    if key not in _TYPES:
        known = ", ".join(sorted(_TYPES))
        raise SettingsError(
            f"{file} has an unknown setting “{_shown(key)}”.", f"Known are: {known}."
        )
    if type(value) is not _TYPES[key]:
        wanted = _TYPES[key].__name__
        raise SettingsError(
            f"{file} sets “{key}” to {_shown(repr(value))}.", f"Give it a value of type {wanted}."
        )
    allowed = _ALLOWED.get(key)
    if allowed is not None and value not in allowed:
        numbers = isinstance(allowed, range)
        words = f"from {allowed[0]} to {allowed[-1]}" if numbers else ", ".join(allowed)
        raise SettingsError(
            f"{file} sets “{key}” to {_shown(repr(value))}.", f"Allowed are: {words}."
        )
    form = _FORMS.get(key)
    if form is not None and not form[0].fullmatch(str(value)):
        raise SettingsError(
            f"{file} sets “{key}” to {_shown(repr(value))}.", f"Allowed is {form[1]}."
        )
