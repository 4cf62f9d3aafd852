"""A library that is taken for a large one, so that its searches use the index over the vectors."""

from pathlib import Path

import pytest

from desktop_rag.adapters.lancedb_store import LanceChunkStore
from desktop_rag.services.assistant import Assistant
from desktop_rag.services.diagnosis import as_lines, diagnose
from tests.support import finish, make_pdf

PAGES = 30


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A document of thirty passages, where twenty are too many for the exact search."""
    defaults = LanceChunkStore.__init__.__kwdefaults__
    monkeypatch.setitem(defaults, "exact_up_to", 20)
    pages = [f"Clause {number} binds the tenant of house {number}." for number in range(PAGES)]
    return make_pdf(tmp_path / "large.pdf", pages)


def test_the_index_is_made_at_the_end_of_an_order_and_said_before(
    assistant: Assistant, file: Path
) -> None:
    steps = [*assistant.library.add([file])]
    assert [step.indexing for step in steps].index(True) == len(steps) - 1
    assert steps[-1].share == 1.0
    assert not any([step.indexing for step in assistant.library.add([file])])
    found = assistant.retriever.retrieve("which clause binds the tenant of house 17?")
    assert found.passages[0].chunk.pages == (18,)


def test_stopping_before_it_is_made_leaves_the_library_whole(
    assistant: Assistant, file: Path, tmp_path: Path
) -> None:
    steps = assistant.library.add([file])
    while not next(steps).indexing:
        pass
    steps.close()
    assert assistant.library.vector_index_quality() is None
    assert assistant.library.verify() == []
    other = make_pdf(tmp_path / "other.pdf", ["One more."])
    assert any([step.indexing for step in assistant.library.add([other])])
    assert assistant.library.vector_index_quality() is not None


def test_the_doctor_tells_what_it_finds_only_if_there_is_one(
    assistant: Assistant, file: Path
) -> None:
    small = make_pdf(file.with_name("small.pdf"), ["One page."])
    finish(assistant.library.add([small]))
    library = diagnose(assistant)["library"]
    assert isinstance(library, dict)
    assert "vector_index" not in library
    finish(assistant.library.add([file]))
    findings = diagnose(assistant)
    assert isinstance(findings["library"], dict)
    index = findings["library"]["vector_index"]
    assert index["recall_at_50"] >= 0.98
    assert (index["passages"], index["not_indexed_yet"]) == (PAGES + 1, 0)
    assert any("recall at 50" in line for line in as_lines(findings))


def test_compacting_makes_it_if_it_is_lacking(assistant: Assistant, file: Path) -> None:
    steps = assistant.library.add([file])
    while not next(steps).indexing:
        pass
    steps.close()
    assistant.library.compact()
    assert assistant.library.vector_index_quality() is not None
