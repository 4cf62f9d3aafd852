"""For which kinds of GPU llama.cpp was built here, told from its files: nothing is loaded."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

# As ggml names them, and the traces of a GPU (`services.machine.gpu_hints`) that each needs.
KINDS: Mapping[str, tuple[str, frozenset[str]]] = {
    "cuda": ("CUDA", frozenset({"nvidia"})),
    "hip": ("ROCm", frozenset({"rocm"})),
    "metal": ("Metal", frozenset({"apple"})),
    "vulkan": ("Vulkan", frozenset({"vulkan", "nvidia"})),
}
_PART = re.compile(r"(?:lib)?ggml-([a-z]+)\.(?:so|dll|dylib)")


@dataclass(frozen=True, slots=True)
class GpuPart:
    """A library that computes on one kind of GPU; `is_linked` to llama.cpp, or loaded at will."""

    kind: str
    file: Path
    is_linked: bool


def gpu_parts() -> tuple[GpuPart, ...]:
    """Those that lie beside llama.cpp; none where it was built for the processor alone."""
    return tuple(_found())


def can_use(hints: frozenset[str]) -> bool:
    """Whether one of the parts is made for a GPU that has left such traces."""
    return any(KINDS[part.kind][1] & hints for part in gpu_parts())


def _found() -> Iterator[GpuPart]:
    spec = find_spec("llama_cpp")
    for package in (spec.submodule_search_locations if spec is not None else None) or ():
        libraries = Path(package) / "lib"
        for folder, is_linked in ((libraries, True), (libraries / "gpu", False)):
            files = sorted(folder.iterdir()) if folder.is_dir() else []
            for file in files:
                named = _PART.fullmatch(file.name)
                if named is not None and named[1] in KINDS:
                    yield GpuPart(named[1], file, is_linked)
