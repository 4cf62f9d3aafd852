"""Colours, sizes and the one style sheet that is made from them, for light and dark."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

_BASE_PIXELS = 14
_SERIFS = ("Charter", "Source Serif 4", "Noto Serif", "Liberation Serif", "Georgia", "Cambria")


@dataclass(frozen=True, slots=True)
class Theme:
    """Colour tokens as #rrggbb.

    Text on its background has a contrast of at least 4.5 to 1, the outline of a control 3 to 1.
    """

    is_dark: bool
    background: str
    surface: str
    hover: str
    selected: str
    text: str
    quiet_text: str
    line: str
    outline: str
    accent: str
    on_accent: str
    amber: str
    danger: str
    paper_edge: str
    highlight: str
    current_highlight: str
    found: str


LIGHT = Theme(
    is_dark=False,
    background="#f5f5f3",
    surface="#ffffff",
    hover="#ecece9",
    selected="#dcebea",
    text="#1d2021",
    quiet_text="#5b6163",
    line="#dededa",
    outline="#7d8283",
    accent="#0b6e69",
    on_accent="#ffffff",
    amber="#8a5a00",
    danger="#b3261e",
    paper_edge="#c9c9c4",
    highlight="#ffe9a8",
    current_highlight="#ffd043",
    found="#bfe3ff",
)
DARK = Theme(
    is_dark=True,
    background="#1b1d1e",
    surface="#242728",
    hover="#2d3132",
    selected="#20403e",
    text="#e8e8e4",
    quiet_text="#a3a9ab",
    line="#3a3e40",
    outline="#83898b",
    accent="#63c5bd",
    on_accent="#10201f",
    amber="#e8b04a",
    danger="#ff8a80",
    paper_edge="#3a3e40",
    highlight="#ffe9a8",
    current_highlight="#ffd043",
    found="#bfe3ff",
)


@dataclass(frozen=True, slots=True)
class Look:
    """How the window is drawn: colours, and the size of text in percent."""

    theme: Theme
    text_size: int = 100

    def pixels(self, at_full_size: float) -> int:
        """A length that grows with the text."""
        return round(at_full_size * self.text_size / 100)


def choose(appearance: str) -> Theme:
    """The theme for "light", "dark" or "system"."""
    if appearance in ("light", "dark"):
        return LIGHT if appearance == "light" else DARK
    window = QGuiApplication.palette().color(QPalette.ColorRole.Window)
    return DARK if window.lightness() < 128 else LIGHT


def dress(look: Look, icons: Path) -> None:
    """Put colours and size of text in force, in the whole application."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    application.setStyle("Fusion")
    application.setPalette(palette(look.theme))
    application.setStyleSheet(style_sheet(look, icons))


def reading_font(look: Look, size: float = 15) -> QFont:
    """The face of answers and quotes: a serif where the system has a good one."""
    font = QFont(QGuiApplication.font())
    serif = _serif()
    if serif:
        font.setFamilies([serif])
    font.setPixelSize(look.pixels(size))
    return font


@cache  # the system's fonts are listed once
def _serif() -> str:
    families = set(QFontDatabase.families())
    return next((name for name in _SERIFS if name in families), "")


def palette(theme: Theme) -> QPalette:
    """The theme for what Qt draws by itself: menus, dialogs, the text cursor."""
    colours = QPalette()
    role = QPalette.ColorRole
    for name, colour in (
        (role.Window, theme.background),
        (role.WindowText, theme.text),
        (role.Base, theme.surface),
        (role.AlternateBase, theme.hover),
        (role.Text, theme.text),
        (role.Button, theme.surface),
        (role.ButtonText, theme.text),
        (role.ToolTipBase, theme.surface),
        (role.ToolTipText, theme.text),
        (role.PlaceholderText, theme.quiet_text),
        (role.Highlight, theme.accent),
        (role.HighlightedText, theme.on_accent),
        (role.Link, theme.accent),
        (role.LinkVisited, theme.accent),
        (role.Light, theme.hover),
        (role.Mid, theme.line),
        (role.Dark, theme.outline),
    ):
        colours.setColor(name, QColor(colour))
    disabled = QPalette.ColorGroup.Disabled
    for name in (role.WindowText, role.Text, role.ButtonText):
        colours.setColor(disabled, name, QColor(theme.quiet_text))
    return colours


