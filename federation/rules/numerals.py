"""Chinese numerals, as clauses, terms and sessions are counted: 第一百零五条, 第十三届."""

import unicodedata

NUMERAL = "零〇一二两三四五六七八九十百千0-9０-９"
"""For a character class: whatever a whole number in prose may be written with."""

_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}


def chinese_number(number: int) -> str:
    """A whole number from 0 to 9999 in words: 10 → 十, 15 → 十五, 105 → 一百零五, 110 → 一百一十."""
    if not 0 <= number <= 9999:
        raise ValueError(f"{number} is not between 0 and 9999")
    words, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            words += ("零" if gap and words else "") + "零一二三四五六七八九"[digit] + name
        gap = not digit
    return (words[1:] if words.startswith("一十") else words) or "零"


def parse_chinese_number(words: str) -> int:
    """
    The number these words say, in Chinese or in Arabic numerals of either width: 一百零五, 二〇二〇, 15, １５.

    Raises ValueError for anything that is no whole number.
    """
    if words and all(character.isdecimal() for character in words):
        return int(unicodedata.normalize("NFKC", words))
    if words and all(character in _DIGITS for character in words):
        return int("".join(str(_DIGITS[character]) for character in words))
    return _with_units(words)


def _with_units(words: str) -> int:
    total, digit, least = 0, None, 10_000
    for character in words:
        if character in _UNITS and _UNITS[character] < least and digit != 0:
            least = _UNITS[character]
            total, digit = total + (1 if digit is None else digit) * least, None
        elif character in _DIGITS and not digit:
            digit = _DIGITS[character]
        else:
            raise ValueError(f"“{words}” is no number")
    if not words or digit == 0:
        raise ValueError(f"“{words}” is no number")
    return total + (digit or 0)


def number_or_zero(words: str) -> int:
    """The number, or 0 where the words are none: no 条, 届 or 次 is counted 0."""
    try:
        return parse_chinese_number(words)
    except ValueError:
        return 0
