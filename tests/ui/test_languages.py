"""The window in German and French, and English numbers of things."""

import importlib.util
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop_rag import config
from desktop_rag.ui import words
from desktop_rag.ui.add_sheet import AddSheet
from desktop_rag.ui.workspace import Workspace
from tests.ui.conftest import Open

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ROOT / "desktop_rag" / "ui"
TRANSLATIONS = ROOT / "resources" / "translations"
LANGUAGES = ("en", "de", "fr")
FOREIGN = ("de", "fr")
FILLED_IN = re.compile(r"\{\w+\}|%n")
# In French a no-break space stands before these; %n is no percent sign.
FRENCH_WITHOUT_SPACE = re.compile("(?<!\u00a0)(?:[:;?!»]|%(?!n))|«(?!\u00a0)|['\"“”]| …")
GERMAN_WRONG = re.compile("['\"”«»]|(?<!\u00a0)%(?!n)")
# Said by the offscreen platform of each dialog.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
WINDOWS = (QSize(1360, 860), QSize(1024, 600))


def messages(file: Path) -> Iterator[tuple[str, ElementTree.Element]]:
    for context in ElementTree.parse(file).getroot().findall("context"):
        for message in context.findall("message"):
            yield context.findtext("name", ""), message


def of_language(language: str) -> list[tuple[str, ElementTree.Element]]:
    return list(messages(TRANSLATIONS / f"desktop_rag_{language}.ts"))


def forms(message: ElementTree.Element) -> list[str]:
    """The translation; all its plural forms if it counts something."""
    translation = message.find("translation")
    assert translation is not None
    if message.get("numerus") == "yes":
        return [form.text or "" for form in translation.findall("numerusform")]
    return [translation.text or ""]


def collected(file: Path) -> set[tuple[str, str, bool]]:
    return {
        (context, message.findtext("source", ""), message.get("numerus") == "yes")
        for context, message in messages(file)
    }


@pytest.fixture(scope="module")
def update() -> ModuleType:
    """The program behind `make translations`, if Qt's tools run here."""
    spec = importlib.util.spec_from_file_location("update", TRANSLATIONS / "update.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for name in ("pyside6-lupdate", "pyside6-lrelease"):
        try:
            subprocess.run([module.tool(name), "-version"], check=True, capture_output=True)
        except (SystemExit, OSError, subprocess.CalledProcessError) as error:
            pytest.skip(f"{name} of PySide6 does not run here: {error}")
    return module


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_translated(language: str) -> None:
    for _, message in of_language(language):
        source = message.findtext("source", "")
        translation = message.find("translation")
        assert translation is not None
        assert translation.get("type") is None, source
        said = forms(message)
        assert len(said) == (2 if message.get("numerus") == "yes" else 1), source
        for form in said:
            assert form.strip(), source
            assert sorted(FILLED_IN.findall(form)) == sorted(FILLED_IN.findall(source)), source
            assert form[0].isspace() == source[0].isspace(), source
            assert form[-1].isspace() == source[-1].isspace(), source


@pytest.mark.parametrize(
    ("language", "wrong"), [("fr", FRENCH_WITHOUT_SPACE), ("de", GERMAN_WRONG)]
)
def test_punctuation_is_that_of_the_language(language: str, wrong: re.Pattern[str]) -> None:
    said = [form for _, message in of_language(language) for form in forms(message)]
    assert [form for form in said if wrong.search(form)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_files_hold_the_words_of_the_sources(
    language: str, update: ModuleType, tmp_path: Path
) -> None:
    fresh = tmp_path / "fresh.ts"
    update.collect(language, fresh)
    assert collected(TRANSLATIONS / f"desktop_rag_{language}.ts") == collected(fresh), (
        "run `make translations` and translate what is new"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_files_are_up_to_date(
    language: str, update: ModuleType, tmp_path: Path
) -> None:
    file, fresh = TRANSLATIONS / f"desktop_rag_{language}.ts", tmp_path / "fresh.qm"
    update.release(file, fresh)
    assert file.with_suffix(".qm").read_bytes() == fresh.read_bytes(), "run `make translations`"


def test_words_are_looked_up_where_they_are_collected() -> None:
    """`other.tr()` is collected under the variable's name, and never found by its class."""
    owners = {
        (file.name, owner)
        for file in SOURCES.glob("*.py")
        for owner in re.findall(r"(\w+)\.tr\(", file.read_text(encoding="utf-8"))
    }
    assert {owner for _, owner in owners} == {"self"}


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ("1 page", "2 pages", "1 document ready.", "2 documents ready.")),
        ("de", ("1 Seite", "2 Seiten", "1 Dokument bereit.", "2 Dokumente bereit.")),
        ("fr", ("1 page", "2 pages", "1 document prêt.", "2 documents prêts.")),
    ],
)
def test_numbers_take_the_plural_of_the_language(
    language: str, said: tuple[str, ...], open_window: Open, private_home: Path
) -> None:
    config.save(private_home / "settings.toml", {"language": language})
    open_window()
    counted = (words.page_count(1), words.page_count(2))
    assert (*counted, words.ready_sentence(1), words.ready_sentence(2)) == said


