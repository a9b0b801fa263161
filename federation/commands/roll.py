"""`roll`: who belongs to a meeting, who was reviewed, and the freeze that fixes 应到."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import click

from federation.commands.desk import Desk, acts, reads
from federation.commands.output import table
from federation.commands.shell import group
from federation.errors import Misused
from federation.rules.roll import KIND_LABELS
from federation.services import roll as service
from federation.services.roll_entries import entries

F = TypeVar("F", bound=Callable[..., Any])
_REVIEWS = {"": "未审", "passed": "通过", "failed": "未通过"}
_PRESENCE = {"": "", "present": "到会", "left": "早退", "absent": "缺席"}


@group("roll")
def roll() -> None:
    """代表名册与资格审查。"""


@roll.command("import", example="federation roll import 名册.xlsx --meeting congress --as 王秘书")
@click.argument("file", metavar="文件", type=click.Path(path_type=Path))
@click.option(
    "--keep-identity-numbers", "keep", is_flag=True, help="保存身份证号（另表存放，不印、不入日志）；不写则核对后不存"
)
@acts("meeting")
def import_(desk: Desk, file: Path, keep: bool) -> None:
    """从 Excel 或 CSV 导入名册；有一处不对就一个人也不导入。

    表头：序号 姓名 性别 出生日期 民族 政治面貌 单位 类别 表决权，另可有 界别、单位简称、身份证号。
    """
    with desk.acting() as (session, act):
        meeting = desk.meeting(session)
        outcome = service.import_file(session, meeting, file, keep, act)
        rows = entries(session, meeting)
        people, voters, at = len(rows), sum(row.may_vote for row in rows), meeting.short_id
    text = f"已导入。名册现有 {people} 人，有表决权的 {voters} 人。下一步："
    text += f"federation roll review --all --passed --meeting {at}"
    desk.done(outcome, text, people=people, voters=voters)


def _person(function: F) -> F:
    """The options that describe one person, as the columns of a file do."""
    for name, key, text in reversed(
        (
            ("--sex", "sex", "性别：女 或 男"),
            ("--born", "born_on", "出生日期，如 1980-01-02"),
            ("--nationality", "nationality", "民族"),
            ("--party", "party", "政治面貌"),
            ("--sector", "sector", "界别，如 教育、卫生健康"),
            ("--unit", "unit", "单位"),
            ("--unit-short", "unit_short", "单位简称，同名时用来区别"),
            ("--kind", "kind", "类别：代表、特邀代表 或 列席"),
            ("--vote", "may_vote", "表决权：有 或 无"),
        )
    ):
        function = click.option(name, key, default="", metavar="文字", help=text)(function)
    return function


def _given(row: Mapping[str, str], name: str) -> dict[str, str]:
    return {**{key: text.strip() for key, text in row.items()}, "name": name}


@roll.command(
    "add", example="federation roll add 钱小满 --born 1985-03-08 --unit 第三小学 --meeting congress --as 王秘书"
)
@click.argument("name", metavar="姓名")
@click.option("--number", default="", metavar="序号", help="序号；不写则接在最后")
@_person
@acts("meeting")
def add(desk: Desk, name: str, number: str, **row: str) -> None:
    """增加一人（名册冻结之前）。不写性别、类别、表决权的，按女、代表、有表决权。"""
    person = _given(row, name) | {"number": number.strip()}
    person["sex"], person["kind"] = person["sex"] or "女", person["kind"] or "代表"
    person["may_vote"] = person["may_vote"] or ("无" if person["kind"] == "列席" else "有")
    with desk.acting() as (session, act):
        meeting = desk.meeting(session)
        outcome = service.add(session, meeting, person, act)
        last = entries(session, meeting)[-1].number if not number else int(number)
    desk.done(outcome, f"已增加：{last} 号 {name}，尚待资格审查", number=last)


@roll.command("remove", example="federation roll remove 17 --note 工作调动 --meeting congress --as 王秘书")
@click.argument("who", metavar="序号或姓名")
@click.option("--note", required=True, metavar="原因", help="原因，记入日志")
@acts("meeting")
def remove(desk: Desk, who: str, note: str) -> None:
    """把一人从名册上去掉（名册冻结之前）。"""
    with desk.acting() as (session, act):
        outcome = service.remove(session, desk.meeting(session), who, note, act)
    desk.done(outcome, f"已从名册去掉 {who}")


@roll.command("replace", example="federation roll replace 17 --by 钱小满 --born 1985-03-08 --unit 第三小学 --as 王秘书")
@click.argument("who", metavar="序号或姓名")
@click.option("--by", "name", required=True, metavar="姓名", help="换成谁")
@click.option("--note", default="", metavar="原因", help="原因，记入日志")
@_person
@acts("meeting")
def replace(desk: Desk, who: str, name: str, note: str, **row: str) -> None:
    """以一人替换另一人，序号不变，须重新审查资格（名册冻结之前）。"""
    person = _given(row, name)
    person["sex"] = person["sex"] or "女"
    with desk.acting() as (session, act):
        outcome = service.replace_person(session, desk.meeting(session), who, person, note, act)
    desk.done(outcome, f"已用{name}替换 {who}，尚待资格审查")


@roll.command("list", example="federation roll list --unreviewed --meeting congress")
@click.option("--unreviewed", is_flag=True, help="只列还没有审查资格的")
@reads("meeting")
def list_(desk: Desk, unreviewed: bool) -> None:
    """列出名册。"""
    with desk.reading() as session:
        rows = [
            {
                "number": row.number,
                "name": row.displayed,
                "sex": row.sex,
                "sector": row.sector,
                "unit": row.unit,
                "kind": KIND_LABELS[row.kind],
                "may_vote": row.may_vote,
                "review": row.review,
                "presence": row.presence,
                "late": row.late,
                "absence": row.absence,
            }
            for row in entries(session, desk.meeting(session))
            if not unreviewed or (not row.review and row.kind != "observer")
        ]
    headers = ("序号", "姓名", "性别", "单位", "类别", "表决权", "资格审查", "到会")
    text = table(headers, [_cells(row) for row in rows])
    desk.report(
        rows,
        text if rows else "没有未审查的人" if unreviewed else "名册还是空的，请先 federation roll import 名册.xlsx",
    )


def _cells(row: Mapping[str, Any]) -> tuple[object, ...]:
    review = "不审" if row["kind"] == "列席" and not row["review"] else _REVIEWS[row["review"]]
    presence = _PRESENCE[row["presence"]] + ("（迟到）" if row["late"] else "")
    presence += f"（{row['absence']}）" if row["absence"] else ""
    vote = "有" if row["may_vote"] else "无"
    return row["number"], row["name"], row["sex"], row["unit"], row["kind"], vote, review, presence


@roll.command("review", example="federation roll review --all --passed --meeting congress --as 王秘书")
@click.argument("who", nargs=-1, metavar="[序号或姓名]…")
@click.option("--all", "everyone", is_flag=True, help="所有还没有审查的代表")
@click.option("--passed/--failed", "passed", default=None, help="审查通过 / 未通过")
@click.option("--note", default="", metavar="说明", help="说明；未通过的须写明原因")
@acts("meeting")
def review(desk: Desk, who: tuple[str, ...], everyone: bool, passed: bool | None, note: str) -> None:
    """登记代表资格审查的结果。列席人员不审查。"""
    if bool(who) == everyone:
        raise Misused("写明审查谁：序号或姓名，或者 --all（所有还没有审查的代表），二者选一")
    if passed is None:
        raise Misused("写明结果：--passed 通过，或 --failed 未通过")
    if not passed and not note.strip():
        raise Misused("审查未通过的，用 --note 写明原因")
    with desk.acting() as (session, act):
        meeting = desk.meeting(session)
        outcome = service.review(session, meeting, who, passed, note.strip(), act)
        left = sum(not row.review and row.kind != "observer" for row in entries(session, meeting))
        freeze = f"federation roll freeze --meeting {meeting.short_id}"
    text = "已登记" + (f"，全部审查完毕。下一步：{freeze}" if not left else f"，还有 {left} 人未审查")
    desk.done(outcome, text, unreviewed=left)


@roll.command(
    "quota",
    example="federation roll quota 152 --procedure 各单位民主推选，并公示五个工作日。 --meeting congress --as 王秘书",
)
@click.argument("number", type=click.IntRange(min=1), required=False, metavar="名额")
@click.option("--procedure", default="", metavar="文字", help="代表怎样产生，写成一句话")
@acts("meeting")
def quota(desk: Desk, number: int | None, procedure: str) -> None:
    """登记代表名额和产生办法，供代表资格审查报告用（名册冻结之前）。"""
    with desk.acting() as (session, act):
        outcome = service.set_quota(session, desk.meeting(session), number, procedure.strip(), act)
    desk.done(outcome, "已登记代表名额和产生办法")


@roll.command("draw", example="federation roll draw --meeting plenary --as 王秘书")
@acts("meeting")
def draw(desk: Desk) -> None:
    """按已宣布的选举结果生成名册（如执行委员会全体会议）。"""
    with desk.acting() as (session, act):
        meeting = desk.meeting(session)
        outcome = service.draw(session, meeting, act)
        people, at = len(entries(session, meeting)), meeting.short_id
    desk.done(outcome, f"名册现有 {people} 人。下一步：federation roll freeze --meeting {at}", people=people)


@roll.command("freeze", example="federation roll freeze --meeting congress --as 王秘书")
@acts("meeting")
def freeze(desk: Desk) -> None:
    """冻结名册，确定应到人数；此后名册不再增减。"""
    with desk.acting() as (session, act):
        meeting = desk.meeting(session)
        outcome = service.freeze(session, meeting, act)
        due = sum(row.may_vote for row in entries(session, meeting))
    desk.done(outcome, f"名册已冻结，应到 {due} 人", due=due)
