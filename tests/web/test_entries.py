"""The paper desk as two tellers meet it: each apart, then where they differ, then both together."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from sqlalchemy import Engine
from starlette.testclient import TestClient

from federation.clock import SetClock
from federation.facts.counting import Paper, WriteIn
from federation.services import counts
from tests.entering import BOX, FIRST, LIST, OTHER, Table
from tests.web.desks import Browser, opened_desk

Opened = Callable[[Engine], TestClient]
HOME, PILE = "/desk/entry", "/desk/entry/pile"
OF = [("contest", "members"), ("batch", "1")]


@pytest.fixture
def table(engine: Engine, clock: SetClock, tmp_path: Path) -> Table:
    """Nine papers of four candidates, none entered."""
    return Table(engine, clock).unsealed(tmp_path)


class Teller(Browser):
    """A teller at her own desk."""

    def __init__(self, client: TestClient, table: Table, name: str) -> None:
        super().__init__(client)
        self.name = name
        self.code = opened_desk(table.engine, table.clock, f"{name}的台", "entry", name)
        self.signed_in(self.code)

    def begin(self, papers: int = len(BOX)) -> str:
        return self.post(HOME, [*OF, ("papers", str(papers))])

    def press(self, act: str, *fields: tuple[str, str]) -> str:
        return self.post(PILE, [*OF, ("act", act), *fields])

    def put(self, paper: Paper, position: int, act: str = "put") -> str:
        marks = [(f"mark:{place}", mark) for place, mark in enumerate(paper.marks, 1)]
        names = [(f"name:{place}", entry.name) for place, entry in enumerate(paper.write_ins, 1)]
        names += [(f"signed:{place}", "yes") for place, entry in enumerate(paper.write_ins, 1) if entry.signed]
        faces = [(word, "yes") for word in ("stray", "illegible") if getattr(paper, word)]
        return self.press(act, ("position", str(position)), *marks, *names, *faces)

    def enter(self, papers: Sequence[Paper]) -> str:
        self.begin(len(papers))
        for position, paper in enumerate(papers, 1):
            self.put(paper, position)
        return self.press("finish")


@pytest.fixture
def tellers(table: Table, opened: Opened) -> tuple[Teller, Teller]:
    client = opened(table.engine)
    return Teller(client, table, FIRST), Teller(client, table, OTHER)


Tellers = tuple[Teller, Teller]


def test_two_tellers_enter_a_pile_agree_and_sign_it_off_and_it_counts(table: Table, tellers: Tellers) -> None:
    """The same result as from a file."""
    first, other = tellers
    assert "你已录完" in first.enter(BOX)
    assert "两人所录一致" in other.enter(BOX)
    assert "✓ 已签认" in first.press("sign_off", ("code", other.code))
    table.at("members", counts.count, table.act())
    assert {row["name"] for row in table.result("members")["results"]} == {*LIST, "向晚晴"}
    line = next(facts for act, facts in table.lines() if act == "enter.members.sign_off")
    assert FIRST in line
    assert OTHER in line


def test_neither_teller_sees_what_the_other_entered_before_both_are_done(tellers: Tellers) -> None:
    """Not a mark, not a name, not how far she is."""
    first, other = tellers
    first.begin()
    first.put(Paper("++++", (WriteIn("向晚晴"),)), 1)
    other.begin()
    assert "第 <b>1</b> / 9 张" in other.text
    assert "checked" not in other.text
    assert "向晚晴" not in other.text + other.get(HOME)
    assert "1 张" not in other.text.partition(FIRST)[2].partition("</td>")[0]


def cells(text: str) -> list[tuple[str, ...]]:
    """What stands in the rows of a table, the last cell left out."""
    rows = text.partition("<tbody>")[2].split("</tr>")[:-1]
    return [tuple(re.findall(r"<t[hd][^>]* data-head=[^>]*>([^<]*)<", row)) for row in rows]


def test_where_they_differ_each_field_is_shown_and_goes_back_for_correction(table: Table, tellers: Tellers) -> None:
    """Each sees her own reading first; what is corrected is journalled by its place."""
    first, other = tellers
    first.enter(BOX)
    said = other.enter([Paper("++-+"), *BOX[1:]])
    assert "2 处不一致" in said
    assert cells(said) == [("1", LIST[2], "反对", "赞成"), ("1", LIST[3], "赞成", "反对")]
    assert cells(first.get(f"{PILE}?contest=members&batch=1"))[0] == ("1", LIST[2], "赞成", "反对")
    assert "录入台代码" not in first.text
    form = other.get(f"{PILE}?contest=members&batch=1&paper=1")
    assert "更正第 1 张" in form
    assert form.count(" checked") == len(LIST)
    assert "两人所录一致" in other.put(BOX[0], 1, "correct")
    assert ("enter.members.correct", '{"batch":"1","contest":"members","fields":2,"paper":1}') in table.lines()


def test_a_paper_sent_twice_is_one_paper(tellers: Tellers) -> None:
    """A double tap, a page that was reloaded."""
    first, _ = tellers
    first.begin()
    first.put(BOX[0], 1)
    assert "第 <b>2</b> / 9 张" in first.put(BOX[0], 1)
    assert "现在该录第 2 张" in first.put(BOX[5], 1)
    assert first.page.status_code == 422
    assert "重录第 1 张" in first.text


def test_a_name_without_a_mark_is_asked_for_and_the_others_stay(tellers: Tellers) -> None:
    """What was overlooked is not what was left blank."""
    first, _ = tellers
    first.begin()
    said = first.press("put", ("position", "1"), ("mark:1", "+"), ("mark:2", "-"))
    assert f"还有 2 人没有录：{LIST[2]}、{LIST[3]}" in said
    assert said.count(" checked") == 2
    assert "第 <b>1</b> / 9 张" in said


def test_a_paper_that_is_void_by_its_face_needs_no_marks(tellers: Tellers) -> None:
    """Illegible is illegible."""
    first, _ = tellers
    first.begin()
    assert "第 <b>2</b> / 9 张" in first.press("put", ("position", "1"), ("illegible", "yes"))


def test_a_paper_is_taken_back_and_a_pile_is_not_finished_early(tellers: Tellers) -> None:
    """And never holds more than it has."""
    first, _ = tellers
    first.begin(2)
    first.put(BOX[0], 1)
    assert "第 <b>1</b> / 2 张" in first.press("back", ("position", "1"))
    assert "只录了 0 张" in first.press("finish")
    first.put(BOX[0], 1)
    assert "2 张都已录" in first.put(BOX[1], 2)
    assert "已经录满" in first.put(BOX[2], 3)


def test_a_button_that_takes_a_paper_back_takes_back_one_however_often_it_is_pressed(tellers: Tellers) -> None:
    """What was entered before it is not lost, or every paper after it would stand in another's place."""
    first, _ = tellers
    first.begin(3)
    first.put(BOX[0], 1)
    assert '<input type="hidden" name="position" value="2"><button name="act" value="back">' in first.put(BOX[1], 2)
    first.press("back", ("position", "2"))
    assert "第 <b>2</b> / 3 张" in first.press("back", ("position", "2"))
    assert "第 <b>2</b> / 3 张" in first.press("back")


