"""Whether anything but signatures was added to a paper since it was made."""

import io
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from federation.signatures.engine import opened

if TYPE_CHECKING:
    from pyhanko.pdf_utils.generic import PdfObject
    from pyhanko.pdf_utils.reader import PdfFileReader

Ref = tuple[int, int]
"""Number and generation of an object."""

_CATALOG = {"/AcroForm", "/Extensions", "/Version"}
_PAGE = {"/Annots"}
_FIELD = {"/FT", "/T", "/Type", "/Subtype", "/F", "/Rect", "/P", "/V"}


def only_signed_since(paper: bytes, length: int, named: str) -> bool:
    """
    True where the first `length` bytes are a paper, and everything after them adds invisible signatures alone.

    Stricter than the difference analysis behind each signature, which begins at that signature and lets one be seen:
    here no object of the paper may say anything else but where its signatures are, nothing is drawn, and the last
    signature covers the file to its end.
    """
    before, after = opened(paper[:length], named), opened(paper, named)
    try:
        return _only_signed(before, after)
    except Exception:  # whatever a file provokes that somebody else wrote on: nothing is known of it
        return False


def _only_signed(before: "PdfFileReader", after: "PdfFileReader") -> bool:
    if not _continues(before, after) or not _covered(after):
        return False
    known = _refs(before, range(before.xrefs.total_revisions))
    since = range(before.xrefs.total_revisions, after.xrefs.total_revisions)
    numbers = {number for number, _ in known}
    if any(ref.idnum in numbers for each in since for ref in after.xrefs.refs_freed_in_revision(each)):
        return False
    changed = {ref for ref in _refs(after, since) if ref[0] in numbers}
    return (
        changed <= known
        and all(_says_the_same(before, after, ref) for ref in changed)
        and _signatures_alone(after, known)
    )


def _continues(before: "PdfFileReader", after: "PdfFileReader") -> bool:
    """True where the later file goes on from the earlier one, with the same root and no lock."""
    starts = [
        [reader.xrefs.get_startxref_for_revision(number) for number in range(before.xrefs.total_revisions)]
        for reader in (before, after)
        if reader.xrefs.total_revisions >= before.xrefs.total_revisions
    ]
    same = all(_raw(before.trailer, key) == _raw(after.trailer, key) for key in ("/Root", "/Info"))
    return len(starts) == 2 and starts[0] == starts[1] and same and not after.xrefs.hybrid_xrefs_present


def _covered(reader: "PdfFileReader") -> bool:
    from pyhanko.sign.validation import SignatureCoverageLevel

    found = reader.embedded_signatures
    return bool(found) and found[-1].evaluate_signature_coverage() == SignatureCoverageLevel.ENTIRE_FILE


def _refs(reader: "PdfFileReader", revisions: Iterable[int]) -> set[Ref]:
    return {
        (ref.idnum, ref.generation) for number in revisions for ref in reader.xrefs.explicit_refs_in_revision(number)
    }


def _says_the_same(before: "PdfFileReader", after: "PdfFileReader", ref: Ref) -> bool:
    """True where an object of the paper differs at most in where the signatures are."""
    from pyhanko.pdf_utils.generic import DictionaryObject

    old, new = (_object(reader, ref) for reader in (before, after))
    if type(old) is not DictionaryObject or type(new) is not DictionaryObject:  # a stream is one too, with its content
        return _bytes(old) == _bytes(new)
    free = _CATALOG if ref == _root(before) else _PAGE if _is_page(old) else set()
    return all(_raw(old, key) == _raw(new, key) for key in (old.keys() | new.keys()) - free)


def _root(reader: "PdfFileReader") -> Ref:
    root: Any = reader.root_ref
    return root.idnum, root.generation


def _raw(held: Any, key: str) -> bytes | None:
    return _bytes(held.raw_get(key)) if key in held else None


def _bytes(value: "PdfObject") -> bytes:
    out = io.BytesIO()
    value.write_to_stream(out, None)
    return out.getvalue()


def _signatures_alone(reader: "PdfFileReader", known: set[Ref]) -> bool:
    """True where the form of the file has signatures and nothing else, none of them to be seen."""
    root: Any = reader.root
    form = root["/AcroForm"]
    fields = [field.get_object() for field in form["/Fields"]]
    pages = [page for ref in known if _is_page(page := _object(reader, ref))]
    drawn = [each.get_object() for page in pages for each in page.get("/Annots", ())]
    invisible = all(set(each) <= _FIELD and each["/FT"] == "/Sig" and not any(each["/Rect"]) for each in fields)
    return set(form) <= {"/Fields", "/SigFlags"} and invisible and all(each in fields for each in drawn)


def _object(reader: Any, ref: Ref) -> Any:
    from pyhanko.pdf_utils.generic import Reference

    return reader.get_object(Reference(*ref, reader))


def _is_page(value: Any) -> bool:
    from pyhanko.pdf_utils.generic import DictionaryObject

    return isinstance(value, DictionaryObject) and value.get("/Type") == "/Page"
