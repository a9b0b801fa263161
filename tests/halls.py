"""A small congress for tests: a federation, its founding case, nine delegates and an observer, all of them made up."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Self

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from federation import db
from federation.clock import SetClock
from federation.facts.acts import Act, Stated
from federation.models import Case, DraftVersion, Federation
from federation.rules.numerals import chinese_number
from federation.services import cases, drafts, federations, journal, meetings, papers, roll, selection
from federation.spreadsheets import write_table
from tests.shell import Run

OFFICER = "王秘书"
HEADER = ("序号", "姓名", "性别", "出生日期", "民族", "政治面貌", "单位", "单位简称", "类别", "表决权")
NAMES = ("丁一禾", "马秋澜", "邓云舒", "田富", "田大利", "向晚晴", "阿依古丽·买买提", "王芳", "王芳")
UNITS = ("第一小学", "第一小学", "人民医院", "人民医院", "税务所", "税务所", "街道办", "第三中学", "人民医院")
METHOD = """
title = "示例大会选举办法"
quorum = ">= 2/3 of due"
adoption = "> 1/2 of present"
motions = "> 1/2 of due"
elected = "> 1/2 of due"

[[contest]]
id = "members"
office = "执行委员会委员"
seats = 3

[[provision]]
key = "quorum"
clause = "第五条"

