"""The ways of `election enter`: a pile at the keyboard, a pile from a file, a tally sheet, a whole box."""

import hashlib
from pathlib import Path

import click
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from federation import db
from federation.boxes import BallotFile
from federation.commands.desk import Desk
from federation.commands.files import read_bytes
from federation.commands.keyboard import Keys, Sheet, Way, keys, legend, shown
from federation.commands.output import table
from federation.errors import Finding, Misused, Refused
from federation.facts.counting import Paper, Votes
from federation.models import BallotRound
from federation.services import ballots, entries, selection, tally_sheets
from federation.services.entries import Progress
from federation.services.polls import Poll, candidates, poll_of
from federation.tally_sheets import read_totals


def _there(desk: Desk, session: Session) -> tuple[Poll, BallotRound, list[str]]:
    round = desk.round(session)
    return poll_of(session, round.election_id), round, [row.name for row in candidates(session, round)]


def whole_box(desk: Desk, file: Path) -> None:
    """All papers of a contest from one file, in one transaction."""
    digest = hashlib.sha256(read_bytes(file)).hexdigest()
    with desk.acting() as (session, act):
        poll, round, names = _there(desk, session)
        box = BallotFile(file, poll.method.ballot.marks, names)
        outcome = ballots.enter_box(session, poll, round, digest, box.papers(poll.election.papers), act)
        warnings = [str(found) for found in box.warnings()]
        counted, entered = poll.election.papers or 0, ballots.entered(session, round)
        left = f"还差 {counted - entered} 张" if entered < counted else "已全部录入"
        lines = [
            f"{round.office}：已录入 {file.name}；箱内 {counted} 张，已录 {entered} 张，{left}",
            *(f"提醒：{found}" for found in warnings),
            f"录错了可撤销：{ballots.undoing(round, digest)}",
        ]
    desk.done(outcome, "\n".join(lines), sha256=digest, entered=entered, box=counted, warnings=warnings)


def undo_file(desk: Desk, named: str, note: str) -> None:
    """Take back a file entered by mistake, named by its hash or as the file that it still is."""
    sha256 = hashlib.sha256(read_bytes(Path(named))).hexdigest() if Path(named).is_file() else named.lower()
    with desk.acting() as (session, act):
        poll, round, _ = _there(desk, session)
        outcome = ballots.remove_batch(session, poll, round, sha256, note, act)
    desk.done(outcome, "已撤销录入")


class _Pile:
    """One teller at the keyboard before one pile; every act on it is a transaction of its own."""

    def __init__(self, desk: Desk, engine: Engine, number: str, keys: Keys) -> None:
        self.desk, self.engine, self.number, self.keys = desk, engine, number, keys

    def begin(self, papers: int | None) -> Progress:
        act = self.desk.act()
        with db.transaction(self.engine) as session:
            selection.officer(session, act.by)
            poll, round, names = _there(self.desk, session)
            self.sheet, self.office = Sheet(poll.method, names, self.keys), round.office
            self.marks = poll.method.ballot.marks
            return entries.begin(session, poll, round, self.number, papers, act)

    def put(self, paper: Paper) -> Progress:
        with db.transaction(self.engine) as session:
            poll, round, _ = _there(self.desk, session)
            return entries.put(session, poll, round, self.number, paper, self.desk.act())

    def take_back(self) -> Progress:
        with db.transaction(self.engine) as session:
            poll, round, _ = _there(self.desk, session)
            return entries.take_back(session, poll, round, self.number, self.desk.act())

    def finish(self) -> Progress:
        with db.transaction(self.engine) as session:
            poll, round, _ = _there(self.desk, session)
            entries.finish(session, poll, round, self.number, self.desk.act())
            return entries.begin(session, poll, round, self.number, None, self.desk.act())

    def next(self, at: Progress) -> Progress | None:
        """Type the next paper, or say that the pile is done; None where the teller leaves."""
        whole = at.entered == at.papers
        match self._end(at) if whole else self.sheet.read(f"第 {at.entered + 1} / {at.papers} 张"):
            case Paper() as typed:
                return self.put(typed)
            case Way.BACK:
                return self.take_back()
            case Way.LEAVE:
                return None
        return self.finish()

    def _end(self, at: Progress) -> Way | None:
        click.echo(f"{at.papers} 张都已录。回车：录完；u：重录最后一张；q：先离开", err=True)
        while (key := self.keys.key().lower()) not in ("", "q", "u", "\n"):
            pass
        return {"\n": None, "u": Way.BACK}.get(key, Way.LEAVE)


