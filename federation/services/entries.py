"""
One teller's entry of a pile of papers: begun, gone on with, finished, corrected.

Every paper put is a transaction of its own, so that a crash loses nothing. Nothing here shows one teller what the other
entered. What a correction changed is journalled by its place in the pile, never by its marks.
"""

import json
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from federation.errors import Finding, Misused, NotFound, Refused, refuse_if
from federation.facts.acts import Act
from federation.facts.counting import Paper
from federation.models import BallotRound, EntryBatch, EntryDraft, EntrySettlement, EntryTurn
from federation.rules.candidates import scrutiny_findings
from federation.rules.entries import SHEET, differences, pile_findings, tidied
from federation.services import ballots, journal, steps
from federation.services.polls import Poll, candidates
from federation.services.steps import Outcome, no_change
from federation.workflows.vocabulary import ROLES

USUAL = 50
"""Papers in a pile, where nobody says otherwise."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a teller is with a pile."""

    batch: str
    papers: int
    entered: int
    finished: bool


def begin(session: Session, poll: Poll, round: BallotRound, number: str, papers: int | None, act: Act) -> Progress:
    """
    Begin a teller's entry of a pile, or go on with it where she left it.

    The first of the two says how many papers the pile has (`papers`; else 50, or what is left in the box); the second
    must have counted as many. A third is refused.
    """
    allowed(session, poll, "teller", act)
    if number == SHEET:
        raise Misused("计票表用 --totals 录入，不能作批号")
    batch = find(session, round, number) or _opened(session, poll, round, number, papers)
    _must_be_open(batch)
    if papers is not None and papers != batch.papers:
        problem = f"第 {number} 批先录的计票人点的是 {batch.papers} 张，现在说是 {papers} 张"
        raise Refused("不能录入", [Finding(problem, "两人录的须是同一批选票", "两人先把这一批重点一遍")])
    turn = turn_of(session, batch, act.by) or join(session, poll, round, batch, act)
    return _progress(session, batch, turn)


def _opened(session: Session, poll: Poll, round: BallotRound, number: str, papers: int | None) -> EntryBatch:
    if not number.strip() or len(number) > 40:
        raise Misused("批号写 1 到 40 个字，如 --batch 1")
    box, others = poll.election.papers or 0, ballots.entered(session, round) + _waiting(session, round)
    papers = min(USUAL, box - others) if papers is None else papers
    refuse_if("不能录入", pile_findings(papers=papers, others=others, box=box))
    return opened(session, round, number, "papers", papers)


def opened(session: Session, round: BallotRound, number: str, kind: str, papers: int) -> EntryBatch:
    """A new batch that nobody has entered yet."""
    batch = EntryBatch(id=uuid.uuid4(), round_id=round.id, number=number, kind=kind, papers=papers)
    session.add(batch)
    session.flush()
    return batch


def _waiting(session: Session, round: BallotRound) -> int:
    query = select(func.sum(EntryBatch.papers)).where(EntryBatch.round_id == round.id, EntryBatch.state == "open")
    return session.scalar(query) or 0


def join(session: Session, poll: Poll, round: BallotRound, batch: EntryBatch, act: Act) -> EntryTurn:
    """Take this teller as the first or the second of the batch; journalled. Refused where there are two already."""
    turns = turns_of(session, batch)
    if len(turns) == 2:
        people = "、".join(turn.teller for turn in turns)
        finding = Finding(f"第 {batch.number} 批已由{people}两人录入", "每批由两名计票人各录一遍", "另取一批录入")
        raise Refused("不能录入", [finding])
    turn = EntryTurn(id=uuid.uuid4(), batch_id=batch.id, place=len(turns) + 1, teller=act.by)
    facts = {"batch": batch.number, "papers": batch.papers, "place": turn.place}
    record(session, poll, round, "begin", facts, act, lambda: session.add(turn))
    return turn


