"""Who may stand on a roll, how namesakes are told apart, and when a roll may be frozen."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from federation.clock import chinese_date
from federation.errors import Finding
from federation.rules.identity import identity_findings

KINDS = {
    "代表": "delegate",
    "正式代表": "delegate",
    "妇女代表": "delegate",
    "特邀代表": "invited_delegate",
    "特邀": "invited_delegate",
    "特邀人员": "invited_delegate",
    "列席": "observer",
    "列席人员": "observer",
    "列席代表": "observer",
}
"""What a roll may call a person → what she is."""

KIND_LABELS = {"delegate": "代表", "invited_delegate": "特邀代表", "observer": "列席"}
VOTES = {"有": True, "是": True, "有表决权": True, "无": False, "否": False, "没有": False, "无表决权": False}
SEXES = {"女": "女", "女性": "女", "男": "男", "男性": "男"}
ADULT = 18
_OLDEST = 120
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})-|/(\d{1,2})/|\.(\d{1,2})\.|年(\d{1,2})月)(\d{1,2})日?|(\d{4})(\d{2})(\d{2})")
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
_PADDING = re.compile(r"(?<=[^\x00-\u00b6\u00b8-\u2021])\s+(?=[^\x00-\u00b6\u00b8-\u2021])")
_DOTS = re.compile("[•‧∙⋅・･]")
_LONGEST = {"name": 60, "nationality": 20, "party": 40, "sector": 40, "unit": 120, "unit_short": 40}
_TITLES = {
    "name": "姓名",
    "nationality": "民族",
    "party": "政治面貌",
    "sector": "界别",
    "unit": "单位",
    "unit_short": "单位简称",
}
LONGEST_DISPLAYED = 120


@dataclass(frozen=True, slots=True)
class Person:
    """One person as a roll names her. `number` is her place on it; 0 where it is still to be given."""

    number: int
    name: str
    sex: str = ""
    born_on: date | None = None
    nationality: str = ""
    party: str = ""
    sector: str = ""
    """界别, what she stands for among the delegates: 教育, 卫生健康 …; empty where the roll does not say."""
    unit: str = ""
    unit_short: str = ""
    kind: str = "delegate"
    may_vote: bool = True
    identity: str = field(default="", repr=False)

    @property
    def same_person(self) -> tuple[str, date | None, str]:
        """What makes two rows one person, whatever else differs: name, birth date and unit."""
        return name_key(self.name), self.born_on, self.unit


def folded(text: str) -> str:
    """A text without what only aligns it: 张　三 is 张三, Maria  Li is Maria Li. A middle dot stays as written."""
    return _PADDING.sub("", " ".join(_INVISIBLE.sub("", text).split()))


def name_key(name: str) -> str:
    """A name for comparison: the many middle dots of keyboards are one."""
    return _DOTS.sub("·", folded(name))


def birth_date(text: str) -> date:
    """The date that 1980-01-02, 1980/1/2, 1980.1.2, 1980年1月2日 or 19800102 say; ValueError for anything else."""
    match = _DATE.fullmatch("".join(unicodedata.normalize("NFKC", text).split()))
    if match is None:
        raise ValueError(f"“{text}” is no date")
    year, month, day = (int(part) for part in match.groups() if part)
    return date(year, month, day)


def age_on(born_on: date, day: date) -> int:
    """Full years on this day: a birthday counts from its own day, that of 29 February from 1 March in common years."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def read_person(row: Mapping[str, str], on: date) -> tuple[Person, tuple[Finding, ...]]:
    """
    The person whom a row of a roll names, as far as it can be read, and everything that is wrong with the row.

    Keys: number, name, sex, born_on, nationality, party, sector, unit, unit_short, kind, may_vote, identity; all text.
    `on` is the day of the meeting, by which she must be of age.
    """
    reader = _Reader(row, on)
    person = reader.person()
    return person, (*reader.findings, *person_findings(person, on))


