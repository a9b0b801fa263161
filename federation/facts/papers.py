"""
What each paper says, frozen before it is laid out.

A paper is made from these facts alone, so it can always be made again, byte for byte. Field names are the closed set
that a template may use. Every figure was computed elsewhere, once: a template adds nothing up.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class PaperHead:
    """What every paper carries; `check_code` (校验码) is the journal head as of the act reported, or empty."""

    federation: str
    """Full name of the federation, 某某高新技术产业开发区妇女联合会."""
    meeting: str
    """Full title of the meeting, or empty for a paper of no meeting."""
    signed_by: str
    """The body that signs: 筹备组, 大会主席团, 执行委员会 …, in full."""
    day: date
    check_code: str = ""
    specimen: bool = False
    """True for the demonstration: the paper is marked 演示 and is worth nothing."""


@dataclass(frozen=True, slots=True)
class LedgerFacts:
    """应到 实到 发出 收回 有效 无效 of one ballot round, in papers. None: not known at this stage."""

    due: int
    present: int
    issued: int | None = None
    voted: int | None = None
    returned: int | None = None
    valid: int | None = None
    invalid: int | None = None
    invalid_because: dict[str, int] = field(default_factory=dict)
    """Chinese reason → papers, in the order of the method's reasons."""


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
class SignInRow:
    number: int
    name: str
    sex: str
    unit: str
    kind: str
    """代表, 特邀代表 or 列席."""
    may_vote: bool


@dataclass(frozen=True, slots=True)
class SignInList:
    """签到册: everyone on the frozen roll, then those who attend without a vote, in roll order."""

    head: PaperHead
    due: int
    rows: tuple[SignInRow, ...]


@dataclass(frozen=True, slots=True)
class CommentRow:
    number: int
    source: str
    """反馈人/单位, as the committee recorded it."""
    draft: str
    clause: str
    text: str
    disposition: str
    """采纳, 部分采纳 or 未采纳."""
    reason: str


@dataclass(frozen=True, slots=True)
class CommentTable:
    """意见采纳情况汇总表: every comment with its disposition and reason, and the totals."""

    head: PaperHead
    opens_on: date
    ends_on: date
    rows: tuple[CommentRow, ...]
    total: int
    adopted: int
    partly: int
    rejected: int


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


@dataclass(frozen=True, slots=True)
class MinuteItem:
    heading: str
    """Without its number: the template writes 一、 二、 before it."""
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Minutes:
    """会议纪要. `opening` is the sentence 「X年X月X日，X同志在X主持召开…。现将议定事项纪要如下：」."""

    head: PaperHead
    mark: str
    """The red mark, 某某妇女联合会第一次代表大会纪要."""
    number: str
    opening: str
    items: tuple[MinuteItem, ...]
    present: tuple[str, ...]
    """Names of those present, in roll order; the template decides whether to print them or their number."""
    absent: tuple[str, ...]
    observers: tuple[str, ...]
    late: tuple[str, ...] = ()
    """Those of `present` who came after the opening."""
    left: tuple[str, ...] = ()
    """Those of `present` who had left before the end."""


PaperFacts = BallotPaper | SignInList | CommentTable | TallyReport | ResultNotice | Minutes


@dataclass(frozen=True, slots=True)
class Paper:
    """One kind of paper. Its template is the kind's name with `.txt`."""

    label: str
    record: type[PaperFacts]
    coded: bool = True
    """False: no 校验码 is printed, whatever the facts carry; nothing may tell one ballot from another."""


PAPERS: Mapping[str, Paper] = {
    "comment_table": Paper("意见采纳情况汇总表", CommentTable),
    "sign_in_list": Paper("签到册", SignInList),
    "ballot": Paper("选票", BallotPaper, coded=False),
    "tally_report": Paper("计票结果报告单", TallyReport),
    "result_notice": Paper("选举结果公告", ResultNotice),
    "minutes": Paper("会议纪要", Minutes),
}
"""Every kind of paper, in the order in which a founding comes to it."""
