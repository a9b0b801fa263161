"""One sheet for several offices (一张选票、一次投票、分别计票), and offices that wait for each other."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import Engine

from federation import db
from federation.clock import SetClock
from federation.commands import federation
from federation.errors import Refused
from federation.facts.counting import Paper
from federation.services import ballots, candidates, channels, counts, passes, polls
from federation.services.candidates import Nominee
from federation.services.results import results
from tests.counts import paper
from tests.polling import Polling

METHOD = """
title = "示例大会选举办法"
elected = "> 1/2 of due"

[ballot]
channels = ["paper", "phone"]
order = "as_listed"

[record]
smallest = {smallest}

[[contest]]
id = "members"
office = "委员"
seats = 3

[[contest]]
id = "chair"
office = "主席"
seats = 1
sheet = "chair"
after = ["members"]
requires = "members"

[[contest]]
id = "vice_chairs"
office = "副主席"
seats = 1
sheet = "chair"
after = ["members"]
requires = "members"
"""
THREE = ("马秋澜", "邓云舒", "田富")


@pytest.fixture
def hall(engine: Engine, clock: SetClock, tmp_path: Path) -> Polling:
    """Three members elected by all nine; the officers' sheet is next."""
    hall = Polling(engine, clock).sitting(tmp_path, METHOD.format(smallest=3))
    hall.nominated(members=THREE, chair=["马秋澜"], vice_chairs=["邓云舒", "田富"])
    hall.opened("members").boxed({"members": [paper("○○○")] * 9})
    return hall


def announced(hall: Polling) -> Polling:
    hall.at("members", counts.announce, hall.act())
    return hall


def cast_and_entered(hall: Polling, tmp_path: Path, phone: int = 5) -> Polling:
    """The officers' sheet, opened for so many passes and papers for the rest."""
    hall.at("chair", polls.print_papers, 9, hall.act())
    hall.at("chair", passes.make, phone, tmp_path / "passes.csv", hall.act())
    hall.at("chair", polls.open_poll, 9 - phone, phone, hall.act())
    codes = (tmp_path / "passes.csv").read_text(encoding="utf-8-sig").split()[1:]
    marks = [("○", "○×"), ("○", "○○"), ("×", "○×"), ("○", "×○"), ("○", "○空")]
    for code, (chair, vice) in zip(codes, marks, strict=False):
        hall.at("chair", ballots.cast, code, {"chair": paper(chair), "vice_chairs": paper(vice)})
    boxes: dict[str, list[Paper]] = {
        "chair": [paper("○", stray=True), paper("○"), paper("○"), paper("○"), *[paper("○")] * 4][: 9 - phone],
        "vice_chairs": [paper("○×"), paper("○○"), paper("○×"), paper("空空"), *[paper("○×")] * 4][: 9 - phone],
    }
    return hall.boxed(boxes)


def test_contests_on_one_sheet_are_judged_and_counted_separately_with_one_pass(hall: Polling, tmp_path: Path) -> None:
    """A paper void for one office is good for the other; 发出 and 收回 are the sheet's, 有效 each contest's."""
    cast_and_entered(announced(hall), tmp_path)
    chair, vice = hall.result("chair"), hall.result("vice_chairs")
    for result in (chair, vice):
        assert {key: result["ledger"][key] for key in ("due", "present", "issued", "returned")} == dict.fromkeys(
            ("due", "present", "issued", "returned"), 9
        )
    assert (chair["ledger"]["valid"], chair["ledger"]["invalid_because"]) == (8, {"stray": 1})
    assert (vice["ledger"]["valid"], vice["ledger"]["invalid_because"]) == (7, {"too_many": 2})
    assert (chair["results"][0]["approve"], [row["approve"] for row in vice["results"]]) == (7, [5, 1])
    assert (chair["elected"], vice["elected"]) == (["马秋澜"], ["邓云舒"])


