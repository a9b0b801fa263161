"""`election papers`, `open`, `close`, `returned`, `declare`: the poll as the hall sees it."""

from dataclasses import replace

import click

from federation import db
from federation.commands.desk import Desk, acts
from federation.commands.passes import reminder
from federation.commands.shell import command
from federation.services import polls, scrubbing, secret_files, unsealing
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
@click.option("--drawn", type=int, default=0, metavar="份数", help="领出的投票凭证，由 --as 与 --with 两名监票人清点")
@click.option("--kept-back", type=int, default=0, metavar="份数", help="清点后预留的凭证：投票结束前须作废或登记领出")
@acts("contest")
def open_(desk: Desk, handed_out: int, drawn: int, kept_back: int) -> None:
    """开始投票（或举手表决）：核对办法、名册、到会人数、监票人、发票张数和票箱密钥，全部齐备才开。"""
    with desk.acting() as (session, act):
        poll = poll_of(session, desk.round(session).election_id)
        outcome = polls.open_poll(session, poll, handed_out, drawn, act, kept_back)
        due, present, hands = poll.election.due, poll.election.present, poll.election.form == "hands"
        files, contest = secret_files.undestroyed(session, poll), poll.rounds[0].short_id
    issued = f"发出 {handed_out + drawn}（纸质 {handed_out}，凭证 {drawn}）" + (
        f"，预留凭证 {kept_back}" if kept_back else ""
    )
    issued += reminder(contest, files)
    desk.done(
        outcome,
        f"开始{'举手表决' if hands else '投票'}：应到 {due}，实到 {present}" + ("" if hands else f"，{issued}"),
        due=due,
        present=present,
    )


@command("close", example="federation election close --contest members --as 王秘书")
@acts("contest")
def close(desk: Desk) -> None:
    """结束投票，并清除库中能看出投票先后的痕迹；清除没有办成的，再办一次即可。"""
    with desk.acting() as (session, act):
        poll = poll_of(session, desk.round(session).election_id)
        outcome = polls.close_poll(session, poll, act)
        election, cast, unspent = poll.election, poll.election.phones, polls.passes_in(session, poll, "unspent")
        contest = poll.rounds[0].short_id
    if election.form == "hands":
        desk.done(outcome, "表决结束。下一步登记举手人数：federation election hands 姓名=赞成/反对/弃权")
        return
    scrubbed = _scrub(desk) if election.box == "copied" else False
    passes = f"；用凭证投出 {cast} 票，未用凭证 {unspent} 份" if election.drawn else ""
    two = f" --contest {contest} --as 监票人 --with 另一名监票人"
    following = [f"收回未用的凭证：federation election hand-in{two}"] if unspent else []
    following.append(f"清点票箱：federation election returned --papers 张数{two}")
    traces = "。已清除投票先后的痕迹" if scrubbed else ""
    desk.done(
        replace(outcome, taken=outcome.taken or scrubbed),
        f"投票结束{passes}{traces}。下一步" + "；收齐之后再".join(following),
        cast=cast,
        unspent=unspent,
    )


def _scrub(desk: Desk) -> bool:
    """Scrub what the engine still keeps of the poll, and record that it was done."""
    with db.disposed(desk.engine) as engine:
        scrubbing.scrub(engine)
    with desk.acting() as (session, act):
        return unsealing.record_scrubbed(session, poll_of(session, desk.round(session).election_id), act).taken


@command("returned", example="federation election returned --papers 148 --with 赵监票 --contest members --as 李监票")
@click.option("--papers", type=int, required=True, metavar="张数", help="票箱里的纸质选票张数")
@click.option(
    "--ticked", type=int, default=None, metavar="人数", help="纸质票箱处划到的投票人数（办法以投票人数为准时）"
)
@click.option("--missing", type=int, default=None, metavar="份数", help="确实收不回的凭证份数，由两名监票人写明")
@acts("contest")
def returned(desk: Desk, papers: int, ticked: int | None, missing: int | None) -> None:
    """登记收回的张数（两名监票人清点，只点张数，不看票面）。

    先收回未用的凭证（hand-in）。登记错了，宣布选举有效之前照正确的数再办一次，前后都记入日志。
    """
    with desk.acting() as (session, act):
        poll = poll_of(session, desk.round(session).election_id)
        before = poll.election.papers
        outcome = polls.count_returned(session, poll, papers, ticked, act, missing)
        election = poll.election
        total = (election.phones or 0) + (election.papers or 0)
        missing = polls.missing_of(election)
    said = f"更正：纸质选票原登记 {before} 张，现为 {papers} 张\n" if before not in (None, papers) else ""
    said += (
        f"收回 {total} 张（纸质 {papers}，凭证 {election.phones or 0}），发出 {election.handed_out + election.drawn}"
    )
    if election.drawn:
        said += (
            f"\n凭证领出 {election.drawn} 份 = 已投 {election.spent} + 收回未用 {election.handed_in}"
            f" + 换领纸质选票 {election.exchanged} + 未交回 {missing}"
        )
        said += "（请当场宣布未交回的份数）" if missing else ""
    desk.done(outcome, said, returned=total, missing=missing)


@command("declare", example="federation election declare valid --contest members --as 王秘书")
@click.argument("verdict", type=click.Choice(["valid", "void"]), metavar="valid|void")
@acts("contest")
def declare(desk: Desk, verdict: str) -> None:
    """计票之前宣布选举有效（valid）或无效（void）。"""
    with desk.acting() as (session, act):
        poll = poll_of(session, desk.round(session).election_id)
        outcome = polls.declare(session, poll, verdict == "valid", act)
    said = (
        "选举有效，可以开箱计票：凭证选票 federation election unseal，纸质选票 federation election enter"
        if verdict == "valid"
        else "选举无效，票箱不得打开。下一步：federation election rerun"
    )
    desk.done(outcome, said)


COMMANDS = (papers, open_, close, returned, declare)
