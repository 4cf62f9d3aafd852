"""What the pages of a document, taken together, say about it."""

from collections.abc import Sequence

from desktop_rag.domain import DocumentStatus, Page, PageMethod, ReadDocument

_MOST_PAGES_NAMED = 10
_FEWEST_HIDDEN_WORDS = 3


def judge(read: ReadDocument, chunk_count: int) -> tuple[DocumentStatus, str]:
    """The status of a document that opened, and the sentences that explain it."""
    status, message = _readable(read, chunk_count)
    return status, " ".join(filter(None, [message, _hidden(read.pages)]))


def _hidden(pages: Sequence[Page]) -> str:
    """Which pages hold text that nobody sees, if it is some words; no status says so."""
    found = [page.number for page in pages if _hidden_words(page) >= _FEWEST_HIDDEN_WORDS]
    if not found:
        return ""
    verb = "holds" if len(found) == 1 else "hold"
    place = "the page" if len(found) == 1 else "their pages"
    return f"{_named(found)} {verb} text that is not visible on {place}."


def _hidden_words(page: Page) -> int:
    return sum(len(page.text[start : start + length].split()) for start, length in page.hidden)


def _named(numbers: Sequence[int]) -> str:
    """“Pages 3, 4 and 12 more”."""
    named = ", ".join(map(str, numbers[:_MOST_PAGES_NAMED]))
    left = len(numbers) - _MOST_PAGES_NAMED
    pages = "Page" if len(numbers) == 1 else "Pages"
    return f"{pages} {named} and {left} more" if left > 0 else f"{pages} {named}"


def _readable(read: ReadDocument, chunk_count: int) -> tuple[DocumentStatus, str]:
    lost = [page for page in read.pages if page.method is PageMethod.UNREADABLE]
    if lost:
        numbers = [page.number for page in lost]
        message = f"{_named(numbers)} could not be read: {lost[0].reason}"
        if chunk_count:
            return DocumentStatus.PARTLY_READABLE, message
        if len(lost) == len(read.pages):
            return DocumentStatus.NO_TEXT, message
    if not chunk_count:
        return DocumentStatus.NO_TEXT, "No page holds any text that can be read."
    return DocumentStatus.READY, ""