@pytest.mark.parametrize("whose", ["wrong", "own", "checking"])
def test_a_pile_is_not_signed_off_with_a_code_that_is_not_the_other_tellers(
    table: Table, tellers: Tellers, whose: str
) -> None:
    """Two persons, each with a desk of her own."""
    first, other = tellers
    first.enter(BOX)
    other.enter(BOX)
    codes = {"wrong": "ABCD-ABCD-ABCD", "own": first.code, "checking": opened_desk(table.engine, table.clock, "签到台")}
    first.press("sign_off", ("code", codes[whose]))
    assert first.page.status_code == 422
    assert "--as" not in first.text  # what to type at a command line helps nobody at a desk
    assert not table.facts().signed_off


def test_what_stands_on_a_paper_is_text(tellers: Tellers) -> None:
    """Also in a pile's own name."""
    first, _ = tellers
    first.post(HOME, [("contest", "members"), ("batch", "<b>一</b>"), ("papers", "2")])
    assert "<b>一</b>" not in first.text
    first.begin(2)
    said = first.press("put", ("position", "1"), ("name:1", "<i>周"), ("mark:1", "+"))
    assert "<i>周" not in said
    assert "&lt;i&gt;周" in said


@pytest.mark.parametrize(
    "query",
    ["", "?contest=members", "?contest=none&batch=1", "?contest=members&batch=%00", "?contest=members&batch=1&paper=x"],
)
def test_an_address_that_leads_nowhere_is_told_so(tellers: Tellers, query: str) -> None:
    """Never a fault of ours."""
    first, _ = tellers
    first.get(PILE + query)
    assert first.page.status_code in (400, 404)


def test_a_form_without_its_token_enters_nothing(table: Table, tellers: Tellers) -> None:
    """Another site cannot enter papers."""
    first, _ = tellers
    first.begin()
    lines = table.lines()
    first.post(PILE, [*OF, ("act", "put"), ("position", "1"), *((f"mark:{n}", "+") for n in range(1, 5))], token="")
    assert "不是从本页面发出的" in first.text
    assert table.lines() == lines
    assert "第 <b>1</b> / 9 张" in first.get(f"{PILE}?contest=members&batch=1")
