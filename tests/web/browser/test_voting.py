"""A delegate with a phone: whatever goes wrong on the way never makes two votes, nor loses one silently."""

import pytest
from playwright.sync_api import Page, Route, expect

from federation.ballotbox.passes import new_code
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


def grouped(code: str) -> str:
    """A code as the page shows it: in the groups in which it is printed."""
    return code.replace("-", " ")


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
    expect(page.locator("#code")).to_have_value(grouped(room.codes[0]))
    assert page.url == f"{room.address}/v/members"
    assert page.evaluate("history.length") == 2  # the blank page of a new tab, and this
    expect(page.locator(".count .long")).to_have_text("赞成 0 名，应选 2 名")
    fill(page, "++-")
    expect(page.locator(".count .long")).to_have_text("赞成 2 名，应选 2 名")
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
    expect(page.locator(".count .long")).to_have_text("赞成 3 名，应选 2 名，多了 1 名")
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
    expect(page.locator("#code")).to_have_value(grouped(room.codes[0]))
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
    ended(second, "这张凭证已经投过票")
    expect(second.locator(".end")).to_contain_text("请马上找监票人")
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
    ended(page, "投票已经结束")
    expect(page.locator(".end")).to_contain_text("请把凭证交给监票人")
    assert room.votes() == 0


def test_a_wrong_code_is_put_right_on_the_same_page(room: Room) -> None:
    """Without filling in again."""
    page = room.phone()
    page.goto(f"{room.address}/v/members")
    page.locator("#code").fill("0000-0000-0000-0000-0")
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
    expect(page.locator("#code")).to_have_value(grouped(room.codes[1]))


def test_the_keyboard_alone_is_enough(room: Room) -> None:
    """Tab, arrows, space and Enter."""
    page = room.phone()
    page.goto(room.link())
    page.locator("#code").focus()
    for _ in range(3):
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".count .long")).to_have_text("赞成 2 名，应选 2 名")
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
    expect(page.locator("#code")).to_have_value(grouped(room.codes[0]))
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
    expect(page.locator(".count .long").last).to_have_text("赞成 3 名，应选 2 名，多了 1 名")
    page.get_by_label("另选第 1 人的姓名").last.fill("")
    pictured(page, "two-offices")
    review(page)
    cast(page)
    ended(page)
    assert room.votes() == 1


STRANGE = new_code(lambda length: b"\0" * length)
"""A code whose check character fits, and which no pass has."""


def refused(page: Page, room: Room, way: str = "/v/members") -> None:
    """As far as a cast whose code is nobody's."""
    page.goto(f"{room.address}{way}")
    page.locator("#code").fill(STRANGE)
    fill(page, "+-0")
    review(page)
    cast(page)
    ended(page, "没有投票")


def held(page: Page, path: str = "**/v/members") -> list[Route]:
    """Forms that are sent from now on wait here, as on a slow line."""
    routes: list[Route] = []
    page.route(path, lambda route: routes.append(route))
    return routes


def test_a_shared_tablet_waits_while_a_wrong_code_is_put_right(room: Room) -> None:
    """Nothing is wiped while she types; who is not there any more is found by the idle watch."""
    page = room.phone()
    page.clock.install()
    refused(page, room, "/kiosk/members")
    page.clock.run_for(25_000)
    page.locator("#code").fill(room.codes[0])
    page.clock.run_for(25_000)
    page.get_by_role("button", name="改好了，投出这张票").click()
    ended(page)
    assert room.votes() == 1
    page.clock.run_for(21_000)
    expect(page.locator("#code")).to_have_value("")


