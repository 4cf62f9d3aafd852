"""What in an encoder's folder would have other code run, or other files opened, than is expected.

sentence-transformers imports classes by the names that a folder gives. It refuses names outside
itself and torch, but not every name inside. `trust_remote_code` is never given; files of code and
pickles are never copied.
"""

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from desktop_rag.adapters.encoder_settings import read_json
from desktop_rag.errors import ModelError

_MODULE = re.compile(
    r"sentence_transformers(\.\w+)*\.(Transformer|Pooling|Normalize|Dense|LayerNorm|Dropout)"
)
_ACTIVATION = re.compile(r"torch\.nn(\.modules\.(activation|linear))?\.[A-Z]\w*")
_IN_CONFIG = ("activation_fn", "activation_function", "sbert_ce_default_activation_function")


def require_plain_code(folder: Path) -> None:
    """Raises ModelError if the folder names a class that is none of the usual building blocks."""
    modules = read_json(folder / "modules.json", [])
    places = [""]
    for module in modules:
        said = module if isinstance(module, dict) else {}
        kind, place = str(said.get("type")), str(said.get("path", ""))
        if not _MODULE.fullmatch(kind):
            raise _refusal("modules.json", kind)
        if PurePosixPath(place).is_absolute() or ".." in place or "\\" in place or ":" in place:
            raise _refusal("modules.json", place)
        places.append(place)
    for place in places:
        config = read_json(folder / place / "config.json", {})
        for name in _activations(config):
            if name is not None and not _ACTIVATION.fullmatch(str(name)):
                raise _refusal(f"{place}/config.json".lstrip("/"), str(name))


def require_own_weights(graph: Path) -> None:
    """Raises ModelError for an ONNX graph whose weights lie in another file."""
    import onnx

    model = onnx.load(graph, load_external_data=False)
    for tensor in _tensors(model.graph):
        if tensor.data_location == onnx.TensorProto.EXTERNAL:
            raise ModelError(f"{graph.name} takes weights from another file; that is not read.")


def _activations(config: dict[str, Any]) -> Iterator[Any]:
    inner = config.get("sentence_transformers")
    for settings in (config, inner if isinstance(inner, dict) else {}):
        yield from (settings.get(key) for key in _IN_CONFIG)


def _tensors(graph: Any) -> Iterator[Any]:
    """All constant tensors of a graph and of those in it."""
    yield from graph.initializer
    for sparse in graph.sparse_initializer:
        yield from (sparse.values, sparse.indices)
    for node in graph.node:
        for attribute in node.attribute:
            yield from (attribute.t, *attribute.tensors)
            for inner in (attribute.g, *attribute.graphs):
                if inner.node or inner.initializer:
                    yield from _tensors(inner)


def _refusal(file: str, name: str) -> ModelError:
    shown = "".join(filter(str.isprintable, name))[:80]
    return ModelError(
        f"{file} of this model names “{shown}”, which is not one of the parts that are known here.",
        "A model that brings code of its own is not taken. Choose another one.",
    )
