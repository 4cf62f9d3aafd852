"""The index over the vectors, on a real table that is taken for a large one."""

from collections.abc import Iterator
from pathlib import Path
from unittest.mock import Mock

import numpy as np
import pytest

from desktop_rag.adapters import lancedb_vector_index
from desktop_rag.adapters.lancedb_store import LanceChunkStore
from desktop_rag.adapters.lancedb_vector_index import VectorIndex
from desktop_rag.domain import Chunk, Hit, Span

WIDTH = 32
DOCUMENTS, EACH = 30, 100


def vectors(count: int, seed: int) -> np.ndarray:
    """Unit vectors in bunches, as those of passages are."""
    dice = np.random.default_rng(seed)
    centres = np.random.default_rng(1).standard_normal((20, WIDTH))
    drawn = centres[dice.integers(0, 20, count)] + dice.standard_normal((count, WIDTH))
    return (drawn / np.linalg.norm(drawn, axis=1, keepdims=True)).astype(np.float32)


def chunks(document: str, count: int = EACH) -> list[Chunk]:
    return [
        Chunk(document, place, f"clause {place}", f"clause {place}", "", (Span(1, 0, 6),))
        for place in range(count)
    ]


def fill(store: LanceChunkStore) -> None:
    every = [chunk for number in range(DOCUMENTS) for chunk in chunks(f"d{number}")]
    store.add(every, vectors(DOCUMENTS * EACH, seed=2))


@pytest.fixture
def store(tmp_path: Path) -> LanceChunkStore:
    """Three thousand rows with an index."""
    made = LanceChunkStore(tmp_path, lambda: WIDTH, exact_up_to=2_000)
    fill(made)
    made.build_vector_index()
    return made


@pytest.fixture
def exact(tmp_path_factory: pytest.TempPathFactory) -> LanceChunkStore:
    made = LanceChunkStore(tmp_path_factory.mktemp("exact"), lambda: WIDTH)
    fill(made)
    return made


def ids(hits: list[Hit]) -> set[str]:
    return {hit.chunk.id for hit in hits}


def parts_on_disk(folder: Path) -> set[str]:
    """The folders of all parts of all indexes, served or not."""
    return {path.name for path in folder.glob("*/_indices/*")}


def parts_in_use(store: LanceChunkStore) -> Iterator[str]:
    for index in store._table.list_indices():  # noqa: SLF001 - the port names no parts
        yield index.index_uuid


def test_it_finds_what_the_exact_search_finds(
    store: LanceChunkStore, exact: LanceChunkStore
) -> None:
    assert exact.vector_index_quality() is None
    shares = [
        len(ids(store.dense(question, 50, None)) & ids(exact.dense(question, 50, None))) / 50
        for question in vectors(30, seed=3)
    ]
    assert np.mean(shares) >= lancedb_vector_index.LEAST_RECALL
    quality = store.vector_index_quality()
    assert quality is not None
    assert quality.recall >= lancedb_vector_index.LEAST_RECALL
    assert (quality.passages, quality.unindexed, quality.questions) == (3_000, 0, 50)


def test_scores_are_those_of_the_whole_vectors(
    store: LanceChunkStore, exact: LanceChunkStore
) -> None:
    question = vectors(1, seed=4)[0]
    expected = {hit.chunk.id: hit.cosine for hit in exact.dense(question, 50, None)}
    found = {hit.chunk.id: hit.cosine for hit in store.dense(question, 20, None)}
    common = found.keys() & expected.keys()
    assert len(common) >= 18
    assert all(found[key] == pytest.approx(expected[key], abs=1e-5) for key in common)


def test_what_was_added_since_is_found(store: LanceChunkStore) -> None:
    fresh = vectors(3, seed=6)
    store.add(chunks("new", 3), fresh)
    for compacted in (False, True):
        if compacted:
            store.compact(purge=False)
        quality = store.vector_index_quality()
        assert quality is not None
        assert quality.unindexed == (0 if compacted else 3)
        best = [store.dense(vector, 1, None)[0].chunk for vector in fresh]
        assert best == chunks("new", 3)


