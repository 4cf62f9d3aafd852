"""What screen readers are told of scroll areas, in a form that no question of theirs can end.

Qt's own answer (6.11, `QAccessibleAbstractScrollArea::child`) reads beyond its list when a reader
asks for a child that went meanwhile, a scroll bar that is not needed any more, and the program
ends. Lists and texts have answers of their own, which look at the number first.
"""

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget

_SCROLL_AREAS = ("QScrollArea", "QAbstractScrollArea")  # for what is neither list nor text


def mend_scroll_areas() -> None:
    """To be called once, after the application was made."""
    QAccessible.installFactory(_answer)


def _answer(class_name: str, widget: QObject) -> QAccessibleInterface | None:
    """Called by Qt for each class that a widget is of, the nearest first; None: ask the next."""
    if class_name in _SCROLL_AREAS and isinstance(widget, QWidget):
        return QAccessibleWidget(widget, QAccessible.Role.Client)
    return None
