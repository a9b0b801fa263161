"""An election method read out in plain Chinese, rule by rule, defaults included."""

from collections.abc import Iterator

from federation.rules.methods.candidates import expected_candidates, surplus_sum
from federation.rules.methods.records import Contest, ElectionMethod
from federation.rules.thresholds import Bar, Plurality

_CHOOSE = {
    "at_most": "所选人数（含另选）不得多于应选名额，多选的票无效",
    "exactly": "所选人数（含另选）须正好等于应选名额，多选少选的票都无效",
    "any": "所选人数不限",
}
_UNCLEAR = {
    "that_part": "符号不清或有误的，只是该候选人不计票，其余有效",
    "whole_paper": "有一处符号不清或有误的，全票无效",
    "abstain": "符号不清或有误的，对该候选人按弃权计",
}
_ORDER = {
    "stroke_surname": "按姓氏笔画为序",
    "stroke_full_name": "按姓名笔画为序",
    "as_listed": "按名单顺序",
    "by_votes": "按得票多少为序",
}
_ALLOWED = {
    "no": "不设另选他人",
    "with_against": "投了反对票的，可以另选他人；没有投反对票而另选的，另选不成立",
    "free": "可以另选他人",
}
_OVER = {"issued": "发出的选票", "voted": "投票的人数", "due": "应到会的人数"}
_RUNGS = {"fewest_against": "反对票少的当选", "runoff": "就得票相同者再次投票", "presidium": "由主席团决定"}
_THEN = {
    "vacant": "缺额保留，不再补选",
    "presidium": "由主席团决定",
    "next_session": "缺额留待下次会议选举",
}


def method_sentences(method: ElectionMethod) -> list[str]:
    """The whole method, one rule a sentence, each with its clause where one is given."""
    return [*_meeting(method), *_papers(method), *_write_ins(method), *_outcome(method), *_contests(method)]


def _meeting(method: ElectionMethod) -> Iterator[str]:
    yield _said(method, "quorum", f"每次投票前清点人数，实到{method.quorum.in_chinese()}，方可选举")
    yield _said(method, "adoption", f"本办法须经赞成人数{method.adoption.in_chinese()}通过")
    yield _said(method, "motions", f"其他事项的表决，须经赞成人数{method.motions.in_chinese()}通过")
    yield _said(method, "form", "选举采用无记名投票" if method.form == "ballot" else "选举采用举手表决")
    if method.proxy.per_voter:
        yield _said(method, "proxy.per_voter", f"一人至多代 {method.proxy.per_voter} 人投票")
    else:
        yield _said(method, "proxy.per_voter", "不得委托他人投票")


def _papers(method: ElectionMethod) -> Iterator[str]:
    ballot, marks = method.ballot, method.ballot.marks
    if method.form == "ballot":
        phone = "用纸质选票，也可凭投票凭证用手机投票" if "paper" in ballot.channels else "凭投票凭证用手机投票"
        yield _said(method, "ballot.channels", phone if "phone" in ballot.channels else "用纸质选票")
    signs = {"赞成": marks.approve, "反对": marks.against, "弃权": marks.abstain}
    drawn = "，".join(f"{word}的{_sign(sign)}" for word, sign in signs.items() if sign is not None)
    only = "；不设反对和弃权，不选的不画" if marks.select_only else ""
    yield _said(method, "ballot.marks", drawn + only)
    yield _said(method, "ballot.choose", _CHOOSE[ballot.choose])
    meanings = {"视为对全部候选人投赞成票": marks.approve, "视为全部弃权": marks.abstain}
    blank = next((meaning for meaning, sign in meanings.items() if sign == ""), "有效")
    yield _said(method, "ballot.blank", "空白票" + (blank if ballot.blank == "valid" else "无效"))
    yield _said(method, "ballot.unclear", _UNCLEAR[ballot.unclear])
    stray = "票面有与选举无关的记号的，全票无效" if ballot.stray_mark_voids else "票面有与选举无关的记号，不影响有效"
    yield _said(method, "ballot.stray_mark_voids", stray)
    if ballot.replace_spoiled:
        yield _said(method, "ballot.replace_spoiled", "写坏的选票可以当众作废，换一张")
    yield _said(method, "ballot.order", f"选票上的候选人{_ORDER[ballot.order]}排列")


