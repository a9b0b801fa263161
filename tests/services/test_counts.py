"""Counting, explaining, announcing: one implementation decides, wherever the papers are counted."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import Engine

from federation import db
from federation.boxes import write_ballots
from federation.clock import SetClock
from federation.commands import federation
from federation.errors import Refused, WrongStage
from federation.facts.counting import Paper, WriteIn
from federation.models import Elected
from federation.services import counts, elections, polls, rounds
from federation.services.results import result_of
from tests.polling import Polling
from tests.services.stage import ONE, TWO, Stage

MIXED = [Paper("++-"), Paper("+-0"), Paper("0++"), Paper("++0"), Paper("+++"), Paper("+-+", stray=True), Paper("++?")]


def result(stage: Stage, contest: str):
    with db.reading(stage.engine) as session:
        poll = stage.poll(session, contest)
        return result_of(poll, next(row for row in poll.rounds if row.short_id == contest))


def counted_elsewhere(stage: Stage, method: str, contest: str, papers: list[Paper], ledger: str) -> str:
    """What `federation count` prints for the same papers, from files alone."""
    folder = stage.folder
    (folder / "method.toml").write_text(method, encoding="utf-8")
    with db.reading(stage.engine) as session:
        marks = stage.poll(session, contest).method.ballot.marks
    write_ballots(folder / "ballots.csv", marks, stage.listed(contest), papers)
    arguments = ["count", folder / "method.toml", "--contest", contest, "--ballots", folder / "ballots.csv"]
    ran = CliRunner().invoke(federation, [*map(str, arguments), "--ledger", ledger, "--json"], obj=stage.clock)
    assert ran.exit_code == 0, ran.stderr
    return ran.stdout


def as_printed(stage: Stage, contest: str) -> str:
    return json.dumps(stage.result(contest), ensure_ascii=False, indent=1) + "\n"


def test_the_count_of_a_poll_is_the_count_of_its_papers_anywhere_byte_for_byte(phones: Stage) -> None:
    """Two ballots by phone and seven papers: `federation count` on all nine says the same."""
    codes = phones.passes(12)
    phones.open(12, 12).cast(codes[0], members="++0")
    phones.cast(codes[1], members="0+-")
    phones.boxed({"members": MIXED})
    everything = [*MIXED, Paper("++0"), Paper("0+-")]
    ledger = "due=24,present=24,issued=24,returned=9"
    assert as_printed(phones, "members") == counted_elsewhere(phones, ONE, "members", everything, ledger)
    assert phones.result("members")["ledger"]["invalid"] == 2


def test_two_contests_on_one_sheet_are_judged_separately(officers_by_phone: Stage) -> None:
    """A paper void for the chair is good for the vice chairs: one ledger, two judgements."""
    officers = officers_by_phone
    codes = officers.passes(12, "chair")
    officers.open(12, 12, "chair")
    officers.cast(codes[0], "chair", chair="++", vice_chairs="++0")
    officers.cast(codes[1], "chair", chair="+0", vice_chairs="+++")
    for code in codes[2:]:
        officers.cast(code, "chair", chair="+0", vice_chairs="+0+")
    chair, vice = [Paper("+-")] * 5 + [Paper("++")] * 2, [Paper("+0+")] * 6 + [Paper("???")]
    officers.boxed({"chair": chair, "vice_chairs": vice})
    ledgers = {contest: officers.result(contest)["ledger"] for contest in ("chair", "vice_chairs")}
    assert [ledgers["chair"][name] for name in ("returned", "valid", "invalid")] == [19, 16, 3]
    assert [ledgers["vice_chairs"][name] for name in ("returned", "valid", "invalid")] == [19, 18, 1]
    ledger = "due=24,present=24,issued=24"
    everything = [*vice, Paper("++0"), Paper("+++"), *[Paper("+0+")] * 10]
    assert as_printed(officers, "vice_chairs") == counted_elsewhere(officers, TWO, "vice_chairs", everything, ledger)
    officers.at("chair", counts.announce, officers.act())
    assert officers.state("chair") == "announced"


def test_write_ins_are_counted_by_name_over_both_channels(officers: Stage) -> None:
    """另选他人: approvals of one name add up, and reach the bar like anybody's."""
    officers.open(9, contest="chair")
    written = [Paper("00", (WriteIn("向晚晴", signed=True),))] * 6
    officers.boxed({"chair": [*written, *[Paper("+0")] * 3], "vice_chairs": [Paper("++0")] * 9})
    assert officers.result("chair")["elected"] == ["向晚晴"]


