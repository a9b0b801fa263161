"""What the signatures on a paper say, and which of it could be checked."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from federation.clock import BEIJING
from federation.errors import Finding, Refused
from federation.signatures.engine import common_name, opened


@dataclass(frozen=True, slots=True)
class SignatureFacts:
    """One signature: whom the certificate names, what the signer states, and what could be checked."""

    subject: str
    issuer: str
    stated: str
    """The name that the signer gave herself; may be empty."""
    at: str
    """The moment that the signer states, in Beijing; nobody else vouches for it. Empty where there is none."""
    sha256: str
    """Of the certificate."""
    intact: bool
    """What was signed is unchanged, and was signed with the key of this certificate."""
    untouched: bool
    """Since then nothing but further signatures was added."""
    self_signed: bool
    trusted: bool | None
    """Whether the certificate leads to a root that the reader named; None where she named none."""

    @property
    def holds(self) -> bool:
        return self.intact and self.untouched


def signatures(paper: bytes, named: str, roots: Sequence[Any] = ()) -> list[SignatureFacts]:
    """The signatures on a paper in the order of signing; `Refused` where the file is no PDF."""
    return [facts_of(each, roots) for each in opened(paper, named).embedded_signatures]


def roots_of(given: bytes, named: str) -> list[Any]:
    """The certificates of a file (PEM or DER) that a reader trusts; `Refused` where there are none."""
    from pyhanko.keys.pemder import load_certs_from_pemder_data

    try:
        found = list(load_certs_from_pemder_data(given))
        [certificate.subject.native for certificate in found]
    except (ValueError, TypeError):
        found = []
    if not found:
        raise Refused(
            f"{named} 里没有证书", [Finding("不是 PEM 或 DER 证书", remedy="向发证机构要根证书（.cer、.pem）")]
        )
    return found


def facts_of(signature: Any, roots: Sequence[Any] = ()) -> SignatureFacts:
    """One signature, checked without network: no revocation is asked for."""
    certificate = signature.signer_cert
    status = _status(signature, roots)
    at = status.signer_reported_dt if status else None
    return SignatureFacts(
        subject=common_name(certificate),
        issuer=str(certificate.issuer.native.get("common_name") or certificate.issuer.human_friendly),
        stated=str(signature.sig_object.get("/Name", "")),
        at=at.astimezone(BEIJING).strftime("%Y-%m-%d %H:%M") if at else "",
        sha256=certificate.sha256.hex(),
        intact=bool(status and status.intact and status.valid),
        untouched=bool(status and _untouched(status)),
        self_signed=certificate.subject == certificate.issuer,
        trusted=bool(status and status.trusted) if roots else None,
    )


_SIGNING = {"non_repudiation", "digital_signature"}
"""What a certificate may be for, one of them, to sign a paper."""


def _status(signature: Any, roots: Sequence[Any]) -> Any:
    """What pyHanko finds; None where the signature cannot even be read."""
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.settings import KeyUsageConstraints
    from pyhanko_certvalidator import ValidationContext

    limited = signature.signer_cert.key_usage_value is not None  # a certificate that says nothing may sign
    usage = KeyUsageConstraints(key_usage=_SIGNING if limited else set(), match_all_key_usages=False)
    context = ValidationContext(trust_roots=list(roots), allow_fetching=False, moment=signature.self_reported_timestamp)
    try:
        return validate_pdf_signature(signature, context, key_usage_settings=usage)
    except Exception:  # a signature that a stranger wrote may provoke anything; none of it makes the signature good
        return None


def _untouched(status: Any) -> bool:
    from pyhanko.sign.diff_analysis import ModificationLevel
    from pyhanko.sign.validation import SignatureCoverageLevel

    covered = status.coverage in (SignatureCoverageLevel.ENTIRE_FILE, SignatureCoverageLevel.ENTIRE_REVISION)
    return covered and status.modification_level in (ModificationLevel.NONE, ModificationLevel.FORM_FILLING)
