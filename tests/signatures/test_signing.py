"""Papers signed one after another, and everything that somebody may have done to a paper in between."""

import io
import re
from datetime import datetime
from functools import cache

import pypdfium2
import pytest
from pyhanko.pdf_utils.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    StreamObject,
    pdf_name,
    pdf_string,
)
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigFieldSpec
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner

from federation import documents
from federation.clock import BEIJING
from federation.documents import samples
from federation.documents.fonts import pip_fonts
from federation.errors import Refused
from federation.signatures import needs_passphrase, only_signed_since, roots_of, sign, signatures
from tests.certificates import PASSPHRASE, Holder, holder

AT = datetime(2020, 12, 1, 9, 30, tzinfo=BEIJING)


@cache
def paper() -> bytes:
    return documents.render("result_notice", samples.made_up("result_notice"), fonts=pip_fonts())


def signed(by: Holder, on: bytes | None = None, stated: str = "") -> bytes:
    return sign(on or paper(), "公告.pdf", by.p12, PASSPHRASE, AT, stated).content


def refusal(on: bytes, by: Holder, passphrase: str = PASSPHRASE, at: datetime = AT) -> str:
    with pytest.raises(Refused) as refused:
        sign(on, "公告.pdf", by.p12, passphrase, at)
    return str(refused.value)


def test_a_signature_is_added_behind_the_bytes_of_the_paper():
    """So the paper that was made is still in it, byte for byte."""
    made = signed(holder("甲"), stated="主任")
    assert made.startswith(paper())
    (found,) = signatures(made, "公告.pdf")
    assert (found.subject, found.issuer, found.stated, found.at) == ("甲", "甲", "主任", "2020-12-01 09:30")
    assert found.holds
    assert (found.self_signed, found.trusted) == (True, None)
    assert only_signed_since(made, len(paper()), "公告.pdf")
    assert b"/SubFilter/ETSI.CAdES.detached" in made.replace(b" ", b"")


def test_several_sign_in_turn_and_the_earlier_signatures_hold():
    made = signed(holder("丙"), signed(holder("乙"), signed(holder("甲"))))
    assert [each.subject for each in signatures(made, "公告.pdf")] == ["甲", "乙", "丙"]
    assert all(each.holds for each in signatures(made, "公告.pdf"))
    assert only_signed_since(made, len(paper()), "公告.pdf")


def test_a_signature_changes_nothing_that_is_seen_and_nothing_that_the_paper_claims():
    """No stamp, no later date, no newer PDF than the archive takes."""
    made = signed(holder("甲"))
    with pypdfium2.PdfDocument(paper()) as before, pypdfium2.PdfDocument(made) as after:
        assert after.get_metadata_dict() == before.get_metadata_dict()
        assert bytes(after[0].render().buffer) == bytes(before[0].render().buffer)
    claimed = [paper()[5:8], *re.findall(rb"/Version ?/(\S+)", made[len(paper()) :])]
    assert set(claimed) == {b"1.7"}


@pytest.mark.parametrize(("trusted", "expected"), [((), None), (("局",), True), (("乙",), False), (("甲",), False)])
def test_whom_a_certificate_is_trusted_by_is_for_the_reader_to_say(trusted: tuple[str, ...], expected: bool | None):
    made = signed(holder("代表局发证", issuer="局"))
    roots = [root for name in trusted for root in roots_of(holder(name).pem, "根.pem")]
    (found,) = signatures(made, "公告.pdf", roots)
    assert (found.trusted, found.self_signed, found.issuer) == (expected, False, "局")
    assert found.holds


def test_a_file_without_a_certificate_gives_nothing_to_trust():
    for given in (b"", b"abc", paper()):
        with pytest.raises(Refused, match="没有证书"):
            roots_of(given, "根.pem")


def test_what_cannot_be_signed_is_refused_with_what_to_do():
    assert "口令不对" in refusal(paper(), holder("甲"), "别的口令")
    assert "有效期是 2020-01-01 至 2020-12-31" in refusal(
        paper(), holder("甲", until=2020), at=datetime(2021, 1, 2, tzinfo=BEIJING)
    )
    assert "有效期" in refusal(paper(), holder("甲"), at=datetime(2019, 12, 30, tzinfo=BEIJING))
    assert "不是 PDF" in refusal(b"# \xe7\xba\xaa\xe8\xa6\x81", holder("甲"))
    assert "不是完好的 PDF" in refusal(paper()[:400], holder("甲"))
    assert "已经签过" in refusal(signed(holder("乙"), signed(holder("甲"))), holder("甲"))


@pytest.mark.parametrize("file", [b"", b"abc", paper, holder("甲").pem])
def test_a_file_that_holds_no_key_is_refused(file: object):
    given = file() if callable(file) else file
    with pytest.raises(Refused, match="证书文件不对"):
        sign(paper(), "公告.pdf", given, PASSPHRASE, AT)  # type: ignore[arg-type]


