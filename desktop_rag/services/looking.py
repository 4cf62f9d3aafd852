"""What a drop holds, before anything is read or kept."""

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from desktop_rag.domain import FoundFiles, FoundModel, UnreadDocument
from desktop_rag.errors import UnreadableDocument
from desktop_rag.services.finding import (
    FoundFile,
    absolute,
    checked,
    files_under,
    holds_nothing,
)
from desktop_rag.services.mail import attached_pdfs, read_mail
from desktop_rag.services.model_looking import model_at

_FILES_A_STEP = 200
_MAIL_COUNTS_AS = 20  # files: it is taken to pieces, the others are only counted
_HEAD_BYTES = 1024


@dataclass(slots=True)
class _Tally:
    pdfs: int = 0
    bytes: int = 0
    attached: int = 0
    problems: list[UnreadDocument] = field(default_factory=list)
    seen: set[Path] = field(default_factory=set)
    models: list[FoundModel] = field(default_factory=list)

    def found(self, *, with_problems: bool) -> FoundFiles:
        problems = tuple(self.problems) if with_problems else ()
        return FoundFiles(self.pdfs, self.bytes, self.attached, problems, tuple(self.models))


def look(paths: Sequence[Path]) -> Generator[FoundFiles, None, FoundFiles]:
    """Count the PDFs at and under the paths, those attached to mails included; name the models.

    Yields the count so far, without problems, every 200 files or so.
    """
    tally = _Tally()
    since_last = 0
    for file in _files(_without_models(paths, tally), tally):
        since_last += _MAIL_COUNTS_AS if file is not None and file.is_mail else 1
        if since_last >= _FILES_A_STEP:
            since_last = 0
            yield tally.found(with_problems=False)
        if file is not None and file.path not in tally.seen:
            tally.seen.add(file.path)
            _count(file, tally)
    return tally.found(with_problems=True)


def _without_models(paths: Sequence[Path], tally: _Tally) -> Iterator[Path]:
    """The paths that are no models; those are noted."""
    for path in map(absolute, paths):
        model = model_at(path)
        if model is None:
            yield path
        else:
            tally.models.append(model)


def _files(paths: Iterator[Path], tally: _Tally) -> Iterator[FoundFile | None]:
    for path in paths:
        if not path.is_dir():
            yield checked(path)
            continue
        empty = True
        for file in files_under(path):
            empty = empty and file is None
            yield file
        if empty:
            yield holds_nothing(path)


def _count(file: FoundFile, tally: _Tally) -> None:
    problem = file.problem
    if problem is None:
        try:
            problem = _counted(file, tally)
        except OSError as error:
            problem = f"{file.path.name} cannot be opened: {error.strerror}."
        except UnreadableDocument as error:
            problem = str(error)
    if problem is not None:
        tally.problems.append(UnreadDocument(file.path, problem))


def _counted(file: FoundFile, tally: _Tally) -> str | None:
    """Count what the file holds; why it cannot be added, if so."""
    if file.is_mail:
        attached = attached_pdfs(read_mail(file.path), file.path.name)
        tally.pdfs += len(attached)
        tally.attached += len(attached)
        tally.bytes += sum(len(item.content) for item in attached)
        return None if attached or not file.named else holds_nothing(file.path).problem
    if not file.is_pdf and not _looks_like_pdf(file.path):
        return f"{file.path.name} is not a PDF."
    tally.pdfs += 1
    tally.bytes += file.bytes
    return None


def _looks_like_pdf(path: Path) -> bool:
    with path.open("rb") as opened:
        return b"%PDF-" in opened.read(_HEAD_BYTES)
