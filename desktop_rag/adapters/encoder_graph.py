"""Writes the int8 graph of an encoder from its weights, fused as a CPU runs it best.

It takes the BERT family (bert, electra, roberta, xlm-roberta), which most bi-encoders and
cross-encoders belong to. The graph takes one text without padding and thus needs no mask. Query,
key and value are one product, attention is one step, and every product of matrices is quantised:
weights per column, once; activations at run time. A cross-encoder's last layer computes its first
token alone, because its head reads no other. The 7-bit range of the weights keeps sums exact on
processors without VNNI (ONNX Runtime's guide to quantisation). Measured: docs/decisions/010.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desktop_rag.errors import ModelError

_FAMILY = ("bert", "electra", "roberta", "xlm-roberta")
_GELU = {"gelu": "BiasGelu", "gelu_new": "FastGelu", "gelu_pytorch_tanh": "FastGelu"}
_LARGEST = 63  # of a quantised weight
_CLIPPINGS = tuple(np.linspace(0.7, 1.0, 16))
_WORD_TABLE = "embeddings.word_embeddings.weight"
_MICROSOFT = "com.microsoft"
_OPSETS = (("", 18), (_MICROSOFT, 1))
_IR_VERSION = 9

Array = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class _Shape:
    """What the configuration says of an encoder. `first_position` is that of its first token."""

    layers: int
    heads: int
    epsilon: float
    activation: str
    first_position: int
    token_types: int


def write_graph(folder: Path, target: Path) -> None:
    """Write the graph of the encoder in `folder` (config.json, model.safetensors) to `target`.

    Inputs are input_ids and, where there are several types, token_type_ids, both (1, tokens). The
    output of a bi-encoder is last_hidden_state (1, tokens, width), of a cross-encoder logits
    (1, 1). Raises ModelError for another architecture or a file that is not whole.
    """
    import onnx
    from safetensors.numpy import load_file

    with _reading(folder):
        shape = _shape(json.loads((folder / "config.json").read_text(encoding="utf-8")))
        writer = _GraphWriter(load_file(folder / "model.safetensors"), shape)
        model = writer.model()
        target.parent.mkdir(parents=True, exist_ok=True)
        onnx.save(model, target)


def _shape(config: Mapping[str, Any]) -> _Shape:
    family, activation = config.get("model_type"), config.get("hidden_act", "gelu")
    if family not in _FAMILY or config.get("position_embedding_type", "absolute") != "absolute":
        raise ModelError(
            f"No int8 graph can be written for a model of type {family}.",
            f"It is used as it is, more slowly; known are {', '.join(_FAMILY)}.",
        )
    if activation not in _GELU:
        raise ModelError(
            f"No int8 graph can be written for the activation {activation}.",
            f"It is used as it is, more slowly; known are {', '.join(_GELU)}.",
        )
    roberta = family in ("roberta", "xlm-roberta")
    return _Shape(
        layers=int(config["num_hidden_layers"]),
        heads=int(config["num_attention_heads"]),
        epsilon=float(config.get("layer_norm_eps", 1e-12)),
        activation=_GELU[activation],
        first_position=int(config.get("pad_token_id", 1)) + 1 if roberta else 0,
        token_types=int(config.get("type_vocab_size", 0)),
    )


class _GraphWriter:
    """Collects nodes and weights; every method returns the name of what it computes."""

    def __init__(self, weights: Mapping[str, Any], shape: _Shape) -> None:
        self._weights = weights
        self._shape = shape
        self._prefix = _prefix(weights)
        self._nodes: list[Any] = []
        self._tensors: list[Any] = []

    def model(self) -> Any:
        """The whole graph as an ONNX model."""
        from onnx import TensorProto, helper

        hidden = self._embeddings()
        head = self._head_layers()
        last = self._shape.layers - 1
        for layer in range(self._shape.layers):
            only_first = layer == last and bool(head)
            hidden = self._layer(hidden, f"encoder.layer.{layer}.", only_first=only_first)
        output = "logits" if head else "last_hidden_state"
        self._node("Identity", [self._head(hidden, head) if head else hidden], name=output)
        names = ["input_ids"] + ["token_type_ids"] * (self._shape.token_types > 1)
        inputs = [
            helper.make_tensor_value_info(name, TensorProto.INT64, [1, "tokens"]) for name in names
        ]
        width = len(self._own("encoder.layer.0.output.LayerNorm.bias"))
        form = [1, 1] if output == "logits" else [1, "tokens", width]
        outputs = [helper.make_tensor_value_info(output, TensorProto.FLOAT, form)]
        graph = helper.make_graph(self._nodes, "encoder", inputs, outputs, self._tensors)
        opsets = [helper.make_opsetid(domain, version) for domain, version in _OPSETS]
        return helper.make_model(graph, opset_imports=opsets, ir_version=_IR_VERSION)

    def _embeddings(self) -> str:
        words, scales = _quantised(self._own(_WORD_TABLE).T, clippings=(1.0,))
        table, scale = self._tensor(words.T.copy()), self._tensor(scales[:, None])
        rows = self._node("Cast", [self._node("Gather", [table, "input_ids"])], to=1)
        total = self._node("Mul", [rows, self._node("Gather", [scale, "input_ids"])])
        positions = self._own("embeddings.position_embeddings.weight")[self._shape.first_position :]
        if self._shape.token_types:
            types = self._own("embeddings.token_type_embeddings.weight")
            if self._shape.token_types > 1:
                added = self._node("Gather", [self._tensor(types), "token_type_ids"])
                total = self._node("Add", [total, added])
            else:
                positions = positions + types[0]
        length = self._node("Shape", ["input_ids"], start=1, end=2)
        start = self._tensor(np.array([0], np.int64))
        near = self._node("Slice", [self._tensor(positions), start, length])
        hidden = self._norm(self._node("Add", [total, near]), "embeddings.LayerNorm.")
        if self._prefix + "embeddings_project.weight" in self._weights:
            hidden = self._dense(hidden, "embeddings_project.")
        return hidden

    def _layer(self, hidden: str, name: str, *, only_first: bool) -> str:
        """One layer; `only_first` computes nothing but the first token, which the head reads."""
        attention = f"{name}attention.self."
        if only_first:
            ends = [self._tensor(np.array([place], np.int64)) for place in (0, 1, 1)]
            whole, hidden = hidden, self._node("Slice", [hidden, *ends])
            query = self._dense(hidden, f"{attention}query.")
            projected = self._dense(whole, f"{attention}key.", f"{attention}value.")
            parts = [query, *self._split(projected, 2)]
        else:
            names = (f"{attention}{part}." for part in ("query", "key", "value"))
            projected = self._dense(hidden, *names)
            parts = self._split(projected, 3)
        attended = self._node(
            "MultiHeadAttention", parts, domain=_MICROSOFT, num_heads=self._shape.heads
        )
        out = self._dense(attended, f"{name}attention.output.dense.")
        near = self._norm(self._node("Add", [out, hidden]), f"{name}attention.output.LayerNorm.")
        wide = self._dense(near, f"{name}intermediate.dense.", bias=False)
        bias = self._tensor(self._own(f"{name}intermediate.dense.bias"))
        active = self._node(self._shape.activation, [wide, bias], domain=_MICROSOFT)
        out = self._dense(active, f"{name}output.dense.")
        return self._norm(self._node("Add", [out, near]), f"{name}output.LayerNorm.")

    def _head_layers(self) -> list[tuple[str, str]]:
        """The names of a cross-encoder's last layers, each with what follows it; [] without.

        Raises ModelError for a head of another kind, or one that gives several scores.
        """
        pooler = self._prefix + "pooler.dense."
        if "classifier.weight" in self._weights and pooler + "weight" in self._weights:
            layers = [(pooler, "Tanh"), ("classifier.", "")]
        elif "classifier.out_proj.weight" in self._weights:
            middle = "Gelu" if self._prefix == "electra." else "Tanh"
            layers = [("classifier.dense.", middle), ("classifier.out_proj.", "")]
        elif any(name.startswith("classifier.") for name in self._weights):
            raise ModelError(
                "No int8 graph can be written for a head of this kind.",
                "It is used as it is, more slowly.",
            )
        else:
            return []
        if len(self._weights[layers[-1][0] + "bias"]) != 1:
            raise ModelError(
                "This model gives several scores for a passage, not one.",
                "Take a cross-encoder that was trained for ranking.",
            )
        return layers

    def _head(self, hidden: str, layers: Sequence[tuple[str, str]]) -> str:
        """The logit from the first token, in full precision."""
        value = self._node("Gather", [hidden, self._tensor(np.array(0, np.int64))], axis=1)
        for name, activation in layers:
            weight, bias = self._weights[name + "weight"], self._weights[name + "bias"]
            value = self._node("Gemm", [value, self._tensor(weight), self._tensor(bias)], transB=1)
            if activation:
                domain = _MICROSOFT if activation == "Gelu" else ""
                value = self._node(activation, [value], domain=domain)
        return value

    def _dense(self, value: str, *names: str, bias: bool = True) -> str:
        """The product with one or several layers' weights side by side, plus their biases."""
        weights = np.concatenate([self._own(name + "weight") for name in names]).T
        quantised, scales = _quantised(weights)
        zeros = np.zeros(len(scales), np.int8)
        inputs = [value, *map(self._tensor, (quantised, scales, zeros))]
        if bias:
            biases = np.concatenate([self._own(name + "bias") for name in names])
            inputs.append(self._tensor(biases))
        return self._node("DynamicQuantizeMatMul", inputs, domain=_MICROSOFT)

    def _norm(self, value: str, name: str) -> str:
        scale, bias = (self._tensor(self._own(name + part)) for part in ("weight", "bias"))
        return self._node(
            "LayerNormalization", [value, scale, bias], axis=-1, epsilon=self._shape.epsilon
        )

    def _own(self, name: str) -> Array:
        return np.asarray(self._weights[self._prefix + name], dtype=np.float32)

    def _tensor(self, values: Any) -> str:
        from onnx import numpy_helper

        name = f"w{len(self._tensors)}"
        array = np.asarray(values, order="C")
        array = array.astype(np.float32) if array.dtype == np.float16 else array
        self._tensors.append(numpy_helper.from_array(array, name))
        return name

    def _node(self, kind: str, inputs: Sequence[str], *, name: str = "", **options: Any) -> str:
        """A node with one output, called `name` if it is one of the graph."""
        return self._nodes_out(kind, inputs, [name or f"n{len(self._nodes)}"], **options)[0]

    def _split(self, value: str, parts: int) -> list[str]:
        names = [f"n{len(self._nodes)}_{part}" for part in range(parts)]
        return self._nodes_out("Split", [value], names, axis=-1, num_outputs=parts)

    def _nodes_out(
        self, kind: str, inputs: Sequence[str], outputs: list[str], **options: Any
    ) -> list[str]:
        from onnx import helper

        self._nodes.append(helper.make_node(kind, list(inputs), outputs, **options))
        return outputs


