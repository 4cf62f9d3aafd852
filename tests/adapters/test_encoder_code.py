"""What a folder of an encoder names is compared with what is known, and graphs hold themselves."""

import json
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from desktop_rag.adapters.encoder_code import require_own_weights, require_plain_code
from desktop_rag.errors import ModelError
from tests.conftest import ROOT
from tests.hostile.folders import MODULES, module

MODELS = ROOT / "resources" / "models"


def graph(name: str) -> onnx.GraphProto:
    """One constant of 4 kB, given out as it is."""
    weights = numpy_helper.from_array(np.ones(1024, np.float32), f"weights_{name}")
    output = helper.make_tensor_value_info(f"out_{name}", TensorProto.FLOAT, [1024])
    node = helper.make_node("Identity", [weights.name], [output.name])
    return helper.make_graph([node], name, [], [output], [weights])


def saved(path: Path, outer: onnx.GraphProto) -> Path:
    onnx.save_model(helper.make_model(outer), path)
    return path


def outside(tensor: TensorProto) -> None:
    """Have a constant lie in a file elsewhere."""
    tensor.ClearField("raw_data")
    tensor.data_location = TensorProto.EXTERNAL
    tensor.external_data.add(key="location", value="../../../etc/passwd")


def test_a_graph_with_weights_of_its_own_is_used(tmp_path: Path) -> None:
    require_own_weights(saved(tmp_path / "model.onnx", graph("a")))
    for model in ("all-MiniLM-L6-v2", "minilm-l6-reranker"):
        require_own_weights(MODELS / model / "onnx" / "model_qint8.onnx")


def test_a_graph_with_weights_in_another_file_is_not(tmp_path: Path) -> None:
    outer = graph("a")
    outside(outer.initializer[0])
    with pytest.raises(ModelError, match="another file"):
        require_own_weights(saved(tmp_path / "model.onnx", outer))


def test_nor_is_one_that_hides_them_in_a_branch(tmp_path: Path) -> None:
    branch = graph("b")
    outside(branch.initializer[0])
    either = helper.make_node("If", ["yes"], ["x"], then_branch=branch, else_branch=graph("c"))
    outer = helper.make_graph([either], "a", [], [])
    with pytest.raises(ModelError, match="another file"):
        require_own_weights(saved(tmp_path / "model.onnx", outer))


@pytest.mark.parametrize("kind", [*MODULES.values(), "evil.Evil", "sentence_transformers.Evil"])
def test_a_building_block_that_is_not_known_is_refused_by_name(kind: str, tmp_path: Path) -> None:
    module(kind)(tmp_path)
    with pytest.raises(ModelError, match=r"^modules\.json of this model names “") as caught:
        require_plain_code(tmp_path)
    assert caught.value.message.isprintable()


@pytest.mark.parametrize("name", ["os.abort", "torch.hub.load", "torch.nn.os", "torch.nn"])
def test_an_activation_that_is_none_is_refused_by_name(name: str, tmp_path: Path) -> None:
    settings = {"sentence_transformers": {"activation_fn": name}}
    (tmp_path / "config.json").write_text(json.dumps(settings))
    with pytest.raises(ModelError, match=f"names “{name}”"):
        require_plain_code(tmp_path)


def test_the_models_of_the_program_name_nothing_unknown() -> None:
    for model in ("all-MiniLM-L6-v2", "minilm-l6-reranker"):
        require_plain_code(MODELS / model)