class _Reader:
    """Reads one row; what it cannot read goes to `findings`."""

    def __init__(self, row: Mapping[str, str], on: date) -> None:
        self.row = row
        self.on = on
        self.findings: list[Finding] = []

    def person(self) -> Person:
        kind = self._kind()
        return Person(
            number=self._number(),
            name=self._name(),
            sex=self._sex(kind),
            born_on=self._born_on(kind),
            nationality=self._text("nationality"),
            party=self._text("party"),
            sector=self._text("sector"),
            unit=self._text("unit"),
            unit_short=self._text("unit_short"),
            kind=kind or "delegate",
            may_vote=self._may_vote(kind),
            identity=unicodedata.normalize("NFKC", self._text("identity")).replace(" ", "").upper(),
        )

    def _text(self, key: str) -> str:
        text = folded(self.row.get(key, ""))
        if len(text) > _LONGEST.get(key, 200):
            self._note(f"{_TITLES.get(key, key)}长于 {_LONGEST.get(key, 200)} 字", "缩短，或检查是否填错了列")
        return text

    def _note(self, problem: str, remedy: str) -> None:
        self.findings.append(Finding(problem, remedy=remedy))

    def _number(self) -> int:
        text = unicodedata.normalize("NFKC", self._text("number"))
        if not re.fullmatch(r"[1-9][0-9]{0,5}", text, re.ASCII):
            self._note(f"序号“{text}”不是正整数" if text else "没有序号", "每人一个序号，从 1 起，不重复")
            return 0
        return int(text)

    def _name(self) -> str:
        name = self._text("name")
        if not name:
            self._note("没有姓名", "补写姓名，或删去该行")
        elif not any(character.isalpha() for character in name) or any(character.isdigit() for character in name):
            self._note(f"“{name}”不像姓名", "核对姓名，检查是否填错了列")
        return name

    def _kind(self) -> str:
        text = self._text("kind")
        if text not in KINDS:
            self._note(f"类别“{text}”不认识" if text else "没有写类别", f"类别可写 {'、'.join(KINDS)}")
        return KINDS.get(text, "")

    def _may_vote(self, kind: str) -> bool:
        text = self._text("may_vote")
        if text not in VOTES and not (kind == "observer" and not text):
            self._note(f"表决权“{text}”不认识" if text else "没有写表决权", f"表决权可写 {'、'.join(VOTES)}")
        return VOTES.get(text, False)

    def _sex(self, kind: str) -> str:
        text = self._text("sex")
        if text not in SEXES and not (kind == "observer" and not text):
            self._note(f"性别“{text}”不认识" if text else "没有写性别", "性别写 女 或 男")
        return SEXES.get(text, "")

    def _born_on(self, kind: str) -> date | None:
        text = self._text("born_on")
        if not text and kind == "observer":
            return None
        try:
            born_on = birth_date(text)
        except ValueError:
            self._note("没有写出生日期" if not text else "出生日期看不懂，或没有这一天", "写成 1980-01-02 这样的日期")
            return None
        if not 0 <= age_on(born_on, self.on) <= _OLDEST:
            self._note("出生日期不合情理", "核对年份")
            return None
        return born_on


def person_findings(person: Person, on: date) -> Iterator[Finding]:
    """
    Say why this person may not stand on the roll as what she is listed as.

    A delegate is a woman of at least eighteen on the day of the meeting; so is whoever votes. An observer never votes.
    """
    who = person.name or "此人"
    if person.kind == "observer" and person.may_vote:
        yield Finding(f"{who}列席，不能有表决权", "列席人员没有表决权", "表决权改为 无，或核对类别")
    elif person.kind == "delegate" or person.may_vote:
        if person.sex == "男":
            yield Finding(f"{who}为男性，不能作为妇女代表", "代表须为妇女", "更换人选，或类别改为 列席")
        if person.born_on and age_on(person.born_on, on) < ADULT:
            problem = f"{who}到 {chinese_date(on)} 未满 {ADULT} 周岁"
            yield Finding(problem, "代表须年满十八周岁", "更换人选，或核对出生日期")
    if person.identity:
        yield from identity_findings(person.identity, person.born_on, person.sex)


