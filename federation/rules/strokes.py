"""
The order of names by the strokes of the surname (姓氏笔画为序), in both official variants.

Characters compare by total strokes, then stroke by stroke in the order 横 竖 撇 点 折 (1 to 5; 提 counts as 横,
捺 as 点), then 左右 before 上下 before what encloses before 整体, and last by code point. A published table holds the
place of 20,897 characters; an overlay and the officers settle the others. A character nobody has settled is refused,
never guessed.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import accumulate
from typing import Literal

from federation.errors import Finding, Refused

Variant = Literal["surname", "full_name"]
CharacterKey = tuple[int, int, str, str]
NameKey = tuple[tuple[CharacterKey, ...], tuple[CharacterKey, ...], str]

EMPTY_SLOT: CharacterKey = (-2, 0, "", "")
"""The missing middle character of a name such as 田富: before every character."""

SEPARATORS = frozenset("·•‧・･∙⋅.．-－'’ 　")
"""Between the parts of a name, 阿依古丽·买买提: they are not compared."""

_COMPOUND = (
    "欧阳太史端木上官司马东方独孤南宫万俟闻人夏侯诸葛尉迟公羊赫连澹台皇甫宗政濮阳公冶太叔申屠公孙慕容仲孙钟离"
    "长孙宇文司徒鲜于司空闾丘子车亓官司寇巫马公西颛孙壤驷公良漆雕乐正宰父谷梁拓跋夹谷轩辕令狐段干百里呼延东郭"
    "南门羊舌微生梁丘左丘西门第五贯丘南荣东里仲长即墨达奚褚师纳兰完颜叶赫"
)
COMPOUND_SURNAMES = frozenset(_COMPOUND[at : at + 2] for at in range(0, len(_COMPOUND), 2))

_UNIT = re.compile(r"(?P<name>.+?)[（(](?P<unit>[^（()）]+)[）)]")
_STROKES = re.compile("[1-5]+")


class UnknownCharacter(Refused):
    """A character of a name has no known strokes; an officer settles it."""

    def __init__(self, character: str, name: str) -> None:
        self.character, self.name = character, name
        problem = f"“{name}”中的“{character}”（U+{ord(character):04X}）不在笔画表中，不能按笔画排序"
        remedy = f"federation strokes set {character} 笔画（横1 竖2 撇3 点4 折5，如“王”是1121）"
        super().__init__("无法按姓氏笔画排序", [Finding(problem, remedy=remedy)])


@dataclass(frozen=True, slots=True)
class StrokeTable:
    """Places of characters in the official order, and the strokes where they are on record."""

    place: Mapping[str, int]
    strokes: Mapping[str, str]
    marks: tuple[tuple[int, str], ...]
    """(count, strokes) of every group whose strokes are known, ascending; parallel to `last_place`."""
    last_place: tuple[int, ...]

    def after(self, digits: str) -> int:
        """The last place whose known strokes do not come after these; a settled character stands behind it."""
        at = bisect_right(self.marks, (len(digits), digits))
        return self.last_place[at - 1] if at else -1


@cache
def stroke_table() -> StrokeTable:
    """The table and the overlay, read once, in some 20 ms."""
    digits, groups = _columns("stroke_table.txt")
    ends = list(accumulate(map(len, groups)))
    known = [row for row in zip(digits, groups, ends, strict=True) if row[0] != "-"]
    strokes = {character: group_digits for group_digits, group, _ in known for character in group}
    strokes.update(zip(*_columns("stroke_overlay.txt")[:2], strict=True))
    return StrokeTable(
        place={character: index for index, character in enumerate("".join(groups))},
        strokes=strokes,
        marks=tuple((len(group_digits), group_digits) for group_digits, _, _ in known),
        last_place=tuple(end - 1 for _, _, end in known),
    )


def _columns(file: str) -> list[tuple[str, ...]]:
    """The columns of a table that comes with the program; lines that open with # are comments."""
    text = files("federation.rules").joinpath(file).read_text(encoding="utf-8")
    return list(zip(*(line.split("\t") for line in text.splitlines() if line[0] != "#"), strict=True))


def stroke_digits(character: str, known: Mapping[str, str] = {}) -> str:
    """
    The strokes of a character as digits 1 to 5, 王 → 1121; what an officer settled (`known`) goes first.

    Empty for a character whose place is on record but not its strokes. Raises `UnknownCharacter` for any other.
    """
    table = stroke_table()
    if character in known or character in table.strokes or character in table.place:
        return known.get(character) or table.strokes.get(character, "")
    raise UnknownCharacter(character, character)


def strokes_findings(character: str, digits: str) -> Iterable[Finding]:
    """Say why these cannot be a character's strokes: one character, and digits 1 to 5 alone."""
    if len(character) != 1:
        yield Finding(f"一次只能设定一个字，收到的是“{character}”", remedy="逐字设定")
    if not _STROKES.fullmatch(digits):
        remedy = "按书写顺序写数字：横1 竖2 撇3 点4 折5，如“王”是1121"
        yield Finding(f"“{character}”的笔画“{digits}”写法有误", remedy=remedy)


def stroke_key(name: str, variant: Variant, known: Mapping[str, str] = {}) -> NameKey:
    """
    What a name as printed sorts by.

    With `surname` (姓氏笔画, party and CPPCC) a one-character given name has an empty middle slot: 田富 before 田大利.
    With `full_name` (姓名笔画, NPC) the second characters compare: 田大利 before 田富. A compound surname compares by
    its first character first. A unit in brackets, 王芳（三中）, is left out, and decides only between equal names.
    """
    bare, unit = split_unit(name)
    keys = [_character_key(character, name, known) for character in bare if character not in SEPARATORS]
    surname = 2 if len(bare) > 2 and bare[:2] in COMPOUND_SURNAMES else 1
    if variant == "surname" and len(keys) == surname + 1 and not SEPARATORS.intersection(bare):
        keys.insert(surname, EMPTY_SLOT)
    return tuple(keys), tuple(_lenient_key(character, known) for character in unit), name


def stroke_order(names: Iterable[str], variant: Variant, known: Mapping[str, str] = {}) -> list[str]:
    """The names by strokes; the order in which they are given is irrelevant."""
    return sorted(names, key=lambda name: stroke_key(name, variant, known))


def split_unit(name: str) -> tuple[str, str]:
    """王芳（三中） → 王芳 and 三中; without a bracket at the end the unit is empty."""
    found = _UNIT.fullmatch(name.strip())
    return (found["name"].strip(), found["unit"]) if found else (name.strip(), "")


def _character_key(character: str, name: str, known: Mapping[str, str]) -> CharacterKey:
    """
    Where one character stands: its place in the table, or just behind the place its settled strokes lead to.

    Letters of other scripts that names of other nations may hold come first, in alphabetical order.
    """
    table = stroke_table()
    if character not in known and character in table.place:
        return table.place[character], 0, "", ""
    if digits := known.get(character) or table.strokes.get(character):
        return table.after(digits), 1, digits, character
    if character.isalpha() and ord(character) < 0x2E80:
        return -1, 0, character.casefold(), character
    raise UnknownCharacter(character, name)


def _lenient_key(character: str, known: Mapping[str, str]) -> CharacterKey:
    """As `_character_key`; what is no character of a name (a digit in a unit's name) stands last, by code point."""
    try:
        return _character_key(character, character, known)
    except UnknownCharacter:
        return len(stroke_table().place), 0, "", character
