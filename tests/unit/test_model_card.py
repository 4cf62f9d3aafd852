from pathlib import Path

import pytest

from desktop_rag.domain import Prefixes
from desktop_rag.services.model_card import ModelCard, read_card

E5 = """---
language:
- multilingual
- de
- 'no'
- zh-tw   # Taiwan
- false
license: mit
model-index:
- name: multilingual-e5-small
  results:
  - task:
      language: xx
---
# A model
Each input text should start with "query: " or "passage: ", even for non-English texts.
"""


def card(folder: Path, text: str | bytes) -> ModelCard:
    content = text if isinstance(text, bytes) else text.encode()
    (folder / "README.md").write_bytes(content)
    return read_card(folder)


def test_a_card_says_languages_licence_and_prefixes(tmp_path: Path) -> None:
    assert card(tmp_path, E5) == ModelCard(
        ("de", "no", "zh"), "mit", Prefixes("query: ", "passage: ")
    )


@pytest.mark.parametrize(
    ("front", "languages"),
    [
        ("language: en", ("en",)),
        ('language: [en, "fr", deu, in]', ("en", "fr", "de", "id")),
        ("language:\n  - pt-br\n  - pt", ("pt",)),
        ("language: multilingual", ()),
        ("language:\n- <script>\n- ../de\n- DE", ("de",)),
        ("languages: de\ntags:\n- de", ()),
        ("language: &a [*a, *a]", ()),
    ],
)
def test_languages_are_taken_by_their_form_alone(
    front: str, languages: tuple[str, ...], tmp_path: Path
) -> None:
    assert card(tmp_path, f"---\n{front}\n---\n").languages == languages


@pytest.mark.parametrize(
    "text",
    [
        "It was tried with “query: ” and “passage: ”.",  # nothing is demanded
        'Start with "query: " for a search.',  # one alone
        "The prefix of a query: and of a passage: is not needed.",  # not quoted
    ],
)
def test_a_card_that_demands_no_pair_has_no_prefixes(text: str, tmp_path: Path) -> None:
    assert card(tmp_path, text).prefixes is None


def test_another_pair_is_known_too(tmp_path: Path) -> None:
    text = "Texts must start with a prefix: `search_query: ` or `search_document: `."
    assert card(tmp_path, text).prefixes == Prefixes("search_query: ", "search_document: ")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"---",
        b"---\nlanguage: en",  # its front matter does not end
        b"\xff\xfe\x00" * 1000,
        b"---\n" + b"- " * 100_000 + b"\n---\n",
        b"---\nlicense: " + b"x" * 4_000_000 + b"\n---\n",
        b'---\nlicense: "MIT\\n[[model]]"\n---\n',
        b"[" * 1_000_000,
    ],
)
def test_a_card_that_is_none_says_nothing(content: bytes, tmp_path: Path) -> None:
    assert card(tmp_path, content) == ModelCard()


def test_a_link_or_a_folder_in_its_place_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "elsewhere.md").write_text(E5)
    (tmp_path / "README.md").symlink_to(tmp_path / "elsewhere.md")
    assert read_card(tmp_path) == ModelCard()
    (tmp_path / "README.md").unlink()
    (tmp_path / "README.md").mkdir()
    assert read_card(tmp_path) == ModelCard()
    assert read_card(tmp_path / "nowhere") == ModelCard()
