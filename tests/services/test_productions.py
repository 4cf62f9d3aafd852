"""Documents of a lawsuit, stamped page by page, and answers that come from scans."""

import json
from pathlib import Path

import pytest

from desktop_rag.cli import as_json
from desktop_rag.domain import SearchMode, printed_pages
from desktop_rag.services.assistant import Assistant
from tests.support import Run, finish, make_pdf, run_program

SUBJECTS = "boiler lease invoice tenant roof garden insurance deposit parking heating window notice"


def production(folder: Path) -> Path:
    """A letter a page, each with its number at the foot: ABC000101 to ABC000112."""
    pages = []
    for number, subject in enumerate(SUBJECTS.split(), start=101):
        lines = [
            f"The {subject} was discussed with the manager on the telephone, item {n}."
            for n in range(1, 25)
        ]
        pages.append("\n".join([*lines, f"CONFIDENTIAL - ABC{number:06d}"]))
    return make_pdf(folder / "Production.pdf", pages)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    run = run_program("add", production(home), home=home / "data")
    assert run.code == 0, run.err
    return home / "data"


@pytest.mark.parametrize(
    "query", ["ABC000107", "ABC-000107", "ABC 000107", "what is in ABC000107?"]
)
def test_a_page_is_found_by_its_number(library: Path, query: str) -> None:
    best = run_program("--json", "search", query, home=library).json["passages"][0]
    assert 7 in best["pages"]
    assert best["bates"][best["pages"].index(7)] == "ABC000107"
    assert best["ocr"] == [False] * len(best["pages"])


def test_every_chunk_of_a_page_is_found_by_its_number(assistant: Assistant, tmp_path: Path) -> None:
    finish(assistant.library.add([production(tmp_path)]))
    found = assistant.retriever.retrieve("ABC000107", mode=SearchMode.KEYWORD).passages
    assert len(found) >= 2
    assert {page for passage in found for page in passage.chunk.pages} == {7}
    for passage in found:
        assert passage.chunk.text.replace("\r\n", " ") in passage.chunk.plain_text
        assert "ABC000107" in passage.chunk.searchable
    # The stamps are a running line: that of the first page stays, the others are no text.
    assert not any("ABC000107" in passage.chunk.text for passage in found)


def test_the_terminal_shows_the_number(library: Path) -> None:
    run: Run = run_program("search", "ABC000107", home=library)
    assert run.out.startswith(" 1. Production.pdf, p. 7 (ABC000107)")


def test_citations_bear_the_number(library: Path) -> None:
    answer = run_program("--json", "ask", "Who was the roof discussed with?", home=library).json
    assert answer["citations"]
    for citation in answer["citations"]:
        assert citation["bates"] == [f"ABC{100 + page:06d}" for page in citation["pages"]]


def test_what_comes_from_a_scan_says_so(sample_assistant: Assistant) -> None:
    found = sample_assistant.retriever.retrieve("When is the INR to be repeated?")
    passages = json.loads(json.dumps(as_json.of_search(found)))["passages"]
    fax = next(item for item in passages if item["path"].endswith("Laboratory fax.pdf"))
    lease = next(item for item in passages if item["path"].endswith("Lease 2021.pdf"))
    assert fax["ocr"] == [True]
    assert lease["ocr"] == [False] * len(lease["pages"])
    assert lease["bates"] == [""] * len(lease["pages"])


def test_places_are_printed_with_what_is_known_of_them() -> None:
    assert printed_pages(("3",), (3,), ("ABC000123",)) == "3 (ABC000123)"
    assert printed_pages(("iv", "5"), (6, 7), ("A0001", "")) == (
        "iv (page 6 in the file, A0001), 5 (page 7 in the file)"
    )
    assert printed_pages(("1", "2"), (1, 2)) == "1, 2"
