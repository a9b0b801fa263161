"""The ballot page as a browser without scripts meets it: what is shown, what is cast, what is said."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import Engine
from starlette.testclient import TestClient

from federation.errors import Finding
from federation.facts.voting import Group, PaperReading, Struck
from federation.services import passes
from federation.web import ballots, pages, sheet_forms
from federation.web.sheet_forms import Filled
from tests.services.stage import Stage, statements
from tests.web.hall import Form, Voter

Opened = Callable[[Engine], TestClient]
BOX = "票已在票箱"


@pytest.fixture
def hall(phones: Stage, opened: Opened) -> tuple[Stage, TestClient, list[str]]:
    """An open poll for two seats, three candidates, and the codes of twelve passes."""
    codes = phones.passes(12)
    phones.open(12, 12)
    return phones, opened(phones.engine), codes


Hall = tuple[Stage, TestClient, list[str]]


def test_a_voter_fills_in_a_sheet_sees_what_it_counts_as_and_casts_it(hall: Hall) -> None:
    """Three steps; at the end one ballot is in the box and one pass is spent."""
    stage, client, codes = hall
    voter = Voter(client)
    assert "委员　应选 2 名" in voter.page.text
    told = voter.fill(codes[0], "++-")
    assert "有效票：赞成 2 名" in told
    assert not stage.rows("sealed_ballots")
    end = voter.cast()
    assert BOX in end
    assert "存根" in end
    assert len(stage.rows("sealed_ballots")) == 1


def test_the_box_holds_what_the_page_said(hall: Hall) -> None:
    """Marks, and a name against which nothing was set: an abstention in this method."""
    stage, client, codes = hall
    for code, marks in zip(codes, ["+- ", "++0"] * 6, strict=True):
        voter = Voter(client)
        voter.fill(code, marks)
        assert BOX in voter.cast()
    stage.declared(12).unsealed()
    sheets = sorted(row[2] for row in stage.rows("opened_ballots"))
    assert sheets == sorted(['[["+-0",[]]]', '[["++0",[]]]'] * 6)


def test_an_invalid_paper_is_told_before_it_is_cast_and_may_be_cast(hall: Hall) -> None:
    """Three approvals for two seats; the voter decides."""
    stage, client, codes = hall
    voter = Voter(client)
    told = voter.fill(codes[0], "+++")
    assert "这样投是无效票：所选人数多于规定名额（应选 2 名，赞成了 3 名）" in told
    assert BOX in voter.cast()
    assert len(stage.rows("sealed_ballots")) == 1


def test_back_from_the_review_the_sheet_is_as_it_was_left(hall: Hall) -> None:
    """Nothing to fill in twice; the same form, so the same token."""
    _, client, codes = hall
    voter = Voter(client)
    token = dict(Form(voter.page.text).fields)["token"]
    voter.fill(codes[0], "+-0", others=["周敏"])
    voter.send("change")
    fields = dict(Form(voter.page.text).fields)
    assert [fields[f"members:{place}"] for place in (1, 2, 3)] == ["+", "-", "0"]
    assert fields["token"] == token
    assert 'value="周敏"' in voter.page.text


def test_the_same_form_sent_twice_is_one_vote_and_says_so(hall: Hall) -> None:
    """A double tap, a reload, a lost answer: the paper is in the box once, and the voter learns that it is."""
    stage, client, codes = hall
    voter = Voter(client)
    review = voter.fill(codes[0], "++-")
    assert BOX in voter.cast()
    voter.page = client.post(voter.address, data=dict(Form(review).fields) | {"act": "cast"})
    assert "没有投第二次" in voter.page.text
    assert BOX in voter.page.text
    assert len(stage.rows("sealed_ballots")) == 1


def test_a_second_tab_with_the_same_pass_is_told_that_it_is_used(hall: Hall) -> None:
    """Another form, another token: it could be another person."""
    stage, client, codes = hall
    first, second = Voter(client), Voter(client)
    first.fill(codes[0], "++-")
    second.fill(codes[0], "-++")
    assert BOX in first.cast()
    told = second.cast()
    assert "此凭证已被使用" in told
    assert '<div class="end caution" data-step="refused">' in told
    assert "这张凭证已经投过票</h1>" in told
    assert "<span>你自己投的，票已收到，不用再办。</span>" in told
    assert "没有投票" not in told
    assert len(stage.rows("sealed_ballots")) == 1


def test_a_mistyped_code_can_be_put_right_without_filling_in_again(hall: Hall) -> None:
    """The choices stay in the form; the pass is untouched."""
    stage, client, codes = hall
    voter = Voter(client)
    voter.fill(codes[0][:-1] + ("0" if codes[0][-1] != "0" else "1"), "+-0", others=["周敏"])
    assert "凭证代码输入有误" in voter.cast()
    assert not stage.rows("sealed_ballots")
    assert BOX in voter.send("cast", ("code", codes[0]))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("abc", "凭证代码输入有误"),
        ("", "没有输入凭证代码"),
        ("0123-4567-89AB", "这是存根上的核对码，投票用凭证上的代码（共 17 位）"),
        ("0123-4567-89AB-CDEF-0", "凭证代码输入有误"),
    ],
)
def test_a_mistyped_code_is_found_at_the_review(hall: Hall, typed: str, said: str) -> None:
    """Not after everything is filled in and looked at; the check character needs no database."""
    stage, client, codes = hall
    voter = Voter(client)
    told = voter.fill(typed, "+-0", others=["周敏"])
    assert said in told
    assert "还没有投出" in told
    assert 'value="cast"' not in told
    assert "有效票" in voter.send("review", ("code", codes[0]))
    assert BOX in voter.cast()
    assert len(stage.rows("sealed_ballots")) == 1


def test_two_names_in_one_box_are_refused_before_the_pass_is_touched(hall: Hall) -> None:
    """Together they would be a person whom nobody knows, and both votes would be lost."""
    stage, client, codes = hall
    voter = Voter(client)
    told = voter.fill(codes[0], "---", others=["周敏、李芳"])
    assert "一格只写一个姓名，这一格写了几个：周敏、李芳" in told
    assert 'value="cast"' not in told
    assert "一格只写一个姓名" in voter.cast()
    assert not stage.rows("sealed_ballots")
    voter.send("change")
    assert "有效票：赞成 2 名" in voter.fill(codes[0], "---", others=["周敏", "李芳"])
    assert BOX in voter.cast()


def test_a_written_name_that_does_not_count_is_told_with_its_reason(hall: Hall) -> None:
    """She stands on the list: there she has to be chosen. Going back is the first thing offered."""
    _, client, codes = hall
    voter = Voter(client)
    told = voter.fill(codes[0], "+  ", others=["邓云舒"])
    assert "另选的邓云舒不计：这个姓名已在候选人名单上。可以返回修改：在名单上选。" in told
    assert 'class="first" name="act" value="change"' in told


def test_a_sheet_on_which_nothing_is_chosen_is_not_green(hall: Hall) -> None:
    """Three abstentions that she set are her will; none at all may be forgotten."""
    _, client, codes = hall
    voter = Voter(client)
    told = voter.fill(codes[0], "   ")
    assert "委员一个也没有选，都按弃权计。" in told
    assert "有效票" not in told
    assert 'class="first" name="act" value="change"' in told
    assert "有效票：赞成 0 名" in Voter(client).fill(codes[0], "000")


def test_a_review_says_that_the_poll_has_closed(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    """And what becomes of the pass; in the length of any other answer."""
    stage, client, codes = hall
    monkeypatch.setattr(ballots, "FRESH", 0)
    voter = Voter(client)
    open_ = voter.fill(codes[0], "++-")
    voter.send("change")
    stage.closed()
    told = voter.fill(codes[0], "++-")
    assert "投票已经结束，这次没有投出。" in told
    assert "请把凭证交给监票人" in told
    assert 'value="cast"' not in told
    assert len(told.encode()) == len(open_.encode())


def test_reviews_of_a_busy_moment_ask_the_database_once(hall: Hall) -> None:
    """A worker believes for a few seconds that the poll is open; casting asks by itself."""
    stage, client, codes = hall
    voter = Voter(client)
    with statements(stage.engine) as first:
        voter.fill(codes[0], "++-")
    with statements(stage.engine) as said:
        for _ in range(5):
            voter.send("change")
            voter.fill(codes[0], "++-")
    assert first
    assert said == []


def test_a_poll_that_closes_while_the_sheet_is_filled_in_says_so(hall: Hall) -> None:
    """The ballot is not in the box, and the page does not say that it is."""
    stage, client, codes = hall
    voter = Voter(client)
    voter.fill(codes[0], "++-")
    stage.closed()
    end = voter.cast()
    assert '<h1 tabindex="-1">投票已经结束</h1>' in end
    assert "请把凭证交给监票人" in end
    assert not stage.rows("sealed_ballots")


def test_before_the_opening_and_after_the_close_there_is_no_sheet(phones: Stage, opened: Opened) -> None:
    """Whoever scans too early is told when to come again."""
    client = opened(phones.engine)
    phones.passes(12)
    early = client.get("/v/members").text
    assert "投票还没有开始" in early
    assert '<a class="button first" data-poll href="/v/members">再试一次</a>' in early
    phones.open(12, 12)
    assert client.get("/v/members").status_code == 200
    phones.closed()
    answer = client.get("/v/members")
    assert answer.status_code == 409
    assert "投票已经结束" in answer.text
    assert "请交给监票人" in answer.text
    assert '<a class="button first" href="/check">核对我的票</a>' in answer.text


def test_every_answer_to_a_cast_is_as_long_as_every_other(hall: Hall) -> None:
    """A watcher of the line learns from no length whether a vote was cast, with whatever marks and names."""
    stage, client, codes = hall
    lengths = {}
    stage.at("members", passes.exchange, codes[-1:], stage.two())
    for name, code, marks, others in [
        ("in the box", codes[0], "+-0", ["周敏", "欧阳芳"]),
        ("used", codes[0], "---", []),
        ("exchanged", codes[-1], "000", []),
        ("unknown", "0" * 17, "+++", ["欧阳" * 5]),
        ("slip", "x", "   ", []),
        ("slip of two hundred", "&" * 200, "+-0", ["<" * 10, "&" * 20]),
    ]:
        voter = Voter(client)
        voter.fill(code, marks, others=others)
        voter.cast()
        lengths[name] = (voter.page.status_code, len(voter.page.content), sorted(voter.page.headers))
    assert len({repr(length) for length in lengths.values()}) == 1, lengths
    assert "content-encoding" not in voter.page.headers


@pytest.mark.parametrize("act", ["review", "change", "cast"])
def test_whatever_was_marked_the_answer_to_a_form_is_as_long_as_any_other(hall: Hall, act: str) -> None:
    """Valid or not, against somebody or nobody, with names written in: a watcher of the line sees one length."""
    _, client, codes = hall
    lengths = set()
    for code, marks, others in [
        (codes[0], "++-", []), (codes[0], "+++", []), (codes[0], "000", []), (codes[0], "   ", []),
        (codes[0], "---", ["周敏", "&" * 40]), (codes[0], "---", ["周敏、李芳"]),
        (codes[0], "---", ["马秋澜", "很" * 40]),
        ("abc", "+-0", []), ("", "   ", []), ("&" * 200, "---", ["周敏、李芳"]),
    ]:  # fmt: skip
        voter = Voter(client)
        voter.fill(code, marks, others=others)
        voter.send(act)
        lengths.add((voter.page.status_code, len(voter.page.content)))
    assert len(lengths) == 1


def test_the_longest_sheet_has_room_in_its_length(hall: Hall) -> None:
    """Thirty-one names and as many written in, each of the most bytes that a page makes of it."""
    booth = ballots.booth_of(hall[1].app.state.site, "members")  # type: ignore[attr-defined]
    contest = replace(booth.sheet.contests[0], names=("欧阳" * 5,) * 31, boxes=30)
    sheet = replace(booth.sheet, contests=(contest,))
    written = ("&" * 40,) * 30
    marks = {f"members:{place}": "+" for place in range(1, 32)}
    filled = Filled("&" * 200, "&" * 64, marks, {"members": written})
    fields = {"place_of": sheet_forms.place_of, "written_of": sheet_forms.written_of, "path": "/v/members"}
    told = {"sheet": sheet, "filled": filled, "kiosk": False, "sent": 0, **fields}
    group = Group("赞成", contest.names + written)
    struck = tuple(Struck(f"另选的{name}不计：投了反对票的才能另选，本票没有投反对票", "反" * 30) for name in written)
    reading = PaperReading("委员", 30, 31, (group,), "所选人数多于规定名额", struck)
    said = "委员：一格只写一个姓名，这一格写了几个："
    findings = [Finding(f"{said}{name}", "", "请返回修改，分写在几格") for name in written]
    review = {"readings": (reading,), "error": None, "untouched": (True,)}
    answer = {"sentences": ["票" * 80], "heading": "没有投票", "mood": "wrong", "step": "again"}
    room_of_page, room_of_answer = sheet_forms.page_length(sheet), sheet_forms.answer_length(sheet)
    for name, room, more in [
        ("ballots.html", sheet_forms.sheet_length(sheet), {}),
        ("ballots_review.html", room_of_page, review),
        ("ballots_faults.html", room_of_page, {"slip": "错" * 40, "findings": findings}),
        ("ballots_faults.html", room_of_page, {"slip": "错" * 40, "findings": ()}),
        ("ballots_faults.html", room_of_answer, {"slip": "", "findings": findings[:1]}),
        ("ballots_answer.html", room_of_answer, answer),
    ]:
        assert len(pages.rendered(name, **told, **more).encode()) < room, name


def test_a_rare_character_that_is_written_in_asks_for_no_face(hall: Hall) -> None:
    """Her browser would ask for it over the line, and keep it where the next voter finds it."""
    _, client, codes = hall
    voter = Voter(client)
    told = voter.fill(codes[0], "---", others=["周䶮"])
    assert "周䶮" in told
    assert "/faces/" not in told


def test_several_contests_of_one_sheet_are_cast_with_one_pass(officers_by_phone: Stage, opened: Opened) -> None:
    """Chair and vice chairs on one page, each counted apart."""
    stage = officers_by_phone
    codes = stage.passes(12, "chair")
    stage.open(12, 12, "chair")
    client = opened(stage.engine)
    voter = Voter(client, "officers")
    assert voter.page.text.count('class="contest"') == 2
    marks = [("chair:1", "+"), ("chair:2", "-"), *((f"vice_chairs:{place}", "+") for place in (1, 2, 3))]
    told = voter.send("review", ("code", codes[0]), *marks)
    assert "有效票：赞成 1 名，应选 1 名" in told
    assert "副主席这一项无效：所选人数多于规定名额（应选 2 名，赞成了 3 名）" in told
    assert "其他各项不受影响" in told
    assert "全票无效" not in voter.page.text
    assert BOX in voter.cast()
    assert len(stage.rows("sealed_ballots")) == 1


def test_a_contest_that_is_forgotten_is_told(officers_by_phone: Stage, opened: Opened) -> None:
    """The other one is valid; hers counts as the method says."""
    stage = officers_by_phone
    codes = stage.passes(12, "chair")
    stage.open(12, 12, "chair")
    told = Voter(opened(stage.engine), "officers").send("review", ("code", codes[0]), ("chair:1", "+"))
    assert "有效票：赞成 1 名，应选 1 名" in told
    assert "副主席一个也没有选，都按弃权计。" in told
    assert told.index('value="change"') < told.index('value="cast"')


def test_a_form_filled_in_on_another_list_is_not_taken_for_one_of_this(hall: Hall) -> None:
    """A mark stands at a place: on another list it would be somebody else's."""
    stage, client, codes = hall
    voter = Voter(client)
    assert "不是现在的名单" in voter.send("review", ("list", "0" * 16), ("code", codes[0]))
    assert not stage.rows("sealed_ballots")


