"""A delegate with a phone: whatever goes wrong on the way never makes two votes, nor loses one silently."""

from playwright.sync_api import Page, Route, expect

from tests.services.stage import Stage
from tests.web.browser.conftest import Room, Rooms, pictured


def fill(page: Page, marks: str, contest: str = "members") -> None:
    """The sheet, name by name."""
    for place, mark in enumerate(marks, 1):
        if mark != " ":
            page.locator(f'input[name="{contest}:{place}"][value="{mark}"]').check(force=True)


def review(page: Page) -> None:
    page.get_by_role("button", name="填好了，看一遍").click()
    expect(page.get_by_role("heading", name="请核对，还没有投出")).to_be_visible()


def cast(page: Page) -> None:
    page.get_by_role("button", name="投出这张票").click()


def ended(page: Page, heading: str = "票已在票箱") -> None:
    expect(page.get_by_role("heading", name=heading)).to_be_visible()


def test_a_delegate_votes_with_the_link_of_her_pass(room: Room) -> None:
    """The code is in the form, and in neither the address bar nor the history; one vote."""
    page = room.phone()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(room.link())
    expect(page.locator("#code")).to_have_value(room.codes[0].replace("-", ""))
    assert page.url == f"{room.address}/v/members"
    assert page.evaluate("history.length") == 2  # the blank page of a new tab, and this
    expect(page.locator(".count")).to_have_text("赞成 0 名，应选 2 名")
    fill(page, "++-")
    expect(page.locator(".count")).to_have_text("赞成 2 名，应选 2 名")
    pictured(page, "ballot")
    review(page)
    pictured(page, "review")
    expect(page.locator(".reading")).to_contain_text("有效票：赞成 2 名")
    cast(page)
    ended(page)
    pictured(page, "voted")
    assert room.votes() == 1
    assert not [url for url in asked if room.codes[0].replace("-", "") in url.partition("#")[0]]
    assert {url.split("/")[2] for url in asked} == {room.address.split("/")[2]}
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]


def test_the_code_is_typed_where_there_is_no_script(room: Room) -> None:
    """Everything is one form."""
    page = room.phone(java_script_enabled=False)
    page.goto(f"{room.address}/v/members")
    page.locator("#code").fill(room.codes[0].lower())
    fill(page, "+ -")
    pictured(page, "ballot-without-script")
    review(page)
    page.get_by_role("button", name="返回修改").click()
    fill(page, " + ")
    review(page)
    expect(page.locator(".reading")).to_contain_text("赞成 2 名")
    cast(page)
    ended(page)
    page.reload()  # the browser sends the form once more
    expect(page.get_by_text("没有投第二次")).to_be_visible()
    assert room.votes() == 1


def test_every_form_of_a_sheet_is_as_long_as_every_other(room: Room) -> None:
    """Whatever was marked or written in: `+` takes more bytes in a form than `-`, and a name not marked takes none."""
    lengths = set()
    for number, (marks, other) in enumerate([("+++", ""), ("-  ", ""), ("---", "周敏")]):
        page = room.phone()
        page.on("request", lambda sent: sent.method == "POST" and lengths.add(len(sent.post_data_buffer or b"")))
        page.goto(room.link(number))
        fill(page, marks)
        if other:
            page.locator("summary").click()
            page.get_by_label("另选第 1 人的姓名").fill(other)
        review(page)
        cast(page)
        ended(page)
    assert len(lengths) == 1


def test_an_invalid_paper_is_told_at_once_and_at_the_review(room: Room) -> None:
    """And may be cast all the same."""
    page = room.phone()
    page.goto(room.link())
    fill(page, "+++")
    expect(page.locator(".count")).to_have_text("赞成 3 名，应选 2 名，多了 1 名")
    review(page)
    expect(page.locator(".notice.wrong").first).to_contain_text("这样投是无效票")
    pictured(page, "review-invalid")
    cast(page)
    ended(page)
    assert room.votes() == 1


