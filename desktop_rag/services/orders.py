"""Many files into the library as one order: file after file, with the share that is done."""

import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from desktop_rag.domain import AddedFile, AddProgress, AddReport, AddStatus
from desktop_rag.errors import UnreadableDocument
from desktop_rag.ports import ChunkStore, PageReader
from desktop_rag.services.attachments import Attachments
from desktop_rag.services.finding import FoundFile, checked, holds_nothing
from desktop_rag.services.intake import Intake
from desktop_rag.services.order import Order
from desktop_rag.services.share import Share
from desktop_rag.services.upkeep import Upkeep

_NEWLY_READ = (AddStatus.READY, AddStatus.PARTLY_READABLE)


@dataclass(frozen=True, slots=True)
class Lot:
    """A file, and what is asked for it."""

    file: FoundFile
    order: Order


@dataclass(slots=True)
class InHand:
    """The order that is being worked off: when it began (seconds), and what is done of it."""

    began: float = field(default_factory=time.perf_counter)
    added: list[AddedFile] = field(default_factory=list)


class Orders:
    """Works off one order at a time, under the library's write lock."""

    def __init__(
        self,
        intake: Intake,
        upkeep: Upkeep,
        attachments: Attachments,
        open_store: Callable[[], ChunkStore],
        reader: PageReader,
    ) -> None:
        self._intake = intake
        self._upkeep = upkeep
        self._attachments = attachments
        self._open_store = open_store
        self._reader = reader

    @contextmanager
    def begun(self) -> Iterator[InHand]:
        """Clear up what an interrupted order left; at the end, bring the index up to date."""
        self._upkeep.drop_orphans()
        self._intake.begin()
        in_hand = InHand()
        try:
            yield in_hand
        finally:
            self._reader.close()
            self._attachments.settle(self._upkeep.shows)
            self._settle_index(in_hand.added)

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
        """Read, cut, embed and store file after file; one fails alone."""
        share = Share([lot.file.bytes for lot in lots])
        for number, lot in enumerate(lots, start=1):
            step = AddProgress(number, len(lots), lot.file.path, 0, 0)
            outcome = yield from share.follow(self._intake.take(lot.file, lot.order, step))
            in_hand.added.append(outcome)
            pages = outcome.page_count
            yield replace(
                step, page=pages, page_count=pages, finished=outcome, share=share.finish()
            )
        return AddReport(tuple(in_hand.added), time.perf_counter() - in_hand.began)

    def _settle_index(self, added: Sequence[AddedFile]) -> None:
        """Bring the indexes up to date, and purge what was replaced."""
        if self._intake.purge_due or any(file.status in _NEWLY_READ for file in added):
            self._open_store().compact(purge=self._intake.purge_due)
            self._intake.purge_due = False
