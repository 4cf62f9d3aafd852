"""What a screen reader is told of every screen: `python -m tests.ui.accessibility_dump`."""

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QScrollBar,
    QWidget,
)


@dataclass(frozen=True, slots=True)
class Control:
    """A control as a screen reader meets it."""

    role: str
    name: str
    description: str
    widget: str


def controls(screen: QWidget) -> Iterator[Control]:
    """Every visible widget inside that can be focused or clicked."""
    for widget in screen.findChildren(QWidget):
        if not widget.isVisible() or not _is_control(widget):
            continue
        told = QAccessible.queryAccessibleInterface(widget)
        name = told.text(QAccessible.Text.Name)
        if isinstance(widget, QComboBox):  # its name is its value; its label is told beside it
            labels = told.relations(QAccessible.RelationFlag.Label)
            name = " ".join(label.text(QAccessible.Text.Name) for label, _ in labels)
        yield Control(
            told.role().name,
            name,
            told.text(QAccessible.Text.Description),
            type(widget).__name__,
        )


def _is_control(widget: QWidget) -> bool:
    if isinstance(widget, QScrollBar) or widget.focusProxy() is not None:
        return False
    parent = widget.parentWidget()
    if isinstance(parent, QAbstractScrollArea) and widget is parent.viewport():
        return False
    focusable = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    return bool(focusable) or isinstance(widget, QAbstractButton)


def as_lines(name: str, screen: QWidget) -> list[str]:
    """A screen as text."""
    lines = [f"{name}: {screen.accessibleName() or screen.windowTitle()}"]
    for item in controls(screen):
        more = f" ({item.description})" if item.description else ""
        lines.append(f"  {item.role}: {item.name!r}{more}")
    return lines


def _wait(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not holds():
        if time.monotonic() > end:
            raise TimeoutError
        QApplication.processEvents()
        time.sleep(0.01)


def main() -> None:
    """Open every screen on a library of two documents, and write what is told of it."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from tests.ui.screens import empty_screens, filled_screens
    from tests.ui.steps_tb import fill_office, opened

    application = QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with opened(folder / "empty", folder) as workspace:
            for title, screen in empty_screens(workspace):
                print(*as_lines(title, screen), "", sep="\n")
        with opened(fill_office(folder), folder) as workspace:
            _wait(lambda: workspace.library.documents.rowCount() == 2)
            for title, screen in filled_screens(workspace, _wait):
                print(*as_lines(title, screen), "", sep="\n")
    del application


if __name__ == "__main__":
    main()
