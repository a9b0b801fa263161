"""姓氏笔画为序 (domain.md section 4)."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from federation.errors import Refused
from federation.rules import strokes
from federation.rules.strokes import (
    UnknownCharacter,
    split_unit,
    stroke_digits,
    stroke_key,
    stroke_order,
    stroke_table,
    strokes_findings,
)


@pytest.mark.parametrize(
    ("character", "count"),
    [
        *[("邓", 4), ("陈", 7), ("周", 8), ("王", 4), ("龚", 11), ("阿", 7)],
        *[("〇", 1), ("䶮", 9), ("𠅤", 11), ("㛃", 9), ("𬱖", 11), ("㺿", 10)],
    ],
)
def test_a_character_has_the_strokes_of_the_national_standard(character: str, count: int) -> None:
    """Simplified forms as written today: collations count 邓 5 and 陈 8, web lists 周 5; all three are wrong."""
    assert len(stroke_digits(character)) == count


@pytest.mark.parametrize(
    ("names", "ordered"),
    [
        ("陈一 邓一", "邓一 陈一"),
        ("周一 陈一", "陈一 周一"),
        ("丁一 卜一 刁一", "丁一 卜一 刁一"),
        ("马一 于一 万一", "于一 万一 马一"),
        ("邓一 方一 韦一 毛一 文一 王一 尹一", "王一 韦一 毛一 文一 方一 尹一 邓一"),
        ("甲一 叶一", "叶一 甲一"),
        ("王丽 王英 王芳", "王芳 王丽 王英"),
        ("李桂芳 李桂英 李桂兰", "李桂兰 李桂芳 李桂英"),
    ],
)
def test_surnames_compare_by_count_then_shapes_then_structure(names: str, ordered: str) -> None:
    """Total strokes, then 横竖撇点折 in writing order; of 叶 and 甲, both 25112, 左右 goes before 整体."""
    assert stroke_order(names.split(), "surname") == ordered.split()
    assert stroke_order(reversed(names.split()), "surname") == ordered.split()


@pytest.mark.parametrize(
    ("variant", "ordered"),
    [("surname", ["田富", "田大利"]), ("full_name", ["田大利", "田富"])],
)
def test_one_character_given_names_go_first_only_by_surname_strokes(
    variant: strokes.Variant, ordered: list[str]
) -> None:
    """姓氏笔画 leaves the middle slot empty; 姓名笔画 compares 大 (3) with 富 (12)."""
    assert stroke_order(["田大利", "田富"], variant) == ordered
    assert stroke_order(["田富", "田大利"], variant) == ordered


def test_a_compound_surname_stands_at_its_first_character() -> None:
    """复姓 sort by their first character: 司徒 (司 5) before 朱 (6), 欧阳 (8) after 陈 (7)."""
    assert stroke_order(["欧阳兰", "陈静", "司徒婷", "朱燕"], "surname") == ["司徒婷", "朱燕", "陈静", "欧阳兰"]


def test_a_compound_surname_leaves_the_slot_behind_both_characters() -> None:
    """欧阳慧 has a one-character given name: before 欧阳一凡, whatever 慧 counts."""
    assert stroke_order(["欧阳一凡", "欧阳慧"], "surname") == ["欧阳慧", "欧阳一凡"]
    assert stroke_order(["欧阳一凡", "欧阳慧"], "full_name") == ["欧阳一凡", "欧阳慧"]


def test_a_middle_dot_is_not_compared_and_makes_no_empty_slot() -> None:
    """阿依古丽·买买提 stands at 阿 (7), after 陈 by its shapes or before it, whichever dot was typed."""
    keys = {stroke_key(f"阿依古丽{dot}买买提", "surname")[0] for dot in "·•・"}
    assert len(keys) == 1
    assert stroke_order(["阿依古丽·买买提", "周静", "邓丽"], "surname") == ["邓丽", "阿依古丽·买买提", "周静"]
    assert len(stroke_key("阿·丽", "surname")[0]) == 2


def test_letters_of_another_script_come_before_characters() -> None:
    """A name may be printed in its own letters; they are in alphabetical order."""
    assert stroke_order(["丁一", "Sara Lund", "Anna"], "surname") == ["Anna", "Sara Lund", "丁一"]


def test_a_unit_in_brackets_decides_only_between_equal_names() -> None:
    """王芳（三中） is 王芳 to the order; 一小 before 三中 where both are 王芳."""
    assert stroke_order(["王芳（三中）", "王芬", "王芳（一小）"], "surname") == ["王芬", "王芳（一小）", "王芳（三中）"]
    names = ["王芳（3组）", "王芳(三中)", "王芳（A幢）"]
    assert stroke_order(names, "surname") == names[::-1]


@pytest.mark.parametrize(
    ("shown", "parts"),
    [
        ("王芳（三中）", ("王芳", "三中")),
        ("王芳(三中)", ("王芳", "三中")),
        (" 王芳 ", ("王芳", "")),
        ("（三中）", ("（三中）", "")),
    ],
)
def test_the_unit_is_split_off_a_displayed_name(shown: str, parts: tuple[str, str]) -> None:
    """The unit is in the bracket at the end; a bracket alone is no name."""
    assert split_unit(shown) == parts


def test_a_character_nobody_has_settled_is_refused_with_the_name() -> None:
    """Never a silent guess: the officer reads which character of which name, and the command."""
    with pytest.raises(UnknownCharacter) as caught:
        stroke_order(["王芳", "李𰻞"], "surname")
    assert (caught.value.character, caught.value.name) == ("𰻞", "李𰻞")
    assert "U+30EDE" in str(caught.value)
    assert "federation strokes set 𰻞" in str(caught.value)
    with pytest.raises(Refused):
        stroke_digits("𰻞")


def test_an_officers_strokes_place_the_character_among_the_others() -> None:
    """Settled as 12, it goes behind the table's 十 (12) and before 厂 (13)."""
    known = {"𰻞": "12"}
    assert stroke_order(["厂一", "𰻞一", "十一", "丁一"], "surname", known) == ["丁一", "十一", "𰻞一", "厂一"]


