"""The PDFs attached to a mail (.eml), and to mails within it. Nothing in it is trusted."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from email.policy import EmailPolicy
from pathlib import Path, PurePosixPath

from desktop_rag.errors import UnreadableDocument

_MOST_MAIL_BYTES = 200 << 20
_MOST_ATTACHMENTS = 1000
_DEEPEST = 5
_MOST_CONTAINERS = 300  # within one another: the parser compares each line with all of them
_CONTAINER = re.compile(rb"^content-type:\s*(?:multipart|message)/", re.IGNORECASE | re.MULTILINE)
_LONGEST_HEADER_BYTES = 20_000
_LONGEST_NAME_BYTES = 120
_PDF_TYPES = frozenset({"application/pdf", "application/x-pdf"})
_ANY_MAIL_HAS = ("From", "To", "Date", "Subject", "Received", "Message-ID", "Content-Type")
_FORBIDDEN = frozenset('<>:"/\\|?*')  # in file names, on some system or other
_RESERVED = frozenset({"con", "prn", "aux", "nul"}) | {
    f"{device}{number}" for device in ("com", "lpt") for number in range(10)
}


@dataclass(frozen=True, slots=True)
class Attachment:
    """A PDF that came with a mail. `name` is safe as a file name and unlike all others there."""

    name: str
    content: bytes


class _Policy(EmailPolicy):
    """The standard policy, deaf to endless headers: taking one to pieces takes quadratic time."""

    def header_source_parse(self, sourcelines: Sequence[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(list(sourcelines))
        return name, value if len(value) <= _LONGEST_HEADER_BYTES else ""


def read_mail(mail: Path) -> bytes:
    """The mail's bytes. Raises OSError, or UnreadableDocument if there are too many."""
    with mail.open("rb") as file:
        content = file.read(_MOST_MAIL_BYTES + 1)
    if len(content) > _MOST_MAIL_BYTES:
        raise _unreadable(mail.name, f"is larger than {_MOST_MAIL_BYTES >> 20} MB")
    return content


def attached_pdfs(content: bytes, mail_name: str) -> tuple[Attachment, ...]:
    """The PDFs in a mail, in order; none if it holds none. `mail_name` is for the error.

    Raises UnreadableDocument if the mail is damaged or no mail at all.
    """
    try:
        message = _parsed(content, mail_name)
        if not any(header in message for header in _ANY_MAIL_HAS):
            raise _unreadable(mail_name, "is damaged or is no mail")
        return tuple(_named(_pdf_parts(message, 0, mail_name)))
    except UnreadableDocument:
        raise
    except Exception as error:  # the parser fails in many ways on what no mail program wrote
        raise _unreadable(mail_name, "is damaged") from error


def safe_name(untrusted_name: str) -> str:
    """A file name ending in .pdf that no system objects to and that hides nothing."""
    last = untrusted_name.replace("\\", "/").rsplit("/", 1)[-1]
    composed = unicodedata.normalize("NFC", last)
    letters = "".join(
        " " if c.isspace() else c
        for c in composed
        if c not in _FORBIDDEN and (c.isspace() or unicodedata.category(c)[0] != "C")
    )
    stem = PurePosixPath(letters).stem if letters.lower().endswith(".pdf") else letters
    stem = _cut(" ".join(stem.split()).strip(". "), _LONGEST_NAME_BYTES).strip(". ")
    if not stem or stem.split(".")[0].strip().lower() in _RESERVED:
        stem = f"attachment {stem}".strip()
    return f"{stem}.pdf"


def _pdf_parts(
    message: "Message[str, str]", depth: int, mail_name: str
) -> Iterator[tuple[str, bytes]]:
    """Name and content of each PDF in the message and in the mails that it carries."""
    if depth > _DEEPEST:
        raise _unreadable(mail_name, f"holds mails within mails, more than {_DEEPEST} deep")
    for part in message.walk():  # goes into forwarded mails by itself
        if part.is_multipart():
            continue
        name = part.get_filename() or ""
        if part.get_content_type() in _PDF_TYPES or name.lower().endswith(".pdf"):
            yield name, _content(part)
        elif name.lower().endswith(".eml"):
            inner = _parsed(_content(part), mail_name)
            yield from _pdf_parts(inner, depth + 1, mail_name)


def _parsed(content: bytes, mail_name: str) -> "Message[str, str]":
    if sum(1 for _ in _CONTAINER.finditer(content)) > _MOST_CONTAINERS:
        raise _unreadable(mail_name, f"holds more than {_MOST_CONTAINERS} mails and parts")
    return message_from_bytes(content, policy=_Policy())


def _content(part: "Message[str, str]") -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _named(parts: Iterator[tuple[str, bytes]]) -> Iterator[Attachment]:
    """The parts with names that differ, upper and lower case being the same."""
    taken: set[str] = set()
    for number, (untrusted_name, content) in enumerate(parts, start=1):
        if number > _MOST_ATTACHMENTS:
            raise UnreadableDocument(
                f"It has more than {_MOST_ATTACHMENTS} PDFs attached.",
                "Save them to a folder and add that.",
            )
        name = first = safe_name(untrusted_name)
        count = 1
        while name.lower() in taken:
            count += 1
            name = f"{first.removesuffix('.pdf')} ({count}).pdf"
        taken.add(name.lower())
        yield Attachment(name, content)


def _cut(text: str, most_bytes: int) -> str:
    return text.encode("utf-8")[:most_bytes].decode("utf-8", "ignore")


def _unreadable(mail_name: str, what: str) -> UnreadableDocument:
    return UnreadableDocument(
        f"The mail {mail_name} {what}.", "Open it in your mail program and save its attachments."
    )
