"""`strokes show` and `set`."""

from tests.halls import AS
from tests.shell import Run, answer

RARE = "\U00031350"


def test_the_strokes_of_each_character_are_shown(founded: Run) -> None:
    """By number and by kind; as JSON, as digits."""
    assert founded("strokes", "show", "王", code=0).stdout == "王：4 画 横横竖横\n"
    assert answer(founded("strokes", "show", "丁王", "--json", code=0)) == {"丁": "12", "王": "1121"}


def test_a_character_that_nobody_knows_is_settled_by_an_officer(founded: Run) -> None:
    """Exit 5 until then; who settles it is named."""
    assert f"federation strokes set {RARE}" in founded("strokes", "show", RARE, code=5).stderr
    founded("strokes", "set", RARE, "1213", code=2)
    founded("strokes", "set", RARE, "1213", "--as", "无名氏", code=3)
    assert founded("strokes", "set", RARE, "1213", *AS, code=0).stdout == f"已记住：{RARE} 4 画 横竖横撇\n"
    assert "未作改动" in founded("strokes", "set", RARE, "1213", *AS, code=0).stdout
    assert "横竖横撇" in founded("strokes", "show", RARE, code=0).stdout


def test_strokes_are_digits_from_one_to_five(founded: Run) -> None:
    """Words are a wrong call, other digits a wrong content."""
    founded("strokes", "set", RARE, "横竖", *AS, code=2)
    founded("strokes", "set", RARE, "1²", *AS, code=5)
    founded("strokes", "set", RARE, "129", *AS, code=5)
    founded("strokes", "set", "王芳", "12", *AS, code=2)