def test_a_double_tap_is_one_vote(room: Room) -> None:
    """Both taps before the first is answered."""
    page = room.phone()
    page.goto(room.link())
    fill(page, "++-")
    review(page)
    page.evaluate("() => { const b = document.querySelector('button[value=cast]'); b.click(); b.click(); b.click(); }")
    ended(page)
    assert room.votes() == 1


def test_back_from_the_review_leads_to_the_sheet_as_it_was_left(room: Room) -> None:
    """With the phone's own button, or the page's."""
    page = room.phone()
    page.goto(room.link())
    fill(page, "+-0")
    review(page)
    page.go_back()
    expect(page.locator('input[name="members:2"][value="-"]')).to_be_checked()
    expect(page.locator("#code")).to_have_value(room.codes[0].replace("-", ""))
    review(page)
    page.get_by_role("button", name="返回修改").click()
    expect(page.locator('input[name="members:3"][value="0"]')).to_be_checked()
    review(page)
    cast(page)
    ended(page)
    assert room.votes() == 1


def test_back_after_voting_shows_an_empty_sheet(room: Room) -> None:
    """No marks and no code for whoever takes the phone next, and no second vote."""
    page = room.phone()
    page.goto(room.link())
    fill(page, "++-")
    review(page)
    cast(page)
    ended(page)
    page.go_back()
    expect(page.locator("#code")).to_have_value("")
    assert not page.locator("input:checked").count()
    assert room.votes() == 1


def test_a_reload_of_the_sheet_asks_for_the_code_again(room: Room) -> None:
    """The link is no longer in the history; the pass is unspent."""
    page = room.phone()
    page.goto(room.link())
    fill(page, "++-")
    page.reload()
    expect(page.locator("#code")).to_have_value("")
    page.locator("#code").fill(room.codes[0])
    fill(page, "++-")
    review(page)
    cast(page)
    ended(page)
    assert room.votes() == 1


def test_a_lost_answer_is_said_and_the_same_button_tells_that_the_vote_is_in_the_box(room: Room) -> None:
    """The ballot arrives and the answer does not: the worst case."""
    page = room.phone()
    page.goto(room.link())
    fill(page, "++-")
    review(page)

    def lose(route: Route) -> None:
        route.fetch()  # the server has it
        route.abort()

    page.route("**/v/members", lose)
    cast(page)
    expect(page.locator("#told")).to_contain_text("没有收到答复")
    pictured(page, "lost-answer")
    page.unroute("**/v/members")
    cast(page)
    ended(page)
    expect(page.get_by_text("没有投第二次")).to_be_visible()
    assert room.votes() == 1


def test_a_lost_network_is_said_and_nothing_is_lost(room: Room) -> None:
    """Nothing arrives; once the network is back the same button casts."""
    page = room.phone()
    page.goto(room.link())
    fill(page, "++-")
    page.context.set_offline(True)
    page.get_by_role("button", name="填好了，看一遍").click()
    expect(page.locator("#told")).to_contain_text("网络不通，票还没有投")
    page.context.set_offline(False)
    review(page)
    page.context.set_offline(True)
    cast(page)
    expect(page.locator("#told")).to_contain_text("没有收到答复")
    assert room.votes() == 0
    page.context.set_offline(False)
    cast(page)
    ended(page)
    assert room.votes() == 1


def test_two_tabs_with_one_pass_are_one_vote(room: Room) -> None:
    """The second is told that the pass is used, and to find a scrutineer."""
    first = room.phone()
    second = first.context.new_page()
    for page, marks in ((first, "++-"), (second, "-++")):
        page.goto(room.link())
        fill(page, marks)
        review(page)
    cast(first)
    ended(first)
    cast(second)
    ended(second, "没有投票")
    expect(second.locator(".end")).to_contain_text("请找监票人")
    pictured(second, "used")
    assert room.votes() == 1


