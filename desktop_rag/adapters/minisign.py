"""Signatures as the tool minisign makes them: Ed25519, of the file or of its BLAKE2b hash.

The format is that of minisign's manual. A signature file has four lines: a comment that nothing
vouches for; algorithm (2 bytes), key id (8), signature (64); a trusted comment; and the signature
of the first signature with that comment (64). A public key is one line: "Ed", key id, key (32).
"""

import base64
import binascii
import hashlib
import mmap
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from desktop_rag.errors import ModelError, WrongUsage

_PLAIN, _HASHED = b"Ed", b"ED"  # the file itself is signed (older), or its hash
_ID_BYTES, _KEY_BYTES, _SIGNATURE_BYTES = 8, 32, 64
_HEAD_BYTES = 2 + _ID_BYTES
_TRUSTED = b"trusted comment: "
_MOST_BYTES = 16_384  # of a signature file
_MOST_COMMENT = 500  # characters that are shown of one
_BLOCK = 1 << 22


@dataclass(frozen=True, slots=True)
class _Key:
    id: bytes
    verifier: Ed25519PublicKey


@dataclass(frozen=True, slots=True)
class _Signature:
    """A signature file, taken to pieces and not yet checked."""

    algorithm: bytes
    key_id: bytes
    signature: bytes
    trusted_comment: bytes
    comment_signature: bytes


class Minisign:
    """A `ports.SignatureVerifier`."""

    def key_id(self, key: str) -> str:
        return _shown(_parsed_key(key).id)

    def check(self, file: Path, signature_file: Path, key: str) -> Generator[int, None, str]:
        known = _parsed_key(key)
        try:
            with signature_file.open("rb") as stream:
                found = _parsed_signature(stream.read(_MOST_BYTES + 1))
        except (ValueError, binascii.Error) as error:
            raise _refusal(file, f"{signature_file.name} is no signature of minisign") from error
        if found.key_id != known.id:
            raise _refusal(
                file,
                f"it was signed with another key ({_shown(found.key_id)}) than the one that is "
                f"wanted ({_shown(known.id)})",
            )
        signed_comment = found.signature + found.trusted_comment
        try:
            known.verifier.verify(found.comment_signature, signed_comment)
            if found.algorithm == _HASHED:
                known.verifier.verify(found.signature, (yield from _hash(file)))
            else:
                _verify_plain(known, found, file)
        except InvalidSignature as error:
            raise _refusal(file, "its signature is not valid: it was altered") from error
        return _printable(found.trusted_comment)


def _parsed_key(line: str) -> _Key:
    """Raises WrongUsage for what is no public key of minisign."""
    try:
        content = base64.b64decode(line.strip(), validate=True)
        if len(content) != _HEAD_BYTES + _KEY_BYTES or content[:2] != _PLAIN:
            raise ValueError("another length or kind")
        verifier = Ed25519PublicKey.from_public_bytes(content[_HEAD_BYTES:])
    except (ValueError, binascii.Error) as error:
        raise WrongUsage(
            "This is no public key of minisign.",
            "It is the line that begins with “RW” in the file minisign.pub.",
        ) from error
    return _Key(content[2:_HEAD_BYTES], verifier)


def _parsed_signature(untrusted_content: bytes) -> _Signature:
    """Raises ValueError, binascii.Error for what is no signature file."""
    lines = [line.rstrip(b"\r") for line in untrusted_content.rstrip(b"\r\n").split(b"\n")]
    if len(untrusted_content) > _MOST_BYTES or len(lines) != 4:
        raise ValueError("it does not have four lines")
    head, comment = base64.b64decode(lines[1], validate=True), lines[2]
    comment_signature = base64.b64decode(lines[3], validate=True)
    algorithm, rest = head[:2], head[_HEAD_BYTES:]
    if algorithm not in (_PLAIN, _HASHED) or not comment.startswith(_TRUSTED):
        raise ValueError("it is of another kind")
    if len(rest) != _SIGNATURE_BYTES or len(comment_signature) != _SIGNATURE_BYTES:
        raise ValueError("a signature in it is of another length")
    comment = comment.removeprefix(_TRUSTED)
    return _Signature(algorithm, head[2:_HEAD_BYTES], rest, comment, comment_signature)


def _hash(file: Path) -> Generator[int, None, bytes]:
    """BLAKE2b of 512 bits; yields the bytes that were read so far."""
    digest, done = hashlib.blake2b(), 0
    with file.open("rb") as stream:
        while block := stream.read(_BLOCK):
            digest.update(block)
            done += len(block)
            yield done
    return digest.digest()


def _verify_plain(known: _Key, found: _Signature, file: Path) -> None:
    """The older kind signs all of the file, which is mapped, not read. Raises InvalidSignature."""
    if not file.stat().st_size:
        known.verifier.verify(found.signature, b"")
        return
    with (
        file.open("rb") as stream,
        mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as mapped,
        memoryview(mapped) as content,
    ):
        known.verifier.verify(found.signature, content)


def _shown(key_id: bytes) -> str:
    """As minisign itself shows it: a number, the last byte first."""
    return key_id[::-1].hex().upper()


def _printable(comment: bytes) -> str:
    text = comment.decode("utf-8", "replace")
    return "".join(one if one.isprintable() else "?" for one in text)[:_MOST_COMMENT]


def _refusal(file: Path, reason: str) -> ModelError:
    return ModelError(
        f"{file.name} was not taken, because {reason}.",
        "Ask whoever gave you the pack, or the administrator of this computer, for one that is "
        "signed with the right key.",
    )
