"""What the papers of a meeting say: the whole result, who counted it, who was there, and who signs."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from federation import db
from federation.clock import SetClock
from federation.facts.papers import MinuteItem, Minutes, PaperFacts, ResultNotice
from federation.models import Meeting
from federation.rules.motions import Hands
from federation.services import attendance, counts, elections, meetings, motions, papers, polls
from tests.halls import Hall
from tests.polling import Polling

METHOD = """
title = "示例大会选举办法"
form = "hands"
elected = "> 1/3 of present"

[ballot]
channels = ["paper"]
order = "as_listed"

[[contest]]
id = "members"
office = "理事"
seats = 2
"""
THREE = ("马秋澜", "邓云舒", "田富")


@pytest.fixture
def hall(engine: Engine, clock: SetClock, tmp_path: Path) -> Polling:
    """In session, eight of nine present, three candidates for two seats, no presidium adopted."""
    return Polling(engine, clock).sitting(tmp_path, METHOD, ("9",)).nominated(members=THREE)


def voted(hall: Polling) -> Polling:
    """Three of the eight are enough; the third name that has them finds no seat, a name called out has one hand."""
    hall.opened("members", 0).at("members", polls.close_poll, hall.act())
    hall.raised("members", ("马秋澜", 3, 4, 1), ("邓云舒", 6, 1, 1), ("田富", 5, 3, 0), written={"丁一禾": 1})
    hall.at("members", counts.count, hall.act())
    hall.at("members", counts.announce, hall.act())
    return hall


def paper(hall: Hall, short_id: str) -> PaperFacts:
    with db.reading(hall.engine) as session:
        return papers.order(session, hall.root(session), short_id).facts


def minutes(hall: Hall) -> Minutes:
    hall.do(meetings.adjourn)
    facts = paper(hall, "minutes-congress")
    assert isinstance(facts, Minutes)
    return facts


def item(facts: Minutes, heading: str) -> MinuteItem:
    return next(one for one in facts.items if one.heading == heading)


def test_the_minutes_hold_every_name_with_its_votes(hall: Polling) -> None:
    """Those not elected in one line, in ballot order, a name called out last; whoever passed the bar is said to."""
    lines = item(minutes(voted(hall)), "选举理事").paragraphs
    (lost,) = [line for line in lines if line.startswith("未当选")]
    assert lost == (
        "未当选：马秋澜（赞成 3 票，反对 4 票，弃权 1 票，得票达到要求但名额已满）、丁一禾（另选，赞成 1 票）。"
    )
    assert lines[1].startswith("邓云舒：赞成 6 票")
    assert lines.index(lost) == 3


def test_the_minutes_name_those_who_were_adopted_to_scrutinise_and_count(hall: Polling) -> None:
    """Under the vote that adopted them."""
    votes = item(minutes(voted(hall)), "表决事项").paragraphs
    place = next(place for place, line in enumerate(votes) if "《监票人、计票人名单》" in line)
    assert votes[place + 1] == "总监票人：向晚晴。"


def test_a_list_of_scrutineers_that_was_not_carried_is_not_in_the_minutes(hall: Polling) -> None:
    """The list stands in the minutes only under the vote that adopted it; one changed since was never adopted."""
    voted(hall)
    with db.transaction(hall.engine) as session:
        elections.set_scrutineers(session, hall.meeting(session, "congress"), {"scrutineer": ["王监票"]}, hall.act())
    hall.do(motions.put, "scrutineers", "")
    hall.do(motions.record, None, Hands(1, 7, 0))
    votes = item(minutes(hall), "表决事项").paragraphs
    assert not any("监票人：" in line for line in votes)


@pytest.mark.parametrize(
    ("hands", "said"),
    [
        (Hands(6, 1, 1), "实到 8 人，同意 6 人，反对 1 人，弃权 1 人，通过。"),
        (Hands(6, 1, 0), "实到 8 人，同意 6 人，反对 1 人，弃权 0 人，未表决 1 人，通过。"),
        (Hands(2, 0, 0), "实到 8 人，同意 2 人，反对 0 人，弃权 0 人，未表决 6 人，未通过。"),
    ],
)
def test_hands_that_do_not_add_up_to_those_present_are_explained(hall: Polling, hands: Hands, said: str) -> None:
    """Who raised no hand at all is neither for, nor against, nor abstaining."""
    voted(hall).do(motions.put, "agenda", "")
    hall.do(motions.record, None, hands)
    assert item(minutes(hall), "表决事项").paragraphs[-1] == f"会议以举手方式表决《会议议程》，{said}"


def test_the_minutes_tell_who_came_late_and_who_had_left(hall: Polling) -> None:
    """Both were there; neither is absent."""
    voted(hall).do(attendance.came_late, ["9"])
    hall.do(attendance.left, ["1", "9"])
    facts = minutes(hall)
    assert len(facts.present) == 9
    assert facts.late == (facts.present[8],)
    assert facts.left == (facts.present[0], facts.present[8])
    assert facts.absent == ()


def test_a_text_adopted_is_named_without_the_stage_it_was_in(engine: Engine, clock: SetClock, tmp_path: Path) -> None:
    """示例大会选举办法（草案） was put; what is adopted is 《示例大会选举办法》."""
    hall = Polling(engine, clock).called(tmp_path, METHOD)
    hall.do(attendance.check_in_all, ())
    hall.do(meetings.quorum)
    hall.do(motions.put, "method", "")
    hall.do(motions.record, None, Hands(9, 0, 0))
    (line,) = item(minutes(hall), "表决事项").paragraphs
    assert line.startswith("会议以举手方式表决《示例大会选举办法》，")


def test_no_paper_claims_a_presidium_that_the_meeting_never_adopted(hall: Polling) -> None:
    """At a founding the preparatory group signs until a presidium is adopted; a vote lost adopts none."""
    assert paper(hall, "sign_in_list-congress").head.signed_by == "示例开发区妇女联合会筹备组"
    hall.do(motions.put, "presidium", "")
    hall.do(motions.record, None, Hands(1, 7, 0))
    assert paper(hall, "sign_in_list-congress").head.signed_by == "示例开发区妇女联合会筹备组"
    hall.do(motions.put, "presidium", "")
    hall.do(motions.record, None, Hands(8, 0, 0))
    assert minutes(voted(hall)).head.signed_by == "示例开发区妇女第一次代表大会主席团"


def test_a_committee_signs_for_its_own_meeting(hall: Polling) -> None:
    """第一届执行委员会, not 第一届执行委员会第一次全体会议."""
    hall.do(meetings.agenda, ["选举"], meeting="plenary")
    hall.do(meetings.call, "2020-11-02", "礼堂", "丁一禾", meeting="plenary")
    with db.transaction(hall.engine) as session:
        session.get_one(Meeting, hall.meeting(session, "plenary").id).roll_frozen = True
    assert paper(hall, "sign_in_list-plenary").head.signed_by == "示例开发区妇女联合会第一届执行委员会"


def test_a_notice_gives_notice_once(hall: Polling) -> None:
    """The template ends with 现予公告; the sentence before the names does not say it too."""
    notice = paper(voted(hall), "result_notice-congress")
    assert isinstance(notice, ResultNotice)
    assert notice.preamble.endswith("选举产生下列人员：")
