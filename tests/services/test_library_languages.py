"""The languages of a library: told when a document is added, kept, and heeded by the search."""

import sqlite3
import tomllib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from desktop_rag.config import Settings
from desktop_rag.domain import SearchMode
from desktop_rag.services.assistant import Assistant
from desktop_rag.wiring import build
from tests.conftest import ROOT
from tests.support import finish, make_pdf

TEXTS = tomllib.loads((ROOT / "tests" / "languages.toml").read_text(encoding="utf-8"))["texts"]
LEASE = [
    "Die Vermieterin stellt die Heizung von Oktober bis April bereit und wartet sie einmal im "
    "Jahr auf eigene Kosten.",
    "Der Mietvertrag kann mit einer Frist von drei Monaten schriftlich gekündigt werden; die "
    "Kündigungen sind an die Verwaltung zu richten.",
    "Kleintiere dürfen in den Wohnungen gehalten werden, soweit davon keine Störung der Nachbarn "
    "ausgeht und die Verwaltung nicht widerspricht.",
]
ENGLISH = [
    "The roof and the outer walls are kept in repair by the landlord, who may enter the premises "
    "on two days' notice.",
    "The tenant may end the lease by sixty days' written notice to the landlord.",
]


@pytest.fixture
def assistant(tmp_path: Path) -> Iterator[Assistant]:
    settings = Settings(data_folder=tmp_path / "data", library_folder=tmp_path / "library")
    made = build(settings)
    yield made
    made.close()


def found(assistant: Assistant, question: str) -> list[str]:
    """The passages that have a word of the question, best first."""
    search = assistant.retriever.retrieve
    passages = search(question, mode=SearchMode.KEYWORD, rerank=False, evidence=False).passages
    return [passage.chunk.text for passage in passages]


def test_a_document_that_is_added_has_its_languages(assistant: Assistant, tmp_path: Path) -> None:
    finish(assistant.library.add([make_pdf(tmp_path / "Mietvertrag.pdf", LEASE)]))
    finish(assistant.library.add([make_pdf(tmp_path / "lease.pdf", [*ENGLISH, TEXTS["en"]])]))
    told = {entry.path.name: entry.document.languages for entry in assistant.library.documents()}
    assert told == {"Mietvertrag.pdf": ("de",), "lease.pdf": ("en",)}
    assert assistant.library.tell_languages() == 0


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("Wie lange vorher muss der Vertrag gekündigt sein?", 1),
        ("Wann ist eine Kündigung möglich?", 1),
        ("Ist ein Tier in der Wohnung erlaubt?", 2),
        ("Wer bezahlt die Wartung der Heizungen?", 0),
    ],
)
def test_german_is_found_by_other_forms_of_its_words(
    question: str, place: int, assistant: Assistant, tmp_path: Path
) -> None:
    finish(assistant.library.add([make_pdf(tmp_path / "Mietvertrag.pdf", LEASE)]))
    finish(assistant.library.add([make_pdf(tmp_path / "lease.pdf", ENGLISH)]))
    assert found(assistant, question)[0] == LEASE[place]


def test_english_passages_have_no_pieces_and_neither_have_questions_of_them(
    assistant: Assistant, tmp_path: Path
) -> None:
    finish(assistant.library.add([make_pdf(tmp_path / "lease.pdf", ENGLISH)]))
    [entry] = assistant.library.documents()
    store = vars(assistant)["_index"]().store()
    chunks = store.chunks([f"{entry.document.id}:{number}" for number in range(2)])
    assert all("zx" not in chunk.searchable for chunk in chunks)
    assert found(assistant, "Mietvertrag") == []


def test_documents_of_an_older_program_are_told_from_their_passages(
    assistant: Assistant, tmp_path: Path
) -> None:
    for number in range(3):
        pages = [*LEASE, f"Anlage {number} zum Vertrag über die Wohnung."]
        finish(assistant.library.add([make_pdf(tmp_path / f"{number}.pdf", pages)]))
    version = vars(assistant)["_ledger"]().version()
    with closing(sqlite3.connect(tmp_path / "library" / "ledger.sqlite3")) as ledger, ledger:
        ledger.execute("UPDATE documents SET languages = NULL")
    assert {entry.document.languages for entry in assistant.library.documents()} == {()}
    assert assistant.library.tell_languages(most=2) == 1
    assert assistant.library.tell_languages(most=2) == 0
    assert {entry.document.languages for entry in assistant.library.documents()} == {("de",)}
    assert vars(assistant)["_ledger"]().version() != version  # the window lists them anew


def test_a_document_that_no_language_is_told_of_is_asked_once(
    assistant: Assistant, tmp_path: Path
) -> None:
    finish(assistant.library.add([make_pdf(tmp_path / "table.pdf", ["12 34 56 A-1 B-2 C-3"])]))
    assert assistant.library.documents()[0].document.languages == ()
    assert vars(assistant)["_ledger"]().without_languages() == {}
