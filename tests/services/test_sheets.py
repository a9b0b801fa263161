"""One sheet for several offices (一张选票、一次投票、分别计票), and offices that wait for each other."""

import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import Engine

from federation import db
from federation.ballotbox.record import verify, write
from federation.clock import SetClock
from federation.commands import federation
from federation.errors import Refused
from federation.facts.counting import Paper
from federation.services import candidates, channels, counts, polls, records
from federation.services.candidates import Nominee
from federation.services.results import results
from tests.counts import paper
from tests.databases import BOTH
from tests.polling import Polling
from tests.services.stage import Stage
from tests.staging import copied

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


class Sheets(Stage):
    """Fifteen delegates: ten vote with passes and five on paper, of whom one keeps her paper."""

    DELEGATES = 15


def sheets(engine: Engine, clock: SetClock, folder: Path, smallest: int = 3, method: str = METHOD) -> Sheets:
    """Three members elected by all; the officers' sheet is next."""
    polling = Polling(engine, clock)
    polling.DELEGATES = Sheets.DELEGATES
    polling.sitting(folder, method.format(smallest=smallest))
    hall = Sheets(engine, clock, folder)
    hall.nominated(members=THREE, chair=["马秋澜"], vice_chairs=["邓云舒", "田富"])
    hall.opened("members", 15).boxed({"members": [paper("○○○")] * 15})
    return hall


@pytest.fixture(params=BOTH)
def hall(request: pytest.FixtureRequest, clock: SetClock, tmp_path: Path) -> Iterator[Sheets]:
    with copied(request, "sheets", lambda engine: sheets(engine, clock, tmp_path)) as engine:
        yield Sheets(engine, clock, tmp_path)


def announced(hall: Sheets) -> Sheets:
    hall.at("members", counts.announce, hall.act())
    return hall


def cast_and_entered(hall: Sheets) -> Sheets:
    """The officers' sheet, cast with ten passes and on four papers."""
    hall.at("chair", polls.print_papers, 15, hall.act())
    codes = hall.passes(10, "chair")
    hall.open(5, 10, "chair")
    marks = [("○", "○×"), ("○", "○○"), ("×", "○×"), ("○", "×○"), ("○", "○空")]
    for code, (chair, vice) in zip(codes, marks * 2, strict=True):
        hall.cast(code, "chair", chair=paper(chair).marks, vice_chairs=paper(vice).marks)
    boxes: dict[str, list[Paper]] = {
        "chair": [paper("○", stray=True), paper("○"), paper("○"), paper("○")],
        "vice_chairs": [paper("○×"), paper("○○"), paper("○×"), paper("空空")],
    }
    hall.boxed(boxes)
    return hall


def test_contests_on_one_sheet_are_judged_and_counted_separately_with_one_pass(hall: Sheets) -> None:
    """A paper void for one office is good for the other; 发出 and 收回 are the sheet's, 有效 each contest's."""
    cast_and_entered(announced(hall))
    chair, vice = hall.result("chair"), hall.result("vice_chairs")
    for result in (chair, vice):
        figures = [result["ledger"][key] for key in ("due", "present", "issued", "returned")]
        assert figures == [15, 15, 15, 14]
    assert (chair["ledger"]["valid"], chair["ledger"]["invalid_because"]) == (13, {"stray": 1})
    assert (vice["ledger"]["valid"], vice["ledger"]["invalid_because"]) == (11, {"too_many": 3})
    assert (chair["results"][0]["approve"], [row["approve"] for row in vice["results"]]) == (11, [8, 2])
    assert (chair["elected"], vice["elected"]) == (["马秋澜"], ["邓云舒"])


@pytest.mark.parametrize(("smallest", "told"), [(4, True), (5, False)])
def test_the_ledger_is_told_by_channel_where_a_channel_is_large_enough(
    engine: Engine, clock: SetClock, tmp_path: Path, smallest: int, told: bool
) -> None:
    """Ten passes and four papers. With one channel untold the other is too: the sum would give it away."""
    hall = sheets(engine, clock, tmp_path, smallest)
    cast_and_entered(announced(hall))
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
        [{"valid": 3, "invalid": 1}, {"valid": 10, "invalid": 0}] if told else [{"valid": None, "invalid": None}] * 2
    )
    assert found["chair"] == {
        "paper": {**none, "issued": 5, "returned": 4, **judged[0]},
        "phone": {**none, "issued": 10, "returned": 10, **judged[1]},
        "together": {"due": 15, "present": 15, "issued": 15, "returned": 14, "valid": 13, "invalid": 1},
    }
    assert found["vice_chairs"]["phone"]["invalid"] == (2 if told else None)


def test_explain_shows_the_whole_ledger_and_everyones_votes(hall: Sheets) -> None:
    """Two contests, two ledgers, two tables of votes; the JSON has what it had and the channels."""
    cast_and_entered(announced(hall))
    url = hall.engine.url.render_as_string(hide_password=False)
    said = CliRunner().invoke(federation, ["--db", url, "election", "explain", "--contest", "chair"], obj=hall.clock)
    assert said.exit_code == 0, said.output
    lines = said.stdout.splitlines()
    at = lines.index("账目  应到  实到  发出  收回  有效  无效")
    assert [line.split() for line in lines[at + 1 : at + 4]] == [
        ["纸质", "—", "—", "5", "4", "3", "1"],
        ["凭证", "—", "—", "10", "10", "10", "0"],
        ["合计", "15", "15", "15", "14", "13", "1"],
    ]
    assert lines.count("账目  应到  实到  发出  收回  有效  无效") == 2
    assert [line.split() for line in lines if line.startswith(("邓云舒  ", "田富  ", "马秋澜  "))] == [
        ["马秋澜", "11", "2", "0", "当选"],
        ["邓云舒", "8", "2", "1", "当选"],
        ["田富", "2", "6", "3", "未当选"],
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


def test_who_did_not_win_what_is_required_stands_for_nothing_higher(hall: Sheets) -> None:
    """`requires`: 主席 is one of the members elected."""
    announced(hall).at_round("chair", candidates.nominate, [Nominee("丁一禾")], hall.act())
    with pytest.raises(Refused) as refused:
        hall.opened("chair")
    assert [finding.problem for finding in refused.value.findings if "丁一禾" in finding.problem] == [
        "丁一禾没有当选「委员」，不能作为候选人"
    ]


def test_a_record_lists_its_polls_by_their_names(hall: Sheets) -> None:
    """Not in the order of the meeting, which nothing in a record tells: a record has one spelling."""
    cast_and_entered(announced(hall))
    hall.at("chair", counts.announce, hall.act())
    out = io.BytesIO()
    with db.reading(hall.engine) as session:
        write(out, records.members(session, hall.root(session), "public", {}, {}))
    (hall.folder / "record.zip").write_bytes(out.getvalue())
    assert verify(hall.folder / "record.zip").word == "consistent"
    with zipfile.ZipFile(out) as archive:
        assert json.loads(archive.read("record.json"))["polls"] == ["congress.chair", "congress.members"]
