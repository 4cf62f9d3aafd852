"""Contrast of the colours that stand on each other, by the formula of WCAG 2."""

import pytest

from desktop_rag.ui.theme import DARK, LIGHT, Theme

BACKGROUNDS = "background surface hover selected".split()
TEXTS = "text quiet_text accent amber danger".split()
MARKS = "highlight current_highlight found".split()


def luminance(colour: str) -> float:
    """https://www.w3.org/TR/WCAG21/#dfn-relative-luminance"""
    shares = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_the_formula_gives_the_known_extremes() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("background", BACKGROUNDS)
@pytest.mark.parametrize("text", TEXTS)
def test_every_text_can_be_read_on_every_background(
    theme: Theme, text: str, background: str
) -> None:
    assert contrast(getattr(theme, text), getattr(theme, background)) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_text_on_the_accent_can_be_read(theme: Theme) -> None:
    assert contrast(theme.on_accent, theme.accent) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("background", BACKGROUNDS)
@pytest.mark.parametrize("line", ["outline", "accent"])
def test_the_outline_of_a_control_and_of_focus_is_seen(
    theme: Theme, line: str, background: str
) -> None:
    assert contrast(getattr(theme, line), getattr(theme, background)) >= 3


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("mark", MARKS)
def test_black_print_can_be_read_under_a_mark(theme: Theme, mark: str) -> None:
    assert contrast("#000000", getattr(theme, mark)) >= 4.5
