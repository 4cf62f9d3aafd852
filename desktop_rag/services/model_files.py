"""Whether the files of a model are the ones that its manifest names, and no others beside them."""

from pathlib import Path
from threading import Lock

from desktop_rag.domain import Model, ModelFile
from desktop_rag.errors import ModelAltered
from desktop_rag.services.manifest import sha256_of

_HARMLESS = frozenset([".md", ".toml", ""])  # endings that nothing opens
_HARMLESS_NAMES = frozenset(["Thumbs.db", "desktop.ini"])
_GRAPHS = "onnx"  # is searched for graphs whether or not the manifest names one there

Stamp = tuple[int, int, int, int, int]


class CheckedFiles:
    """Files whose SHA-256 was computed by this very process, which need not be read again.

    Any change of a file's size, place or times has it read anew. Nothing is kept on the disk,
    where whoever alters a model could alter that too: docs/decisions/019-supply.md.
    """

    def __init__(self) -> None:
        self._lock = Lock()  # guards what follows
        self._found: dict[Path, tuple[Stamp, str]] = {}

    def check(self, folder: Path, file: ModelFile, name: str, *, anew: bool = False) -> None:
        """Raises ModelAltered unless the file is what it should be; `anew`: read in any case."""
        path = folder / file.path
        before = stamp(path)
        with self._lock:
            known = self._found.get(path)
        if anew or known is None or known[0] != before:
            known = (before, sha256_of(path))
            with self._lock:
                self._found[path] = known
        if known[1] != file.sha256 or stamp(path) != before:
            raise ModelAltered(
                f"The model {name} is not what it should be: {file.path} was altered or cut short.",
                f"Run “desktop-rag models fetch {name}”, or install or import it again.",
            )


def check_no_others(folder: Path, model: Model) -> None:
    """Raises ModelAltered if something that would be opened lies there, and no hash vouches for it.

    What loads an encoder takes the first of several graphs, or all files of weights.
    """
    listed = {folder / file.path for file in model.files}
    for place in sorted({folder, folder / _GRAPHS, *(path.parent for path in listed)}):
        for path in sorted(place.iterdir()) if place.is_dir() else []:
            is_harmless = path.suffix in _HARMLESS or path.name in _HARMLESS_NAMES
            if path not in listed and not is_harmless and not path.is_dir():
                raise ModelAltered(
                    f"The model {model.name} is not what it should be: "
                    f"{path.relative_to(folder)} does not belong to it.",
                    f"Take {path} away, or install or import the model again.",
                )


def stamp(path: Path) -> Stamp:
    """What is another if the file is another, or was written to. Raises OSError."""
    status = path.stat()
    return (
        status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns,
    )  # fmt: skip
