"""Doubtful papers settled, a pile signed off into the box, or undone."""

import hashlib
import uuid
from collections.abc import Iterable, Iterator

from sqlalchemy import delete
from sqlalchemy.orm import Session

from federation.errors import Finding, NotFound, Refused, refuse_if
from federation.facts.acts import Act
from federation.facts.counting import Paper
from federation.models import (
    BallotRound,
    EntryBatch,
    EntryDraft,
    EntrySettlement,
    EntryTurn,
    PaperBatch,
    PaperEntry,
)
from federation.rules.entries import Difference, agreed, unsettled
from federation.services import ballots, entries, journal, steps
from federation.services.comparisons import compared, papers_of, settled_papers
from federation.services.polls import Poll
from federation.services.steps import Outcome

SHOWN = 20
"""Differences named in one refusal; `election entries` lists them all."""


def settle(
    session: Session, poll: Poll, round: BallotRound, number: str, position: int, paper: Paper, reason: str, act: Act
) -> Outcome:
    """
    Settle what a doubtful paper says; the scrutineer's word goes before both entries.

    Not before both tellers have finished: until then the papers are theirs. Nobody settles what she entered herself.
    """
    entries.allowed(session, poll, "scrutineer", act)
    batch = entries.must_find(session, round, number)
    turns = entries.turns_of(session, batch)
    refuse_if("不能裁定", _settling_findings(batch, turns, reason, act))
    if not 1 <= position <= batch.papers:
        raise NotFound(f"第 {number} 批没有第 {position} 张，共 {batch.papers} 张")
    marks = entries.kept(session, poll, round, paper)
    row = EntrySettlement(batch_id=batch.id, position=position, marks=marks, settled_by=act.by, reason=reason)
    facts = {"batch": number, "paper": position, "reason": reason}

    def change() -> None:
        session.merge(row)

    return entries.record(session, poll, round, "settle", facts, act, change)


def _settling_findings(batch: EntryBatch, turns: list[EntryTurn], reason: str, act: Act) -> list[Finding]:
    found = []
    if batch.kind != "papers" or batch.state != "open":
        problem = "计票表没有逐张的选票可裁定" if batch.kind != "papers" else f"第 {batch.number} 批已经签认"
        found.append(Finding(problem, "", "federation election entries"))
    elif len(turns) < 2 or any(turn.state != "finished" for turn in turns):
        found.append(Finding(f"第 {batch.number} 批两名计票人还没有都录完", "裁定在两人录完之后", "请两人先录完"))
    if act.by in [turn.teller for turn in turns]:
        found.append(Finding(f"{act.by}自己录过第 {batch.number} 批", "录入的人不裁定自己录的票", "请另一名监票人裁定"))
    if not reason.strip():
        found.append(Finding("没有写明理由", "裁定须留痕", "加上 --reason 理由"))
    return found


def sign_off(session: Session, poll: Poll, round: BallotRound, number: str, act: Act) -> Outcome:
    """
    Sign a pile off, by the two who entered it: from now on its papers count.

    They go into the box under random keys, and every draft that knew their places in the pile is deleted.
    """
    entries.allowed(session, poll, "teller", act)
    batch = entries.must_find(session, round, number)
    if batch.state == "signed_off":
        return entries.unchanged(session, poll, round, "sign_off")
    turns = entries.turns_of(session, batch)
    refuse_if("不能签认", _signing_findings(batch, turns, act))
    settled, found = settled_papers(session, batch), compared(session, poll, round, batch, turns)
    refuse_if(f"第 {number} 批两人所录不一致", _difference_findings(number, turns, unsettled(found, settled)))
    papers = agreed(papers_of(session, turns[0]), settled)
    sha256 = digest(number, (journal.canonical(ballots.encoded(paper)) for paper in papers))

    def change() -> None:
        ballots.write(session, into_box(session, poll, round, batch, sha256), papers)

    tellers = [turn.teller for turn in turns]
    facts = {"batch": number, "papers": len(papers), "sha256": sha256, "settled": list(settled), "tellers": tellers}
    return entries.record(session, poll, round, "sign_off", facts, act, change)


