"""The header of a vault: its random data key, wrapped by the passphrase and by the recovery key.

The wrapping key comes from the passphrase by Argon2id (RFC 9106), or from the recovery key, which
is random and needs no stretching, by HKDF (RFC 5869). Both wrap by AES-256-GCM, bound to the vault
and to the numbers of the derivation. The header ends in its own SHA-256, so that a damaged one is
not taken for a wrong passphrase.
"""

import base64
import hashlib
import json
import os
import re
import secrets
import unicodedata
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from argon2.exceptions import HashingError
from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from desktop_rag.domain import VaultKey
from desktop_rag.errors import LibraryError, VaultDamaged, WrongPassphrase
from desktop_rag.privacy.permissions import write_private

HEADER, HEAD = "header", "head"  # files of a vault; the second is `sealed_files`'
KEY_BYTES = 32
_VERSION = 1
_MAGIC = f"desktop-rag vault {_VERSION}"
_ANY_MAGIC = re.compile(rb"desktop-rag vault ([0-9]{1,6})\n")
_NONCE_BYTES = 12
_SALT_BYTES = 16
_WRAPPED_BYTES = _NONCE_BYTES + KEY_BYTES + 16  # with the tag of GCM
_RECOVERY_BYTES = 20
_RECOVERY_CHECK = 5  # bytes: with the key, 40 letters of base32
_LETTERS_A_GROUP = 4


@dataclass(frozen=True, slots=True)
class Stretching:
    """How much work Argon2id makes of a passphrase: about a second on two cores in 2026."""

    memory_kib: int = 262_144
    passes: int = 3
    lanes: int = 2

    def is_bearable(self) -> bool:
        """Whether a header may ask for it: a forged one could ask for all memory."""
        return (
            all(type(number) is int for number in (self.memory_kib, self.passes, self.lanes))
            and 8 * self.lanes <= self.memory_kib <= 2_097_152
            and 1 <= self.passes <= 50
            and 1 <= self.lanes <= 16
        )


@dataclass(frozen=True, slots=True)
class _Header:
    vault_id: str
    stretching: Stretching
    salt: bytes
    by_passphrase: bytes
    by_recovery_key: bytes


def create(folder: Path, passphrase: str, stretching: Stretching) -> tuple[VaultKey, str]:
    """Write the header of a new vault, named as its folder; returns its key and recovery key."""
    key = VaultKey(folder.name, os.urandom(KEY_BYTES))
    recovery = os.urandom(_RECOVERY_BYTES)
    wrapped = _wrap(_from_recovery(recovery, key.vault_id), key, b"recovery")
    _write(folder, _with_passphrase(key, passphrase, stretching, wrapped))
    return key, _recovery_text(recovery)


def unlock(folder: Path, passphrase: str) -> VaultKey:
    """The vault's key. Raises WrongPassphrase, VaultDamaged."""
    header = _read(folder)
    wrapping = _from_passphrase(passphrase, header.salt, header.stretching)
    bound = _bound(header.stretching, header.salt)
    return _unwrap(wrapping, header.vault_id, header.by_passphrase, bound, "passphrase")


def unlock_by_recovery_key(folder: Path, recovery_key: str) -> VaultKey:
    """The vault's key. Raises WrongPassphrase, VaultDamaged."""
    header = _read(folder)
    wrapping = _from_recovery(_recovery_bytes(recovery_key), header.vault_id)
    return _unwrap(wrapping, header.vault_id, header.by_recovery_key, b"recovery", "recovery key")


def change_passphrase(folder: Path, key: VaultKey, passphrase: str, stretching: Stretching) -> None:
    """Let another passphrase open the vault; the recovery key stays. Whole or not at all."""
    kept = _read(folder).by_recovery_key
    _write(folder, _with_passphrase(key, passphrase, stretching, kept))


def renew_recovery_key(folder: Path, key: VaultKey) -> str:
    """Let another recovery key open the vault, which is returned; the old one opens it no more."""
    recovery = os.urandom(_RECOVERY_BYTES)
    wrapped = _wrap(_from_recovery(recovery, key.vault_id), key, b"recovery")
    _write(folder, replace(_read(folder), by_recovery_key=wrapped))
    return _recovery_text(recovery)


def subkey(key: VaultKey, purpose: str) -> bytes:
    """A key for one purpose, from the vault's."""
    return _derived(key.data_key, f"{_MAGIC} {key.vault_id} {purpose}")


def _with_passphrase(
    key: VaultKey, passphrase: str, stretching: Stretching, by_recovery_key: bytes
) -> _Header:
    salt = os.urandom(_SALT_BYTES)
    wrapping = _from_passphrase(passphrase, salt, stretching)
    wrapped = _wrap(wrapping, key, _bound(stretching, salt))
    return _Header(key.vault_id, stretching, salt, wrapped, by_recovery_key)


def _from_passphrase(passphrase: str, salt: bytes, stretching: Stretching) -> bytes:
    typed = unicodedata.normalize("NFC", passphrase)  # keyboards differ in how they make an “é”
    try:
        return hash_secret_raw(
            typed.encode("utf-8", "surrogatepass"),
            salt,
            time_cost=stretching.passes,
            memory_cost=stretching.memory_kib,
            parallelism=stretching.lanes,
            hash_len=KEY_BYTES,
            type=Type.ID,
        )
    except (HashingError, MemoryError) as error:
        raise LibraryError(
            f"A vault needs {stretching.memory_kib // 1024} MB of memory to be opened.",
            "Close other programs and try again.",
        ) from error


