"""What goes into the package, and what stays out although it is installed; each with its reason.

Read by `desktop_rag.spec`. A pattern is matched (fnmatch) against the place of a file in the
program's folder. tests/packaging proves that nothing which matches is left in a build, and
`make package-test` that the program does all it does without.
"""

import sys
import sysconfig
from fnmatch import fnmatchcase
from pathlib import Path

EDITIONS = ("cpu", "gpu")

# Modules that something we use would import if they were there.
NEVER_CALLED = (
    "tkinter", "turtle", "idlelib", "lib2to3", "pydoc_data", "curses", "readline",  # of Python
    "lance",             # pylance: only `make torture` reads LanceDB's files with it
    "pandas", "polars", "matplotlib", "IPython", "datasets", "tensorboard", "tensorflow",
    "pytest", "hypothesis", "mypy", "ruff", "setuptools", "pip", "wheel", "_pytest", "reportlab",
    "pyarrow.flight", "pyarrow.tests", "pyarrow.cuda", "pyarrow.orc", "pyarrow.gandiva",
    "numpy.f2py", "numpy.tests", "onnx.backend", "onnx.reference", "onnx.test",
    "onnxruntime.transformers", "onnxruntime.quantization", "onnxruntime.tools",
    "onnxruntime.datasets", "llama_cpp.server",
    "PySide6.QtNetwork", "PySide6.QtQml", "PySide6.QtQuick", "PySide6.QtTest", "PySide6.QtSql",
)  # fmt: skip
# Of the GPU edition alone: what runs encoders through torch.
ONLY_GPU = (
    "torch", "torchgen", "functorch", "sentence_transformers", "transformers", "scipy", "sklearn",
    "sympy", "mpmath", "networkx", "joblib", "safetensors.torch", "huggingface_hub", "hf_xet",
    "regex", "fsspec",
)  # fmt: skip

