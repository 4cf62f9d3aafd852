"""Going on with what the end of the program cut off."""

import time
from collections.abc import Generator, Sequence
from dataclasses import replace
from pathlib import Path

from desktop_rag.domain import AddedFile, AddProgress, AddReport, AddStatus, PendingFile
from desktop_rag.errors import NothingToAdd
from desktop_rag.ports import PendingStore
from desktop_rag.services.library import Library

_Wishes = tuple[str | None, bool, bool]


def go_on(
    library: Library, pending: PendingStore, passwords: Sequence[str]
) -> Generator[AddProgress, None, AddReport]:
    """As `Library.add` of all files that are still to be read, as each was ordered.

    Files that are not there any more are reported and dropped. `share` counts over all files.
    """
    started = time.perf_counter()
    files = pending.files()
    added: list[AddedFile] = []
    done = 0
    for paths, (collection, ocr, stays) in _groups(files):
        steps = library.add(paths, collection=collection, passwords=passwords, ocr=ocr, stay=stays)
        added += yield from _counted_on(steps, done, len(files), len(paths), paths)
        done += len(paths)
        pending.drop(paths)
    return AddReport(tuple(added), time.perf_counter() - started)


def _groups(files: Sequence[PendingFile]) -> list[tuple[list[Path], _Wishes]]:
    """Files that were ordered alike, each group where its first file came."""
    groups: dict[_Wishes, list[Path]] = {}
    for file in files:
        groups.setdefault((file.collection, file.ocr, file.stays), []).append(file.path)
    return [(paths, wishes) for wishes, paths in groups.items()]


def _counted_on(
    steps: Generator[AddProgress, None, AddReport],
    before: int,
    total: int,
    count: int,
    paths: Sequence[Path],
) -> Generator[AddProgress, None, tuple[AddedFile, ...]]:
    """The steps of one group of several, numbered on from the files already done."""
    try:
        while True:
            step = next(steps)
            share = (before + step.share * count) / total
            number = before + step.file_number
            yield replace(step, file_number=number, file_count=max(total, number), share=share)
    except StopIteration as end:
        report: AddReport = end.value
        return report.files
    except NothingToAdd:
        return tuple(_not_there(path) for path in paths)
    finally:
        steps.close()


def _not_there(path: Path) -> AddedFile:
    problem = f"{path.name} was still to be read and is not there any more."
    return AddedFile(path, "", AddStatus.UNREADABLE, message=problem)