def duplicate_findings(people: Sequence[tuple[str, Person]]) -> Iterator[Finding]:
    """
    Say who stands twice; each person comes with where she stands (第 5 行, 名册第 5 号).

    One person is one identity number, or one name with one birth date in one unit.
    """
    for what, keys in (
        ("序号相同", [(place, person.number or None) for place, person in people]),
        ("身份证号相同，是同一人", [(place, person.identity or None) for place, person in people]),
        (
            "姓名、出生日期、单位都相同，是同一人",
            [(place, person.same_person if person.name else None) for place, person in people],
        ),
    ):
        first: dict[object, str] = {}
        for place, key in keys:
            if key is not None and first.setdefault(key, place) != place:
                remedy = "改用没有用过的序号" if what == "序号相同" else "只留一行"
                yield Finding(f"{place}与{first[key]}{what}", remedy=remedy)


def displayed_names(people: Iterable[tuple[Person, str]]) -> list[str]:
    """
    The name each is called by: her own, or where another shares it, her name with her unit, 王芳（三中）.

    A person comes with the name she was called by so far, empty for a newcomer. A bracket once given is never taken
    away: she may have been nominated under it.
    """
    people = list(people)
    shared = Counter(name_key(person.name) for person, _ in people)
    return [
        _bracketed(person)
        if shared[name_key(person.name)] > 1 and displayed in ("", person.name)
        else displayed or person.name
        for person, displayed in people
    ]


def _bracketed(person: Person) -> str:
    unit = person.unit_short or person.unit
    return f"{person.name}（{unit}）" if unit else person.name


def naming_findings(people: Sequence[Person], displayed: Sequence[str]) -> Iterator[Finding]:
    """Say who could not be told apart on a ballot: one name and one unit, and yet two people."""
    groups: dict[str, list[Person]] = defaultdict(list)
    for person, name in zip(people, displayed, strict=True):
        groups[name_key(name)].append(person)
        if len(name) > LONGEST_DISPLAYED:
            yield Finding(f"{person.name}连同单位的名称过长", remedy="填写单位简称")
    for name, namesakes in groups.items():
        if len({person.same_person for person in namesakes}) > 1 and name:
            numbers = "、".join(str(person.number) for person in namesakes)
            problem = f"序号 {numbers} 同名，单位也相同或没有写，都叫 {name}，无法区别"
            yield Finding(problem, "姓名相同须能区别", "在“单位简称”里写出区别，如 三中语文组")


def freeze_findings(people: int, voters: int, unreviewed: int, failed: int, drawn: bool, at: str) -> Iterator[Finding]:
    """
    Say why the roll may not be frozen yet. `drawn`: those elected are the roll; `at` is the meeting's id.

    应到 is counted from it once and for all, so nobody may be on it who was not reviewed, or failed (domain.md step 5).
    """
    if not people:
        source = "roll draw" if drawn else "roll import 名册.xlsx"
        yield Finding("名册还是空的", "代表名册", f"federation {source} --meeting {at}")
    elif not voters:
        yield Finding("名册上没有一个人有表决权", "代表名册", f"federation roll add 姓名 --meeting {at}")
    if unreviewed:
        remedy = f"federation roll review --all --passed --meeting {at}"
        yield Finding(f"还有 {unreviewed} 人未作资格审查", "代表资格审查", remedy)
    if failed:
        remedy = f"federation roll remove 序号 --note 原因 --meeting {at}，或 roll replace 序号 --by 姓名"
        yield Finding(f"有 {failed} 人资格审查未通过，仍在名册上", "代表资格审查", remedy)
