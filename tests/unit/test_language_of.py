"""Which language a text is in; the texts lie in tests/languages.toml."""

import random
import tomllib

import pytest

from desktop_rag.pipeline.languages import language_of, languages_of
from tests.conftest import ROOT

_TOLD = tomllib.loads((ROOT / "tests" / "languages.toml").read_text(encoding="utf-8"))
TEXTS: dict[str, str] = _TOLD["texts"]
HARD: dict[str, str] = _TOLD["hard"]
_MISREAD = {"l": "1", "i": "l", "e": "c", "o": "0", "m": "rn", "h": "b", "u": "n", "ä": "a"}


def recognised(text: str, share: float) -> str:
    """The text with this share of its letters misread or lost, as on a bad scan."""
    chance = random.Random(1)
    return "".join(
        _MISREAD.get(letter, "") if chance.random() < share else letter for letter in text
    )


@pytest.mark.parametrize("language", TEXTS)
def test_a_paragraph_tells_its_language(language: str) -> None:
    assert language_of(TEXTS[language]) == language
    assert language_of(TEXTS[language].upper()) == language


@pytest.mark.parametrize("language", TEXTS)
@pytest.mark.parametrize("characters", [100, 200, 400])
def test_less_text_tells_it_or_nothing(characters: int, language: str) -> None:
    assert language_of(TEXTS[language][:characters]) in ("", language)


@pytest.mark.parametrize("language", TEXTS)
def test_a_bad_scan_tells_it_all_the_same(language: str) -> None:
    found = language_of(recognised(TEXTS[language], 0.1))
    assert found == language or (found == "" and language in ("da", "no"))


@pytest.mark.parametrize("name", HARD)
def test_figures_maxims_and_quotations_mislead_nobody(name: str) -> None:
    assert language_of(HARD[name]) == name.partition("-")[0]


def test_a_document_has_the_languages_that_more_than_a_page_of_it_is_in() -> None:
    english, german, none = TEXTS["en"], TEXTS["de"], HARD["-table"]
    assert languages_of([english] * 20) == ("en",)
    assert languages_of([*[english] * 20, german, german, none]) == ("en",)  # a quotation
    assert languages_of([*[german] * 5, *[english] * 4, none]) == ("de", "en")
    assert languages_of([german]) == ("de",)
    assert languages_of([none, none]) == ()
    assert languages_of([]) == ()
