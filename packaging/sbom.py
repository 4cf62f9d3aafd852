"""Writes the bill of materials: a CycloneDX 1.6 JSON of what an environment holds.

    python packaging/sbom.py sbom.json

Packages (name, version, licence, hash from the lock), the native libraries inside them as far as
they tell their version, and the models. The same environment gives the same bytes: there is a time
in it only if SOURCE_DATE_EPOCH is set.
"""

import json
import os
import re
import sys
import tomllib
import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ROOT / "packaging" / "lock"
MODELS = ROOT / "resources" / "models.toml"
PROGRAM = "desktop-rag"
# Identifiers of SPDX that are found among our packages and models; other words go in as they are.
SPDX = frozenset(
    """0BSD Apache-2.0 BSD-2-Clause BSD-3-Clause BSL-1.0 CC-BY-SA-4.0 CC0-1.0 GPL-2.0-only
    GPL-3.0-only HPND ISC LGPL-2.1-only LGPL-3.0-only MIT MIT-0 MIT-CMU MPL-2.0 PSF-2.0
    Python-2.0 Unlicense Zlib""".split()
)
_JOINED = re.compile(r" (?:AND|OR) ")
_LONGEST_LICENCE = 80  # characters; some packages put the whole text there
_CLASSIFIERS = {
    "MIT License": "MIT",
    "Apache Software License": "Apache-2.0",
    "ISC License (ISCL)": "ISC",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "The Unlicense (Unlicense)": "Unlicense",
}
# Native libraries that packages carry: package, library, its licence, where it comes from.
NATIVE = (
    ("llama-cpp-python", "llama.cpp", "MIT", "pkg:github/ggml-org/llama.cpp"),
    ("onnxruntime", "ONNX Runtime", "MIT", "pkg:github/microsoft/onnxruntime"),
    ("pypdfium2", "PDFium", "BSD-3-Clause", "pkg:generic/pdfium"),
    ("pyside6-essentials", "Qt", "LGPL-3.0-only", "pkg:generic/qt"),
    ("torch", "libtorch", "BSD-3-Clause", "pkg:github/pytorch/pytorch"),
    ("pyarrow", "Apache Arrow C++", "Apache-2.0", "pkg:github/apache/arrow"),
    ("lancedb", "Lance (Rust)", "Apache-2.0", "pkg:github/lancedb/lancedb"),
    ("cryptography", "OpenSSL", "Apache-2.0", "pkg:generic/openssl"),
    ("opencv-python-headless", "OpenCV", "Apache-2.0", "pkg:github/opencv/opencv"),
)

Component = dict[str, Any]


def canonical(name: str) -> str:
    """The name as the package index compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def locked_hashes() -> dict[tuple[str, str], list[str]]:
    """SHA-256 by (name, version), from all locks."""
    entry = re.compile(r"^(\S+)==(\S+) \\\n    --hash=sha256:([0-9a-f]{64})$", re.MULTILINE)
    found: dict[tuple[str, str], list[str]] = {}
    for file in sorted(LOCKS.glob("*.txt")):
        for name, version, digest in entry.findall(file.read_text(encoding="utf-8")):
            found.setdefault((name, version), []).append(digest)
    return found


def licences(said: metadata.PackageMetadata) -> list[dict[str, Any]]:
    """An SPDX identifier or expression where there is one, else the package's own words."""
    words = said.get("License-Expression") or said.get("License") or ""
    first = words.strip().split("\n")[0].strip()
    if first in SPDX:
        return [{"license": {"id": first}}]
    if said.get("License-Expression") or set(_JOINED.split(first)) <= SPDX:
        return [{"expression": first}]
    for classifier in said.get_all("Classifier") or []:
        if classifier.startswith("License ::"):
            name = classifier.rpartition(" :: ")[2]
            known = {"id": _CLASSIFIERS[name]} if name in _CLASSIFIERS else {"name": name}
            return [{"license": known}]
    return [{"license": {"name": first[:_LONGEST_LICENCE]}}] if first else []


def package(
    distribution: metadata.Distribution, hashes: Mapping[tuple[str, str], list[str]]
) -> Component:
    """One Python package."""
    name, version = canonical(distribution.metadata["Name"]), distribution.version
    digests = hashes.get((name, version.partition("+")[0]), [])
    component: Component = {
        "type": "library",
        "bom-ref": f"pkg:pypi/{name}@{version}",
        "name": name,
        "version": version,
        "purl": f"pkg:pypi/{name}@{version.replace('+', '%2B')}",
        "licenses": licences(distribution.metadata),
        "hashes": [{"alg": "SHA-256", "content": digest} for digest in digests],
    }
    return {key: value for key, value in component.items() if value}


