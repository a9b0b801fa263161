"""
The result in sentences, as a chair reads it out: every number from the result, none computed anew.
"""

from collections.abc import Iterator

from federation.facts.counting import CountResult, Kind, NameResult, Next, Outcome, Round
from federation.rules.ballots import REASONS_IN_CHINESE
from federation.rules.methods import ElectionMethod
from federation.rules.numerals import chinese_number
from federation.rules.seats import bar_key
from federation.rules.thresholds import Threshold, chinese_fraction, parse_bar

OUTCOMES: dict[Outcome, str] = {
    "elected": "当选",
    "not_elected": "未当选",
    "tied": "得票相同待决",
    "passed_over": "得票达到要求但名额已满",
}
ROUNDS: dict[Kind, str] = {
    "first": "",
    "rerun": "重新选举",
    "runoff": "再次投票",
    "primary": "差额预选",
    "supplementary": "另行选举",
}
_NEXT: dict[Next, str] = {
    "announce": "可以宣布选举结果",
    "postpone": "未达到法定人数，会议改期，本次不计票",
    "rerun": "选举无效，以原候选人名单重新选举",
    "tie_runoff": "就得票相同者再次投票",
    "supplementary_ballot": "对缺额另行选举",
    "formal_ballot": "差额预选结束，进行正式选举",
    "presidium_decision": "由主席团决定",
    "next_session": "缺额留待下次会议选举",
}


def round_in_chinese(round: Round) -> str:
    """重新选举, 再次投票, 另行选举 (第二次另行选举 for a later one); empty for the first ballot."""
    return (f"第{chinese_number(round.number)}次" if round.number > 1 else "") + ROUNDS[round.kind]


def quorum_sentence(result: CountResult, method: ElectionMethod) -> str:
    """Whether enough were present, with the arithmetic."""
    quorum, rule = result.quorum, Threshold.parse(result.quorum.rule)
    base = rule.base.counted(result.ledger.figure(rule.base) or 0)
    share = f"{rule.verb()}{chinese_fraction(rule.fraction)}需 {quorum.needed} 人"
    holds = "达到法定人数" if quorum.holds else "未达到法定人数"
    return f"{base}，实到 {quorum.present} 人；{share}，{holds}{_clause(method.clause('quorum'))}"


def ledger_sentence(result: CountResult) -> str:
    """Papers issued, returned, valid and invalid, the invalid ones by reason; what is not known is left out."""
    ledger = result.ledger
    labels = {"issued": "发出选票", "returned": "收回选票", "valid": "有效", "invalid": "无效"}
    figures = {label: ledger.figure(name) for name, label in labels.items()}
    parts = [f"{label} {number} 张" for label, number in figures.items() if number is not None]
    reasons = [f"{REASONS_IN_CHINESE[reason]} {number} 张" for reason, number in ledger.invalid_because.items()]
    return "，".join(parts) + (f"（{'、'.join(reasons)}）" if reasons else "")


def threshold_sentence(result: CountResult, method: ElectionMethod) -> str:
    """The bar of this round, with the arithmetic."""
    bar = parse_bar(result.threshold.rule)
    clause = _clause(method.clause(bar_key(result.contest, result.round)))
    if not isinstance(bar, Threshold):
        return bar.in_chinese() + clause
    if result.threshold.base is None:
        return f"赞成票{bar.in_chinese()}的{seated(result)}" + clause
    return f"赞成票{_measured(result, bar, bar.verb())}的{seated(result)}" + clause