@pytest.mark.parametrize(("smallest", "told"), [(4, True), (5, False)])
def test_the_ledger_is_told_by_channel_where_a_channel_is_large_enough(
    engine: Engine, clock: SetClock, tmp_path: Path, smallest: int, told: bool
) -> None:
    """Five passes and four papers. With one channel untold the other is too: the sum would give it away."""
    hall = Polling(engine, clock).sitting(tmp_path, METHOD.format(smallest=smallest))
    hall.nominated(members=THREE, chair=["马秋澜"], vice_chairs=["邓云舒", "田富"])
    hall.opened("members").boxed({"members": [paper("○○○")] * 9})
    cast_and_entered(announced(hall), tmp_path)
    with db.reading(engine) as session:
        poll = hall.poll(session, "chair")
        found = {
            round.short_id: channels.as_json(channels.by_channel(session, poll, round, result))
            for round, result in results(poll)
        }
        members = hall.poll(session, "members")
        [(round, result)] = results(members)
        assert list(channels.by_channel(session, members, round, result)) == ["together"]
    none = {"due": None, "present": None}
    judged = (
        [{"valid": 3, "invalid": 1}, {"valid": 5, "invalid": 0}] if told else [{"valid": None, "invalid": None}] * 2
    )
    assert found["chair"] == {
        "paper": {**none, "issued": 4, "returned": 4, **judged[0]},
        "phone": {**none, "issued": 5, "returned": 5, **judged[1]},
        "together": {"due": 9, "present": 9, "issued": 9, "returned": 9, "valid": 8, "invalid": 1},
    }
    assert found["vice_chairs"]["phone"]["invalid"] == (1 if told else None)


def test_explain_shows_the_whole_ledger_and_everyones_votes(hall: Polling, tmp_path: Path) -> None:
    """Two contests, two ledgers, two tables of votes; the JSON has what it had and the channels."""
    cast_and_entered(announced(hall), tmp_path)
    url = hall.engine.url.render_as_string(hide_password=False)
    said = CliRunner().invoke(federation, ["--db", url, "election", "explain", "--contest", "chair"], obj=hall.clock)
    assert said.exit_code == 0, said.output
    lines = said.stdout.splitlines()
    at = lines.index("账目  应到  实到  发出  收回  有效  无效")
    assert [line.split() for line in lines[at + 1 : at + 4]] == [
        ["纸质", "—", "—", "4", "4", "3", "1"],
        ["凭证", "—", "—", "5", "5", "5", "0"],
        ["合计", "9", "9", "9", "9", "8", "1"],
    ]
    assert lines.count("账目  应到  实到  发出  收回  有效  无效") == 2
    assert [line.split() for line in lines if line.startswith(("邓云舒  ", "田富  ", "马秋澜  "))] == [
        ["马秋澜", "7", "1", "0", "当选"],
        ["邓云舒", "5", "1", "1", "当选"],
        ["田富", "1", "4", "2", "未当选"],
    ]


def test_a_sheet_waits_for_what_it_comes_after(engine: Engine, clock: SetClock, tmp_path: Path) -> None:
    """`after`: counted is not announced."""
    hall = Polling(engine, clock).sitting(tmp_path, METHOD.format(smallest=3).replace('requires = "members"\n', ""))
    hall.nominated(members=THREE, chair=["马秋澜"], vice_chairs=["邓云舒"])
    hall.opened("members").boxed({"members": [paper("○○○")] * 9})
    hall.at("chair", polls.print_papers, 9, hall.act())
    with pytest.raises(Refused) as refused:
        hall.at("chair", polls.open_poll, 9, 0, hall.act())
    assert [finding.problem for finding in refused.value.findings] == ["委员的选举结果还没有宣布"]
    announced(hall).at("chair", polls.open_poll, 9, 0, hall.act())
    assert hall.state("chair") == "open"


def test_who_did_not_win_what_is_required_stands_for_nothing_higher(hall: Polling) -> None:
    """`requires`: 主席 is one of the members elected."""
    announced(hall).at_round("chair", candidates.nominate, [Nominee("丁一禾")], hall.act())
    with pytest.raises(Refused) as refused:
        hall.opened("chair")
    assert [finding.problem for finding in refused.value.findings if "丁一禾" in finding.problem] == [
        "丁一禾没有当选「委员」，不能作为候选人"
    ]
