"""The files of a vault: each sealed by AES-256-GCM, and a manifest that names them all.

`head` names the manifest, the manifest names every other file with what it must hold. A change
writes new files, then a new manifest, then a new head, which is the moment that counts; old files
go last. No file is ever written twice, so that a crash leaves the state before or after a change.

Each file has a key of its own, derived from the vault's and the file's random name, and is bound
to what the manifest says of it: one that was changed, cut, swapped or taken from elsewhere does not
open. What can be told from outside: how many files there are, and how large, to 4 KiB.
"""

import errno
import json
import os
import re
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import RLock
from typing import Any

import pyarrow as pa
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from desktop_rag.adapters.vault_header import HEAD, subkey
from desktop_rag.adapters.vault_witness import Witness
from desktop_rag.domain import VaultKey
from desktop_rag.errors import LibraryError, VaultDamaged
from desktop_rag.privacy.permissions import force_folder, write_private_bytes

_ENDING = ".sealed"
_NAME = re.compile(r"[0-9a-f]{32}")
_NONCE_BYTES = 12
_BLOCK = 4096
_MOST_BYTES = 2**31 - 1 - _BLOCK  # of one file: what AES-GCM of `cryptography` takes


@dataclass(frozen=True, slots=True)
class Segment:
    """One sealed file, as the manifest knows it.

    Attributes:
        name: random, its file is called after it.
        kind: "ledger" or "chunks".
        table, document_id, rows: of chunks: whose they are and how many; else "" and 0.
        size: bytes of what is sealed in it.
        packed: bytes of it, compressed.
    """

    name: str
    kind: str
    table: str
    document_id: str
    rows: int
    size: int
    packed: int


@dataclass(frozen=True, slots=True)
class Draft:
    """What is to become a segment."""

    kind: str
    content: bytes
    table: str = ""
    document_id: str = ""
    rows: int = 0


class SealedFiles:
    """An open vault's files. Any thread may ask; one change is made at a time.

    Whoever opens it holds the vault's lock, and closes it before letting go of that. Raises
    VaultDamaged if head or manifest do not open, VaultOlder if it has gone back.
    """

    def __init__(self, folder: Path, key: VaultKey, witness: Witness) -> None:
        self.folder = folder
        self._key = key
        self._witness = witness
        self._lock = RLock()
        self._generation, self._manifest, self._segments = 0, "", dict[str, Segment]()
        self._refusal = ""
        self._open()
        witness.refuse_older(key.vault_id, self._generation)

    @staticmethod
    def found(folder: Path, key: VaultKey) -> None:
        """Write the head and the empty manifest of a new vault. Raises OSError."""
        _, head = _Writing(folder, key).write_manifest(1, ())
        write_private_bytes(folder / HEAD, head)

    def segments(self, kind: str) -> list[Segment]:
        """All of a kind, in the order in which they came."""
        with self._lock:
            return [one for one in self._segments.values() if one.kind == kind]

    def content(self, segment: Segment) -> bytes:
        """What was sealed. Raises VaultDamaged."""
        bound = _bound(self._key, segment)
        packed = self._opened(f"{segment.name}{_ENDING}", segment.name, bound)[: segment.packed]
        try:
            return pa.decompress(packed, segment.size, codec="zstd", asbytes=True)  # type: ignore[no-any-return]
        except (OSError, ValueError) as error:
            raise self._damaged(segment.name, "is damaged") from error

    def change(self, drafts: Sequence[Draft], dropped: Sequence[Segment] = ()) -> list[Segment]:
        """Seal the drafts and drop others, in one step that is on the disk when this returns.

        Raises LibraryError if the disk is full or cannot be written; nothing has changed then,
        or nothing more can be changed until the vault is opened again.
        """
        with self._lock, _write_errors(self.folder):
            if self._refusal:
                raise LibraryError(self._refusal, "Lock the vault and open it again.")
            writing = _Writing(self.folder, self._key)
            try:
                fresh = [writing.seal(draft) for draft in drafts]
                gone = {segment.name for segment in dropped}
                kept = {key: one for key, one in self._segments.items() if key not in gone}
                kept |= {segment.name: segment for segment in fresh}
                manifest, head = writing.write_manifest(self._generation + 1, tuple(kept.values()))
            except BaseException:
                writing.undo()
                raise
            self._put_head(head, writing)
            self._generation, self._manifest, self._segments = self._generation + 1, manifest, kept
            self._clear()
            self._witness.note(self._key.vault_id, self._generation)
            return fresh

    def give_up(self, reason: str) -> None:
        """Let nothing be changed any more: what is in memory may not be what is sealed."""
        self._refusal = self._refusal or reason

    def close(self) -> None:
        """Wait for a change that is under way; no other is made after that."""
        with self._lock:
            self.give_up("The vault is locked.")

    def _put_head(self, head: bytes, writing: "_Writing") -> None:
        """The moment that counts: before it nothing has changed, after it all has.

        If it is not known whether the disk has it, nothing is deleted, and no more is changed.
        """
        try:
            write_private_bytes(self.folder / HEAD, head)
        except BaseException:
            if self._has_head(head):
                self.give_up("The disk did not confirm the last change of the vault.")
            else:
                writing.undo()
            raise

    def _has_head(self, head: bytes) -> bool:
        try:
            return (self.folder / HEAD).read_bytes() == head
        except OSError:
            return True  # it may have it

    def _open(self) -> None:
        head = self._json(HEAD, HEAD, b"head")
        self._generation, self._manifest = int(head["generation"]), str(head["manifest"])
        bound = f"manifest {self._generation}".encode()
        listed = self._json(f"{self._manifest}{_ENDING}", self._manifest, bound)["segments"]
        self._segments = {item["name"]: Segment(**item) for item in listed}

    def _json(self, file: str, name: str, bound: bytes) -> dict[str, Any]:
        content: dict[str, Any] = json.loads(self._opened(file, name, bound).rstrip(b"\0"))
        return content

    def _opened(self, file: str, name: str, bound: bytes) -> bytes:
        try:
            sealed = (self.folder / file).read_bytes()
        except FileNotFoundError as error:
            raise self._damaged(name, "is not there") from error
        except OSError as error:
            if error.errno == errno.EIO:
                raise self._damaged(name, "cannot be read from the disk") from error
            raise LibraryError(
                f"The vault in {self.folder} cannot be read: {error.strerror}.",
                "Check that its disk is there and that you may read it.",
            ) from error
        cipher = AESGCM(subkey(self._key, name))
        try:
            return cipher.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], bound)
        except (InvalidTag, ValueError) as error:
            raise self._damaged(name, "is not what was written") from error

    def _damaged(self, name: str, what: str) -> VaultDamaged:
        file = name if name == HEAD else f"{name}{_ENDING}"
        return VaultDamaged(
            f"The vault in {self.folder} is damaged or was changed: its file “{file}” {what}.",
            "Nothing of it is shown. Restore the whole folder from a backup, or let "
            "“desktop-rag vault repair” drop what cannot be trusted.",
        )

    def _clear(self) -> None:
        """Delete what the manifest does not name: dropped files, and what a crash left.

        Never before a first change: a head put back from a backup may name too little.
        """
        named = {f"{name}{_ENDING}" for name in (*self._segments, self._manifest)}
        with suppress(OSError):  # the next change deletes it
            for file in [*self.folder.iterdir()]:
                is_ours = file.suffix == _ENDING and _NAME.fullmatch(file.stem)
                is_half = file.name.startswith(f".{HEAD}.")
                if (is_ours and file.name not in named) or is_half:
                    with suppress(OSError):  # open elsewhere, on Windows
                        file.unlink()


