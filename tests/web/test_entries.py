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
from tests.entering import BOX, FIRST, JUDGE, LIST, OTHER, Table
from tests.web.desks import Browser, opened_desk

Opened = Callable[[Engine], TestClient]
HOME, PILE = "/desk/entry", "/desk/entry/pile"
OF = [("contest", "members"), ("batch", "1")]


@pytest.fixture
def table(engine: Engine, clock: SetClock, tmp_path: Path) -> Table:
    """Nine papers of four candidates, none entered."""
    return Table(engine, clock).unsealed(tmp_path)


def main(text: str) -> str:
    """What is read of a page."""
    return re.sub("<[^>]*>", "", text.partition("<main")[2])


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
    said = first.press("sign_off", ("code", codes[whose]))
    assert first.page.status_code in (404, 422)
    assert 'role="alert"' in said
    assert "两人签认这一批" in said
    assert "--" not in main(said)
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


def test_a_pile_that_cannot_be_begun_is_told_where_it_was_typed(tellers: Tellers) -> None:
    """With the bar of the desk and what was typed; not with a command that nobody can type here."""
    first, other = tellers
    said = first.begin(10)
    assert first.page.status_code == 422
    assert "这一批最多 9 张，不是 10 张。重点这一批的张数" in said
    assert 'name="papers" inputmode="numeric" required maxlength="6" value="10"' in said
    assert f"办理人 {FIRST}" in said
    assert "federation" not in main(said)
    assert "张数要写数字" in first.post(HOME, [*OF, ("papers", "九")])
    first.begin(9)
    assert "先录的计票人点的是 9 张，现在说是 8 张" in other.begin(8)
    assert f"办理人 {OTHER}" in other.text


def test_a_refusal_without_a_page_of_its_own_leads_back_to_the_desk(tellers: Tellers) -> None:
    """No page of a desk is without its bar."""
    first, _ = tellers
    said = first.get(f"{PILE}?contest=none&batch=1")
    assert f"办理人 {FIRST}" in said
    assert '<a class="button first" href="/desk/entry">回到纸票录入台</a>' in said


def test_the_paper_just_put_is_told_on_the_next_sheet_and_to_nobody_else(tellers: Tellers) -> None:
    """A key that went wrong is seen while the paper is still at hand."""
    first, other = tellers
    first.begin()
    assert "存的是" not in first.text
    assert f"第 1 张存的是：反对 {LIST[3]}，其余赞成" in first.put(BOX[0], 1)
    assert "存的是" not in other.begin()


def test_a_paper_taken_back_comes_back_as_it_was_put(tellers: Tellers) -> None:
    """To be changed, not to be remembered."""
    first, _ = tellers
    first.begin(2)
    first.put(BOX[8], 1)
    said = first.press("back", ("position", "1"))
    assert "第 <b>1</b> / 2 张" in said
    assert 'value="向晚晴"' in said
    assert said.count(" checked") == len(LIST) + 1
    assert "checked" not in first.get(f"{PILE}?contest=members&batch=1")


def test_an_earlier_paper_is_opened_and_changed_before_the_pile_is_finished(table: Table, tellers: Tellers) -> None:
    """Without taking back what came after it."""
    first, _ = tellers
    first.begin(3)
    first.put(BOX[0], 1)
    assert "paper=2" in first.put(BOX[1], 2)
    said = first.get(f"{PILE}?contest=members&batch=1&paper=2")
    assert "看第 1 张" in said
    assert "看第 3 张" not in said
    first.get(f"{PILE}?contest=members&batch=1&paper=1")
    assert "第 <b>3</b> / 3 张" in first.put(BOX[3], 1, "correct")
    assert first.get(f"{PILE}?contest=members&batch=1&paper=1").count('value="-" data-key="2" checked') == 1
    assert ("enter.members.correct", '{"batch":"1","contest":"members","fields":2,"paper":1}') in table.lines()


def test_a_paper_sent_for_another_place_is_not_put_on_the_sheet_that_is_due(tellers: Tellers) -> None:
    """Else the same paper would be entered twice with the next Enter."""
    first, _ = tellers
    first.begin()
    first.put(BOX[0], 1)
    assert " checked" not in first.put(BOX[5], 1)


