"""A model in a .zip file: an untrusted file, of which nothing is believed.

Its list of contents is judged before anything is written; then each member is read as a stream,
counted, and put under a name that was checked. `ZipFile.extract` is never called.
"""

import io
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from desktop_rag.domain import ImportProgress, ImportStep, Model
from desktop_rag.errors import ModelAltered, ModelError
from desktop_rag.services.disk_room import require_room
from desktop_rag.services.manifest import parse_manifest, read_manifest, sha256_of

TAKEN = (".safetensors", ".onnx", ".json", ".txt", ".model", ".gguf")
MANIFEST = "manifest.toml"
MOST_MEMBERS = 1000
MOST_BYTES = 64_000_000_000
MOST_RATIO = 200  # bytes that a member, or all, may unfold to, for each byte in the pack
_MOST_SMALL = 1 << 20  # below this the ratio of a member says nothing: lists of words pack well
_MOST_NAME = 200  # characters
_MOST_DEPTH = 8
_MOST_LIST = 4 << 20  # bytes of a pack's list of contents, and of any one reading
_BLOCK = 1 << 20
_MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
_ARCHIVES = (
    ".zip", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".zst", ".7z", ".rar", ".whl", ".jar", ".cab",
)  # fmt: skip
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1 | 0x40 | 0x2000
_UTF8 = 0x800
_FORBIDDEN = frozenset('<>:"|?*\\')  # on Windows; "\\" and ":" also lead elsewhere
_OF_MACOS = ("__MACOSX", "._")  # what its packer adds beside each file
_DEVICES = frozenset(
    ["con", "prn", "aux", "nul", *(f"{kind}{n}" for kind in ("com", "lpt") for n in range(10))]
)


class _Refused(Exception):
    """What is wrong with a pack, in words that follow “because”."""


class _Bounded(io.FileIO):
    """A file of which no single reading takes more memory than a pack's list of contents may."""

    def read(self, size: int | None = -1) -> bytes:
        if size is None or size < 0:
            size = _MOST_LIST + 1
        if size > _MOST_LIST + 1:
            raise _Refused("its list of contents is too long")
        return super().read(size) or b""


def is_pack(path: Path) -> bool:
    """Whether the file is named, or begins, like a zip."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return path.suffix.lower() == ".zip" or file.read(4) in _MAGIC


def unpack(pack: Path, folder: Path) -> Generator[ImportProgress, None, tuple[Path, Model | None]]:
    """Unfold a pack into `folder`, which is made: where its model lies, and its own manifest.

    What its manifest names is checked against it. Members of no use (pickles, programs, pictures)
    are left out. Raises ModelError, with the pack's name; the caller removes the folder.
    """
    with _refusals(pack), _Bounded(pack) as file, zipfile.ZipFile(file) as archive:
        members = _judged(archive, pack.stat().st_size)
        total = sum(member.file_size for member, _ in members)
        require_room(folder.parent, total)
        folder.mkdir(mode=0o700)
        done = 0
        for member, place in members:
            target = folder.joinpath(*place.parts)
            target.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(member) as source, target.open("xb") as copy:
                for block in _blocks(source, member):
                    copy.write(block)
                    done += len(block)
                    yield ImportProgress(ImportStep.COPYING, done, total)
        return _found(folder)


@dataclass(frozen=True, slots=True)
class Contents:
    """What a pack says of itself, before anything is believed: names, sizes, what leads it.

    `config` is a config.json in it, b"" without one.
    """

    names: tuple[str, ...]
    unfolded_bytes: int
    manifest: Model | None
    config: bytes


def contents(pack: Path) -> Contents:
    """Look into a pack and unfold nothing but what leads it. Raises ModelError."""
    with _refusals(pack), _Bounded(pack) as file, zipfile.ZipFile(file) as archive:
        members = archive.infolist()[: MOST_MEMBERS + 1]
        leading = {PurePosixPath(member.filename).name: member for member in reversed(members)}
        return Contents(
            tuple(member.filename for member in members),
            sum(member.file_size for member in members),
            _manifest_in(_read_small(archive, leading.get(MANIFEST))),
            _read_small(archive, leading.get("config.json")),
        )


def _read_small(archive: zipfile.ZipFile, member: zipfile.ZipInfo | None) -> bytes:
    if member is None or member.compress_type not in _METHODS or member.file_size > _MOST_SMALL:
        return b""
    with archive.open(member) as source:
        return source.read(_MOST_SMALL)


def _manifest_in(untrusted_content: bytes) -> Model | None:
    with suppress(ModelAltered, ValueError):
        (model,) = parse_manifest(untrusted_content.decode("utf-8"), MANIFEST)
        return model
    return None


@contextmanager
def _refusals(pack: Path) -> Iterator[None]:
    """Raise ModelError for whatever a pack, or the reading of one, ends in."""
    try:
        yield
        return
    except _Refused as refused:
        reason = str(refused)
    except OSError as error:
        reason = f"it could not be unfolded: {error.strerror or error}"
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, RuntimeError) as error:
        reason = f"it is damaged or no zip file ({_plain(str(error)) or type(error).__name__})"
    except (OverflowError, NotImplementedError, LookupError, struct.error) as error:
        reason = f"it is damaged or of a kind that is not read ({type(error).__name__})"
    raise ModelError(
        f"The pack {_plain(pack.name)} was not taken, because {reason}.",
        "Get it anew from somebody you trust, or unfold it yourself and import the folder.",
    )


def _judged(
    archive: zipfile.ZipFile, pack_bytes: int
) -> list[tuple[zipfile.ZipInfo, PurePosixPath]]:
    """The members that are taken, each with its place; all of them were looked at."""
    members = archive.infolist()
    if len(members) > MOST_MEMBERS:
        raise _Refused(f"it holds {len(members)} files, more than {MOST_MEMBERS}")
    total = sum(member.file_size for member in members)
    if total > MOST_BYTES:
        raise _Refused(f"it would unfold to {total} bytes, more than {MOST_BYTES}")
    if total > max(_MOST_SMALL, MOST_RATIO * pack_bytes):
        raise _Refused(f"it would unfold to more than {MOST_RATIO} times its size")
    places = [(member, _place(member)) for member in members]
    _require_each_once([place for member, place in places if not member.is_dir()])
    for member, place in places:
        _judge(member, place)
    return [(member, place) for member, place in places if _is_taken(member, place)]


def _place(member: zipfile.ZipInfo) -> PurePosixPath:
    """The member's name as a path inside a folder."""
    name = member.orig_filename
    if not member.flag_bits & _UTF8 and not name.isascii():
        try:
            name = name.encode("cp437").decode("utf-8")
        except UnicodeError as error:
            raise _Refused("a name in it is not written in UTF-8") from error
    shown = _plain(name)[:60]
    if not name or len(name) > _MOST_NAME or not name.isprintable():
        raise _Refused(f"“{shown}” in it is too long a name, or one with hidden characters")
    parts = name.removesuffix("/").split("/")
    if len(parts) > _MOST_DEPTH or not all(map(_is_plain_name, parts)):
        raise _Refused(f"“{shown}” in it is no name inside a folder")
    return PurePosixPath(*parts)


