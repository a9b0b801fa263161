"""What a voter's page says: the sheet of an open poll, and what her paper counts as."""

from dataclasses import dataclass

from federation.facts.counting import Mark


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the marks that a voter may set against a name: 赞成, with the method's sign, which may be none."""

    mark: Mark
    word: str
    sign: str


@dataclass(frozen=True, slots=True)
class SheetContest:
    """One contest of a sheet."""

    short_id: str
    office: str
    seats: int
    names: tuple[str, ...]
    """In ballot order."""
    order: str
    """（按姓氏笔画为序）, or nothing."""
    rule: str
    """What to do, in one sentence."""
    unset: str
    """What becomes of the contest where nothing is set: 都按弃权计."""
    written: str
    """What holds of names written in; empty where none may be."""
    others: str
    """When a name may be written in: free, with_against, or no."""
    per_against: bool
    """True where every name written in takes an against of its own."""
    boxes: int
    """How many names may be written in."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One poll's sheet as a voter sees it."""

    poll: str
    """`gaoxin/founding-1/congress/members`."""
    federation: str
    meeting: str
    round_label: str
    """第一次另行选举 and the like; empty for a first ballot."""
    contests: tuple[SheetContest, ...]
    choices: tuple[Choice, ...]
    empty: Mark
    """What a name counts as against which nothing is set."""
    check: str
    """What a check code shows after the announcement: presence or paper."""
    specimen: bool
    fingerprint: str
    """Changes with any name or their order: a form of another list is not taken for one of this."""


@dataclass(frozen=True, slots=True)
class Group:
    """Names of a paper to which the same happens."""

    word: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Struck:
    """A written name that does not count."""

    said: str
    """That it does not, and why."""
    remedy: str
    """What its voter can do before she casts."""


@dataclass(frozen=True, slots=True)
class PaperReading:
    """What one contest's paper counts as, in words."""

    office: str
    seats: int
    approved: int
    """Names approved, those written in that count among them."""
    groups: tuple[Group, ...]
    invalid: str
    """Why it would be an invalid paper; empty where it is valid."""
    struck: tuple[Struck, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check code shows: whether a ballot with it was counted, and as what where the method shows that."""

    found: bool
    readings: tuple[PaperReading, ...] = ()


@dataclass(frozen=True, slots=True)
class PollListed:
    """A poll as the hall's first page lists it."""

    name: str
    address: str
    """The shortest id that names it alone."""
    federation: str
    meeting: str
    offices: tuple[str, ...]
