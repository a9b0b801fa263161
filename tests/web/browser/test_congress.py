"""A whole congress in real browsers: two desks, a hall that votes at one moment, two tellers, a result read out."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import Engine

from federation import db
from federation.clock import SetClock
from federation.rules.screens import SECONDS
from federation.services import counts, federations, meetings, polls, selection
from tests.entering import FIRST, OTHER
from tests.polling import Polling
from tests.services.stage import LISTS, ONE, THREE, Stage
from tests.web.browser.conftest import PHONE, TABLET, WALL, Open, pictured, signed_in
from tests.web.browser.test_voting import ended, fill
from tests.web.desks import opened_desk

METHOD = ONE.replace("[shortage]", '[record]\ncheck = "paper"\n\n[shortage]')
EARLY = [number for number in range(1, 36) if number != 10]
"""Numbers on the roll of those who are there in time: the tenth is an observer."""
LATE, GONE = 36, 2
"""Who comes once the meeting has opened, and who leaves then; the last on the roll never comes."""
PHONES = ["+-+"] * 20 + ["-++"] * 9 + ["+++"]
"""What thirty voters mark; the last of them one name too many."""
PAPERS = ("121", "112", "221")
"""Three papers as a teller's keys."""
STAGES = ("正在投票", "投票已结束", "已清点收回的选票", "选举有效", "已计票")
WATCH = """() => {
  const screen = document.getElementById("screen");
  window.shown = [screen.innerText];
  new MutationObserver(() => window.shown.push(screen.innerText)).observe(screen, { childList: true });
}"""
PRESS = """(at) => setTimeout(() => document.querySelector("button[value=cast]").click(), at - Date.now())"""


class Congress(Stage):
    """Thirty-six delegates who are called to a congress; nobody is there yet."""

    DELEGATES = 36

    def __init__(self, engine: Engine, clock: SetClock, folder: Path) -> None:
        Polling(engine, clock)
        super().__init__(engine, clock, folder)
        with db.transaction(engine) as session:
            for name in (FIRST, OTHER):
                federations.add_officer(session, selection.federation(session, ""), name, ("teller",), self.act())
        self.called(folder, METHOD)


@pytest.fixture
def congress(engine: Engine, clock: SetClock, tmp_path: Path) -> Congress:
    return Congress(engine, clock, tmp_path)


def test_a_congress_from_its_first_delegate_to_its_result(congress: Congress, before: Open) -> None:
    """What each of them sees, at the same time; the screen on the wall is never touched."""
    wall = before(congress.engine, WALL)
    wall.goto("/screen/congress")
    wall.evaluate(WATCH)
    they_come(congress, before, wall)
    pile = the_poll_opens(congress, wall)
    phones = they_vote(congress, before, wall, pile)
    the_box_is_counted(congress, before, wall)
    nothing_was_told(wall)
    the_chair_announces(congress, wall)
    she_looks_at_her_ballot(phones[0], pile[0][1], "计为有效票，赞成 2 名", "马秋澜、田富")
    she_looks_at_her_ballot(phones[-1], pile[-1][1], "计为无效票：所选人数多于规定名额", "马秋澜、邓云舒、田富")


def they_come(congress: Congress, before: Open, wall: Page) -> None:
    """Through two desks; each of them and the wall knows of those who came through the other."""
    desks = [
        signed_in(before(congress.engine, TABLET), opened_desk(congress.engine, congress.clock, name))
        for name in ("签到台一", "签到台二")
    ]
    expect(desks[1].locator("#figures")).to_contain_text("未到法定人数（24 人，还差 24 人）")
    expect(wall.locator("#screen")).to_contain_text("须到 24 人，未达到法定人数")
    for place in range(0, len(EARLY), 2):
        act_at_once(desks, EARLY[place : place + 2], "已签到")
    there_are(34, desks, wall)
    congress.begun()
    act_at_once(desks[:1], [LATE], "已签到（迟到）")
    there_are(35, desks, wall)
    leaves(desks[1], GONE)
    there_are(34, desks, wall)
    pictured(desks[1], "congress-desk")


