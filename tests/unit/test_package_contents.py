"""What goes into the package: decided by its place and, for libraries, by where it came from."""

import importlib.util
import sys
import sysconfig
from pathlib import Path

import pytest

from tests.conftest import ROOT

SPEC = importlib.util.spec_from_file_location("contents", ROOT / "packaging" / "contents.py")
assert SPEC is not None
assert SPEC.loader is not None
contents = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(contents)


@pytest.mark.parametrize(
    "place",
    [
        "pyarrow/libarrow_flight.so.2600",
        "libarrow_python_flight.so.2600",
        "pyarrow/_s3fs.cpython-311-x86_64-linux-gnu.so",
        "pyarrow/libarrow_python.so",
        "PySide6/Qt/plugins/tls/libqopensslbackend.so",
        "PySide6/Qt/plugins/networkinformation/libqglib.so",
        "PySide6/Qt/lib/libQt6Network.so.6",
        "PySide6/QtNetwork.abi3.so",
        "PySide6/Qt/translations/qtbase_ja.qm",
        "numpy/_core/tests/data/x.csv",
    ],
)
def test_what_nobody_calls_stays_out(place: str) -> None:
    assert not contents.is_wanted(place, "gpu")


@pytest.mark.parametrize(
    "place",
    [
        "pyarrow/libarrow.so.2600",
        "pyarrow/libarrow_python.so.2600",
        "pyarrow/libarrow_substrait.so.2600",
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/Qt/plugins/platforms/libqwayland.so",
        "PySide6/Qt/plugins/printsupport/libcupsprintersupport.so",
        "PySide6/Qt/translations/qtbase_de.qm",
        "resources/models/minilm-l6-reranker/onnx/model_qint8.onnx",
        "resources/samples/Lease 2021.pdf",
        "llama_cpp/lib/libllama.so",
    ],
)
def test_what_the_program_needs_goes_in(place: str) -> None:
    assert contents.is_wanted(place, "cpu")


def test_weights_and_torch_are_of_the_gpu_edition_alone() -> None:
    weights = "resources/models/all-MiniLM-L6-v2/model.safetensors"
    assert contents.is_wanted(weights, "gpu")
    assert not contents.is_wanted(weights, "cpu")
    assert "torch" in contents.excluded_modules("cpu")
    assert "torch" not in contents.excluded_modules("gpu")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems bring no such libraries")
def test_of_the_systems_libraries_only_python_s_and_a_few_of_qt_s_are_brought() -> None:
    library = Path("/usr/lib/x86_64-linux-gnu")
    assert contents.is_ours_to_bring(library / "libssl.so.3")
    assert contents.is_ours_to_bring(library / "libxcb-cursor.so.0")
    assert contents.is_ours_to_bring(Path("/somewhere/site-packages/pyarrow/libarrow.so.2600"))
    module = Path(sysconfig.get_path("stdlib")) / "lib-dynload" / "_bisect.so"
    assert contents.is_ours_to_bring(module)  # also where Python itself is the system's
    assert not contents.is_ours_to_bring(Path("/usr/local/cuda/lib/libcudart.so"))
    for name in ("libstdc++.so.6", "libX11.so.6", "libEGL.so.1", "libdbus-1.so.3", "libcups.so.2"):
        assert not contents.is_ours_to_bring(library / name)
