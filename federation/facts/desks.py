"""A desk of the hall, as its officer and its pages know it."""

import uuid
from dataclasses import dataclass
from typing import Literal

Kind = Literal["check_in", "entry"]
KINDS: dict[Kind, str] = {"check_in": "签到台", "entry": "纸票录入台"}
"""What a desk is for."""


@dataclass(frozen=True, slots=True)
class DeskAtWork:
    """A desk that a browser has signed in at: for which meeting, and in whose name."""

    name: str
    kind: Kind
    officer: str
    meeting_id: uuid.UUID
    until: str


@dataclass(frozen=True, slots=True)
class DeskListed:
    """A desk as it is listed; `browsers` are those signed in at it now."""

    name: str
    kind: Kind
    officer: str
    meeting: str
    until: str
    expired: bool
    browsers: int
