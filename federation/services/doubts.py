"""A box in doubt: 争议 counted as they arise, and what the presidium decides about them."""

from sqlalchemy.orm import Session

from federation.errors import Finding, Misused, Refused, WrongStage, refuse_if
from federation.facts.acts import Act
from federation.services import journal, steps
from federation.services.polls import Poll
from federation.services.steps import Outcome


def dispute(session: Session, poll: Poll, total: int, act: Act) -> Outcome:
    """
    Record how many voters so far found their pass spent. The number of all, not of new ones: so nothing counts twice.

    A number and never a name: who disputes her pass says nothing, in any table, about any ballot.
    """
    steps.lock(session, poll.case)
    steps.must_be_two(session, poll.case, "登记争议", ("scrutineer",), act)
    _must_be_unannounced(session, poll)
    before = poll.election.disputes
    if total < 1:
        raise Misused("争议起数写到目前为止的总数，不少于 1")
    if total == before and (line := journal.latest(session, poll.case.federation_id, poll.case.path, "dispute")):
        return Outcome(False, line)
    findings = []
    if total < before:
        findings.append(Finding(f"已登记 {before} 起，不能改少", "登记的争议不撤销", "写到目前为止的总数"))
    if total > poll.election.drawn:
        findings.append(Finding(f"{total} 起多于领出的凭证 {poll.election.drawn} 份", "一证一票", "核对起数"))
    refuse_if("不能登记争议", findings)

    def change() -> None:
        poll.election.disputes = total

    return steps.perform(session, poll.case, "dispute", act, {"disputes": total}, change)


def _must_be_unannounced(session: Session, poll: Poll) -> None:
    """Refuse a dispute where none can be recorded, and say what is left to a voter once the result is announced."""
    of_poll = (session, poll.case.federation_id, poll.case.path)
    if not any(journal.latest(*of_poll, event) for event in ("announce", "announce_partly")):
        steps.must_allow(session, poll.case, "dispute")
        return
    remedy = "写成书面，交总监票人和主席团，随选举结果一并上报；由批复选举结果的机关处理"
    raise WrongStage("不能登记争议", [Finding("结果已经宣布", "争议在宣布结果之前登记", remedy)])


def rule(session: Session, poll: Poll, note: str, act: Act) -> Outcome:
    """Record what the presidium decided about a doubtful box after the count; announcing waits for it."""
    if not note.strip():
        raise Misused("请用 --note 写明主席团的决定")
    steps.lock(session, poll.case)
    steps.must_hold(session, poll.case, "就存疑的票箱作决定", ("presidium", "secretary"), act)
    steps.must_allow(session, poll.case, "rule_on_box")
    facts = {"note": note}
    if poll.election.ruling == journal.canonical(facts) and (
        line := journal.latest(session, poll.case.federation_id, poll.case.path, "rule_on_box")
    ):
        return Outcome(False, line)
    step = steps.definition_of(session, poll.case).step("annul", poll.case.state)
    if step and steps.asked(step.when, steps.view_of(session, poll.case, act.stated)):
        remedy = f"federation election announce --contest {poll.rounds[0].short_id}"
        raise Refused("不必决定", [Finding("票箱没有存疑之处", "选举办法", remedy)])

    def change() -> None:
        poll.election.ruling = journal.canonical(facts)

    return steps.perform(session, poll.case, "rule_on_box", act, facts, change)
