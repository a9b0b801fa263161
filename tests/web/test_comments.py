"""The comment page: the draft clause by clause, what the committee lets be seen, what is taken in and what is not."""

import json
from collections.abc import Callable

import pytest
from sqlalchemy import Engine
from starlette.testclient import TestClient

from federation import db
from federation.clock import SetClock
from federation.facts.comment_pages import Policy
from federation.facts.comments import WrittenAnswer, WrittenComment
from federation.models import Comment
from federation.rules.comments import LONGEST_ON_THE_WEB, web_findings
from federation.services import comments
from tests.drafting import LAST_DAY, Founding

Opened = Callable[[Engine], TestClient]
HERE = "/comments/founding-1"
THIRD = {"draft": "charter", "clause": "3"}


class Page:
    """The page of a period that the committee opened so."""

    def __init__(self, engine: Engine, clock: SetClock, opened: Opened, names: str, shows: str) -> None:
        self.founding = Founding(engine, clock).drafted()
        self.founding.do(comments.open_period, LAST_DAY, web=Policy(names, shows))
        self.client = opened(engine)

    def send(self, text: str = "任期三年", source: str = "", **more: str) -> str:
        self.answer = self.client.post(HERE, data={**THIRD, "text": text, "source": source, **more})
        return self.answer.text

    def clause(self) -> str:
        return self.client.get(HERE, params=THIRD).text

    def taken(self) -> list[tuple[str, str, str]]:
        with db.reading(self.founding.engine) as session:
            rows = session.query(Comment).order_by(Comment.number)
            return [(row.clause, row.source, row.text) for row in rows]


With = Callable[[str, str], Page]


@pytest.fixture
def having(engine: Engine, clock: SetClock, opened: Opened) -> With:
    """`having(names, shows)`."""
    return lambda names, shows: Page(engine, clock, opened, names, shows)


def test_the_draft_is_shown_clause_by_clause_with_the_days_and_the_rules(having: With) -> None:
    """What was decided is said to those who are to comment."""
    page = having("either", "answers")
    text = page.client.get(HERE).text
    assert "第一章 总则" in text
    assert "<b>第三条</b>　本会每届任期五年。" in text
    assert "2020年11月2日至2020年11月12日" in text
    assert "姓名可写可不写" in text
    assert "公开意见内容和答复，不显示是谁提的" in text
    assert "示例大会选举办法" in text
    assert page.client.get("/comments").headers["location"] == "/comments/gaoxin/founding-1"


def test_a_comment_is_taken_in_in_the_name_of_who_opened_the_period(having: With) -> None:
    """Numbered like any other; the journal has its clause and not who made it."""
    page = having("named", "nothing")
    assert "意见已收到，是第 1 条" in page.send(source="某学校 李老师")
    assert page.taken() == [("第三条", "某学校 李老师", "任期三年")]
    assert page.founding.lines("comment.web") == ['{"clause":"第三条","draft":"charter","number":1}']
    assert "同样的意见已经登记过，是第 1 条" in page.send(source="某学校 李老师")
    assert len(page.taken()) == 1
    assert "set-cookie" not in page.answer.headers


@pytest.mark.parametrize(
    ("names", "source", "kept"),
    [
        ("named", "某学校", "某学校"),
        ("named", " ", None),
        ("anonymous", "", "（未署名）"),
        ("anonymous", "某学校", None),
        ("either", "", "（未署名）"),
        ("either", "某学校", "某学校"),
    ],
)
def test_a_name_is_given_as_the_committee_decided(having: With, names: str, source: str, kept: str | None) -> None:
    """Where she may not give one, none is kept, even of whoever sends it all the same."""
    page = having(names, "nothing")
    page.send(source=source)
    assert [row[1] for row in page.taken()] == ([kept] if kept else [])
    assert ('name="source"' in page.clause()) == (names != "anonymous")


@pytest.mark.parametrize(
    ("shows", "seen"), [("nothing", ()), ("texts", ("任期三年",)), ("answers", ("任期三年", "见第三条"))]
)
def test_others_see_what_the_committee_decided_and_never_who(having: With, shows: str, seen: tuple[str, ...]) -> None:
    """While the period runs."""
    page = having("named", shows)
    page.send(source="某学校")
    page.founding.do(comments.answer, [WrittenAnswer("1", "采纳", "见第三条修改")])
    text = page.clause() + page.client.get(HERE).text
    assert [word for word in ("任期三年", "见第三条") if word in text] == list(seen)
    assert "某学校" not in text


