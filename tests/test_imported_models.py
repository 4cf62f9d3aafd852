"""A model that was imported, in the terminal: it does what the bundled one does."""

import shutil
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.support import make_pdf, run_program

MODELS = ROOT / "resources" / "models"
QUESTION = "How much notice must the tenant give?"
PAGES = [
    "The Landlord keeps the roof, the outer walls and the main pipes in repair.",
    "The Tenant may end this lease by giving sixty days' written notice.",
    "Notice is delivered by hand or by recorded post to the address above.",
    "Amoxicillin 500 mg by mouth three times a day for five days.",
]


def found(home: Path) -> list[tuple[list[int], int, float]]:
    """Pages, rank by the cross-encoder and score of each passage, best first."""
    passages = run_program("search", QUESTION, "--json", home=home).json["passages"]
    return [(one["pages"], one["ranks"]["rerank"], one["score"]) for one in passages]


@pytest.mark.slow
def test_both_encoders_imported_under_other_names_order_alike(tmp_path: Path) -> None:
    """Their int8 graphs are written anew from the weights, and are the bundled ones bit for bit."""
    home, without_graph = tmp_path / "home", shutil.ignore_patterns("onnx")
    home.mkdir()
    for name in ("minilm-l6-reranker", "all-MiniLM-L6-v2"):
        shutil.copytree(MODELS / name, tmp_path / f"Other {name}", ignore=without_graph)
    pdf = make_pdf(tmp_path / "lease.pdf", PAGES)
    assert run_program("add", pdf, home=home).code == 0
    bundled = found(home)

    done = run_program(
        "models", "import", tmp_path / "Other minilm-l6-reranker", "--json", home=home
    )
    assert done.code == 0, done.err
    assert done.json["role"] == "reranker"
    agreement = done.json["agreement"]
    assert (agreement["measure"], agreement["graph"]) == ("spearman", "int8")
    assert agreement["pairs"] == 80
    assert agreement["value"] > 0.95
    done = run_program("models", "import", tmp_path / "Other all-MiniLM-L6-v2", home=home)
    assert "Agreement with its weights: cosine 0.99" in done.out
    settings = home / "desktop-rag" / "settings.toml"
    settings.write_text('reranker = "other-minilm-l6-reranker"\n')
    assert found(home) == bundled
    assert bundled[0][0] == [2]

    shutil.rmtree(home / "desktop-rag" / "library")
    settings.write_text('embedder = "other-all-minilm-l6-v2"\n')
    assert run_program("add", pdf, home=home).code == 0
    assert found(home) == bundled
    devices = run_program("doctor", "--json", home=home).json["devices"]
    assert devices["reranker"].startswith(("cpu: ", "cuda", "mps"))
