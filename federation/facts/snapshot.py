"""
What is true of a case and everything below it, at one moment: all that a guard may look at.

Read in a fixed number of queries, whatever the size of the roll; a guard is a pure function of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from federation.errors import Finding, NotFound
from federation.facts.acts import Stated
from federation.facts.counting import CountResult

SCRUTINY = ("chief_scrutineer", "scrutineer", "chief_teller", "teller", "vote_caller")
"""The duties of those who scrutinise and count."""

KEY_HOLDERS = ("chief_scrutineer", "scrutineer")
"""The duties of those among whom the key of a ballot box is split."""


@dataclass(frozen=True, slots=True)
class DraftFacts:
    """A draft: `findings` are what its latest version would be refused for at submission."""

    id: str
    kind: str
    meeting: str
    state: str
    versions: int
    sha256: str = ""
    """Of the latest version; empty where there is none."""
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class WindowFacts:
    """The days promised for comments, both ends included."""

    opens_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class RequestFacts:
    """The latest request on a subject. `reply` is empty, approved or returned."""

    subject: str
    reply: str
    covers: str = ""


@dataclass(frozen=True, slots=True)
class MotionFacts:
    """A motion put. `version_sha256` names the text, where it was a draft, or the list, where it was scrutineers."""

    number: int
    subject: str
    recorded: bool
    carried: bool
    version_sha256: str = ""


@dataclass(frozen=True, slots=True)
class RollFacts:
    """Counts of a meeting's roll, in persons."""

    people: int = 0
    voters: int = 0
    unreviewed: int = 0
    failed: int = 0
    frozen: bool = False
    due: int | None = None
    present: int = 0
    """Voters present at this moment."""


@dataclass(frozen=True, slots=True)
class RuleFacts:
    """A threshold in force, as written, what it needs here, and the clause it stands in."""

    rule: str
    needed: int
    clause: str


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    id: str
    label: str
    state: str
    method: str
    roll_from: str
    roll: RollFacts
    quorum: RuleFacts | None = None
    """None while no text of its method has been put to it, or the roll has no 应到 yet."""
    motions: tuple[MotionFacts, ...] = ()
    agenda_items: int = 0
    duties: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    chair: str = ""
    held_on: str = ""
    lists_sha256: str = ""
    """Of its first lists of candidates: an approval covers these lists and no others."""

    def carried(self, subject: str) -> bool:
        """True where the latest recorded motion on this subject was carried."""
        votes = [motion for motion in self.motions if motion.subject == subject and motion.recorded]
        return bool(votes) and votes[-1].carried

    @property
    def key_holders(self) -> frozenset[str]:
        """Those who may hold a share of a box's key."""
        return frozenset(name for kind in KEY_HOLDERS for name in self.duties.get(kind, ()))

    @property
    def scrutiny(self) -> frozenset[str]:
        """Everyone who scrutinises or counts here: none of them may be a candidate."""
        return frozenset(name for kind in SCRUTINY for name in self.duties.get(kind, ()))


@dataclass(frozen=True, slots=True)
class RoundFacts:
    """One contest on one sheet. `next` is what the count says follows; empty before the count."""

    id: str
    contest: str
    office: str
    kind: str
    seats: int
    candidates: tuple[str, ...]
    next: str = ""
    decided: bool = False
    """True once a further ballot was called or the presidium's decision recorded."""
    entered: int = 0
    """Papers entered from the box."""
    piles_open: tuple[str, ...] = ()
    """Batches that two tellers have begun to enter and not signed off."""
    hands: bool = False
    """True once everyone's votes by show of hands are recorded."""
    after: tuple[str, ...] = ()
    ineligible: tuple[str, ...] = ()
    """Candidates who do not hold what `requires` asks for."""
    clause: str = ""
    result: CountResult | None = None
    """The count; None before it."""


