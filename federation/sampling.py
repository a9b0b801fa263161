"""
Made-up people and made-up ballot papers, for the demonstration and for tests.

Pure and repeatable: the same number and seed give the same people and papers on every machine, because only
`Random.random()` is asked, whose sequence Python promises to keep. Nothing here steers an outcome: a paper is marked by
how well liked each candidate is, and what follows is counted like any other ballot.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle
from random import Random
from typing import TypeVar

T = TypeVar("T")

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
    "姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
GIVEN = (
    "芳娟敏静丽艳娜秀霞平燕玲桂英兰凤洁梅琳素云莲真环雪荣爱妹香月莺媛瑞凡佳嘉琼勤珍贞莉娣叶璧璐娅琦晶妍茜"
    "秋珊莎锦黛青倩婷姣婉娴瑾颖露瑶怡婵雁蓓纨仪荷丹蓉眉君琴蕊薇菁梦岚苑婕馨瑗琰韵融园艺咏卿聪澜纯毓悦昭冰"
    "爽琬茗羽希宁欣飘育滢馥筠柔竹霭凝晓欢霄枫芸菲寒伊亚宜可姬舒影荔枝思"
)
ETHNICITIES = ("汉族",) * 18 + ("土家族", "苗族", "瑶族", "侗族", "回族", "壮族")
POLITICS = ("中共党员",) * 9 + ("群众",) * 8 + ("共青团员",) * 2 + ("民盟盟员", "民进会员")

UNITS: tuple[tuple[str, str], ...] = (
    ("衡岭高新区党政综合办公室", "综合办"),
    ("衡岭高新区经济发展局", "经发局"),
    ("衡岭高新区社会事务局", "社会局"),
    ("衡岭高新区市场监督管理分局", "市监分局"),
    ("衡岭高新区第一小学", "一小"),
    ("衡岭高新区第三中学", "三中"),
    ("衡岭高新区人民医院", "区医院"),
    ("青禾街道办事处", "青禾街道"),
    ("云母山街道办事处", "云母山街道"),
    ("青禾街道望湖社区居民委员会", "望湖社区"),
    ("云母山街道柳塘社区居民委员会", "柳塘社区"),
    ("衡岭晨星电子有限公司", "晨星电子"),
    ("衡岭百川生物科技有限公司", "百川生物"),
    ("衡岭远帆新材料有限公司", "远帆新材"),
)
"""Full name and short name of units that do not exist."""

SECTORS = {
    **dict.fromkeys(("综合办", "经发局", "社会局", "市监分局"), "党政机关"),
    **dict.fromkeys(("一小", "三中"), "教育"),
    "区医院": "卫生健康",
    **dict.fromkeys(("青禾街道", "云母山街道", "望湖社区", "柳塘社区"), "街道社区"),
    **dict.fromkeys(("晨星电子", "百川生物", "远帆新材"), "企业"),
}
"""The sector (界别) that those of a unit stand for, by its short name."""


@dataclass(frozen=True, slots=True)
class SamplePerson:
    """One line of a delegates' roll; nobody of this name at this unit exists."""

    name: str
    sex: str
    born_on: date
    ethnicity: str
    politics: str
    unit: str
    unit_short: str

    @property
    def sector(self) -> str:
        """界别; empty for a unit that is none of `UNITS`."""
        return SECTORS.get(self.unit_short, "")


def sample_people(number: int, seed: int, units: Sequence[tuple[str, str]] = UNITS) -> list[SamplePerson]:
    """This many women of different names, all of age in 2020, spread over the units in turn."""
    draw = Random(seed)
    people: dict[str, SamplePerson] = {}
    while len(people) < number:
        name = _name(draw)
        unit, short = units[len(people) % len(units)]
        born_on = date(1962, 1, 1) + timedelta(days=int(draw.random() * 12_700))
        ethnicity, politics = pick(draw, ETHNICITIES), pick(draw, POLITICS)
        people.setdefault(name, SamplePerson(name, "女", born_on, ethnicity, politics, unit, short))
    return list(people.values())


