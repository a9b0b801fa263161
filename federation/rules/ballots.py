"""
Judging one paper: valid or not, which marks count, which written names stand.

The order is the law: whole-paper faults, the signs, the written names, then the number chosen. An invalid paper counts
for nobody and is reported under the first reason that applies.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from federation.errors import Finding, Misused
from federation.facts.counting import Mark, Paper, WriteIn
from federation.rules.methods import ElectionMethod, Marks

REASONS = ("stray", "illegible", "write_in", "blank", "too_many", "too_few")
"""Why a paper is invalid, in the order in which one reason goes before another."""

REASONS_IN_CHINESE = {
    "stray": "有多余记号",
    "illegible": "无法辨认",
    "write_in": "另选他人不合规定",
    "blank": "空白票",
    "too_many": "所选人数多于规定名额",
    "too_few": "所选人数少于规定名额",
}


BREACHES = {
    "twice": ("", "同一人写了两次", "只写一次"),
    "unclear": ("", "姓名或符号不清楚", "写清楚"),
    "listed": ("", "这个姓名已在候选人名单上", "在名单上选"),
    "sign": ("needs_sign", "姓名旁没有赞成的符号", "加上赞成的符号"),
    "no": ("allowed", "本办法不设另选他人", "不写另选他人"),
    "with_against": ("allowed", "投了反对票的才能另选，本票没有投反对票", "反对名单上的一人再另选，或不写另选他人"),
    "per_against": ("per_against", "每投一张反对票可另选一人，本票的反对票少于另选的人", "少写几人，或多投几张反对票"),
    "pool": ("pool", "只能另选本次会议的代表，此人不在代表名单上", "核对姓名，或不写"),
}
"""Why a written name does not count: the key of the method under `write_in`, the words, and what a voter can do."""


class Judged(NamedTuple):
    """A paper after judging. `invalid` is empty for a valid paper, whose marks and standing write-ins count."""

    invalid: str
    marks: str
    write_ins: tuple[str, ...]


class PaperJudge:
    """
    Judges the papers of one contest in one round.

    `delegates` are those who may be written in where the method says delegates only; None means no list was given,
    which is a mistake only once a written name has to be looked up in it.
    """

    def __init__(
        self, method: ElectionMethod, seats: int, listed: Iterable[str], delegates: Iterable[str] | None = None
    ) -> None:
        self.listed = tuple(listed)
        self.seats = seats
        self.method = method
        self.ballot = method.ballot
        self.write_in = method.write_in
        self.delegates = None if delegates is None else frozenset(delegates)
        marks = method.ballot.marks
        self._foreign = {ord(mark): str(Mark.UNCLEAR) for mark in Mark if mark not in marks_of(marks)}
        self._unclear = {ord(Mark.UNCLEAR): str(Mark.ABSTAIN)} if self.ballot.unclear == "abstain" else {}
        self._blank = empty_mark(marks) * len(self.listed)

    def judge(self, paper: Paper) -> Judged:
        """Say whether the paper is valid, and what on it counts."""
        if len(paper.marks) != len(self.listed):
            raise ValueError(f"{len(paper.marks)} marks for {len(self.listed)} names")
        marks = paper.marks.translate(self._foreign)
        standing = self._standing(paper.write_ins, marks.count(Mark.AGAINST)) if paper.write_ins else ()
        if reason := self._fault(paper, marks, standing):
            return Judged(reason, "", ())
        return Judged("", marks.translate(self._unclear), standing)

    def _fault(self, paper: Paper, marks: str, standing: tuple[str, ...]) -> str:
        """The first reason for which the paper is invalid, empty if there is none."""
        unclear = Mark.UNCLEAR in marks or any(entry.unclear for entry in paper.write_ins)
        if paper.stray and self.ballot.stray_mark_voids:
            return "stray"
        if paper.illegible or (unclear and self.ballot.unclear == "whole_paper"):
            return "illegible"
        if self.write_in.breach == "paper" and self._breached(paper.write_ins, standing):
            return "write_in"
        if self.ballot.blank == "invalid" and self._is_blank(paper, marks):
            return "blank"
        chosen = marks.count(Mark.APPROVE) + len(standing)
        if self.ballot.choose != "any" and chosen > self.seats:
            return "too_many"
        if self.ballot.choose == "exactly" and chosen < self.seats:
            return "too_few"
        return ""

    def _is_blank(self, paper: Paper, marks: str) -> bool:
        """True for a paper on which nothing was drawn or written; an unclear sign is something drawn."""
        return marks == self._blank and Mark.UNCLEAR not in marks and not paper.write_ins

    def _breached(self, written: tuple[WriteIn, ...], standing: tuple[str, ...]) -> bool:
        """True where a readable name was struck: an unreadable one broke no rule, it counts for nothing."""
        return len(standing) < sum(not entry.unclear for entry in written)

    def struck(self, paper: Paper) -> Iterator[tuple[str, str]]:
        """The written names that do not count, each with the rule that it breaks, one of `BREACHES`."""
        against = paper.marks.translate(self._foreign).count(Mark.AGAINST)
        for position, entry in enumerate(paper.write_ins):
            if breach := self._breach(paper.write_ins, position, against):
                yield entry.name, breach

    def _standing(self, written: tuple[WriteIn, ...], against: int) -> tuple[str, ...]:
        """The written names that count, in the order written."""
        return tuple(
            entry.name for position, entry in enumerate(written) if not self._breach(written, position, against)
        )

    def _breach(self, written: tuple[WriteIn, ...], position: int, against: int) -> str:
        """The rule that the position-th written name breaks, one of `BREACHES`; empty where it stands."""
        entry, rules = written[position], self.write_in
        if entry.name in [earlier.name for earlier in written[:position]]:
            return "twice"
        if entry.unclear:
            return "unclear"
        if entry.name in self.listed:
            return "listed"
        if rules.needs_sign and not entry.signed:
            return "sign"
        if rules.allowed == "no":
            return "no"
        if rules.allowed == "with_against" and not against:
            return "with_against"
        if rules.per_against and position >= against:
            return "per_against"
        return "" if rules.pool == "anyone" or self._is_delegate(entry.name) else "pool"

    def _is_delegate(self, name: str) -> bool:
        """True where the name stands in the list of delegates; without a list nobody can say."""
        if self.delegates is None:
            raise Misused("选票上有另选他人，而办法规定只能另选代表：缺少代表名单，请用 --delegates 给出")
        return name in self.delegates


def ballot_findings(judge: PaperJudge, office: str, paper: Paper) -> Iterator[Finding]:
    """
    Say why this ballot would not count as its voter means it: invalid, or with a written name that is struck.

    Told before it is cast: the count strikes such a name without a word, and the voter would never learn of it.
    """
    for name, breach in judge.struck(paper):
        key, why, remedy = BREACHES[breach]
        yield Finding(
            f"{office}：另选的{name}不计（{why}）", judge.method.clause(f"write_in.{key}".rstrip(".")), remedy
        )
    if reason := judge.judge(paper).invalid:
        problem = f"{office}：这样投是无效票（{REASONS_IN_CHINESE[reason]}，应选 {judge.seats} 名）"
        yield Finding(problem, judge.method.clause("ballot"), "改过再投")


def marks_of(marks: Marks) -> frozenset[str]:
    """The marks that a paper of this method can bear, an unclear one among them."""
    bears = {Mark.APPROVE, Mark.UNCLEAR}
    if marks.against is not None:
        bears.add(Mark.AGAINST)
    if marks.abstain is not None:
        bears.add(Mark.ABSTAIN)
    if empty_mark(marks) == Mark.NOT_CHOSEN:
        bears.add(Mark.NOT_CHOSEN)
    return frozenset(bears)


def empty_mark(marks: Marks) -> Mark:
    """What a box left empty means: the mark whose sign is "", not chosen where names are only chosen, else unclear."""
    for sign, mark in ((marks.approve, Mark.APPROVE), (marks.against, Mark.AGAINST), (marks.abstain, Mark.ABSTAIN)):
        if sign == "":
            return mark
    return Mark.NOT_CHOSEN if marks.select_only else Mark.UNCLEAR
