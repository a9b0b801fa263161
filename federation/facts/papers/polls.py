"""Slips of a poll: papers issued, papers returned, papers sealed. None of them knows a mark."""

from dataclasses import dataclass

from federation.facts.papers.head import PaperHead, Serving


@dataclass(frozen=True, slots=True)
class IssuedPapers:
    """Paper ballots as the poll opened. What was not handed out is destroyed in public."""

    printed: int
    handed_out: int
    surplus: int


@dataclass(frozen=True, slots=True)
class IssuedPasses:
    """Voting passes as the poll opened: printed = void + drawn + kept back for late arrivals."""

    printed: int
    void: int
    drawn: int
    kept_back: int


@dataclass(frozen=True, slots=True)
class IssueSlip:
    """发票报告单: how many papers were printed, unsealed and issued, before anybody votes."""

    head: PaperHead
    office: str
    """All offices of the sheet."""
    round_label: str
    due: int
    present: int
    papers: IssuedPapers | None
    """None: the poll has no paper channel."""
    passes: IssuedPasses | None
    """None: no passes were made for the poll."""
    issued: int
    """发出: papers handed out and passes drawn."""
    replaces: bool
    """True where the method lets a voter exchange a spoiled paper: those are among the surplus."""
    serving: Serving


@dataclass(frozen=True, slots=True)
class ReturnedChannel:
    """One channel of a poll, or both together: how many were issued in it, and how many came back."""

    channel: str
    issued: int
    returned: int


@dataclass(frozen=True, slots=True)
class ReturnSlip:
    """收票报告单: how many papers came back, and whether the election is valid. Nothing has been tallied yet."""

    head: PaperHead
    office: str
    round_label: str
    due: int
    present: int
    channels: tuple[ReturnedChannel, ...]
    """Each channel that was used, and 合计 where there are two."""
    voted: int | None
    """投票人数; None where nobody was ticked at the paper box."""
    exchanged: int
    """Passes exchanged for a paper."""
    handed_in: int
    missing: int
    """Passes drawn, neither spent nor handed in."""
    disputes: int
    valid: bool
    verdict: str
    """收回没有超过发出, or by how much it did, with the clause; one sentence."""
    serving: Serving


@dataclass(frozen=True, slots=True)
class SealedItem:
    """One kind of paper put under seal. `number` None: not counted by the system, to be written in."""

    name: str
    number: int | None
    note: str


@dataclass(frozen=True, slots=True)
class SealingList:
    """封存清单: what was put under seal after the count, and by whom."""

    head: PaperHead
    office: str
    round_label: str
    items: tuple[SealedItem, ...]
    phones: bool
    """True where passes were used: then the sealed record belongs to what is kept."""
    record_sha256: str
    """Of the sealed record, once two scrutineers have taken it; else empty."""
    serving: Serving
