"""The example keeps its promises: what README.md says of it, and what the demonstration relies on."""

import csv
import json
import runpy
import shutil
import tomllib
from collections import Counter
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from federation.commands.count import count
from federation.rules.clauses import Document, numbering_findings, parse_document, stale_findings
from federation.rules.methods import ElectionMethod, load_method
from federation.rules.methods.candidates import surplus_findings
from federation.rules.strokes import stroke_order

EXAMPLE = Path(__file__).parents[2] / "examples" / "gaoxin"
PROSE = {"charter": "charter.md", "method": "method-congress.md", "method:plenary": "method-plenary.md"}
SEATS = {"执行委员会委员": 15, "主席": 1, "副主席": 2}


def text(name: str) -> str:
    return (EXAMPLE / name).read_text(encoding="utf-8")


@cache
def table(name: str) -> list[dict[str, Any]]:
    sheet = load_workbook(EXAMPLE / name).worksheets[0]
    header, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in rows]


def document(draft: str) -> Document:
    return parse_document(text(PROSE[draft]))


def method(meeting: str) -> ElectionMethod:
    return load_method(text(f"method-{meeting}.toml"))


def people() -> dict[str, Any]:
    return tomllib.loads(text("people.toml"))


def scenario() -> dict[str, Any]:
    return tomllib.loads(text("scenario.toml"))


def shown_names() -> list[str]:
    rows = table("roll.xlsx")
    same = Counter(row["姓名"] for row in rows)
    return [f"{row['姓名']}（{row['单位简称']}）" if same[row["姓名"]] > 1 else row["姓名"] for row in rows]


def candidates(contest: str) -> list[str]:
    return [row["name"] for row in people()["candidate"] if row["contest"] == contest]


def box(name: str) -> list[list[str]]:
    return list(csv.reader(text(f"box-{name}.csv").splitlines()))


def counted(meeting: str, contest: str, name: str, *more: str) -> Any:
    """What `federation count --json` says of one box."""
    due, issued = (152, 149) if meeting == "congress" else (15, 15)
    ledger = f"due={due},present={issued},issued={issued}"
    files = [str(EXAMPLE / f"method-{meeting}.toml"), "--ballots", str(EXAMPLE / f"box-{name}.csv")]
    result = CliRunner().invoke(count, [*files, "--contest", contest, "--ledger", ledger, "--json", *more])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_the_roll_has_152_delegates_and_three_observers_of_fourteen_units() -> None:
    """代表152人有表决权，列席3人没有."""
    rows = table("roll.xlsx")
    assert Counter((row["类别"], row["表决权"]) for row in rows) == {("代表", "有"): 152, ("列席", "无"): 3}
    assert [row["序号"] for row in rows] == list(range(1, 156))
    assert len({row["单位"] for row in rows}) == 14
    assert len({(row["单位"], row["单位简称"]) for row in rows}) == 14


def test_every_delegate_is_a_woman_of_age() -> None:
    """≥18 on the day of the congress; a birth date may be a date or text, as in a real roll."""
    born = [row["出生日期"] for row in table("roll.xlsx")]
    assert {type(value) for value in born} == {datetime, str}
    days = [date.fromisoformat(value) if isinstance(value, str) else value.date() for value in born]
    assert max(days) <= date(2002, 11, 26)
    assert {row["性别"] for row in table("roll.xlsx")} == {"女"}


def test_names_are_distinct_as_shown_and_only_two_carry_their_unit() -> None:
    """Exactly two of one name, at different units."""
    names = shown_names()
    assert len(set(names)) == len(names)
    assert [name for name in names if name.endswith("）")] == ["王芳（三中）", "王芳（区医院）"]
    assert {"龚䶮", "陈𠅤", "阿依古丽·买买提", "欧阳晓岚", "田富"} <= set(names)


def test_people_are_named_as_on_the_roll() -> None:
    """people.toml names nobody who is not there, and numbers agree."""
    names = shown_names()
    for row in (*people()["officer"], *people()["candidate"]):
        assert names[row["number"] - 1] == row["name"]
    rest = people()["attendance"]["congress"]
    assert {entry["name"] for kind in ("absent", "late", "left") for entry in rest[kind]} <= set(names[:152])
    assert set(people()["presidium"]) <= set(names[:152])


