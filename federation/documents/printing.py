"""From texts and a layout to a PDF, one paper at a time: what every paper has in common."""

import threading
from collections.abc import Callable, Iterable

from federation.documents.fonts import Fonts, machine_fonts
from federation.documents.marks import Sheet
from federation.documents.pdf import Properties, draw
from federation.errors import refuse_if

_faces = threading.Lock()
"""The open faces read their files bit by bit and are shared."""


def printed(
    label: str,
    properties: Properties,
    texts: Iterable[str],
    lay: Callable[[Fonts], Iterable[Sheet]],
    fonts: Fonts | None,
    copies: int = 1,
) -> bytes:
    """
    The PDF of the pages that `lay` makes with these fonts, or with the best the machine has.

    `texts` is everything on them: `Refused` with all findings, in the name of the paper's kind (`label`), where a
    character has no face in any of the fonts.
    """
    with _faces:
        fonts = fonts or machine_fonts()
        refuse_if(f"{label}不能印制", fonts.findings(texts))
        return draw(lay(fonts), properties, copies)
