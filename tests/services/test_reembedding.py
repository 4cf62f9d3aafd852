"""Another bi-encoder for a library: the old vectors serve until the new ones are whole."""

import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from desktop_rag import config, wiring
from desktop_rag.domain import (
    AddStatus,
    ModelChange,
    ReembedProgress,
    ReembedReport,
    Retrieval,
    SearchMode,
)
from desktop_rag.errors import (
    EmbedderMismatch,
    LibraryBusy,
    LibraryError,
    ModelError,
    ModelMissing,
)
from desktop_rag.services.assistant import Assistant
from tests.conftest import SAMPLES
from tests.models import BUNDLED, TWIN, make_twin
from tests.support import finish, make_pdf, run_program, start_program

QUESTION = "How long is the notice period?"
Open = Callable[[str], Assistant]


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the twin on the shelf, and a library of the samples by the bundled one."""
    home = tmp_path_factory.mktemp("prepared")
    make_twin(home / "models")
    assistant = wiring.build(config.Settings(home, home / "library"))
    finish(assistant.library.add([SAMPLES], collection="Samples"))
    assistant.close()
    return home


@pytest.fixture
def home(prepared: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(prepared, tmp_path / "desktop-rag"))


@pytest.fixture
def opened(home: Path) -> Iterator[Open]:
    """Opens the library with the bi-encoder of this name in the settings."""
    made: list[Assistant] = []

    def open_it(embedder: str) -> Assistant:
        made.append(wiring.build(config.Settings(home, home / "library", embedder=embedder)))
        return made[-1]

    yield open_it
    for one in made:
        one.close()


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that the samples take several commits."""
    monkeypatch.setattr("desktop_rag.services.reembedding._BATCH", 4)


def tables(home: Path) -> list[str]:
    return sorted(path.stem for path in (home / "library" / "index.lance").glob("*.lance"))


def vectors(assistant: Assistant) -> dict[str, np.ndarray]:
    """What lies in the table that serves, by the ids of the chunks."""
    store = assistant._index().store()._serving  # type: ignore[attr-defined]  # noqa: SLF001
    rows = store._table.search().select(["id", "vector"]).limit(None).to_list()  # noqa: SLF001
    return {row["id"]: np.array(row["vector"]) for row in rows}


def texts(found: Retrieval) -> list[str]:
    return [passage.chunk.id for passage in found.passages]


