"""What a page says of a refusal: the words of the command line without its commands."""

import pytest

from federation.web.pages import spoken


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("重点这一批的张数，或核对各批：federation election entries", "重点这一批的张数"),
        ("--as 和 --with 写这两人", ""),
        ("请秘书办理，或 federation officer add 王芳 --role secretary", "请秘书办理"),
        ("federation roll list，看序号和姓名", "看序号和姓名"),
        ("输入另一名计票人的录入台代码", "输入另一名计票人的录入台代码"),
        ("", ""),
    ],
)
def test_a_clause_with_a_command_is_left_out(said: str, told: str) -> None:
    """Nobody can type it into a page."""
    assert spoken(said) == told
