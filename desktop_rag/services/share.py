"""How much of an order is done, by the size of its files."""

from collections.abc import Generator, Sequence
from dataclasses import replace

from desktop_rag.domain import AddedFile, AddProgress


class Share:
    """Counts bytes: those of the files that are done, and the read pages' part of the next one.

    It never falls, and is 1.0 when all files are done. A file counts as one byte at least.
    """

    def __init__(self, sizes: Sequence[int]) -> None:
        self._sizes = [max(size, 1) for size in sizes]
        self._total = sum(self._sizes)
        self._done = 0
        self._finished = 0
        self.shown = 0.0

    def within(self, page: int, page_count: int) -> float:
        """The share when so many pages of the file in hand are read."""
        fraction = min(page / page_count, 1.0) if page_count else 0.0
        share = (self._done + fraction * self._sizes[self._finished]) / self._total
        self.shown = max(self.shown, share)
        return self.shown

    def finish(self) -> float:
        """The share when the file in hand is done."""
        self._done += self._sizes[self._finished]
        self._finished += 1
        self.shown = max(self.shown, self._done / self._total)
        return self.shown

    def follow(
        self, steps: Generator[AddProgress, None, AddedFile]
    ) -> Generator[AddProgress, None, AddedFile]:
        """The steps of the file in hand, each with the share."""
        try:
            while True:
                step = next(steps)
                yield replace(step, share=self.within(step.page, step.page_count))
        except StopIteration as end:
            outcome: AddedFile = end.value
            return outcome
        finally:
            steps.close()
