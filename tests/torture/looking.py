"""What the next start finds in a library, as JSON: python -m tests.torture.looking LIBRARY.

In a process of its own: one that killed the last writer, or cut its power, may hold old locks.
"""

import json
import sys
from pathlib import Path

from desktop_rag import config, wiring
from desktop_rag.privacy import guard


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
