"""Signs as minisign does, with `cryptography`; the format is checked against texts of the tool."""

import base64
import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


@dataclass(frozen=True)
class Signer:
    """A secret key with its id."""

    id: bytes = b"\x01\x02\x03\x04\x05\x06\x07\x08"
    secret: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)

    @property
    def key(self) -> str:
        """The public key, in a line."""
        public = self.secret.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        return base64.b64encode(b"Ed" + self.id + public).decode()

    def text(
        self, content: bytes, comment: str = "for the office", algorithm: bytes = b"ED"
    ) -> str:
        """The signature file of this content."""
        signed = hashlib.blake2b(content).digest() if algorithm == b"ED" else content
        signature = self.secret.sign(signed)
        beside = self.secret.sign(signature + comment.encode())
        head = base64.b64encode(algorithm + self.id + signature).decode()
        return (
            f"untrusted comment: nobody vouches for this\n{head}\n"
            f"trusted comment: {comment}\n{base64.b64encode(beside).decode()}\n"
        )

    def sign(self, file: Path, comment: str = "for the office") -> Path:
        """Put a signature beside the file."""
        signature = file.with_name(f"{file.name}.minisig")
        signature.write_text(self.text(file.read_bytes(), comment))
        return signature