def test_names_are_escaped_everywhere(hall: Hall) -> None:
    """Also those that a voter writes in."""
    _, client, codes = hall
    voter = Voter(client)
    told = voter.fill(codes[0], "---", others=["<script>周敏"])
    assert "<script>周" not in told
    assert "&lt;script&gt;周敏" in told


def test_written_names_that_do_not_fit_are_told_and_can_be_changed(hall: Hall) -> None:
    """The pass still votes."""
    _stage, client, codes = hall
    voter = Voter(client)
    voter.fill(codes[0], "---", others=["一个很长很长很长很长很长很长的姓名", "又一个很长很长很长很长很长很长的姓名"])
    assert "电子选票写不下" in voter.cast()
    assert voter.page.status_code == 200  # a status is as long as its words: this one depends on the names
    voter.send("change")
    voter.fill(codes[0], "---", others=["周敏"])
    assert BOX in voter.cast()


def test_no_page_of_a_ballot_sets_a_cookie_or_names_the_pass_in_an_address(hall: Hall) -> None:
    """Nothing in the browser speaks for a voter but the pass she typed."""
    _, client, codes = hall
    voter = Voter(client)
    voter.fill(codes[0], "++-")
    assert "set-cookie" not in voter.page.headers
    assert codes[0] not in str(voter.page.url)
    voter.cast()
    assert "set-cookie" not in voter.page.headers
    assert codes[0] not in voter.page.text