def test_an_officers_strokes_go_before_the_tables() -> None:
    """The officer answers for the form of the character on the identity card."""
    assert stroke_order(["丁一", "龚一"], "surname", {"龚": "1"}) == ["龚一", "丁一"]
    assert stroke_digits("龚", {"龚": "1"}) == "1"


@pytest.mark.parametrize(
    ("character", "digits", "faults"),
    [("王", "1121", 0), ("王", "", 1), ("王", "1126", 1), ("王", "横横竖横", 1), ("王芳", "1", 1), ("", "6", 2)],
)
def test_strokes_an_officer_enters_are_digits_one_to_five(character: str, digits: str, faults: int) -> None:
    """One character at a time, and at least one stroke."""
    assert len(list(strokes_findings(character, digits))) == faults


def test_the_overlay_adds_up_from_its_parts() -> None:
    """Every hand analysis is checked against the table's strokes of the parts."""
    table = stroke_table()
    for character, digits, parts in zip(*strokes._columns("stroke_overlay.txt"), strict=True):
        added = "".join(given or table.strokes[part] for part, given in re.findall(r"(\D)(\d*)", parts))
        assert digits == added, character
        assert character not in table.place


def test_the_table_is_in_order_and_names_no_character_twice() -> None:
    """Groups with known strokes ascend; 20,897 places, each taken once."""
    _, groups = strokes._columns("stroke_table.txt")
    assert list(stroke_table().marks) == sorted(stroke_table().marks)
    assert len(stroke_table().place) == sum(map(len, groups)) == 20_897
    assert len({digits for _, digits in stroke_table().marks}) > 5_000


def test_settled_strokes_agree_with_the_table_for_every_character_whose_strokes_are_known() -> None:
    """Were a table character settled anew with its own strokes, it would stay behind its group and before the next."""
    table = stroke_table()
    nexts = [*table.last_place[1:], len(table.place)]
    for (_, digits), last, following in zip(table.marks, table.last_place, nexts, strict=True):
        assert last <= table.after(digits) < following


NAMES = ["王芳（三中）", "王芳", "龚䶮", "田富", "田大利", "欧阳兰", "阿依古丽·买买提", "陈𠅤", "Anna", "周敏"]


@given(st.permutations(NAMES))
def test_the_order_in_which_names_are_given_is_irrelevant(names: list[str]) -> None:
    """The order is a total one: no accident of sorting decides."""
    assert stroke_order(names, "surname") == stroke_order(sorted(names), "surname")
