"""The files of a model from where they can be had: each source in turn, hashed on arrival."""

import shutil
from collections.abc import Generator
from pathlib import Path

from desktop_rag.domain import DownloadProgress, Model, ModelFile
from desktop_rag.errors import DownloadFailed
from desktop_rag.ports import ModelFetcher
from desktop_rag.privacy.permissions import private_folder
from desktop_rag.services.manifest import sha256_of


def fetch_files(
    fetcher: ModelFetcher, model: Model, wanted: list[ModelFile], folder: Path
) -> Generator[DownloadProgress, None, None]:
    """Bring these files beside `folder`, and put them into it once all are what they should be."""
    arrivals = folder.parent / ".arriving" / model.name
    if wanted:
        private_folder(arrivals)
        yield from _fetch_from_any(fetcher, model, wanted, arrivals)
    for file in wanted:
        _check_arrival(arrivals / file.path, file, model.name)
    for file in wanted:
        (folder / file.path).parent.mkdir(parents=True, exist_ok=True)
        (arrivals / file.path).replace(folder / file.path)
    shutil.rmtree(arrivals, ignore_errors=True)


def _fetch_from_any(
    fetcher: ModelFetcher, model: Model, wanted: list[ModelFile], arrivals: Path
) -> Generator[DownloadProgress, None, None]:
    failure = DownloadFailed(f"{model.name} has no source to fetch it from.", "Import it instead.")
    for source in model.sources:
        try:
            yield from fetcher.fetch(source, wanted, arrivals)
            return
        except DownloadFailed as error:
            failure = error
    raise failure


def _check_arrival(path: Path, file: ModelFile, name: str) -> None:
    if sha256_of(path) != file.sha256:
        path.unlink()
        raise DownloadFailed(
            f"What arrived as {file.path} of {name} is not what it should be; it was deleted.",
            "Try again; if it happens twice, do not trust the connection.",
        )