@pytest.mark.parametrize("passphrase", ["", PASSPHRASE])
@pytest.mark.parametrize("kind", ["p12", "pem", "key first", "chain"])
def test_a_certificate_signs_whether_it_has_a_passphrase_or_not(kind: str, passphrase: str):
    """As people keep them: PKCS #12, or certificates and key in one PEM file in any order."""
    by = holder("代表局发证", issuer="局")
    given = {
        "p12": by.p12 if passphrase else by.open_p12,
        "pem": by.pem + by.key_pem(passphrase),
        "key first": by.key_pem(passphrase) + by.pem,
        "chain": holder("局").pem + by.pem + by.key_pem(passphrase),
    }[kind]
    assert needs_passphrase(given) == bool(passphrase)
    made = sign(paper(), "公告.pdf", given, passphrase, AT)
    assert made.by == "代表局发证"
    (found,) = signatures(made.content, "公告.pdf")
    assert found.holds
    if passphrase:
        for wrong in ("", "别的口令"):
            with pytest.raises(Refused, match="口令不对"):
                sign(paper(), "公告.pdf", given, wrong, AT)


@pytest.mark.parametrize("given", [holder("甲").pem + holder("乙").key_pem(), holder("甲").key_pem(), b"-----BEGIN"])
def test_a_pem_file_without_a_key_for_its_certificate_is_refused(given: bytes):
    with pytest.raises(Refused, match="证书文件不对"):
        needs_passphrase(given)


def test_a_certificate_alone_in_a_pkcs_12_file_signs_nothing():
    from cryptography.hazmat.primitives.serialization import NoEncryption, pkcs12

    alone = pkcs12.serialize_key_and_certificates(None, None, holder("甲").certificate, None, NoEncryption())
    with pytest.raises(Refused, match="没有私钥"):
        sign(paper(), "公告.pdf", alone, "", AT)


def changed(made: bytes, change: object) -> bytes:
    """The file with an update of somebody else's behind it."""
    writer = IncrementalPdfFileWriter(io.BytesIO(made))
    change(writer)  # type: ignore[operator]
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def other_page(writer: IncrementalPdfFileWriter) -> None:
    """Another text on the first page."""
    page = writer.root["/Pages"]["/Kids"][0]
    content = StreamObject(stream_data=b"0 0 200 200 re f")
    page["/Contents"] = writer.add_object(content)
    writer.update_container(page)


def other_content(writer: IncrementalPdfFileWriter) -> None:
    """Another text in the place of the old one, under its number: the page itself stays."""
    page = writer.root["/Pages"]["/Kids"][0]
    contents = page.raw_get("/Contents")
    content = contents.get_object()
    content._data, content._encoded_data = b"0 0 200 200 re f", None
    writer.mark_update(contents.reference)


def covered_up(writer: IncrementalPdfFileWriter) -> None:
    """A square over a figure, as an annotation."""
    page = writer.root["/Pages"]["/Kids"][0]
    square = DictionaryObject({pdf_name("/Type"): pdf_name("/Annot"), pdf_name("/Subtype"): pdf_name("/Square")})
    page["/Annots"] = writer.add_object(ArrayObject([square]))
    writer.update_container(page)


def turned(writer: IncrementalPdfFileWriter) -> None:
    page = writer.root["/Pages"]["/Kids"][0]
    page["/Rotate"] = NumberObject(90)
    writer.update_container(page)


def opens_something(writer: IncrementalPdfFileWriter) -> None:
    writer.root["/OpenAction"] = DictionaryObject(
        {NameObject("/S"): pdf_name("/URI"), pdf_name("/URI"): pdf_string("x")}
    )
    writer.update_root()


CHANGES = [other_page, other_content, covered_up, turned, opens_something]


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_before_the_first_signature_is_found(change: object):
    """The signature itself holds: it signs the changed paper."""
    made = signed(holder("甲"), changed(paper(), change))
    assert made.startswith(paper())
    assert signatures(made, "公告.pdf")[0].holds
    assert not only_signed_since(made, len(paper()), "公告.pdf")


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_after_a_signature_is_found_and_nobody_signs_on_top_of_it(change: object):
    made = changed(signed(holder("甲")), change)
    assert not signatures(made, "公告.pdf")[0].untouched
    assert not only_signed_since(made, len(paper()), "公告.pdf")
    assert "不完好" in refusal(made, holder("乙"))


def test_a_changed_byte_of_the_paper_breaks_the_signature():
    made = bytearray(signed(holder("甲")))
    place = made.index(b"/MediaBox") + 12
    made[place] = ord("1") if made[place] != ord("1") else ord("2")
    assert not signatures(bytes(made), "公告.pdf")[0].intact


def test_bytes_added_behind_the_last_signature_are_found():
    made = signed(holder("甲")) + b"\n% more"
    assert not only_signed_since(made, len(paper()), "公告.pdf")


def test_a_signature_that_draws_over_the_paper_is_not_taken_for_a_signature_alone():
    """Another program may let a signature be seen: then the page has to be compared by eye."""
    signer = SimpleSigner.load_pkcs12_data(holder("甲").p12, other_certs=[], passphrase=PASSPHRASE.encode())
    out = io.BytesIO()
    spec = SigFieldSpec("Stamp", box=(100, 100, 300, 200))
    writer = IncrementalPdfFileWriter(io.BytesIO(paper()))
    PdfSigner(PdfSignatureMetadata(field_name="Stamp"), signer, new_field_spec=spec).sign_pdf(writer, output=out)
    assert signatures(out.getvalue(), "公告.pdf")[0].holds
    assert not only_signed_since(out.getvalue(), len(paper()), "公告.pdf")


def test_a_paper_without_a_signature_has_none():
    assert signatures(paper(), "公告.pdf") == []
    assert not only_signed_since(paper(), len(paper()), "公告.pdf")
    assert PdfFileReader(io.BytesIO(paper())).xrefs.total_revisions == 1
    assert len(re.findall(rb"%%EOF", paper())) == 1
