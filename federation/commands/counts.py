"""`election count`, `explain`, `announce`."""

from federation.commands.desk import Desk, acts, reads
from federation.commands.shell import command
from federation.rules.explanations import explain as explanations
from federation.services import counts
from federation.services.polls import Poll, poll_of
from federation.services.results import results


@command("count", example="federation election count --contest members --as 孙计票")
@acts("contest")
def count(desk: Desk) -> None:
    """计票：按通过的选举办法逐项计算，结果随即固定。"""
    with desk.acting() as (session, act):
        poll = poll_of(session, desk.round(session).election_id)
        outcome = counts.count(session, poll, act)
        text, facts = _explained(poll), [result.as_json() for _, result in results(poll)]
    desk.done(outcome, text, results=facts)


@command("explain", example="federation election explain --contest members")
@reads("contest")
def explain(desk: Desk) -> None:
    """逐人说明为什么当选或不当选，列出全部账目。"""
    with desk.reading() as session:
        poll = poll_of(session, desk.round(session).election_id)
        text, facts = _explained(poll), [result.as_json() for _, result in results(poll)]
    desk.report(facts, text)


@command("announce", example="federation election announce --contest members --as 王秘书")
@acts("contest")
def announce(desk: Desk) -> None:
    """宣布结果：自此刻起当选。须再投一轮或主席团决定的，一并说明。"""
    with desk.acting() as (session, act):
        poll = poll_of(session, desk.round(session).election_id)
        outcome = counts.announce(session, poll, act)
        lines = [f"{result.office}当选：{'、'.join(result.elected) or '无'}" for _, result in results(poll)]
        state = poll.case.state
    more = [] if state == "announced" else ["尚有后续，见 federation status"]
    desk.done(outcome, "\n".join([*lines, *more]), state=state)


def _explained(poll: Poll) -> str:
    return "\n\n".join("\n".join(explanations(result, poll.method)) for _, result in results(poll))


COMMANDS = (count, explain, announce)
