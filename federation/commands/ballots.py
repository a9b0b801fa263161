"""`election cast`: a ballot cast with a pass."""

import sys
from collections.abc import Iterable, Iterator, Mapping

import click
from sqlalchemy.orm import Session

from federation import db
from federation.ballotbox.answers import refusal_of, text_of
from federation.boxes import clean_name
from federation.commands import secrets
from federation.commands.choices import Choices, asked, read
from federation.commands.desk import Desk, reads
from federation.commands.shell import command
from federation.errors import Misused, NotFound, refuse_if
from federation.facts.counting import Mark, Paper, WriteIn
from federation.rules.ballots import empty_mark
from federation.rules.methods import Marks
from federation.services import ballots, casting
from federation.services.polls import Poll, candidates, poll_of

_CHOICE = "名单序号或姓名，逗号隔开，可写 1-5；一张票有几项选举时写 编号:序号"


@command("cast", example="federation election cast --contest members")
@click.option("--approve", multiple=True, metavar="人选", help=f"赞成：{_CHOICE}")
@click.option("--against", multiple=True, metavar="人选", help="反对")
@click.option("--abstain", multiple=True, metavar="人选", help="弃权")
@click.option("--write-in", "written", multiple=True, metavar="姓名", help="另选他人")
@click.option("--invalid", is_flag=True, help="明知是无效票仍要投出")
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

    从管道输入时，第一行是凭证代码，以下各行是“赞成：1-14”“反对：15”“另选：姓名”。人选也可写成选项，但会留在命令记录里，
    只宜用于演练。
    """
    given = Choices({Mark.APPROVE: [*approve], Mark.AGAINST: [*against], Mark.ABSTAIN: [*abstain]}, [*written])
    code = secrets.ask("凭证代码", "没有输入凭证代码")
    with desk.reading() as session:
        poll = poll_of(session, desk.round(session).election_id)
        if not given.any():
            given = asked(session, poll) if sys.stdin.isatty() else read(sys.stdin)
        papers, box = _papers(session, poll, given.marks, given.written), casting.box_of(session, poll)
        if not invalid:
            refuse_if("没有投票", ballots.preview(session, poll, papers))
    with db.disposed(desk.engine) as engine, db.transaction(engine) as session:
        answer = casting.cast(session, box, code, papers, token)
    if refusal := refusal_of(answer):
        raise refusal
    desk.report({"answer": answer, "message": text_of(answer)}, text_of(answer))


def _papers(
    session: Session, poll: Poll, given: Mapping[Mark, Iterable[str]], written: Iterable[str]
) -> dict[str, Paper]:
    """The sheet as typed: a paper for each of its contests."""
    rules, contests = poll.method.ballot.marks, [round.short_id for round in poll.rounds]
    known = {Mark.APPROVE: rules.approve, Mark.AGAINST: rules.against, Mark.ABSTAIN: rules.abstain}
    for mark, option in ((Mark.AGAINST, "--against"), (Mark.ABSTAIN, "--abstain")):
        if given[mark] and known[mark] is None:
            raise Misused(f"选举办法没有规定这种记号，不能用 {option}")
    chosen = {mark: _by_contest(entries, contests) for mark, entries in given.items()}
    others = _by_contest(written, contests)
    if any(not name for names in others.values() for name in names):
        raise Misused("--write-in 后面要写姓名")
    return {
        round.short_id: _paper(
            rules, [row.name for row in candidates(session, round)], round.short_id, chosen, others[round.short_id]
        )
        for round in poll.rounds
    }


def _by_contest(given: Iterable[str], contests: list[str]) -> Mapping[str, list[str]]:
    """
    What was typed, contest by contest.

    A contest mistyped or left out is an error: passed over in silence, it would be a vote lost.
    """
    found: dict[str, list[str]] = {contest: [] for contest in contests}
    for entry in given:
        contest, colon, choice = entry.replace("：", ":").rpartition(":")
        if not colon and len(contests) > 1:
            raise Misused(f"这张选票有 {len(contests)} 项选举，请写明是哪一项，如 {contests[0]}:{entry}")
        if colon and contest not in found:
            raise NotFound(f"这张选票上没有 {contest} 这项选举，有：{'、'.join(contests)}")
        found[contest or contests[0]].append(choice.strip())
    return found


def _paper(
    marks_of: Marks, names: list[str], contest: str, chosen: Mapping[Mark, Mapping[str, list[str]]], written: list[str]
) -> Paper:
    marks: list[str] = [empty_mark(marks_of)] * len(names)
    marked: set[int] = set()
    for mark, given in chosen.items():
        for place in _places(given[contest], names):
            if place in marked:
                raise Misused(f"{names[place]}被选了两次")
            marked.add(place)
            marks[place] = mark
    return Paper("".join(marks), tuple(WriteIn(clean_name(name), signed=True) for name in written))


def _places(given: Iterable[str], names: list[str]) -> Iterator[int]:
    for item in (item.strip() for entry in given for item in entry.replace("，", ",").split(",")):
        first, dash, last = item.partition("-")
        if first.isdecimal() and (not dash or last.isdecimal()):
            start, end = int(first), int(last or first)
            if start > end:
                raise Misused(f"{item} 前后颠倒了，小号写在前面")
            if not 1 <= start <= end <= len(names):
                raise NotFound(f"名单上没有第 {item} 号，共 {len(names)} 人")
            yield from range(start - 1, end)
        elif item in names:
            yield names.index(item)
        else:
            raise NotFound(f"选票上没有「{item}」；另选他人请用 --write-in")


COMMANDS = (cast,)
