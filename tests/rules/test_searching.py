"""Finding somebody by what a desk types."""

import pytest

from federation.rules.searching import folded, initials, matches

PERSON = (12, "阿依古丽·买买提", "第三中学")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("王芳", "wf"),
        ("阿依古丽·买买提", "aygl?"[:4] + "mmt"),
        ("欧阳娜", "oyn"),
        ("䶮", "?"),
        ("张", "z"),
        ("啊座", "az"),
    ],
)
def test_initials_follow_the_order_of_gb_2312(name: str, expected: str) -> None:
    """Of a character that is none of its common ones nothing is known."""
    assert initials(name) == expected


@pytest.mark.parametrize(
    "asked",
    [
        "",
        "12",
        "1",
        "012",
        "阿依",
        "买买提",
        "三中",
        "ay",
        "AYGL",
        "ａｙ",
        "第三 中学",
        "序号12",
        "第12号",
        "ayiguli",
        "ayi g",
        "A yi gu li",
    ],
)
def test_a_person_is_found_by_number_name_unit_or_initials(asked: str) -> None:
    """However wide the letters are."""
    assert matches(folded(asked), *PERSON)


@pytest.mark.parametrize("asked", ["2", "13", "yg", "aygx", "王", "第四", "ayglmmtx", "序号2", "ayigou"])
def test_nobody_is_found_by_what_is_not_hers(asked: str) -> None:
    """Initials begin with the surname."""
    assert not matches(folded(asked), *PERSON)


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("wangfang", "王芳"),
        ("wangf", "王芳"),
        ("li x", "李霞"),
        ("lv", "吕梅"),
        ("shandan", "单丹"),
        ("ouyangna", "欧阳娜"),
    ],
)
def test_a_name_is_found_by_its_whole_pinyin_or_by_a_part_of_it(asked: str, name: str) -> None:
    """As it comes from an input method that stands on letters."""
    assert matches(folded(asked), 1, name, "")


@pytest.mark.parametrize("asked", ["序号12", "第12号", "No.12", "ayiguli", "ayi g", "A yi gu li"])
def test_a_number_may_be_called_one_and_letters_be_apart(asked: str) -> None:
    """Whatever a desk is used to."""
    assert matches(folded(asked), *PERSON)


def test_a_rare_character_is_found_by_any_letter() -> None:
    """Better one row too many than somebody who cannot be found."""
    assert matches("yyl", 1, "䶮玉兰", "")
    assert matches("yanyulan", 1, "䶮玉兰", "")
    assert not matches("yyx", 1, "䶮玉兰", "")