def test_back_after_a_wrong_code_leads_to_the_sheet_as_it_was_left(room: Room) -> None:
    """With the phone's own button, or the page's, which takes along the code that was put right."""
    page = room.phone()
    refused(page, room)
    page.go_back()
    expect(page.locator('input[name="members:2"][value="-"]')).to_be_checked()
    review(page)
    cast(page)
    ended(page, "没有投票")
    page.locator("#code").fill(room.codes[0])
    page.get_by_role("button", name="返回修改选票").click()
    expect(page.locator("#code")).to_have_value(grouped(room.codes[0]))
    review(page)
    cast(page)
    ended(page)
    assert room.votes() == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "请先输入凭证代码"),
        ("abc", "代码有误"),
        ("0000-0000-0000-0000-1", "代码有误"),
        ("0123-4567-89ab", "这是存根上的核对码"),
    ],
)
def test_a_mistyped_code_is_told_at_its_field_and_nothing_is_sent(room: Room, typed: str, said: str) -> None:
    """When the field is left, and before the sheet is looked at."""
    page = room.phone()
    sent = []
    page.on("request", lambda request: request.method == "POST" and sent.append(request))
    page.goto(f"{room.address}/v/members")
    page.locator("#code").fill(typed)
    fill(page, "++-")
    page.get_by_role("button", name="填好了，看一遍").click()
    expect(page.locator("#code-wrong")).to_contain_text(said)
    expect(page.locator("#code")).to_be_focused()
    pictured(page, "code-wrong")
    page.locator("#code").fill(room.codes[0])
    expect(page.locator("#code-wrong")).to_be_hidden()
    assert not sent
    review(page)


def test_a_tap_on_a_name_is_not_lost_while_the_field_of_the_code_is_left(room: Room) -> None:
    """What is said of the code then moves nothing from under her finger."""
    page = room.phone()
    page.goto(f"{room.address}/v/members")
    page.locator("#code").press_sequentially("abc")
    box = page.locator(".face").first.bounding_box()
    assert box
    page.mouse.click(box["x"] + 5, box["y"] + 2)
    expect(page.locator("#code-wrong")).to_contain_text("代码有误")
    expect(page.locator("input").nth(2)).to_be_checked()


def test_the_script_reads_a_code_as_the_server_does(room: Room) -> None:
    """Whatever the server takes passes, and one wrong character does not."""
    page = room.phone()
    page.goto(f"{room.address}/v/members")
    faults = "codes => codes.map((code) => passCode.faultOf(code))"
    full_width = "".join(chr(ord(sign) + 0xFEE0) for sign in room.codes[0])
    link = f"http://hall/v/members#{room.codes[1]}"
    good = [*room.codes, room.codes[0].lower(), link, full_width, "o" * 17]
    assert page.evaluate(faults, good) == [""] * len(good)
    wrong = [code[:-1] + ("0" if code[-1] != "0" else "1") for code in room.codes]
    assert all(page.evaluate(faults, wrong))


def test_a_code_is_grouped_while_it_is_typed_and_the_caret_stays(room: Room) -> None:
    """As it is printed, with how many are missing; also where a character is put in or taken out in the middle."""
    page = room.phone()
    page.goto(f"{room.address}/v/members")
    field, code = page.locator("#code"), room.codes[0].replace("-", "")
    field.press_sequentially(code[:14].lower())
    expect(field).to_have_value(f"{code[:4]} {code[4:8]} {code[8:12]} {code[12:14]}")
    expect(page.locator("#code-left")).to_have_text("还差 3 位")
    pictured(page, "code-left")
    for _ in range(4):  # over the blank, to behind the eleventh
        field.press("ArrowLeft")
    field.press("Backspace")
    expect(field).to_have_value(f"{code[:4]} {code[4:8]} {code[8:10]}{code[11:13]} {code[13]}")
    field.press_sequentially(code[10])
    expect(field).to_have_value(f"{code[:4]} {code[4:8]} {code[8:12]} {code[12:14]}")
    field.press("End")
    field.press_sequentially(code[14:])
    expect(field).to_have_value(grouped(room.codes[0]))
    expect(page.locator("#code-left")).to_be_hidden()
    for _ in range(17):
        field.press("Backspace")
    expect(field).to_have_value("")
    field.press_sequentially(f"http://hall/v/members#{code}\n")  # a scanner that types
    expect(field).to_have_value(grouped(room.codes[0]))