def test_after_the_closing_everybody_sees_what_became_of_it(having: With, clock: SetClock) -> None:
    """Comments on paper too; nothing more is taken in."""
    page = having("either", "texts")
    page.send()
    page.founding.do(comments.add, WrittenComment("某街道", "charter", "第一条", "写全称"))
    answers = [WrittenAnswer("1", "采纳", "已改为三年"), WrittenAnswer("2", "未采纳", "全称已在标题")]
    page.founding.do(comments.answer, answers)
    clock.advance(days=11)
    assert "现在不在征求意见期" in page.client.get(HERE).text
    page.send("迟到的意见")
    assert page.answer.status_code == 422
    page.founding.do(comments.close)
    text = page.client.get(HERE).text
    assert "共 2 条：采纳 1 条，部分采纳 0 条，未采纳 1 条" in text
    assert "<b>采纳</b>　已改为三年" in text
    assert "<b>未采纳</b>　全称已在标题" in text
    assert "某街道" not in text
    page.send("更迟的意见")
    assert page.answer.status_code == 409
    assert len(page.taken()) == 2


def test_out_of_the_period_a_comment_never_waits_for_the_database_to_be_written(having: With, clock: SetClock) -> None:
    """Nor takes the lock for which ballots wait: whoever comments in the middle of a poll holds up nobody."""
    page = having("either", "texts")
    clock.advance(days=11)
    with db.transaction(page.founding.engine) as session:
        session.query(Comment).count()
        page.send("迟到的意见")
    assert page.answer.status_code == 422
    assert "不在征求意见期内" in page.answer.text


def test_a_period_about_which_nothing_was_decided_has_no_page(engine: Engine, clock: SetClock, opened: Opened) -> None:
    """The web takes nothing that the committee did not open."""
    founding = Founding(engine, clock).commenting()
    client = opened(engine)
    assert client.get(HERE).status_code == 404
    assert client.post(HERE, data={**THIRD, "text": "任期三年"}).status_code == 404
    assert "没有在网上征求意见的文稿" in client.get("/comments").text
    assert json.loads(founding.lines("open_comments")[0]) == {"until": "2020-11-12"}


def test_what_was_decided_is_journalled_and_a_repeat_must_say_the_same(having: With) -> None:
    """Who may read it in the journal may hold the committee to it."""
    page = having("anonymous", "texts")
    facts = json.loads(page.founding.lines("open_comments")[0])
    assert facts == {"until": "2020-11-12", "web": {"names": "anonymous", "shows": "texts"}}
    assert not page.founding.do(comments.open_period, LAST_DAY, web=Policy("anonymous", "texts")).taken


def test_an_oversize_comment_is_refused_and_stays_in_the_form(having: With) -> None:
    """To the character."""
    page = having("either", "nothing")
    assert "意见有 2001 字" in page.send("长" * (LONGEST_ON_THE_WEB + 1))
    assert "长" * 100 in page.answer.text
    assert not page.taken()
    page.send("长" * LONGEST_ON_THE_WEB)
    assert len(page.taken()) == 1


def test_more_than_anybody_can_answer_are_not_taken_in() -> None:
    """A bound for programs, not for delegates."""
    assert not [*web_findings("either", "", "意见", 4999)]
    assert [*web_findings("either", "", "意见", 5000)]


def test_a_program_that_fills_in_every_field_is_refused(having: With) -> None:
    """Nobody sees that field."""
    page = having("either", "nothing")
    page.send(website="http://example.com")
    assert page.answer.status_code == 422
    assert not page.taken()


@pytest.mark.parametrize("text", ["", "   \n ", "\0"])
def test_an_empty_comment_is_none(having: With, text: str) -> None:
    """Told, not taken."""
    page = having("either", "nothing")
    assert "没有写意见内容" in page.send(text)
    assert not page.taken()


def test_markup_in_comments_and_answers_is_text(having: With) -> None:
    """Whatever somebody writes."""
    page = having("named", "answers")
    page.send("<script>alert(1)</script>", source='"><img src=x>')
    page.founding.do(comments.answer, [WrittenAnswer("1", "采纳", "<b>改了</b>第三条")])
    text = page.answer.text + page.clause() + page.send("<i>", source='"><img src=x>' + "长" * 200)
    for markup in ("<script>alert", "<img src=x", "<b>改了", "<i>"):
        assert markup not in text
    assert "&lt;script&gt;alert(1)" in text


@pytest.mark.parametrize(
    "query", ["draft=charter&clause=99", "draft=none&clause=1", "clause=x", "draft=charter&clause=-1"]
)
def test_a_clause_that_is_not_there_is_told_so(having: With, query: str) -> None:
    """On both ways."""
    page = having("either", "nothing")
    assert page.client.get(f"{HERE}?{query}").status_code == 404
    sent = dict(part.split("=") for part in query.split("&"))
    assert page.client.post(HERE, data={"text": "意见", **sent}).status_code == 404
    assert not page.taken()


def test_a_page_that_is_not_there_is_told_so(having: With) -> None:
    """Whatever the address is made of."""
    page = having("either", "nothing")
    for name in ("nothing", "%00", "congress", "a" * 400):
        assert page.client.get(f"/comments/{name}").status_code == 404


def test_what_another_site_sends_is_no_comment(having: With) -> None:
    """Nobody comments by reading another page."""
    page = having("either", "nothing")
    answer = page.client.post(HERE, data={**THIRD, "text": "任期三年"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 422
    assert not page.taken()
