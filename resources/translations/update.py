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


def main() -> None:
    """Collect and compile every language."""
    for language in LANGUAGES:
        file = HERE / f"desktop_rag_{language}.ts"
        collect = [tool("pyside6-lupdate"), "-extensions", "py", str(SOURCES), "-no-obsolete"]
        collect += ["-locations", "none", "-source-language", "en", "-target-language", language]
        collect += ["-pluralonly"] if language == "en" else []
        subprocess.run([*collect, "-ts", str(file)], check=True)
        compiled = str(file.with_suffix(".qm"))
        subprocess.run([tool("pyside6-lrelease"), str(file), "-qm", compiled], check=True)


if __name__ == "__main__":
    main()
