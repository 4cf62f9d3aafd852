"""What the models of the program may use of the machine, all together: cores and memory."""

import time
from collections.abc import Callable
from threading import Lock

# Kept from the language model, for what comes beside it: the window, the encoders (100 MB each),
# and a reader that recognises scans (400 MB).
RESERVE_BYTES = 512 << 20
_LOOK_AGAIN_S = 10.0


class Budget:
    """Any thread may ask.

    `threads`: the cores that the settings allow, 0 for all of `physical_cores`. `is_quiet` says
    whether work that nobody waits for is to keep to half of them, `free_memory` how many bytes are
    free (None: unknown).
    """

    def __init__(
        self,
        threads: int,
        physical_cores: int,
        is_quiet: Callable[[], bool],
        free_memory: Callable[[], int | None],
    ) -> None:
        self._cores = threads or physical_cores
        self._is_quiet = is_quiet
        self._free_memory = free_memory
        self._lock = Lock()  # guards what follows
        self._looked_at = float("-inf")
        self._quiet = False

    @property
    def cores(self) -> int:
        """For what somebody waits for."""
        return self._cores

    def patient_cores(self) -> int:
        """For reading documents and preparing them, at this moment."""
        with self._lock:
            if time.monotonic() - self._looked_at > _LOOK_AGAIN_S:
                self._quiet = self._is_quiet()
                self._looked_at = time.monotonic()
            return max(1, self._cores // 2) if self._quiet else self._cores

    def language_model_bytes(self) -> int | None:
        """Memory that a language model may take now; None if it is not known."""
        free = self._free_memory()
        return None if free is None else max(0, free - RESERVE_BYTES)
