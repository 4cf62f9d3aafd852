"""What the next start finds in a library, as JSON: python -m tests.torture.looking LIBRARY [DATA].

DATA is the folder with settings and models; else the defaults are in force.

In a process of its own: one that killed the last writer, or cut its power, may hold old locks.
"""

import json
import random
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from desktop_rag import config, wiring
from desktop_rag.adapters.lancedb_rows import condition_of_ids
from desktop_rag.privacy import guard

_TRIED = 50


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


def look(library: Path, *data: Path) -> Found:
    """Open the library in another process, as the next start does."""
    command = [sys.executable, "-m", "tests.torture.looking", *map(str, (library, *data))]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    return Found([], [], run.stderr[-400:]) if run.returncode else Found(**json.loads(run.stdout))


def _of_another_model(assistant: Any) -> list[str]:
    """Passages, of some that are tried, whose vectors the model of the library did not make."""
    serving = assistant._index().serving()  # noqa: SLF001
    ids = random.sample(every := serving.store.chunk_ids(), min(_TRIED, len(every)))
    if not ids:
        return []
    texts = {chunk.id: chunk.plain_text for chunk in serving.store.chunks(ids)}
    table = serving.store._serving._table  # noqa: SLF001
    rows = table.search().where(condition_of_ids(ids)).select(["id", "vector"]).limit(_TRIED)
    stored = {row["id"]: np.array(row["vector"]) for row in rows.to_list()}
    made = dict(zip(texts, serving.embedder().embed([*texts.values()]), strict=True))
    odd = [key for key in ids if made[key] @ stored[key] < 0.99]
    return [f"{key}: its vector is of another model" for key in odd]


def main() -> None:
    """Recover, list every document, and verify."""
    guard.activate()
    library = Path(sys.argv[1])
    data = Path(sys.argv[2]) if len(sys.argv) > 2 else library.parent
    kept = data / "settings.toml"
    values = tomllib.loads(kept.read_text()) if kept.exists() else {}
    settings = config.Settings(data_folder=data, library_folder=library, **values)
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
    problems = [*assistant.library.verify(), *_of_another_model(assistant)]
    print(json.dumps({"documents": documents, "problems": problems}))
    assistant.close()


if __name__ == "__main__":
    main()
