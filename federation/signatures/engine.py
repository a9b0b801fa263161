"""What signing and reading share: pyHanko made quiet, and a PDF opened or refused."""

import io
import logging
from typing import TYPE_CHECKING, Any

from federation.errors import Finding, Refused

if TYPE_CHECKING:
    from pyhanko.pdf_utils.reader import PdfFileReader

for name in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(name).addHandler(logging.NullHandler())  # else its tracebacks stand on the officer's screen


def opened(data: bytes, named: str) -> "PdfFileReader":
    """The PDF of these bytes; `Refused` where they are none, or are locked by a password."""
    from pyhanko.pdf_utils.reader import PdfFileReader

    if not data.startswith(b"%PDF-"):
        raise Refused(f"{named} 不是 PDF 文件", [Finding("文件开头不是 PDF", remedy="用 federation paper make 制作")])
    try:
        reader = PdfFileReader(io.BytesIO(data))
        encrypted, _ = reader.encrypted, reader.root["/Pages"]
    except Exception:  # whatever a damaged file provokes is the file's fault
        raise Refused(f"{named} 不是完好的 PDF 文件", [Finding("文件内部结构读不了", remedy="换一份完好的")]) from None
    if encrypted:
        raise Refused(f"{named} 设了打开口令", [Finding("加密的 PDF 不能签名，也不能核验", remedy="用没有加密的原件")])
    return reader


def common_name(certificate: Any) -> str:
    """Whom a certificate names: the common name of its subject, or the whole subject where it has none."""
    subject = certificate.subject.native
    return str(subject.get("common_name") or certificate.subject.human_friendly)
