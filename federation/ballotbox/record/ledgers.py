"""The ledger of a poll: every figure is the journal's, line by line, and the figures balance."""

from typing import Any

from federation.ballotbox.record.polls import Poll
from federation.rules.ledger import missing_passes


def check_ledger(poll: Poll) -> None:
    """Every figure is the journal's, and the figures balance."""
    ledger, opened, closed = poll.ledger, poll.last("open_poll", "open_hands"), poll.last("close_poll")
    expected: dict[str, Any] = {"due": None, "present": None, "handed_out": 0, "drawn": 0, "kept_back": 0}
    if opened:
        expected |= {name: opened.facts[name] for name in expected}
        for name, field in (("选举办法", "method"), ("流程文件", "definition")):
            poll.differ(name, poll.data[f"{field}_sha256" if field == "method" else field], opened.facts[field])
    if late := poll.last("late_passes"):
        expected |= {name: late.facts[name] for name in ("drawn", "kept_back")}
    expected["exchanged"] = poll.fact("exchange", "exchanged") or 0
    expected |= {"phones": closed.facts["cast"] if closed else None, "spent": closed.facts["spent"] if closed else None}
    expected["handed_in"] = poll.fact("hand_in", "handed_in") or 0
    expected["disputes"] = poll.fact("dispute", "disputes") or 0
    expected["faulty"] = poll.fact("unseal", "faulty")
    returned = poll.last("count_returned")
    expected |= {name: returned.facts[name] if returned else None for name in ("papers", "ticked")}
    expected |= _printed(poll)
    for name, figure in expected.items():
        poll.differ(f" {name}", ledger[name], figure)
    if returned:
        _check_returns(poll)
        for name in ("missing", "handed_in"):
            poll.differ(f" {name}", ledger[name], returned.facts[name])
    if any(ledger[name] != figure for name, figure in expected.items()):
        return  # nothing is added up of figures that are not the journal's
    if closed:
        unspent = ledger["passes"] - ledger["void"] - ledger["exchanged"] - ledger["spent"]
        poll.differ(" unspent", unspent, closed.facts["unspent"])
    _check_balance(poll, opened is not None, closed is not None)
    _check_late(poll)
    _check_reached(poll)


def _check_returns(poll: Poll) -> None:
    """What came back may be counted anew: each count has the disputes and the passes handed in as they then stood."""
    reached = {"dispute": 0, "hand_in": 0}
    for line in poll.lines:
        if line.act in reached:
            reached[line.act] = line.facts["disputes" if line.act == "dispute" else "handed_in"]
        elif line.act == "count_returned":
            poll.differ("清点前的争议", reached["dispute"], line.facts["disputes"])
            poll.differ("清点前收回的凭证", reached["hand_in"], line.facts["handed_in"])


def _check_late(poll: Poll) -> None:
    """What was kept back as a late lot is drawn or voided, one or the other by each line."""
    opened = poll.last("open_poll")
    drawn, left = (opened.facts["drawn"], opened.facts["kept_back"]) if opened else (0, 0)
    for line in poll.lines:
        if line.act != "late_passes":
            continue
        more, voided = line.facts["drawn"] - drawn, line.facts.get("voided", 0)
        drawn, left = drawn + more, left - more - voided
        if min(more, voided) != 0 or more + voided < 1 or line.facts["kept_back"] != left:
            poll.wrong("poll.json", f"预留凭证账目不平：工作日志第 {line.sequence} 行")


def _check_reached(poll: Poll) -> None:
    """A figure reached is more at each line that says it: of passes exchanged, disputed or handed in none goes back."""
    for act, fact in (("exchange", "exchanged"), ("dispute", "disputes"), ("hand_in", "handed_in")):
        reached = 0
        for line in poll.lines:
            if line.act == act and line.facts[fact] <= reached:
                poll.wrong("poll.json", f"的 {fact} 没有增加：工作日志第 {line.sequence} 行")
            reached = line.facts[fact] if line.act == act else reached


def _printed(poll: Poll) -> dict[str, int]:
    """How much was printed: papers of the list that stands, passes, and those void by themselves or with their list."""
    papers = made = void = 0
    for line in poll.lines:
        if line.act == "passes.make":
            made += line.facts["passes"]
        elif line.act in ("print_papers", "fix_list"):
            papers, void = line.facts["papers"], made
        elif line.act == "recall_papers" and "name" in line.facts:
            papers, void = 0, made
        elif line.act == "passes.void":
            void += line.facts["voided"]
            if line.facts["void"] != void:
                poll.wrong("poll.json", f"作废凭证账目不平：工作日志第 {line.sequence} 行")
        elif line.act == "late_passes":
            void += line.facts.get("voided", 0)
    return {"papers_printed": papers, "passes": made, "void": void}


def _check_balance(poll: Poll, opened: bool, closed: bool) -> None:
    ledger = poll.ledger
    if opened and ledger["passes"] - ledger["void"] != ledger["drawn"] + ledger["kept_back"]:
        poll.wrong("poll.json", "凭证账目不平：印制 − 作废 ≠ 领出 + 预留")
    if closed:
        kept = {name: ledger[name] for name in ("drawn", "exchanged", "spent", "handed_in")}
        if ledger["missing"] != missing_passes(**kept):
            poll.wrong("poll.json", "凭证账目不平：领出 ≠ 已投 + 收回 + 换领 + 未交回")
