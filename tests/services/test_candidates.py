"""Candidates: nominated, approved, withdrawn; the list that was approved is the list that is printed."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from federation import db
from federation.ballotbox.answers import Answer
from federation.clock import SetClock
from federation.errors import Misused, NotFound, Refused, WrongStage
from federation.facts.requests import Letter
from federation.models import Candidate, Federation, SettledStrokes
from federation.rules.strokes import UnknownCharacter
from federation.services import candidates, elections, polls, requests, rounds, selection, status, steps, strokes
from federation.services.candidates import Nominee
from tests.databases import BOTH
from tests.polling import Polling
from tests.services.stage import ONE, THREE, Stage
from tests.staging import copied

STROKES = ONE.replace('order = "as_listed"\n', "")


@pytest.fixture(params=BOTH)
def hall(request: pytest.FixtureRequest, clock: SetClock, tmp_path: Path) -> Iterator[Stage]:
    """In session, elections planned, nobody nominated yet; the sheet in the order of strokes."""
    with copied(request, "unlisted", lambda engine: Polling(engine, clock).sitting(tmp_path, STROKES)) as engine:
        yield Stage(engine, clock, tmp_path)


def approved(stage: Stage, note: str = "请示") -> None:
    """The lists as they stand, approved by the party committee."""
    with db.transaction(stage.engine) as session:
        root = stage.root(session)
        requests.file(session, root, "candidates:congress", "示例党工委", note, stage.act())
        requests.reply(session, root, "candidates:congress", "示例〔2020〕2号", True, stage.act())


def printed(stage: Stage, number: int = 9) -> None:
    stage.at("members", polls.print_papers, number, stage.act())


def withdraw(stage: Stage, name: str, note: str = "", contest: str = "members"):
    return stage.at_round(contest, candidates.withdraw, name, note, stage.act())


def test_a_list_is_printed_as_it_was_approved_and_not_otherwise(hall: Stage) -> None:
    """Without approval, and with a list changed after it: 批复的是哪份名单，选的就是哪份."""
    hall.nominate("members", "田富", "马秋澜", "邓云舒")
    with hall.refused(Refused, "请示"):
        printed(hall)
    approved(hall)
    hall.nominate("members", "丁一禾")
    with hall.refused(Refused, "候选人名单在批复之后又有变动"):
        printed(hall)
    approved(hall, "再次请示")
    printed(hall)
    assert hall.state("members") == "prepared"


def test_a_sheet_lists_its_names_by_the_strokes_of_their_surnames(hall: Stage) -> None:
    """马 3, 邓 4, 田 5: in whatever order they were nominated."""
    hall.nominate("members", "田富", "邓云舒", "马秋澜")
    approved(hall)
    printed(hall)
    assert hall.listed("members") == ["马秋澜", "邓云舒", "田富"]


def test_a_character_without_known_strokes_is_settled_by_an_officer_before_printing(hall: Stage) -> None:
    """Never a silent guess; what is settled is remembered and journalled."""
    hall.nominate("members", "\U00031350秋", "邓云舒", "马秋澜")
    approved(hall)
    with hall.refused(UnknownCharacter, "\U00031350"):
        printed(hall)
    with db.transaction(hall.engine) as session:
        of = hall.root(session).federation_id
        assert strokes.settle(session, session.get_one(Federation, of), "\U00031350", "11111", hall.act())
        assert session.query(SettledStrokes).one().digits == "11111"
    printed(hall)
    assert hall.listed("members") == ["马秋澜", "邓云舒", "\U00031350秋"]


def test_nobody_is_nominated_twice_and_a_repeat_changes_nothing(hall: Stage) -> None:
    """Those already there are passed over."""
    hall.nominate("members", "田富", "马秋澜")
    before = hall.dump()
    assert not hall.nominate("members", "马秋澜", "田富").taken
    assert hall.dump() == before
    for names in ((), ("",), ("邓云舒", "邓云舒")):
        with hall.refused(Misused):
            hall.nominate("members", *names)
    hall.nominate("members", "马秋澜", "邓云舒")
    assert json.loads(hall.lines()[-1][1])["names"] == ["邓云舒"]


def test_who_scrutinises_is_not_nominated_and_who_stands_does_not_scrutinise(hall: Stage) -> None:
    """Nobody judges the papers she stands on (向晚晴 is the chief scrutineer)."""
    with hall.refused(Refused, "向晚晴"):
        hall.nominate("members", "田富", "向晚晴")
    hall.nominate("members", "田富")
    with hall.refused(Refused, "田富"):
        hall.do(elections.set_scrutineers, {"chief_scrutineer": ["向晚晴"], "teller": ["田富"]})


def test_too_many_or_too_few_are_told_with_the_arithmetic_and_not_blocked(hall: Stage) -> None:
    """Two seats and one more: three names are what the method says."""

    def warned() -> tuple[object, ...]:
        return hall.at_round("members", candidates.surplus_warnings)

    hall.nominate("members", "田富", "马秋澜")
    assert warned()
    hall.nominate("members", "邓云舒")
    assert not warned()
    hall.nominate("members", "田大利")
    assert warned()


def test_a_withdrawal_before_printing_is_recorded_and_may_be_taken_back(hall: Stage) -> None:
    """The place is free, and she may be nominated again, at the end."""
    hall.nominate("members", *THREE)
    assert withdraw(hall, "马秋澜").taken
    before = hall.dump()
    assert not withdraw(hall, "马秋澜").taken
    assert hall.dump() == before
    assert hall.listed("members") == ["邓云舒", "田富"]
    with hall.refused(NotFound, "王芳"):
        withdraw(hall, "王芳")
    hall.nominate("members", "马秋澜")
    assert hall.listed("members") == ["邓云舒", "田富", "马秋澜"]


def test_a_withdrawal_after_printing_is_the_presidiums_and_recalls_papers_and_passes(phones: Stage) -> None:
    """A name on a paper whose bearer no longer stands would collect votes for nobody."""
    codes = phones.passes(12)
    with phones.refused(Refused, "选票已经印制"):
        withdraw(phones, "田富")
    assert withdraw(phones, "田富", "主席团决定").taken
    assert phones.state("members") == "nominating"
    assert {row[2] for row in phones.rows("voting_passes")} == {"void"}
    before = phones.dump()
    assert not withdraw(phones, "田富", "主席团决定").taken
    assert phones.dump() == before
    with phones.refused(WrongStage):
        phones.open(24)
    with phones.refused(Refused, "候选人名单在批复之后又有变动"):
        printed(phones)
    approved(phones, "名单有变")
    printed(phones, 24)
    fresh = phones.passes(12)
    phones.open(12, 12).cast(fresh[0], members="++")
    assert phones.answer(codes[0], members="++") == Answer.VOID


def test_papers_recalled_by_a_step_take_their_passes_with_them_at_the_next_printing(ready: Stage) -> None:
    """退回提名: whatever was made for the earlier list is void, however it was recalled."""
    ready.passes(3)
    with db.transaction(ready.engine) as session:
        steps.advance(session, ready.poll(session, "members").case, "recall_papers", ready.act(), {})
    printed(ready)
    assert {row[2] for row in ready.rows("voting_passes")} == {"void"}
    ready.open(9)


def test_lists_are_closed_once_papers_are_printed(ready: Stage) -> None:
    """And once the poll is open nobody leaves them either."""
    with ready.refused(WrongStage):
        ready.nominate("members", "田大利")
    ready.open(9)
    with ready.refused(WrongStage):
        withdraw(ready, "田富", "主席团决定")


def test_nobody_is_nominated_into_a_further_round_and_leaving_it_takes_a_decision(ready: Stage) -> None:
    """Its list follows from the votes: a name added here would be a name nobody approved."""
    ready.announced(["++0"] * 4 + ["+0+"] * 4)
    ready.at_round("members", rounds.supplement, (), (), "", ready.act())
    with ready.refused(Refused, "后续一轮的名单"):
        ready.nominate("members.2", "田大利")
    with ready.refused(Refused, "名单已经确定"):
        withdraw(ready, "田富", contest="members.2")
    assert withdraw(ready, "田富", "本人不愿参选，主席团同意", "members.2").taken
    assert ready.listed("members.2") == ["邓云舒"]


def test_a_biography_stays_with_the_candidate_into_the_next_round(hall: Stage) -> None:
    """候选人简介 are written once."""
    hall.at_round("members", candidates.nominate, [Nominee(name, f"{name}，教师") for name in THREE], hall.act())
    approved(hall)
    printed(hall)
    hall.announced(["++0"] * 4 + ["+0+"] * 4)
    hall.at_round("members", rounds.supplement, (), (), "", hall.act())
    with db.reading(hall.engine) as session:
        found = {row.name: row.biography for row in session.query(Candidate) if row.biography}
        assert session.query(Candidate).count() == 5
    assert found == {name: f"{name}，教师" for name in THREE}


def test_the_list_of_candidates_is_in_ballot_order_with_what_the_roll_says_of_each(hall: Stage) -> None:
    """建议名单 until it is fixed. A biography is printed without the name that stands before it."""
    hall.at_round("members", candidates.nominate, [Nominee("田富", "田富，女，医师。"), Nominee("邓云舒")], hall.act())
    hall.nominate("members", "马秋澜")
    said = hall.paper("candidate_list-congress")
    assert not said.formal
    (contest,) = said.contests
    assert (contest.office, contest.seats, contest.kind, contest.order) == ("委员", 2, "差额", "按姓氏笔画为序")
    assert [row.name for row in contest.candidates] == ["马秋澜", "邓云舒", "田富"]
    born, rest = "1980年1月", ("汉族", "群众")
    assert [(row.born, row.nationality, row.party) for row in contest.candidates] == [(born, *rest)] * 3
    assert [row.profile for row in contest.candidates][1:] == ["女，汉族，1980年1月生，群众，人民医院。", "女，医师。"]
    approved(hall)
    printed(hall)
    assert hall.paper("candidate_list-congress").formal


def test_a_biography_is_written_for_somebody_on_the_list_and_again_until_it_is_fixed(hall: Stage) -> None:
    """The journal keeps whose it was, not what it says."""
    hall.nominate("members", "田富", "马秋澜", "邓云舒")
    describe = candidates.describe
    assert hall.at_round("members", describe, [Nominee("田富", "医师。")], hall.act()).taken
    assert not hall.at_round("members", describe, [Nominee("田富", "医师。")], hall.act()).taken
    assert hall.paper("candidate_list-congress").contests[0].candidates[2].profile == "医师。"
    assert "医师" not in str(hall.lines())
    with hall.refused(NotFound, "没有 吴外人"):
        hall.at_round("members", describe, [Nominee("吴外人", "医师。")], hall.act())
    approved(hall)
    printed(hall)
    with hall.refused(WrongStage, "阶段不对"):
        hall.at_round("members", describe, [Nominee("田富", "主任医师。")], hall.act())


def test_candidates_are_made_public_for_some_days_and_objections_have_an_address(hall: Stage) -> None:
    """Nobody can be made public before there is a list, nor until a day that is past."""
    until = date(2020, 11, 8)
    with hall.refused(Refused, "还没有候选人名单"):
        hall.do(candidates.publicise, until, "筹备组")
    hall.nominate("members", "田富", "马秋澜", "邓云舒")
    with hall.refused(Refused, "早于"):
        hall.do(candidates.publicise, date(2020, 11, 1), "筹备组")
    assert "candidate_publicity-congress" not in hall.paper_ids()
    assert hall.do(candidates.publicise, until, "筹备组").taken
    assert not hall.do(candidates.publicise, until, "筹备组").taken
    said = hall.paper("candidate_publicity-congress")
    assert (said.opens_on, said.ends_on, said.days, said.objections_to) == (date(2020, 11, 2), until, 7, "筹备组")
    assert [row.name for row in said.contests[0].candidates] == ["马秋澜", "邓云舒", "田富"]


def test_the_publicity_and_the_request_for_the_lists_are_due_before_the_congress_is_held(hall: Stage) -> None:
    """From when the drafts are settled on; the request as it would read, until it was sent."""
    hall.nominate("members", "田富", "马秋澜", "邓云舒")
    hall.do(candidates.publicise, date(2020, 11, 8), "筹备组")
    with db.transaction(hall.engine) as session:
        hall.root(session).state = "submitted"
        session.flush()
        [case] = status.of_federation(session, selection.federation(session, ""), hall.act().stated)
    assert {"congress_request", "candidate_list", "candidate_publicity"} <= set(case.papers_due)
    assert "委员候选人3名" in hall.paper("congress_request-candidates-congress").paragraphs[0]
    approved(hall)
    assert hall.paper("congress_request-candidates-congress").to == "示例党工委"


LETTER = Letter("示妇筹〔2020〕1号", "关于大会和候选人名单的请示", "拟召开大会，提出候选人3名。", ("名单",))
TO = "示例党工委"


def send(hall: Stage, subject: str, to: str = TO, letter: Letter = LETTER) -> None:
    with db.transaction(hall.engine) as session:
        requests.file(session, hall.root(session), subject, to, "", hall.act(), letter)


def test_one_letter_may_ask_for_several_matters_and_is_one_paper(hall: Stage) -> None:
    """Its 发文字号 is printed once and archived once; each matter has its own reply."""
    hall.nominate("members", "田富", "马秋澜", "邓云舒")
    send(hall, "congress")
    send(hall, "candidates:congress")
    with db.reading(hall.engine) as session:
        assert [row.subject for row in requests.listed(session, hall.root(session))] == [
            "candidates:congress",
            "congress",
        ]
    assert [id for id in hall.paper_ids() if id.startswith("congress_request")] == ["congress_request-congress"]


@pytest.mark.parametrize(
    ("to", "letter"),
    [(TO, replace(LETTER, text="另一件事。")), (TO, replace(LETTER, title="")), ("另一机关", LETTER)],
)
def test_another_letter_does_not_go_out_under_the_same_number(hall: Stage, to: str, letter: Letter) -> None:
    """一文一号: a number that two letters carry finds neither."""
    hall.nominate("members", "田富", "马秋澜", "邓云舒")
    send(hall, "congress")
    with hall.refused(Refused, "示妇筹〔2020〕1号 已用于《关于大会和候选人名单的请示》"):
        send(hall, "candidates:congress", to, letter)
    send(hall, "candidates:congress", to, replace(letter, number="示妇筹〔2020〕2号"))