def test_candidates_are_as_many_as_the_methods_ask_and_in_stroke_order() -> None:
    """差额 1/10 of 15, rounded up, is 2; 主席 等额; 副主席 one more than seats. Officers come from the candidates."""
    assert [len(candidates(contest)) for contest in ("members", "chair", "vice_chairs")] == [17, 1, 3]
    for meeting, contests in (("congress", ["members"]), ("plenary", ["chair", "vice_chairs"])):
        assert [contest.id for contest in method(meeting).contests] == contests
        for contest in method(meeting).contests:
            assert surplus_findings(method(meeting), contest, len(candidates(contest.id))) == ()
    assert {*candidates("chair"), *candidates("vice_chairs")} <= set(candidates("members"))
    assert candidates("members") == stroke_order(candidates("members"), "surname")
    assert all(row["profile"] for row in people()["candidate"])


@pytest.mark.parametrize("meeting", ["congress", "plenary"])
def test_nobody_who_scrutinises_or_counts_stands(meeting: str) -> None:
    """监票人、计票人不得是候选人; and nobody serves twice."""
    duties = people()["duties"][meeting]
    serving = [duties["chief_scrutineer"], *duties["scrutineers"], duties["chief_teller"], *duties["tellers"]]
    assert len(set(serving)) == len(serving)
    assert not set(serving) & {row["name"] for row in people()["candidate"]}
    away = people()["attendance"][meeting]
    assert not set(serving) & {entry["name"] for kind in away.values() for entry in kind}


def test_attendance_gives_the_numbers_of_the_scenario() -> None:
    """152 due, three absent, one late: 148 at the opening, 149 from then on; who left, left after the ballot."""
    rest, plan = people()["attendance"]["congress"], scenario()
    (late,), (left,) = rest["late"], rest["left"]
    for motion in (row for row in plan["motion"] if row["meeting"] == "congress"):
        here = motion["at"].strftime("%H:%M") >= late["at"]
        assert motion["hands"]["present"] == 152 - len(rest["absent"]) - (not here)
    assert plan["polls"]["members"]["present"] == 152 - len(rest["absent"]) == 149
    assert left["at"] > plan["polls"]["members"]["announced_at"].strftime("%H:%M")
    assert [entry["reason"] for entry in rest["absent"]] == ["因病", "因事", "值班"]


@pytest.mark.parametrize("draft", PROSE)
def test_the_prose_is_numbered_and_says_nothing_stale(draft: str) -> None:
    """届, 次 and 名额 agree with the case; 25 clauses and more in the charter."""
    assert list(numbering_findings(document(draft), draft)) == []
    findings = stale_findings(text(PROSE[draft]), term_no=1, session_no=1, seats=SEATS, where=draft)
    assert list(findings) == []
    assert draft != "charter" or (len(document(draft).clauses) >= 25 and len(document(draft).chapters) >= 5)


@pytest.mark.parametrize(("meeting", "draft"), [("congress", "method"), ("plenary", "method:plenary")])
def test_every_provision_points_at_a_clause_of_its_prose(meeting: str, draft: str) -> None:
    """A finding quotes the clause: it must be there."""
    provisions = method(meeting).provisions
    assert len(provisions) >= 15
    assert [provision for provision in provisions if document(draft).find(provision.clause) is None] == []
    assert method(meeting).title == document(draft).title


def test_there_are_24_answered_comments_on_clauses_that_exist() -> None:
    """Every comment has its disposition and a reason; the workbook and the CSV say the same."""
    rows = table("comments.xlsx")
    assert len(rows) == 24
    assert rows == list(csv.DictReader(text("comments.csv").splitlines()))
    assert [row for row in rows if document(row["文稿"]).find(row["条款"]) is None] == []
    assert set(Counter(row["是否采纳"] for row in rows)) == {"采纳", "部分采纳", "未采纳"}
    assert all(len(row["理由"]) > 5 for row in rows)
    assert {row["反馈人/单位"] for row in rows} <= {row["单位"] for row in table("roll.xlsx")}


def test_every_revision_follows_from_an_adopted_comment_and_finds_its_words_once() -> None:
    """The second draft is the first with these replacements, clause by clause."""
    adopted = {(row["文稿"], row["条款"]) for row in table("comments.xlsx") if row["是否采纳"] == "采纳"}
    for row in scenario()["revision"]:
        assert (row["draft"], row["clause"]) in adopted
        clause = document(row["draft"]).find(row["clause"])
        assert clause is not None
        assert clause.text.count(row["old"]) == text(PROSE[row["draft"]]).count(row["old"]) == 1


def test_the_window_for_comments_is_eleven_days_and_closes_after_them() -> None:
    """Both ends count."""
    comments = scenario()["comments"]
    assert comments["ends_on"] - comments["opens_on"] == timedelta(days=10)
    assert comments["closed_at"].date() > comments["ends_on"]


