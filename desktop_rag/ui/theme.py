"""Colours and spacing in one place; light and dark follow the system."""

from dataclasses import dataclass

from PySide6.QtGui import QGuiApplication, QPalette


@dataclass(frozen=True, slots=True)
class Theme:
    """Colour tokens as #rrggbb. Text on its background has a contrast of at least 4.5 to 1."""

    background: str
    surface: str
    text: str
    quiet_text: str
    line: str
    accent: str
    on_accent: str
    amber: str
    highlight: str


LIGHT = Theme(
    background="#f5f5f3",
    surface="#ffffff",
    text="#1d2021",
    quiet_text="#5b6163",
    line="#dcdcd8",
    accent="#0b6e69",
    on_accent="#ffffff",
    amber="#8a5a00",
    highlight="#ffd75e",
)
DARK = Theme(
    background="#1b1d1e",
    surface="#242728",
    text="#e8e8e4",
    quiet_text="#a3a9ab",
    line="#3a3e40",
    accent="#63c5bd",
    on_accent="#10201f",
    amber="#e8b04a",
    highlight="#ffd75e",
)


def current() -> Theme:
    """The theme that suits the system's colours."""
    window = QGuiApplication.palette().color(QPalette.ColorRole.Window)
    return DARK if window.lightness() < 128 else LIGHT


def style_sheet(theme: Theme) -> str:
    """One style sheet for the whole window."""
    return f"""
    QMainWindow, QSplitter, QWidget#column {{ background: {theme.background}; }}
    QWidget {{ color: {theme.text}; font-size: 14px; }}
    QLabel#quiet {{ color: {theme.quiet_text}; }}
    QLabel#title {{ font-size: 16px; font-weight: 600; }}
    QLabel#page {{ background: {theme.surface}; }}
    QLabel#attention {{ color: {theme.amber}; }}
    QListView, QTextBrowser, QLineEdit, QScrollArea {{
        background: {theme.surface}; border: 1px solid {theme.line}; border-radius: 6px;
        padding: 4px; selection-background-color: {theme.accent};
        selection-color: {theme.on_accent};
    }}
    QLineEdit {{ padding: 8px 12px; }}
    QLineEdit:focus, QListView:focus, QTextBrowser:focus, QScrollArea:focus {{
        border: 2px solid {theme.accent};
    }}
    QListView::item {{ padding: 6px 8px; border-radius: 4px; }}
    QPushButton {{
        background: {theme.surface}; border: 1px solid {theme.line}; border-radius: 6px;
        padding: 7px 14px;
    }}
    QPushButton:focus {{ border: 2px solid {theme.accent}; }}
    QPushButton#primary {{ background: {theme.accent}; color: {theme.on_accent}; border: none; }}
    QPushButton:disabled {{ color: {theme.quiet_text}; }}
    QProgressBar {{
        border: none; border-radius: 2px; background: {theme.line};
        max-height: 4px; min-height: 4px;
    }}
    QProgressBar::chunk {{ background: {theme.accent}; border-radius: 2px; }}
    """
