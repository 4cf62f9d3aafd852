"""The guide and the page about the program: all of it is here, and nothing else is loaded."""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, Qt, QUrl
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop_rag.config import Settings, resources_folder
from desktop_rag.ui import about, components
from desktop_rag.ui.guide import Guide
from desktop_rag.ui.guide_pages import guide_pages
from desktop_rag.ui.guide_text import GuideText
from desktop_rag.ui.theme import LIGHT, Look
from tests.ui.test_languages import FRENCH_WITHOUT_SPACE
from tests.ui.test_no_way_out import calls

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")
FOLDER = resources_folder() / "guide"
PAGES = sorted((FOLDER / "en").glob("*.md"))
TRANSLATED = [page for page in PAGES if "administrators" not in page.name]
IMAGE = 2
LINK = re.compile(r"(!?)\[[^]]*\]\(([^)]*)\)")


def action(parent: QWidget, keys: str, text: str) -> QAction:
    made = QAction(text, parent)
    made.setShortcut(QKeySequence(keys))
    return made


@pytest.fixture
def guide(qtbot: QtBot) -> Iterator[Guide]:
    before = QLocale()
    QLocale.setDefault(QLocale("en"))
    window = QWidget()
    qtbot.addWidget(window)
    actions = [action(window, "Ctrl+O", "Add *PDFs*"), action(window, "F1", "Help | more")]
    made = Guide(window, FOLDER, Look(LIGHT), actions)
    made.show()
    yield made
    QLocale.setDefault(before)


@pytest.mark.parametrize("language", ["de", "fr"])
def test_every_page_is_there_in_every_language(language: str) -> None:
    assert [page.name for page in TRANSLATED] == [
        page.name for page in sorted((FOLDER / language).glob("*.md"))
    ]
    for page in TRANSLATED:
        there = (FOLDER / language / page.name).read_text(encoding="utf-8")
        here = page.read_text(encoding="utf-8")
        assert there.count("\n## ") == here.count("\n## "), page.name
        links = [found[1] for found in LINK.findall(here)]
        assert [found[1] for found in LINK.findall(there)] == links, page.name


@pytest.mark.parametrize(
    "page", sorted(FOLDER.glob("*/*.md")), ids=lambda p: p.parent.name + p.name
)
def test_links_and_pictures_lead_somewhere_and_nowhere_else(page: Path) -> None:
    content = page.read_text(encoding="utf-8")
    assert content.startswith("# ")
    assert "http" not in LINK.sub("", content) or "administrators" in page.name
    for picture, target in LINK.findall(content):
        if picture:
            assert (page.parent / target).resolve().parent == FOLDER / "pictures"
            assert (page.parent / target).is_file()
        else:
            assert target == "about" or (FOLDER / "en" / target).is_file()
    if page.parent.name == "fr":
        plain = LINK.sub("", content)
        assert [line for line in plain.splitlines() if FRENCH_WITHOUT_SPACE.search(line)] == []


def test_the_guide_is_small() -> None:
    assert sum(file.stat().st_size for file in FOLDER.rglob("*") if file.is_file()) < 1_500_000


def test_the_words_that_the_window_must_not_use_are_not_used() -> None:
    forbidden = {"embedding", "embeddings", "chunk", "chunks", "rerank", "reranker", "llm", "rag"}
    for page in FOLDER.glob("*/*.md"):
        if "administrators" not in page.name:  # who must write them into a file of settings
            text = re.sub("desktop.rag", "", page.read_text(encoding="utf-8").casefold())
            assert not forbidden & {*re.findall(r"\w+", text)}, page


def test_keys_are_those_of_the_window_and_shown_as_they_are(guide: Guide) -> None:
    guide.show_page("keyboard")
    shown = guide.text.toPlainText()
    assert guide.page.title in shown
    for words in ("Ctrl+O", "Add *PDFs*", "F1", "Help | more"):
        assert words in shown


