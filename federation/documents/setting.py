"""With what, and on which page, a paper is set."""

from dataclasses import dataclass

from federation.documents.page import Style
from federation.documents.typist import Typist


@dataclass(frozen=True, slots=True)
class Setting:
    """A typist and a page."""

    typist: Typist
    style: Style