def bytes_of(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def steps_until(assistant: Assistant, commits: int) -> Iterator[ReembedProgress]:
    """The steps of re-embedding, until so many batches are stored; then it is closed."""
    with closing(assistant.library.reembed()) as steps:
        for step in steps:
            yield step
            if step.done >= 4 * commits:
                return


def test_the_old_vectors_serve_until_the_new_ones_are_whole(opened: Open, home: Path) -> None:
    bundled = opened(BUNDLED)
    before, old = bundled.retriever.retrieve(QUESTION), vectors(bundled)
    twin = opened(TWIN)
    assert twin.library.model_change() == ModelChange(BUNDLED, TWIN, is_here=True)
    steps = twin.library.reembed()
    number = 0
    try:
        while True:
            step = next(steps)
            number += 1
            between = twin.retriever.retrieve(QUESTION, top=49 if number % 2 else 50)
            assert texts(between)[:10] == texts(before)[:10]
            assert not between.coverage.by_words_only
    except StopIteration as end:
        report: ReembedReport = end.value
    assert step.indexing
    assert (report.model, report.passages, report.was_due) == (TWIN, len(old), True)
    new = vectors(twin)
    assert new.keys() == old.keys()
    assert max(float(new[key] @ old[key]) for key in old) < 0.9
    assert len(tables(home)) == 1
    assert tables(home) != ["chunks"]
    embedder = twin._index().embedder()  # type: ignore[attr-defined]  # noqa: SLF001
    assert embedder.identity.name == TWIN
    store = twin._index().store()  # type: ignore[attr-defined]  # noqa: SLF001
    (chunk,) = store.chunks([next(iter(old))])
    assert new[chunk.id] @ embedder.embed([chunk.plain_text])[0] == pytest.approx(1, abs=1e-3)
    assert twin.library.model_change() is None
    assert twin.library.verify() == []
    assert not finish(twin.library.reembed()).was_due


def test_what_was_found_before_the_switch_is_not_served_from_memory(opened: Open) -> None:
    bundled = opened(BUNDLED)
    before = bundled.retriever.retrieve(QUESTION, mode=SearchMode.DENSE, rerank=False)
    finish(opened(TWIN).library.reembed())  # by another program, as it were
    after = bundled.retriever.retrieve(QUESTION, mode=SearchMode.DENSE, rerank=False)
    assert [p.score for p in after.passages] != [p.score for p in before.passages]
    assert bundled.library.model_change() == ModelChange(TWIN, BUNDLED, is_here=True)


@pytest.mark.usefixtures("small_batches")
def test_stop_leaves_the_old_vectors_and_the_next_run_goes_on(opened: Open, home: Path) -> None:
    twin = opened(TWIN)
    old = vectors(twin)
    list(steps_until(twin, 2))
    assert vectors(twin).keys() == old.keys()
    assert len(tables(home)) == 2
    again = opened(TWIN)
    first = next(step for step in again.library.reembed() if step.done)
    assert first.done >= 4
    assert finish(again.library.reembed()).passages == len(old)
    assert vectors(again).keys() == old.keys()
    assert len(tables(home)) == 1


@pytest.mark.usefixtures("small_batches")
def test_switching_back_drops_the_half_made_table(opened: Open, home: Path) -> None:
    list(steps_until(opened(TWIN), 2))
    assert len(tables(home)) == 2
    bundled = opened(BUNDLED)
    assert bundled.library.model_change() is None
    bundled.library.drop_half_made()
    assert tables(home) == ["chunks"]
    assert not finish(bundled.library.reembed()).was_due


@pytest.mark.usefixtures("small_batches")
def test_a_third_model_drops_what_was_made_for_the_second(opened: Open, home: Path) -> None:
    list(steps_until(opened(TWIN), 2))
    make_twin(home / "models", "third", scale=0.5)
    finish(opened("third").library.reembed())
    assert len(tables(home)) == 1
    assert opened("third").library.verify() == []


@pytest.mark.usefixtures("small_batches")
def test_a_document_removed_in_the_middle_leaves_nothing_on_the_disk(
    opened: Open, home: Path, tmp_path: Path
) -> None:
    twin = opened(TWIN)
    pages = [f"The Zanzibar clause number {page} binds the tenant." for page in range(30)]
    added = finish(twin.library.add([make_pdf(tmp_path / "z.pdf", pages)]))
    document_id = added.files[0].document_id
    steps = twin.library.reembed()
    # Vectors of its passages are in the making, and others of them are stored already.
    for step in steps:
        (new,) = set(tables(home)) - {"chunks"} or {""}
        if new and step.done > 16 and b"anzibar" in bytes_of(table_folder(home, new)):
            break
    twin.library.remove([document_id])
    assert b"anzibar" not in bytes_of(home / "library" / "index.lance")
    finish(steps)
    assert b"anzibar" not in bytes_of(home / "library")
    assert twin.library.verify() == []
    assert not any(key.startswith(document_id) for key in vectors(twin))


def table_folder(home: Path, name: str) -> Path:
    return home / "library" / "index.lance" / f"{name}.lance"


@pytest.mark.parametrize("steps_before", [1, 2, 3])
def test_a_document_removed_while_its_vectors_are_made_does_not_come_back(
    steps_before: int, tmp_path: Path
) -> None:
    """Removed at each step: before its text is taken, while it is embedded, when it is stored."""
    make_twin(tmp_path / "models")
    settings = config.Settings(tmp_path, tmp_path / "library")
    bundled = wiring.build(settings)
    files = [
        make_pdf(tmp_path / f"{word}.pdf", [f"The {word} clause."]) for word in ("roof", "zanzibar")
    ]
    added = finish(bundled.library.add(files))
    twin = wiring.build(replace(settings, embedder=TWIN))
    steps = twin.library.reembed()
    for _ in range(steps_before):
        next(steps)
    twin.library.remove([added.files[1].document_id])
    for _ in steps:
        assert b"anzibar" not in bytes_of(tmp_path / "library" / "index.lance")
    assert b"anzibar" not in bytes_of(tmp_path / "library")
    assert len(vectors(twin)) == 1
    for one in (bundled, twin):
        one.close()


@pytest.mark.usefixtures("small_batches")
def test_what_is_added_and_read_anew_between_two_runs_is_in_the_new_table(
    opened: Open, tmp_path: Path
) -> None:
    twin = opened(TWIN)
    file = make_pdf(tmp_path / "a.pdf", ["The boiler is kept by the landlord."])
    finish(twin.library.add([file]))
    list(steps_until(twin, 3))
    added = finish(twin.library.add([make_pdf(tmp_path / "b.pdf", ["The roof is kept."])]))
    assert added.files[0].status is AddStatus.READY
    (entry,) = [one for one in twin.library.documents() if one.path == file]
    finish(twin.library.reread([entry.document.id], (), True))
    finish(twin.library.reembed())
    assert twin.library.verify() == []
    found = twin.retriever.retrieve("Who keeps the roof?", mode=SearchMode.DENSE)
    assert found.passages[0].path.name == "b.pdf"


@pytest.mark.usefixtures("small_batches")
def test_a_text_that_was_changed_behind_its_back_is_made_anew(opened: Open, home: Path) -> None:
    """As a crash between two tables could leave it."""
    twin = opened(TWIN)
    list(steps_until(twin, 3))
    index = twin._index()  # type: ignore[attr-defined]  # noqa: SLF001
    new, _ = index.unfinished()
    key = new.chunk_ids()[0]
    new._table.update(where=f"id = '{key}'", values={"searchable": "zanzibar"})  # noqa: SLF001
    finish(twin.library.reembed())
    assert all(chunk.searchable != "zanzibar" for chunk in index.store().chunks([key]))
    assert b"zanzibar" not in bytes_of(home / "library")
    assert twin.library.verify() == []


@pytest.mark.usefixtures("small_batches")
@pytest.mark.parametrize("ordinal", ["0", "9999"])
def test_what_is_there_twice_or_too_much_does_not_stay(ordinal: str, opened: Open) -> None:
    twin = opened(TWIN)
    steps = twin.library.reembed()
    while next(steps).done < 12:
        pass
    new, _ = twin._index().unfinished()  # type: ignore[attr-defined]  # noqa: SLF001
    document_id = new.chunk_ids()[0].split(":")[0]
    (row,) = new._table.search().where(f"id = '{document_id}:0'").limit(1).to_list()  # noqa: SLF001
    new._table.add([{**row, "id": f"{document_id}:{ordinal}"}])  # noqa: SLF001
    finish(steps)
    assert twin.library.verify() == []


def test_a_search_that_loses_its_table_in_the_middle_is_made_in_the_new_one(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundled = opened(BUNDLED)
    store = bundled._index().store()  # type: ignore[attr-defined]  # noqa: SLF001
    dense = store.dense
    switched: list[ReembedReport] = []

    def switching(*arguments: object) -> object:
        if not switched:
            switched.append(finish(opened(TWIN).library.reembed()))
        return dense(*arguments)

    monkeypatch.setattr(store, "dense", switching)
    found = bundled.retriever.retrieve(QUESTION, mode=SearchMode.DENSE, rerank=False)
    assert switched
    expected = opened(TWIN).retriever.retrieve(QUESTION, mode=SearchMode.DENSE, rerank=False)
    assert texts(found) == texts(expected)
    assert [p.score for p in found.passages] == [p.score for p in expected.passages]


def test_without_the_old_model_words_are_found_and_adding_waits(
    opened: Open, home: Path, tmp_path: Path
) -> None:
    finish(opened(TWIN).library.reembed())
    shutil.rmtree(home / "models" / TWIN)
    bundled = opened(BUNDLED)
    assert bundled.library.model_change() == ModelChange(TWIN, BUNDLED, is_here=False)
    for rerank in (True, False):
        found = bundled.retriever.retrieve(QUESTION, rerank=rerank)
        assert found.coverage.by_words_only
        assert found.passages[0].evidence
        assert all(passage.ranks.dense is None for passage in found.passages)
    with pytest.raises(EmbedderMismatch, match=r"twin.*desktop-rag reembed"):
        bundled.retriever.retrieve(QUESTION, mode=SearchMode.DENSE)
    file = make_pdf(tmp_path / "a.pdf", ["The boiler is kept."])
    with pytest.raises(EmbedderMismatch, match="desktop-rag reembed"):
        finish(bundled.library.add([file]))
    first = bundled.library.documents()[0]
    bundled.library.remove([first.document.id])
    finish(bundled.library.reembed())
    assert not bundled.retriever.retrieve(QUESTION).coverage.by_words_only
    assert finish(bundled.library.add([file])).files[0].status is AddStatus.READY
    assert bundled.library.verify() == []


def test_a_model_whose_file_was_replaced_is_not_taken_for_the_old_one(
    opened: Open, home: Path
) -> None:
    """As an upgrade of the program does: the same name, another file."""
    finish(opened(TWIN).library.reembed())
    shutil.rmtree(home / "models" / TWIN)
    make_twin(home / "models", scale=0.5)
    after = opened(TWIN)
    assert after.library.model_change() == ModelChange(TWIN, TWIN, is_here=False)
    assert after.retriever.retrieve(QUESTION).coverage.by_words_only
    finish(after.library.reembed())
    assert not after.retriever.retrieve(QUESTION).coverage.by_words_only


def test_an_old_model_that_was_damaged_counts_as_gone(opened: Open, home: Path) -> None:
    finish(opened(TWIN).library.reembed())
    with next((home / "models" / TWIN / "onnx").iterdir()).open("ab") as graph:
        graph.write(b"x")
    assert opened(BUNDLED).retriever.retrieve(QUESTION).coverage.by_words_only


@pytest.mark.usefixtures("small_batches")
@pytest.mark.parametrize("kind", ["raises", "not a number"])
def test_a_model_that_fails_leaves_the_old_vectors(
    kind: str, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    from desktop_rag.adapters.onnx_encoders import OnnxEmbedding

    real = OnnxEmbedding.vectors

    def failing(self: OnnxEmbedding) -> np.ndarray:
        if kind == "raises":
            raise RuntimeError("the graph breaks")
        return real(self) * np.float32("nan")

    twin = opened(TWIN)
    before = texts(twin.retriever.retrieve(QUESTION))
    with monkeypatch.context() as broken:
        broken.setattr(OnnxEmbedding, "vectors", failing)
        with pytest.raises(ModelError, match="twin failed"):
            finish(twin.library.reembed())
    assert texts(twin.retriever.retrieve(QUESTION, top=49))[:10] == before[:10]
    finish(twin.library.reembed())
    assert twin.library.verify() == []


@pytest.mark.usefixtures("small_batches")
def test_a_full_disk_leaves_the_old_vectors(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    twin = opened(TWIN)
    old = vectors(twin)
    new, _ = twin._index().unfinished()  # type: ignore[attr-defined]  # noqa: SLF001

    def full(*_: object) -> None:
        raise LibraryError("The index failed: the disk is full.", "Free some space.")

    with monkeypatch.context() as broken:
        broken.setattr(new, "add", full)
        with pytest.raises(LibraryError, match="disk is full"):
            finish(twin.library.reembed())
    assert vectors(twin).keys() == old.keys()
    finish(twin.library.reembed())
    assert twin.library.verify() == []


def test_a_model_that_is_not_there_is_said_before_anything_is_done(
    opened: Open, home: Path
) -> None:
    (home / "models" / TWIN / "onnx" / "model_qint8.onnx").unlink()
    twin = opened(TWIN)
    with pytest.raises(ModelMissing, match="twin"):
        finish(twin.library.reembed())
    assert tables(home) == ["chunks"]
    assert twin.retriever.retrieve(QUESTION).passages


def test_a_second_writer_is_refused_meanwhile(opened: Open, tmp_path: Path) -> None:
    steps = opened(TWIN).library.reembed()
    next(steps)
    with pytest.raises(LibraryBusy):
        finish(opened(TWIN).library.add([make_pdf(tmp_path / "a.pdf", ["The roof."])]))
    steps.close()


@pytest.mark.usefixtures("small_batches")
@pytest.mark.parametrize("torn", ["_versions", "data"])
def test_a_half_made_table_that_is_torn_is_begun_anew(torn: str, opened: Open, home: Path) -> None:
    list(steps_until(opened(TWIN), 3))
    (new,) = set(tables(home)) - {"chunks"}
    files = [file for file in (table_folder(home, new) / torn).iterdir() if file.suffix != ".json"]
    newest = max(files, key=lambda file: file.stat().st_mtime)
    newest.write_bytes(b"")
    twin = opened(TWIN)
    assert min(step.done for step in twin.library.reembed() if step.done) <= 4
    assert twin.library.verify() == []
    assert len(tables(home)) == 1


@pytest.mark.usefixtures("small_batches")
def test_a_torn_half_made_table_is_no_hindrance_to_a_removal(opened: Open, home: Path) -> None:
    list(steps_until(opened(TWIN), 3))
    (new,) = set(tables(home)) - {"chunks"}
    for manifest in (table_folder(home, new) / "_versions").iterdir():
        manifest.write_bytes(b"")
    twin = opened(TWIN)
    first = twin.library.documents()[0]
    twin.library.remove([first.document.id])
    assert tables(home) == ["chunks"]


@pytest.mark.slow
def test_a_process_that_is_killed_leaves_the_old_vectors_or_the_new_ones(
    opened: Open, home: Path
) -> None:
    config.save(home / "settings.toml", {"embedder": TWIN})
    expected = vectors(opened(BUNDLED)).keys()
    for delay in (0.8, 1.6, 2.4, 3.2, 4.0, 5.0):
        library = home / "library"
        program = start_program("reembed", "--library", library, home=home.parent)
        try:
            program.wait(delay)
        except subprocess.TimeoutExpired:
            program.kill()
        program.communicate()
        look = opened(TWIN)
        assert look.library.pending() == ()
        assert look.library.verify() == []
        assert vectors(look).keys() == expected
        assert look.retriever.retrieve(QUESTION).passages
    run = run_program("reembed", "--library", library, "--json", home=home.parent)
    assert run.code == 0, run.err
    last = opened(TWIN)
    assert last.library.model_change() is None
    assert last.library.verify() == []
    assert len(tables(home)) == 1


def test_the_terminal_says_what_it_does(home: Path) -> None:
    config.save(home / "settings.toml", {"embedder": TWIN})
    place = ("--library", home / "library")
    listed = run_program("documents", *place, "--json", home=home.parent)
    assert listed.json["model_change"] == {"made_with": BUNDLED, "wanted": TWIN, "is_here": True}
    assert "desktop-rag reembed" in run_program("verify", *place, home=home.parent).err
    doctor = run_program("doctor", *place, "--json", home=home.parent).json
    assert doctor["library"]["made_with"] == BUNDLED
    assert "desktop-rag reembed" in doctor["library"]["model_change"]
    began = time.monotonic()
    run = run_program("reembed", *place, "--json", home=home.parent)
    assert run.code == 0, run.err
    assert run.json["model"] == TWIN
    assert run.json["passages"] == sum(one["chunks"] for one in listed.json["documents"])
    assert 0 < run.json["seconds"] < time.monotonic() - began
    again = run_program("reembed", *place, home=home.parent)
    assert again.code == 0
    assert "nothing to do" in again.out.lower()
    assert run_program("documents", *place, "--json", home=home.parent).json["model_change"] is None
