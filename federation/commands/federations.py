"""`init`, `add`, `list`, `show`: the federations in the database."""

from dataclasses import asdict

import click
from sqlalchemy import Engine

from federation import db
from federation.commands.desk import Desk, acts, reads
from federation.commands.output import table
from federation.commands.shell import command
from federation.errors import Finding, Refused
from federation.services import federations, selection
from federation.services.federations import LEVELS
from federation.workflows.vocabulary import ROLES

_level = click.option(
    "--level",
    type=click.Choice(list(LEVELS)),
    default="unit",
    show_default=True,
    help="级别：" + "、".join(f"{k} {v}" for k, v in LEVELS.items()),
)


@command("init", example="federation init gaoxin 某某高新技术产业开发区妇女联合会 --level unit --as 王秘书")
@click.argument("short_id", metavar="编号")
@click.argument("name", metavar="全称")
@_level
@acts("database")
def init(desk: Desk, short_id: str, name: str, level: str) -> None:
    """建库，登记第一个妇联；--as 所写的人成为第一位工作人员。"""
    act = desk.act()
    with db.disposed(db.engine_for(desk.url)) as engine:
        fresh = not db.exists(engine)
        changed = fresh or not _initialised(engine, short_id, name, level)
        try:
            if changed:  # schema and first federation in one: a database without it is neither there nor not there
                db.upgrade(engine, lambda session: federations.initialise(session, short_id, name, level, act))
        except BaseException:
            if fresh:
                db.remove(engine)
            raise
    said = f"已建库：{short_id}「{name.strip()}」，第一位工作人员 {act.by}。下一步：federation found --as {act.by}"
    facts = {"changed": changed, "federation": short_id, "officer": act.by}
    desk.report(facts, said if changed else "已办理，未作改动")


def _initialised(engine: Engine, short_id: str, name: str, level: str) -> bool:
    """True where this very federation is there; Refused where another is."""
    if db.revision(engine) is None:
        return False
    db.must_be_current(engine)
    with db.reading(engine) as session:
        if federations.same(session, short_id, name, level):
            return True
        if federations.listed(session):
            raise Refused(
                "这个数据库已经初始化",
                [Finding("库中已有妇联", "", "登记其他妇联用 federation add；另建新库用 --db 另一文件")],
            )
    return False


@command("add", example="federation add cunyi 某某村妇女联合会 --level village --superior gaoxin --as 王秘书")
@click.argument("short_id", metavar="编号")
@click.argument("name", metavar="全称")
@_level
@click.option("--superior", default="", metavar="编号", help="上级妇联的编号")
@acts("database")
def add(desk: Desk, short_id: str, name: str, level: str, superior: str) -> None:
    """登记一个妇联。"""
    with desk.acting() as (session, act):
        above = selection.federation(session, superior) if superior else None
        changed = not federations.same(session, short_id, name, level, above)
        if changed:
            federations.add(session, short_id, name, level, above, act)
    said = f"已登记：{short_id}「{name.strip()}」" if changed else "已办理，未作改动"
    desk.report({"changed": changed, "federation": short_id}, said)


@command("list", example="federation list")
@reads("database")
def list_(desk: Desk) -> None:
    """列出本库中的妇联。"""
    with desk.reading() as session:
        rows = federations.listed(session)
    desk.report(
        [asdict(row) for row in rows],
        table(("编号", "全称", "级别", "上级"), [(r.id, r.name, LEVELS[r.level], r.superior) for r in rows]),
    )


@command("show", example="federation show gaoxin")
@click.argument("short_id", metavar="编号", default="")
@reads("database")
def show(desk: Desk, short_id: str) -> None:
    """看一个妇联：全称、级别、上级、工作人员。"""
    with desk.reading() as session:
        facts = federations.shown(session, selection.federation(session, short_id))
    lines = [
        f"{facts.id}「{facts.name}」 {LEVELS[facts.level]}" + (f"，上级 {facts.superior}" if facts.superior else "")
    ]
    lines += [f"  {name}：{'、'.join(ROLES[role] for role in roles)}" for name, roles in facts.officers]
    desk.report(asdict(facts), "\n".join(lines))
