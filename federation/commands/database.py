"""`db`, `backup`, `restore`: the database itself."""

from dataclasses import asdict
from pathlib import Path

import click

from federation import db as database
from federation.commands.desk import Desk, acts, reads
from federation.commands.output import table
from federation.commands.shell import command, group
from federation.services import backups, databases
from federation.services.backups import BackupFacts
from federation.services.databases import ChainFacts

_file = click.argument("file", metavar="文件", type=click.Path(path_type=Path))


@group("db")
def db() -> None:
    """数据库：升级、检查。"""


@db.command("upgrade", example="federation db upgrade --as 王秘书")
@acts("database")
def upgrade(desk: Desk) -> None:
    """把数据库结构升到本程序所用的一版；中断则一切照旧。"""
    act = desk.act()
    with database.disposed(database.engine_for(desk.url)) as engine:
        changed = databases.upgrade(engine, act)
    said = f"已升级到 {database.SCHEMA}" if changed else f"已是最新（{database.SCHEMA}）"
    desk.report({"changed": changed, "schema": database.SCHEMA}, said)


@db.command("check", example="federation db check")
@reads("database")
def check(desk: Desk) -> None:
    """检查数据库：文件、引用、案件、工作日志，报出查了多少。"""
    with desk.reading() as session:
        facts = databases.check(session)
    lines = [
        f"数据库完好，结构 {facts.schema}",
        f"  查了 {facts.tables} 个表、{facts.rows} 行、{facts.references} 种引用、{facts.cases} 个案件",
        chain_table(facts.chains),
    ]
    desk.report(asdict(facts), "\n".join(lines))


@command("backup", example="federation backup 备份-2020-11-02.zip --as 王秘书")
@_file
@acts("database")
def backup(desk: Desk, file: Path) -> None:
    """把整个数据库存成一个文件，SQLite 和 PostgreSQL 通用。投票期间不得备份。

    文件含全部数据，请妥善保管。
    """
    with desk.acting(consistent=True) as (session, act):
        facts = backups.write(session, file, act)
    backups.place(file)
    desk.report({"file": str(file), **asdict(facts)}, f"已备份到 {file}：{_content(facts)}")


@command("restore", example="federation restore 备份-2020-11-02.zip --db sqlite:///恢复.db --as 王秘书")
@_file
@acts("database")
def restore(desk: Desk, file: Path) -> None:
    """用备份新建一个数据库；已有的数据库从不覆盖。"""
    act = desk.act()
    manifest = backups.verify(file)
    done: list[BackupFacts] = []
    with database.created(desk.url) as engine:
        database.upgrade(engine, lambda session: done.append(backups.load(session, file, manifest, act)))
    [facts] = done
    desk.report({"file": str(file), **asdict(facts)}, f"已从 {file} 恢复并核对：{_content(facts)}")


def chain_table(chains: tuple[ChainFacts, ...]) -> str:
    """The journal's chains as an officer compares them with a signed paper."""
    return table(("日志", "行数", "校验码"), [(chain.of, chain.lines, chain.head or "（空）") for chain in chains])


def _content(facts: BackupFacts) -> str:
    return f"{facts.tables} 个表，{facts.rows} 行，文件校验值 {facts.sha256}"