def test_a_scope_is_applied_before_the_nearest_are_chosen(
    store: LanceChunkStore, exact: LanceChunkStore
) -> None:
    question = vectors(1, seed=7)[0]
    found = store.dense(question, 50, ["d3", "d7"])
    assert {hit.chunk.document_id for hit in found} <= {"d3", "d7"}
    assert len(found) == 50
    both = ids(found) & ids(exact.dense(question, 50, ["d3", "d7"]))
    assert len(both) >= 49


def test_it_is_due_when_there_are_many_rows_and_when_they_have_doubled(tmp_path: Path) -> None:
    store = LanceChunkStore(tmp_path, lambda: WIDTH, exact_up_to=100)
    store.add(chunks("aa", 100), vectors(100, seed=8))
    assert not store.vector_index_is_due()
    store.add(chunks("bb", 50), vectors(50, seed=9))
    assert store.vector_index_is_due()
    store.build_vector_index()
    assert not store.vector_index_is_due()
    store.add(chunks("cc", 150), vectors(150, seed=10))
    assert store.vector_index_is_due()


def test_one_that_finds_too_little_is_tried_harder_and_then_given_up(
    store: LanceChunkStore, monkeypatch: pytest.MonkeyPatch, exact: LanceChunkStore
) -> None:
    effort = lancedb_vector_index._Effort  # noqa: SLF001
    poor, good = effort(1, 1), effort(40, 10)
    question = vectors(1, seed=11)[0]
    for efforts, kept in (((poor, good), True), ((poor,), False)):
        monkeypatch.setattr(lancedb_vector_index, "_EFFORTS", efforts)
        store.build_vector_index()
        quality = store.vector_index_quality()
        assert (quality is not None) is kept
        assert quality is None or quality.recall >= lancedb_vector_index.LEAST_RECALL
    assert ids(store.dense(question, 50, None)) == ids(exact.dense(question, 50, None))
    assert not store.vector_index_is_due()  # not at every order anew


@pytest.mark.parametrize("in_a_file_of_its_own", [False, True])
def test_a_purge_leaves_nothing_of_it_that_holds_removed_rows(
    store: LanceChunkStore,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    in_a_file_of_its_own: bool,
) -> None:
    if in_a_file_of_its_own:
        store.add(chunks("own"), vectors(EACH, seed=12))
        store.build_vector_index()
    removed = "own" if in_a_file_of_its_own else "d5"
    before = set(parts_in_use(store))
    store.delete([removed])
    made = Mock(wraps=store._vector_index.build)  # noqa: SLF001 - optimising alone is not enough
    monkeypatch.setattr(VectorIndex, "build", made)
    store.compact(purge=True)
    assert made.called
    assert parts_on_disk(tmp_path) == set(parts_in_use(store))
    assert not before & parts_on_disk(tmp_path)
    assert store.vector_index_quality() is not None


def test_removing_what_it_never_took_in_does_not_make_it_anew(
    store: LanceChunkStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(VectorIndex, "build", lambda _: pytest.fail("made anew"))
    store.add(chunks("kept", 3), vectors(3, seed=13))
    store.compact(purge=False)
    store.add(chunks("new", 3), vectors(3, seed=13))
    store.delete(["new"])
    store.compact(purge=True)
    quality = store.vector_index_quality()
    assert quality is not None
    assert quality.passages == DOCUMENTS * EACH + 3


def test_a_library_that_has_become_small_is_searched_exactly(store: LanceChunkStore) -> None:
    store.delete([f"d{number}" for number in range(15)])
    store.compact(purge=True)
    assert store.vector_index_quality() is None
    store.add(chunks("new", 1_000), vectors(1_000, seed=14))
    assert store.vector_index_is_due()


def test_a_torn_index_is_noticed_and_the_version_before_it_serves(
    store: LanceChunkStore, tmp_path: Path
) -> None:
    newest = max(tmp_path.rglob("auxiliary.idx"), key=lambda path: path.stat().st_mtime_ns)
    newest.write_bytes(b"\0" * newest.stat().st_size)
    mended = LanceChunkStore(tmp_path, lambda: WIDTH, is_suspect=True)
    assert mended.was_mended
    assert sum(mended.chunk_counts().values()) == DOCUMENTS * EACH
    assert len(mended.dense(vectors(1, seed=15)[0], 50, None)) == 50
