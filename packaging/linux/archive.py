"""The portable archive: the program's folder with a launcher's files, to be unpacked anywhere."""

import io
import os
import tarfile
from pathlib import Path

import pyarrow

from linux.deb import HERE, ICON, ID, ROOT, version

_LEVEL = 9  # of zstd: with 15 it takes minutes on two cores and becomes a few hundredths smaller


def make(folder: Path, edition: str, target: Path) -> Path:
    """Pack it; returns the .tar.zst. The same folder gives the same bytes."""
    name = f"desktop-rag-{'gpu-' if edition == 'gpu' else ''}{version()}-linux-x86_64"
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w", format=tarfile.PAX_FORMAT) as packed:
        for path in [folder, *sorted(folder.rglob("*"))]:
            packed.add(path, f"{name}/{path.relative_to(folder)}", recursive=False, filter=_even)
        for text in (HERE / f"{ID}.desktop", ICON, HERE / "README.txt", ROOT / "LICENSE"):
            packed.add(text, f"{name}/{text.name}", filter=_even)
    made = target / f"{name}.tar.zst"
    codec = pyarrow.Codec("zstd", compression_level=_LEVEL)
    made.write_bytes(codec.compress(stream.getbuffer(), asbytes=True))
    return made


def _even(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = "root"
    entry.mtime = int(os.environ["SOURCE_DATE_EPOCH"])
    entry.mode = 0o755 if entry.isdir() or entry.mode & 0o100 else 0o644
    return entry
