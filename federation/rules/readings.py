"""What a paper counts as, told to its voter before it is cast, and after it is counted."""

from collections import Counter
from collections.abc import Iterator, Sequence

from federation.facts.counting import Mark, Paper
from federation.facts.voting import Choice, Group, PaperReading, Struck
from federation.rules.ballots import BREACHES, REASONS_IN_CHINESE, PaperJudge, empty_mark
from federation.rules.methods import ElectionMethod, Marks

WORDS = {Mark.APPROVE: "赞成", Mark.AGAINST: "反对", Mark.ABSTAIN: "弃权"}
_NOTHING = {Mark.NOT_CHOSEN: "没有选", Mark.UNCLEAR: "没有记号，不计"}


def choices_of(marks: Marks) -> tuple[Choice, ...]:
    """The marks a voter may set, with the method's own signs."""
    signs = {Mark.APPROVE: marks.approve, Mark.AGAINST: marks.against, Mark.ABSTAIN: marks.abstain}
    return tuple(Choice(mark, WORDS[mark], sign) for mark, sign in signs.items() if sign is not None)


def reading_of(judge: PaperJudge, office: str, paper: Paper) -> PaperReading:
    """One contest's paper in words, judged by the very judge that counts it."""
    judged = judge.judge(paper)
    marks = judged.marks or paper.marks
    struck = list(judge.struck(paper))
    standing = _standing(paper, struck)
    return PaperReading(
        office=office,
        seats=judge.seats,
        approved=marks.count(Mark.APPROVE) + len(standing),
        groups=tuple(_groups(judge.listed, marks, standing)),
        invalid=REASONS_IN_CHINESE[judged.invalid] if judged.invalid else "",
        struck=tuple(_struck(struck)),
    )


def _standing(paper: Paper, struck: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """The written names that count, or would on a valid paper; of a name written twice the first, where any does."""
    left = Counter(name for name, _ in struck)
    standing = []
    for entry in reversed(paper.write_ins):
        if left[entry.name]:
            left[entry.name] -= 1
        else:
            standing.append(entry.name)
    return tuple(reversed(standing))


def _struck(struck: Sequence[tuple[str, str]]) -> Iterator[Struck]:
    """Each name that does not count with its reason; of one that never counts it is not told that it stands twice."""
    never = {name for name, breach in struck if breach != "twice"}
    for name, breach in struck:
        _, why, remedy = BREACHES[breach]
        if breach != "twice":
            yield Struck(f"另选的{name}不计：{why}", remedy)
        elif name not in never:
            yield Struck(f"另选的{name}写了不止一次，只计一次", remedy)


def _groups(listed: tuple[str, ...], marks: str, written: tuple[str, ...]) -> Iterator[Group]:
    """Names by what is said of them, approvals first; the empty groups are left out."""
    for mark, word in (WORDS | _NOTHING).items():
        names = tuple(name for name, said in zip(listed, marks, strict=True) if said == mark)
        if names:
            yield Group(word, names)
        if mark == Mark.APPROVE and written:
            yield Group("另选", written)


_CHOOSE = {
    "at_most": "赞成的（含另选）不得多于 {seats} 名，多了全票无效",
    "exactly": "赞成的（含另选）须正好 {seats} 名，多了少了全票无效",
    "any": "赞成几名不限",
}
_EMPTY = {
    Mark.APPROVE: "没有选的按赞成计",
    Mark.AGAINST: "没有选的按反对计",
    Mark.ABSTAIN: "没有选的按弃权计",
    Mark.NOT_CHOSEN: "不同意的不选",
}
_UNCLEAR = {
    "that_part": "没有选的不计",
    "whole_paper": "有一名没有选，全票无效",
    "abstain": "没有选的按弃权计",
}


_UNSET = {
    Mark.APPROVE: "都按赞成计",
    Mark.AGAINST: "都按反对计",
    Mark.ABSTAIN: "都按弃权计",
    Mark.NOT_CHOSEN: "等于谁也不赞成",
}
_WHOLE, _PART = "全票无效", "这一项无效"


def rule_of(method: ElectionMethod, seats: int, *, shared: bool = False) -> str:
    """What a voter must know of one contest, in one sentence; on a shared sheet each contest is valid or not alone."""
    choose = _CHOOSE[method.ballot.choose].format(seats=seats)
    if method.write_in.allowed == "no":
        choose = choose.replace("（含另选）", "")
    empty = empty_mark(method.ballot.marks)
    unset = _UNCLEAR[method.ballot.unclear] if empty == Mark.UNCLEAR else _EMPTY[empty]
    blank = "；一个都不选的，全票无效" if method.ballot.blank == "invalid" else ""
    rule = f"{choose}；{unset}{blank}。"
    return rule.replace(_WHOLE, _PART) if shared else rule


def unset_rule_of(method: ElectionMethod) -> str:
    """What becomes of a contest in which nothing at all is set."""
    empty = empty_mark(method.ballot.marks)
    if empty == Mark.UNCLEAR:
        return _UNSET[Mark.ABSTAIN] if method.ballot.unclear == "abstain" else "都不计"
    return _UNSET[empty]


def written_rule_of(method: ElectionMethod, *, shared: bool = False) -> str:
    """What a voter must know of names written in; empty where none may be."""
    rules = method.write_in
    if rules.allowed == "no":
        return ""
    parts = ["可以另选他人" if rules.allowed == "free" else "投了反对票的，才可以另选他人"]
    if rules.per_against:
        parts.append("每投一张反对票可另选一人")
    parts.append("只能另选本次会议的代表" if rules.pool == "delegates" else "不限于代表")
    parts.append("写上姓名即为赞成")
    void = _PART if shared else _WHOLE
    parts.append(f"不合规定的，{void}" if rules.breach == "paper" else "不合规定的，该处不计")
    return "；".join(parts) + "。"
