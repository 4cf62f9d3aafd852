"""What the pages of a document, taken together, say about it."""

from desktop_rag.domain import DocumentStatus, PageMethod, ReadDocument

_MOST_PAGES_NAMED = 10


def judge(read: ReadDocument, chunk_count: int) -> tuple[DocumentStatus, str]:
    """The status of a document that opened, and the sentence that explains it."""
    lost = [page for page in read.pages if page.method is PageMethod.UNREADABLE]
    if lost:
        numbers = ", ".join(str(page.number) for page in lost[:_MOST_PAGES_NAMED])
        more = f" and {len(lost) - _MOST_PAGES_NAMED} more" if len(lost) > _MOST_PAGES_NAMED else ""
        pages = "Page" if len(lost) == 1 else "Pages"
        message = f"{pages} {numbers}{more} could not be read: {lost[0].reason}"
        if chunk_count:
            return DocumentStatus.PARTLY_READABLE, message
        if len(lost) == len(read.pages):
            return DocumentStatus.NO_TEXT, message
    if not chunk_count:
        return DocumentStatus.NO_TEXT, "No page holds any text that can be read."
    return DocumentStatus.READY, ""