def texts(root: QWidget) -> set[str]:
    """All words that are seen."""
    seen = {
        widget.text()
        for kind in (QLabel, QPushButton, QCheckBox)
        for widget in root.findChildren(kind)
        if widget.isVisibleTo(root)
    }
    for kind in (QLineEdit, QPlainTextEdit):
        seen |= {field.placeholderText() for field in root.findChildren(kind)}
    return seen


@pytest.mark.parametrize(
    ("language", "samples", "hint"),
    [
        ("de", "Beispieldokumente öffnen", "Zuerst PDFs hier ablegen"),
        ("fr", "Ouvrir les documents d’exemple", "Déposez d’abord des PDF ici"),
    ],
)
def test_the_first_screen_speaks_the_language(
    language: str, samples: str, hint: str, open_window: Open, private_home: Path
) -> None:
    config.save(private_home / "settings.toml", {"language": language})
    seen = texts(open_window())
    assert {samples, hint} <= seen
    english = {
        source
        for _, message in of_language(language)
        if (source := message.findtext("source", "")) not in forms(message)
    }
    assert seen & english == set()


def test_a_language_chosen_in_the_settings_is_spoken_at_once(
    open_window: Open, qtbot: QtBot
) -> None:
    workspace = open_window()
    window = workspace.window()
    workspace.sheets.open_settings(0)
    assert workspace.sheets.settings is not None
    box = workspace.sheets.settings.general.language
    box.setCurrentIndex(box.findData("fr"))
    box.activated.emit(box.currentIndex())
    after = window.centralWidget()  # type: ignore[attr-defined]
    assert isinstance(after, Workspace)
    assert after is not workspace
    assert after.answers.welcome.samples.text() == "Ouvrir les documents d’exemple"
    assert after.sheets.settings is not None
    assert "Langue" in texts(after.sheets.settings)


def cut_off(root: QWidget) -> list[str]:
    """What is seen but finds too little room."""
    short = []
    for kind in (QPushButton, QCheckBox, QLabel):
        for widget in root.findChildren(kind):
            if not widget.isVisibleTo(root) or not widget.text():
                continue
            wraps = isinstance(widget, QLabel) and widget.wordWrap()
            wanted = QSize(0, widget.heightForWidth(widget.width())) if wraps else widget.sizeHint()
            if widget.width() < wanted.width() or widget.height() < wanted.height():
                short.append(f"{widget.text()}: {widget.size()} of {wanted}")
    for area in root.findChildren(QScrollArea):
        if area.isVisibleTo(root) and area.horizontalScrollBar().maximum():
            short.append(f"{area.accessibleName()} scrolls sideways")
    return short


@pytest.mark.parametrize("text_size", [100, 200])
@pytest.mark.parametrize("language", FOREIGN)
def test_words_find_room(
    language: str, text_size: int, open_window: Open, private_home: Path, qtbot: QtBot
) -> None:
    config.save(private_home / "settings.toml", {"language": language, "text_size": text_size})
    workspace = open_window()

    def assert_fits(root: QWidget) -> None:
        def fits() -> None:
            assert cut_off(root) == []

        QApplication.processEvents()  # a column that was just made is laid out in two rounds
        QApplication.processEvents()
        qtbot.waitUntil(fits)

    for size in WINDOWS:
        window = workspace.window()
        window.resize(size)
        assert_fits(workspace)
        assert window.size() == size
        workspace.sheets.open_settings(0)
        settings = workspace.sheets.settings
        assert settings is not None
        wished = QSize(760, 540) * text_size / 100
        settings.resize(wished.boundedTo(size - QSize(80, 100)))
        for page in range(settings.list.count()):
            settings.show_page(page)
            assert_fits(settings)
        settings.close()
        sheet = AddSheet(workspace, ["Smith"], "")
        qtbot.addWidget(sheet)
        sheet.show()
        assert_fits(sheet)
        sheet.close()