def _from_recovery(recovery: bytes, vault_id: str) -> bytes:
    return _derived(recovery, f"{_MAGIC} {vault_id} recovery")


def _derived(secret: bytes, purpose: str) -> bytes:
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=purpose.encode()).derive(secret)


def _wrap(wrapping: bytes, key: VaultKey, bound: bytes) -> bytes:
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + AESGCM(wrapping).encrypt(nonce, key.data_key, key.vault_id.encode() + bound)


def _unwrap(wrapping: bytes, vault_id: str, wrapped: bytes, bound: bytes, what: str) -> VaultKey:
    nonce, sealed = wrapped[:_NONCE_BYTES], wrapped[_NONCE_BYTES:]
    try:
        return VaultKey(
            vault_id, AESGCM(wrapping).decrypt(nonce, sealed, vault_id.encode() + bound)
        )
    except InvalidTag as error:
        raise WrongPassphrase(
            f"This {what} does not open the vault.", "Type it again; capitals count."
        ) from error


def _bound(stretching: Stretching, salt: bytes) -> bytes:
    return f" {stretching.memory_kib} {stretching.passes} {stretching.lanes} ".encode() + salt


def _recovery_text(recovery: bytes) -> str:
    check = hashlib.sha256(recovery).digest()[:_RECOVERY_CHECK]
    letters = base64.b32encode(recovery + check).decode()
    return "-".join(re.findall(f".{{{_LETTERS_A_GROUP}}}", letters))


def _recovery_bytes(text: str) -> bytes:
    letters = re.sub(r"[\s\-–]", "", text).upper().replace("0", "O").replace("1", "I")
    try:
        both = base64.b32decode(letters)
    except ValueError:
        both = b""
    recovery, check = both[:_RECOVERY_BYTES], both[_RECOVERY_BYTES:]
    expected = hashlib.sha256(recovery).digest()[:_RECOVERY_CHECK]
    if len(check) != _RECOVERY_CHECK or not secrets.compare_digest(check, expected):
        raise WrongPassphrase(
            "This is no recovery key, or a letter of it is wrong.",
            "It has ten groups of four letters and digits; compare it with the printed one.",
        )
    return recovery


def _write(folder: Path, header: _Header) -> None:
    values = {
        "id": header.vault_id,
        "memory_kib": header.stretching.memory_kib,
        "passes": header.stretching.passes,
        "lanes": header.stretching.lanes,
        "salt": header.salt.hex(),
        "by_passphrase": header.by_passphrase.hex(),
        "by_recovery_key": header.by_recovery_key.hex(),
    }
    lines = f"{_MAGIC}\n{json.dumps(values)}\n"
    write_private(folder / HEADER, lines + hashlib.sha256(lines.encode()).hexdigest() + "\n")


def _read(folder: Path) -> _Header:
    """The header, if it is whole. Raises VaultDamaged, LibraryError."""
    try:
        content = (folder / HEADER).read_bytes()
    except FileNotFoundError as error:
        raise _damaged(folder, "is not there") from error
    except OSError as error:
        raise LibraryError(
            f"The vault in {folder} cannot be read: {error.strerror}.", "Check its rights."
        ) from error
    _refuse_newer(folder, content)  # first: a newer one may be checked in another way
    lines, check = content[:-65], content[-65:]
    if check != hashlib.sha256(lines).hexdigest().encode() + b"\n":
        raise _damaged(folder, "is damaged")
    magic, _, rest = lines.decode("utf-8", "replace").partition("\n")
    if magic != _MAGIC:
        raise _damaged(folder, "is damaged")
    try:
        return _from_values(folder, json.loads(rest))
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise _damaged(folder, "is damaged") from error


def _refuse_newer(folder: Path, content: bytes) -> None:
    found = _ANY_MAGIC.match(content)
    if found is not None and int(found[1]) > _VERSION:
        raise LibraryError(
            f"The vault in {folder} was made by a newer Desktop RAG.",
            "Install the newer version to open it; nothing was changed.",
        )


def _from_values(folder: Path, values: dict[str, Any]) -> _Header:
    stretching = Stretching(values["memory_kib"], values["passes"], values["lanes"])
    header = _Header(
        values["id"],
        stretching,
        bytes.fromhex(values["salt"]),
        bytes.fromhex(values["by_passphrase"]),
        bytes.fromhex(values["by_recovery_key"]),
    )
    lengths = [len(part) for part in (header.salt, header.by_passphrase, header.by_recovery_key)]
    fits = lengths == [_SALT_BYTES, _WRAPPED_BYTES, _WRAPPED_BYTES]
    if not fits or not stretching.is_bearable() or header.vault_id != folder.name:
        raise ValueError("it asks for too much, is cut, or is another vault's")
    return header


def _damaged(folder: Path, what: str) -> VaultDamaged:
    return VaultDamaged(
        f"The header of the vault in {folder} {what}: without it nothing can be opened.",
        f"Restore the file “{HEADER}” of this vault from a backup.",
    )