def test_an_input_method_is_left_alone_until_it_is_done(room: Room) -> None:
    """What it writes is its own until then; full-width letters are folded afterwards."""
    page = room.phone()
    page.goto(f"{room.address}/v/members")
    page.locator("#code").focus()
    session = page.context.new_cdp_session(page)
    session.send("Input.imeSetComposition", {"text": "ab'cd'ef", "selectionStart": 8, "selectionEnd": 8})
    expect(page.locator("#code")).to_have_value("ab'cd'ef")
    session.send("Input.insertText", {"text": "ａｂｃｄｅｆ"})
    expect(page.locator("#code")).to_have_value("ABCD EF")


def test_only_a_whole_code_is_taken_from_a_link(room: Room) -> None:
    """Half a QR code, or an anchor: told, and not put into the field."""
    page = room.phone()
    for fragment in ("main", room.codes[0].replace("-", "")[:16]):
        page.goto(f"{room.address}/v/members#{fragment}")
        expect(page.locator("#code-wrong")).to_contain_text("二维码没有读全")
        expect(page.locator("#code")).to_have_value("")
        expect(page.locator("#scanned")).to_be_hidden()
        assert page.url == f"{room.address}/v/members"
        page.goto("about:blank")


def test_a_link_opened_too_early_keeps_its_code_for_another_try(phones: Stage, rooms: Rooms) -> None:
    """And neither the address nor the history has it meanwhile."""
    room = rooms(phones, begun=False)
    page = room.phone()
    page.goto(room.link())
    expect(page.get_by_text("投票还没有开始")).to_be_visible()
    assert page.url == f"{room.address}/v/members"
    pictured(page, "too-early")
    phones.open(12, 12)
    page.get_by_role("link", name="再试一次").click()
    expect(page.locator("#code")).to_have_value(grouped(room.codes[0]))
    assert page.url == f"{room.address}/v/members"


def test_back_while_the_ballot_is_on_its_way_stays_at_its_page(room: Room) -> None:
    """There the answer comes, and there is the button that asks for it once more."""
    page = room.phone()
    page.goto(room.link())
    fill(page, "++-")
    review(page)
    routes = held(page)
    cast(page)
    expect(page.locator("#waiting")).to_contain_text("正在投出")
    page.go_back()
    expect(page.locator("#waiting")).to_contain_text("正在投出，请等一下")
    expect(page.get_by_role("heading", name="请核对，还没有投出")).to_be_visible()
    routes[0].abort()
    expect(page.locator("#told")).to_contain_text("不要刷新")
    expect(page.get_by_role("button", name="投出这张票")).to_be_visible()
    page.unroute("**/v/members")
    cast(page)
    ended(page)
    assert room.votes() == 1


def test_a_slow_cast_says_that_it_is_waited_for(room: Room) -> None:
    """On the button at once, and after a while once more."""
    page = room.phone()
    page.clock.install()
    page.goto(room.link())
    fill(page, "++-")
    review(page)
    routes = held(page)
    cast(page)
    expect(page.get_by_role("button", name="正在投出，请稍候")).to_be_visible()
    page.clock.run_for(9_000)
    expect(page.get_by_role("status").get_by_text("还在等答复，请不要关页")).to_be_visible()
    pictured(page, "slow-cast")
    routes[0].continue_()
    ended(page)
    expect(page.locator("#waiting")).to_be_hidden()


def test_a_reload_of_the_end_screen_says_that_the_ballot_is_in_the_box(room: Room) -> None:
    """And so does back; the next pass that is scanned finds no such line."""
    page = room.phone()
    page.goto(room.link())
    fill(page, "++-")
    review(page)
    cast(page)
    ended(page)
    page.reload()
    expect(page.locator("#before")).to_contain_text("已在票箱")
    pictured(page, "after-reload")
    page.goto(room.link(1))
    fill(page, "++-")
    review(page)
    cast(page)
    ended(page)
    page.go_back()
    expect(page.locator("#before")).to_contain_text("已在票箱")
    page.goto("about:blank")
    page.goto(room.link(2))
    expect(page.locator("#code")).to_have_value(grouped(room.codes[2]))
    expect(page.locator("#before")).to_be_hidden()


