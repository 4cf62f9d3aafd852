"""Many files into the library as one order: while one is read, those before it are embedded."""

import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from desktop_rag.domain import AddedFile, AddProgress, AddReport, AddStatus, PendingFile
from desktop_rag.errors import LibraryError, UnreadableDocument
from desktop_rag.ports import ChunkStore, PageReader, PendingStore
from desktop_rag.services.attachments import Attachments
from desktop_rag.services.finding import FoundFile, checked, holds_nothing
from desktop_rag.services.intake import Intake
from desktop_rag.services.line import Line
from desktop_rag.services.order import Order
from desktop_rag.services.recording import Prepared, Recording, Unread
from desktop_rag.services.share import Share
from desktop_rag.services.upkeep import Upkeep

_NEWLY_READ = (AddStatus.READY, AddStatus.PARTLY_READABLE)
_WAIT_S = 0.2


@dataclass(frozen=True, slots=True)
class Lot:
    """A file, and what is asked for it."""

    file: FoundFile
    order: Order


@dataclass(slots=True)
class InHand:
    """The order that is being worked off: when it began (seconds), and what is done of it."""

    began: float = field(default_factory=time.perf_counter)
    added: dict[int, AddedFile] = field(default_factory=dict)


class Orders:
    """Works off one order at a time, under the library's write lock.

    Attributes:
        under_way: the files of the order that is worked off now.
    """

    def __init__(
        self,
        intake: Intake,
        recording: Recording,
        upkeep: Upkeep,
        attachments: Attachments,
        open_store: Callable[[], ChunkStore],
        reader: PageReader,
        pending: PendingStore,
    ) -> None:
        self._intake = intake
        self._recording = recording
        self._upkeep = upkeep
        self._attachments = attachments
        self._open_store = open_store
        self._reader = reader
        self._pending = pending
        self.under_way: frozenset[Path] = frozenset()

    @contextmanager
    def begun(self) -> Iterator[InHand]:
        """Clear up what an interrupted order left; at the end, bring the index up to date."""
        self._upkeep.begin_writing()
        self._intake.begin()
        self._recording.begin()
        in_hand = InHand()
        try:
            yield in_hand
        except LibraryError:
            raise  # what was written of it is not known: the next order finds out
        except BaseException:
            self._end(in_hand)
            raise
        else:
            self._end(in_hand)
        finally:
            self._reader.close()
            self._attachments.settle(self._upkeep.shows)

    @contextmanager
    def remembered(self, found: Sequence[FoundFile], order: Order) -> Iterator[None]:
        """Keep the files until the order is worked off: the next start goes on where it ended."""
        paths = [file.path for file in found if file.problem is None]
        self._pending.put(
            PendingFile(path, order.collection, order.ocr, order.stays) for path in paths
        )
        self.under_way = frozenset(paths)
        try:
            yield  # after an error, or a quit, they stay
            self._pending.drop(paths)
        finally:
            self.under_way = frozenset()

    def open_mails(
        self, found: Sequence[FoundFile]
    ) -> Generator[AddProgress, None, list[FoundFile]]:
        """The files with the PDFs attached to mails in the place of the mails.

        A mail without a PDF is a problem only if it was given itself.
        """
        opened: list[FoundFile] = []
        for file in found:
            if file.problem is not None or not file.is_mail:
                opened.append(file)
                continue
            yield AddProgress(1, len(found), file.path, 0, 0)
            try:
                inside = [checked(path) for path in self._attachments.take_out(file.path)]
            except UnreadableDocument as error:
                inside = [replace(file, problem=str(error))]
            if not inside and file.named:
                inside = [holds_nothing(file.path)]
            opened += inside
        return opened

    def take_in(
        self, lots: Sequence[Lot], in_hand: InHand
    ) -> Generator[AddProgress, None, AddReport]:
        """Read, cut, embed and store the files; one fails alone."""
        line, share = Line(self._recording), Share([lot.file.bytes for lot in lots])
        work = _Work(line, share, in_hand.added, self._pending)
        try:
            for number, lot in enumerate(lots, start=1):
                step = AddProgress(number, len(lots), lot.file.path, 0, 0)
                yield from self._take(number, lot, step, work)
                yield from work.stored(step, lambda: line.is_full)
            if lots:
                yield from work.stored(step, lambda: not line.is_empty)
                yield from self._indexed(step, work)
        finally:
            line.cancel()
        files = tuple(in_hand.added[number] for number in sorted(in_hand.added))
        return AddReport(files, time.perf_counter() - in_hand.began)

    def _end(self, in_hand: InHand) -> None:
        self._settle_index(in_hand.added.values())
        self._upkeep.end_writing()

    def _take(
        self, number: int, lot: Lot, step: AddProgress, work: "_Work"
    ) -> Generator[AddProgress, None, None]:
        """Bring one file to its end, or into the line."""
        found = self._intake.check(lot.file, lot.order)
        if isinstance(found, Unread) and work.line.holds(found.document_id):
            yield from work.stored(step, lambda: not work.line.is_empty)
            found = self._intake.check(lot.file, lot.order)
        if isinstance(found, Unread):
            outcome = yield from work.followed(number, self._intake.prepare(found, step))
        else:
            outcome = found
        if isinstance(outcome, Prepared):
            work.line.join(number, outcome)
        else:
            yield work.finished(number, outcome, step)

    def _indexed(self, step: AddProgress, work: "_Work") -> Generator[AddProgress, None, None]:
        """Make the index over the vectors if the library has become so large.

        Said beforehand; who stops the order then has it made at the end of the next one.
        """
        is_newly_read = any(file.status in _NEWLY_READ for file in work.added.values())
        if is_newly_read and self._open_store().vector_index_is_due():
            yield replace(step, share=1.0, indexing=True)
            self._open_store().build_vector_index()

    def _settle_index(self, added: Iterable[AddedFile]) -> None:
        """Bring the indexes up to date, and purge what was replaced."""
        if self._recording.purge_due or any(file.status in _NEWLY_READ for file in added):
            store = self._open_store()
            if self._recording.purge_due:
                store.compact(purge=True)
                self._recording.purge_due = False
            else:
                store.settle()