[[provision]]
key = "adoption"
clause = "第六条"
"""
PROSE = "# 示例大会选举办法\n\n" + "".join(f"第{n}条 示例。\n\n" for n in "一二三四五六")
AS = ("--as", OFFICER)
SUBMIT: tuple[str, ...] = ()
"""More words to `draft submit method`."""
AT = ("--meeting", "congress", *AS)
Row = Sequence[object]


def delegates() -> list[list[object]]:
    """Nine delegates, two of one name, and an observer; numbered 1 to 10."""
    rows: list[list[object]] = [
        [number, name, "女", date(1980, 1, number), "汉族", "群众", unit, unit[:2], "代表", "有"]
        for number, (name, unit) in enumerate(zip(NAMES, UNITS, strict=True), 1)
    ]
    return [*rows, [10, "孙来宾", "男", "", "汉族", "群众", "上级妇联", "", "列席", "无"]]


def roll_file(path: Path, rows: Sequence[Row] | None = None, header: Sequence[str] = HEADER) -> Path:
    """A roll as a file, XLSX or CSV by its name."""
    write_table(path, header, delegates() if rows is None else rows)
    return path


def crowd(number: int) -> list[list[object]]:
    """The nine delegates and the observer, and after them so many delegates in all, 代表十, 代表十一 and on."""
    same = ("女", date(1980, 2, 1), "汉族", "群众", "示例单位", "示例", "代表", "有")
    more = [[place, f"代表{chinese_number(place - 1)}", *same] for place in range(11, number + 2)]
    return [*delegates(), *more]


class Hall:
    """A federation that is being founded, in a database, at a clock that stands still."""

    DELEGATES = 9
    """How many are entitled to vote."""

    def people(self) -> list[list[object]]:
        """Everyone on the roll."""
        return crowd(self.DELEGATES)

    def __init__(self, engine: Engine, clock: SetClock) -> None:
        self.engine = engine
        self.clock = clock
        with db.transaction(engine) as session:
            act = self.act()
            of = federations.initialise(session, "shili", "示例开发区妇女联合会", "unit", act)
            cases.open_case(session, of, "founding", 1, act)

    @classmethod
    def resumed(cls, engine: Engine, clock: SetClock) -> Self:
        """The same over a database in which the case is open already, and whatever else."""
        hall = cls.__new__(cls)
        hall.engine, hall.clock = engine, clock
        return hall

    def act(self, on: str = "") -> Act:
        """The officer's word, now or on the day given."""
        now = self.clock.now()
        return Act(OFFICER, Stated.parse(on) if on else Stated.of(now), now)

    def do(self, service: Callable[..., Any], *args: Any, meeting: str = "congress", **more: Any) -> Any:
        """Call a service on a meeting in a transaction of its own."""
        with db.transaction(self.engine) as session:
            return service(session, self.meeting(session, meeting), *args, self.act(), **more)

    def see(self, reader: Callable[..., Any], *args: Any, meeting: str = "congress") -> Any:
        """Ask a service about a meeting."""
        with db.reading(self.engine) as session:
            return reader(session, self.meeting(session, meeting), *args)

    def root(self, session: Session) -> Case:
        return selection.case(session, selection.federation(session, ""), "founding-1")

    def meeting(self, session: Session, id: str) -> Case:
        return selection.meeting(session, self.root(session), id)

    def paper_ids(self) -> list[str]:
        """The papers that can be made now."""
        with db.reading(self.engine) as session:
            return [slot.short_id for slot in papers.available(session, self.root(session))]

    def paper(self, short_id: str) -> Any:
        """The facts of a paper."""
        with db.reading(self.engine) as session:
            return papers.order(session, self.root(session), short_id).facts

    def lines(self) -> list[tuple[str, str]]:
        """The journal as (act, facts)."""
        with db.reading(self.engine) as session:
            chain = session.query(Federation).one().id
            return [(line.act, line.facts) for line in journal.lines(session, chain)]

    def submit(self, id: str, title: str, toml: str = "", meeting: str = "congress") -> str:
        """Put a version of a draft before the meeting and return its hash."""
        with db.transaction(self.engine) as session:
            root = self.root(session)
            kind = "method" if id.startswith("method") else "charter"
            case = session.query(Case).filter_by(root_id=root.id, short_id=id).one_or_none()
            number = session.query(DraftVersion).filter_by(draft_id=case.id).count() + 1 if case else 1
            case = case or cases.add_draft(session, root, id, kind, meeting, title, self.act())
            case.state = "submitted"
            text = f"第一条 示例{number}。"
            sha256 = drafts.content_hash(text, toml)
            session.add(
                DraftVersion(
                    draft_id=case.id,
                    number=number,
                    title=title,
                    text=text,
                    method_toml=toml,
                    sha256=sha256,
                    added_on="2020-11-02",
                )
            )
            return sha256

    def with_roll(self, folder: Path) -> "Hall":
        """The roll is on, everybody reviewed, 应到 fixed."""
        self.do(roll.import_file, roll_file(folder / "roll.xlsx", self.people()), False)
        self.do(roll.review, (), True, "")
        self.do(roll.freeze)
        return self

    def called(self, folder: Path, method: str = METHOD) -> "Hall":
        """The meeting is called, and a method is before it."""
        self.with_roll(folder).submit("method", "示例大会选举办法（草案）", method)
        self.do(meetings.agenda, ["通过选举办法", "选举"])
        with db.transaction(self.engine) as session:
            case = self.meeting(session, "congress")
            meetings.call(session, case, "2020-11-02", "礼堂", "丁一禾", self.act())
        return self


def convened(run: Run, folder: Path) -> None:
    """By commands alone: the congress has a frozen roll, an agenda and a method put to it, and is called."""
    (folder / "method.md").write_text(PROSE, encoding="utf-8")
    (folder / "method.toml").write_text(METHOD, encoding="utf-8")
    run("draft", "add", "method", folder / "method.md", "--data", folder / "method.toml", *AS, code=0)
    run("draft", "submit", "method", *SUBMIT, *AS, code=0)
    run("roll", "import", roll_file(folder / "roll.xlsx"), *AT, code=0)
    run("roll", "review", "--all", "--passed", *AT, code=0)
    run("roll", "freeze", *AT, code=0)
    run("meeting", "agenda", "通过选举办法", "选举", *AT, code=0)
    run("meeting", "call", "--held-on", "2020-11-02", "--place", "礼堂", "--chair", "丁一禾", *AT, code=0)
