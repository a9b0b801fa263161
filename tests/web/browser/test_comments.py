"""A comment on a phone: from the draft to the clause to the thanks, and nothing that was written is lost."""

import pytest
from playwright.sync_api import Page, Route, expect
from sqlalchemy import Engine

from federation.clock import SetClock
from federation.facts.comment_pages import Policy
from federation.rules.comments import LONGEST_ON_THE_WEB
from federation.services import comments
from tests.drafting import LAST_DAY, Founding
from tests.web.browser.conftest import SMALLEST, Open


@pytest.fixture
def phone(engine: Engine, clock: SetClock, before: Open) -> Page:
    """A small phone before the drafts."""
    founding = Founding(engine, clock).drafted()
    founding.do(comments.open_period, LAST_DAY, web=Policy("either", "answers"))
    page = before(engine, SMALLEST)
    page.goto("/comments/founding-1")
    page.get_by_role("link", name="章程第二条提意见").click()
    return page


def test_a_comment_leads_on_to_the_next_clause_or_back_to_where_it_was(phone: Page) -> None:
    """The form for one more is there, folded."""
    phone.get_by_label("意见（最多 2000 字）").fill("建议任期三年")
    phone.get_by_role("button", name="提交意见").click()
    expect(phone.get_by_role("status")).to_contain_text("是第 1 条")
    expect(phone.get_by_label("意见（最多 2000 字）")).to_be_hidden()
    phone.get_by_text("对这一条再提一条意见").click()
    phone.get_by_label("意见（最多 2000 字）").fill("或者四年")
    phone.get_by_role("button", name="提交意见").click()
    expect(phone.get_by_role("status")).to_contain_text("是第 2 条")
    phone.get_by_role("link", name="下一条").click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("第三条")
    phone.go_back()
    phone.get_by_role("link", name="←").click()
    expect(phone.locator("#charter-2")).to_be_in_viewport()


def test_a_line_that_is_down_is_said_and_what_was_written_stays(phone: Page) -> None:
    """Pressed again, it is taken in; what had been taken in is not taken twice."""

    def taken_but_never_answered(route: Route) -> None:
        route.fetch()
        route.abort()

    phone.route("**/comments/**", lambda route: route.abort(), times=1)
    phone.get_by_label("意见（最多 2000 字）").fill("建议任期三年")
    phone.get_by_role("button", name="提交意见").click()
    expect(phone.get_by_role("alert")).to_contain_text("写的都还在")
    phone.route("**/comments/**", taken_but_never_answered, times=1)
    phone.get_by_role("button", name="提交意见").click()
    expect(phone.get_by_role("alert")).to_contain_text("写的都还在")
    expect(phone.get_by_label("意见（最多 2000 字）")).to_have_value("建议任期三年")
    phone.get_by_role("button", name="提交意见").click()
    expect(phone.get_by_role("status")).to_contain_text("同样的意见已经登记过，是第 1 条")


def test_the_room_that_is_left_is_said_before_it_is_used_up(phone: Page) -> None:
    """Near the end alone, and by how much it is too long."""
    text, room = phone.get_by_label("意见（最多 2000 字）"), phone.locator("#room")
    text.fill("短")
    expect(room).to_have_text("")
    text.fill("长" * (LONGEST_ON_THE_WEB - 3))
    expect(room).to_have_text("还可以写 3 字")
    text.fill("长" * (LONGEST_ON_THE_WEB + 2))
    expect(room).to_have_text("超过了 2 字，请删短")
