import os
from datetime import date, datetime
from pathlib import Path

import pytest

from desktop_rag.adapters.lancedb_store import LanceChunkStore
from desktop_rag.domain import (
    Coverage,
    PageRange,
    Retrieval,
    RetrievalTimes,
    Scope,
    SearchMode,
)
from desktop_rag.errors import UnknownCollection, UnknownDocument
from desktop_rag.ports import Reranker
from desktop_rag.services.assistant import Assistant
from desktop_rag.services.recent import RecentSearches
from desktop_rag.services.retriever import Retriever
from desktop_rag.wiring import open_assistant
from tests.support import finish, make_pdf

NOTICE = "How much notice must the tenant give to end the lease?"


def test_the_right_page_comes_first_with_every_rank(sample_assistant: Assistant) -> None:
    found = sample_assistant.retriever.retrieve(NOTICE)
    best = found.passages[0]
    assert best.path.name == "Lease 2021.pdf"
    assert "sixty (60) days" in " ".join(e.text for p in found.passages[:2] for e in p.evidence)
    assert best.ranks.dense
    assert best.ranks.fused
    assert best.ranks.rerank
    scores = [passage.score for passage in found.passages]
    assert scores == sorted(scores, reverse=True)
    assert [passage.rank for passage in found.passages] == list(range(1, len(scores) + 1))
    times = found.milliseconds
    assert times.total >= times.embed + times.search + times.rerank - 1e-6


@pytest.mark.parametrize("mode", list(SearchMode))
@pytest.mark.parametrize("rerank", [True, False])
def test_every_mode_finds_the_lease(
    sample_assistant: Assistant, mode: SearchMode, rerank: bool
) -> None:
    found = sample_assistant.retriever.retrieve(NOTICE, mode=mode, rerank=rerank)
    assert "Lease 2021.pdf" in [passage.path.name for passage in found.passages[:3]]
    ranks = found.passages[0].ranks
    assert (ranks.keyword is None) == (mode is SearchMode.DENSE) or mode is SearchMode.HYBRID
    assert (ranks.rerank is None) == (not rerank)


def test_evidence_points_at_exactly_its_characters(sample_assistant: Assistant) -> None:
    found = sample_assistant.retriever.retrieve(NOTICE)
    pages = {}
    for passage in found.passages:
        for item in passage.evidence:
            pages[item.span] = item.text
            assert item.text in passage.chunk.text
            assert len(item.text) == item.span.length
    assert pages


def test_the_scope_is_kept(sample_assistant: Assistant) -> None:
    entries = sample_assistant.library.documents()
    letter = next(e.document.id for e in entries if e.path.name == "Discharge letter.pdf")
    found = sample_assistant.retriever.retrieve(NOTICE, Scope(document_ids=(letter,)))
    assert {passage.chunk.document_id for passage in found.passages} == {letter}
    assert found.coverage.searched == 1


def test_a_collection_is_searched_alone(assistant: Assistant, tmp_path: Path) -> None:
    for name in ("Smith", "Doe"):
        file = make_pdf(tmp_path / f"{name}.pdf", [f"The {name} lease ends in May."])
        finish(assistant.library.add([file], collection=name))
    found = assistant.retriever.retrieve("When does the lease end?", Scope(collection="Doe"))
    assert [passage.path.name for passage in found.passages] == ["Doe.pdf"]


def test_unknown_scopes_are_refused(sample_assistant: Assistant) -> None:
    with pytest.raises(UnknownCollection):
        sample_assistant.retriever.retrieve("Why?", Scope(collection="Nobody"))
    with pytest.raises(UnknownDocument):
        sample_assistant.retriever.retrieve("Why?", Scope(document_ids=("feedfeedfeedfeed",)))


def test_an_empty_library_finds_nothing(assistant: Assistant) -> None:
    found = assistant.retriever.retrieve("Why?")
    assert found.passages == ()
    assert found.coverage.searched == 0


@pytest.mark.parametrize(
    "question", ["?", "§ 7(b)", "a" * 10_000, "пожар \U0001f525", "\"*' OR 1=1"]
)
def test_odd_questions_are_survived(sample_assistant: Assistant, question: str) -> None:
    sample_assistant.retriever.retrieve(question, top=3)


def test_a_copy_in_another_collection_is_not_named(assistant: Assistant, tmp_path: Path) -> None:
    file = make_pdf(tmp_path / "Smith.pdf", ["The lease ends in May."])
    copy = tmp_path / "Doe.pdf"
    copy.write_bytes(file.read_bytes())
    finish(assistant.library.add([file], collection="Smith"))
    finish(assistant.library.add([copy], collection="Doe"))
    found = assistant.retriever.retrieve("When does the lease end?", Scope(collection="Smith"))
    assert [passage.path for passage in found.passages] == [file]


def test_without_reranking_the_cross_encoder_is_not_loaded(
    sample_assistant: Assistant,
) -> None:
    def unwanted() -> Reranker:
        raise AssertionError("the cross-encoder was loaded")

    real = sample_assistant
    ledger, index = real._ledger(), real._index()  # type: ignore[attr-defined]  # noqa: SLF001
    retriever = Retriever(ledger, index.serving, unwanted)
    found = retriever.retrieve(NOTICE, rerank=False)
    assert found.passages[0].evidence