# Files that libraries bring and nothing of ours loads.
TRIMMED = (
    # Arrow: its network services and stores, its headers, sources and tests. libarrow_substrait is
    # never called either, but every module of pyarrow is linked with it.
    "*libarrow_flight*", "pyarrow/_flight*", "*libarrow_s3*", "pyarrow/_s3fs*", "pyarrow/_gcsfs*",
    "pyarrow/_azurefs*", "pyarrow/_hdfs*", "pyarrow/_orc*", "pyarrow/_dataset_orc*",
    "pyarrow/include/*", "pyarrow/src/*", "pyarrow/tests/*", "pyarrow/*.pyx", "pyarrow/*.pxd",
    "pyarrow/*.pxi", "pyarrow/includes/*", "*libarrow_python_flight*",
    # Wheels cannot hold links: the same library under two more names, which nothing asks for.
    "pyarrow/libarrow_python*.so", "pyarrow/libarrow_python*.so.*.*.*",
    # Qt: its network part, what draws QML, films and databases, unused input methods and styles.
    "*Qt6Network.*", "*Qt6Qml*", "*Qt6Quick*", "*Qt6Pdf*", "*Qt6Sql*", "*Qt6Test.*",
    "*Qt6VirtualKeyboard*", "PySide6/QtNetwork*", "PySide6/Qt/plugins/tls/*",
    "PySide6/Qt/plugins/networkinformation/*", "PySide6/Qt/plugins/sqldrivers/*",
    "PySide6/Qt/plugins/qmltooling/*", "PySide6/Qt/plugins/generic/*",
    "PySide6/Qt/plugins/platformthemes/*gtk*", "*Qt6EglF*",
    "PySide6/Qt/plugins/wayland-shell-integration/*ivi*",
    "PySide6/Qt/plugins/platforms/*vnc*", "PySide6/Qt/plugins/platforms/*eglfs*",
    "PySide6/Qt/plugins/platforms/*linuxfb*", "PySide6/Qt/plugins/platforms/*vkkhr*",
    "PySide6/Qt/plugins/platforms/*minimalegl*", "PySide6/Qt/plugins/egldeviceintegrations/*",
    "PySide6/Qt/plugins/platforminputcontexts/*virtualkeyboard*",
    "PySide6/Qt/plugins/imageformats/*pdf*", "PySide6/Qt/qml/*", "PySide6/Qt/metatypes/*",
    # OpenCV: models and data for cameras; ONNX Runtime: tools for its makers.
    "cv2/data/*", "onnxruntime/transformers/*", "onnxruntime/tools/*",
    # torch: what compiles other programs with it.
    "torch/include/*", "torch/share/*", "torch/test/*", "torch/bin/*", "torch/lib/*.a",
    "torch/utils/benchmark/*", "*/tests/*", "*/testing/tests/*",
    "*.pyi", "*.h", "*.hpp", "*.c", "*.cpp", "*.cmake", "*.proto",
    # What pip needs of a package, and the program does not.
    "*.dist-info/RECORD", "*.dist-info/INSTALLER", "*.dist-info/REQUESTED",
    "*.dist-info/direct_url.json", "*.dist-info/WHEEL", "*.dist-info/entry_points.txt",
    "*.dist-info/top_level.txt", "*.dist-info/licenses/*", "*.dist-info/sboms/*",
)  # fmt: skip
# Libraries of the building system that are brought along: what Python itself is linked with, and
# small ones that Qt needs and desktops other than KDE's lack. All others are the system's matter:
# the .deb depends on them, and drivers of graphics cards break when they meet older ones.
BROUGHT = (
    "libpython3*", "libssl.so*", "libcrypto.so*", "libsqlite3.so*", "libffi.so*", "liblzma.so*",
    "libbz2.so*", "libgomp.so*", "libxcb-cursor.so*", "libxcb-icccm.so*", "libxcb-image.so*",
    "libxcb-keysyms.so*", "libxcb-render-util.so*", "libxcb-util.so*",
)  # fmt: skip
# Symbols that only a debugger reads are taken out of these. Not out of others: libraries that a
# wheel's maker has patched ("*.libs/") do not all survive it.
STRIPPED = ("libpython3*", "python3*/lib-dynload/*", "pyarrow/*.so*", "tokenizers/*.so",
            "cryptography/*/_rust*.so")  # fmt: skip
_SYSTEM = tuple(map(Path, ("/lib", "/lib64", "/usr/lib", "/usr/local", "/opt")))
_OF_PYTHON = Path(sysconfig.get_path("stdlib"))  # Debian's own lies in /usr/lib
_QT_WORDS = ("qtbase_de.qm", "qtbase_fr.qm", "qtbase_en.qm")  # the window's languages
# Its first file in models.toml computes on a CPU; what is for sentence-transformers needs torch.
_FOR_TORCH = "resources/models/*/model.safetensors"


def is_wanted(place: str, edition: str) -> bool:
    """Whether the file goes in. `place` has forward slashes."""
    if place.startswith("PySide6/Qt/translations/"):
        return place.rpartition("/")[2] in _QT_WORDS
    if edition == "cpu" and fnmatchcase(place, _FOR_TORCH):
        return False
    return not any(fnmatchcase(place, pattern) for pattern in TRIMMED)


def excluded_modules(edition: str) -> list[str]:
    """Modules that PyInstaller is not to follow."""
    return [*NEVER_CALLED, *(ONLY_GPU if edition == "cpu" else ())]


def is_ours_to_bring(source: Path) -> bool:
    """False for a library of the building system that the user's system has of its own."""
    if sys.platform != "linux" or source.is_relative_to(_OF_PYTHON):
        return True
    if source.is_relative_to(sys.prefix) or not any(
        source.is_relative_to(place) for place in _SYSTEM
    ):
        return True
    return any(fnmatchcase(source.name, pattern) for pattern in BROUGHT)
