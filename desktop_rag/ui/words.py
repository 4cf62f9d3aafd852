"""Values as a person reads them: sizes, times, dates, and what became of a document."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QDate, QDateTime, QLocale, QObject

from desktop_rag.domain import AddStatus, Answer, DocumentStatus, FileState, Passage, PassagePlace
from desktop_rag.privacy.places import PlaceKind, PlaceWarning
from desktop_rag.ui.pace import Pace

_STRONG = 0.5
_POSSIBLE = 0.1
_MINUTE_S = 60
_HOUR_S = 3600
_MOST_ALIKE = 12  # lines


class Placed(Protocol):
    """Pages that something stands on, as in `domain.Citation`."""

    @property
    def pages(self) -> tuple[int, ...]: ...
    @property
    def page_labels(self) -> tuple[str, ...]: ...
    @property
    def bates(self) -> tuple[str, ...]: ...
    @property
    def ocr(self) -> tuple[bool, ...]: ...


class Counted(QObject):
    """Numbers of things, in the plural forms of the language: `tr` alone knows them."""

    def pages(self, count: int) -> str:
        return self.tr("%n page(s)", "", count)

    def pdfs(self, count: int) -> str:
        return self.tr("%n PDF(s)", "", count)

    def ready(self, count: int) -> str:
        return self.tr("%n document(s) ready.", "", count)

    def searched(self, count: int) -> str:
        return self.tr("Searched %n document(s).", "", count)

    def more(self, count: int) -> str:
        return self.tr(" and %n more", "", count)

    def more_like_this(self, count: int) -> str:
        return self.tr("and %n more like this", "", count)

    def minutes_left(self, count: int) -> str:
        return self.tr("%n minute(s) left", "", count)

    def pages_a_minute(self, count: int) -> str:
        return self.tr("%n page(s) a minute", "", count)

    def hours_left(self, count: int) -> str:
        return self.tr("%n hour(s) left", "", count)


def status_words(status: DocumentStatus | AddStatus) -> str:
    """What became of a document."""
    words = {
        "ready": QCoreApplication.translate("words", "Ready"),
        "partly_readable": QCoreApplication.translate("words", "Partly readable"),
        "needs_password": QCoreApplication.translate("words", "Needs a password"),
        "no_text": QCoreApplication.translate("words", "No text found"),
        "unreadable": QCoreApplication.translate("words", "Could not be read"),
        "unchanged": QCoreApplication.translate("words", "Unchanged"),
        "duplicate": QCoreApplication.translate("words", "Same as another file"),
    }
    return words[status.value]


def status_icon(status: DocumentStatus | AddStatus) -> str:
    """The name of the icon that stands for it."""
    icons = {
        "partly_readable": "attention",
        "needs_password": "lock",
        "no_text": "empty-page",
        "unreadable": "broken",
    }
    return icons.get(status.value, "ready")


def state_words(status: DocumentStatus, state: FileState) -> str:
    """What became of a document, or of its files where these cannot be reached."""
    if state is FileState.OFFLINE:
        return QCoreApplication.translate("words", "Offline: drive not there")
    if state is FileState.MISSING:
        return QCoreApplication.translate("words", "File is gone")
    return status_words(status)


def state_icon(status: DocumentStatus, state: FileState) -> str:
    """The name of the icon that stands for it."""
    icons = {FileState.OFFLINE: "offline", FileState.MISSING: "gone"}
    return icons.get(state) or status_icon(status)


def state_advice(state: FileState) -> str:
    """What can be done about files that cannot be reached; "" if they can."""
    if state is FileState.OFFLINE:
        return QCoreApplication.translate(
            "words", "Its text is still searched. Connect the drive to see its pages."
        )
    if state is FileState.MISSING:
        return QCoreApplication.translate(
            "words",
            "Its text is still searched. Put the file back to see its pages, or remove the "
            "document from the library.",
        )
    return ""


def page_count(count: int) -> str:
    """“12 pages”."""
    return Counted().pages(count)


def pdf_count(count: int) -> str:
    """“12 PDFs”."""
    return Counted().pdfs(count)


def ready_sentence(count: int) -> str:
    """“12 documents are ready.”."""
    return Counted().ready(count)


def size(bytes_: int) -> str:
    """A size in bytes, in the unit that suits it."""
    return QLocale().formattedDataSize(bytes_, 1, QLocale.DataSizeFormat.DataSizeTraditionalFormat)


def day(iso_time: str) -> str:
    """The day of a time in ISO 8601, in the order of the language."""
    try:
        when = datetime.fromisoformat(iso_time).astimezone()
    except ValueError:
        return ""
    return QLocale().toString(
        QDate(when.year, when.month, when.day), QLocale.FormatType.ShortFormat
    )


def moment(iso_time: str) -> str:
    """Day and minute of a time in ISO 8601."""
    try:
        when = datetime.fromisoformat(iso_time).astimezone()
    except ValueError:
        return ""
    time = QDateTime.fromSecsSinceEpoch(int(when.timestamp()))
    return QLocale().toString(time, QLocale.FormatType.ShortFormat)


def time_left(seconds: float) -> str:
    """How long something will still take, no more exactly than it can be known."""
    if seconds < _MINUTE_S:
        return QCoreApplication.translate("words", "less than a minute left")
    if seconds < _HOUR_S:
        minutes = round(seconds / _MINUTE_S)
        return Counted().minutes_left(minutes)
    hours = round(seconds / _HOUR_S)
    return Counted().hours_left(hours)


def pace_words(pace: Pace) -> str:
    """How long an order to read will still take and how fast it goes; "" while both are guesses."""
    left, pages = pace.seconds_left(), pace.pages_a_minute()
    parts = [
        "" if left is None else time_left(left),
        Counted().pages_a_minute(pages) if pages else "",
    ]
    return " · ".join(part for part in parts if part)


def strength(relevance: float | None) -> str:
    """How well a place fits the question."""
    if relevance is None:
        return ""
    if relevance >= _STRONG:
        return QCoreApplication.translate("words", "strong match")
    if relevance >= _POSSIBLE:
        return QCoreApplication.translate("words", "possible match")
    return QCoreApplication.translate("words", "weak match")


def strength_of(passage: Passage) -> str:
    """How well a passage, or its best sentence, fits the question."""
    scores = [evidence.score for evidence in passage.evidence]
    if passage.relevance is not None:
        scores.append(passage.relevance)
    return strength(max(scores, default=None))


def pages(labels: tuple[str, ...], numbers: tuple[int, ...], bates: tuple[str, ...] = ()) -> str:
    """“p. iv (page 6 in the file), 7 (ABC000123)”."""
    both = QCoreApplication.translate("words", "{label} (page {page} in the file)")
    shown = [
        label if label == str(page) else both.format(label=label, page=page)
        for label, page in zip(labels, numbers, strict=True)
    ]
    stamps = (*bates, *[""] * len(shown))[: len(shown)]
    where = ", ".join(
        f"{page} ({stamp})" if stamp else page for page, stamp in zip(shown, stamps, strict=True)
    )
    return QCoreApplication.translate("words", "p. {pages}").format(pages=where)


def place(place: Placed) -> str:
    """“p. 3 (ABC000123), read from a scan”."""
    where = pages(place.page_labels, place.pages, place.bates)
    if not any(place.ocr):
        return where
    return QCoreApplication.translate("words", "{pages}, read from a scan").format(pages=where)


def not_visible() -> str:
    """The mark of words that are in the file, but that nobody sees who looks at the page."""
    return QCoreApplication.translate("words", "Not visible on the page")


def more_like_this(alike: Sequence[PassagePlace]) -> str:
    """“and 14 more like this”."""
    return Counted().more_like_this(len(alike))


def places_alike(alike: Sequence[PassagePlace]) -> list[str]:
    """A line for each file in which the same stands; the last stands for those left out."""
    pages: dict[Path, list[int]] = {}
    for one in alike:
        pages.setdefault(one.path, []).extend(one.pages)
    if not pages:
        return []
    title = QCoreApplication.translate("words", "The same stands in:")
    page_list = QCoreApplication.translate("words", "p. {pages}")
    lines = [
        f"{path.name}, {page_list.format(pages=', '.join(map(str, sorted(set(numbers)))))}"
        for path, numbers in pages.items()
    ]
    more = ["…"] if len(lines) > _MOST_ALIKE else []
    return ["", title, *lines[:_MOST_ALIKE], *more]


def why_quoted(answer: Answer) -> str:
    """Why nothing was written where a model should have; "" if one wrote, or none was wanted."""
    why = {
        "model_missing": QCoreApplication.translate(
            "words", "No language model is installed that could write an answer."
        ),
        "model_unusable": QCoreApplication.translate(
            "words", "The language model could not be loaded."
        ),
        "model_failed": QCoreApplication.translate(
            "words", "The language model failed while it wrote. It is loaded anew when you ask."
        ),
        "out_of_memory": QCoreApplication.translate(
            "words", "The free memory does not suffice for the language model."
        ),
    }.get(answer.note.value, "")
    return f"{why} {answer.detail}".rstrip() if why else ""


def quoted(text: str) -> str:
    """The text in the quotation marks of the language."""
    return QCoreApplication.translate("words", "“{text}”").format(text=text)


def collection_title(name: str) -> str:
    """The last part of a collection's path; all documents if it is ""."""
    if not name:
        return QCoreApplication.translate("words", "All documents")
    return name.rsplit("/", 1)[-1]


def place_warning(warning: PlaceWarning) -> str:
    """How the library's folder leaves this computer."""
    translate = QCoreApplication.translate
    said = {
        PlaceKind.SYNCED: translate(
            "words", "The library’s folder is kept in step with other computers by {name}."
        ),
        PlaceKind.NETWORK: translate("words", "The library’s folder lies on another computer."),
        PlaceKind.ROAMING: translate(
            "words", "The library’s folder belongs to a profile that Windows copies to a server."
        ),
    }
    return said[warning.kind].format(name=warning.detail)
