"""What holds on every screen: names and roles for screen readers, and nothing cut or covered."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QLabel,
    QSplitterHandle,
    QWidget,
)
from pytestqt.exceptions import TimeoutError as QtBotTimeout
from pytestqt.qtbot import QtBot

from desktop_rag import config
from desktop_rag.ui.workspace import Workspace
from tests.ui.accessibility_dump import controls
from tests.ui.conftest import LONG
from tests.ui.screens import empty_screens, filled_screens
from tests.ui.steps_tb import fill_office, opened

SENSIBLE = {
    role.name
    for role in (
        QAccessible.Role.Button,
        QAccessible.Role.ButtonMenu,
        QAccessible.Role.CheckBox,
        QAccessible.Role.ComboBox,
        QAccessible.Role.EditableText,
        QAccessible.Role.StaticText,
        QAccessible.Role.List,
        QAccessible.Role.Tree,
        QAccessible.Role.Table,
        QAccessible.Role.Client,  # the page, whose name is told with document and number
    )
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fill_office(tmp_path_factory.mktemp("office"))


def all_screens(
    qtbot: QtBot, library: Path, home: Path, size: QSize, text_size: int
) -> Iterator[tuple[str, QWidget]]:
    config.save(home / "desktop-rag" / "settings.toml", {"text_size": text_size})

    def wait(holds: Callable[[], bool]) -> None:
        qtbot.waitUntil(holds, timeout=LONG)

    with opened(home / "empty", home) as workspace:
        resize(workspace, size)
        yield from empty_screens(workspace)
    with opened(library, home) as workspace:
        resize(workspace, size)
        wait(lambda: workspace.library.documents.rowCount() == 2)
        yield from filled_screens(workspace, wait)


def resize(workspace: Workspace, size: QSize) -> None:
    workspace.window().resize(size)
    QApplication.processEvents()


@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_every_control_has_a_name_and_a_role(qtbot: QtBot, library: Path, tmp_path: Path) -> None:
    nameless: list[str] = []
    count = 0
    for title, screen in all_screens(qtbot, library, tmp_path, QSize(1360, 860), 100):
        for item in controls(screen):
            count += 1
            if not item.name.strip() or item.role not in SENSIBLE:
                nameless.append(f"{title}: {item}")
    assert count > 150
    assert not nameless


@pytest.mark.qt_log_ignore("propagateSizeHints")
@pytest.mark.parametrize(
    ("width", "height", "text_size"),
    [(1024, 600, 100), (1024, 600, 200), (7680, 4320, 100), (7680, 4320, 200)],
)
def test_nothing_is_cut_and_nothing_covers_another(
    qtbot: QtBot, library: Path, tmp_path: Path, width: int, height: int, text_size: int
) -> None:
    found: set[str] = set()
    for title, screen in all_screens(qtbot, library, tmp_path, QSize(width, height), text_size):
        with suppress(QtBotTimeout):  # a layout finds its place in a few turns of the event loop
            qtbot.waitUntil(lambda screen=screen: not list(faults(screen)), timeout=2000)
        found |= {f"{title}: {fault}" for fault in faults(screen)}
        if screen.height() > max(height, screen.screen().availableGeometry().height()):
            found.add(f"{title}: {screen.height()} px high")
    assert not sorted(found)


def faults(screen: QWidget) -> Iterator[str]:
    for widget in screen.findChildren(QWidget):
        if not widget.isVisible() or isinstance(widget, QSplitterHandle):
            continue
        if isinstance(widget, QAbstractButton) and is_cut(widget):
            name = widget.text() or widget.accessibleName()
            yield f"the button “{name}” is cut: {widget.size()} < {widget.sizeHint()}"
        if isinstance(widget, QLabel) and widget.text() and is_label_cut(widget):
            yield f"the label “{widget.text()[:40]}” is cut: {widget.size()}"
        if widget.layout() is not None:
            yield from overlaps(widget)


def is_cut(button: QAbstractButton) -> bool:
    hint = button.minimumSizeHint() if not button.text() else button.sizeHint()
    return button.width() < hint.width() or button.height() < hint.height()


def is_label_cut(label: QLabel) -> bool:
    if label.wordWrap():
        return label.height() < label.heightForWidth(label.width())
    return label.width() < label.sizeHint().width() or label.height() < label.sizeHint().height()


def overlaps(parent: QWidget) -> Iterator[str]:
    if isinstance(parent, QAbstractScrollArea):
        return
    inside = [
        child
        for child in parent.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
        if child.isVisible() and not child.isWindow() and child.objectName() != "overlay"
    ]
    for number, one in enumerate(inside):
        for other in inside[number + 1 :]:
            if one.geometry().intersects(other.geometry()):
                yield f"{name_of(one)} and {name_of(other)} lie on each other"


def name_of(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""
    return f"{type(widget).__name__} “{(text or widget.accessibleName())[:30]}”"
