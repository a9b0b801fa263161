"""`election rerun`, `runoff`, `supplement`, `stage`, `decide`: what a count may leave open."""

import click
from sqlalchemy.orm import Session

from federation.commands.desk import Desk, acts
from federation.commands.shell import command
from federation.errors import Misused
from federation.models import BallotRound
from federation.services import doubts, rounds
from federation.services.polls import Poll, poll_of
from federation.services.steps import Outcome


@command("rerun", example="federation election rerun --contest members --as 王秘书")
@acts("contest")
def rerun(desk: Desk) -> None:
    """重新选举：整次选举无效，以原名单重来。"""
    with desk.acting() as (session, act):
        poll = poll_of(session, desk.round(session).election_id)
        outcome = rounds.rerun(session, poll, act)
    _next(desk, outcome, "重新选举")


@command("runoff", example="federation election runoff --contest vice_chairs --as 王秘书")
@acts("contest")
def runoff(desk: Desk) -> None:
    """再次投票：只在得票相同的人中投。"""
    with desk.acting() as (session, act):
        poll, round = _found(desk, session)
        outcome = rounds.runoff(session, poll, round, act)
    _next(desk, outcome, "再次投票")


@command("supplement", example="federation election supplement --contest members --as 王秘书")
@click.option("--add", "added", multiple=True, metavar="姓名", help="主席团增提的人选，可写多个")
@click.option("--drop", "dropped", multiple=True, metavar="姓名", help="从名单中去掉的人选，可写多个")
@click.option("--approval", default="", metavar="文号", help="同级党组织同意增减的批复文号")
@acts("contest")
def supplement(desk: Desk, added: tuple[str, ...], dropped: tuple[str, ...], approval: str) -> None:
    """另行选举：选举有效而名额未满，以新名单补足缺额。"""
    with desk.acting() as (session, act):
        poll, round = _found(desk, session)
        outcome = rounds.supplement(session, poll, round, added, dropped, approval, act)
    _next(desk, outcome, "另行选举")


@command("stage", example="federation election stage --contest members --as 王秘书")
@acts("contest")
def stage(desk: Desk) -> None:
    """预选之后转入正式选举。"""
    with desk.acting() as (session, act):
        poll, round = _found(desk, session)
        outcome = rounds.stage(session, poll, round, act)
    _next(desk, outcome, "正式选举")


@command(
    "decide",
    example="federation election decide --contest vice_chairs.2 --elect 张三 --note 主席团会议决定 --as 王秘书",
)
@click.option("--elect", "elected", multiple=True, metavar="姓名", help="决定由谁当选，可写多个；不写则留空缺")
@click.option("--note", default="", metavar="文字", help="决定的内容和依据")
@click.option("--box", is_flag=True, help="决定的是存疑的票箱（争议、未交回的凭证、打不开的票），宣布之前办")
@acts("contest")
def decide(desk: Desk, elected: tuple[str, ...], note: str, box: bool) -> None:
    """登记主席团的决定（办法没有规定、再次平票、缺额不补、票箱存疑等）。"""
    if box and elected:
        raise Misused("就票箱所作的决定不产生当选人，请不写 --elect")
    with desk.acting() as (session, act):
        poll, round = _found(desk, session)
        if box:
            desk.done(doubts.rule(session, poll, note, act), "已登记主席团就票箱所作的决定")
            return
        outcome = rounds.decide(session, poll, round, elected, note, act)
    desk.done(outcome, "已登记主席团决定" + (f"，{'、'.join(elected)}当选" if elected else ""))


def _found(desk: Desk, session: Session) -> tuple[Poll, BallotRound]:
    round = desk.round(session)
    return poll_of(session, round.election_id), round


def _next(desk: Desk, outcome: Outcome, label: str) -> None:
    desk.done(
        outcome, f"已转入{label}，新的一轮见 federation election list；下一步确定名单：federation election papers"
    )


COMMANDS = (rerun, runoff, supplement, stage, decide)
