"""`election cast`: a ballot cast with a pass."""

import sys

import click

from federation import db
from federation.ballotbox.answers import refusal_of, text_of
from federation.commands import screen, secrets, voting
from federation.commands.choices import Choices, papers_of, read
from federation.commands.desk import Desk, reads
from federation.commands.shell import command
from federation.errors import FederationError, refuse_if
from federation.facts.counting import Mark, Paper
from federation.services import ballots, casting
from federation.services.ballots import Contest
from federation.services.casting import Box
from federation.services.polls import poll_of

_CHOICE = "名单序号或姓名，顿号或逗号隔开，可写 1-5；一张票有几项选举时写 编号:序号"


@command("cast", example="federation election cast --contest members")
@click.option("--approve", multiple=True, metavar="人选", help=f"赞成：{_CHOICE}")
@click.option("--against", multiple=True, metavar="人选", help="反对")
@click.option("--abstain", multiple=True, metavar="人选", help="弃权")
@click.option("--write-in", "written", multiple=True, metavar="姓名", help="另选他人，几人用顿号隔开")
@click.option("--invalid", is_flag=True, help="明知是无效票、或另选不计，仍要投出")
@click.option("--token", default="", metavar="口令", help="自定的口令；没看到答复时用同一口令再投，可知票在不在票箱")
@reads("contest")
def cast(
    desk: Desk,
    approve: tuple[str, ...],
    against: tuple[str, ...],
    abstain: tuple[str, ...],
    written: tuple[str, ...],
    invalid: bool,
    token: str,
) -> None:
    """凭投票凭证投一张票。凭证和选择都在提示后输入，不留在命令记录里；凭证不显示。

    在终端上逐项填写，填错了当场重填；投出之前列出这张票将怎样计入，确认了才投出。投完清屏，换下一位。

    从管道输入时，第一行是凭证代码，以下各行是“赞成：1-14”“反对：15”“另选：姓名”。人选也可写成选项，但会留在命令记录里，
    只宜用于演练。
    """
    given = Choices({Mark.APPROVE: [*approve], Mark.AGAINST: [*against], Mark.ABSTAIN: [*abstain]}, [*written])
    with desk.reading() as session:
        poll = poll_of(session, desk.round(session).election_id)
        sheet, box = ballots.sheet_of(session, poll), casting.box_of(session, poll)
        closed = None if casting.is_open(session, poll) else refusal_of(casting.closed_as(poll.case.state))
    with screen.wiped():
        if sys.stdin.isatty() and not given.any():
            code, papers = _asked(sheet, box, closed)
        else:
            code, papers = _typed(sheet, given, invalid=invalid)
        with db.disposed(desk.engine) as engine, db.transaction(engine) as session:
            answer = casting.cast(session, box, code, papers, token)
    if refusal := refusal_of(answer):
        raise refusal
    desk.report({"answer": answer, "message": text_of(answer)}, text_of(answer))
    screen.next_voter()


def _asked(sheet: tuple[Contest, ...], box: Box, closed: FederationError | None) -> tuple[str, dict[str, Paper]]:
    """A pass and a ballot as the voter at the terminal confirmed it; she is not asked for a poll that takes none."""
    if closed:
        raise closed
    return voting.code(), voting.filled(sheet, lambda papers: casting.must_fit(box, papers))


def _typed(sheet: tuple[Contest, ...], given: Choices, *, invalid: bool) -> tuple[str, dict[str, Paper]]:
    """A pass and a ballot as they come from a pipe, or from options: right at the first time, or refused."""
    code = voting.code() if sys.stdin.isatty() else secrets.ask("凭证代码", "没有输入凭证代码")
    papers = papers_of(sheet, given if given.any() else read(sys.stdin))
    if not invalid:
        refuse_if("没有投票", ballots.preview(sheet, papers))
    return code, papers


COMMANDS = (cast,)