def put(
    session: Session, poll: Poll, round: BallotRound, number: str, paper: Paper, act: Act, position: int | None = None
) -> Progress:
    """
    Enter the next paper of the pile.

    `position` says which the teller took it for: the same paper sent twice is one paper, and another is refused where
    her place is no longer there.
    """
    batch, turn = _entering(session, poll, round, number, act)
    entered = _entered(session, turn)
    if position is not None and position != entered + 1:
        if position == entered and _draft(session, turn, number, position).marks == kept(session, poll, round, paper):
            return _progress(session, batch, turn)
        finding = Finding(f"这一张是按第 {position} 张录的，现在该录第 {entered + 1} 张", "", "对照手里的票再录")
        raise Refused("没有录入", [finding])
    if entered >= batch.papers:
        raise Refused("没有录入", [Finding(f"第 {number} 批共 {batch.papers} 张，已经录满", "", "核对这一批的张数")])
    session.add(EntryDraft(turn_id=turn.id, position=entered + 1, marks=kept(session, poll, round, paper)))
    session.flush()
    return _progress(session, batch, turn)


def take_back(
    session: Session, poll: Poll, round: BallotRound, number: str, act: Act, position: int | None = None
) -> Progress:
    """
    Take back the paper entered last, to enter it anew.

    `position` says which the teller took for the last: a button pressed twice takes back one paper.
    """
    batch, turn = _entering(session, poll, round, number, act)
    entered = _entered(session, turn)
    if position is not None and position != entered:
        return _progress(session, batch, turn)
    if last := session.get(EntryDraft, (turn.id, entered)):
        session.delete(last)
        session.flush()
    return _progress(session, batch, turn)


def finish(session: Session, poll: Poll, round: BallotRound, number: str, act: Act) -> Outcome:
    """Say that the pile is entered to its last paper. From now on changes are corrections."""
    allowed(session, poll, "teller", act)
    batch, turn = _own(session, round, number, act)
    if turn.state == "finished":
        return unchanged(session, poll, round, "finish")
    if (entered := _entered(session, turn)) < batch.papers:
        problem = f"第 {number} 批共 {batch.papers} 张，只录了 {entered} 张"
        raise Refused("还没有录完", [Finding(problem, "", f"federation election enter --batch {number}")])
    facts = {"batch": number, "papers": batch.papers, "place": turn.place}
    return record(session, poll, round, "finish", facts, act, lambda: setattr(turn, "state", "finished"))


def correct(
    session: Session, poll: Poll, round: BallotRound, number: str, position: int, paper: Paper, act: Act
) -> Outcome:
    """Replace one paper of one's own entry; the journal keeps its place and how many fields changed."""
    allowed(session, poll, "teller", act)
    batch, turn = _own(session, round, number, act)
    draft = _draft(session, turn, number, position)
    if session.get(EntrySettlement, (batch.id, position)):
        finding = Finding(f"第 {position} 张已由监票人裁定", "监票人裁定的以裁定为准", "如有异议，请监票人重新裁定")
        raise Refused("不能更正", [finding])
    old, new = draft.marks, kept(session, poll, round, paper)
    if old == new:
        return unchanged(session, poll, round, "begin")
    before, after = ([ballots.decoded(json.loads(text))] for text in (old, new))
    fields = differences([row.name for row in candidates(session, round)], before, after)
    facts = {"batch": number, "paper": position, "fields": len(fields)}
    return record(session, poll, round, "correct", facts, act, lambda: setattr(draft, "marks", new))


def own_paper(session: Session, round: BallotRound, number: str, position: int, act: Act) -> Paper:
    """A paper of one's own entry, as it stands."""
    _, turn = _own(session, round, number, act)
    return ballots.decoded(json.loads(_draft(session, turn, number, position).marks))


def _draft(session: Session, turn: EntryTurn, number: str, position: int) -> EntryDraft:
    found = session.get(EntryDraft, (turn.id, position))
    if found is None:
        raise NotFound(f"第 {number} 批没有录过第 {position} 张，已录 {_entered(session, turn)} 张")
    return found


def _entering(session: Session, poll: Poll, round: BallotRound, number: str, act: Act) -> tuple[EntryBatch, EntryTurn]:
    allowed(session, poll, "teller", act)
    batch, turn = _own(session, round, number, act)
    if turn.state == "finished":
        finding = Finding(f"第 {number} 批你已经录完", "", f"federation election enter --batch {number} --correct 张号")
        raise Refused("没有录入", [finding])
    return batch, turn


