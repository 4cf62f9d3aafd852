"""A second bi-encoder: the bundled one with other weights in its last step, under another name."""

import shutil
from pathlib import Path

import numpy as np
import onnx
from onnx import numpy_helper

from desktop_rag.domain import Model, ModelFile, ModelRole
from desktop_rag.services.manifest import sha256_of, write_manifest
from tests.conftest import ROOT

BUNDLED = "all-MiniLM-L6-v2"
TWIN = "twin"


def make_twin(models: Path, name: str = TWIN, scale: float = -1.0) -> Path:
    """Put it among the user's models, as an import does. Another `scale`, another model."""
    folder = models / name
    source = ROOT / "resources" / "models" / BUNDLED
    shutil.copytree(source, folder, ignore=shutil.ignore_patterns("*.safetensors", "README.md"))
    _change(folder / "onnx" / "model_qint8.onnx", scale)
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    files.sort(key=lambda path: path.suffix != ".onnx")
    parts = [
        ModelFile(path.relative_to(folder).as_posix(), sha256_of(path), path.stat().st_size)
        for path in files
    ]
    model = Model(name, ModelRole.EMBEDDER, "Apache-2.0", name, tuple(parts))
    write_manifest(folder / "manifest.toml", model)
    return folder


def _change(graph: Path, scale: float) -> None:
    """Weigh every second number of the last normalisation otherwise: the vectors are others."""
    model = onnx.load(graph)
    last = next(node for node in reversed(model.graph.node) if node.op_type == "LayerNormalization")
    for weights in model.graph.initializer:
        if weights.name == last.input[1]:
            values = numpy_helper.to_array(weights).copy()
            values[::2] *= np.float32(scale)
            weights.CopyFrom(numpy_helper.from_array(values, weights.name))
    onnx.save(model, graph)