def name_sentence(result: CountResult, name: NameResult, method: ElectionMethod) -> str:
    """
    One name's outcome with its votes, the bar and the clause.

    赞成 83 票，反对 60 票，弃权 5 票，超过应到会 152 人的半数（需 77 票），当选——选举办法第十条.
    """
    votes = name.votes
    counts = {"赞成": votes.approve, "反对": votes.against, "弃权": votes.abstain}
    counts["不清"] = unclear_signs(result, name, method) or None
    said = "，".join(f"{label} {count} 票" for label, count in counts.items() if count is not None)
    bar = parse_bar(result.threshold.rule)
    reached = ""
    if isinstance(bar, Threshold):
        reached = "，" + _measured(result, bar, bar.verb() if name.passes else "未超过" if bar.strict else "未达到")
    who = f"{name.name}（另选）" if votes.write_in else name.name
    why, key = _reason(result, name)
    outcome = OUTCOMES[name.outcome].replace("当选", seated(result))
    return f"{who}：{said}{reached}{why}，{outcome}{_clause(method.clause(key))}"


def unclear_signs(result: CountResult, name: NameResult, method: ElectionMethod) -> int:
    """
    The valid papers on which the sign beside this name was unclear and counted for none of the three.

    Where every valid paper says something of every name; a written name, a show of hands and a method that only
    chooses names have no such number.
    """
    votes, valid = name.votes, result.ledger.valid
    if votes.write_in or valid is None or method.form == "hands" or method.ballot.marks.select_only:
        return 0
    return max(0, valid - votes.approve - (votes.against or 0) - (votes.abstain or 0))


def conclusion_sentence(
    result: CountResult, method: ElectionMethod, *, named: bool = True, afterwards: bool = False
) -> str:
    """
    Who is elected, how many seats are left, and what follows.

    `named` False where the names are listed beside it; `afterwards` in a paper written when the result was announced.
    """
    if not result.counted:
        key = "quorum" if result.next == "postpone" else "void.returned_over"
        return _NEXT[result.next] + _clause(method.clause(key))
    names = "、".join(result.elected)
    parts = [
        f"应选 {result.seats} 名，{seated(result)} {len(result.elected)} 名" + (f"：{names}" if names and named else "")
    ]
    if result.tied:
        parts.append(f"{'、'.join(result.tied)}得票相同，尚余 {result.seats_left} 个名额")
    elif result.seats_left:
        parts.append(f"缺 {result.seats_left} 名")
    key = "tie.ladder" if result.tied else "shortage.then" if result.seats_left else ""
    follows = [_NEXT[result.next]]
    if result.next == "announce":
        vacant = ["按办法保留空缺"] if result.seats_left else []
        follows = vacant if afterwards else ["，".join([*vacant, *follows])]
    return "；".join([*parts, *follows]) + _clause(method.clause(key) if key else "")


def explain(result: CountResult, method: ElectionMethod) -> Iterator[str]:
    """The whole result, sentence by sentence."""
    yield f"{result.office}{round_in_chinese(result.round)}，应选 {result.seats} 名"
    yield quorum_sentence(result, method)
    if papers := ledger_sentence(result):
        yield papers
    if result.counted:
        yield threshold_sentence(result, method)
        yield from (name_sentence(result, name, method) for name in result.results)
    yield conclusion_sentence(result, method)


def _reason(result: CountResult, name: NameResult) -> tuple[str, str]:
    """Why the bar alone does not explain an outcome, and the key of the method that does."""
    if name.outcome == "tied":
        return "", "tie.ladder"
    equals = [row.votes.approve for row in result.results if row.outcome == "elected"]
    if name.outcome == "passed_over" and name.votes.approve in equals:
        return "，与当选者得票相同而反对票较多", "tie.ladder"
    return "", bar_key(result.contest, result.round)


def seated(result: CountResult) -> str:
    """当选, or in a primary 入围: there nobody is elected yet."""
    return "入围" if result.round.kind == "primary" else "当选"


def _measured(result: CountResult, bar: Threshold, verb: str) -> str:
    """超过应到会 152 人的半数（需 77 票）."""
    share = "半数" if bar.fraction.denominator == 2 else chinese_fraction(bar.fraction)
    base = bar.base.counted(result.threshold.base or 0)
    return f"{verb}{base}的{share}（需 {result.threshold.needed} 票）"


def _clause(clause: str) -> str:
    """The clause after a sentence."""
    return f"——选举办法{clause}" if clause else ""
