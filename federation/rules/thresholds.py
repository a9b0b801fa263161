"""
The one way to write a bar: `> 1/2 of due`, or `plurality` where there is none.

超过 and 过半数 are strict (>); 以上, 不少于 and 达到 include the number itself (>=). Of thirty, more than two thirds is
twenty-one and at least two thirds is twenty: a seat can hang on the sign, so it is data, and so is the base. Integers
and fractions only.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from federation.rules.numerals import chinese_number


class Base(StrEnum):
    """The six figures of a ballot's ledger that a fraction can be taken of."""

    DUE = "due"
    PRESENT = "present"
    ISSUED = "issued"
    VOTED = "voted"
    RETURNED = "returned"
    VALID = "valid"

    def in_chinese(self) -> str:
        """The figure as a method names it, 应到会人数."""
        return _BASES[self][0]

    def counted(self, number: int) -> str:
        """The figure with its number and unit, 应到会 152 人 or 有效票 145 张."""
        _, stem, unit = _BASES[self]
        return f"{stem} {number} {unit}"


_BASES = {
    Base.DUE: ("应到会人数", "应到会", "人"),
    Base.PRESENT: ("实到会人数", "实到会", "人"),
    Base.ISSUED: ("发出选票数", "发出选票", "张"),
    Base.VOTED: ("投票人数", "投票", "人"),
    Base.RETURNED: ("收回选票数", "收回选票", "张"),
    Base.VALID: ("有效票数", "有效票", "张"),
}
_FORM = re.compile(r"(>=?)\s*(\d{1,6})(?:\s*/\s*(\d{1,6}))?\s+of\s+([a-z]+)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Threshold:
    """A number of votes, or of people, that must be passed (strict) or reached."""

    strict: bool
    fraction: Fraction
    base: Base

    @classmethod
    def parse(cls, text: str) -> "Threshold":
        """Read the comparison expression; ValueError says in Chinese what is wrong with it."""
        match = _FORM.fullmatch(text.strip())
        if match is None:
            raise ValueError(f"“{text}”不是门槛的写法，应写作 > 1/2 of due 或 >= 2/3 of due")
        sign, numerator, denominator, base = match.groups()
        if base not in set(Base):
            raise ValueError(f"“{base}”不是基数，只能是 {'、'.join(Base)}")
        if int(denominator or 1) == 0 or not 0 < (fraction := Fraction(int(numerator), int(denominator or 1))) <= 1:
            raise ValueError(f"“{text}”中的分数须大于 0 且不超过 1")
        return cls(strict=sign == ">", fraction=fraction, base=Base(base))

    def needed_of(self, number: int) -> int:
        """The smallest whole number that satisfies the bar when its base is `number`."""
        share = self.fraction * number
        return share.__floor__() + 1 if self.strict else share.__ceil__()

    def needed(self, **figures: int) -> int:
        """The smallest whole number that satisfies the bar, its base picked from these figures: `needed(due=30)`."""
        return self.needed_of(figures[self.base])

    def __str__(self) -> str:
        fraction = f"{self.fraction.numerator}/{self.fraction.denominator}"
        return f"{'>' if self.strict else '>='} {fraction} of {self.base}"

    def in_chinese(self) -> str:
        """The bar as a method's prose states it, 超过应到会人数的二分之一."""
        return f"{self.verb()}{self.base.in_chinese()}的{chinese_fraction(self.fraction)}"

    def verb(self) -> str:
        """超过 where the number itself is not enough, 不少于 where it is."""
        return "超过" if self.strict else "不少于"


@dataclass(frozen=True, slots=True)
class Plurality:
    """No bar at all: those with the most votes win, however few."""

    def __str__(self) -> str:
        return "plurality"

    def in_chinese(self) -> str:
        """The absence of a bar in words."""
        return "不设票数线，得票多的当选"


Bar = Threshold | Plurality
PLURALITY = Plurality()


def parse_bar(text: str) -> Bar:
    """Read a comparison expression or `plurality`; ValueError says in Chinese what is wrong with it."""
    return PLURALITY if text.strip() == "plurality" else Threshold.parse(text)


def chinese_fraction(fraction: Fraction) -> str:
    """三分之二 for 2/3, and 全部 for the whole."""
    if fraction == 1:
        return "全部"
    if fraction.denominator > 9999:
        return str(fraction)
    return f"{chinese_number(fraction.denominator)}分之{chinese_number(fraction.numerator)}"
