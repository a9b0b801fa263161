"""What a finished paper says, read back out of the PDF: the only file that knows pypdfium2."""

import re

_CODE = re.compile(r"校验码[：:]([0-9a-f]{64})")


def check_codes(pdf: bytes) -> list[str]:
    """The 校验码 printed on the pages, each once, in order; none where the file cannot be read."""
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        with PdfDocument(pdf) as document:
            pages = ["".join(page.get_textpage().get_text_range().split()) for page in document]
    except PdfiumError:
        return []
    return list(dict.fromkeys(code for page in pages for code in _CODE.findall(page)))


def title(pdf: bytes) -> str:
    """What the file calls itself; empty where it does not, or cannot be read."""
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        with PdfDocument(pdf) as document:
            return str(document.get_metadata_value("Title"))
    except PdfiumError:
        return ""
