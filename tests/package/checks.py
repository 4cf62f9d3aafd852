"""What was checked: a line for each step, and how many passed."""

import sys
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


class Failure(Exception):
    """Something is not as it should be; its text says what."""


@dataclass
class Checks:
    """Steps one after another: a step that fails is said, and the next one is made all the same."""

    passed: int = 0
    failed: list[str] = field(default_factory=list)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """One thing to check: whatever is raised inside makes it a failed one."""
        began = time.monotonic()
        try:
            yield
        except Exception as error:
            if not isinstance(error, Failure):
                traceback.print_exc()
            self.failed.append(name)
            print(f"FAILED  {name}: {error}", flush=True)
        else:
            self.passed += 1
            print(f"ok      {name} ({time.monotonic() - began:.1f} s)", flush=True)

    def end(self) -> int:
        """The last line, and the exit code."""
        for name in self.failed:
            print(f"  failed: {name}", file=sys.stderr)
        print(f"{self.passed} passed, {len(self.failed)} failed")
        return 1 if self.failed else 0


def need(holds: object, otherwise: str) -> None:
    """Raise Failure with these words unless something holds."""
    if not holds:
        raise Failure(otherwise)
