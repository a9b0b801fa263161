"""`election papers`, `open`, `close`, `returned`, `declare`: the poll as the hall sees it."""

import click

from federation.commands.desk import Desk, acts
from federation.commands.shell import command
from federation.services import polls
from federation.services.polls import poll_of


@command("papers", example="federation election papers --number 160 --contest members --as 王秘书")
@click.option("--number", type=int, default=0, metavar="张数", help="印制多少张纸质选票")
@acts("contest")
def papers(desk: Desk, number: int) -> None:
    """确定正式候选人、排定次序，登记印制的选票张数；举手表决的不印选票，不写张数。"""
    with desk.acting() as (session, act):
        poll = poll_of(session, desk.round(session).election_id)
        outcome = polls.print_papers(session, poll, number, act)
        lists = [
            f"{round.office}（应选 {round.seats} 名）："
            + "、".join(row.name for row in polls.candidates(session, round))
            for round in poll.rounds
        ]
        hands = poll.election.form == "hands"
    if hands:
        desk.done(outcome, "\n".join(["名单已确定，举手表决的次序：", *lists]))
        return
    desk.done(
        outcome,
        "\n".join([f"印制选票 {number} 张，名单按选票次序：", *lists, "打印选票：federation paper make ballot"]),
    )


@command("open", example="federation election open --handed-out 149 --contest members --as 王秘书")
@click.option("--handed-out", type=int, default=0, metavar="张数", help="发出的纸质选票（减去换回的）")
@click.option("--drawn", type=int, default=0, metavar="份数", help="领出的投票凭证，两名监票人清点")
@acts("contest")
def open_(desk: Desk, handed_out: int, drawn: int) -> None:
    """开始投票（或举手表决）：核对办法、名册、到会人数、监票人和发票张数，全部齐备才开。"""
    with desk.acting() as (session, act):
        poll = poll_of(session, desk.round(session).election_id)
        outcome = polls.open_poll(session, poll, handed_out, drawn, act)
        due, present, hands = poll.election.due, poll.election.present, poll.election.form == "hands"
    issued = f"发出 {handed_out + drawn}（纸质 {handed_out}，凭证 {drawn}）"
    desk.done(
        outcome,
        f"开始{'举手表决' if hands else '投票'}：应到 {due}，实到 {present}" + ("" if hands else f"，{issued}"),
        due=due,
        present=present,
    )


@command("close", example="federation election close --contest members --as 王秘书")
@acts("contest")
def close(desk: Desk) -> None:
    """结束投票。"""
    with desk.acting() as (session, act):
        poll = poll_of(session, desk.round(session).election_id)
        outcome = polls.close_poll(session, poll, act)
        cast, unspent = poll.election.phones, polls.passes_in(session, poll, "unspent")
        hands = poll.election.form == "hands"
    if hands:
        desk.done(outcome, "表决结束。下一步登记举手人数：federation election hands 姓名=赞成/反对/弃权")
        return
    more = f"；用凭证投出 {cast} 票，未用凭证 {unspent} 份，请收回清点" if poll.election.drawn else ""
    desk.done(
        outcome,
        f"投票结束{more}。下一步清点票箱：federation election returned --papers 张数",
        cast=cast,
        unspent=unspent,
    )


@command("returned", example="federation election returned --papers 148 --with 赵监票 --contest members --as 李监票")
@click.option("--papers", type=int, required=True, metavar="张数", help="票箱里的纸质选票张数")
@click.option(
    "--ticked", type=int, default=None, metavar="人数", help="纸质票箱处划到的投票人数（办法以投票人数为准时）"
)
@acts("contest")
def returned(desk: Desk, papers: int, ticked: int | None) -> None:
    """登记收回的张数（两名监票人清点，只点张数，不看票面）。"""
    with desk.acting() as (session, act):
        poll = poll_of(session, desk.round(session).election_id)
        outcome = polls.count_returned(session, poll, papers, ticked, act)
        election = poll.election
        total = (election.phones or 0) + (election.papers or 0)
    desk.done(
        outcome,
        f"收回 {total} 张（纸质 {papers}，凭证 {election.phones or 0}），发出 {election.handed_out + election.drawn}",
        returned=total,
    )


@command("declare", example="federation election declare valid --contest members --as 王秘书")
@click.argument("verdict", type=click.Choice(["valid", "void"]), metavar="valid|void")
@acts("contest")
def declare(desk: Desk, verdict: str) -> None:
    """计票之前宣布选举有效（valid）或无效（void）。"""
    with desk.acting() as (session, act):
        poll = poll_of(session, desk.round(session).election_id)
        outcome = polls.declare(session, poll, verdict == "valid", act)
    said = (
        "选举有效，可以开箱计票" if verdict == "valid" else "选举无效，票箱不得打开。下一步：federation election rerun"
    )
    desk.done(outcome, said)


COMMANDS = (papers, open_, close, returned, declare)
