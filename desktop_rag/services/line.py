"""Documents that wait for their vectors, in the order in which they came."""

import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from desktop_rag.domain import AddedFile
from desktop_rag.services.recording import Prepared, Recording

_BATCH_CHUNKS = 256  # stored in one commit, if they are there
_BATCH_SECONDS = 2.0  # after which fewer are stored, so that they can be asked about
_MOST_CHUNKS = 1024  # in the line; beyond, reading waits


@dataclass(frozen=True, slots=True)
class _Place:
    number: int
    document: Prepared
    since: float = field(default_factory=time.monotonic)

    def wait(self, seconds: float) -> float:
        embedding = self.document.embedding
        return 1.0 if embedding is None else embedding.wait(seconds)


class Line:
    """Bounded: who joins lets it become short enough first. Documents leave it in batches."""

    def __init__(self, recording: Recording) -> None:
        self._recording = recording
        self._places: deque[_Place] = deque()

    @property
    def is_empty(self) -> bool:
        return not self._places

    @property
    def is_full(self) -> bool:
        """Whether the next document has to wait."""
        return sum(len(place.document.chunks) for place in self._places) > _MOST_CHUNKS

    @property
    def is_ripe(self) -> bool:
        """Whether there is enough at the front, or waits for long enough, to be stored."""
        ripe = self._ripe()
        chunks = sum(len(place.document.chunks) for place in ripe)
        waited = time.monotonic() - ripe[0].since if ripe else 0.0
        return chunks >= _BATCH_CHUNKS or waited >= _BATCH_SECONDS

    def holds(self, document_id: str) -> bool:
        """Whether the same bytes wait here already."""
        return any(place.document.unread.document_id == document_id for place in self._places)

    def join(self, number: int, document: Prepared) -> None:
        """Wait at the end; `number` is the file's in its order."""
        self._places.append(_Place(number, document))

    def wait(self, seconds: float) -> tuple[int, float]:
        """Wait at most so long for the first batch: the number of its last file, and its share."""
        front = list(self._front())
        end = time.monotonic() + seconds
        share = 0.0
        for place in front:
            share = place.wait(max(end - time.monotonic(), 0.0))
            if share < 1.0:
                return place.number, share
        return front[-1].number, share

    def store(self) -> list[tuple[int, AddedFile]]:
        """Store what is ready at the front; returns the outcomes with the files' numbers."""
        ripe = self._ripe()
        outcomes = self._recording.store([place.document for place in ripe])
        for _ in ripe:
            self._places.popleft()
        return [(place.number, outcome) for place, outcome in zip(ripe, outcomes, strict=True)]

    def cancel(self) -> None:
        """Let all go; nothing of it is stored."""
        for place in self._places:
            if place.document.embedding is not None:
                place.document.embedding.cancel()
        self._places.clear()

    def _front(self) -> Iterator[_Place]:
        chunks = 0
        for place in self._places:
            yield place
            chunks += len(place.document.chunks)
            if chunks >= _BATCH_CHUNKS:
                return

    def _ripe(self) -> list[_Place]:
        ripe: list[_Place] = []
        for place in self._places:
            if place.wait(0) < 1.0:
                break
            ripe.append(place)
        return ripe
