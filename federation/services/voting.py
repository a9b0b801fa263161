"""
The voter's side of a poll: which polls are open, what her sheet says, what her paper would count as.

A booth is read once and serves every voter until the poll closes: nothing in it changes while the poll is open. That
the poll is still open is asked again with every ballot, in the transaction that puts it into the box.
"""

import hashlib
import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from federation.errors import Finding, NotFound, WrongStage
from federation.facts.counting import Paper
from federation.facts.voting import PaperReading, PollListed, Sheet, SheetContest
from federation.models import BallotRound, Case, Election, Federation
from federation.rules import readings, sheets
from federation.rules.ballots import PaperJudge, empty_mark
from federation.services import ballots, minute_items, selection
from federation.services.casting import Box, box_of
from federation.services.polls import Poll, candidates, poll_of


class Over(WrongStage):
    """The poll has been open, and takes no ballots any more."""


@dataclass(frozen=True, slots=True)
class Booth:
    """An open poll as voters need it."""

    sheet: Sheet
    box: Box
    judges: Mapping[str, PaperJudge]

    def readings(self, papers: Mapping[str, Paper]) -> tuple[PaperReading, ...]:
        """What the papers of a sheet count as, contest by contest."""
        return tuple(
            readings.reading_of(self.judges[each.short_id], each.office, papers[each.short_id])
            for each in self.sheet.contests
        )


def open_polls(session: Session) -> list[PollListed]:
    """The polls in which a phone may vote now, each with the shortest id that names it alone among them."""
    found = _listed(session, session.scalars(_polls().where(Case.state == "open")).all())
    times = Counter(_last(poll.name) for poll in found)
    return [replace(poll, address=_last(poll.name)) if times[_last(poll.name)] == 1 else poll for poll in found]


MOST = 30
"""Polls of a list: a database of a whole county has thousands that are over."""


def opened_polls(session: Session) -> list[PollListed]:
    """
    The latest polls whose box is opened: those in which a check code may be looked up, earlier ones by address.

    Each by its whole name: a short one leads to the poll that is open now, here or in another hall.
    """
    opened = _polls().where(Election.box == "opened").order_by(None)
    return _listed(session, session.scalars(opened.order_by(Case.since.desc(), Case.path).limit(MOST)).all())


def _last(name: str) -> str:
    return name.rpartition("/")[2]


def find(session: Session, name: str) -> Poll:
    """
    The poll of this name, or of this end of a name: the only one there is, or the only one that is open.

    `members` on a pass is enough for a hall; the whole name is for a database of many federations.
    """
    found = selection.at_address(session, _polls(), name)
    live = [case for case in found if case.state == "open"]
    chosen = found if len(found) == 1 else live
    if len(chosen) == 1:
        return poll_of(session, chosen[0].id)
    if len(chosen) > 1:
        choice = "、".join(each.name for each in _listed(session, chosen))
        raise NotFound("有几项选举同名", [Finding(f"可以是 {choice}", remedy="请重新扫描凭证上的二维码，或问工作人员")])
    raise NotFound("没有这项选举，或者还没有开始", [Finding("网址写得不全或有误", remedy="请重新扫描凭证上的二维码")])


def booth(session: Session, poll: Poll) -> Booth:
    """The booth of an open poll; WrongStage for any other, `Over` for one that has been open."""
    box = box_of(session, poll)
    if poll.case.state != "open" or box.public is None:
        if poll.election.present is not None and poll.case.state != "open":
            raise Over(
                "投票已经结束",
                [Finding("没有投出的凭证，请交给监票人；投过的，凭证和存根自己收好", remedy="计票后凭核对码核对")],
            )
        problem = "这次只用纸质选票" if poll.case.state == "open" else "投票还没有开始"
        raise WrongStage("现在不能投票", [Finding(problem, remedy="主持人宣布开始后，再打开本页")])
    judges = {round.short_id: ballots.judge_of(session, poll, round) for round in poll.rounds}
    return Booth(sheet_of(session, poll), box, judges)


def is_open(session: Session, election_id: uuid.UUID) -> bool:
    """True while this poll is open."""
    return session.scalar(select(Case.state).where(Case.id == election_id)) == "open"


def sheet_of(session: Session, poll: Poll) -> Sheet:
    """The sheet of a poll, once its lists are fixed."""
    of = session.get_one(Federation, poll.case.federation_id)
    contests, marks = tuple(_contest(session, poll, round) for round in poll.rounds), poll.method.ballot.marks
    listed = repr([(each.short_id, each.seats, each.names) for each in contests])
    return Sheet(
        poll=poll.name,
        federation=of.name,
        meeting=poll.meeting.title or poll.meeting_case.label,
        round_label=minute_items.round_label(poll, poll.rounds[0]),
        contests=contests,
        choices=readings.choices_of(marks),
        empty=empty_mark(marks),
        check=poll.method.record.check,
        specimen=of.specimen,
        fingerprint=hashlib.sha256(f"{poll.name}\0{listed}".encode()).hexdigest()[:16],
    )


def _contest(session: Session, poll: Poll, round: BallotRound) -> SheetContest:
    shared = len(poll.rounds) > 1
    return SheetContest(
        short_id=round.short_id,
        office=round.office,
        seats=round.seats,
        names=tuple(row.name for row in candidates(session, round)),
        order=sheets.ORDERS[poll.method.ballot.order],
        rule=readings.rule_of(poll.method, round.seats, shared=shared),
        unset=readings.unset_rule_of(poll.method),
        written=readings.written_rule_of(poll.method, shared=shared),
        others=poll.method.write_in.allowed,
        per_against=poll.method.write_in.per_against,
        boxes=sheets.write_in_boxes(poll.method, round.seats),
    )


def _polls() -> Select[Case]:
    """The polls of this database by ballot, in the order of their names."""
    query = select(Case).join(Election, Election.case_id == Case.id).where(Election.form == "ballot")
    return query.order_by(Case.path, Case.id)


def _listed(session: Session, cases: Sequence[Case]) -> list[PollListed]:
    polls = [poll_of(session, case.id) for case in cases]
    return [
        PollListed(
            name=poll.name,
            address=poll.name,
            federation=session.get_one(Federation, poll.case.federation_id).name,
            meeting=poll.meeting.title or poll.meeting_case.label,
            offices=tuple(round.office for round in poll.rounds),
        )
        for poll in polls
        if "phone" in poll.method.ballot.channels
    ]
