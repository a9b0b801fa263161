"""What a paper counts as, told to its voter before it is cast, and after it is counted."""

from collections.abc import Iterator

from federation.facts.counting import Mark, Paper
from federation.facts.voting import Choice, Group, PaperReading
from federation.rules.ballots import REASONS_IN_CHINESE, PaperJudge, empty_mark
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
    standing = judged.write_ins if not judged.invalid else tuple(entry.name for entry in paper.write_ins)
    return PaperReading(
        office=office,
        seats=judge.seats,
        approved=marks.count(Mark.APPROVE) + len(standing),
        groups=tuple(_groups(judge.listed, marks, standing)),
        invalid=REASONS_IN_CHINESE[judged.invalid] if judged.invalid else "",
        struck=tuple(entry.name for entry in paper.write_ins if entry.name not in standing),
    )


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


def rule_of(method: ElectionMethod, seats: int) -> str:
    """What a voter must know of one contest, in one sentence."""
    choose = _CHOOSE[method.ballot.choose].format(seats=seats)
    if method.write_in.allowed == "no":
        choose = choose.replace("（含另选）", "")
    empty = empty_mark(method.ballot.marks)
    unset = _UNCLEAR[method.ballot.unclear] if empty == Mark.UNCLEAR else _EMPTY[empty]
    blank = "；一个都不选的，全票无效" if method.ballot.blank == "invalid" else ""
    return f"{choose}；{unset}{blank}。"


def written_rule_of(method: ElectionMethod) -> str:
    """What a voter must know of names written in; empty where none may be."""
    rules = method.write_in
    if rules.allowed == "no":
        return ""
    parts = ["可以另选他人" if rules.allowed == "free" else "投了反对票的，才可以另选他人"]
    if rules.per_against:
        parts.append("每投一张反对票可另选一人")
    parts.append("只能另选本次会议的代表" if rules.pool == "delegates" else "不限于代表")
    parts.append("写上姓名即为赞成")
    parts.append("不合规定的，全票无效" if rules.breach == "paper" else "不合规定的，该处不计")
    return "；".join(parts) + "。"
