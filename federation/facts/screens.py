"""What the screen of the hall shows: presence, the business at hand, the poll under way, the results announced."""

from dataclasses import dataclass

from federation.facts.attendance import Hall


@dataclass(frozen=True, slots=True)
class ScreenPoll:
    """A poll under way, before anything of its result may be known."""

    name: str
    offices: tuple[str, ...]
    seats: tuple[int, ...]
    round_label: str
    stage: str
    open: bool
    handed_out: int | None
    """Papers; None before the poll opens, and for a show of hands."""
    drawn: int | None
    """Passes."""
    cast: int | None
    """Ballots cast with passes: in steps while the poll is open, then as many as there were at its close."""
    returned: int | None
    """Ballots of both channels once they were counted out of the box."""


@dataclass(frozen=True, slots=True)
class ScreenResult:
    """A contest whose result the chair has announced."""

    office: str
    round_label: str
    primary: bool
    figures: tuple[tuple[str, int], ...]
    """发出 收回 有效 无效, as far as the method knows them."""
    elected: tuple[tuple[str, int], ...]
    """Names in announce order, with their approvals."""
    left: int
    """Seats still open."""


@dataclass(frozen=True, slots=True)
class Screen:
    """The whole of the screen at one moment."""

    federation: str
    meeting: str
    state: str
    specimen: bool
    agenda: tuple[str, ...]
    item: int
    """Which item of the agenda the meeting has come to, from 1; 0 where nobody has said."""
    hall: Hall
    motion: str
    """The question put to a show of hands and not yet decided; empty where there is none."""
    polls: tuple[ScreenPoll, ...]
    results: tuple[ScreenResult, ...]
    """The latest announced last."""


@dataclass(frozen=True, slots=True)
class ScreenListed:
    """A meeting as the list of screens shows it."""

    address: str
    federation: str
    meeting: str
