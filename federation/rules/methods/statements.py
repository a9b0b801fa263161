"""
What the prose of a clause says in numbers: a bar (应到代表的三分之二以上), a share, a number of names.

Read without guessing: what a phrase leaves open (the base, the sign) is None, and an upper limit (不超过) is no bar.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from federation.rules.numerals import NUMERAL, number_or_zero
from federation.rules.thresholds import Base

_SHARE = re.compile(
    rf"(?P<of>[{NUMERAL}]+)\s*分之\s*(?P<part>[{NUMERAL}]+)|(?P<half>半数)|(?P<percent>[0-9０-９]+)\s*[%％]"
)
_BASES = {
    "应到": Base.DUE, "应出席": Base.DUE, "全体代表": Base.DUE, "全体委员": Base.DUE, "代表总数": Base.DUE,
    "实到": Base.PRESENT, "到会": Base.PRESENT, "出席": Base.PRESENT, "与会": Base.PRESENT,
    "发出": Base.ISSUED, "发放": Base.ISSUED,
    "收回": Base.RETURNED, "回收": Base.RETURNED,
    "有效": Base.VALID,
    "参加投票": Base.VOTED, "投票人": Base.VOTED, "投票的人": Base.VOTED,
}  # fmt: skip
_SEATS = "名额"
_BASE = re.compile("|".join((_SEATS, *_BASES)))
_LOWER = re.compile(r"超过|多于|大于|高于|不少于|不低于|不得少于|不得低于|不小于|至少|达到|满|过(?=$)")
_STRICT = ("超过", "多于", "大于", "高于", "过")
_UPPER = re.compile(r"(?:不得?|不能|未|没有)(?:超过|多于|高于)|少于|低于|不足|不满|至多|最多")
_NOT_LESS = re.compile(r"不(?:得)?(?:少于|低于|小于|足)")
_BEHIND = re.compile(rf"(?:（[^）]*）)?(?:以上)?(?:（[^）]*）)?的?({_BASE.pattern})")
_AFTER = re.compile(r"\s*(?P<brackets>（[^）]*）)?\s*(?:及|或|和)?(?P<more>以上)?(?P<late>（[^）]*）)?")
_PHRASE_END = re.compile(r"[，。；：、\n]")
_COUNT = re.compile(
    rf"(?:应选(?:名额|人数)?|名额|选举产生|选出)\s*(?:定?为|共|是|：|:)?\s*(?P<n>[{NUMERAL}]+)\s*[名人位]"
)
_EXTRA = re.compile(rf"(?:差额(?:数|人数|名额)?|多提|多)\s*(?:定?为|是|：|:)?\s*(?P<n>[{NUMERAL}]+)\s*[名人位]")


@dataclass(frozen=True, slots=True)
class Share:
    """A fraction that a phrase states. `strict` None: it does not say whether the number itself is enough."""

    fraction: Fraction
    strict: bool | None
    base: Base | None
    of_seats: bool
    limit: bool
    """True where it may not be exceeded: no bar."""
    words: str
    """The phrase, for quoting."""


def shares(text: str) -> list[Share]:
    """Every fraction that the text states, in reading order."""
    return [share for found in _SHARE.finditer(text) if (share := _share(text, found))]


def _share(text: str, found: re.Match[str]) -> Share | None:
    fraction = _fraction(found)
    if fraction is None:
        return None
    begins = max((end.end() for end in _PHRASE_END.finditer(text, 0, found.start())), default=0)
    ends = end.start() if (end := _PHRASE_END.search(text, found.end())) else len(text)
    before, after = text[begins : found.start()], text[found.end() : ends]
    limit, strict = _sign(before, after)
    base = _base(before, after)
    return Share(fraction, strict, _BASES.get(base), base == _SEATS, limit, text[begins:ends].strip())


def _base(before: str, after: str) -> str:
    """
    The word for what the fraction is of, empty where the phrase leaves it open.

    到会代表达到三分之二 does not say of what: a verb between the two makes the first the subject.
    """
    nearest = list(_BASE.finditer(before))[-1:]
    if nearest:
        between = before[nearest[0].end() :]
        return "" if re.search(r"达到|超过|[多少大高低]于|至少|占", between) else nearest[0][0]
    behind = _BEHIND.match(after)
    return behind[1] if behind else ""


def _fraction(found: re.Match[str]) -> Fraction | None:
    if found["half"]:
        return Fraction(1, 2)
    if found["percent"]:
        return Fraction(number_or_zero(found["percent"]), 100)
    of, part = number_or_zero(found["of"]), number_or_zero(found["part"])
    return Fraction(part, of) if of and part else None


def _sign(before: str, after: str) -> tuple[bool, bool | None]:
    """Whether this is an upper limit, and whether the number itself is not enough (None: it does not say)."""
    behind = _AFTER.match(after)
    more = bool(behind and behind["more"])
    notes = "".join(filter(None, (behind["brackets"], behind["late"]))) if behind else ""
    plain = _NOT_LESS.sub(lambda match: "达到" if match[0] != "不足" else "不足", before)
    if _UPPER.search(plain):
        return True, None
    said = {word in _STRICT for word in _LOWER.findall(plain)} | ({False} if more else set())
    if "不含" in notes or "不包括" in notes:
        return False, True
    return False, said.pop() if len(said) == 1 else None


def seat_numbers(text: str) -> Iterator[tuple[int, str]]:
    """Every number of seats stated without an office, with its words: 应选15名, 名额为15名, 选举产生15名."""
    for found in _COUNT.finditer(text):
        yield number_or_zero(found["n"]), found[0]


def extra_numbers(text: str) -> Iterator[tuple[int, str]]:
    """Every number of candidates more than seats, with its words: 差额1名."""
    for found in _EXTRA.finditer(text):
        yield number_or_zero(found["n"]), found[0]
