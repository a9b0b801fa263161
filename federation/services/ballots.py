"""Ballots once the box is open: those cast with a pass, and those entered from the paper box."""

import json
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from federation.ballotbox.envelope import sheet_paper
from federation.errors import Finding, Misused, NotFound, Refused
from federation.facts.acts import Act
from federation.facts.counting import Mark, Paper, WriteIn
from federation.models import BallotRound, EntryBatch, OpenedBallot, PaperBatch, PaperEntry, RollEntry
from federation.rules.ballots import PaperJudge, ballot_findings
from federation.services import journal, steps
from federation.services.polls import Poll, candidates
from federation.services.steps import Outcome

CHUNK = 1000
"""Papers written or read at once: memory does not grow with the box."""


def judge_of(session: Session, poll: Poll, round: BallotRound) -> PaperJudge:
    """The judge of a round's papers; delegates are those on the meeting's roll who may vote."""
    listed = [row.name for row in candidates(session, round)]
    query = select(RollEntry.displayed).where(RollEntry.meeting_id == poll.meeting.case_id, RollEntry.may_vote)
    delegates = frozenset(session.scalars(query)) if poll.method.write_in.pool == "delegates" else None
    return PaperJudge(poll.method, round.seats, listed, delegates)


@dataclass(frozen=True, slots=True)
class Contest:
    """One contest of a sheet as a voter has it before her. Of no session: she may take her time."""

    short_id: str
    office: str
    judge: PaperJudge

    def findings(self, paper: Paper) -> tuple[Finding, ...]:
        """What of this paper would not count as it was meant; empty where it counts as it stands."""
        return tuple(ballot_findings(self.judge, self.office, paper))


def sheet_of(session: Session, poll: Poll) -> tuple[Contest, ...]:
    """The contests of a poll, in the order of its sheet."""
    return tuple(Contest(round.short_id, round.office, judge_of(session, poll, round)) for round in poll.rounds)


def preview(sheet: Iterable[Contest], papers: Mapping[str, Paper]) -> tuple[Finding, ...]:
    """What of this ballot would not count as it was meant, contest by contest."""
    return tuple(found for contest in sheet for found in contest.findings(papers[contest.short_id]))


def enter_box(
    session: Session, poll: Poll, round: BallotRound, sha256: str, papers: Iterable[Paper], act: Act
) -> Outcome:
    """
    Enter papers of one contest from the opened box, all of a file or none of it.

    The same file is refused a second time: entering it twice would count its papers twice.
    """
    steps.lock(session, poll.case)
    if session.scalar(select(PaperBatch.id).where(PaperBatch.round_id == round.id, PaperBatch.sha256 == sha256)):
        raise Refused(
            "不能录入",
            [
                Finding(
                    "这个文件已经录入过", "一张选票只计一次", f"不必再录；录错了的，先撤销：{undoing(round, sha256)}"
                )
            ],
        )
    steps.must_allow(session, poll.case, "enter")
    batch = PaperBatch(
        id=uuid.uuid4(), round_id=round.id, sha256=sha256, papers=0, entered_by=act.by, second=act.second
    )
    session.add(batch)
    session.flush()
    batch.papers = write(session, batch.id, papers)
    check_box(session, poll, round, besides=sha256)
    facts = {"contest": round.short_id, "sha256": sha256, "papers": batch.papers}
    return steps.perform(session, poll.case, "enter", act, facts, detail=round.short_id)


def write(session: Session, batch: uuid.UUID, papers: Iterable[Paper]) -> int:
    """Put papers into the box under random keys and return how many they are."""
    rows = ({"key": uuid.uuid4(), "batch_id": batch, "marks": journal.canonical(encoded(paper))} for paper in papers)
    written = 0
    while chunk := list(islice(rows, CHUNK)):
        session.execute(insert(PaperEntry), chunk)
        written += len(chunk)
    return written


def entered(session: Session, round: BallotRound) -> int:
    """How many papers of the round have been entered."""
    return session.scalar(select(func.sum(PaperBatch.papers)).where(PaperBatch.round_id == round.id)) or 0


def check_box(session: Session, poll: Poll, round: BallotRound, besides: str = "") -> None:
    """Refuse more papers entered than were found in the box; earlier files, all but `besides`, may be taken back."""
    session.flush()
    if (total := entered(session, round)) <= (poll.election.papers or 0):
        return
    problem = f"箱内清点纸质选票 {poll.election.papers} 张，录入后将有 {total} 张"
    findings = [Finding(problem, "收票报告单", "核对文件是否录错了选举或多出了行")]
    for file in _files(session, round):
        if file.sha256 != besides:
            remedy = f"先录的不全或录错的，先撤销再录：{undoing(round, file.sha256)}"
            findings.append(Finding(f"先前已从文件录入 {file.papers} 张", "一张选票只计一次", remedy))
    raise Refused("不能录入", findings)


