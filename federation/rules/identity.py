"""
Resident identity numbers (GB 11643-1999): whether one can be right, and whether it speaks of the same person.

No message repeats a digit of the number: what a finding says may be shown around.
"""

import re
from collections.abc import Iterator
from datetime import date

from federation.errors import Finding

_SHAPE = re.compile(r"[1-9][0-9]{16}[0-9X]", re.ASCII)
_WEIGHTS = tuple(2 ** (17 - place) % 11 for place in range(17))
_CHECKS = "10X98765432"
_CLAUSE = "GB 11643-1999"


def check_digit(first_seventeen: str) -> str:
    """The eighteenth character that belongs to these seventeen digits: a digit, or X for ten."""
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, first_seventeen, strict=True))
    return _CHECKS[total % 11]


def identity_findings(number: str, born_on: date | None, sex: str) -> Iterator[Finding]:
    """
    Say what is wrong with a number, by itself and beside the birth date and the sex given with it.

    A wrong check digit means a slip of the pen or a digit lost by a spreadsheet; a contradiction means that the number
    or the row is somebody else's. Which of the two is wrong nobody can tell from here.
    """
    remedy = "对照身份证改正"
    if not _SHAPE.fullmatch(number):
        problem = "身份证号应为 18 位，前 17 位是数字，末位是数字或 X"
        yield Finding(problem, _CLAUSE, "核对位数；表格里写成 4.3E+17 的，先把该列设为文本再重填")
        return
    if check_digit(number[:17]) != number[17]:
        yield Finding("身份证号的校验位不对，至少有一位写错", _CLAUSE, remedy)
        return
    born = _birth_date(number)
    if born is None:
        yield Finding("身份证号中的出生日期不是一个日子", _CLAUSE, remedy)
    elif born_on is not None and born != born_on:
        yield Finding("身份证号中的出生日期与所填的出生日期不一致", _CLAUSE, remedy)
    if sex and ("男" if int(number[16]) % 2 else "女") != sex:
        yield Finding("身份证号表示的性别与所填的性别不一致", _CLAUSE, remedy)


def _birth_date(number: str) -> date | None:
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None
