"""The demonstration: an example played through the same services as the commands, a transaction a step."""

from typing import NamedTuple


class Played(NamedTuple):
    """How far a demonstration has come: the scenes behind it, and the lines that the journal had after them."""

    scenes: int = 0
    lines: int = 0
