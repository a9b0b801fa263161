"""`election count`, `explain`, `announce`."""

from collections.abc import Mapping

from federation.commands.desk import Desk, acts, reads
from federation.commands.output import table
from federation.commands.shell import command
from federation.facts.counting import CountResult, Ledger
from federation.rules.balances import IN_CHINESE
from federation.rules.explanations import OUTCOMES, seated, unclear_signs
from federation.rules.explanations import explain as explanations
from federation.rules.methods import ElectionMethod
from federation.services import channels, counts
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
        waits = [str(found) for found in counts.before_announcing(session, poll, act)]
    lines = ["", "宣布结果之前，还须先办：", *(f"  · {said}" for said in waits)] if waits else []
    desk.done(outcome, "\n".join([text, *lines]), results=facts, before_announcing=waits)


@command("explain", example="federation election explain --contest members")
@reads("contest")
def explain(desk: Desk) -> None:
    """逐人说明为什么当选或不当选，列出全部账目和得票。"""
    texts, facts = [], []
    with desk.reading() as session:
        poll = poll_of(session, desk.round(session).election_id)
        for round, result in results(poll):
            ledgers = channels.by_channel(session, poll, round, result)
            texts += ["\n".join(explanations(result, poll.method)), _ledger_table(ledgers)]
            texts.append(_votes_table(result, poll.method))
            facts.append({**result.as_json(), "channels": channels.as_json(ledgers)})
    desk.report(facts, "\n\n".join(filter(None, texts)))


@command("announce", example="federation election announce --contest members --as 王秘书")
@acts("contest")
def announce(desk: Desk) -> None:
    """宣布结果：自此刻起当选。须再投一轮或主席团决定的，一并说明。"""
    with desk.acting() as (session, act):
        poll = poll_of(session, desk.round(session).election_id)
        outcome = counts.announce(session, poll, act)
        found = [(result.office, seated(result), result.elected) for _, result in results(poll)]
        lines = [f"{office}{word}：{'、'.join(names) or '无'}" for office, word, names in found]
        state = poll.case.state
    more = [] if state == "announced" else ["尚有后续，见 federation status"]
    desk.done(outcome, "\n".join([*lines, *more]), state=state)


def _explained(poll: Poll) -> str:
    return "\n\n".join("\n".join(explanations(result, poll.method)) for _, result in results(poll))


def _ledger_table(ledgers: Mapping[str, Ledger]) -> str:
    """The whole ledger; a column that nothing is known of is left out, as all of the papers' are in a show of hands."""
    known = [name for name in channels.FIGURES if any(ledger.figure(name) is not None for ledger in ledgers.values())]
    headings = {**IN_CHINESE, "valid": "有效", "invalid": "无效"}
    rows = [
        (CHANNELS[channel], *(_figure(ledger.figure(name)) for name in known)) for channel, ledger in ledgers.items()
    ]
    return table(("账目", *(headings[name] for name in known)), rows)


def _votes_table(result: CountResult, method: ElectionMethod) -> str:
    """Everyone's votes, in ballot order; empty where nothing was counted."""
    counts = {"赞成": "approve", "反对": "against", "弃权": "abstain"}
    names = [row.votes for row in result.results]
    unclears = [unclear_signs(result, row, method) for row in result.results]
    known = {word: key for word, key in counts.items() if any(getattr(row, key) is not None for row in names)}
    rows = [
        (
            f"{row.name}（另选）" if row.votes.write_in else row.name,
            *(_figure(getattr(row.votes, key)) for key in known.values()),
            *([_figure(unclear)] if any(unclears) else []),
            OUTCOMES[row.outcome].replace("当选", seated(result)),
        )
        for row, unclear in zip(result.results, unclears, strict=True)
    ]
    return table(("姓名", *known, *(["不清"] if any(unclears) else []), "结果"), rows) if rows else ""


def _figure(figure: int | None) -> str:
    return "—" if figure is None else str(figure)


CHANNELS = {"paper": "纸质", "phone": "凭证", "together": "合计"}
COMMANDS = (count, explain, announce)