@dataclass(frozen=True, slots=True)
class _Work:
    """The line of an order, with the share that is done and the outcomes by the files' numbers."""

    line: Line
    share: Share
    added: dict[int, AddedFile]
    pending: PendingStore

    def followed(
        self, number: int, steps: Generator[AddProgress, None, AddedFile | Prepared]
    ) -> Generator[AddProgress, None, AddedFile | Prepared]:
        """The steps of reading a file, each with the share."""
        try:
            while True:
                step = next(steps)
                yield replace(step, share=self.share.read(number, step.page, step.page_count))
        except StopIteration as end:
            outcome: AddedFile | Prepared = end.value
            return outcome
        finally:
            steps.close()

    def stored(
        self, step: AddProgress, is_too_long: Callable[[], bool]
    ) -> Generator[AddProgress, None, None]:
        """Store what is ready, and wait for the line as long as it is too long."""
        while is_too_long():
            number, share = self.line.wait(_WAIT_S)
            if share < 1.0:
                yield replace(step, share=self.share.embedded(number, share))
            else:
                yield from self._store(step)
        if self.line.is_ripe:
            yield from self._store(step)

    def finished(self, number: int, outcome: AddedFile, step: AddProgress) -> AddProgress:
        """Note what became of a file."""
        self.added[number] = outcome
        pages = outcome.page_count
        return replace(
            step,
            path=outcome.path,
            page=pages,
            page_count=pages,
            finished=outcome,
            share=self.share.finish(number),
        )

    def _store(self, step: AddProgress) -> Generator[AddProgress, None, None]:
        outcomes = self.line.store()
        self.added.update(outcomes)
        self.pending.drop(outcome.path for _, outcome in outcomes)
        for number, outcome in outcomes:
            yield self.finished(number, outcome, step)
