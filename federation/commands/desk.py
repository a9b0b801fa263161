"""The desk at which a command works: its options, its database, its officer, and what it was asked about."""

import datetime as dt
import functools
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

import click
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from federation import db
from federation.clock import BEIJING, Clock
from federation.errors import Misused
from federation.facts.acts import Act, Stated
from federation.models import BallotRound, Case, Federation
from federation.services import selection
from federation.services.steps import Outcome

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True)
class Desk:
    """One command's context. `federation`, `case`, `meeting`, `contest` are ids as given, empty where left out."""

    clock: Clock
    url: str
    officer: str = ""
    second: str = ""
    on: str = ""
    at: str = ""
    yes: bool = False
    as_json: bool = False
    federation_id: str = ""
    case_id: str = ""
    meeting_id: str = ""
    contest_id: str = ""

    @property
    def engine(self) -> Engine:
        """The database, which must be there and of this schema."""
        engine = db.engine_for(self.url)
        try:
            db.must_be_current(engine)
        except BaseException:
            engine.dispose()
            raise
        return engine

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """One consistent view."""
        with db.disposed(self.engine) as engine, db.reading(engine) as session:
            yield session

    @contextmanager
    def acting(self, consistent: bool = False) -> Iterator[tuple[Session, Act]]:
        """One transaction in the name of an officer; `consistent` where all its queries must see the same moment."""
        act = self.act()
        with (
            db.disposed(self.engine) as engine,
            db.transaction(db.consistent(engine) if consistent else engine) as session,
        ):
            selection.officer(session, act.by)
            if act.second:
                selection.officer(session, act.second)
            yield session, act

    def act(self) -> Act:
        """Who acts and when; Misused where no officer is named."""
        if not self.officer:
            raise Misused("请用 --as 姓名 说明由谁办理（或设环境变量 FEDERATION_ACTOR）")
        now = self.clock.now()
        return Act(self.officer, self._stated(now), now, self.second)

    def _stated(self, now: dt.datetime) -> Stated:
        if self.on and self.at:
            raise Misused("--on 和 --at 只用一个：--at 已含日期")
        try:
            if self.on:
                return Stated.parse(self.on)
            if self.at:
                today = now.astimezone(BEIJING).date().isoformat()
                return Stated.parse(self.at if len(self.at) > 5 else f"{today} {self.at.zfill(5)}")
        except ValueError:
            raise Misused("时间看不懂：--on 写 2020-11-02，--at 写 “2020-11-02 09:00” 或 09:00") from None
        return Stated.of(now)

    def federation(self, session: Session) -> Federation:
        """The federation asked about."""
        return selection.federation(session, self.federation_id)

    def case(self, session: Session) -> Case:
        """The root case asked about: where exactly one is open, that one."""
        return selection.case(session, self.federation(session), self.case_id)

    def meeting(self, session: Session) -> Case:
        """The meeting asked about: where exactly one is open, that one."""
        return selection.meeting(session, self.case(session), self.meeting_id)

    def round(self, session: Session) -> BallotRound:
        """The ballot round asked about: where exactly one is open, that one."""
        case = self.case(session)
        meeting = selection.meeting(session, case, self.meeting_id) if self.meeting_id else None
        return selection.round(session, case, meeting, self.contest_id)

    def confirm(self, question: str) -> None:
        """Ask before what cannot be taken back; `--yes` answers."""
        if not self.yes:
            click.confirm(question, abort=True)

    @staticmethod
    def told(facts: Any, text: str, *, as_json: bool) -> None:
        """Print the facts as JSON where asked for, else the text: for a command without a database."""
        click.echo(json.dumps(facts, ensure_ascii=False, indent=2, default=str) if as_json else text)

    def report(self, facts: Any, text: str) -> None:
        """Print the facts as JSON where asked for, else the text."""
        self.told(facts, text, as_json=self.as_json)

    def done(self, outcome: Outcome, text: str, again: str = "", /, **facts: Any) -> None:
        """Print what was done, or that it had been done before, and what else to know then (`again`)."""
        said = text if outcome.taken else f"已办理，未作改动{again}"
        self.report({"changed": outcome.taken, "message": said, "check_code": outcome.check_code, **facts}, said)


_WHICH = {
    "federation": click.option("--federation", "federation_id", default="", metavar="编号", help="哪个妇联"),
    "case": click.option("--case", "case_id", default="", metavar="编号", help="哪个案件，如 founding-1"),
    "meeting": click.option("--meeting", "meeting_id", default="", metavar="编号", help="哪次会议，如 congress"),
    "contest": click.option("--contest", "contest_id", default="", metavar="编号", help="哪项选举，如 members"),
}
_WHOEVER = click.option("--as", "officer", default=None, metavar="姓名", hidden=True, help="查看不分由谁，写了也可以")
_READS = (
    click.option("--db", "url", default=None, metavar="地址", help="数据库；不写则用当前文件夹的 federation.db"),
    click.option("--json", "as_json", is_flag=True, help="以 JSON 输出"),
)
_ACTS = (
    click.option("--as", "officer", default=None, metavar="姓名", help="由谁办理"),
    click.option("--with", "second", default="", metavar="姓名", help="与谁一同办理（须两人的步骤）"),
    click.option("--on", default="", metavar="日期", help="事情发生在哪天（补记），如 2020-11-02"),
    click.option("--at", default="", metavar="时间", help="事情发生的时间（补记），如 “2020-11-02 09:00”"),
    click.option("--yes", is_flag=True, help="不再询问"),
)
_LEVELS = {"database": (), "federation": ("federation",), "case": ("federation", "case")}
_LEVELS |= {"meeting": (*_LEVELS["case"], "meeting"), "contest": (*_LEVELS["case"], "meeting", "contest")}


def reads(level: str = "case") -> Callable[[F], F]:
    """Give a command the options of one that only reports, and a `Desk` as its first argument. It is anybody's: `--as`
    is let pass, for whoever types it by habit."""
    return _with_desk((*(_WHICH[name] for name in _LEVELS[level]), *_READS, _WHOEVER))


def acts(level: str = "case") -> Callable[[F], F]:
    """Give a command the options of one that changes something, and a `Desk` as its first argument."""
    return _with_desk((*(_WHICH[name] for name in _LEVELS[level]), *_ACTS, *_READS))


_FIELDS = (
    "url",
    "officer",
    "second",
    "on",
    "at",
    "yes",
    "as_json",
    "federation_id",
    "case_id",
    "meeting_id",
    "contest_id",
)


def _with_desk(options: tuple[Callable[[Any], Any], ...]) -> Callable[[F], F]:
    def decorate(function: F) -> F:
        @functools.wraps(function)
        @click.pass_obj
        def wrapped(shell: dict[str, Any], /, **params: Any) -> Any:
            own = {name: params.pop(name) for name in _FIELDS if name in params}
            own["url"] = own.get("url") or shell["db"] or "sqlite:///federation.db"
            own["officer"] = own.get("officer") or shell["as"] or ""
            return function(Desk(clock=shell["clock"], **own), **params)

        for option in reversed(options):
            wrapped = option(wrapped)
        return wrapped  # type: ignore[return-value]

    return decorate
