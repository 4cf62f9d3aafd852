"""The latest searches, kept in memory for as long as the library stays as it is."""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock

from desktop_rag.domain import Retrieval

_MOST = 32


class RecentSearches:
    """What was found lately. A change of the library forgets all of it, text included."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._version: str | None = None
        self._found: OrderedDict[Hashable, Retrieval] = OrderedDict()

    def get(self, version: str | None, search: Hashable) -> Retrieval | None:
        """What the same search found in this version of the library, if that is still known."""
        with self._lock:
            self._keep_only(version)
            if search in self._found:
                self._found.move_to_end(search)
            return self._found.get(search)

    def put(self, version: str | None, search: Hashable, found: Retrieval) -> None:
        """Keep what was found; the oldest goes when there are too many."""
        with self._lock:
            self._keep_only(version)
            self._found[search] = found
            while len(self._found) > _MOST:
                self._found.popitem(last=False)

    def _keep_only(self, version: str | None) -> None:
        if version != self._version:
            self._version = version
            self._found.clear()
