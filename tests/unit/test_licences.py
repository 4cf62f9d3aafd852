"""Whatever is in the package comes with its licence, and nothing goes in without one."""

import importlib.util
import sys
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT

# What stands in for a build: packages with a text, without one, and with a library inside.
NAMES = ("tokenizers", "numpy", "llama_cpp_python", "onnxruntime", "pypdfium2", "cryptography",
         "PySide6_Essentials", "shiboken6", "rapidocr")  # fmt: skip


@pytest.fixture(scope="module")
def licences() -> Any:
    """The script, which finds its neighbour sbom.py beside it as it does when it is run."""
    folder = str(ROOT / "packaging")
    sys.path.insert(0, folder)
    try:
        spec = importlib.util.spec_from_file_location("licences", f"{folder}/licences.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(folder)
    return module


def files_of(folder: Path) -> dict[str, bytes]:
    return {str(one.relative_to(folder)): one.read_bytes()
            for one in sorted(folder.rglob("*")) if one.is_file()}  # fmt: skip


def test_each_component_of_the_bill_has_a_text(licences: Any, tmp_path: Path) -> None:
    licences.collect(tmp_path / "licences", NAMES)
    found = {folder.name for folder in (tmp_path / "licences").iterdir() if any(folder.iterdir())}
    bill = licences.sbom.bill([licences.sbom.canonical(name) for name in NAMES])
    shipped = {one["name"] for one in bill["components"]
               if one["type"] == "library" or (licences.MODELS / one["name"]).is_dir()}  # fmt: skip
    assert shipped <= found
    assert {"cpython", "desktop-rag", "Qt", "llama.cpp", "PDFium", "minilm-l6-reranker"} <= found


def test_the_texts_are_those_of_the_licences(licences: Any, tmp_path: Path) -> None:
    licences.collect(tmp_path, NAMES)
    begins = {
        "Qt/LGPL-3.0-only.txt": "GNU LESSER GENERAL PUBLIC LICENSE",
        "Qt/GPL-3.0-only.txt": "GNU GENERAL PUBLIC LICENSE",
        "tokenizers/Apache-2.0.txt": "Apache License",
        "llama.cpp/llama.cpp.txt": "The ggml authors",
        "onnxruntime/ThirdPartyNotices.txt": "THIRD PARTY SOFTWARE NOTICES",
        "rapidocr/MODEL_LICENSES.md": "PaddleOCR",
        "minilm-l6-reranker/CC-BY-SA-4.0.txt": "Attribution-ShareAlike 4.0 International",
        "numpy/LICENSE.txt": "NumPy Developers",
    }
    for place, words in begins.items():
        assert words in (tmp_path / place).read_text(encoding="utf-8"), place
    assert "_internal/PySide6" in (tmp_path / "Qt" / "README.txt").read_text(encoding="utf-8")


def test_the_same_packages_give_the_same_files(licences: Any, tmp_path: Path) -> None:
    licences.collect(tmp_path / "one", NAMES)
    licences.collect(tmp_path / "two", reversed(NAMES))
    (tmp_path / "two" / "left-over").mkdir()
    licences.collect(tmp_path / "two", NAMES)
    assert files_of(tmp_path / "one") == files_of(tmp_path / "two")
    assert not (tmp_path / "two" / "left-over").exists()


def test_a_component_without_a_text_ends_the_build(
    licences: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(licences.WITHOUT_TEXT, "tokenizers")
    with pytest.raises(SystemExit, match="tokenizers"):
        licences.collect(tmp_path / "licences", NAMES)
    assert not (tmp_path / "licences").exists()


def test_a_package_that_is_not_installed_ends_the_build(licences: Any, tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="no-such-package"):
        licences.collect(tmp_path / "licences", ["no-such-package"])


def test_all_that_is_installed_has_a_text(licences: Any) -> None:
    names = {licences.sbom.canonical(one.metadata["Name"]) for one in metadata.distributions()}
    names.discard("desktop-rag")
    assert [name for name, texts in licences.components(names) if not texts] == []
