"""`appoint` and `term`: who holds which office."""

from tests.halls import AS
from tests.shell import Run, answer


def test_nobody_is_appointed_before_the_elections_are_over(founded: Run) -> None:
    """Exit 4; a pair that cannot be read, a number of years out of reach: exit 2."""
    founded("appoint", "--years", 5, *AS, code=4)
    founded("appoint", *AS, code=2)
    founded("appoint", "--years", 0, *AS, code=2)
    for pair in ("张三", "主席=", "主席"):
        assert "职务=姓名" in founded("appoint", pair, "--years", 5, *AS, code=2).stderr
    assert "张三没有当选主席" in founded("appoint", "主席=张三", "--years", 5, *AS, code=5).stderr


def test_where_nobody_holds_an_office_the_list_says_so(founded: Run) -> None:
    """As text and as JSON."""
    assert "没有人任职" in founded("term", "list", code=0).stdout
    assert answer(founded("term", "list", "--all", "--json", code=0)) == []


def test_only_somebody_in_office_can_leave_it(founded: Run) -> None:
    """Exit 5."""
    assert "张三现在没有任职" in founded("term", "resign", "张三", "--note", "书面辞职", *AS, code=5).stderr
