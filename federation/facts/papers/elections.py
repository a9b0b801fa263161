"""Papers of a poll, from the sheet to the notice of the result."""

from dataclasses import dataclass

from federation.facts.papers.head import LedgerFacts, PaperHead


@dataclass(frozen=True, slots=True)
class SheetContest:
    """One contest as it stands on a ballot sheet. Names are in ballot order, as printed."""

    office: str
    seats: int
    kind: str
    """等额 or 差额."""
    order: str
    """按姓氏笔画为序, or the order the method gives, as a phrase; may be empty."""
    candidates: tuple[str, ...]
    approve: str
    against: str | None
    """None: the method has no such mark (select-only). An empty string: the box is left blank."""
    abstain: str | None
    write_in_boxes: int
    notes: tuple[str, ...]
    """How to mark, how many, what voids: whole sentences, from the method."""


@dataclass(frozen=True, slots=True)
class BallotPaper:
    """选票: one sheet, with one contest or several. No serial, no code, nothing that tells two papers apart."""

    head: PaperHead
    title: str
    round_label: str
    """Empty for the first ballot; else 重新选举, 再次投票, 另行选举 …"""
    contests: tuple[SheetContest, ...]
    notes: tuple[str, ...] = ()
    """What holds of every contest of the sheet, printed once; a contest's own notes say only what differs."""


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One name's votes. A count is None where the method has no such mark, or for a write-in."""

    name: str
    write_in: bool
    approve: int
    against: int | None
    abstain: int | None
    outcome: str
    """当选, 未当选, 得票相同待决, or 得票达到要求但名额已满."""
    why: str
    """One sentence with numbers, base and clause."""


@dataclass(frozen=True, slots=True)
class TallyReport:
    """计票结果报告单: the ledger, the bar, each name's votes; signed by scrutineers and tellers."""

    head: PaperHead
    office: str
    round_label: str
    seats: int
    candidates: int
    ledger: LedgerFacts
    quorum: str
    """The quorum as one sentence with its arithmetic."""
    threshold: str
    """The bar as one sentence with its arithmetic."""
    results: tuple[ResultRow, ...]
    elected: tuple[str, ...]
    conclusion: str
    """What follows: all seats filled, or the further ballot and why, as one sentence."""
    chief_scrutineer: str
    scrutineers: tuple[str, ...]
    chief_teller: str
    tellers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ElectedTo:
    office: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ResultNotice:
    """选举结果公告: who is elected to what, in announce order."""

    head: PaperHead
    number: str
    """发文字号 or empty."""
    preamble: str
    """One sentence: which meeting elected by secret ballot, on which day."""
    elected: tuple[ElectedTo, ...]
