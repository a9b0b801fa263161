"""
The founding of the women's federation of a made-up development zone, as `federation demo` plays it.

From the preparatory group on 2 November 2020 to the archive on 2 December: examples/gaoxin/README.md tells the story,
and here the finished demonstration is asked about it.
"""

import csv
import hashlib
import json
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from pypdfium2 import PdfDocument

from federation.commands import federation

BOXES = Path(__file__).parents[2] / "examples" / "gaoxin"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which it was played."""
    folder = tmp_path_factory.mktemp("story") / "demo"
    said = typed("demo", "--dir", str(folder))
    assert said.startswith("演示完成")
    return folder


@pytest.fixture
def summary(demo: Path) -> Any:
    """What the demonstration says of itself."""
    return json.loads((demo / "summary.json").read_text(encoding="utf-8"))


def typed(*args: str) -> str:
    """What one command says."""
    result = CliRunner().invoke(federation, args)
    assert result.exit_code == 0, f"{args}: exit {result.exit_code}\n{result.stdout}{result.stderr}"
    return result.stdout


def asked(demo: Path, *args: str) -> Any:
    """What one command answers about the demonstration's database."""
    return json.loads(typed("--db", str(demo / "federation.db"), *args, "--json"))


def ticks(box: str) -> Counter[str]:
    """The approvals in a box, counted with nothing but a pencil."""
    with (BOXES / f"box-{box}.csv").open(encoding="utf-8-sig", newline="") as file:
        return Counter(name for row in csv.DictReader(file) for name, mark in row.items() if mark == "○")


def test_it_ends_in_the_archive_and_nothing_is_left_to_do(demo: Path, summary: Any):
    """The case is archived; no step leaves that state."""
    assert summary["state"] == "archived"
    (case,) = asked(demo, "status")["cases"]
    assert (case["case"], case["state"], case["next"]) == ("founding-1", "archived", [])


def test_a_month_passed_in_the_journal(demo: Path):
    """Step by step in the order of their times, none of them in our days, and the chain holds."""
    lines = asked(demo, "journal", "show", "--last", "1000")
    times = [line["stated"] for line in lines]
    assert times == sorted(times)
    assert (times[0], times[-1]) == ("2020-11-02 09:00", "2020-12-02 10:00")
    assert lines[-1]["act"] == "archive"
    typed("--db", str(demo / "federation.db"), "journal", "verify")


def test_the_congress_elected_fifteen_of_seventeen(summary: Any):
    """One hundred and fifty-two due, one hundred and forty-nine there; one paper went home in a pocket."""
    assert summary["ledger"]["members"] == {
        "due": 152,
        "present": 149,
        "issued": 149,
        "returned": 148,
        "valid": 145,
        "invalid": 3,
    }
    members = summary["elected"]["执行委员会委员"]
    assert len(set(members)) == 15
    assert {"王芳（三中）", "龚䶮", "陈𠅤", "阿依古丽·买买提"} <= set(members)


def test_the_committee_elected_its_chair_from_its_midst(summary: Any):
    """Fifteen voted, and more than half of fifteen ticked her."""
    (chair,) = summary["elected"]["主席"]
    assert chair in summary["elected"]["执行委员会委员"]
    assert ticks("chair")[chair] >= 8


def test_two_vice_chairs_tied_and_voted_again(demo: Path, summary: Any):
    """等票: only the tied stood again, and whoever had more ticks then has the second seat."""
    first, tied = ticks("vice_chairs"), ticks("vice_chairs.2")
    assert list(summary["ledger"]) == ["members", "chair", "vice_chairs", "vice_chairs.2"]
    assert len({first[name] for name in tied}) == 1
    (won, votes), (_, fewer) = tied.most_common()
    assert votes > fewer
    assert summary["elected"]["副主席"][1] == won
    rounds = {row["contest"]: row for row in asked(demo, "election", "list", "--meeting", "plenary")}
    assert rounds["vice_chairs.2"]["present"] == 15


def test_every_paper_of_the_story_says_that_it_is_made_up(demo: Path):
    """演示: nobody can take one of them for a real federation's."""
    papers = sorted((demo / "papers").iterdir())
    assert len(papers) >= 15
    for paper in papers:
        document = PdfDocument(paper)
        assert all("演示" in page.get_textpage().get_text_range() for page in document), paper.name
        document.close()


def read(file: Path) -> str:
    """What a paper says, without its line breaks."""
    with closing(PdfDocument(file)) as pdf:
        return "".join("".join(page.get_textpage().get_text_range().split()) for page in pdf)


def test_what_is_sealed_names_the_record_that_was_taken_that_evening(demo: Path, summary: Any):
    """封存清单 is true: the file is there, its hash is the one on paper, and the journal has it."""
    sealed = hashlib.sha256((demo / "record-sealed.zip").read_bytes()).hexdigest()
    assert summary["record_sealed"] == sealed
    (line,) = [each for each in asked(demo, "journal", "show", "--last", "1000") if each["act"] == "record.export"]
    assert (line["facts"]["sha256"], line["stated"][:10]) == (sealed, "2020-11-26")
    said = read(demo / "papers" / "sealing_list-congress-members.pdf")
    assert sealed in said
    assert "尚未导出" not in said
    typed("record", "verify", str(demo / "record-sealed.zip"))


def test_the_lists_of_both_meetings_went_up_in_one_letter_and_are_filed_once(demo: Path):
    """Under one 发文字号; the party committee's reply covers both."""
    requests = [read(file) for file in (demo / "归档").iterdir() if "请示" in file.name]
    assert sum("衡高妇筹〔2020〕2号" in said for said in requests) == 1
    assert [row["subject"] for row in asked(demo, "request", "list")] == [
        "congress",
        "candidates:congress",
        "candidates:plenary",
        "result",
    ]


def test_the_credentials_report_says_how_many_delegates_each_sector_has(demo: Path):
    """All of them have one in this example."""
    said = read(demo / "papers" / "credentials_report-congress.pdf")
    assert "界别党政机关4428.9%" in said
    assert "未填写" not in said