def test_a_pass_scanned_at_the_end_screen_begins_a_new_sheet(room: Room) -> None:
    """In the same tab, by whoever votes next with this phone."""
    page = room.phone()
    page.goto(room.link())
    fill(page, "++-")
    review(page)
    cast(page)
    ended(page)
    page.evaluate("(hash) => { location.hash = hash; }", room.codes[1])
    expect(page.locator("#code")).to_have_value(grouped(room.codes[1]))
    expect(page.locator("#before")).to_be_hidden()
    assert not page.locator("input:checked").count()


def test_who_leaves_a_filled_sheet_is_asked_first(room: Room) -> None:
    """Nothing of it is kept anywhere; an empty one, and one that is cast, is left without a question."""
    page = room.phone()
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto(room.link())
    page.locator("h1").click()
    page.reload()
    assert not asked
    page.locator("#code").fill(room.codes[0])
    fill(page, "+")
    page.reload()
    assert asked == ["beforeunload"]
    page.locator("#code").fill(room.codes[0])
    fill(page, "+")
    review(page)
    cast(page)
    ended(page)
    page.reload()
    assert len(asked) == 1
    assert page.evaluate("getComputedStyle(document.documentElement).overscrollBehaviorY") == "contain"


def test_written_names_are_counted_as_the_server_counts_them(room: Room) -> None:
    """Of the list, twice, two in one box: what does not count is told while she writes."""
    page = room.phone()
    page.goto(room.link())
    fill(page, "+ -")
    page.locator("summary").click()
    first, second = page.get_by_label("另选第 1 人的姓名"), page.get_by_label("另选第 2 人的姓名")
    first.fill("邓 云舒")
    expect(page.locator(".struck")).to_contain_text("邓云舒在候选人名单里")
    expect(page.locator(".count .long")).to_have_text("赞成 1 名，应选 2 名")
    first.fill("周敏")
    second.fill("周敏")
    expect(page.locator(".struck")).to_contain_text("周敏写了不止一次，只计一次")
    expect(page.locator(".count .long")).to_have_text("赞成 2 名，应选 2 名")
    second.fill("李芳、王红")
    expect(page.locator(".struck")).to_contain_text("一格只写一个姓名")
    pictured(page, "struck")
    page.get_by_role("button", name="填好了，看一遍").click()
    expect(second).to_be_focused()
    expect(page.get_by_role("heading", name="请核对，还没有投出")).to_be_hidden()
    second.fill("")
    expect(page.locator(".struck")).to_be_hidden()
    fill(page, "  0")
    expect(page.locator(".struck")).to_contain_text("投了反对票，另选的才计")
    fill(page, "  -")
    review(page)
    expect(page.locator(".reading")).to_contain_text("有效票：赞成 2 名")


def test_with_very_large_type_the_count_is_one_short_line(room: Room) -> None:
    """And the whole code is seen, in its groups."""
    page = room.phone(viewport={"width": 320, "height": 568})
    page.goto(room.link())
    fill(page, "+++")
    page.evaluate("document.documentElement.style.setProperty('font-size', '250%')")
    expect(page.locator(".count .long")).to_be_hidden()
    expect(page.locator(".count .short")).to_have_text("3 / 2，多 1")
    page.wait_for_function("(({ scrollHeight, clientHeight }) => scrollHeight <= clientHeight)(window.code)")
    pictured(page, "sheet-very-large")
    assert page.locator(".count").evaluate("(line) => line.getBoundingClientRect().height") < 568 / 5


def test_without_the_script_that_reads_codes_the_page_is_a_plain_form(room: Room) -> None:
    """It says what became of the code, which is not lost: the page read anew takes it."""
    page = room.phone()
    page.route("**/codes.js", lambda route: route.abort())
    page.goto(room.link())
    expect(page.locator("#code-wrong")).to_contain_text("请刷新本页，或照凭证输入")
    pictured(page, "without-codes")
    page.unroute("**/codes.js")
    page.reload()
    expect(page.locator("#code")).to_have_value(grouped(room.codes[0]))
    assert page.url == f"{room.address}/v/members"
    page.goto("about:blank")
    page.route("**/codes.js", lambda route: route.abort())
    page.goto(room.link())
    page.locator("#code").fill(room.codes[0])
    fill(page, "++-")
    review(page)
    cast(page)
    ended(page)
    assert room.votes() == 1
    page.go_back()
    page.go_back()
    expect(page.get_by_role("button", name="填好了，看一遍")).to_be_visible()
    assert page.url == f"{room.address}/v/members"  # the history has no code
    expect(page.locator("#code")).to_have_value("")


