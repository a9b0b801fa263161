"""What a body is made of, in numbers and in percent."""

from datetime import date

import pytest

from federation.rules.composition import Part, composition, percent
from federation.rules.roll import Person

ON = date(2020, 11, 26)


@pytest.mark.parametrize(
    ("number", "total", "said"),
    [
        (1, 3, "33.3%"),
        (2, 3, "66.7%"),
        (1, 8, "12.5%"),
        (1, 16, "6.3%"),  # 6.25: half goes up
        (3, 80, "3.8%"),  # 3.75
        (1, 2000, "0.1%"),  # 0.05
        (1, 2001, "0.0%"),
        (152, 152, "100.0%"),
        (0, 5, "0.0%"),
        (0, 0, "—"),
    ],
)
def test_a_share_is_rounded_half_up_to_one_decimal(number: int, total: int, said: str) -> None:
    """Exact arithmetic: no binary fraction decides which way a half goes."""
    assert percent(number, total) == said


@pytest.mark.parametrize(
    ("born", "band"),
    [
        (date(1989, 11, 27), "30岁以下"),
        (date(1989, 11, 26), "31至40岁"),
        (date(1979, 11, 27), "31至40岁"),
        (date(1979, 11, 26), "41至50岁"),
        (date(1959, 11, 27), "51至60岁"),
        (date(1959, 11, 26), "61岁以上"),
        (None, "未填写"),
    ],
)
def test_an_age_is_that_of_the_day_and_one_not_known_is_said_to_be_so(born: date | None, band: str) -> None:
    """A birthday counts from its own day."""
    assert composition([Person(1, "甲", born_on=born)], ON).ages == (Part(band, 1, "100.0%"),)


def test_in_every_respect_the_parts_make_up_the_whole() -> None:
    """The largest part first, equals in roll order, what is not known last."""
    people = [
        Person(1, "甲", "女", date(1979, 1, 1), "回族", "群众", "教育", "三中"),
        Person(2, "乙", "女", date(1990, 1, 1), "汉族", "中共党员", "教育", "一小"),
        Person(3, "丙", "女", None, "汉族", "", "", "三中"),
        Person(4, "丁", "", date(1985, 1, 1), "汉族", "群众", "卫生健康", "医院"),
    ]
    made = composition(people, ON)
    assert made.sexes == (Part("女", 3, "75.0%"), Part("未填写", 1, "25.0%"))
    assert [(part.label, part.number) for part in made.ages] == [
        ("30岁以下", 1),
        ("31至40岁", 1),
        ("41至50岁", 1),
        ("未填写", 1),
    ]
    assert [part.label for part in made.nationalities] == ["汉族", "回族"]
    assert [part.label for part in made.parties] == ["群众", "中共党员", "未填写"]
    assert [part.label for part in made.sectors] == ["教育", "卫生健康", "未填写"]
    assert [part.label for part in made.units] == ["三中", "一小", "医院"]
    for parts in (made.sexes, made.ages, made.nationalities, made.parties, made.sectors, made.units):
        assert sum(part.number for part in parts) == made.total == 4


def test_nothing_is_said_of_sectors_where_the_roll_knows_none() -> None:
    """A roll without that column is no roll of people who did not fill it in."""
    people = [Person(1, "甲", unit="三中"), Person(2, "乙", unit="一小")]
    assert composition(people, ON).sectors == ()
    assert composition([], ON).sectors == ()
