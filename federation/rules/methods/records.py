"""What an election method says, key by key, once its file has been read and found lawful."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from federation.errors import NotFound
from federation.rules.thresholds import Bar, Threshold

Form = Literal["ballot", "hands"]
Channel = Literal["paper", "phone"]
Choose = Literal["at_most", "exactly", "any"]
Blank = Literal["valid", "invalid"]
Unclear = Literal["that_part", "whole_paper", "abstain"]
Order = Literal["stroke_surname", "stroke_full_name", "as_listed"]
AnnounceOrder = Literal["by_votes", "stroke_surname", "stroke_full_name", "as_listed"]
Allowed = Literal["no", "with_against", "free"]
Pool = Literal["anyone", "delegates"]
Breach = Literal["entry", "paper"]
ReturnedOver = Literal["issued", "voted", "due"]
Rung = Literal["fewest_against", "runoff", "presidium"]
Then = Literal["vacant", "supplementary", "presidium", "next_session"]
Publish = Literal["totals", "papers"]
Check = Literal["presence", "paper"]
Rounding = Literal["up", "down"]


@dataclass(frozen=True, slots=True)
class Marks:
    """The signs a voter draws. "" is a box left blank; None: the method has no such mark."""

    approve: str
    against: str | None
    abstain: str | None

    @property
    def select_only(self) -> bool:
        """True where a name is either chosen or not: no 反对, no 弃权."""
        return self.against is None and self.abstain is None


@dataclass(frozen=True, slots=True)
class BallotRules:
    """`[ballot]`: how a paper is marked and read."""

    channels: tuple[Channel, ...]
    marks: Marks
    choose: Choose
    blank: Blank
    unclear: Unclear
    stray_mark_voids: bool
    replace_spoiled: bool
    order: Order


@dataclass(frozen=True, slots=True)
class WriteInRules:
    """`[write_in]`: when a written name stands, and what one that does not stand takes with it."""

    allowed: Allowed
    per_against: bool
    needs_sign: bool
    pool: Pool
    breach: Breach


@dataclass(frozen=True, slots=True)
class Void:
    """`[void]`: the figure that, exceeded by the papers returned, makes the whole election void."""

    returned_over: ReturnedOver


@dataclass(frozen=True, slots=True)
class Ties:
    """`[tie]`: what settles a tie across the cut, tried in order, and the bar of the runoff."""

    ladder: tuple[Rung, ...]
    elected: Bar


@dataclass(frozen=True, slots=True)
class Shortage:
    """`[shortage]`: what follows when fewer pass than there are seats."""

    then: Then
    elected: Bar
    rounds: int


@dataclass(frozen=True, slots=True)
class Announce:
    """`[announce]`: the order in which those elected are read out."""

    order: AnnounceOrder


@dataclass(frozen=True, slots=True)
class Record:
    """`[record]`: what is published, what a check code shows, and under how many ballots nothing is."""

    publish: Publish
    check: Check
    smallest: int


@dataclass(frozen=True, slots=True)
class Proxy:
    """`[proxy]`: how many others one voter may vote for."""

    per_voter: int


@dataclass(frozen=True, slots=True)
class Surplus:
    """How many candidates more than seats: a fixed number, or a ratio of the seats. Neither: 等额."""

    count: int = 0
    ratio: Fraction | None = None
    rounding: Rounding = "up"

    @property
    def equal(self) -> bool:
        """True for 等额."""
        return self.ratio is None and self.count == 0


@dataclass(frozen=True, slots=True)
class Primary:
    """差额预选 before the formal ballot."""

    surplus: Surplus
    elected: Bar


@dataclass(frozen=True, slots=True)
class Contest:
    """One office to be filled. `sheet` names the paper it shares with others, its own id where it shares none."""

    id: str
    office: str
    seats: int
    surplus: Surplus
    sheet: str
    after: tuple[str, ...]
    requires: str
    primary: Primary | None


@dataclass(frozen=True, slots=True)
class Provision:
    """Which clause of the prose a key comes from."""

    key: str
    clause: str


@dataclass(frozen=True, slots=True)
class ElectionMethod:
    """The whole file, every default filled in."""

    title: str
    quorum: Threshold
    adoption: Threshold
    motions: Threshold
    elected: Bar
    form: Form
    ballot: BallotRules
    write_in: WriteInRules
    void: Void
    tie: Ties
    shortage: Shortage
    announce: Announce
    record: Record
    proxy: Proxy
    contests: tuple[Contest, ...]
    provisions: tuple[Provision, ...]

    def contest(self, id: str) -> Contest:
        """The contest with this id; `NotFound` names those there are."""
        for contest in self.contests:
            if contest.id == id:
                return contest
        there = "、".join(f"{contest.id}（{contest.office}）" for contest in self.contests)
        raise NotFound(f"选举办法中没有名为“{id}”的选举项目；现有：{there}")

    def clause(self, key: str) -> str:
        """The clause a dotted key comes from, else its table's (`tie` for `tie.ladder`), else ""."""
        clauses = {provision.key: provision.clause for provision in self.provisions}
        while key not in clauses and "." in key:
            key = key.rpartition(".")[0]
        return clauses.get(key, "")

    def contest_clause(self, contest: Contest, key: str) -> str:
        """The clause of a contest's key, given for it (`contest.chair.surplus`) or for all (`contest.surplus`)."""
        clauses = {provision.key: provision.clause for provision in self.provisions}
        places = (f"contest.{contest.id}.{key}", f"contest.{contest.id}", contest.id, f"contest.{key}", key, "contest")
        return next((clauses[place] for place in places if place in clauses), "")