def test_an_identifier_is_found_as_it_is_written(assistant: Assistant, tmp_path: Path) -> None:
    notice = "The tenant may end the lease by notice under the terms of"
    pages = [f"{notice} § {number}({letter})." for number in range(5, 11) for letter in "abc"]
    finish(assistant.library.add([make_pdf(tmp_path / "Lease.pdf", pages)]))
    for number, letter in ((7, "b"), (10, "a"), (5, "c")):
        for written in (f"§ {number}({letter})", f"notice under section {number} ({letter})"):
            best = assistant.retriever.retrieve(written).passages[0]
            assert f"§ {number}({letter})" in best.chunk.text


def test_what_says_the_same_is_shown_once(assistant: Assistant, tmp_path: Path) -> None:
    clause = (
        "The tenant shall keep the premises in good repair and shall not change the structure of "
        "the building without the written consent of the landlord, which is given in due time."
    )
    files = [
        make_pdf(tmp_path / f"Lease {name}.pdf", [f"{clause} Signed by {name}."])
        for name in ("Adams", "Baker", "Clark")
    ]
    other = make_pdf(tmp_path / "Repair.pdf", ["Repairs of the premises are a matter of the law."])
    finish(assistant.library.add([*files, other]))
    found = assistant.retriever.retrieve("Who keeps the premises in good repair?").passages
    best, rest = found[0], found[1:]
    assert best.path in files
    assert {place.path for place in best.alike} == set(files) - {best.path}
    assert [place.pages for place in best.alike] == [(1,), (1,)]
    assert rest[0].path == other
    assert [passage.rank for passage in found] == [1, 2, 3, 4]
    assert found[1].score >= found[2].score >= found[3].score


def test_pages_and_days_narrow_the_search(assistant: Assistant, tmp_path: Path) -> None:
    days = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
    pages = [f"On {day} the rent is due.\nWhat else falls on a {day}?" for day in days]
    old, new = make_pdf(tmp_path / "Old.pdf", pages), make_pdf(tmp_path / "New.pdf", pages[:1])
    os.utime(old, (0, datetime(2020, 5, 17, 12).timestamp()))
    os.utime(new, (0, datetime(2024, 5, 17, 12).timestamp()))
    finish(assistant.library.add([old, new]))

    def found(scope: Scope, mode: SearchMode = SearchMode.HYBRID) -> set[tuple[str, int]]:
        passages = assistant.retriever.retrieve("rent", scope, mode=mode).passages
        return {(passage.path.name, page) for passage in passages for page in passage.chunk.pages}

    for mode in SearchMode:
        assert found(Scope(pages=PageRange(2, 3)), mode) == {("Old.pdf", 2), ("Old.pdf", 3)}
    assert found(Scope(since=date(2020, 5, 18))) == {("New.pdf", 1)}
    assert {name for name, _ in found(Scope(until=date(2020, 5, 17)))} == {"Old.pdf"}
    assert found(
        Scope(since=date(2020, 5, 17), until=date(2020, 5, 17), pages=PageRange(6, 9))
    ) == {("Old.pdf", 6)}


def test_the_same_search_is_made_once_until_the_library_changes(
    assistant: Assistant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    finish(assistant.library.add([make_pdf(tmp_path / "One.pdf", ["The rent is due in May."])]))
    searches = []
    dense = LanceChunkStore.dense

    def counted(store: LanceChunkStore, *arguments: object) -> object:
        searches.append(arguments)
        return dense(store, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(LanceChunkStore, "dense", counted)
    first = assistant.retriever.retrieve("When is the rent due?")
    again = assistant.retriever.retrieve("When is the rent due?")
    assert again.passages == first.passages
    assert again.milliseconds.total < first.milliseconds.total
    assert len(searches) == 1
    assistant.retriever.retrieve("When is the rent due?", top=1)
    assert len(searches) == 2
    report = finish(
        assistant.library.add([make_pdf(tmp_path / "Two.pdf", ["Rent falls in June."])])
    )
    assert len(assistant.retriever.retrieve("When is the rent due?").passages) == 2
    assistant.library.remove([report.files[0].document_id])
    assert assistant.retriever.retrieve("When is the rent due?").passages == first.passages


def test_a_change_by_another_program_is_seen(assistant: Assistant, tmp_path: Path) -> None:
    finish(assistant.library.add([make_pdf(tmp_path / "One.pdf", ["The rent is due in May."])]))
    assert len(assistant.retriever.retrieve("rent").passages) == 1
    other, _ = open_assistant(assistant.library_folder)
    finish(other.library.add([make_pdf(tmp_path / "Two.pdf", ["The rent falls in June."])]))
    other.close()
    assert len(assistant.retriever.retrieve("rent").passages) == 2


def test_few_searches_are_kept() -> None:
    recent = RecentSearches()
    found = Retrieval("q", (), Coverage(0, ()), RetrievalTimes(0.0, 0.0, 0.0, 0.0))
    for number in range(40):
        recent.put(1, number, found)
    assert recent.get(1, 0) is None
    assert recent.get(1, 39) is found
    assert recent.get(2, 39) is None
    assert recent.get(1, 39) is None
