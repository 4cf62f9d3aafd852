"""The languages of a library: told when a document is added, kept, and heeded by the search."""

import sqlite3
import tomllib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_rag.config import Settings
from desktop_rag.domain import LanguageGap, LanguagesTold, ModelRole, SearchMode
from desktop_rag.services.assistant import Assistant
from desktop_rag.services.language_check import gap_sentence, language_gaps
from desktop_rag.services.manifest import read_manifest, write_manifest
from desktop_rag.wiring import build
from tests.conftest import ROOT
from tests.models import TWIN, make_twin
from tests.support import finish, make_pdf, run_program

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
    assert assistant.library.tell_languages().left == 0


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
    assert assistant.library.tell_languages(most=2) == LanguagesTold(2, 1)
    assert assistant.library.tell_languages(most=2) == LanguagesTold(1, 0)
    assert {entry.document.languages for entry in assistant.library.documents()} == {("de",)}
    assert vars(assistant)["_ledger"]().version() != version  # the window lists them anew


def test_a_document_that_no_language_is_told_of_is_asked_once(
    assistant: Assistant, tmp_path: Path
) -> None:
    finish(assistant.library.add([make_pdf(tmp_path / "table.pdf", ["12 34 56 A-1 B-2 C-3"])]))
    assert assistant.library.documents()[0].document.languages == ()
    assert vars(assistant)["_ledger"]().without_languages() == {}


def test_a_language_that_the_bi_encoder_does_not_know_is_told_with_one_that_does(
    assistant: Assistant, tmp_path: Path
) -> None:
    finish(assistant.library.add([make_pdf(tmp_path / "lease.pdf", [*ENGLISH, TEXTS["en"]])]))
    entries = assistant.library.documents()
    assert language_gaps(assistant, entries) == ()
    finish(assistant.library.add([make_pdf(tmp_path / "Mietvertrag.pdf", LEASE)]))
    entries = assistant.library.documents()
    [gap] = language_gaps(assistant, entries)
    assert gap == LanguageGap("de", 1, "all-MiniLM-L6-v2", "multilingual-e5-small")
    assert gap_sentence(gap).startswith("1 document is in German, which the model all-MiniLM")
    assert "models fetch multilingual-e5-small" in gap_sentence(gap)
    [other] = language_gaps(assistant, entries, ModelRole.RERANKER)
    assert (other.model, other.knowing) == ("minilm-l6-reranker", "mmarco-mMiniLMv2-L12-H384-v1")
    english = [entry for entry in entries if entry.document.languages == ("en",)]
    assert language_gaps(assistant, english) == ()


def test_an_imported_model_that_says_what_it_knows_closes_the_gap(tmp_path: Path) -> None:
    settings = Settings(data_folder=tmp_path / "data", library_folder=tmp_path / "library")
    place = make_twin(settings.models_folder)
    [twin] = read_manifest(place / "manifest.toml")
    write_manifest(place / "manifest.toml", replace(twin, languages=("de", "en")))
    with closing(build(settings)) as before:
        finish(before.library.add([make_pdf(tmp_path / "Mietvertrag.pdf", LEASE)]))
        [gap] = language_gaps(before, before.library.documents())
        assert (gap.knowing, gap.is_here) == (TWIN, True)  # before one that is to be fetched
        assert "models fetch" not in gap_sentence(gap)
    with closing(build(replace(settings, embedder=TWIN))) as after:
        [gap] = language_gaps(after, after.library.documents())
        assert gap.model == "all-MiniLM-L6-v2"  # which the library is made with until it is not
        finish(after.library.reembed())
        assert language_gaps(after, after.library.documents()) == ()
        write_manifest(place / "manifest.toml", twin)  # it no longer says what it knows
        assert language_gaps(after, after.library.documents()) == ()


def test_the_terminal_says_it_on_standard_error(tmp_path: Path) -> None:
    pdf = make_pdf(tmp_path / "Mietvertrag.pdf", LEASE)
    added = run_program("add", pdf, "--json", home=tmp_path / "home")
    assert added.code == 0
    assert "note: 1 document is in German, which the model all-MiniLM-L6-v2" in added.err
    listed = run_program("documents", "--json", home=tmp_path / "home").json
    assert [one["languages"] for one in listed["documents"]] == [["de"]]
    asked = run_program("search", "Wann endet der Vertrag?", home=tmp_path / "home")
    assert "is in German" in asked.err
    assert "is in German" not in asked.out
    report = run_program("doctor", "--json", home=tmp_path / "home").json["languages"]
    assert report == {
        "German": "1 documents; all-MiniLM-L6-v2 does not know it; minilm-l6-reranker does not "
        "know it"
    }