class _Writing:
    """One change under way: the files that it has made."""

    def __init__(self, folder: Path, key: VaultKey) -> None:
        self._folder = folder
        self._key = key
        self._made: list[Path] = []

    def seal(self, draft: Draft) -> Segment:
        packed = pa.compress(draft.content, codec="zstd", asbytes=True)
        if len(packed) > _MOST_BYTES:
            raise LibraryError(
                "A part of this vault would be larger than 2 GB.", "Divide it into several vaults."
            )
        segment = Segment(
            secrets.token_hex(16),
            draft.kind,
            draft.table,
            draft.document_id,
            draft.rows,
            len(draft.content),
            len(packed),
        )
        self._write(segment.name, packed, _bound(self._key, segment))
        return segment

    def write_manifest(self, generation: int, segments: Sequence[Segment]) -> tuple[str, bytes]:
        """Write the manifest; returns its name, and the head that is to name it."""
        name = secrets.token_hex(16)
        listed = json.dumps({"segments": [asdict(segment) for segment in segments]})
        self._write(name, listed.encode(), f"manifest {generation}".encode())
        force_folder(self._folder)
        head = json.dumps({"generation": generation, "manifest": name}).encode()
        return name, _sealed(self._key, HEAD, head, b"head")

    def undo(self) -> None:
        for file in self._made:
            with suppress(OSError):
                file.unlink(missing_ok=True)

    def _write(self, name: str, content: bytes, bound: bytes) -> None:
        file = self._folder / f"{name}{_ENDING}"
        self._made.append(file)
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as stream:
            stream.write(_sealed(self._key, name, content, bound))
            stream.flush()
            os.fsync(stream.fileno())


def _sealed(key: VaultKey, name: str, content: bytes, bound: bytes) -> bytes:
    nonce = os.urandom(_NONCE_BYTES)
    padded = content.ljust(_padded(len(content)), b"\0")
    return nonce + AESGCM(subkey(key, name)).encrypt(nonce, padded, bound)


def _padded(length: int) -> int:
    return -(-length // _BLOCK) * _BLOCK


def _bound(key: VaultKey, segment: Segment) -> bytes:
    """What a segment is bound to: its vault and all that the manifest says of it."""
    return json.dumps([key.vault_id, asdict(segment)], sort_keys=True).encode()


@contextmanager
def _write_errors(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        full = error.errno == errno.ENOSPC
        hint = (
            "Free some space on the disk" if full else "Check that its disk is there and writable"
        )
        raise LibraryError(
            f"The vault in {folder} cannot be written: {error.strerror}.",
            f"{hint}, and try again.",
        ) from error
