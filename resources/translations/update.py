"""Bring the translations in step with the sources: collect the words, then compile them.

English has entries for plurals alone; German and French must have all. Run by `make translations`.
"""

import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
SOURCES = HERE.parent.parent / "desktop_rag" / "ui"
LANGUAGES = ("en", "de", "fr")


def tool(name: str) -> str:
    """One of the tools that come with PySide6, beside this Python."""
    found = shutil.which(name, path=str(Path(sys.executable).parent))
    if found is None:
        raise SystemExit(f"{name} is not there; it comes with PySide6-Essentials.")
    return found


def collect(language: str, file: Path) -> None:
    """Bring a file of translations in step with the sources; made if it is not there."""
    command = [tool("pyside6-lupdate"), "-extensions", "py", str(SOURCES), "-no-obsolete"]
    command += ["-locations", "none", "-source-language", "en", "-target-language", language]
    command += ["-pluralonly"] if language == "en" else []
    subprocess.run([*command, "-ts", str(file)], check=True)


def release(file: Path, compiled: Path) -> None:
    """Compile a file of translations."""
    subprocess.run([tool("pyside6-lrelease"), str(file), "-qm", str(compiled)], check=True)


def main() -> None:
    """Collect and compile every language."""
    for language in LANGUAGES:
        file = HERE / f"desktop_rag_{language}.ts"
        collect(language, file)
        release(file, file.with_suffix(".qm"))


if __name__ == "__main__":
    main()
