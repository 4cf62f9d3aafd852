"""What the next start finds in a library, as JSON: python -m tests.torture.looking LIBRARY.

In a process of its own: one that killed the last writer, or cut its power, may hold old locks.
"""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop_rag import config, wiring
from desktop_rag.privacy import guard


@dataclass(frozen=True)
class Found:
    """What the next start finds; `error` is its last words if the library does not open."""

    documents: list[dict[str, Any]]
    problems: list[str]
    error: str = ""

    @property
    def names(self) -> list[str]:
        return [document["name"] for document in self.documents]

    @property
    def partial(self) -> list[str]:
        """Names of documents that cannot be searched."""
        return [document["name"] for document in self.documents if not document["is_searchable"]]


def look(library: Path) -> Found:
    """Open the library in another process, as the next start does."""
    command = [sys.executable, "-m", "tests.torture.looking", str(library)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    return Found([], [], run.stderr[-400:]) if run.returncode else Found(**json.loads(run.stdout))


def main() -> None:
    """Recover, list every document, and verify."""
    guard.activate()
    library = Path(sys.argv[1])
    settings = config.Settings(data_folder=library.parent, library_folder=library)
    assistant = wiring.build(settings)
    assistant.library.pending()
    documents = [
        {
            "id": entry.document.id,
            "name": entry.path.name,
            "is_searchable": entry.document.searchable,
        }
        for entry in assistant.library.documents()
    ]
    print(json.dumps({"documents": documents, "problems": list(assistant.library.verify())}))
    assistant.close()


if __name__ == "__main__":
    main()
