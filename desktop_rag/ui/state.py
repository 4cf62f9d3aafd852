"""What the window remembers between two starts: sizes, positions, ids; no name and no text."""

import json
import os
from pathlib import Path
from typing import Any


class WindowState:
    """Named values in a small JSON file. A damaged file is the same as none.

    Without a file they are kept as long as the window is open: what is looked at in a vault.
    """

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self._values: dict[str, Any] = {}
        if file is None:
            return
        try:
            values = json.loads(file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return
        if isinstance(values, dict):
            self._values = values

    def text(self, name: str) -> str:
        """A text that was kept, or ""."""
        value = self._values.get(name)
        return value if isinstance(value, str) else ""

    def numbers(self, name: str) -> list[int]:
        """Whole numbers that were kept, or an empty list."""
        value = self._values.get(name)
        if isinstance(value, list) and all(isinstance(item, int) for item in value):
            return value
        return []

    def keep(self, **values: str | list[int]) -> None:
        """Write these values beside the others; a disk that refuses costs nothing but them."""
        self._values |= values
        if self._file is None:
            return
        arriving = self._file.with_suffix(".arriving")
        try:
            self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle = os.open(arriving, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(self._values, file)
            arriving.replace(self._file)
        except OSError:
            return
