"""A certificate with its key, as people keep them: PKCS #12 (.p12, .pfx), or both in one PEM file; locked or not."""

import re
from typing import Any

from federation.errors import Finding, Refused

_PRIVATE_KEY = re.compile(rb"-----BEGIN ([A-Z ]*PRIVATE KEY)-----.+?-----END \1-----", re.DOTALL)


def loaded(key: bytes, passphrase: str) -> Any:
    """
    pyHanko's signer of a certificate file; no passphrase is an empty one.

    `Refused` where it is another kind of file; ValueError where the passphrase is wrong or there is no key.
    """
    from pyhanko.sign.signers import SimpleSigner

    if key.lstrip().startswith(b"-----BEGIN") or b"\n-----BEGIN CERTIFICATE" in key:
        key, passphrase = _packed(key, passphrase), ""
    _must_be_pkcs12(key)
    try:
        return SimpleSigner.load_pkcs12_data(key, other_certs=[], passphrase=passphrase.encode() or None)
    except (AttributeError, TypeError) as error:  # a file with a certificate alone
        raise ValueError("no key") from error


def _must_be_pkcs12(key: bytes) -> None:
    from asn1crypto.pkcs12 import Pfx

    try:
        Pfx.load(key)["version"].native  # noqa: B018  # reading is what tells
    except (ValueError, TypeError):
        raise _refusal("不是 PKCS #12 文件，也不是 PEM 文件") from None


def _packed(pem: bytes, passphrase: str) -> bytes:
    """A PEM file as PKCS #12: its key with the certificate made for it, and the others it holds beside them."""
    from cryptography.hazmat.primitives.serialization import NoEncryption, load_pem_private_key, pkcs12
    from cryptography.x509 import load_pem_x509_certificates

    if not (found := _PRIVATE_KEY.search(pem)):
        raise _refusal("这个 PEM 文件里没有私钥")
    try:
        private: Any = load_pem_private_key(found.group(), passphrase.encode() or None)
    except TypeError:  # how a passphrase too many, or none where one is needed, is told
        if not passphrase:
            raise ValueError("locked") from None
        private = load_pem_private_key(found.group(), None)
    try:
        certificates = load_pem_x509_certificates(pem)
    except ValueError:
        certificates = []
    own = [each for each in certificates if each.public_key() == private.public_key()]
    if not own:
        raise _refusal("这个 PEM 文件里没有与私钥相配的证书")
    others = [each for each in certificates if each not in own]
    return pkcs12.serialize_key_and_certificates(None, private, own[0], others, NoEncryption())


def _refusal(problem: str) -> Refused:
    remedy = "证书文件由发证机构给出，扩展名是 .p12 或 .pfx；或把证书和私钥放在同一个 .pem 里。单独的 .cer 里没有私钥"
    return Refused("证书文件不对", [Finding(problem, remedy=remedy)])