def _is_plain_name(part: str) -> bool:
    return (
        part == part.rstrip(" .") != ""
        and not _FORBIDDEN & set(part)
        and part.partition(".")[0].casefold() not in _DEVICES
    )


def _require_each_once(places: list[PurePosixPath]) -> None:
    """No two names that a disk may take for one, and no file that is also a folder."""
    plain = [unicodedata.normalize("NFKC", place.as_posix()).casefold() for place in places]
    folders = {parent.as_posix() for path in plain for parent in PurePosixPath(path).parents}
    if len(set(plain)) < len(plain) or folders & set(plain):
        raise _Refused("a name is in it twice")


def _judge(member: zipfile.ZipInfo, place: PurePosixPath) -> None:
    """Raises _Refused for a member that no pack of a model has."""
    kind = stat.S_IFMT(member.external_attr >> 16)
    if kind not in (0, stat.S_IFDIR if member.is_dir() else stat.S_IFREG):
        raise _Refused(f"“{place}” in it is a link or a device, not a file")
    if member.flag_bits & _ENCRYPTED:
        raise _Refused(f"“{place}” in it is encrypted")
    if member.compress_type not in _METHODS:
        raise _Refused(f"“{place}” in it is packed in a way that is not read")
    if place.suffix.lower() in _ARCHIVES:
        raise _Refused(f"“{place}” in it is itself a pack")
    if member.file_size > max(_MOST_SMALL, MOST_RATIO * member.compress_size):
        raise _Refused(f"“{place}” in it would unfold to more than {MOST_RATIO} times its size")


def _is_taken(member: zipfile.ZipInfo, place: PurePosixPath) -> bool:
    if member.is_dir() or any(part.startswith(_OF_MACOS) for part in place.parts):
        return False
    return place.suffix.lower() in TAKEN or place.name == MANIFEST


def _blocks(source: IO[bytes], member: zipfile.ZipInfo) -> Iterator[bytes]:
    """The member's bytes, counted: neither more nor fewer than it says."""
    left = member.file_size
    while block := source.read(_BLOCK):
        left -= len(block)
        if left < 0:
            break
        yield block
    if left:
        raise _Refused("a file in it is not as large as it says")


def _found(folder: Path) -> tuple[Path, Model | None]:
    """The model's folder or GGUF file, and what the pack's manifest says of it."""
    top = folder
    while len(inside := list(top.iterdir())) == 1 and inside[0].is_dir():
        top = inside[0]
    files = [file for file in top.rglob("*") if file.is_file()]
    promised = _checked_manifest(top, files)
    ggufs = [file for file in files if file.suffix.lower() == ".gguf"]
    if len(ggufs) > 1:
        raise _Refused("it holds more than one GGUF file")
    if ggufs and (top / "config.json").exists() and (top / "modules.json").exists():
        raise _Refused("it holds more than one model")
    return (ggufs[0] if ggufs else top), promised


def _checked_manifest(top: Path, files: list[Path]) -> Model | None:
    """The manifest's model, if there is one and each of its files is what it says."""
    manifest = top / MANIFEST
    if not manifest.is_file():
        return None
    if manifest.stat().st_size > _MOST_SMALL:
        raise _Refused("its manifest is too long")
    try:
        (model,) = read_manifest(manifest)
    except (ModelAltered, ValueError) as error:
        raise _Refused("its manifest cannot be read, or is not that of one model") from error
    promised = {top / file.path: file for file in model.files}
    for path in files:
        if path not in promised and path != manifest:
            raise _Refused(f"its manifest does not name “{path.relative_to(top)}”")
    for path, file in promised.items():
        if path not in files and not file.optional:
            raise _Refused(f"“{file.path}” of its manifest is not in it")
        if path in files and sha256_of(path) != file.sha256:
            raise _Refused(f"“{file.path}” is not what its manifest says: it was altered")
    manifest.unlink()
    return model


def _plain(text: str) -> str:
    """One line without control characters, as it may stand in a message."""
    kept = "".join(character if character.isprintable() else "?" for character in text)
    return kept.encode(errors="replace").decode()[:200]
