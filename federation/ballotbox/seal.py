"""
Sealing: a ballot is closed to the poll's public key as it arrives, and nobody opens it before the key is rebuilt.

libsodium's sealed box (X25519, XSalsa20-Poly1305, an ephemeral key for every ballot). The private key is SHA-256("key"
‖ secret) of a secret of 128 bits, so that a scrutineer's share of it is twenty words. The only file that knows nacl.
"""

import hashlib
import secrets
from dataclasses import dataclass, field

from nacl import bindings
from nacl.exceptions import CryptoError

from federation.ballotbox.passes import RandomBytes

SECRET_BYTES = 16
OVERHEAD: int = bindings.crypto_box_SEALBYTES
"""How many bytes a seal adds to what it closes."""


@dataclass(frozen=True, slots=True)
class BoxKey:
    """A poll's key pair. The private half lives in a ceremony or an opening and in no file or table."""

    public: bytes
    private: bytes = field(repr=False)

    @classmethod
    def of(cls, secret: bytes) -> "BoxKey":
        """The pair that belongs to a secret."""
        return cls.of_private(hashlib.sha256(b"key\0" + secret).digest())

    @classmethod
    def of_private(cls, private: bytes) -> "BoxKey":
        """The pair of a private key of 32 bytes."""
        return cls(bindings.crypto_scalarmult_base(private), private)

    def opened(self, box: bytes) -> bytes | None:
        """What a sealed box holds; None where it does not open with this key."""
        try:
            return bindings.crypto_box_seal_open(box, self.public, self.private)
        except (CryptoError, TypeError):
            return None


def new_secret(random: RandomBytes = secrets.token_bytes) -> bytes:
    """A fresh secret to make a key pair of."""
    return random(SECRET_BYTES)


def seal(public: bytes, content: bytes, random: RandomBytes | None = None) -> bytes:
    """
    The content, closed to this public key: `OVERHEAD` bytes longer, and different every time.

    `random` is for the demonstration alone: it gives the ephemeral key that libsodium otherwise draws by itself.
    """
    if random is None:
        return bindings.crypto_box_seal(content, public)
    ephemeral = random(32)
    shown = bindings.crypto_scalarmult_base(ephemeral)
    nonce = hashlib.blake2b(shown + public, digest_size=bindings.crypto_box_NONCEBYTES).digest()
    return shown + bindings.crypto_box(content, nonce, public, ephemeral)


def fingerprint(public: bytes) -> str:
    """A public key as it is read aloud and compared: the first 16 hex digits of its SHA-256, in fours."""
    digits = hashlib.sha256(public).hexdigest()[:16]
    return " ".join(digits[start : start + 4] for start in range(0, 16, 4))