def test_a_search_lists_the_pages_that_have_all_the_words(guide: Guide, qtbot: QtBot) -> None:
    qtbot.keyClick(guide, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    guide.search.setText("BATES number")
    rows = [row for row in range(guide.list.count()) if not guide.list.item(row).isHidden()]
    assert 0 < len(rows) < guide.list.count()
    assert any("places" in guide.pages[row].name for row in rows)
    assert guide.list.currentRow() in rows
    assert guide.text.extraSelections()
    guide.search.setText("nobody-wrote-this")
    assert guide.found.text() == "Not in the guide"
    guide.search.clear()
    assert not any(guide.list.item(row).isHidden() for row in range(guide.list.count()))


def test_links_lead_to_pages_and_back(guide: Guide) -> None:
    first = guide.page.name
    guide.text.anchorClicked.emit(QUrl("5-places.md"))
    assert guide.page.name == "5-places.md"
    guide.text.anchorClicked.emit(QUrl("http://nobody.invalid/x"))
    assert guide.page.name == "5-places.md"
    guide.back.click()
    assert guide.page.name == first
    assert not guide.back.isEnabled()
    asked: list[bool] = []
    guide.about_wanted.connect(lambda: asked.append(True))
    guide.text.anchorClicked.emit(QUrl("about"))
    assert asked == [True]


def test_a_language_without_a_page_has_the_english_one(tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "de").mkdir()
    for name in ("1-a.md", "2-b.md"):
        (tmp_path / "en" / name).write_text(f"# English {name}\n\ntext\n")
    (tmp_path / "de" / "1-a.md").write_text("# Deutsch\n\nText\n")
    assert [page.title for page in guide_pages(tmp_path, "de", [])] == ["Deutsch", "English 2-b.md"]


def test_only_pictures_of_the_guide_are_loaded(qtbot: QtBot, tmp_path: Path) -> None:
    pictures = tmp_path / "pictures"
    pictures.mkdir()
    taken = QGuiApplication.primaryScreen().grabWindow(0, 0, 0, 40, 30)
    for place in (pictures / "a.png", tmp_path / "outside.png"):
        taken.save(str(place)) or pytest.skip("no picture can be made here")
    (pictures / "text.txt").write_text("no picture")
    text = GuideText(pictures, Look(LIGHT))
    qtbot.addWidget(text)
    assert text.loadResource(IMAGE, QUrl("../pictures/a.png")) is not None
    away = [
        "../outside.png",
        "http://nobody.invalid/b.png",
        "text.txt",
        str(tmp_path / "outside.png"),
    ]
    for name in away:
        assert text.loadResource(IMAGE, QUrl(name)) is None, name
    assert text.loadResource(1, QUrl("a.png")) is None
    text.show_page("T", "<img src='a.png'> <b>bold</b> <a href='http://nobody.invalid'>x</a>")
    assert "<b>bold</b>" in text.toPlainText()
    styles = [style.toCharFormat() for style in text.document().allFormats()]
    assert not any(style.isImageFormat() for style in styles)


def test_markdown_is_laid_out_in_the_guide_alone() -> None:
    from tests.ui.test_no_way_out import SOURCES

    assert len(list(calls("setMarkdown"))) == 1
    assert [f.name for f in SOURCES if "setMarkdown" in f.read_text(encoding="utf-8")] == [
        "guide_text.py"
    ]


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """What the builder of a package leaves in its resources."""
    resources = tmp_path / "resources"
    parts = [
        {"name": "numpy", "version": "2.4", "licenses": [{"expression": "BSD-3-Clause AND 0BSD"}]},
        {"name": "Qt", "version": "6.11", "licenses": [{"license": {"id": "LGPL-3.0-only"}}]},
        {"name": "../../secret", "licenses": [{"license": {"name": "<b>odd</b>"}}]},
    ]
    (resources / "licences" / "Qt").mkdir(parents=True)
    (resources / "licences" / "Qt" / "LGPL.txt").write_text("The text <b>of</b> it.")
    (resources / "licences" / "Qt" / "README.txt").write_text("First this.")
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "key").write_text("never shown")
    (resources / "sbom.json").write_text(json.dumps({"components": parts}))
    (resources / "edition.txt").write_text("gpu\n")
    return resources


def test_what_is_inside_is_listed_with_its_licence(qtbot: QtBot, built: Path) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    inside = about.Inside(window, built)
    rows = [inside.parts.topLevelItem(row) for row in range(inside.parts.topLevelItemCount())]
    shown = [tuple(row.text(column) for column in range(3)) for row in rows if row]
    assert ("numpy", "2.4", "BSD-3-Clause AND 0BSD") in shown
    assert ("Qt", "6.11", "LGPL-3.0-only") in shown
    (qt,) = [row for row in rows if row and row.text(0) == "Qt"]
    inside.parts.setCurrentItem(qt)
    text = inside.text.toPlainText()
    assert text.index("First this.") < text.index("The text <b>of</b> it.")
    assert components.licence_text(built, "../../secret") == ""
    assert components.licence_text(built, "..") == ""


def test_about_says_version_edition_and_places(
    qtbot: QtBot, built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(about, "resources_folder", lambda: built)
    window = QWidget()
    qtbot.addWidget(window)
    sheet = about.About(window, Settings(tmp_path, tmp_path / "library"), tmp_path / "library")
    assert "edition with graphics cards" in sheet.version.text()
    sheet._copy()  # noqa: SLF001
    copied = QGuiApplication.clipboard().text()
    assert str(tmp_path / "library") in copied
    assert str(tmp_path / "settings.toml") in copied


def test_from_its_sources_it_lists_nothing_and_says_why(qtbot: QtBot, tmp_path: Path) -> None:
    assert components.components(tmp_path) == []
    assert components.edition(tmp_path) == ""
    window = QWidget()
    qtbot.addWidget(window)
    assert about.Inside(window, tmp_path).parts.topLevelItemCount() == 0


@pytest.mark.skipif(sys.platform == "win32", reason="a Unix path")
def test_a_bill_of_this_program_can_be_read(tmp_path: Path) -> None:
    from tests.unit.test_sbom import sbom

    (tmp_path / "sbom.json").write_text(json.dumps(sbom.bill()))
    found = components.components(tmp_path)
    assert {"lancedb", "Qt", "llama.cpp", "minilm-l6-reranker"} <= {one.name for one in found}
    assert all(one.licence for one in found if one.name in ("lancedb", "Qt", "numpy"))