def test_nothing_is_counted_before_every_paper_is_entered_for_every_contest(officers: Stage) -> None:
    """箱内清点 and 录入 agree, contest by contest."""
    officers.open(9, contest="chair").declared(9, "chair").enter("chair", [Paper("+0")] * 9)
    with officers.refused(Refused, "已录入 0 张"):
        officers.at("chair", counts.count, officers.act())
    officers.enter("vice_chairs", [Paper("++0")] * 9)
    assert officers.at("chair", counts.count, officers.act()).taken


def test_a_count_is_frozen_and_counting_again_changes_nothing(ready: Stage) -> None:
    """The result stands as it was counted; the same step again is no act."""
    ready.open(7).boxed({"members": MIXED})
    first, before = result(ready, "members"), ready.dump()
    assert not ready.at("members", counts.count, ready.act()).taken
    assert ready.dump() == before
    assert result(ready, "members").as_json() == first.as_json()


def test_who_is_elected_is_elected_from_the_announcement_on(ready: Stage) -> None:
    """Not from the count; and once, however often it is announced."""
    ready.open(9).boxed({"members": [Paper("++-")] * 9})
    assert ready.rows("elected") == []
    ready.at("members", counts.announce, ready.act())
    with db.reading(ready.engine) as session:
        assert [row.name for row in session.query(Elected).order_by(Elected.position)] == ["马秋澜", "邓云舒"]
    before = ready.dump()
    assert not ready.at("members", counts.announce, ready.act()).taken
    assert ready.dump() == before


def test_a_result_is_not_explained_before_it_is_counted(ready: Stage) -> None:
    """Wrong stage, with the command."""
    with pytest.raises(WrongStage, match="还没有计票"):
        result(ready, "members")


def test_a_contest_opens_after_the_one_it_waits_for(ordered: Stage) -> None:
    """`after`: the vice chairs are voted on when the chair is announced, and not when she is only counted."""
    with ordered.refused(Refused, "主席"):
        ordered.open(9, contest="vice_chairs")
    ordered.open(9, contest="chair").boxed({"chair": [Paper("+")] * 9})
    with ordered.refused(Refused, "主席"):
        ordered.open(9, contest="vice_chairs")
    ordered.at("chair", counts.announce, ordered.act())
    ordered.open(9, contest="vice_chairs")


def test_a_contest_waits_also_for_the_further_round_of_the_one_before_it(ordered: Stage) -> None:
    """The chair got too few: until it is settled who she is, nobody votes for her deputies."""
    ordered.announced(["+"] * 4 + ["-"] * 5, "chair")
    with ordered.refused(Refused, "主席"):
        ordered.open(9, contest="vice_chairs")
    ordered.at_round("chair", rounds.decide, ["丁一禾"], "主席团决定", ordered.act())
    ordered.open(9, contest="vice_chairs")


def test_who_must_hold_an_office_first_is_not_printed_before_she_was_elected(
    engine: Engine, clock: SetClock, tmp_path: Path
) -> None:
    """`requires`: a chair is one of the members."""
    method = ONE + '\n[[contest]]\nid = "chair"\noffice = "主席"\nseats = 1\nrequires = "members"\n'
    stage = Stage(engine, clock, tmp_path)
    Polling(engine, clock).sitting(tmp_path, method).nominated(members=("马秋澜", "邓云舒"), chair=("马秋澜",))
    with stage.refused(Refused, "马秋澜没有当选"):
        stage.at("chair", polls.print_papers, 9, stage.act())
    stage.at("members", polls.print_papers, 9, stage.act())
    stage.announced(["++"] * 9)
    stage.at("chair", polls.print_papers, 9, stage.act())
    assert [row["state"] for row in stage.see(elections.overview)] == ["已宣布结果", "正式名单已确定"]
