"""How much of an order is done, by the size of its files."""

from collections.abc import Sequence


class Share:
    """Counts bytes; of a file in work, half counts when it is read, half when it is embedded.

    It never falls, and is 1.0 when all files are done. A file counts as one byte at least.
    """

    def __init__(self, sizes: Sequence[int]) -> None:
        self._sizes = [max(size, 1) for size in sizes]
        self._total = sum(self._sizes)
        self._fractions: dict[int, float] = {}
        self._done = 0
        self._shown = 0.0

    def read(self, number: int, page: int, page_count: int) -> float:
        """The share when so many pages of file `number`, from 1, are read."""
        return self._at(number, 0.5 * min(page / page_count, 1.0) if page_count else 0.0)

    def embedded(self, number: int, share: float) -> float:
        """The share when so much of the text of file `number` is embedded."""
        return self._at(number, 0.5 + 0.5 * share)

    def finish(self, number: int) -> float:
        """The share when file `number` is done."""
        self._fractions.pop(number, None)
        self._done += self._sizes[number - 1]
        return self._now()

    def _at(self, number: int, fraction: float) -> float:
        self._fractions[number] = fraction
        return self._now()

    def _now(self) -> float:
        begun = sum(part * self._sizes[number - 1] for number, part in self._fractions.items())
        self._shown = max(self._shown, min((self._done + begun) / self._total, 1.0))
        return self._shown
