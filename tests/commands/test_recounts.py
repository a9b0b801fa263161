"""`election export`: what leaves the database is counted elsewhere to the same bytes."""

import shlex
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import Engine

from federation import db
from federation.clock import SetClock
from federation.commands import federation
from federation.facts.counting import NameVotes, Paper, Votes
from federation.services import counts, polls, rounds, selection, tally_sheets
from federation.services import strokes as stroke_service
from tests.counts import paper
from tests.halls import AS
from tests.polling import SCRUTINEERS, Polling
from tests.shell import Run, answer, runner

METHOD = """
title = "示例大会选举办法"
elected = "> 1/2 of due"

[ballot]
unclear = "that_part"

[write_in]
allowed = "free"
pool = "delegates"

[tie]
ladder = ["runoff"]

[shortage]
then = "supplementary"
rounds = 2

[[contest]]
id = "members"
office = "执行委员会委员"
seats = 3
surplus = { count = 1 }

[[provision]]
key = "elected"
clause = "第一条"
"""
PRIMARY = METHOD.replace("count = 1 }", 'count = 1 }\nprimary = { surplus = { count = 2 }, elected = "plurality" }')
FOUR = ("马秋澜", "邓云舒", "田富", "田大利")


@pytest.fixture
def hall(engine: Engine, clock: SetClock) -> Polling:
    return Polling(engine, clock)


@pytest.fixture
def run(database_url: str, clock: SetClock) -> Run:
    return runner(database_url, clock)


def box(*papers: tuple[int, Paper]) -> list[Paper]:
    """So many of each."""
    return [one for number, one in papers for _ in range(number)]