def style_sheet(look: Look, icons: Path) -> str:
    """One style sheet for every window of the program; `icons` is the folder of the icons."""
    t, px = look.theme, look.pixels
    shade = "dark" if t.is_dark else "light"
    arrow, check = ((icons / f"{name}-{shade}.svg").as_posix() for name in ("arrow", "check"))
    return f"""
    * {{ font-size: {px(_BASE_PIXELS)}px; }}
    QMainWindow, QDialog, QWidget#column, QWidget#canvas {{ background: {t.background}; }}
    QWidget {{ color: {t.text}; }}
    QWidget#bar {{ background: {t.background}; border-bottom: 1px solid {t.line}; }}
    QWidget#card, QFrame#card {{
        background: {t.surface}; border: 1px solid {t.line}; border-radius: 6px;
    }}
    QSplitter::handle {{ background: {t.line}; }}
    QSplitter::handle:hover {{ background: {t.accent}; }}
    QLabel#quiet, QCheckBox#quiet {{ color: {t.quiet_text}; }}
    QLabel#small {{ color: {t.quiet_text}; font-size: {px(12.5)}px; }}
    QLabel#title {{ font-size: {px(17)}px; font-weight: 600; }}
    QLabel#welcome {{ font-size: {px(24)}px; font-weight: 300; }}
    QLabel#section {{ font-weight: 600; }}
    QLabel#recoveryKey {{ font-family: monospace; font-size: {px(20)}px; }}
    QLabel#attention {{ color: {t.amber}; }}
    QListView, QTreeView, QTableView {{
        background: transparent; border: none; outline: none;
        selection-background-color: {t.selected}; selection-color: {t.text};
    }}
    QTreeView::item, QListView#pages::item {{ padding: {px(4)}px {px(4)}px; border-radius: 4px; }}
    QTreeView::item:hover, QListView#pages::item:hover {{ background: {t.hover}; }}
    QTreeView::item:selected, QListView#pages::item:selected {{
        background: {t.selected}; color: {t.text};
    }}
    QTreeView:focus, QListView:focus {{ border: 2px solid {t.accent}; border-radius: 6px; }}
    QTreeView, QListView {{ border: 2px solid transparent; border-radius: 6px; }}
    QListView#cards, QListView#cards:focus {{ border: none; }}
    QHeaderView::section {{
        background: {t.background}; color: {t.quiet_text}; border: none;
        border-bottom: 1px solid {t.line}; padding: 4px 6px; font-size: {px(12.5)}px;
    }}
    QTextBrowser, QTextBrowser#answer {{
        background: transparent; border: 2px solid transparent; border-radius: 6px;
    }}
    QTextBrowser:focus {{ border: 2px solid {t.accent}; }}
    QLineEdit, QPlainTextEdit, QComboBox, QSpinBox {{
        background: {t.surface}; border: 1px solid {t.outline}; border-radius: 6px;
        padding: {px(6)}px {px(9)}px; selection-background-color: {t.accent};
        selection-color: {t.on_accent};
    }}
    QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus, QSpinBox:focus {{
        border: 2px solid {t.accent}; padding: {px(6) - 1}px {px(9) - 1}px;
    }}
    QComboBox QAbstractItemView {{
        background: {t.surface}; border: 1px solid {t.outline};
        selection-background-color: {t.selected}; selection-color: {t.text};
    }}
    QComboBox::drop-down {{ border: none; width: {px(24)}px; }}
    QComboBox::down-arrow {{ image: url("{arrow}"); width: {px(14)}px; height: {px(14)}px; }}
    QPushButton {{
        background: {t.surface}; border: 1px solid {t.outline}; border-radius: 6px;
        padding: {px(6)}px {px(13)}px;
    }}
    QPushButton:hover {{ background: {t.hover}; }}
    QPushButton:focus {{ border: 2px solid {t.accent}; padding: {px(6) - 1}px {px(13) - 1}px; }}
    QPushButton:default, QPushButton#primary {{
        background: {t.accent}; color: {t.on_accent}; border: 1px solid {t.accent};
    }}
    QPushButton:default:focus, QPushButton#primary:focus {{ border: 2px solid {t.text}; }}
    QPushButton#danger {{ color: {t.danger}; border: 1px solid {t.danger}; }}
    QPushButton#danger:focus {{ border: 2px solid {t.danger}; }}
    QPushButton:disabled {{ color: {t.quiet_text}; background: {t.background};
        border: 1px solid {t.line}; }}
    QPushButton#link {{
        background: transparent; border: 1px solid transparent; color: {t.accent};
        padding: {px(3)}px {px(5)}px; text-decoration: underline;
    }}
    QPushButton#link:focus {{ border: 1px solid {t.accent}; }}
    QPushButton#chip {{ border-radius: {px(11)}px; padding: {px(3)}px {px(11)}px; }}
    QPushButton#chip:focus {{ padding: {px(3) - 1}px {px(11) - 1}px; }}
    QPushButton::menu-indicator {{ width: 0; }}
    QToolButton, QPushButton, QTreeView {{ qproperty-iconSize: {px(20)}px {px(20)}px; }}
    QToolButton {{
        background: transparent; border: 2px solid transparent; border-radius: 6px;
        padding: {px(3)}px;
    }}
    QToolButton:hover {{ background: {t.hover}; }}
    QToolButton:checked {{ background: {t.selected}; }}
    QToolButton:focus {{ border: 2px solid {t.accent}; }}
    QToolButton#plain:checked {{ background: transparent; }}
    QToolButton::menu-indicator {{ image: none; }}
    QToolButton:disabled {{ color: {t.quiet_text}; }}
    QProgressBar {{
        border: none; border-radius: 2px; background: {t.line}; max-height: 4px; min-height: 4px;
    }}
    QProgressBar::chunk {{ background: {t.accent}; border-radius: 2px; }}
    QMenu {{ background: {t.surface}; border: 1px solid {t.outline}; padding: 4px; }}
    QMenu::item {{ padding: {px(5)}px {px(22)}px {px(5)}px {px(10)}px; border-radius: 4px; }}
    QMenu::item:selected {{ background: {t.selected}; color: {t.text}; }}
    QMenu::item:disabled {{ color: {t.quiet_text}; }}
    QMenu::separator {{ height: 1px; background: {t.line}; margin: 4px 8px; }}
    QToolTip {{
        background: {t.surface}; color: {t.text}; border: 1px solid {t.outline}; padding: 4px;
    }}
    QScrollArea {{ background: transparent; border: none; }}
    QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
    QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; }}
    QScrollBar::handle {{ background: {t.outline}; border-radius: 4px; margin: 2px; }}
    QScrollBar::handle:vertical {{ min-height: 28px; }}
    QScrollBar::handle:horizontal {{ min-width: 28px; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    QCheckBox {{ spacing: {px(8)}px; }}
    QCheckBox::indicator {{
        width: {px(15)}px; height: {px(15)}px; background: {t.surface};
        border: 1px solid {t.outline}; border-radius: 4px;
    }}
    QCheckBox::indicator:checked {{
        background: {t.accent}; border: 1px solid {t.accent}; image: url("{check}");
    }}
    QCheckBox::indicator:focus {{ border: 2px solid {t.accent}; }}
    QCheckBox::indicator:checked:focus {{ border: 2px solid {t.text}; }}
    """