def _prefix(weights: Mapping[str, Any]) -> str:
    name = next((name for name in weights if name.endswith(_WORD_TABLE)), None)
    if name is None:
        raise ModelError(
            "The weights hold no table of words.", "Choose the folder of a bi- or cross-encoder."
        )
    return name.removesuffix(_WORD_TABLE)


def _quantised(
    weights: Array, clippings: Sequence[float] = _CLIPPINGS
) -> tuple[NDArray[np.int8], Array]:
    """Whole numbers and the scale of each column, clipped where that errs least in squares."""
    highest = np.maximum(np.abs(weights).max(axis=0), 1e-12)
    best = np.full(weights.shape[1], np.inf)
    scales = highest / _LARGEST
    for clipping in clippings:
        tried = highest * clipping / _LARGEST
        rounded = np.clip(np.rint(weights / tried), -_LARGEST, _LARGEST)
        errors = np.square(weights - rounded * tried).sum(axis=0)
        scales = np.where(errors < best, tried, scales)
        best = np.minimum(errors, best)
    rounded = np.clip(np.rint(weights / scales), -_LARGEST, _LARGEST)
    return rounded.astype(np.int8), scales.astype(np.float32)


@contextmanager
def _reading(folder: Path) -> Iterator[None]:
    """A damaged folder can raise almost anything: OSError, KeyError, SafetensorError."""
    try:
        yield
    except ModelError:
        raise
    except Exception as error:
        raise ModelError(
            f"The weights in {folder.name} cannot be read: {str(error).splitlines()[0][:200]}.",
            "Copy the folder again; weights are taken as .safetensors alone.",
        ) from error
