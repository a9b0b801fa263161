"""How many pages a paper has, told from its PDF."""

import re

_PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z])")
"""A page's own dictionary; that of the tree of pages says /Pages."""


def page_count(pdf: bytes) -> int:
    """The pages of a PDF that was made here; ValueError where it has none."""
    if found := len(_PAGE.findall(pdf)):
        return found
    raise ValueError("no page in this PDF")