def test_every_act_of_a_poll_comes_after_the_one_before_it() -> None:
    """close → returned → declare → enter → unseal → count → announce."""
    order = ["planned", "ceremony", "opened", "closed", "returned", "declared", "entered", "unsealed", "counted"]
    for poll in scenario()["polls"].values():
        times = [poll[f"{act}_at"] for act in [*order, "announced"] if f"{act}_at" in poll]
        assert times == sorted(set(times))
        meeting = scenario()["meetings"][poll["meeting"]]
        assert meeting["opened_at"] < poll["opened_at"] < poll["announced_at"] < meeting["adjourned_at"]


def test_the_ledger_of_both_channels_balances() -> None:
    """issued = drawn + papers; drawn = spent + handed in + missing; the box holds what came back."""
    poll = scenario()["polls"]["members"]
    passes, papers = poll["passes"], poll["papers"]
    assert passes["printed"] == passes["drawn"] + passes["voided"]
    assert passes["drawn"] == poll["phone_rows"] + passes["handed_in"] + passes["missing"]
    assert passes["drawn"] + papers["issued"] - papers["replaced"] == poll["present"] == 149
    assert poll["phone_rows"] + papers["returned"] == len(box("members")) - 1 == 148


@pytest.mark.parametrize("contest", ["members", "chair", "vice_chairs"])
def test_a_box_has_the_candidates_in_ballot_order_for_its_header(contest: str) -> None:
    """Candidates by strokes, then write-in columns, then 票面; every row as long as the header."""
    header, *rows = box(contest)
    names = stroke_order(candidates(contest), "surname")
    assert header[: len(names)] == names
    assert header[len(names) :] == [*(f"另选{n}" for n in range(1, len(header) - len(names))), "票面"]
    assert {len(row) for row in rows} == {len(header)}
    assert len(rows) == scenario()["polls"][contest]["papers"]["returned"] + scenario()["polls"][contest]["phone_rows"]


def test_what_only_a_pen_can_do_stands_on_paper() -> None:
    """A phone sends no stray mark, no unclear sign and no name too many."""
    _, *rows = box("members")
    for row in rows[: scenario()["polls"]["members"]["phone_rows"]]:
        assert row[-1] == ""
        assert set(row[:17]) <= {"○", "×", ""}
        assert row[:17].count("○") + sum(name != "" for name in row[17:19]) <= 15
        assert all(name.startswith("○") for name in row[17:19] if name)


def test_the_box_of_the_congress_elects_fifteen_among_them_those_who_stand_in_the_afternoon() -> None:
    """Counted, not written down: 145 valid papers, and 77 of 152 are needed."""
    result = counted("congress", "members", "members")
    assert (len(result["elected"]), result["next"], result["seats_left"]) == (15, "announce", 0)
    assert result["threshold"]["needed"] == 77
    assert result["ledger"]["invalid_because"] == {"stray": 1, "too_many": 2}
    assert any(row["write_in"] for row in result["results"])
    assert {*candidates("chair"), *candidates("vice_chairs")} <= set(result["elected"])


def test_the_fifteen_elect_a_chair_and_need_a_runoff_for_the_second_vice_chair() -> None:
    """主席 at once; of 副主席 one at once, and one of two tied in a further ballot, which ends it."""
    assert len(counted("plenary", "chair", "chair")["elected"]) == 1
    first = counted("plenary", "vice_chairs", "vice_chairs")
    assert (len(first["elected"]), len(first["tied"]), first["next"]) == (1, 2, "tie_runoff")
    header, *rows = box("vice_chairs.2")
    assert header[:2] == stroke_order(first["tied"], "surname")
    last = counted("plenary", "vice_chairs", "vice_chairs.2", "--round", "runoff", "--seats", str(first["seats_left"]))
    assert (len(last["elected"]), last["next"], len(rows)) == (1, "announce", 15)
    assert not (EXAMPLE / "box-vice_chairs.3.csv").exists()


def test_the_script_makes_the_same_data_again(tmp_path: Path) -> None:
    """Nobody retouched a box by hand: the seed gives every file, byte for byte."""
    again = tmp_path / "gaoxin"
    shutil.copytree(EXAMPLE, again, ignore=shutil.ignore_patterns("box-*", "people.toml", "*.xlsx", "__pycache__"))
    runpy.run_path(str(again / "make.py"), run_name="__main__")
    names = sorted(path.name for path in EXAMPLE.iterdir() if path.is_file())
    assert sorted(path.name for path in again.iterdir()) == names
    for name in names:
        assert (again / name).read_bytes() == (EXAMPLE / name).read_bytes(), name