def act_at_once(desks: list[Page], numbers: list[int], said: str) -> None:
    """A number typed at each desk, found, and its button pressed, before either of them is answered."""
    for desk, number in zip(desks, numbers, strict=True):
        desk.keyboard.type(str(number))
        desk.keyboard.press("Enter")
    for desk, number in zip(desks, numbers, strict=True):
        expect(desk.locator("#roll li:has(button:focus) .number")).to_have_text(str(number))
    for desk in desks:
        desk.keyboard.press("Enter")
    for desk, number in zip(desks, numbers, strict=True):
        expect(desk.locator("#said span")).to_have_text(re.compile(rf"^{number} .*：{said}$"))


def leaves(desk: Page, number: int) -> None:
    """A number typed; that she leaves is pressed, and asked."""
    desk.keyboard.type(str(number))
    desk.keyboard.press("Enter")
    expect(desk.locator("#said")).to_contain_text("已经签到")
    desk.locator(f"#roll li[data-number='{number}']").get_by_text("早退").click()
    desk.get_by_role("button", name="是，早退").click(delay=900)
    expect(desk.locator("#said")).to_contain_text("已登记早退")


def there_are(present: int, desks: list[Page], wall: Page) -> None:
    """So many, and enough: on both desks and on the wall."""
    for desk in desks:
        expect(desk.locator("#figures")).to_contain_text(f"应到 36 实到 {present}")
        expect(desk.locator("#figures")).to_contain_text("✓ 已到法定人数（24 人）")
    expect(wall.locator(".hall")).to_contain_text(f"应到 36实到 {present}")
    expect(wall.locator(".hall")).to_contain_text("须到 24 人，✓ 达到法定人数")


def the_poll_opens(congress: Congress, wall: Page) -> list[tuple[str, str]]:
    """Thirty passes are drawn and three papers handed out; code and check code of each pass."""
    congress.nominated(**LISTS)
    congress.at("members", polls.print_papers, congress.DELEGATES, congress.act())
    pile = congress.pile(len(PHONES))
    congress.open(len(PAPERS), len(PHONES))
    expect(wall.locator("#screen")).to_contain_text("正在投票")
    expect(wall.locator(".counts span")).to_have_text(["发出纸质选票 3", "发出手机凭证 30", "手机已投：满 10 张后显示"])
    return pile


def they_vote(congress: Congress, before: Open, wall: Page, pile: list[tuple[str, str]]) -> list[Page]:
    """Each on a phone of her own, all of them at one moment; on the wall their number goes up in steps."""
    phones = [before(congress.engine, PHONE) for _ in pile]
    for phone, (code, _) in zip(phones, pile, strict=True):
        phone.goto(f"/v/members#{code.replace('-', '')}", wait_until="commit")
    for phone, marks in zip(phones, PHONES, strict=True):
        fill(phone, marks)
        phone.get_by_role("button", name="填好了，看一遍").click()
    for phone in phones:
        expect(phone.get_by_role("heading", name="请核对，还没有投出")).to_be_visible()
    assert not congress.rows("sealed_ballots")
    moment = phones[0].evaluate("Date.now() + 1000")
    for phone in phones:
        phone.evaluate(PRESS, moment)
    for phone in phones:
        ended(phone)
    assert len(congress.rows("sealed_ballots")) == len(PHONES)
    congress.clock.advance(seconds=SECONDS)
    expect(wall.locator(".counts")).to_contain_text("手机已投 30 张以上")
    pictured(wall, "congress-voting")
    return phones


def the_box_is_counted(congress: Congress, before: Open, wall: Page) -> None:
    """Closed and counted back; the papers entered twice and signed off; the box opened with two keys of three."""
    congress.closed()
    expect(wall.locator(".counts")).to_contain_text("手机投票 30")
    congress.returned(len(PAPERS))
    expect(wall.locator(".counts")).to_contain_text("收回 33")
    congress.at("members", polls.declare, True, congress.act())
    expect(wall.locator("#screen")).to_contain_text("选举有效")
    two_tellers_enter(congress, before)
    congress.unsealed()
    congress.at("members", counts.count, congress.act())
    expect(wall.locator("#screen")).to_contain_text("已计票")