def test_what_fails_in_the_page_is_said_and_the_button_can_be_pressed_again(room: Room) -> None:
    """A fault of the script is no silence."""
    page = room.phone()
    page.goto(room.link())
    fill(page, "++-")
    page.evaluate("() => { window.kept = passCode.faultOf; passCode.faultOf = () => { throw new Error('broken'); }; }")
    page.get_by_role("button", name="填好了，看一遍").click()
    expect(page.locator("#told")).to_contain_text("这一步没有做成")
    page.evaluate("() => { passCode.faultOf = window.kept; }")
    review(page)
    page.evaluate("() => { window.FormData = class { constructor() { throw new Error('broken'); } }; }")
    cast(page)
    expect(page.locator("#told")).to_contain_text("不知道这张票投进了没有")
    expect(page.locator("#waiting")).to_be_hidden()
    expect(page.get_by_role("button", name="投出这张票")).to_be_enabled()


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (502, "<h1>502 Bad Gateway</h1>"),
        (504, "<main>504 Gateway Timeout</main>"),
        (500, "<main><h1>没有办理</h1>请重新打开页面再试。<a class='button'>再试一次</a></main>"),
        (200, "<h1>It works!</h1>"),
    ],
    ids=["gateway", "gateway with words", "our own fault", "a stranger"],
)
def test_an_error_page_in_answer_to_a_cast_never_says_that_nothing_was_cast(room: Room, status: int, body: str) -> None:
    """The ballot is in the box, and who stands before the server does not know it: the same button tells."""
    page = room.phone()
    page.goto(room.link())
    fill(page, "++-")
    review(page)

    def lose(route: Route) -> None:
        route.fetch()
        route.fulfill(status=status, body=body, content_type="text/html; charset=utf-8")

    page.route("**/v/members", lose)
    cast(page)
    expect(page.locator("#told")).to_contain_text("没有收到答复，不知道这张票投进了没有")
    expect(page.locator("#told")).to_contain_text("再按一次「投出这张票」")
    expect(page.locator("#told")).not_to_contain_text("还没有投")
    page.unroute("**/v/members")
    cast(page)
    ended(page)
    assert room.votes() == 1


def scanned(page: Page, room: Room, number: int) -> None:
    """The link of a pass opened in the tab that is there."""
    page.evaluate("(hash) => { location.hash = hash; }", room.codes[number].replace("-", ""))


def afresh(page: Page, room: Room, number: int, way: str = "/v/members") -> None:
    """An empty sheet with this pass's code, which is in the form alone."""
    expect(page.locator("#code")).to_have_value(grouped(room.codes[number]))
    expect(page.get_by_role("button", name="填好了，看一遍")).to_be_visible()
    assert not page.locator("input:checked").count()
    assert page.url == f"{room.address}{way}"


@pytest.mark.parametrize("way", ["/v/members", "/kiosk/members"])
def test_another_pass_scanned_at_a_review_begins_a_new_sheet(room: Room, way: str) -> None:
    """Nobody casts with the pass of whoever had the phone before; and nobody is asked, nor finds what was there."""
    page = room.phone()
    asked, dialogs = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: (dialogs.append(dialog.type), dialog.accept()))
    page.goto(room.link(0, way))
    fill(page, "++-")
    review(page)
    scanned(page, room, 1)
    afresh(page, room, 1, way)
    page.go_back()
    expect(page.locator("#code")).to_have_value("")
    assert not page.locator("input:checked").count()
    page.goto(room.link(1, way))
    afresh(page, room, 1, way)
    fill(page, "-+ ")
    review(page)
    expect(page.locator(".reading")).to_contain_text("赞成 1 名")
    cast(page)
    ended(page)
    assert not dialogs
    assert room.votes() == 1
    assert not [url for url in asked if room.codes[1].replace("-", "") in url.partition("#")[0]]