def native_version(name: str) -> str:
    """The version of the library inside a package; "" where it does not tell."""
    try:
        match name:
            case "pypdfium2":
                from pypdfium2 import version

                return str(version.PDFIUM_INFO.build)
            case "cryptography":
                from cryptography.hazmat.backends.openssl import backend

                return str(backend.openssl_version_text())
            case "pyside6-essentials" | "onnxruntime" | "torch" | "pyarrow" | "lancedb":
                return metadata.version(name).partition("+")[0]
            case "opencv-python-headless":
                return ".".join(metadata.version(name).split(".")[:3])
            case "llama-cpp-python":
                return _library_version(name, "libllama.so.")
    except (ImportError, AttributeError, metadata.PackageNotFoundError):
        pass
    return ""


def _library_version(package_name: str, prefix: str) -> str:
    """The whole number behind the name of a library in a package; "" on other systems."""
    for found in metadata.files(package_name) or []:
        if found.name.startswith(prefix) and found.name.count(".") >= 4:
            return found.name.removeprefix(prefix)
    return ""


def natives(installed: Mapping[str, str]) -> Iterator[Component]:
    """The libraries inside the packages that are installed."""
    for name, library, licence, purl in NATIVE:
        if name in installed:
            version = native_version(name)
            held_by = f"pkg:pypi/{name}@{installed[name]}"
            component: Component = {
                "type": "library",
                "bom-ref": f"{held_by}#{library}",
                "name": library,
                "licenses": [{"license": {"id": licence}}],
                "properties": [{"name": "desktop-rag:inside", "value": held_by}],
            }
            if re.fullmatch(r"[\w.-]+", version):
                component |= {"version": version, "purl": f"{purl}@{version}"}
            elif version:
                component["version"] = version
            yield component


def models(inside: Path | None = None) -> Iterator[Component]:
    """Each model of the manifest with its files and their hashes; only those that lie `inside`."""
    for table in tomllib.loads(MODELS.read_text(encoding="utf-8"))["model"]:
        name, main = table["name"], table["files"][0]
        files = table["files"]
        if inside is not None:
            files = [part for part in files if (inside / name / part["path"]).is_file()]
        if not files:
            continue
        licence = table["licence"]
        known = {"id": licence} if licence in SPDX else {"name": licence}
        sources = [
            {"name": f"desktop-rag:source:{source['kind']}",
             "value": "@".join(filter(None, (source["name"], source.get("revision"))))}
            for source in table.get("sources", [])
        ]  # fmt: skip
        component: Component = {
            "type": "machine-learning-model",
            "bom-ref": f"model:{name}",
            "name": name,
            "version": main["sha256"][:12],
            "description": table["title"],
            "licenses": [{"license": known}],
            "hashes": [{"alg": "SHA-256", "content": main["sha256"]}],
            "properties": sources,
            "components": [_model_file(name, part) for part in files],
        }
        yield {key: value for key, value in component.items() if value}


def _model_file(name: str, part: Mapping[str, Any]) -> Component:
    return {
        "type": "file",
        "bom-ref": f"model:{name}/{part['path']}",
        "name": part["path"],
        "hashes": [{"alg": "SHA-256", "content": part["sha256"]}],
        "properties": [{"name": "desktop-rag:bytes", "value": str(part["bytes"])}],
    }


def _about(version: str) -> dict[str, Any]:
    """What the bill is of, and when it was made if SOURCE_DATE_EPOCH says so."""
    program: Component = {
        "type": "application",
        "bom-ref": PROGRAM,
        "name": PROGRAM,
        "version": version,
        "licenses": [{"license": {"id": "Apache-2.0"}}],
    }
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return {"component": program}
    moment = datetime.fromtimestamp(int(epoch), UTC)
    return {"timestamp": moment.strftime("%Y-%m-%dT%H:%M:%SZ"), "component": program}


def bill(
    packages: Collection[str] | None = None,
    others: Sequence[Component] = (),
    models_folder: Path | None = None,
) -> dict[str, Any]:
    """The whole bill, sorted by what the parts are called.

    `packages`: only these of the environment; `others`: what else is inside; `models_folder`: only
    the models that lie there, with the files that do.
    """
    hashes = locked_hashes()
    found = {canonical(one.metadata["Name"]): one for one in metadata.distributions()}
    program = found.pop(PROGRAM, None)
    if packages is not None:
        found = {name: one for name, one in found.items() if name in packages}
    installed = {name: one.version for name, one in found.items()}
    parts = [package(one, hashes) for one in found.values()]
    parts += [*natives(installed), *models(models_folder), *others]
    parts.sort(key=lambda part: part["bom-ref"])
    content = {
        "components": parts,
        "dependencies": [{"ref": PROGRAM, "dependsOn": [part["bom-ref"] for part in parts]}],
    }
    number = uuid.uuid5(uuid.NAMESPACE_URL, PROGRAM + json.dumps(content, sort_keys=True))
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{number}",
        "version": 1,
        "metadata": _about(program.version if program else "0"),
        **content,
    }


def main() -> None:
    """Write it to the file that is named, or to standard output."""
    text = json.dumps(bill(), indent=2, ensure_ascii=False, sort_keys=False) + "\n"
    if len(sys.argv) > 1:
        Path(sys.argv[1]).write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)


if __name__ == "__main__":
    main()