def pile(desk: Desk, number: str, papers: int | None) -> None:
    """A pile at the keyboard, from where the teller left it to its end or until she leaves."""
    with db.disposed(desk.engine) as engine, keys() as typed:
        work = _Pile(desk, engine, number, typed)
        at = work.begin(papers)
        if not at.finished:
            click.echo(legend(work.marks), err=True)
        while not at.finished:
            if (after := work.next(at)) is None:
                break
            at = after
    desk.report(_told(at), f"{work.office}第 {number} 批：{_said(at)}")


def _told(at: Progress) -> dict[str, object]:
    return {"batch": at.batch, "papers": at.papers, "entered": at.entered, "finished": at.finished}


def _said(at: Progress) -> str:
    if not at.finished:
        return f"已录 {at.entered} / {at.papers} 张，下次用同一命令接着录"
    return f"{at.papers} 张已录完。要更正用 --correct 张号；两人都录完后看 federation election entries"


def pile_file(desk: Desk, number: str, papers: int | None, file: Path) -> None:
    """A pile that one teller has typed in a spreadsheet, row by row in the order of the pile, in one transaction."""
    read_bytes(file)
    with desk.acting() as (session, act):
        poll, round, names = _there(desk, session)
        box = BallotFile(file, poll.method.ballot.marks, names)
        rows = list(box.papers(papers))
        if papers not in (None, len(rows)):
            raise Refused("没有录入", [Finding(f"{file.name} 里是 {len(rows)} 张，不是 {papers} 张", "", "核对文件")])
        if entries.begin(session, poll, round, number, len(rows), act).entered:
            remedy = f"federation election enter --batch {number}，接着录"
            raise Refused("没有录入", [Finding(f"第 {number} 批你已经录过一部分", "一张选票只录一次", remedy)])
        for paper in rows:
            entries.put(session, poll, round, number, paper, act)
        outcome = entries.finish(session, poll, round, number, act)
        warnings = [f"提醒：{found}" for found in box.warnings()]
        text = f"{round.office}第 {number} 批：{len(rows)} 张已录完"
    desk.done(outcome, "\n".join([text, *warnings]), batch=number, papers=len(rows), warnings=warnings)


def correction(desk: Desk, number: str, position: int) -> None:
    """One paper of the teller's own entry, shown and typed anew."""
    act = desk.act()
    with db.disposed(desk.engine) as engine:
        with db.reading(engine) as session:
            selection.officer(session, act.by)
            poll, round, names = _there(desk, session)
            old = entries.own_paper(session, round, number, position, act)
        click.echo(legend(poll.method.ballot.marks), err=True)
        click.echo(f"你录的第 {position} 张：{shown(poll.method, names, old)}", err=True)
        with keys() as pressed:
            typed = Sheet(poll.method, names, pressed).read(f"第 {position} 张改为")
        if isinstance(typed, Way):
            raise Misused("没有更正：这一张没有录到回车")
        with db.transaction(engine) as session:
            poll, round, _ = _there(desk, session)
            outcome = entries.correct(session, poll, round, number, position, typed, act)
    desk.done(outcome, f"第 {number} 批第 {position} 张已更正")


def tally_sheet(desk: Desk, file: Path, valid: int | None, invalid: int | None) -> None:
    """One teller's tally sheet; with the other's equal it is signed off, else the differences are shown."""
    if valid is None or invalid is None or valid < 0 or invalid < 0:
        raise Misused("请用 --valid 和 --invalid 写明有效票、无效票的张数（只算纸质选票）")
    read_bytes(file)
    with desk.acting() as (session, act):
        poll, round, names = _there(desk, session)
        votes = Votes(read_totals(file, poll.method.ballot.marks, names), valid, invalid)
        done = tally_sheets.hand_in(session, poll, round, votes, act)
        office = round.office
    if done.signed_off:
        text = f"{office}：{'、'.join(done.tellers)}的计票表一致，已签认"
    elif done.differences:
        cells = [(one.field, one.first, one.second) for one in done.differences]
        text = f"{office}：两份计票表不一致，核对后重交：\n{table(('项目', *done.tellers), cells)}"
    else:
        text = f"{office}：计票表已收，等另一名计票人交表"
    differences = [[one.field, one.first, one.second] for one in done.differences]
    desk.done(done.outcome, text, signed_off=done.signed_off, tellers=list(done.tellers), differences=differences)
