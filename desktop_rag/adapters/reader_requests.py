"""What the parent asks of the reader process. These go one way only: replies are JSON."""

import re
from dataclasses import dataclass
from pathlib import Path

from desktop_rag.domain import Highlight, Span

MOST_REPLY_BYTES = 256 << 20
MOST_MATCHES = 1000


@dataclass(frozen=True, slots=True)
class ReadRequest:
    """Read all pages from number `first_page` on; `look` whether their text is visible, too."""

    path: Path
    passwords: tuple[str, ...]
    ocr: bool
    first_page: int
    look: bool = True


@dataclass(frozen=True, slots=True)
class FramesRequest:
    """Tell labels and sizes of all pages."""

    path: Path
    passwords: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DrawRequest:
    """Draw one page at `scale` pixels per point."""

    path: Path
    passwords: tuple[str, ...]
    page_number: int
    scale: float


@dataclass(frozen=True, slots=True)
class HighlightsRequest:
    """Tell the rectangles around the characters of the spans."""

    path: Path
    passwords: tuple[str, ...]
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class FindRequest:
    """Tell at most `most` places of the pattern on one page, and the number of pages."""

    path: Path
    passwords: tuple[str, ...]
    wanted: re.Pattern[str]
    page_number: int
    most: int


@dataclass(frozen=True, slots=True)
class AnnotateRequest:
    """Return the file with the highlights as annotations."""

    path: Path
    passwords: tuple[str, ...]
    highlights: tuple[Highlight, ...]


ViewRequest = FramesRequest | DrawRequest | HighlightsRequest | FindRequest | AnnotateRequest
ReaderRequest = ReadRequest | ViewRequest
