"""A paper signed with a certificate and its key."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from federation.errors import Finding, Refused, refuse_if
from federation.signatures.engine import common_name, opened

if TYPE_CHECKING:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.pdf_utils.reader import PdfFileReader

NEWEST = (1, 7)
"""The version of PDF that a signed paper claims at most: PDF/A-2 knows no newer one."""


@dataclass(frozen=True, slots=True)
class Signed:
    """A paper with one more signature, and whom its certificate names."""

    content: bytes
    by: str
    number: int
    """How many signatures it has now."""


def sign(paper: bytes, named: str, key: bytes, passphrase: str, at: datetime, stated: str = "") -> Signed:
    """
    The paper with a signature added behind its bytes.

    `at` is the moment that the signature states; `stated` a name that the signer gives herself (the certificate says
    who she is). Refused: a file that is no PDF, a wrong passphrase or key file, a certificate outside of its time, one
    that has signed before, and a paper whose earlier signatures no longer hold.
    """
    reader = opened(paper, named)
    signer = _signer(key, passphrase)
    refuse_if(f"不能签署 {named}", [*_time_findings(signer.signing_cert, at), *_earlier(reader, signer.signing_cert)])
    number = len(reader.embedded_signatures) + 1
    return Signed(_written(reader, signer, _free_field(reader), at, stated), common_name(signer.signing_cert), number)


def needs_passphrase(key: bytes) -> bool:
    """True where a certificate file does not open without a passphrase; `Refused` where it is no such file."""
    from federation.signatures.keyfiles import loaded

    try:
        loaded(key, "")
    except ValueError:
        return True
    return False


def _signer(key: bytes, passphrase: str) -> Any:
    """The certificate with its key; `Refused` says whether the file or the passphrase is wrong, as far as it can."""
    from federation.signatures.keyfiles import loaded

    try:
        return loaded(key, passphrase)
    except ValueError:
        problem = "口令不对，或者文件里没有私钥"
        raise Refused("打不开证书文件", [Finding(problem, remedy="核对口令后再试；本次未作任何改动")]) from None


def _time_findings(certificate: Any, at: datetime) -> Iterator[Finding]:
    if not certificate.not_valid_before <= at <= certificate.not_valid_after:
        begins, ends = (day.date().isoformat() for day in (certificate.not_valid_before, certificate.not_valid_after))
        problem = f"证书（{common_name(certificate)}）的有效期是 {begins} 至 {ends}"
        yield Finding(problem, "只有有效期内的证书可以签署", "向发证机构换领证书")


def _earlier(reader: "PdfFileReader", certificate: Any) -> Iterator[Finding]:
    """Why the signatures already there forbid one more."""
    from federation.signatures.reading import facts_of

    for signature in reader.embedded_signatures:
        facts = facts_of(signature)
        if facts.sha256 == certificate.sha256.hex():
            yield Finding(f"这张证书（{facts.subject}）已经签过", "每人只签一次", "由下一位签署人签")
        if not facts.holds:
            yield Finding(f"已有的签名（{facts.subject}）不完好", "签过以后的文书不得改动", "用没有改动过的一份")


def _free_field(reader: "PdfFileReader") -> str:
    from pyhanko.sign.fields import enumerate_sig_fields

    taken = {name for name, _, _ in enumerate_sig_fields(reader)}
    return next(name for number in range(1, len(taken) + 2) if (name := f"Signature{number}") not in taken)


def _written(reader: "PdfFileReader", signer: Any, field: str, at: datetime, stated: str) -> bytes:
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
    from pyhanko.sign.general import SigningError
    from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner

    class SignerAt(PdfSigner):
        """A signer whose clock is ours."""

        def init_signing_session(self, *args: Any, **kwargs: Any) -> Any:
            session = super().init_signing_session(*args, **kwargs)
            session.system_time = at
            return session

    metadata = PdfSignatureMetadata(
        field_name=field, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES, name=stated or None
    )
    out = io.BytesIO()
    try:
        SignerAt(metadata, signer, new_field_spec=SigFieldSpec(field)).sign_pdf(_writer(reader), output=out)
    except (PdfError, SigningError):
        problem, remedy = "这份 PDF 不接受再加签名", "用 federation paper make 制作的原件"
        raise Refused("不能签署", [Finding(problem, remedy=remedy)]) from None
    return out.getvalue()


def _writer(reader: "PdfFileReader") -> "IncrementalPdfFileWriter":
    """A writer that adds a signature and touches nothing else: title, dates and claims of the paper stay."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    class Writer(IncrementalPdfFileWriter):
        def ensure_output_version(self, version: tuple[int, int]) -> None:
            super().ensure_output_version(min(version, NEWEST))  # type: ignore[no-untyped-call]

        def _update_meta(self) -> None:
            """Leave the paper's own dates."""

    return Writer.from_reader(reader)
