"""How fast this machine multiplies matrices, and how many multiplications an encoder needs."""

import json
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

ROUNDS, REPEATS = 5, 20
TOKENS = 200


def int8_rate(width: int, threads: int) -> float:
    """Multiplications and additions a second of int8 products, at best of five rounds.

    As many products at once as there are threads, each on one: so the encoders run too.
    """
    session = _product(width)
    import numpy as np

    values = np.random.default_rng(0).integers(0, 255, (TOKENS, width)).astype(np.uint8)

    def work(_: int) -> None:
        for _ in range(REPEATS):
            session.run(None, {"a": values})

    best = float("inf")
    with ThreadPoolExecutor(threads) as workers:
        for _ in range(ROUNDS):
            started = time.perf_counter()
            list(workers.map(work, range(threads)))
            best = min(best, time.perf_counter() - started)
    return 2.0 * TOKENS * width * 4 * width * REPEATS * threads / best


def dense_operations(folder: Path, tokens: int) -> float:
    """Multiplications and additions of the dense layers of an encoder for so many tokens.

    Every token in every layer counts, also those that the program's own graph leaves out.
    """
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    width, middle = config["hidden_size"], config["intermediate_size"]
    return 2.0 * tokens * config["num_hidden_layers"] * (4 * width * width + 2 * width * middle)


def _product(width: int) -> Any:
    import numpy as np
    import onnxruntime
    from onnx import TensorProto, helper, numpy_helper

    weights = np.random.default_rng(1).integers(-63, 64, (width, 4 * width)).astype(np.int8)
    graph = helper.make_graph(
        [helper.make_node("MatMulInteger", ["a", "w"], ["y"])],
        "product",
        [helper.make_tensor_value_info("a", TensorProto.UINT8, ["tokens", width])],
        [helper.make_tensor_value_info("y", TensorProto.INT32, ["tokens", 4 * width])],
        [numpy_helper.from_array(weights, "w")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(
        model.SerializeToString(), options, providers=["CPUExecutionProvider"]
    )