def _signing_findings(batch: EntryBatch, turns: list[EntryTurn], act: Act) -> Iterator[Finding]:
    people = [turn.teller for turn in turns]
    law = "两名计票人各录一遍，一致方可签认"
    if batch.kind != "papers":
        yield Finding("两份计票表一致时随即签认，不另办", law, "federation election enter --totals 计票表.csv")
        return
    if len(turns) < 2:
        yield Finding(f"第 {batch.number} 批只有一人录入", law, "请另一名计票人再录一遍")
    elif not act.second:
        yield Finding("签认须两人一同办理", law, "加上 --with 另一名计票人")
    elif act.by == act.second or {act.by, act.second} != set(people):
        yield Finding(f"第 {batch.number} 批是{'、'.join(people)}录的，须由这两人签认", law, "--as 和 --with 写这两人")
    for turn in turns:
        if turn.state != "finished":
            yield Finding(f"{turn.teller}还没有录完第 {batch.number} 批", law, "录完再签认")


def _difference_findings(number: str, turns: list[EntryTurn], found: list[Difference]) -> Iterator[Finding]:
    for one in found[:SHOWN]:
        problem = f"第 {one.paper} 张 {one.field}：{turns[0].teller}录{one.first}，{turns[1].teller}录{one.second}"
        remedy = f"federation election enter --batch {number} --correct {one.paper}"
        yield Finding(problem, "看票改正；存疑的请监票人裁定", remedy)
    if len(found) > SHOWN:
        yield Finding(f"另有 {len(found) - SHOWN} 处不一致", "", "federation election entries")


def digest(number: str, lines: Iterable[str]) -> str:
    """SHA-256 over a batch's number and its content in no order: two piles of equal papers are two batches."""
    return hashlib.sha256(journal.canonical([number, sorted(lines)]).encode()).hexdigest()


def into_box(session: Session, poll: Poll, round: BallotRound, batch: EntryBatch, sha256: str) -> uuid.UUID:
    """Make a batch count, and delete everything that knew the places of its papers. Returns the key in the box."""
    first, second = (turn.teller for turn in entries.turns_of(session, batch))
    counted = PaperBatch(
        id=uuid.uuid4(), round_id=round.id, sha256=sha256, papers=batch.papers, entered_by=first, second=second
    )
    session.add(counted)
    session.flush()
    ballots.check_box(session, poll, round)
    _forget(session, batch)
    batch.state, batch.paper_batch_id = "signed_off", counted.id
    return counted.id


def _forget(session: Session, batch: EntryBatch) -> None:
    turns = entries.turns_of(session, batch)
    session.execute(delete(EntryDraft).where(EntryDraft.turn_id.in_([turn.id for turn in turns])))
    session.execute(delete(EntrySettlement).where(EntrySettlement.batch_id == batch.id))
    for turn in turns:
        turn.totals = ""
    session.flush()


def give_up(session: Session, poll: Poll, round: BallotRound, number: str, note: str, act: Act) -> Outcome:
    """
    Take back a batch that this teller alone has begun, to count its papers anew; journalled with its reason.

    Once the other has begun it is the work of two: neither makes away with it by herself.
    """
    entries.allowed(session, poll, "teller", act)
    tellers = [turn.teller for turn in entries.turns_of(session, entries.must_find(session, round, number))]
    if tellers != [act.by]:
        finding = Finding(f"第 {number} 批不只由你一人录", "两人录的，一人不能作废", "请秘书撤销这一批，两人重录")
        raise Refused("不能作废", [finding])
    return undo(session, poll, round, number, note, act)


def undo(session: Session, poll: Poll, round: BallotRound, number: str, note: str, act: Act) -> Outcome:
    """
    Take a batch back, signed off or not, before the count; journalled with its reason.

    Both tellers then enter it anew: the papers of a batch signed off have lost their places in the pile.
    """
    if not note.strip():
        raise Refused("不能撤销录入", [Finding("没有写明原因", "更正须留痕", "加上 --note 原因")])
    steps.lock(session, poll.case)
    batch = entries.must_find(session, round, number)
    facts = {"batch": number, "papers": batch.papers, "signed_off": batch.state == "signed_off", "note": note}

    def change() -> None:
        _forget(session, batch)
        session.execute(delete(EntryTurn).where(EntryTurn.batch_id == batch.id))
        counted = batch.paper_batch_id
        session.delete(batch)
        session.flush()
        if counted:
            session.execute(delete(PaperEntry).where(PaperEntry.batch_id == counted))
            session.execute(delete(PaperBatch).where(PaperBatch.id == counted))

    return entries.record(session, poll, round, "undo_batch", facts, act, change)
