"""The bill of materials is one that readers of CycloneDX 1.6 take, and leaves nothing out."""

import importlib.util
import json
import re
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest

from desktop_rag.config import resources_folder
from desktop_rag.services.manifest import read_manifest
from tests.conftest import ROOT

SPEC = importlib.util.spec_from_file_location("sbom", ROOT / "packaging" / "sbom.py")
assert SPEC is not None
assert SPEC.loader is not None
sbom = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(sbom)
# Of the schema of CycloneDX 1.6: what a component must and may have, and what it may be.
TYPES = {"library", "file", "machine-learning-model", "application"}
MAY = {
    "type", "bom-ref", "name", "version", "purl", "licenses", "hashes", "properties",
    "components", "description",
}  # fmt: skip


@pytest.fixture(scope="module")
def bill() -> dict[str, Any]:
    return sbom.bill()


def parts_of(component: dict[str, Any]) -> list[dict[str, Any]]:
    inside = component.get("components", [])
    return [component, *(deeper for one in inside for deeper in parts_of(one))]


def test_it_has_what_the_schema_asks_for(bill: dict[str, Any]) -> None:
    assert (bill["bomFormat"], bill["specVersion"], bill["version"]) == ("CycloneDX", "1.6", 1)
    assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", bill["serialNumber"])
    parts = [part for one in bill["components"] for part in parts_of(one)]
    for part in [*parts, bill["metadata"]["component"]]:
        assert part["type"] in TYPES
        assert part["name"]
        assert set(part) <= MAY
        for digest in part.get("hashes", []):
            assert digest["alg"] == "SHA-256"
            assert re.fullmatch(r"[0-9a-f]{64}", digest["content"])
        for licence in part.get("licenses", []):
            (kind,) = licence
            assert kind in ("license", "expression")
            if kind == "license":
                assert len(set(licence["license"]) & {"id", "name"}) == 1
        for known in part.get("properties", []):
            assert set(known) == {"name", "value"}
    refs = [part["bom-ref"] for part in parts]
    assert len(refs) == len(set(refs))
    (dependency,) = bill["dependencies"]
    assert set(dependency["dependsOn"]) <= set(refs)


def test_it_names_every_package_every_model_and_the_engines(bill: dict[str, Any]) -> None:
    names = {part["name"] for part in bill["components"]}
    assert {sbom.canonical(one.metadata["Name"]) for one in metadata.distributions()} - names <= {
        "desktop-rag"
    }
    assert {"llama.cpp", "PDFium", "ONNX Runtime", "Qt"} <= names
    for model in read_manifest(resources_folder() / "models.toml"):
        (part,) = (one for one in bill["components"] if one["name"] == model.name)
        assert part["hashes"][0]["content"] == model.main_file.sha256
        assert len(part["components"]) == len(model.files)


def test_what_is_locked_has_its_hash_here(bill: dict[str, Any]) -> None:
    hashed = {part["name"] for part in bill["components"] if part.get("hashes")}
    assert {"lancedb", "torch", "jinja2", "llama-cpp-python"} <= hashed


def test_it_is_the_same_each_time_and_has_a_time_only_if_told(
    bill: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert json.dumps(sbom.bill()) == json.dumps(bill)
    assert "timestamp" not in bill["metadata"]
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert sbom.bill()["metadata"]["timestamp"] == "2023-11-14T22:13:20Z"


def test_of_the_models_only_those_that_lie_inside_are_named(tmp_path: Path) -> None:
    file = tmp_path / "minilm-l6-reranker" / "config.json"
    file.parent.mkdir()
    file.touch()
    (one,) = sbom.models(tmp_path)
    assert one["name"] == "minilm-l6-reranker"
    assert [part["name"] for part in one["components"]] == ["config.json"]
