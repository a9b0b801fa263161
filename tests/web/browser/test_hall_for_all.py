"""Every page of a desk, of the wall, of the comments and of the check is for everybody too, in each of its states."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import Engine

from federation import db
from federation.clock import SetClock
from federation.facts.comment_pages import Policy
from federation.facts.comments import WrittenAnswer, WrittenComment
from federation.facts.counting import Paper
from federation.models import BallotRound, Case, Election, Meeting
from federation.rules.comments import LONGEST_ON_THE_WEB
from federation.services import attendance, comments, counts, meetings, motions
from tests.drafting import LAST_DAY, Founding
from tests.entering import BOX, FIRST, OTHER, Table
from tests.halls import Hall
from tests.services.stage import LISTS, ONE, Crowd, Stage, _stage
from tests.web.browser.conftest import PHONE, TABLET, WALL, Open, signed_in
from tests.web.browser.looking import for_everybody
from tests.web.desks import opened_desk
from tests.web.test_checks import also_open_elsewhere, copied, polled

SHOWN = ONE.replace("[shortage]", '[record]\ncheck = "paper"\n\n[shortage]')


@pytest.fixture
def hall(engine: Engine, clock: SetClock, tmp_path: Path) -> Hall:
    return Hall(engine, clock).called(tmp_path)


def test_signing_in_at_a_desk(hall: Hall, before: Open) -> None:
    """With a code that is wrong, and at a desk of another kind."""
    page = before(hall.engine, TABLET)
    page.goto("/desk")
    for_everybody(page, "desk-sign-in")
    page.locator("#code").fill("0000-0000-0000")
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("alert")).to_be_visible()
    for_everybody(page, "desk-wrong-code")
    signed_in(page, opened_desk(hall.engine, hall.clock))
    page.goto("/desk/entry")
    expect(page.locator("main")).to_contain_text("这张台不能办这件事")
    for_everybody(page, "desk-of-another-kind")


def test_the_check_in_desk(hall: Hall, before: Open) -> None:
    """Nobody there, somebody found, nobody found; then late, gone and absent, once the meeting has opened."""
    page = signed_in(before(hall.engine, TABLET), opened_desk(hall.engine, hall.clock))
    for_everybody(page, "check-in")
    page.locator("#q").fill("没有")
    expect(page.locator("#roll .none")).to_be_visible()
    for_everybody(page, "check-in-none")
    hall.do(attendance.check_in, ["1", "2", "3", "4", "5", "6", "7", "10"])
    hall.do(attendance.stayed_away, ["8"], "因病")
    hall.do(meetings.quorum)
    hall.do(attendance.left, ["7"])
    page.locator("#q").fill("")
    expect(page.locator("#roll")).to_contain_text("缺席（因病）")
    page.get_by_role("button", name="王芳（人民）迟到签到").click()
    expect(page.locator("#said")).to_contain_text("已签到（迟到）")
    expect(page.locator("#figures")).to_contain_text("实到 7 列席 1")
    for_everybody(page, "check-in-running")


def test_the_paper_desk(engine: Engine, clock: SetClock, before: Open, tmp_path: Path) -> None:
    """From the first pile to the one that is signed off, with what goes wrong on the way."""
    table = Table(engine, clock)
    codes = {name: opened_desk(engine, clock, name, "entry", name) for name in (FIRST, OTHER)}
    one, other = (signed_in(before(engine, TABLET), codes[name]) for name in (FIRST, OTHER))
    expect(one.locator("main")).to_contain_text("现在没有可以录入的选举")
    for_everybody(one, "entry-too-early")
    table.unsealed(tmp_path)
    a_pile_is_entered(one, table)
    table.entered(OTHER, [Paper("++-+"), BOX[1]])
    other.reload()
    for_everybody(other, "entry-home-with-piles")
    they_differ(other)
    they_sign_off(other, codes)


def a_pile_is_entered(page: Page, table: Table) -> None:
    """With a paper that lacks a mark and one that has a name written in."""
    page.reload()
    for_everybody(page, "entry-home")
    page.get_by_label("批号（写在这叠选票的封条上）").fill("1")
    page.get_by_label("张数（两人先各数一遍）").fill("2")
    page.get_by_role("button", name="开始录入").click()
    expect(page.locator("h1")).to_contain_text("第 1 / 2 张")
    page.get_by_role("group", name="1　丁一禾").get_by_label("赞成").check(force=True)
    page.get_by_text("另选他人").click()
    for_everybody(page, "entry-paper")
    page.locator("#next").click()
    expect(page.get_by_role("alert")).to_contain_text("还有 3 人没有录")
    for_everybody(page, "entry-refused")
    table.puts(FIRST, BOX[:2])
    page.goto("/desk/entry/pile?contest=members&batch=1")
    for_everybody(page, "entry-full")
    page.get_by_role("button", name="录完").click()
    expect(page.get_by_role("status").filter(has_text="你已录完")).to_be_visible()
    for_everybody(page, "entry-finished")


def they_differ(page: Page) -> None:
    """She looks at the paper again, and puts her reading right."""
    page.get_by_role("link", name="第 1 批看结果").click()
    expect(page.get_by_role("status").filter(has_text="两人所录有 2 处不一致")).to_be_visible()
    for_everybody(page, "entry-differs")
    page.get_by_role("link", name="更正第 1 张").first.click()
    expect(page.locator("h1")).to_contain_text("更正第 1 张")
    for_everybody(page, "entry-corrects")
    page.get_by_role("group", name="3　邓云舒").get_by_label("赞成").check(force=True)
    page.get_by_role("group", name="4　田富").get_by_label("反对").check(force=True)
    page.get_by_role("button", name="改为以上").click()
    expect(page.get_by_role("status").filter(has_text="两人所录一致")).to_be_visible()
    for_everybody(page, "entry-agreed")


def they_sign_off(page: Page, codes: dict[str, str]) -> None:
    """With a code that is hers alone, then with that of the other."""
    for code, said in ((codes[OTHER], "不能签认"), (codes[FIRST], "已签认")):
        page.locator("#code").fill(code)
        page.get_by_role("button", name="两人签认这一批").click()
        expect(page.locator(".notice").first).to_contain_text(said)
        for_everybody(page, "entry-signed-off" if code == codes[FIRST] else "entry-not-signed-off")
    page.get_by_role("link", name="回到录入台").click()
    expect(page.locator("td .right")).to_have_text("✓ 已签认")
    for_everybody(page, "entry-home-signed-off")


@pytest.fixture(params=["sqlite"])
def shown(request: pytest.FixtureRequest) -> Iterator[Stage]:
    """As `phones`; a voter is shown her paper."""
    yield from _stage(request, "shown", SHOWN, LISTS, Crowd)


def test_the_wall_before_the_poll(phones: Stage, before: Open) -> None:
    """The agenda, an item of it, a question put to the hands."""
    page = before(phones.engine, WALL)
    page.goto("/screen/congress")
    for_everybody(page, "wall-agenda")
    phones.do(meetings.come_to, 2)
    expect(page.locator(".item")).to_have_text("第 2 项　选举")
    for_everybody(page, "wall-item")
    phones.do(motions.put, "agenda", "")
    expect(page.locator(".now h2")).to_have_text("举手表决")
    for_everybody(page, "wall-hands")


def test_the_wall_from_the_poll_to_the_end(phones: Stage, before: Open) -> None:
    """Voting, counted, announced with a seat left over; then too few are in the hall, and the server is lost."""
    page = before(phones.engine, WALL)
    page.goto("/screen/congress")
    phones.open(14)
    expect(page.locator("#screen")).to_contain_text("正在投票")
    for_everybody(page, "wall-voting")
    phones.boxed({"members": [Paper("+--")] * 14})
    expect(page.locator("#screen")).to_contain_text("已计票")
    for_everybody(page, "wall-counted")
    phones.at("members", counts.announce, phones.act())
    expect(page.locator(".names")).to_contain_text("马秋澜")
    for_everybody(page, "wall-announced")
    phones.do(attendance.left, [str(number) for number in range(1, 10)])
    expect(page.locator(".hall .wrong")).to_contain_text("未达到法定人数")
    page.evaluate("document.getElementById('lost').hidden = false")
    for_everybody(page, "wall-lost")


def test_comments_while_the_period_runs(engine: Engine, clock: SetClock, before: Open) -> None:
    """No period yet; the draft; a clause that others have commented on; a comment refused, and one taken in."""
    founding = Founding(engine, clock).drafted()
    page = before(engine, PHONE)
    page.goto("/comments")
    for_everybody(page, "comments-none")
    founding.do(comments.open_period, LAST_DAY, web=Policy("either", "answers"))
    founding.do(comments.add, WrittenComment("某街道", "charter", "第三条", "任期四年"))
    founding.do(comments.answer, [WrittenAnswer("1", "部分采纳", "任期改为三年，见第三条")])
    page.goto("/comments/founding-1")
    for_everybody(page, "comments-open")
    page.get_by_role("link", name="章程第三条提意见").click()
    for_everybody(page, "comments-form")
    page.get_by_label("意见（最多 2000 字）").fill("长" * (LONGEST_ON_THE_WEB + 1))
    page.get_by_role("button", name="提交意见").click()
    expect(page.get_by_role("alert")).to_contain_text("意见有 2001 字")
    for_everybody(page, "comments-refused")
    page.get_by_label("意见（最多 2000 字）").fill("建议任期三年")
    page.get_by_role("button", name="提交意见").click()
    expect(page.get_by_role("status")).to_contain_text("是第 2 条")
    for_everybody(page, "comments-taken-in")


def test_comments_once_the_period_is_over(engine: Engine, clock: SetClock, before: Open) -> None:
    """Between its last day and its closing; then with what became of each."""
    founding = Founding(engine, clock).drafted()
    founding.do(comments.open_period, LAST_DAY, web=Policy("named", "texts"))
    founding.do(comments.add, WrittenComment("某街道", "charter", "第三条", "任期三年"))
    founding.do(comments.answer, [WrittenAnswer("1", "采纳", "已改为三年")])
    clock.advance(days=11)
    page = before(engine, PHONE)
    page.goto("/comments/founding-1")
    expect(page.locator(".notice")).to_contain_text("现在不在征求意见期")
    for_everybody(page, "comments-over")
    page.goto("/comments/founding-1?draft=charter&clause=3")
    expect(page.locator(".notice")).to_have_text("现在不能提意见。")
    for_everybody(page, "comments-clause-over")
    founding.do(comments.close)
    page.goto("/comments/founding-1")
    expect(page.locator(".answer")).to_contain_text("采纳　已改为三年")
    for_everybody(page, "comments-disposition")


def test_the_check_of_a_paper(shown: Stage, before: Open) -> None:
    """Before the box is opened; then a valid paper and an invalid one, as they were counted."""
    page = before(shown.engine, PHONE)
    page.goto("/check")
    expect(page.locator(".lead")).to_contain_text("还没有开箱的选举")
    for_everybody(page, "check-none")
    page.goto("/check/members")
    page.locator("#code").fill("0000-0000-0000")
    page.get_by_role("button", name="核对").click()
    expect(page.locator("main")).to_contain_text("票箱还没有开启")
    for_everybody(page, "check-too-early")
    pile = polled(shown)
    for number, said in ((0, "计为有效票"), (1, "计为无效票")):
        page.goto("/check/members")
        page.locator("#code").fill(pile[number][1])
        page.get_by_role("button", name="核对").click()
        expect(page.locator(".reading")).to_contain_text(said)
        for_everybody(page, f"check-paper-{number}")


def test_where_there_are_several_one_chooses(phones: Stage, before: Open) -> None:
    """Two open polls, two meetings."""
    phones.open(12)
    also_open_elsewhere(phones)
    with db.transaction(phones.engine) as session:
        round = session.query(BallotRound).one()
        meeting = session.get_one(Meeting, round.meeting_id)
        case = copied(session, session.get_one(Case, meeting.case_id), parent_id=None, path="founding-2/congress")
        copied(session, meeting, case_id=case.id)
        other = session.query(Election).filter(Election.case_id != round.election_id).one()
        copied(session, round, election_id=other.case_id, meeting_id=case.id)
    page = before(phones.engine, PHONE)
    for address in ("/", "/screen"):
        page.goto(address)
        expect(page.locator("ul.plain li")).to_have_count(2)
        for_everybody(page, f"choice-{address.strip('/') or 'poll'}")
