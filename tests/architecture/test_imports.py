"""The house's arrows, read from the sources."""

import ast
from pathlib import Path

import pytest

from tests.conftest import ROOT

PACKAGE = ROOT / "desktop_rag"
EVERYWHERE = {"domain", "errors", "privacy", "needs"}
ALLOWED = {
    "domain": set(),
    "errors": set(),
    "privacy": {"privacy"},
    "needs": {"errors", "privacy", "needs"},
    "ports": {"domain"},
    "config": {"errors", "privacy"},
    "pipeline": EVERYWHERE | {"pipeline"},
    "adapters": EVERYWHERE | {"ports", "adapters"},
    "services": EVERYWHERE | {"ports", "pipeline", "services"},
    "engine": EVERYWHERE | {"services", "engine"},
    "cli": EVERYWHERE | {"services", "cli"},
    "ui": EVERYWHERE | {"engine", "config", "ui"},
    "wiring": EVERYWHERE | {"services", "adapters", "config", "ports"},
    "__main__": EVERYWHERE | {"cli", "ui", "wiring", "services", "config", "__main__"},
    "__init__": set(),
}
ENGINES = {
    "lancedb", "torch", "sentence_transformers", "onnxruntime", "llama_cpp", "pypdf", "pypdfium2",
    "rapidocr", "tokenizers", "pyarrow", "transformers", "huggingface_hub",
    "watchdog", "jinja2",
}  # fmt: skip
FILES = sorted(PACKAGE.rglob("*.py"))


def imported(file: Path) -> set[str]:
    """Full names of all modules that a file imports, wherever in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def room(file: Path) -> str:
    return file.relative_to(PACKAGE).parts[0].removesuffix(".py")


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_a_file_imports_only_along_the_arrows(file: Path) -> None:
    rooms = {
        name.split(".")[1]
        for name in imported(file)
        if name.startswith("desktop_rag.") and name != "desktop_rag.__version__"
    }
    assert rooms <= ALLOWED[room(file)], rooms - ALLOWED[room(file)]


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_engines_are_imported_by_adapters_alone_and_qt_by_the_window_alone(file: Path) -> None:
    tops = {name.split(".")[0] for name in imported(file)}
    if room(file) != "adapters":
        assert not tops & ENGINES
    if room(file) != "ui":
        assert "PySide6" not in tops


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_the_pipeline_does_no_input_or_output(file: Path) -> None:
    if room(file) == "pipeline":
        tops = {name.split(".")[0] for name in imported(file)}
        assert not tops & {"os", "pathlib", "time", "subprocess", "socket", "random", "logging"}


def test_the_guard_is_the_first_import_of_the_program() -> None:
    tree = ast.parse((PACKAGE / "__main__.py").read_text(encoding="utf-8"))
    names = [
        node.module
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("desktop_rag")
    ]
    assert names == ["desktop_rag.privacy"]


def test_the_windows_process_imports_no_engine_and_no_service() -> None:
    """What `ui` and the engine's client pull in at import, followed from file to file."""
    waiting, seen = sorted((PACKAGE / "ui").glob("*.py")), set()
    while waiting:
        file = waiting.pop()
        if file in seen:
            continue
        seen.add(file)
        for node in ast.parse(file.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("desktop_rag."):
                target = PACKAGE.parent / Path(*node.module.split("."))
                waiting += [path for path in (target.with_suffix(".py"),) if path.exists()]
    rooms = {room(file) for file in seen}
    assert "engine" in rooms
    assert not rooms & {"services", "adapters", "pipeline", "wiring"}