def two_tellers_enter(congress: Congress, before: Open) -> None:
    """Each the same pile at her own desk, with keys; the second signs off with the first."""
    codes = {name: opened_desk(congress.engine, congress.clock, name, "entry", name) for name in (FIRST, OTHER)}
    desks = {name: signed_in(before(congress.engine, TABLET), code) for name, code in codes.items()}
    desks[FIRST].get_by_label("批号（写在这叠选票的封条上）").fill("1")
    desks[FIRST].get_by_label("张数（两人先各数一遍）").fill(str(len(PAPERS)))
    desks[FIRST].get_by_role("button", name="开始录入").click()
    enter_papers(desks[FIRST])
    expect(desks[FIRST].get_by_role("status").filter(has_text="你已录完")).to_be_visible()
    desks[OTHER].reload()
    desks[OTHER].get_by_role("button", name="录第 1 批第二遍").click()
    enter_papers(desks[OTHER])
    expect(desks[OTHER].get_by_role("status").filter(has_text="两人所录一致")).to_be_visible()
    desks[OTHER].get_by_label(f"请{FIRST}在此输入她的录入台代码").fill(codes[FIRST])
    desks[OTHER].get_by_role("button", name="两人签认这一批").click()
    expect(desks[OTHER].get_by_role("status").filter(has_text="已签认")).to_be_visible()


def enter_papers(desk: Page) -> None:
    for number, keys in enumerate(PAPERS, 1):
        expect(desk.locator("h1")).to_contain_text(f"第 {number} / {len(PAPERS)} 张")
        desk.keyboard.type(keys)
        desk.keyboard.press("Enter")
    desk.get_by_role("button", name="录完").click()


def nothing_was_told(wall: Page) -> None:
    """Whatever stood on the wall at any moment so far: every stage, and of the ballots nothing but their number."""
    shown = wall.evaluate("window.shown")
    assert [stage for stage in STAGES if not any(stage in text for text in shown)] == []
    told = [word for word in (*THREE, "当选", "有效 ", "无效", "赞成") if any(word in text for text in shown)]
    assert told == []
    assert not [text for text in shown if re.search(r"\d 票", text)]
    assert {number for text in shown for number in re.findall(r"手机已投\D*(\d+)", text)} == {"10", "30"}


def the_chair_announces(congress: Congress, wall: Page) -> None:
    """By votes, whatever the order of the list; and once she closes the meeting it stays."""
    congress.at("members", counts.announce, congress.act())
    expect(wall.locator(".result h2")).to_have_text("委员　当选 2 名")
    expect(wall.locator(".names li")).to_have_text(["1 田富 31 票", "2 马秋澜 22 票"])
    expect(wall.locator(".result .counts span")).to_have_text(["发出 33", "收回 33", "有效 32", "无效 1"])
    expect(wall.locator("#screen")).not_to_contain_text("邓云舒")
    pictured(wall, "congress-announced")
    congress.do(meetings.adjourn)
    expect(wall.locator("p.now")).to_have_text("会议已经闭会")
    expect(wall.locator(".names li")).to_have_count(2)


def she_looks_at_her_ballot(phone: Page, check_code: str, counted: str, approved: str) -> None:
    """With the code of her stub, on the phone with which she voted."""
    phone.goto("/check/members")
    phone.get_by_label("核对码（存根上的 12 位，不分大小写）").fill(check_code)
    phone.get_by_role("button", name="核对").click()
    expect(phone.get_by_role("status")).to_have_text("有一张带这个核对码的票，已经计入。")
    expect(phone.locator(".reading")).to_contain_text(counted)
    expect(phone.locator(".groups dt:has-text('赞成') + dd")).to_have_text(approved)
