"""What in a drop is a model: told by what lies in it."""

import hashlib
from pathlib import Path

import pytest

from desktop_rag.domain import FoundFiles, FoundModel, ModelRole
from desktop_rag.services.looking import look
from tests.conftest import ROOT
from tests.gguf import gguf, make_gguf
from tests.hostile.packs import zipped
from tests.services.test_model_pack import MANIFEST
from tests.support import finish, make_pdf

CONFIG = b'{"architectures": ["BertForSequenceClassification"]}'
MODULES = b"[]"


def seen(*paths: Path) -> FoundFiles:
    return finish(look(paths))


def test_a_drop_of_everything_is_sorted_out(tmp_path: Path) -> None:
    bundled = ROOT / "resources" / "models"
    pdf = make_pdf(tmp_path / "a.pdf", ["The boiler."])
    writer = make_gguf(tmp_path / "A writer.gguf")
    bare = make_gguf(tmp_path / "without")
    finder, orderer = bundled / "all-MiniLM-L6-v2", bundled / "minilm-l6-reranker"
    found = seen(pdf, writer, bare, finder, orderer)
    assert (found.pdfs, found.problems) == (1, ())
    size = writer.stat().st_size
    assert found.models[:2] == (
        FoundModel(writer, ModelRole.LANGUAGE_MODEL, "A writer", size),
        FoundModel(bare, ModelRole.LANGUAGE_MODEL, "without", size),
    )
    assert [model.role for model in found.models[2:]] == [ModelRole.EMBEDDER, ModelRole.RERANKER]
    assert found.models[2].bytes > 23_000_000


def test_a_folder_with_a_pdf_in_it_is_a_folder_of_documents(tmp_path: Path) -> None:
    for name, content in (("config.json", CONFIG), ("model.safetensors", b"x")):
        (tmp_path / name).write_bytes(content)
    assert seen(tmp_path).models[0].role is ModelRole.RERANKER
    (tmp_path / "below").mkdir()
    make_pdf(tmp_path / "below" / "Read me.PDF", ["How to use it."])
    found = seen(tmp_path)
    assert (found.pdfs, found.models) == (1, ())


def test_a_folder_without_weights_is_none(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_bytes(CONFIG)
    (tmp_path / "pytorch_model.bin").write_bytes(b"\x80\x04")
    found = seen(tmp_path)
    assert found.models == ()
    assert len(found.problems) == 1


@pytest.mark.parametrize(
    ("members", "role"),
    [
        ([("m/model.gguf", gguf())], ModelRole.LANGUAGE_MODEL),
        ([("m/config.json", CONFIG), ("m/onnx/model.onnx", b"x")], ModelRole.RERANKER),
        (
            [("config.json", b"{}"), ("modules.json", MODULES), ("model.safetensors", b"x")],
            ModelRole.EMBEDDER,
        ),
        ([("config.json", b"["), ("model.safetensors", b"x")], None),
    ],
)
def test_a_pack_is_judged_by_its_list_of_contents(
    tmp_path: Path, members: list[tuple[str, bytes]], role: ModelRole | None
) -> None:
    pack = tmp_path / "My pack.zip"
    pack.write_bytes(zipped(*members))
    (model,) = seen(pack).models
    assert (model.role, model.title) == (role, "My pack")
    assert model.bytes == sum(len(content) for _, content in members)


def test_the_manifest_of_a_pack_names_it(tmp_path: Path) -> None:
    digest = hashlib.sha256(gguf()).hexdigest()
    pack = tmp_path / "p.zip"
    pack.write_bytes(
        zipped(("Tiny.gguf", gguf()), ("manifest.toml", MANIFEST.format(digest=digest).encode()))
    )
    assert seen(pack).models[0].title == "A tiny model"


@pytest.mark.parametrize(
    "content",
    [
        zipped(("a.pdf", b"%PDF-1.4"), ("b.gguf", gguf())),
        zipped(("letter.txt", b"Dear Sir")),
        zipped(("config.json", b"{}")),
        b"PK\x03\x04 and nothing more",
        b"",
    ],
)
def test_another_zip_has_the_answer_that_it_always_had(tmp_path: Path, content: bytes) -> None:
    pack = tmp_path / "papers.zip"
    pack.write_bytes(content)
    found = seen(pack)
    assert found.models == ()
    assert [problem.reason for problem in found.problems] == ["papers.zip is not a PDF."]
