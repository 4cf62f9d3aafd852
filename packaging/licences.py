"""Collects the licence of everything that is in the package, one folder a component.

    python packaging/licences.py FOLDER      (all that is installed; the build names what is inside)

A folder is called as the bill of materials (sbom.py) calls the component. The same packages give
the same files. A component of which no text is found ends the build, with its name.
"""

import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping
from importlib import metadata
from pathlib import Path, PurePosixPath

import sbom

ROOT = sbom.ROOT
TEXTS = ROOT / "packaging" / "licence_texts"
MODELS = ROOT / "resources" / "models"
_PREFIXES = ("licen", "copying", "notice", "thirdparty", "authors", "model_licenses")
# Packages and libraries that carry no text: the identifiers of the licences that they name.
WITHOUT_TEXT = {
    "flatbuffers": ("Apache-2.0",),
    "lance-namespace": ("Apache-2.0",),
    "lance-namespace-urllib3-client": ("Apache-2.0",),
    "pyside6": ("LGPL-3.0-only", "GPL-3.0-only"),
    "pyside6-essentials": ("LGPL-3.0-only", "GPL-3.0-only"),
    "shiboken6": ("LGPL-3.0-only", "GPL-3.0-only"),
    "tokenizers": ("Apache-2.0",),
}
# Libraries inside a package whose licence is not the package's own. The LGPL is written as
# additions to the GPL: whoever reads the one needs the other.
_NATIVE_TEXTS = {
    "Qt": ("LGPL-3.0-only", "GPL-3.0-only"),
    "OpenSSL": ("Apache-2.0",),
    "llama.cpp": ("llama.cpp",),
}
QT_NOTE = """\
Qt and Qt for Python are used under the GNU Lesser General Public License, version 3.
They are unmodified and dynamically linked: their libraries lie in _internal/PySide6 and
_internal/shiboken6, and may be replaced there by others that fit.
Their source: https://download.qt.io/official_releases/ (qt, QtForPython).
"""

Texts = dict[str, str]  # text by file name


def collect(target: Path, names: Iterable[str]) -> None:
    """Write `target`/COMPONENT/FILE for these distributions, what they carry, and the models.

    Raises SystemExit that names each component without a text.
    """
    found = dict(components({sbom.canonical(name) for name in names}))
    missing = sorted(name for name, texts in found.items() if not texts)
    if missing:
        sys.exit(f"No licence text was found of: {', '.join(missing)}.")
    if target.exists():
        shutil.rmtree(target)
    for name, texts in sorted(found.items()):
        folder = target / name
        folder.mkdir(parents=True)
        for file, text in sorted(texts.items()):
            (folder / file).write_text(text, encoding="utf-8", newline="\n")


def components(names: set[str]) -> Iterator[tuple[str, Texts]]:
    """Each component and its texts; no text where none was found.

    Raises SystemExit where a distribution is not installed.
    """
    installed = {sbom.canonical(one.metadata["Name"]): one for one in metadata.distributions()}
    absent = sorted(names - installed.keys())
    if absent:
        sys.exit(f"Not installed, so there is no licence to collect: {', '.join(absent)}.")
    held = {name: _of_package(name, installed[name]) for name in sorted(names)}
    yield from held.items()
    yield sbom.PROGRAM, _standard(("Apache-2.0",))
    yield "cpython", {"copyright": _of_python()}
    for package, library, licence, _ in sbom.NATIVE:
        if package in names:
            yield library, _of_native(library, licence, held[package])
    yield from _of_models()


def _of_package(name: str, one: metadata.Distribution) -> Texts:
    """The texts that a distribution carries, wherever they lie in it."""
    files = [file for file in one.files or [] if _is_licence(PurePosixPath(file))]
    texts = {}
    for file in sorted(files, key=str):
        path = Path(str(one.locate_file(file)))
        if path.is_file():
            texts[_flat(PurePosixPath(file))] = path.read_text(encoding="utf-8", errors="replace")
    return texts or _standard(WITHOUT_TEXT.get(name, ()), qt="pyside" in name or "shib" in name)


def _is_licence(file: PurePosixPath) -> bool:
    """Whether a file of a distribution is a licence by its name or by the folder it lies in."""
    if file.suffix in {".py", ".pyc", ".so", ".pyi", ".json", ".h"}:
        return False
    in_folder = any(part.endswith(".dist-info") for part in file.parts[:1]) and (
        "licenses" in file.parts
    )
    return in_folder or file.name.lower().replace("-", "_").startswith(_PREFIXES)


def _flat(file: PurePosixPath) -> str:
    """A file name that keeps texts apart which are called alike in several folders."""
    parts = file.parts[1:]
    if parts[:1] == ("licenses",):
        parts = parts[1:]
    return "_".join(parts)


def _standard(identifiers: Iterable[str], *, qt: bool = False) -> Texts:
    """The standard texts of these licences; none of one that is not kept here."""
    texts = {}
    for one in identifiers:
        place = ROOT / "LICENSE" if one == "Apache-2.0" else TEXTS / f"{one}.txt"
        if not place.is_file():
            return {}
        texts[f"{one}.txt"] = place.read_text(encoding="utf-8")
    return texts | ({"README.txt": QT_NOTE} if qt else {})


def _of_native(library: str, licence: str, carried: Mapping[str, str]) -> Texts:
    """A library inside a package: what the package carries, else the standard text."""
    if library in _NATIVE_TEXTS:
        return _standard(_NATIVE_TEXTS[library], qt=library == "Qt")
    return dict(carried) or _standard((licence,))


def _of_models() -> Iterator[tuple[str, Texts]]:
    """Each model that goes along: its licence, and the page that says where it comes from."""
    for part in sbom.models():
        name, licence = part["name"], part["licenses"][0]["license"]
        if not (MODELS / name).is_dir():
            continue
        page = MODELS / name / "README.md"
        said = {"README.md": page.read_text(encoding="utf-8")} if page.is_file() else {}
        standard = _standard((licence.get("id") or licence["name"],))
        yield name, standard | said if standard else {}


def _of_python() -> str:
    """CPython's own licence, wherever this system keeps it. Raises SystemExit if nowhere."""
    version = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    for place in (
        Path(sys.base_prefix) / "lib" / version / "LICENSE.txt",
        Path(sys.base_prefix) / "LICENSE.txt",
        Path("/usr/share/doc") / version / "copyright",
        Path("/usr/share/doc") / f"{version}-minimal" / "copyright",
    ):
        if place.is_file():
            return place.read_text(encoding="utf-8", errors="replace")
    sys.exit("The licence of this Python was not found.")


def main() -> None:
    """Collect those of all that is installed."""
    installed = (sbom.canonical(one.metadata["Name"]) for one in metadata.distributions())
    collect(Path(sys.argv[1]), (name for name in installed if name != sbom.PROGRAM))


if __name__ == "__main__":
    main()
