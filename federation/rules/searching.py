"""
Finding somebody on a roll by what a desk types: a number, part of a name or of a unit, or the initials of a name.

Initials are those of pinyin. GB 2312 orders its 3,755 common characters by pinyin, so where a character stands tells
with which letter it begins; of a rarer one, or one with several readings, any letter or the first reading is taken.
"""

import unicodedata
from bisect import bisect_right

_FIRST = {
    0xB0A1: "a", 0xB0C5: "b", 0xB2C1: "c", 0xB4EE: "d", 0xB6EA: "e", 0xB7A2: "f", 0xB8C1: "g", 0xB9FE: "h",
    0xBBF7: "j", 0xBFA6: "k", 0xC0AC: "l", 0xC2E8: "m", 0xC4C3: "n", 0xC5B6: "o", 0xC5BE: "p", 0xC6DA: "q",
    0xC8BB: "r", 0xC8F6: "s", 0xCBFA: "t", 0xCDDA: "w", 0xCEF4: "x", 0xD1B9: "y", 0xD4D1: "z",
}  # fmt: skip
"""The first character of GB 2312's common ones that begins with each letter."""
_STARTS, _LAST = sorted(_FIRST), 0xD7F9
ANY = "?"


def initial(sign: str) -> str:
    """The letter with which a character begins in pinyin; `?` where its place in GB 2312 does not say."""
    try:
        code = int.from_bytes(sign.encode("gb2312"), "big")
    except UnicodeEncodeError:
        return ANY
    return _FIRST[_STARTS[bisect_right(_STARTS, code) - 1]] if _STARTS[0] <= code <= _LAST else ANY


def initials(name: str) -> str:
    """The initials of a name, without dots and notes."""
    return "".join(initial(sign) for sign in name if "\u3400" <= sign <= "\u9fff" or sign >= "\U00020000")


def folded(asked: str) -> str:
    """What was typed, without spaces, full-width letters as plain ones."""
    return "".join(unicodedata.normalize("NFKC", asked).lower().split())


def matches(asked: str, number: int, name: str, unit: str) -> bool:
    """True where this person may be meant; `asked` is folded, and everybody may be where it is empty."""
    if asked.isdecimal():
        return str(number).startswith(asked.lstrip("0"))
    if asked in folded(name) or asked in folded(unit):
        return True
    return asked.isascii() and asked.isalpha() and _begins(asked, initials(name))


def _begins(asked: str, letters: str) -> bool:
    return len(asked) <= len(letters) and all(mine in (hers, ANY) for mine, hers in zip(letters, asked, strict=False))
