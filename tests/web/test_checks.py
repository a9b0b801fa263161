"""The check page: what a stub shows, and when."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session
from starlette.testclient import TestClient

from federation import db
from federation.facts.counting import Paper
from federation.models import Base, Federation
from federation.services import counts
from tests.services.stage import LISTS, ONE, Crowd, Stage, _stage

Opened = Callable[[Engine], TestClient]


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def shown(request: pytest.FixtureRequest):
    """A congress that chose to show a voter her paper."""
    method = ONE.replace("[shortage]", '[record]\ncheck = "paper"\n\n[shortage]')
    yield from _stage(request, "shown", method, LISTS, Crowd)


def polled(stage: Stage) -> list[tuple[str, str]]:
    """Twelve cast with a pass and twelve on paper; counted, not announced."""
    pile = stage.pile(12)
    stage.open(12, 12)
    for number, (code, _) in enumerate(pile):
        stage.cast(code, members="+++" if number == 1 else "++-")
    stage.boxed({"members": [Paper("++-")] * 12})
    return pile


def announced(stage: Stage) -> list[tuple[str, str]]:
    pile = polled(stage)
    stage.at("members", counts.announce, stage.act())
    return pile


def test_before_the_box_is_opened_nothing_is_shown(phones: Stage, opened: Opened) -> None:
    """Nobody has looked yet, so that there is nothing to tell."""
    pile = phones.pile(12)
    phones.open(12, 12)
    for code, _ in pile:
        phones.cast(code)
    answer = opened(phones.engine).post("/check/members", data={"code": pile[0][1]})
    assert answer.status_code == 409
    assert "票箱还没有开启" in answer.text
    assert '<a class="button first" href="/check/members">再试一次</a>' in answer.text


def test_a_check_code_shows_that_a_ballot_was_counted_and_not_which(phones: Stage, opened: Opened) -> None:
    """`check = "presence"`: nobody can demand a receipt of what is not there."""
    pile = announced(phones)
    client = opened(phones.engine)
    assert client.get("/check").headers["location"] == "/check/shili/founding-1/congress/members"
    answer = client.post("/check/members", data={"code": pile[0][1].lower()})
    assert "已经计入" in answer.text
    assert "马秋澜" not in answer.text
    assert "你选了谁，这里不显示，别人也看不到" in answer.text


def also_open_elsewhere(stage: Stage) -> None:
    """Another federation of this database has a poll of the same short id, and it is open."""
    with db.transaction(stage.engine) as session:
        poll = stage.poll(session, "members")
        of = copied(
            session, session.get_one(Federation, poll.case.federation_id), short_id="bieqi", name="另一区妇女联合会"
        )
        case = copied(session, poll.case, federation_id=of.id, parent_id=None, state="open")
        copied(session, poll.election, case_id=case.id, box="none")


def copied(session: Session, row: Base, **otherwise: object) -> Any:
    """One more row like this one, but for what is given."""
    columns = row.__table__.columns.keys()
    values = {name: getattr(row, name) for name in columns if name not in ("id", *otherwise)}
    session.add(copy := type(row)(**values, **otherwise))
    session.flush()
    return copy


def test_a_check_page_is_of_its_own_poll_while_another_hall_votes(phones: Stage, opened: Opened) -> None:
    """`members` alone is the poll that is open now; a stub of the other one would be told that it is not there."""
    pile = announced(phones)
    also_open_elsewhere(phones)
    client = opened(phones.engine)
    page = client.get("/check").headers["location"]
    assert "已经计入" in client.post(page, data={"code": pile[0][1]}).text


def test_a_check_code_shows_the_paper_where_the_meeting_chose_so(shown: Stage, opened: Opened) -> None:
    """`check = "paper"`: as it was judged, an invalid one with its reason."""
    pile = announced(shown)
    client = opened(shown.engine)
    counted = client.post("/check/members", data={"code": pile[0][1]}).text
    assert "计为有效票，赞成 2 名" in counted
    assert "马秋澜、邓云舒" in counted
    assert "计为无效票：所选人数多于规定名额" in client.post("/check/members", data={"code": pile[1][1]}).text


def test_whatever_a_check_code_shows_is_of_one_length(shown: Stage, opened: Opened) -> None:
    """Nor does the length of her paper tell a watcher of the line what stood on it."""
    pile = announced(shown)
    client = opened(shown.engine)
    codes = [pile[0][1], pile[1][1], "0" * 12, "abc"]
    assert len({len(client.post("/check/members", data={"code": code}).content) for code in codes}) == 1


def test_a_code_that_is_not_there_is_told_so_and_what_to_do(phones: Stage, opened: Opened) -> None:
    """A slip of the finger first; then the scrutineers."""
    announced(phones)
    client = opened(phones.engine)
    told = client.post("/check/members", data={"code": "0" * 12}).text
    assert "也可能是另一项选举的存根" in told
    assert "带上存根" in told
    assert "这是凭证上投票用的代码" in client.post("/check/members", data={"code": "0" * 17}).text
    assert "宣布结果之前登记争议" in client.post("/check/members", data={"code": "0" * 12}).text
    assert "核对码输入有误" in client.post("/check/members", data={"code": "abc"}).text
    assert "核对码输入有误" in client.post("/check/members", data={}).text


def test_without_a_result_the_first_page_says_so(client: TestClient) -> None:
    """Keep the stub."""
    assert "请收好存根" in client.get("/check").text
