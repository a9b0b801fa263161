"""Certificates with their keys, made when a test asks for them: none is kept in a file."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509.oid import NameOID

PASSPHRASE = "口令 一二三"


@dataclass(frozen=True)
class Holder:
    """Somebody with a certificate; `p12` is the file that she signs with."""

    name: str
    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)

    @property
    def p12(self) -> bytes:
        encryption = BestAvailableEncryption(PASSPHRASE.encode())
        return pkcs12.serialize_key_and_certificates(None, self.key, self.certificate, None, encryption)

    @property
    def open_p12(self) -> bytes:
        """The same file without a passphrase."""
        return pkcs12.serialize_key_and_certificates(None, self.key, self.certificate, None, NoEncryption())

    def key_pem(self, passphrase: str = "") -> bytes:
        """Her key alone, as PEM."""
        encryption = BestAvailableEncryption(passphrase.encode()) if passphrase else NoEncryption()
        return self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, encryption)


@cache
def holder(name: str, until: int = 2030, issuer: str = "") -> Holder:
    """A certificate from 2020 to the end of a year, signed by itself or by an authority of this name."""
    key = ec.generate_private_key(ec.SECP256R1())
    above = holder(issuer) if issuer else None
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(above.certificate.subject if above else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(until, 12, 31, tzinfo=UTC))
        .add_extension(x509.BasicConstraints(ca=not issuer, path_length=None), critical=True)
        .sign(above.key if above else key, hashes.SHA256())
    )
    return Holder(name, certificate, key)