def test_where_the_other_read_otherwise_is_marked_on_the_sheet(tellers: Tellers) -> None:
    """The name, and nothing of what she read."""
    first, other = tellers
    first.enter(BOX)
    other.enter([*BOX[:8], Paper("+---", (WriteIn("向晚晴", signed=True), WriteIn("田大利", signed=True)))])
    said = other.get(f"{PILE}?contest=members&batch=1&paper=9")
    assert said.count("不一致") == 2
    assert f'2　{LIST[1]} <b class="wrong">不一致</b>' in said
    assert '第 2 人的姓名 <b class="wrong">不一致</b>' in said
    assert "不一致" not in other.get(f"{PILE}?contest=members&batch=1&paper=1")


def test_a_pile_begun_wrongly_is_given_up_by_the_one_who_began_it(table: Table, tellers: Tellers) -> None:
    """With her reason, in the journal; its papers are free to be counted anew."""
    first, _ = tellers
    first.begin(7)
    first.put(BOX[0], 1)
    assert "没有写明原因" in first.press("give_up", ("note", ""))
    assert "开始一批新的" in first.press("give_up", ("note", "数错了"))
    line = next(facts for act, facts in table.lines() if act == "enter.members.undo_batch")
    assert "数错了" in line
    assert "第 <b>1</b> / 9 张" in first.begin(9)


def test_a_pile_that_both_have_begun_is_given_up_by_neither(table: Table, tellers: Tellers) -> None:
    """Nor is it offered."""
    first, other = tellers
    first.begin()
    assert "作废这一批" in first.text
    assert "作废这一批" not in other.begin()
    assert "请秘书撤销这一批" in first.press("give_up", ("note", "数错了"))
    assert first.page.status_code == 422
    assert table.facts().papers == 9


def test_two_names_in_one_box_are_refused(tellers: Tellers) -> None:
    """Counted as one they would be somebody's whom nobody knows."""
    first, _ = tellers
    first.begin()
    said = first.put(Paper("++--", (WriteIn("周敏、李芳", signed=True),)), 1)
    assert "一格写一个姓名，第 1 格写了几个：周敏、李芳" in said
    assert 'value="周敏、李芳"' in said
    assert "第 <b>1</b> / 9 张" in said


def test_a_doubtful_paper_is_settled_at_the_desk_with_the_code_of_a_scrutineers(table: Table, tellers: Tellers) -> None:
    """In her name, with her reason; then the pile is agreed."""
    first, other = tellers
    judge = opened_desk(table.engine, table.clock, "监票台", "check_in", JUDGE)
    first.enter(BOX)
    assert "settle=1" in other.enter([Paper("++-+"), *BOX[1:]])
    form = other.get(f"{PILE}?contest=members&batch=1&settle=1")
    assert "裁定第 1 张" in form
    assert " checked" not in form
    marks = [("position", "1"), *((f"mark:{place}", "+") for place in range(1, 5))]
    said = other.press("settle", *marks, ("reason", "第四格涂改"), ("code", judge))
    assert "监票人裁定 1 张" in said
    assert (
        "enter.members.settle",
        '{"batch":"1","contest":"members","paper":1,"reason":"第四格涂改"}',
    ) in table.lines()


@pytest.mark.parametrize("whose", ["wrong", "own", "secretary"])
def test_a_paper_is_settled_by_nobody_but_a_scrutineer(table: Table, tellers: Tellers, whose: str) -> None:
    """What was filled in stays."""
    first, other = tellers
    first.enter(BOX)
    other.enter([Paper("++-+"), *BOX[1:]])
    codes = {"wrong": "ABCD-ABCD-ABCD", "own": other.code, "secretary": opened_desk(table.engine, table.clock)}
    marks = [("position", "1"), *((f"mark:{place}", "+") for place in range(1, 5))]
    said = other.press("settle", *marks, ("reason", "涂改"), ("code", codes[whose]))
    assert other.page.status_code == 422
    assert "裁定第 1 张" in said
    assert said.count(" checked") == 4
    assert codes[whose] not in said
    assert not table.facts().settled


def test_only_a_paper_on_which_they_differ_is_settled(table: Table, tellers: Tellers) -> None:
    """Before both are done nobody knows which; and a form that nobody was offered is refused."""
    first, other = tellers
    first.enter(BOX)
    assert "监票人裁定这一张" not in first.get(f"{PILE}?contest=members&batch=1&settle=1")
    other.enter([Paper("++-+"), *BOX[1:]])
    assert "监票人裁定这一张" not in other.get(f"{PILE}?contest=members&batch=1&settle=2")
    judge = opened_desk(table.engine, table.clock, "监票台", "check_in", JUDGE)
    marks = [("position", "2"), *((f"mark:{place}", "+") for place in range(1, 5))]
    assert "第 2 张两人所录一致" in other.press("settle", *marks, ("reason", "涂改"), ("code", judge))
    assert not table.facts().settled
