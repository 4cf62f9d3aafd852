"""Whether torch may use a GPU: found by a trial in a process apart, while the CPU serves."""

import threading
from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import dataclass

from desktop_rag.adapters.apart import Ending, Outcome
from desktop_rag.adapters.gpu_notes import GpuNotes
from desktop_rag.adapters.gpu_replies import gpu_of
from desktop_rag.domain import Gpu

NO_GPU = "cpu: no GPU was found"
_LOOK_S = 0.2
NOT_TRIED = "not tried yet"
_REASONS = {
    Ending.DIED: "the graphics driver ended the trial",
    Ending.LATE: "the trial of the GPU did not end in time",
    Ending.TOO_LARGE: "the GPU has not enough free memory",
}
HARMFUL = frozenset({Ending.DIED, Ending.LATE})  # not to be met again at each start
_DEVICES = frozenset({"cuda", "mps"})


@dataclass(frozen=True, slots=True)
class EncoderFinding:
    """The device for encoders as torch names it, the words for it, the GPU if it is one."""

    device: str
    words: str
    gpu: Gpu | None = None


class EncoderGpu:
    """The finding for this process. It is looked for once, in a thread, when first asked for.

    `trial` begins the trial; `key` names what a failure depends on in `notes`.
    """

    def __init__(
        self,
        trial: Callable[[], Generator[None, None, Outcome]],
        notes: GpuNotes,
        key: Callable[[], str],
    ) -> None:
        self._trial = trial
        self._notes = notes
        self._key = key
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        self._done = threading.Event()
        self._thread: threading.Thread | None = None
        self._found: EncoderFinding | None = None

    @property
    def found(self) -> EncoderFinding | None:
        """The finding; None while there is none."""
        with self._lock:
            return self._found

    def begin(self) -> None:
        """Start the trial, unless it was started, or a note says that it is of no use."""
        with self._lock:
            if self._thread is not None or self._found is not None or self._stopped.is_set():
                return
            failure = self._notes.failure(self._key())
            if failure:
                self._found = EncoderFinding("cpu", kept_words(failure))
                self._done.set()
                return
            self._thread = threading.Thread(target=self._run, daemon=True)
            self._thread.start()

    def waiting(self) -> Generator[None, None, None]:
        """Begin, if nothing was begun, and yield until there is a finding, or it was stopped."""
        self.begin()
        while not self._done.wait(_LOOK_S) and not self._stopped.is_set():
            yield

    def forget(self) -> None:
        """What was found counts no more: the next `begin` looks anew."""
        with self._lock:
            if self._done.is_set():
                self._found, self._thread = None, None
                self._done.clear()

    def stop(self) -> None:
        """End the trial, if it runs; nothing is learned from it."""
        self._stopped.set()
        thread = self._thread
        if thread is not None:
            thread.join()

    def _run(self) -> None:
        with closing(self._trial()) as steps:
            while not self._stopped.is_set():
                try:
                    next(steps)
                except StopIteration as end:
                    self._learn(end.value)
                    return
                except OSError as error:  # no process could be started
                    self._learn(Outcome(Ending.FAILED, {}, str(error)))
                    return

    def _learn(self, outcome: Outcome) -> None:
        found = _finding(outcome)
        if outcome.ending in HARMFUL:
            self._notes.note_failure(self._key(), found.words.removeprefix("cpu: "))
        with self._lock:
            self._found = found
        self._done.set()


def _finding(outcome: Outcome) -> EncoderFinding:
    if outcome.ending is not Ending.DONE:
        return EncoderFinding("cpu", f"cpu: {reason_of(outcome)}")
    device, gpu = outcome.untrusted_reply.get("device"), gpu_of(outcome.untrusted_reply)
    if device not in _DEVICES or gpu is None:
        return EncoderFinding("cpu", NO_GPU)
    return EncoderFinding(str(device), f"{gpu.kind.lower()}: {gpu.name}", gpu)


def reason_of(outcome: Outcome) -> str:
    """Why a trial that was not done is a reason to use the processor."""
    said = f"the GPU failed in its trial: {outcome.words or 'it said nothing'}"
    return _REASONS.get(outcome.ending, said)


def kept_words(failure: str) -> str:
    """What a note from an earlier start says, and what may be done; "" if there is none."""
    return f"cpu: {failure} (“desktop-rag doctor --try-gpu” tries again)" if failure else ""
