"""`election`: the plan, its lists and its scrutineers; the poll itself in polls, ballots, counts and rounds."""

import click

from federation.commands import ballots, candidates, counts, entries, hands, keys, passes, polls, recounts, rounds
from federation.commands.desk import Desk, acts, reads
from federation.commands.output import table
from federation.commands.shell import group
from federation.services import elections


@group("election")
def election() -> None:
    """选举：提名、投票、收票、计票、宣布。"""


@election.command("plan", example="federation election plan --meeting congress --as 王秘书")
@acts("meeting")
def plan(desk: Desk) -> None:
    """按选举办法安排一次会议的各项选举；办法修改后再办一次即可对齐。"""
    with desk.acting() as (session, act):
        meeting = desk.meeting(session)
        outcome = elections.plan(session, meeting, act)
        rows = elections.overview(session, meeting)
    lines = [
        f"{row['office']}：应选 {row['seats']} 名，候选人按办法应为 {row['expected']} 名（{row['contest']}）"
        for row in rows
    ]
    desk.done(outcome, "\n".join(["已安排选举：", *lines]), contests=rows)


@election.command("list", example="federation election list")
@reads("meeting")
def list_(desk: Desk) -> None:
    """列出各项选举、各轮名单和账目。"""
    with desk.reading() as session:
        rows = elections.overview(session, desk.meeting(session))
    headers = ("编号", "职务", "轮次", "名额", "状态", "应到", "实到", "发出", "收回", "候选人")
    cells = [
        (
            row["contest"],
            row["office"],
            row["kind"],
            row["seats"],
            row["state"],
            *("—" if row[key] is None else row[key] for key in ("due", "present", "issued", "returned")),
            " ".join(row["candidates"]),
        )
        for row in rows
    ]
    desk.report(rows, table(headers, cells) if rows else "还没有选举安排，请先 federation election plan")


@election.command(
    "scrutineers",
    example="federation election scrutineers --chief 李监票 --scrutineer 赵监票 --teller 孙计票 --as 王秘书",
)
@click.option("--chief", default="", metavar="姓名", help="总监票人")
@click.option("--scrutineer", "scrutineers", multiple=True, metavar="姓名", help="监票人，可写多个")
@click.option("--chief-teller", default="", metavar="姓名", help="总计票人")
@click.option("--teller", "tellers", multiple=True, metavar="姓名", help="计票人，可写多个")
@click.option("--caller", "callers", multiple=True, metavar="姓名", help="唱票人，可写多个")
@acts("meeting")
def scrutineers(
    desk: Desk,
    chief: str,
    scrutineers: tuple[str, ...],
    chief_teller: str,
    tellers: tuple[str, ...],
    callers: tuple[str, ...],
) -> None:
    """确定监票人、计票人名单，交会议表决；候选人不得担任。"""
    duties = {
        "chief_scrutineer": [chief] if chief else [],
        "scrutineer": list(scrutineers),
        "chief_teller": [chief_teller] if chief_teller else [],
        "teller": list(tellers),
        "vote_caller": list(callers),
    }
    with desk.acting() as (session, act):
        meeting = desk.meeting(session)
        outcome = elections.set_scrutineers(session, meeting, duties, act)
        unknown = elections.outsiders(session, meeting, (name for group in duties.values() for name in group))
        said = f"已确定名单，请交会议表决：federation motion put scrutineers --meeting {meeting.short_id}"
    lines = [said, *(f"提醒：{name}不在名册上，请核对姓名" for name in unknown)]
    desk.done(outcome, "\n".join(lines), not_on_roll=unknown)


for _part in (candidates, polls, passes, keys, ballots, entries, hands, counts, recounts, rounds):
    for _command in _part.COMMANDS:
        election.add_command(_command)
