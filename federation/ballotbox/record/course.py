"""
The course of a poll: each act in a state that allows it, declared and announced as its figures say.

The process is the definition in the record, whose hash the journal has from the opening of the poll.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from federation.ballotbox.record.polls import LAW, REMEDY, Poll
from federation.errors import Finding
from federation.facts.acts import ACTS
from federation.facts.counting import CountResult
from federation.rules.doubt import could_change, doubt_findings, doubtful
from federation.rules.ledger import channel_excess, returned_excess, small_box


def act_label(definition: Mapping[str, Any], act: str) -> str:
    """What an act of the journal is called: a step as its process calls it, anything else as the program does."""
    labels: Mapping[str, str] = {step["event"]: step["label"] for step in definition["step"]}
    name = act.partition(".")[0]
    return labels.get(act) or ACTS.get(name, name)


def course_findings(poll: Poll, definition: Mapping[str, Any]) -> Iterator[Finding]:
    """Say which act of the journal the process did not allow where it stands, or that the poll stands elsewhere."""
    state, steps = definition["process"]["start"], definition["step"]
    events = {step["event"] for step in steps}
    allows = {row["id"]: row.get("allows", ()) for row in definition["state"]}
    allowed = {name for names in allows.values() for name in names}
    for line in poll.lines:
        to = next((step["to"] for step in steps if step["event"] == line.act and state in step["from"]), None)
        name = line.act.partition(".")[0]
        if to is None and (line.act in events or (name in allowed and name not in allows[state])):
            problem = f"工作日志第 {line.sequence} 行 {line.act} 次序不对：{poll.folder} 当时处于 {state}，流程不许"
            yield Finding(problem, LAW, REMEDY)
            return
        state = to or state
    poll.differ("状态", poll.data["state"], state)


def ruling_findings(poll: Poll, results: Sequence[CountResult]) -> Iterator[Finding]:
    """Say that the poll was declared, annulled or announced otherwise than its figures allow."""
    if poll.data["form"] == "hands":
        return
    excess = list(_excess(poll)) if poll.last("count_returned") else []
    if poll.last("declare_valid") and excess:
        yield Finding(f"{poll.folder} 应为无效，却宣布有效：{excess[0].problem}", LAW, REMEDY)
    if poll.last("declare_void") and not excess:
        yield Finding(f"{poll.folder} 宣布无效，账目却没有超过规定的数", LAW, REMEDY)
    doubts = list(_doubts(poll, results))
    announced, ruled = poll.last("announce", "announce_partly"), poll.last("rule_on_box")
    if announced and doubts and not (ruled and ruled.sequence < announced.sequence):
        yield Finding(f"{poll.folder} 票箱存疑，主席团没有决定就宣布了结果：{doubts[0].problem}", LAW, REMEDY)
    if poll.last("annul") and not doubts:
        yield Finding(f"{poll.folder} 计票之后宣布无效，票箱却没有存疑之处", LAW, REMEDY)
    if announced:
        for finding in small_box(poll.figures().returned or 0, poll.method.record.smallest, "收回"):
            yield Finding(f"{poll.folder} 不得宣布：{finding.problem}", LAW, REMEDY)


def _excess(poll: Poll) -> Iterator[Finding]:
    """Void is tested for each channel and for the sum; either voids."""
    over, ledger, figures = poll.method.void.returned_over, poll.ledger, poll.figures()
    yield from returned_excess(returned=figures.returned or 0, limit=figures.figure(over), over=over, clause="")
    if over == "issued":
        yield from channel_excess(
            papers=ledger["papers"] or 0,
            handed_out=ledger["handed_out"] + ledger["exchanged"],
            ballots=ledger["phones"] or 0,
            drawn=ledger["drawn"] - ledger["exchanged"],
            clause="",
        )


def _doubts(poll: Poll, results: Sequence[CountResult]) -> Iterator[Finding]:
    ledger = poll.ledger
    disputes, missing = ledger["disputes"], ledger["missing"] or 0
    unexplained = abs((ledger["phones"] or 0) - (ledger["spent"] or 0))
    number = doubtful(disputes=disputes, missing=missing, unexplained=unexplained)
    yield from doubt_findings(
        disputes=disputes,
        missing=missing,
        unexplained=unexplained,
        faulty=ledger["faulty"] or 0,
        offices=[result.office for result in results if could_change(result, number)],
        contest="",
    )