def _name(draw: Random) -> str:
    """A surname and one or two characters, two of them thrice as often as one."""
    first, second = pick(draw, GIVEN), pick(draw, GIVEN)
    return pick(draw, SURNAMES) + (first if draw.random() < 0.25 else first + second)


def sample_marks(
    candidates: int,
    papers: int,
    seats: int,
    seed: int,
    *,
    liking: Sequence[float] = (),
    signs: tuple[str, str, str] = ("○", "×", ""),
) -> list[tuple[str, ...]]:
    """
    This many papers, each one sign a candidate: for, against, abstain, in that order in `signs`.

    `liking` is how likely each candidate is to be approved, from 0 to 1; left out, it is drawn. A voter who would
    approve more than there are seats strikes those she cares for least, so every paper is within the number of seats.
    """
    draw = Random(seed)
    likings = tuple(liking) or tuple(0.8 + 0.18 * draw.random() for _ in range(candidates))
    if len(likings) != candidates:
        raise ValueError(f"{len(likings)} likings for {candidates} candidates")
    return [_paper(draw, likings, seats, signs) for _ in range(papers)]


def _paper(draw: Random, likings: Sequence[float], seats: int, signs: tuple[str, str, str]) -> tuple[str, ...]:
    approve, against, abstain = signs
    margins = [liking - draw.random() for liking in likings]
    best = sorted((at for at, margin in enumerate(margins) if margin > 0), key=lambda at: -margins[at])[:seats]
    severe = draw.random()
    return tuple(
        approve if at in best else against if draw.random() < severe else abstain for at in range(len(likings))
    )


SLIPS = ("too many", "too many", "stray", "unclear", "blank")
"""What only a pen can do, as often as each turns up here."""


def sample_box(
    candidates: int, papers: int, seats: int, seed: int, *, others: Sequence[str] = (), phones: int = 0
) -> list[list[str]]:
    """
    A box of this many papers: a sign a candidate, two columns for names written in, and the face (票面).

    Some voters write in one of the `others`. The first `phones` rows came by phone; among the rest are slips of the
    pen. Both are a matter of numbers: a box of a few papers has none.
    """
    draw = Random(seed)
    rows = [[*marks, "", "", ""] for marks in sample_marks(candidates, papers, seats, seed)]
    if others:
        for row in some(draw, _may_write_in(rows, seats), min(5, papers // 25)):
            row[candidates] = "○" + pick(draw, others)
        for row in some(draw, _may_write_in(rows[phones:], seats), min(1, papers // 100)):
            row[candidates : candidates + 2] = ["○" + pick(draw, others[:20]), pick(draw, others[20:])]
    slips = min(5, (papers - phones) // 10) + (papers - phones) // 200
    for slip, row in zip(cycle(SLIPS), some(draw, rows[phones:], slips), strict=False):
        _slip(draw, slip, row, candidates, seats)
    return rows


def _may_write_in(rows: Sequence[list[str]], seats: int) -> list[list[str]]:
    """The papers with somebody struck and a seat to spare."""
    return [row for row in rows if "×" in row and row.count("○") < seats]


def _slip(draw: Random, slip: str, row: list[str], width: int, seats: int) -> None:
    if slip == "too many":
        row[:width] = ["○"] * (seats + 1) + [""] * (width - seats - 1)
    elif slip == "stray":
        row[-1] = slip
    elif slip == "unclear":
        row[int(draw.random() * width)] = "?"
    else:
        row[:] = [""] * len(row)


def plain_box(papers: int, seats: int, seed: int, liking: Sequence[float]) -> list[list[str]]:
    """A box of a small meeting of people who know how to mark a paper; one column for a written name stays empty."""
    return [[*marks, "", ""] for marks in sample_marks(len(liking), papers, seats, seed, liking=liking)]


def some(draw: Random, among: Sequence[T], number: int) -> list[T]:
    """So many different ones of these, in no order; all of them where there are fewer."""
    return sorted(among, key=lambda _: draw.random())[:number]


def pick(draw: Random, among: Sequence[T]) -> T:
    """One of these, all equally likely."""
    return among[int(draw.random() * len(among))]