def _sign(sign: str) -> str:
    return f"画“{sign}”" if sign else "留空"


def _write_ins(method: ElectionMethod) -> Iterator[str]:
    rules = method.write_in
    yield _said(method, "write_in.allowed", _ALLOWED[rules.allowed])
    if rules.allowed == "no":
        return
    if rules.per_against:
        yield _said(method, "write_in.per_against", "每投一张反对票，可另选一人")
    sign = f"另选的人须在姓名处{_sign(method.ballot.marks.approve)}" if rules.needs_sign else "写上姓名即为赞成"
    yield _said(method, "write_in.needs_sign", sign)
    pool = "只能另选本次会议的代表" if rules.pool == "delegates" else "另选的人不限于代表"
    yield _said(method, "write_in.pool", pool)
    breach = "该处另选不成立，其余有效" if rules.breach == "entry" else "全票无效"
    yield _said(method, "write_in.breach", f"另选不合规定的，{breach}")


def _outcome(method: ElectionMethod) -> Iterator[str]:
    over = f"收回的选票多于{_OVER[method.void.returned_over]}，选举无效，重新选举"
    yield _said(method, "void.returned_over", over)
    yield _said(method, "elected", _bar(method.elected))
    yield _said(method, "tie.ladder", _ladder(method))
    shortage = method.shortage
    if shortage.then == "supplementary":
        bar = _bar(shortage.elected)
        then = f"对缺额另行选举，至多 {shortage.rounds} 次，仍不足的由主席团决定；另行选举中{bar}"
    else:
        then = _THEN[shortage.then]
    yield _said(method, "shortage.then", f"当选人数少于应选名额的，{then}")
    yield _said(method, "announce.order", f"当选名单{_ORDER[method.announce.order]}宣布")
    published = "只公布合计票数" if method.record.publish == "totals" else "公布全部选票的内容"
    yield _said(method, "record.publish", f"{published}；不足 {method.record.smallest} 张票的结果不公布")
    shown = "只能查到有这张票" if method.record.check == "presence" else "可以查到票的内容"
    yield _said(method, "record.check", f"凭核对码{shown}")


def _ladder(method: ElectionMethod) -> str:
    """What settles a tie across the cut, rung by rung."""
    rungs = list(method.tie.ladder)
    words = [_RUNGS[rung] for rung in rungs] or ["由主席团决定"]
    words = [word if at == 0 else f"仍不能确定的，{word}" for at, word in enumerate(words)]
    runoff = f"；再次投票中{_bar(method.tie.elected)}" if "runoff" in rungs else ""
    return "因得票相同不能确定当选人的，" + "；".join(words) + runoff


def _bar(bar: Bar, seated: str = "当选") -> str:
    """A bar as part of a sentence."""
    if isinstance(bar, Plurality):
        return f"不设票数线，得票多的{seated}"
    return f"赞成票{bar.in_chinese()}的，始得{seated}"


def _contests(method: ElectionMethod) -> Iterator[str]:
    for contest in method.contests:
        clause = method.contest_clause(contest, "seats")
        yield _contest(method, contest) + (f"（{clause}）" if clause else "")


def _contest(method: ElectionMethod, contest: Contest) -> str:
    """One contest: seats, candidates, and its place among the others."""
    offices = {other.id: other.office for other in method.contests}
    arithmetic, candidates = surplus_sum(contest.surplus, contest.seats), expected_candidates(contest)
    parts = [f"{contest.office}：{arithmetic}，候选人 {candidates} 名"]
    if contest.primary:
        number = expected_candidates(contest, primary=True)
        parts.append(f"先以 {number} 名候选人差额预选，{_bar(contest.primary.elected, '入围')}")
    if contest.requires:
        parts.append(f"候选人须已当选{offices.get(contest.requires, contest.requires)}")
    if contest.after:
        parts.append(f"在{'、'.join(offices[other] for other in contest.after)}的结果宣布后选举")
    if together := [other.office for other in method.contests if other.sheet == contest.sheet and other != contest]:
        parts.append(f"与{'、'.join(together)}同用一张选票")
    return "；".join(parts)


def _said(method: ElectionMethod, key: str, sentence: str) -> str:
    """The sentence with its clause."""
    clause = method.clause(key)
    return f"{sentence}（{clause}）" if clause else sentence
