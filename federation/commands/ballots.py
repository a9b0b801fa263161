"""`election cast`: a ballot cast with a pass."""

import sys
from collections.abc import Iterable, Mapping

import click
from sqlalchemy.orm import Session

from federation import db
from federation.commands.desk import Desk, reads
from federation.commands.shell import command
from federation.errors import Misused, NotFound, refuse_if
from federation.facts.counting import Mark, Paper, WriteIn
from federation.models import BallotRound
from federation.rules.ballots import empty_mark
from federation.services import ballots
from federation.services.polls import Poll, candidates, poll_of

_CHOICE = "名单序号或姓名，逗号隔开，可写 1-5；一张票有几项选举时写 编号:序号"


@command("cast", example="federation election cast --contest members --approve 1-14,16 --against 15")
@click.option("--approve", multiple=True, metavar="人选", help=f"赞成：{_CHOICE}")
@click.option("--against", multiple=True, metavar="人选", help="反对")
@click.option("--abstain", multiple=True, metavar="人选", help="弃权")
@click.option("--write-in", "written", multiple=True, metavar="姓名", help="另选他人")
@click.option("--invalid", is_flag=True, help="明知是无效票仍要投出")
@reads("contest")
def cast(
    desk: Desk,
    approve: tuple[str, ...],
    against: tuple[str, ...],
    abstain: tuple[str, ...],
    written: tuple[str, ...],
    invalid: bool,
) -> None:
    """凭投票凭证投一张票。凭证代码在提示后输入，不显示、不留在命令记录里。"""
    chosen = {Mark.APPROVE: approve, Mark.AGAINST: against, Mark.ABSTAIN: abstain}
    code = _read_pass()
    with db.transaction(desk.engine) as session:
        poll = poll_of(session, desk.round(session).election_id)
        papers = {round.short_id: _paper(session, poll, round, chosen, written) for round in poll.rounds}
        if not invalid:
            refuse_if("没有投票", ballots.preview(session, poll, papers))
        ballots.cast(session, poll, code, papers)
    click.echo("你的票已在票箱。请收好凭证存根")


def _read_pass() -> str:
    """The code from a prompt without echo, or the first line of a pipe; never an argument: the shell keeps those."""
    typed = click.prompt("凭证代码", hide_input=True) if sys.stdin.isatty() else sys.stdin.readline()
    if not typed.strip():
        raise Misused("没有输入凭证代码")
    return str(typed)


def _paper(
    session: Session, poll: Poll, round: BallotRound, chosen: Mapping[Mark, Iterable[str]], written: Iterable[str]
) -> Paper:
    names = [row.name for row in candidates(session, round)]
    marks: list[str] = [empty_mark(poll.method.ballot.marks)] * len(names)
    marked: set[int] = set()
    for mark, given in chosen.items():
        for place in _places(given, names, round.short_id, len(poll.rounds) == 1):
            if place in marked:
                raise Misused(f"{names[place]}被选了两次")
            marked.add(place)
            marks[place] = mark
    own = [entry for entry in written if _is_own(entry, round.short_id, len(poll.rounds) == 1)]
    entries = tuple(WriteIn(entry.rpartition(":")[2].strip(), signed=True) for entry in own)
    return Paper("".join(marks), entries)


def _is_own(entry: str, contest: str, only: bool) -> bool:
    prefix, colon, _ = entry.partition(":")
    return prefix == contest if colon else only


def _places(given: Iterable[str], names: list[str], contest: str, only: bool) -> Iterable[int]:
    for entry in given:
        if not _is_own(entry, contest, only):
            continue
        for item in entry.rpartition(":")[2].replace("，", ",").split(","):
            first, dash, last = item.strip().partition("-")
            if first.isdigit() and (not dash or last.isdigit()):
                numbers = range(int(first), int(last or first) + 1)
                if not (numbers.start >= 1 and numbers.stop - 1 <= len(names)):
                    raise NotFound(f"名单上没有第 {item} 号，共 {len(names)} 人")
                yield from (number - 1 for number in numbers)
            elif item.strip() in names:
                yield names.index(item.strip())
            else:
                raise NotFound(f"选票上没有「{item.strip()}」；另选他人请用 --write-in")


COMMANDS = (cast,)