def undoing(round: BallotRound, sha256: str) -> str:
    """The command that takes back a file entered by mistake."""
    return f"federation election enter --undo {sha256[:12]} --note 原因 --contest {round.short_id} --as 姓名"


def _files(session: Session, round: BallotRound) -> list[PaperBatch]:
    """The files entered, and not what two tellers signed off."""
    piles = select(EntryBatch.paper_batch_id).where(EntryBatch.paper_batch_id.is_not(None))
    query = select(PaperBatch).where(PaperBatch.round_id == round.id, PaperBatch.id.not_in(piles))
    return list(session.scalars(query.order_by(PaperBatch.sha256)))


def remove_batch(session: Session, poll: Poll, round: BallotRound, sha256: str, note: str, act: Act) -> Outcome:
    """Take back a file entered by mistake, before the count; journalled with its reason."""
    if not note:
        raise Refused("不能撤销录入", [Finding("没有写明原因", "更正须留痕", "加上 --note 原因")])
    batch = _batch(session, round, sha256)
    if pile := session.scalar(select(EntryBatch.number).where(EntryBatch.paper_batch_id == batch.id)):
        remedy = f"federation election enter --undo-batch {pile} --note 原因"
        raise Refused("不能撤销录入", [Finding(f"这是两人录入的第 {pile} 批，不是文件", "更正须留痕", remedy)])

    def change() -> None:
        session.execute(delete(PaperEntry).where(PaperEntry.batch_id == batch.id))
        session.delete(batch)

    facts = {"contest": round.short_id, "sha256": batch.sha256, "papers": batch.papers, "note": note}
    return steps.perform(session, poll.case, "enter", act, facts, change, detail=f"{round.short_id}.undo")


def _batch(session: Session, round: BallotRound, sha256: str) -> PaperBatch:
    """The one file entered whose hash begins so."""
    query = select(PaperBatch).where(
        PaperBatch.round_id == round.id, PaperBatch.sha256.startswith(sha256, autoescape=True)
    )
    found = session.scalars(query).all()
    if not found:
        raise NotFound(f"{round.short_id} 没有录入过校验值以 {sha256} 开头的文件")
    if len(found) > 1:
        raise Misused(f"校验值以 {sha256} 开头的文件有 {len(found)} 个，请多写几位")
    return found[0]


def papers_of(session: Session, poll: Poll, round: BallotRound) -> Iterator[Paper]:
    """Every ballot of a round, from both channels, in the order of random keys; streamed."""
    yield from cast_papers_of(session, poll, round)
    entry_query = (
        select(PaperEntry.marks).join(PaperBatch).where(PaperBatch.round_id == round.id).order_by(PaperEntry.key)
    )
    for text in session.scalars(entry_query.execution_options(yield_per=CHUNK)):
        yield decoded(json.loads(text))


def cast_papers_of(session: Session, poll: Poll, round: BallotRound) -> Iterator[Paper]:
    """
    Those of a round's ballots that were cast with a pass, in the order of random keys; streamed.

    A ballot that did not open, or not as one of this poll, is a paper that nobody can read.
    """
    place = [each.id for each in poll.rounds].index(round.id)
    unreadable = Paper(Mark.UNCLEAR * len(candidates(session, round)), illegible=True)
    cast_query = select(OpenedBallot.marks).where(OpenedBallot.election_id == poll.case.id).order_by(OpenedBallot.key)
    for text in session.scalars(cast_query.execution_options(yield_per=CHUNK)):
        sheet = json.loads(text)
        yield sheet_paper(sheet[place]) if isinstance(sheet, list) else unreadable


def encoded(paper: Paper) -> dict[str, Any]:
    """A paper as plain data."""
    written = [[entry.name, entry.signed, entry.unclear] for entry in paper.write_ins]
    return {"marks": paper.marks, "write_ins": written, "stray": paper.stray, "illegible": paper.illegible}


def decoded(data: Mapping[str, Any]) -> Paper:
    """A paper from plain data."""
    written = tuple(WriteIn(name, signed, unclear) for name, signed, unclear in data["write_ins"])
    return Paper(data["marks"], written, data["stray"], data["illegible"])