def test_another_pass_scanned_at_a_filled_sheet_begins_a_new_one(room: Room) -> None:
    """The same pass once more does not, nor one in the place of a code that was mistyped or not typed at all."""
    page = room.phone()
    dialogs = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.type), dialog.accept()))
    page.goto(f"{room.address}/v/members")
    fill(page, "+")
    for typed in ("", "abc", room.codes[0].lower()):
        page.locator("#code").fill(typed)
        scanned(page, room, 0)
        expect(page.locator("#scanned")).to_be_visible()
        expect(page.locator("#code")).to_have_value(grouped(room.codes[0]))
        assert page.locator("input:checked").count() == 1
        assert page.url == f"{room.address}/v/members"
    scanned(page, room, 1)
    afresh(page, room, 1)
    assert not dialogs


def test_another_pass_scanned_where_a_form_was_answered_begins_a_new_sheet(room: Room) -> None:
    """The page that came without the script is not asked for once more: that would send its form again."""
    page = room.phone()
    page.route("**/codes.js", lambda route: route.abort())
    page.goto(f"{room.address}/v/members")
    page.locator("#code").fill(room.codes[0])
    fill(page, "++-")
    page.unroute("**/codes.js")
    review(page)
    scanned(page, room, 1)
    afresh(page, room, 1)
    refused(page, room)
    scanned(page, room, 2)  # the marks are in the form there, and out of sight
    afresh(page, room, 2)
    assert room.votes() == 0


def test_the_same_pass_scanned_at_its_review_changes_nothing(room: Room) -> None:
    """And half a code is told."""
    page = room.phone()
    page.goto(room.link())
    fill(page, "++-")
    review(page)
    scanned(page, room, 0)
    page.wait_for_function("!location.hash")
    page.evaluate("location.hash = '0123'")
    expect(page.locator("#told")).to_contain_text("二维码没有读全")
    assert page.url == f"{room.address}/v/members"
    cast(page)
    ended(page)
    assert room.votes() == 1


def test_a_pass_scanned_while_a_ballot_is_on_its_way_is_not_taken_for_it(room: Room) -> None:
    """The answer comes to the page of that ballot; whoever scanned is told to scan once more."""
    page = room.phone()
    page.goto(room.link())
    fill(page, "++-")
    review(page)
    routes = held(page)
    cast(page)
    expect(page.locator("#waiting")).to_contain_text("正在投出")
    scanned(page, room, 1)
    expect(page.locator("#waiting")).to_contain_text("刚才又扫了一张凭证，没有读入")
    assert page.url == f"{room.address}/v/members"
    routes[0].continue_()
    ended(page)
    expect(page.locator("#told")).to_contain_text("请再扫一次")
    page.unroute("**/v/members")
    scanned(page, room, 1)
    afresh(page, room, 1)
    assert room.votes() == 1


def test_a_pass_scanned_at_the_list_of_polls_goes_on_with_the_choice(room: Room) -> None:
    """The last that was scanned, and the address has neither."""
    page = room.phone()
    listed = '<main id="main"><a class="button" data-poll href="/v/members">选举</a></main>'
    page.goto(f"{room.address}/v/members")
    script = page.locator('script[src$="/ballots.js"]').get_attribute("src")
    page.route(
        f"{room.address}/",
        lambda route: route.fulfill(
            body=f'<!doctype html><script src="{script}" defer></script>{listed}',
            content_type="text/html; charset=utf-8",
        ),
    )
    page.goto(room.link(0, "/"))
    for number in (0, 1):
        scanned(page, room, number)
        page.wait_for_function("!location.hash")
        assert page.url == f"{room.address}/"
        assert str(page.locator("a").get_attribute("href")).endswith(
            f"/v/members#{room.codes[number].replace('-', '')}"
        )
    page.locator("a").click()
    afresh(page, room, 1)