def _own(session: Session, round: BallotRound, number: str, act: Act) -> tuple[EntryBatch, EntryTurn]:
    batch = must_find(session, round, number)
    _must_be_open(batch)
    turn = turn_of(session, batch, act.by)
    if turn is None or batch.kind != "papers":
        raise NotFound(f"{act.by}没有录过第 {number} 批，先办 federation election enter --batch {number}")
    return batch, turn


def allowed(session: Session, poll: Poll, role: str, act: Act) -> None:
    """Lock the poll; refuse who does not hold this role here, and who stands on the sheet, and any other stage."""
    steps.lock(session, poll.case)
    steps.must_allow(session, poll.case, "enter")
    if role not in steps.roles_of(session, poll.case, act.by):
        remedy = f"请{ROLES[role]}办理，或 federation officer add {act.by} --role {role}"
        raise Refused("无权办理", [Finding(f"{act.by}不是{ROLES[role]}", "录入由计票人办理，存疑由监票人裁定", remedy)])
    names = [row.name for each in poll.rounds for row in candidates(session, each)]
    refuse_if("不能录入", scrutiny_findings(names, [act.by]))


def record(
    session: Session,
    poll: Poll,
    round: BallotRound,
    verb: str,
    facts: Mapping[str, Any],
    act: Act,
    change: Callable[[], None] = no_change,
) -> Outcome:
    """Do one act on the entries of a round and journal it: counts, places and names, never marks."""
    facts = {"contest": round.short_id, **facts}
    return steps.perform(session, poll.case, "enter", act, facts, change, detail=f"{round.short_id}.{verb}")


def unchanged(session: Session, poll: Poll, round: BallotRound, verb: str) -> Outcome:
    """The outcome of a repeat: the latest line of this act, nothing changed."""
    line = journal.latest(session, poll.case.federation_id, poll.case.path, f"enter.{round.short_id}.{verb}")
    if line is None:
        raise LookupError(f"nothing was recorded as {verb}")
    return Outcome(False, line)


def find(session: Session, round: BallotRound, number: str) -> EntryBatch | None:
    """The batch of this number or name, if it was begun."""
    return session.scalar(select(EntryBatch).where(EntryBatch.round_id == round.id, EntryBatch.number == number))


def must_find(session: Session, round: BallotRound, number: str) -> EntryBatch:
    """The batch of this number or name."""
    if (found := find(session, round, number)) is None:
        there = session.scalars(select(EntryBatch.number).where(EntryBatch.round_id == round.id)).all()
        raise NotFound(f"{round.short_id} 没有第 {number} 批；现有：{'、'.join(sorted(there)) or '无'}")
    return found


def turns_of(session: Session, batch: EntryBatch) -> list[EntryTurn]:
    """The entries of a batch, the first begun first."""
    return list(session.scalars(select(EntryTurn).where(EntryTurn.batch_id == batch.id).order_by(EntryTurn.place)))


def turn_of(session: Session, batch: EntryBatch, teller: str) -> EntryTurn | None:
    """This teller's entry of the batch, if she has begun one."""
    return next((turn for turn in turns_of(session, batch) if turn.teller == teller), None)


def _must_be_open(batch: EntryBatch) -> None:
    if batch.state != "open":
        remedy = f"federation election enter --undo-batch {batch.number} --note 原因，再重录"
        raise Refused("不能录入", [Finding(f"第 {batch.number} 批已经签认", "签认之后的更正须留痕", remedy)])


def _entered(session: Session, turn: EntryTurn) -> int:
    return session.scalar(select(func.count()).where(EntryDraft.turn_id == turn.id)) or 0


def _progress(session: Session, batch: EntryBatch, turn: EntryTurn) -> Progress:
    return Progress(batch.number, batch.papers, _entered(session, turn), turn.state == "finished")


def kept(session: Session, poll: Poll, round: BallotRound, paper: Paper) -> str:
    """A paper as it is kept, with a mark for every name on the list."""
    if len(paper.marks) != (names := len(candidates(session, round))):
        raise Misused(f"选票上有 {names} 个姓名，录入的是 {len(paper.marks)} 个")
    return journal.canonical(ballots.encoded(tidied(paper, poll.method.ballot)))
