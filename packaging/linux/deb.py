"""The .deb: the program's folder under /usr/lib, and what a desktop and an administrator expect."""

import gzip
import os
import re
import shutil
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from email.utils import format_datetime
from fnmatch import fnmatchcase
from pathlib import Path

from contents import BROUGHT
from PyInstaller.depend.bindepend import get_imports

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
ID = "org.desktoprag.DesktopRag"
MAINTAINER = "The makers of Desktop RAG <desktop-rag@desktoprag.invalid>"
ICON = ROOT / "resources" / "icons" / "desktop-rag.svg"
_OTHER = {"cpu": "desktop-rag-gpu", "gpu": "desktop-rag"}
_NAME = {"cpu": "desktop-rag", "gpu": "desktop-rag-gpu"}
# What is only needed where it is there anyway: a printer's server.
_RECOMMENDED = ("plugins/printsupport/",)
_FOR_SHLIBDEPS = "Source: desktop-rag\n\nPackage: desktop-rag\nArchitecture: any\n"


def version() -> str:
    """The program's version."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    found = re.search(r'^version = "([^"]+)"', text, flags=re.MULTILINE)
    assert found, "pyproject.toml says no version"
    return found.group(1)


def make(folder: Path, edition: str, target: Path) -> Path:
    """Wrap the folder up; returns the .deb. The same folder gives the same bytes."""
    name = _NAME[edition]
    made = target / f"{name}_{version()}_amd64.deb"
    with tempfile.TemporaryDirectory() as temporary:
        tree = Path(temporary) / "tree"
        _lay(folder, tree, name)
        control = tree / "DEBIAN"
        control.mkdir()
        (control / "control").write_text(_control(tree, name, edition), encoding="utf-8")
        shutil.copy(HERE / "postrm", control / "postrm")
        (control / "postrm").chmod(0o755)
        _even_times(tree)
        subprocess.run(
            ["dpkg-deb", "--root-owner-group", "-Zxz", "-z1", "--build", str(tree), str(made)],
            check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip
    return made


def _lay(folder: Path, tree: Path, name: str) -> None:
    """Every file at its place below the root of the system."""
    shutil.copytree(folder, tree / "usr/lib/desktop-rag", symlinks=True)
    command = tree / "usr/bin/desktop-rag"
    command.parent.mkdir(parents=True)
    command.symlink_to("../lib/desktop-rag/desktop-rag")
    share = tree / "usr/share"
    texts = {
        HERE / f"{ID}.desktop": share / f"applications/{ID}.desktop",
        HERE / f"{ID}.metainfo.xml": share / f"metainfo/{ID}.metainfo.xml",
        ICON: share / f"icons/hicolor/scalable/apps/{ID}.svg",
        HERE / "copyright": share / f"doc/{name}/copyright",
        ROOT / "docs/administrators.md": share / f"doc/{name}/administrators.md",
        ROOT / "docs/privacy.md": share / f"doc/{name}/privacy.md",
        HERE / "lintian-overrides": share / f"lintian/overrides/{name}",
    }
    for source, goal in texts.items():
        goal.parent.mkdir(parents=True, exist_ok=True)
        text = source.read_text(encoding="utf-8").replace("@PACKAGE@", name)
        goal.write_text(text, encoding="utf-8")
    _pack((HERE / "desktop-rag.1").read_bytes(), share / "man/man1/desktop-rag.1.gz")
    _pack(_changelog(name).encode(), share / f"doc/{name}/changelog.gz")
    _pack((ROOT / "CHANGELOG.md").read_bytes(), share / f"doc/{name}/CHANGELOG.md.gz")
    for path in share.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)


def _pack(text: bytes, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(gzip.compress(text, 9, mtime=0))


def _changelog(name: str) -> str:
    """Debian's form of it: this version alone; CHANGELOG.md beside it has the words."""
    moment = format_datetime(datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), UTC))
    return (
        f"{name} ({version()}) unstable; urgency=medium\n\n  * See CHANGELOG.md.gz.\n\n"
        f" -- {MAINTAINER}  {moment}\n"
    )


def _control(tree: Path, name: str, edition: str) -> str:
    size = sum(path.lstat().st_size for path in tree.rglob("*") if path.is_file())
    needed, recommended = _dependencies(tree)
    text = (HERE / "control").read_text(encoding="utf-8")
    values = {
        "PACKAGE": name,
        "VERSION": version(),
        "MAINTAINER": MAINTAINER,
        "SIZE": str(size // 1024),
        "DEPENDS": needed,
        "RECOMMENDS": recommended,
        "OTHER": _OTHER[edition],
        "EDITION": {"cpu": "", "gpu": ", with GPU"}[edition],
    }
    for key, value in values.items():
        text = text.replace(f"@{key}@", value)
    return text


def _dependencies(tree: Path) -> tuple[str, str]:
    """What dpkg-shlibdeps finds for the libraries that no file inside provides."""
    program = tree / "usr/lib/desktop-rag"
    libraries = [program / "desktop-rag", *sorted(program.rglob("*.so*"))]
    libraries = [file for file in libraries if file.is_file() and not file.is_symlink()]
    inside = {file.name for file in program.rglob("*.so*")}
    outward = [file for file in libraries if _needed_by(file) - inside]
    command = ["dpkg-shlibdeps", "--ignore-missing-info", "-O"]
    command += [f"-l{folder}" for folder in sorted({str(file.parent) for file in libraries})]
    command += [f"-x{package}" for package in sorted(_brought(inside))]
    for file in outward:
        optional = any(part in str(file) for part in _RECOMMENDED)
        command += [f"-d{'Recommends' if optional else 'Depends'}", f"-e{file}"]
    with tempfile.TemporaryDirectory() as place:
        (Path(place) / "debian").mkdir()
        (Path(place) / "debian/control").write_text(_FOR_SHLIBDEPS, encoding="utf-8")
        done = subprocess.run(command, cwd=place, capture_output=True, text=True)
    if done.returncode:
        missing = sorted(set(re.findall(r"cannot find library (\S+)", done.stderr)))
        sys.exit(
            "Install the packages that hold these libraries, so that the .deb can depend on them: "
            f"{' '.join(missing) or done.stderr[-2000:]}"
        )
    found = dict(line.removeprefix("shlibs:").split("=", 1) for line in done.stdout.splitlines())
    return found["Depends"], found.get("Recommends", "")


def _brought(inside: set[str]) -> set[str]:
    """The Debian packages whose libraries are brought along, and thus not depended on."""
    names = [name for name in inside if any(fnmatchcase(name, one) for one in BROUGHT)]
    said = subprocess.run(
        ["dpkg", "-S", *(f"*/{name}" for name in names)], capture_output=True, text=True
    )
    return {line.split(":")[0] for line in said.stdout.splitlines()}


def _needed_by(library: Path) -> set[str]:
    return {Path(name).name for name, _ in get_imports(str(library))}


def _even_times(tree: Path) -> None:
    moment = int(os.environ["SOURCE_DATE_EPOCH"])
    for path in [tree, *tree.rglob("*")]:
        os.utime(path, (moment, moment), follow_symlinks=False)