def test_the_first_page_leads_to_the_only_open_poll(hall: Hall) -> None:
    """A bare address on a poster is enough."""
    _, client, _ = hall
    answer = client.get("/")
    assert (answer.status_code, answer.headers["location"]) == (303, "/v/members")


@pytest.mark.parametrize("name", ["members", "congress/members", "shili/founding-1/congress/members", "members/"])
def test_a_poll_is_found_by_its_name_and_by_the_end_of_it(hall: Hall, name: str) -> None:
    """Short on a pass, whole where several are of one name."""
    _, client, _ = hall
    assert client.get(f"/v/{name}").status_code == 200


@pytest.mark.parametrize("name", ["nothing", "bers", "", "members/nothing", "%00", "a" * 500])
def test_a_poll_that_is_not_there_is_told_so(hall: Hall, name: str) -> None:
    """With what to do."""
    _, client, _ = hall
    answer = client.get(f"/v/{name}")
    assert answer.status_code == 404
    assert "重新扫描" in answer.text
    assert '<a class="button first" href="/">回到开始</a>' in answer.text


def test_a_shared_tablet_goes_back_to_its_start_by_itself(hall: Hall) -> None:
    """Also without scripts; a phone stays at its end screen."""
    _, client, codes = hall
    voter = Voter(client, way="/kiosk")
    voter.fill(codes[0], "++-")
    assert '<meta http-equiv="refresh" content="20; url=/kiosk/members">' in voter.cast()
    phone = Voter(client)
    phone.fill(codes[1], "++-")
    assert "http-equiv" not in phone.cast()


def test_the_first_page_leads_on_while_no_poll_is_open(client: TestClient) -> None:
    """Also whoever comes to comment, to count, or to put up the screen; and whoever comes too late."""
    page = client.get("/").text
    for address in ("/check", "/comments", "/desk", "/screen"):
        assert f'href="{address}"' in page
    assert "没有投出的凭证，请交给监票人" in page
