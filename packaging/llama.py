"""Builds llama.cpp for every CPU of the level that the program needs, not for this machine's own.

llama.cpp computes with one of several builds of its CPU part, each for more of the instruction
sets; which one is decided when it is loaded (`desktop_rag.adapters.llama_cpp_library`).

    python packaging/llama.py FOLDER [--gpu vulkan|cuda|hip]

builds it by itself, with a part for GPUs too: see packaging/gpu.md, which says what was tried.
"""

import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_VARIANTS = "-DGGML_BACKEND_DL=ON -DGGML_CPU_ALL_VARIANTS=ON" if sys.platform == "linux" else ""
FLAGS = f"-DGGML_NATIVE=OFF {_VARIANTS} -DMTMD_BUILD=OFF -DLLAVA_BUILD=OFF".split()
# The variants that this level of CPU (x86-64-v3) and what is above it can use; LanceDB needs it.
LEVELS = ("haswell", "alderlake", "skylakex", "cannonlake", "cascadelake", "cooperlake", "icelake",
          "sapphirerapids", "zen4")  # fmt: skip
_PACKAGE = "llama-cpp-python"
# Parts for GPUs, each a library of its own beside those for CPUs. Linux alone: on macOS, Metal is
# linked in unless it is refused.
GPU_FLAGS = {"vulkan": "-DGGML_VULKAN=ON", "cuda": "-DGGML_CUDA=ON", "hip": "-DGGML_HIP=ON"}


def version() -> str:
    """The version that the constraints pin."""
    text = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    found = re.search(r"^llama_cpp_python==(\S+)", text, flags=re.MULTILINE)
    assert found, "constraints.txt names no llama_cpp_python"
    return found.group(1)


def portable(folder: Path, gpu: str = "") -> Path:
    """A folder that holds `llama_cpp`; built unless it is there for this version and these flags.

    `gpu`: "", or a key of `GPU_FLAGS`. Takes about ten minutes on two cores, longer with a GPU.
    """
    assert not gpu or sys.platform == "linux", "parts for GPUs are made on Linux alone"
    flags = [*FLAGS, *([GPU_FLAGS[gpu]] if gpu else [])]
    wanted = hashlib.sha256(" ".join([version(), sys.version, *flags]).encode()).hexdigest()[:12]
    done = folder / f"done-{wanted}"
    if not done.exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        _build(folder, done.with_suffix(".making"), flags)
        _keep_what_is_loaded(done.with_suffix(".making"), gpu)
        done.with_suffix(".making").rename(done)
    return done


def _build(folder: Path, target: Path, flags: list[str]) -> None:
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    sources = ["--no-deps", "--no-binary", _PACKAGE, f"{_PACKAGE}=={version()}"]
    # A wheel would be built in a folder with a random name, which its messages of errors keep.
    unmapped = f"-ffile-prefix-map={folder}=." if sys.platform != "win32" else ""
    environment = os.environ | {
        "CMAKE_ARGS": " ".join(
            [*flags, *(f"-DCMAKE_{kind}_FLAGS={unmapped}" for kind in ("C", "CXX") if unmapped)]
        ),
        "CMAKE_BUILD_PARALLEL_LEVEL": str(os.cpu_count() or 1),
        "TMPDIR": str(folder),
    }
    subprocess.run([*pip, "download", *sources, "-d", str(folder)], check=True, env=environment)
    (packed,) = folder.glob("llama_cpp_python-*.tar.gz")
    shutil.unpack_archive(packed, folder / "source", filter="data")
    (source,) = (folder / "source").iterdir()
    subprocess.run(
        [*pip, "install", "--no-deps", "--no-cache-dir", "--target", str(target),
         "--config-settings", f"build-dir={folder / 'cmake'}", str(source)],
        check=True, env=environment,
    )  # fmt: skip
    shutil.rmtree(folder / "cmake")
    shutil.rmtree(folder / "source")


def _keep_what_is_loaded(target: Path, gpu: str) -> None:
    """Each library once, under the name that it is asked for, and the variants beside them.

    What computes on GPUs lies in a folder of its own, so that it is not loaded with the others.
    """
    libraries = target / "llama_cpp" / "lib"
    if sys.platform == "linux":
        for file in libraries.iterdir():
            if file.name not in ("libllama.so", "libggml.so.0", "libggml-base.so.0"):
                file.unlink()
        for variant in LEVELS:
            name = f"libggml-cpu-{variant}.so"
            (target / "bin" / name).rename(libraries / name)
        if gpu:
            (libraries / "gpu").mkdir()
            name = f"libggml-{gpu}.so"
            (target / "bin" / name).rename(libraries / "gpu" / name)
    for folder in ("bin", "lib", "include"):
        shutil.rmtree(target / folder, ignore_errors=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Builds llama.cpp, portable.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--gpu", choices=sorted(GPU_FLAGS), default="")
    chosen = parser.parse_args()
    print(portable(chosen.folder, chosen.gpu))