@dataclass(frozen=True, slots=True)
class ElectionFacts:
    """One poll: `passes…`, `drawn`, `kept_back`, `spent` and `handed_in` count passes; the rest counts papers."""

    id: str
    meeting: str
    state: str
    form: str
    method_sha256: str
    rounds: tuple[RoundFacts, ...]
    channels: tuple[str, ...] = ("paper",)
    papers_printed: int = 0
    passes: int = 0
    passes_void: int = 0
    passes_spent: int = 0
    present: int | None = None
    handed_out: int = 0
    drawn: int = 0
    kept_back: int = 0
    exchanged: int = 0
    keyed: bool = False
    """True once the box has its key."""
    phones: int | None = None
    spent: int | None = None
    handed_in: int = 0
    disputes: int = 0
    box: str = "none"
    faulty: int = 0
    ruled: bool = False
    """True once the presidium has decided about a doubtful box."""
    papers: int | None = None
    ticked: int | None = None
    returned_over: str = "issued"
    returned_over_clause: str = ""
    due: int | None = None
    proxies_per_voter: int = 0
    smallest: int = 0
    """No result is published over fewer papers than these."""
    further: bool = False
    """True for a ballot that an earlier one led to: again, of the tied, for seats left, or after the primary."""

    @property
    def issued(self) -> int:
        """发出: papers handed out and passes drawn."""
        return self.handed_out + self.drawn

    @property
    def papers_issued(self) -> int:
        """Papers handed out, those for exchanged passes among them."""
        return self.handed_out + self.exchanged

    @property
    def passes_issued(self) -> int:
        """Passes drawn and not exchanged for a paper."""
        return self.drawn - self.exchanged

    @property
    def missing(self) -> int:
        """未交回: passes drawn and neither spent nor handed in."""
        return max(0, self.passes_issued - (self.spent or 0) - self.handed_in)

    @property
    def unexplained(self) -> int:
        """Ballots in the box without a spent pass, or the reverse: never, unless somebody wrote into the database."""
        return abs((self.phones or 0) - (self.spent or 0))

    @property
    def returned(self) -> int | None:
        """收回: ballots cast with a pass and papers in the box; None until both are known."""
        return None if self.phones is None or self.papers is None else self.phones + self.papers

    @property
    def voted(self) -> int | None:
        """投票人数: passes spent and voters ticked; None where nobody ticked at a paper box."""
        if self.spent is None or (self.ticked is None and self.papers_issued):
            return None
        return self.spent + (self.ticked or 0)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A root case and everything below it. `at` is when the act in question is said to happen."""

    case: str
    process: str
    state: str
    term_no: int
    at: Stated
    roles: frozenset[str] = frozenset()
    """Roles that somebody holds in this federation."""
    drafts: tuple[DraftFacts, ...] = ()
    window: WindowFacts | None = None
    comments: int = 0
    unanswered: int = 0
    requests: tuple[RequestFacts, ...] = ()
    filings: int = 0
    meetings: tuple[MeetingFacts, ...] = ()
    elections: tuple[ElectionFacts, ...] = ()
    terms: int = 0
    elected_sha256: str = ""
    """Of everyone elected so far: an approval of the result covers these and no others."""

    def draft(self, id: str) -> DraftFacts:
        """The draft of this id; a draft nobody has added yet is one without versions."""
        found = next((draft for draft in self.drafts if draft.id == id), None)
        return found or DraftFacts(id, id.partition(":")[0], "", "", 0)

    def meeting(self, id: str) -> MeetingFacts:
        """The meeting of this id; NotFound where the case holds none."""
        for meeting in self.meetings:
            if meeting.id == id:
                return meeting
        raise NotFound(f"本案没有编号为 {id} 的会议")

    def request(self, subject: str) -> RequestFacts | None:
        """The latest request on this subject, if any was sent."""
        return next((request for request in reversed(self.requests) if request.subject == subject), None)

    def polls(self, meeting: str) -> tuple[ElectionFacts, ...]:
        """The elections of one meeting, in order."""
        return tuple(election for election in self.elections if election.meeting == meeting)


@dataclass(frozen=True, slots=True)
class View:
    """A snapshot seen from one case in it: what a guard is given. `own` is the path below the root, empty for it."""

    snapshot: Snapshot
    own: str = ""

    @property
    def draft(self) -> DraftFacts:
        return self.snapshot.draft(self.own)

    @property
    def meeting(self) -> MeetingFacts:
        return self.snapshot.meeting(self.own.partition("/")[0])

    @property
    def election(self) -> ElectionFacts:
        meeting, _, election = self.own.partition("/")
        for found in self.snapshot.elections:
            if (found.meeting, found.id) == (meeting, election):
                return found
        raise NotFound(f"会议 {meeting} 没有编号为 {election} 的选举")
