"""Which table of the index serves, and the one that is in the making for another bi-encoder."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from threading import RLock

from desktop_rag.domain import IndexStamp, ModelChange, ModelIdentity
from desktop_rag.errors import LibraryError, ModelError
from desktop_rag.ports import ChunkStore, Embedder, IndexTables, Ledger
from desktop_rag.services.encoders import Encoders, gone
from desktop_rag.services.mirroring import Mirroring

_NAME_CHARACTERS = 16


@dataclass(frozen=True, slots=True)
class Serving:
    """The table that serves, with the bi-encoder that made its vectors."""

    stamp: IndexStamp
    store: ChunkStore
    encoders: Encoders

    def embedder(self) -> Embedder:
        """Raises EmbedderMismatch if the model is gone; see `Encoders.embedder`."""
        return self.encoders.embedder(self.stamp.model)


class Index:
    """The tables of a library; the ledger says which one serves.

    Any thread may ask for that one. The other methods but `change` need the library's write lock.
    """

    def __init__(self, ledger: Ledger, tables: IndexTables, encoders: Encoders) -> None:
        self._ledger = ledger
        self._tables = tables
        self._encoders = encoders
        self._lock = RLock()
        self._open: Serving | None = None
        self._unfinished: tuple[str, ChunkStore] | None = None

    def serving(self) -> Serving:
        """The same object for as long as the same table serves; made in a new library."""
        with self._lock:
            while self._open is None or self._open.stamp != self._ledger.stamp():
                # Another program may switch meanwhile and drop this table, which would be made
                # anew, empty: so the ledger is asked once more.
                self._open = self._opened(self._ledger.stamp())
            return self._open

    def store(self) -> ChunkStore:
        """The table that serves."""
        return self.serving().store

    def embedder(self) -> Embedder:
        """The bi-encoder of the table that serves. Raises ModelError, EmbedderMismatch."""
        return self.serving().embedder()

    def wanted(self) -> ModelIdentity:
        """The model that the settings choose. Raises ModelMissing if it is not known."""
        return self._encoders.wanted()

    def change(self) -> ModelChange | None:
        """Whether the settings choose another model. Raises ModelMissing if it is not known."""
        stamp = self._ledger.stamp()
        wanted = self._encoders.wanted()
        if stamp is None or stamp.model == wanted:
            return None
        is_here = self._encoders.is_here(stamp.model)
        return ModelChange(stamp.model.name, wanted.name, is_here)

    def refuse_if_model_is_gone(self) -> None:
        """Raise EmbedderMismatch if nothing can be added until all is prepared anew."""
        stamp = self._ledger.stamp()
        change = self.change() if stamp is not None else None
        if stamp is not None and change is not None and not change.is_here:
            raise gone(stamp.model)

    def unfinished(self) -> tuple[ChunkStore, Embedder]:
        """The table in the making for the wanted model, and that model; begun if there is none.

        One that was torn by a crash is begun anew. Raises ModelError.
        """
        model = self._encoders.wanted()
        embedder = self._encoders.embedder(model)
        name = _table_for(model)
        try:
            store = self._unfinished_table(name, lambda: embedder.dimension)
        except _TornTable:
            self._tables.drop(name)
            store = self._unfinished_table(name, lambda: embedder.dimension)
        return store, embedder

    def switch(self) -> None:
        """Let the table that was in the making serve; one transaction of the ledger."""
        model = self._encoders.wanted()
        self._ledger.set_stamp(IndexStamp(model, _table_for(model)))
        self._unfinished = None
        self._encoders.keep_only(model)

    def drop_strays(self) -> None:
        """Drop what neither serves nor is in the making for the model of the settings."""
        stamp = self._ledger.stamp()
        if stamp is None:
            return
        kept = {stamp.table, self._table_in_the_making(stamp)}
        for name in self._tables.names():
            if name not in kept:
                self._tables.drop(name)

    def has_only_unnamed(self) -> bool:
        """Whether tables are there of which the ledger names none.

        It was copied before the first document was stored, and the index after; or a crash came
        before the first table was named.
        """
        return self._ledger.stamp() is None and bool(self._tables.names())

    def drop_unnamed(self) -> None:
        """Drop all tables if the ledger names none: their text is of no document."""
        with self._lock:  # who makes the first table names it under this lock
            if self.has_only_unnamed():
                for name in self._tables.names():
                    self._tables.drop(name)

    def _opened(self, stamp: IndexStamp | None) -> Serving:
        wanted = stamp or IndexStamp(self._encoders.wanted())
        store = self._tables.open(
            wanted.table,
            lambda: self._encoders.embedder(wanted.model).dimension,
            is_suspect=not self._ledger.is_settled(),
        )
        if store.was_mended:
            self._ledger.set_settled(False)
        if stamp is None:
            self._ledger.set_stamp(wanted)
        mirroring = Mirroring(store, lambda: self._beside(wanted), lambda: self._give_up(wanted))
        return Serving(wanted, mirroring, self._encoders)

    def _beside(self, stamp: IndexStamp) -> ChunkStore | None:
        """The table in the making, if there is one; it is opened without its model."""
        name = self._table_in_the_making(stamp)
        if name not in self._tables.names():
            return None

        def nothing_left() -> int:
            raise _TornTable(f"Nothing of the table {name} can be used.")

        return self._unfinished_table(name, nothing_left)

    def _unfinished_table(self, name: str, dimension: Callable[[], int]) -> ChunkStore:
        """The table, all of it read once. Raises _TornTable if a crash tore it."""
        if self._unfinished is None or self._unfinished[0] != name:
            store = self._tables.open(name, dimension, is_suspect=True)
            if store.was_mended:
                raise _TornTable(f"A part of the table {name} was torn.")
            self._unfinished = (name, store)
        return self._unfinished[1]

    def _give_up(self, stamp: IndexStamp) -> None:
        """Drop the table in the making; it is begun anew the next time."""
        self._unfinished = None
        name = self._table_in_the_making(stamp)
        if name is not None:
            self._tables.drop(name)

    def _table_in_the_making(self, stamp: IndexStamp) -> str | None:
        """Its name, whether it is there or not; None if none is wanted."""
        try:
            wanted = self._encoders.wanted()
        except ModelError:
            return None
        return None if wanted == stamp.model else _table_for(wanted)


class _TornTable(LibraryError):
    """What a crash left of a table in the making is not to be trusted."""


def _table_for(model: ModelIdentity) -> str:
    """A name of its own for the vectors of each model."""
    text = f"{model.name}\n{model.sha256}"
    return f"chunks-{hashlib.sha256(text.encode()).hexdigest()[:_NAME_CHARACTERS]}"
