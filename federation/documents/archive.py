"""
What makes a PDF fit for an archive: PDF/A-2b (ISO 19005-2), a language, a title that the window shows.

"Checked with page-validation" is what may be said of it, not "certified".
"""

import zlib
from dataclasses import dataclass
from functools import lru_cache
from xml.sax.saxutils import escape

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFInfo, PDFName, PDFString

from federation.documents.pdf_objects import Document, packed_stream, stream

LANGUAGE = "zh-CN"
PRODUCER = "women-federation"
SPACE = "sRGB IEC61966-2.1"

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<pdf:Producer>{producer}</pdf:Producer>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""


@dataclass(frozen=True, slots=True)
class Properties:
    """What a reader's document window shows."""

    title: str
    author: str


class Information(PDFInfo):
    """The same as the XMP says and no more; no date: the paper itself carries the one that counts."""

    def __init__(self, properties: Properties) -> None:
        super().__init__()
        self.title, self.author = properties.title, properties.author

    def format(self, document: Document) -> bytes:
        entries = {"Title": self.title, "Author": self.author, "Producer": PRODUCER}
        found: bytes = PDFDictionary({key: PDFString(text) for key, text in entries.items()}).format(document)
        return found


def archived(document: Document, properties: Properties) -> None:
    """Give the document all that an archive asks of it beside its pages."""
    facts = {"title": properties.title, "author": properties.author, "language": LANGUAGE, "producer": PRODUCER}
    xmp = _XMP.format(**{key: escape(text) for key, text in facts.items()}).encode()
    kinds = {"Type": PDFName("Metadata"), "Subtype": PDFName("XML")}
    catalog = document.Catalog
    catalog.Metadata = stream(document, xmp, packed=False, **kinds)
    catalog.Lang = PDFString(LANGUAGE)
    catalog.ViewerPreferences = PDFDictionary({"DisplayDocTitle": "true"})
    catalog.__NoDefault__ = [*catalog.__NoDefault__, "OutputIntents"]
    catalog.OutputIntents = PDFArray([_colours(document)])
    document.info = Information(properties)


def _colours(document: Document) -> PDFDictionary:
    """The red of a mark is the same red everywhere: what our numbers for colours mean."""
    profile = packed_stream(document, _profile(), N=3)
    condition = {"OutputConditionIdentifier": PDFString(SPACE), "Info": PDFString(SPACE)}
    kinds = {"Type": PDFName("OutputIntent"), "S": PDFName("GTS_PDFA1")}
    return PDFDictionary({**kinds, **condition, "DestOutputProfile": profile})


@lru_cache(maxsize=1)
def _profile() -> bytes:
    """An sRGB profile, packed, the same every time: the one that Pillow makes, without the moment of its making."""
    from PIL import ImageCms

    made = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    made[24:36] = (2000).to_bytes(2, "big") + b"\0\1\0\1" + bytes(6)
    made[84:100] = bytes(16)
    return zlib.compress(made)