def test_a_poll_that_closes_in_the_middle_says_that_nothing_was_cast(room: Room) -> None:
    """Between the sheet and its button."""
    page = room.phone()
    page.goto(room.link())
    fill(page, "++-")
    review(page)
    room.stage.closed()
    cast(page)
    ended(page, "没有投票")
    expect(page.locator(".end")).to_contain_text("现在不能投票")
    assert room.votes() == 0


def test_a_wrong_code_is_put_right_on_the_same_page(room: Room) -> None:
    """Without filling in again."""
    page = room.phone()
    page.goto(f"{room.address}/v/members")
    page.locator("#code").fill("0000-0000-0000-0000-1")
    fill(page, "++-")
    review(page)
    cast(page)
    ended(page, "没有投票")
    pictured(page, "wrong-code")
    page.locator("#code").fill(room.codes[0])
    page.get_by_role("button", name="改好了，投出这张票").click()
    ended(page)
    assert room.votes() == 1


def test_the_link_of_another_pass_on_the_same_page_takes_its_place(room: Room) -> None:
    """Scanned once more, or another pass."""
    page = room.phone()
    page.goto(room.link(0))
    page.goto(room.link(1))
    expect(page.locator("#code")).to_have_value(room.codes[1].replace("-", ""))


def test_the_keyboard_alone_is_enough(room: Room) -> None:
    """Tab, arrows, space and Enter."""
    page = room.phone()
    page.goto(room.link())
    page.locator("#code").focus()
    for _ in range(3):
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".count")).to_have_text("赞成 2 名，应选 2 名")
    page.get_by_role("button", name="填好了，看一遍").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="请核对，还没有投出")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    ended(page)
    expect(page.get_by_role("heading", name="票已在票箱")).to_be_focused()
    assert room.votes() == 1


def test_a_shared_tablet_keeps_nothing_of_a_voter(room: Room) -> None:
    """Back at the start after each, with no page of hers in the history."""
    page = room.phone()
    page.goto(room.link(0, "/kiosk/members"))
    before = page.evaluate("history.length")
    for number in (0, 1):
        page.locator("#code").fill(room.codes[number])
        fill(page, "++-")
        review(page)
        cast(page)
        ended(page)
        if number == 0:
            pictured(page, "kiosk-end")
        page.get_by_role("link", name="好了，请下一位").click()
        expect(page.locator("#code")).to_have_value("")
        assert not page.locator("input:checked").count()
    assert page.evaluate("history.length") == before
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
    assert room.votes() == 2


def test_a_shared_tablet_left_alone_goes_back_to_its_start(room: Room) -> None:
    """With a warning first, which a touch takes away; the clock of the browser is turned on by hand."""
    page = room.phone()
    page.clock.install()
    page.goto(room.link(0, "/kiosk/members"))
    fill(page, "++-")
    page.clock.run_for(151_000)
    expect(page.locator("#told")).to_contain_text("没有人操作")
    page.locator("h1").click()
    expect(page.locator("#told")).to_be_hidden()
    page.clock.run_for(151_000)
    expect(page.locator("#code")).to_have_value(room.codes[0].replace("-", ""))
    page.clock.run_for(40_000)
    expect(page.locator("#code")).to_have_value("")


def test_two_offices_on_one_sheet(officers_by_phone: Stage, rooms: Rooms) -> None:
    """One pass, one button."""
    room = rooms(officers_by_phone, "chair")
    page = room.phone()
    page.goto(room.link(0, "/v/officers"))
    fill(page, "+-", "chair")
    fill(page, "++ ", "vice_chairs")
    page.locator("summary").last.click()
    page.get_by_label("另选第 1 人的姓名").last.fill("周敏")
    expect(page.locator(".count").last).to_have_text("赞成 3 名，应选 2 名，多了 1 名")
    page.get_by_label("另选第 1 人的姓名").last.fill("")
    pictured(page, "two-offices")
    review(page)
    cast(page)
    ended(page)
    assert room.votes() == 1