def counted_again(run: Run, folder: Path, contest: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Export a round, run the one line of its note in its folder, and compare bytes with what the database says."""
    told = answer(run("election", "export", "--contest", contest, "--dir", folder, "--json", *AS, code=0))
    stored = run("election", "result", "--contest", contest, "--json", code=0).stdout
    monkeypatch.chdir(folder)
    program, *args = shlex.split(told["command"])
    assert program == "federation"
    again = CliRunner().invoke(federation, args)
    assert again.exit_code == 0, again.output
    assert again.stdout.encode() == stored.encode() == (folder / "result.json").read_bytes()
    assert told["command"] in (folder / "复核说明.txt").read_text(encoding="utf-8-sig").splitlines()
    [explained] = answer(run("election", "explain", "--contest", contest, "--json", code=0))
    result = answer(again)
    assert {key: explained[key] for key in result} == result
    return result


def test_a_first_ballot_is_counted_elsewhere_with_all_that_voters_do(
    hall: Polling, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    Written names, unclear signs, a stray mark, an unreadable paper and one with too many: all of it leaves and counts.

    Three of the written and the listed names fill the three seats.
    """
    hall.sitting(tmp_path, METHOD).nominated(members=FOUR).opened("members")
    first = box(
        (5, paper("○○×空", "○向晚晴")),
        (1, paper("○?空○")),
        (1, paper("○○○○")),
        (1, paper("○○○空", stray=True)),
        (1, paper("空空空空", illegible=True)),
    )
    hall.boxed({"members": first}).at("members", counts.announce, hall.act())
    result = counted_again(run, tmp_path / "one", "members", monkeypatch)
    assert result["ledger"]["invalid_because"] == {"stray": 1, "illegible": 1, "too_many": 1}
    assert (result["elected"], result["next"], result["seats_left"]) == (
        ["马秋澜", "邓云舒", "向晚晴"],
        "announce",
        0,
    )


def test_a_runoff_is_counted_elsewhere(
    hall: Polling, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its own bar, its own seats, only the tied."""
    hall.sitting(tmp_path, METHOD).nominated(members=FOUR).opened("members")
    tied = box((3, paper("○○○空")), (3, paper("○○空○")), (2, paper("○空○○")), (1, paper("○空空空", "○丁一禾")))
    hall.boxed({"members": tied}).at("members", counts.announce, hall.act())
    first = counted_again(run, tmp_path / "one", "members", monkeypatch)
    assert (first["tied"], first["next"], first["seats_left"]) == (["田富", "田大利"], "tie_runoff", 1)
    hall.at_round("members", rounds.runoff, hall.act())
    hall.opened("members.2").boxed({"members.2": box((5, paper("○×")), (3, paper("×○")), (1, paper("??")))})
    hall.at("members.2", counts.announce, hall.act())
    second = counted_again(run, tmp_path / "two", "members.2", monkeypatch)
    assert (second["round"], second["seats"], second["elected"]) == ("runoff", 1, ["田富"])
    assert second["threshold"] == {"rule": "plurality", "base": None, "needed": 0}


def test_a_supplementary_ballot_is_counted_elsewhere(
    hall: Polling, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`supplementary:1`, for the seats left."""
    hall.sitting(tmp_path, METHOD).nominated(members=FOUR).opened("members")
    hall.boxed({"members": box((9, paper("○○空空")))}).at("members", counts.announce, hall.act())
    hall.at_round("members", rounds.supplement, (), (), "", hall.act())
    hall.opened("members.2").boxed(
        {"members.2": box((6, paper("○空")), (2, paper("空○")), (1, paper("空空", "丁一禾")))}
    )
    hall.at("members.2", counts.announce, hall.act())
    result = counted_again(run, tmp_path / "two", "members.2", monkeypatch)
    assert (result["round"], result["seats"], len(result["elected"])) == ("supplementary:1", 1, 1)


def test_a_primary_and_its_formal_ballot_are_counted_elsewhere(
    hall: Polling, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Four of five go on to the formal list; then three of four are elected."""
    hall.sitting(tmp_path, PRIMARY).nominated(members=(*FOUR, "丁一禾")).opened("members")
    marks = box((5, paper("○○○○空")), (3, paper("空○○○○")), (1, paper("○○○空空", "○王芳（第三）")))
    hall.boxed({"members": marks}).at("members", counts.announce, hall.act())
    first = counted_again(run, tmp_path / "one", "members", monkeypatch)
    assert (first["round"], first["seats"], first["next"]) == ("primary", 4, "formal_ballot")
    hall.at_round("members", rounds.stage, hall.act())
    hall.opened("members.2").boxed({"members.2": box((9, paper("○○○空")))})
    hall.at("members.2", counts.announce, hall.act())
    second = counted_again(run, tmp_path / "two", "members.2", monkeypatch)
    assert (second["round"], len(second["elected"])) == ("first", 3)


def test_settled_strokes_travel_with_the_papers(
    hall: Polling, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A character that the table lacks is ordered elsewhere as it was here, and unknown without the file."""
    with db.transaction(hall.engine) as session:
        stroke_service.settle(session, selection.federation(session, ""), "\U00030edd", "122", hall.act())
    free = METHOD.replace('pool = "delegates"', 'pool = "anyone"')
    hall.sitting(tmp_path, free).nominated(members=FOUR).opened("members")
    written = box((4, paper("○○空空", "○\U00030edd一")), (4, paper("○○空空", "○丁二")), (1, paper("○○空空")))
    hall.boxed({"members": written}).at("members", counts.announce, hall.act())
    result = counted_again(run, tmp_path / "one", "members", monkeypatch)
    assert [row["name"] for row in result["results"] if row["write_in"]] == ["丁二", "\U00030edd一"]
    method = ("method.toml", "--ballots", "ballots.csv", "--ledger", "due=9,present=9,issued=9")
    blind = answer(run("count", *method, "--json", code=0))["findings"]
    assert [found["problem"] for found in blind if "笔画不明" in found["problem"]] == [
        "另选的\U00030edd一含笔画不明的字“\U00030edd”，排在同票者之后"
    ]


def test_nothing_leaves_before_the_announcement_and_each_export_has_its_line(
    hall: Polling, run: Run, tmp_path: Path
) -> None:
    """Exit 4 before; a folder that exists is not touched; the hashes of the files stand in the journal."""
    hall.sitting(tmp_path, METHOD).nominated(members=FOUR).opened("members")
    export = ("election", "export", "--contest", "members", "--dir", tmp_path / "out", *AS)
    hall.boxed({"members": box((9, paper("○○○空")))})
    assert run(*export, code=4).stderr.startswith("执行委员会委员选举现处「已计票」")
    assert not (tmp_path / "out").exists()
    hall.at("members", counts.announce, hall.act())
    assert "不得公布" in run(*export, code=0).stdout
    run(*export, code=2)
    assert (tmp_path / "out").stat().st_mode & 0o077 == 0
    [facts] = [facts for act, facts in hall.lines() if act == "export.members"]
    assert "ballots.csv" in facts
    run("election", "export", "--contest", "members", "--dir", tmp_path / "out2", code=2)  # nobody named


@pytest.mark.parametrize(("papers", "code"), [(2, 5), (3, 0)])
def test_too_few_papers_to_publish_are_not_exported(
    hall: Polling, run: Run, tmp_path: Path, papers: int, code: int
) -> None:
    """
    A process without the guard may count and announce them; the papers stay here all the same.

    `[record] smallest` is 3.
    """
    hall.sitting(tmp_path, METHOD).nominated(members=FOUR).opened("members")
    hall.boxed({"members": box((3, paper("○○○空")))})
    with db.transaction(hall.engine) as session:
        poll = hall.poll(session, "members")
        poll.case.state = "announced"
        poll.rounds[0].result = poll.rounds[0].result.replace('"returned": 3', f'"returned": {papers}')
    run("election", "export", "--contest", "members", "--dir", tmp_path / "out", *AS, code=code)
    assert (tmp_path / "out").exists() is (code == 0)


def test_a_show_of_hands_is_counted_elsewhere_from_its_totals(
    hall: Polling, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There are no papers: the figures as they were recorded."""
    hall.sitting(tmp_path, f'form = "hands"\n{METHOD}').nominated(members=FOUR).opened("members", 0)
    hall.at("members", polls.close_poll, hall.act())
    hall.raised("members", *((name, 6 - at, at, 0) for at, name in enumerate(FOUR)), written={"丁一禾": 5})
    hall.at("members", counts.count, hall.act())
    hall.at("members", counts.announce, hall.act())
    result = counted_again(run, tmp_path / "one", "members", monkeypatch)
    assert (result["elected"], result["tied"]) == (["马秋澜", "邓云舒", "丁一禾"], [])
    assert not (tmp_path / "one" / "ballots.csv").exists()


def test_a_tally_sheet_of_papers_is_counted_elsewhere_from_its_totals(
    hall: Polling, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A meeting that keeps no file of its papers has their sums, with 有效 and 无效 beside them."""
    hall.sitting(tmp_path, METHOD).nominated(members=FOUR).opened("members")
    hall.at("members", polls.close_poll, hall.act())
    hall.at("members", polls.count_returned, 9, None, hall.two())
    hall.at("members", polls.declare, True, hall.act())
    rows = [NameVotes(name, False, 7 - 2 * at, 1 + 2 * at, 0) for at, name in enumerate(FOUR)]
    sheet = Votes((*rows, NameVotes("丁一禾", True, 2, None, None)), valid=8, invalid=1)
    for teller in SCRUTINEERS:
        hall.at_round("members", tally_sheets.hand_in, sheet, replace(hall.act(), by=teller))
    hall.at("members", counts.count, hall.act())
    hall.at("members", counts.announce, hall.act())
    result = counted_again(run, tmp_path / "one", "members", monkeypatch)
    assert (result["elected"], result["ledger"]["valid"], result["ledger"]["invalid"]) == (["马秋澜", "邓云舒"], 8, 1)


def test_a_name_that_no_file_can_hold_is_not_exported(hall: Polling, run: Run, tmp_path: Path) -> None:
    """A space inside a Chinese name is taken for alignment: the files would give another name, so there are none."""
    hall.sitting(tmp_path, METHOD).nominated(members=("马 秋澜", *FOUR[1:])).opened("members")
    hall.boxed({"members": box((9, paper("○○○空")))}).at("members", counts.announce, hall.act())
    refused = run("election", "export", "--contest", "members", "--dir", tmp_path / "out", *AS, code=5)
    assert "由文件重算的结果与固定的结果不同" in refused.stderr
    assert [path.name for path in tmp_path.iterdir() if "out" in path.name] == []
    assert "export.members" not in [act for act, _ in hall.lines()]


def test_the_order_of_the_papers_says_nothing_of_the_box(hall: Polling, run: Run, tmp_path: Path) -> None:
    """Two boxes of the same papers, entered in another order, leave as the same file."""
    hall.sitting(tmp_path, METHOD).nominated(members=FOUR).opened("members")
    papers = box((4, paper("○○○空")), (3, paper("×○空○")), (2, paper("空空空○", "○丁一禾")))
    hall.boxed({"members": papers[::-1]}).at("members", counts.announce, hall.act())
    run("election", "export", "--contest", "members", "--dir", tmp_path / "out", *AS, code=0)
    lines = (tmp_path / "out" / "ballots.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "马秋澜,邓云舒,田富,田大利,另选1,票面"
    assert len(lines) == 10
    rest = lines[1:]
    groups = [line for at, line in enumerate(rest) if at == 0 or line != rest[at - 1]]
    assert len(groups) == len(set(rest)) == 3
