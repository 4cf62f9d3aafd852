"""What stands before a list and is meant for each of its items: “The Tenant may not:”."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from desktop_rag.pipeline.segmenting import Unit

_MARK = re.compile(r"\s*(?:\(?([a-z]{1,5}|[A-Z]|\d{1,2})[).]|([•●▪■◦‣*–—-]))\s")
_ROMAN = frozenset("i ii iii iv v vi vii viii ix x xi xii xiii xiv xv".split())
_BEFORE_ROMAN = {"i": "h", "v": "u", "x": "w"}  # (h), (i) are letters of one list
_LEAD_IN_END = ":"
_SEPARATOR = " › "


@dataclass(slots=True)
class _List:
    """A list that is open: what leads it in, the kind of its marks, the last of them."""

    lead: str
    kind: str = ""
    last: str = ""


def with_leads(text: str, units: Iterable[Unit]) -> Iterator[Unit]:
    """The units; an item of a list has in `lead` what leads the list in, on one line.

    A list within a list has both: “The Tenant may not: › use the garden:”. A heading ends all.
    """
    open_lists: list[_List] = []
    for unit in units:
        words = " ".join(text[unit.start : unit.end].split())
        mark = _MARK.match(text, unit.start, unit.end)
        if unit.is_heading or unit.heading:
            open_lists.clear()
        elif mark and not unit.lead:
            _find_list(open_lists, mark)
            if open_lists:
                unit = replace(unit, lead=_SEPARATOR.join(one.lead for one in open_lists))
        yield unit
        if words.endswith(_LEAD_IN_END) and not unit.is_heading:
            if open_lists and not open_lists[-1].kind:
                open_lists.pop()
            open_lists.append(_List(words))


def _find_list(open_lists: list[_List], mark: re.Match[str]) -> None:
    """Leave the lists open that an item with this mark stands in; the last one is its own."""
    written = mark.group(1) or mark.group(2)
    while open_lists:
        innermost = open_lists[-1]
        kind = _kind(written, mark.group(), innermost.last)
        if not innermost.kind or innermost.kind == kind:
            innermost.kind, innermost.last = kind, written
            return
        open_lists.pop()


def _kind(written: str, mark: str, last: str) -> str:
    """How an item is marked: by its bullet, or by numbers, letters or Roman numbers in brackets."""
    brackets = "".join(sign for sign in mark if sign in "().")
    if not written.isalnum():
        return written
    if written.isdigit():
        return f"1{brackets}"
    if written in _ROMAN and (not last or _BEFORE_ROMAN.get(written) != last):
        return f"i{brackets}"
    return f"{'A' if written.isupper() else 'a'}{brackets}"
