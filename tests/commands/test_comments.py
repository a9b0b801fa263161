"""`comments` as an officer types it."""

import subprocess
import sys
from pathlib import Path

import pytest

from federation.clock import SetClock
from federation.commands.comments import ANSWER_COLUMNS, COLUMNS
from federation.spreadsheets import write_table
from tests.drafting import CHARTER
from tests.halls import AS, METHOD, PROSE
from tests.shell import Run, answer

HEADER = ("反馈人/单位", "文稿", "条款", "意见内容", "是否采纳", "理由")
ADD = ("comments", "add", "--draft", "charter", "--clause", "第三条", "--from", "某学校")


@pytest.fixture(name="open")
def _open(founded: Run, tmp_path: Path) -> Run:
    """Comments are being asked for, from 2 to 12 November."""
    (tmp_path / "charter.md").write_text(CHARTER, encoding="utf-8")
    (tmp_path / "method.md").write_text(PROSE, encoding="utf-8")
    (tmp_path / "method.toml").write_text(METHOD, encoding="utf-8")
    founded("step", "form_group", *AS, code=0)
    founded("draft", "add", "charter", tmp_path / "charter.md", *AS, code=0)
    founded("draft", "add", "method", tmp_path / "method.md", "--data", tmp_path / "method.toml", *AS, code=0)
    founded("comments", "open", "--until", "2020-11-12", *AS, code=0)
    return founded


def test_the_period_is_opened_and_opened_again_without_effect(open: Run) -> None:
    """Exit 0, and 4 for another last day, 2 for no date."""
    assert open("comments", "open", "--until", "2020-11-12", *AS, code=0).stdout == "已办理，未作改动\n"
    open("comments", "open", "--until", "2020-11-20", *AS, code=4)
    open("comments", "open", "--until", "十一月", *AS, code=2)
    open("comments", "open", *AS, code=2)


def test_a_period_of_ten_days_is_refused_with_the_arithmetic(founded: Run) -> None:
    """Exit 5, with everything else that is missing."""
    founded("step", "form_group", *AS, code=0)
    said = founded("comments", "open", "--until", "2020-11-11", *AS, code=5).stderr
    assert "征求意见期 2020年11月2日至2020年11月11日 只有 10 天，至少要 11 天" in said
    assert "文稿 charter 还没有征求意见稿" in said


def test_the_notice_is_recorded(open: Run, tmp_path: Path) -> None:
    """With the file's hash, where there is one; exit 2 where it is not there or nobody is named."""
    said = open("comments", "publish", tmp_path / "charter.md", "--to", "各单位", *AS, code=0).stdout
    assert said == "已登记：征求意见通知发给各单位\n"
    open("comments", "publish", tmp_path / "gone.pdf", "--to", "各单位", *AS, code=2)
    open("comments", "publish", *AS, code=2)


def test_a_comment_is_added_answered_and_listed(open: Run) -> None:
    """The table as the committee keeps it, with its totals."""
    assert open(*ADD, "任期三年", *AS, code=0).stdout == "已登记第 1 条意见\n"
    assert open(*ADD, "任期三年", *AS, code=0).stdout == "已办理，未作改动\n"
    assert open("comments", "answer", "1", "--rejected", "--reason", "上级章程已定", *AS, code=0).stdout == (
        "已答复 1 条意见\n"
    )
    told = answer(open("comments", "list", "--json", code=0))
    assert (told["total"], told["rejected"], told["unanswered"]) == (1, 1, 0)
    assert told["comments"][0]["reason"] == "上级章程已定"
    assert answer(open("comments", "list", "--unanswered", "--json", code=0))["comments"] == []
    assert open("comments", "list", "--unanswered", code=0).stdout == (
        "共 1 条：采纳 0，部分采纳 0，未采纳 1，未答复 0；征求意见期 2020-11-02 至 2020-11-12\n"
    )


def test_a_comment_on_a_clause_that_is_not_there_is_refused(open: Run) -> None:
    """Exit 5, with the command that lists the clauses."""
    said = open("comments", "add", "--draft", "charter", "--clause", "第九条", "--from", "某学校", "改", *AS, code=5)
    assert said.stderr.splitlines()[1] == (
        "  · 《示例区妇女联合会章程》没有条款“第九条”。请先：federation draft clauses charter"
    )


@pytest.mark.parametrize("name", ["意见.xlsx", "意见.csv"])
def test_a_file_is_imported_once(open: Run, tmp_path: Path, name: str) -> None:
    """Exit 0, then 5: known by its content, whatever it is called."""
    rows = [("某街道", "章程", "第一条", "写全称", "采纳", "已写全称"), ("某学校", "选举办法", "2", "写清楚", "", "")]
    write_table(tmp_path / name, HEADER, rows)
    said = open("comments", "import", tmp_path / name, *AS, code=0).stdout
    assert said == "已导入 2 条意见，其中已答复 1 条\n"
    (tmp_path / name).rename(tmp_path / f"copy-{name}")
    assert "已经导入过" in open("comments", "import", tmp_path / f"copy-{name}", *AS, code=5).stderr
    assert answer(open("comments", "list", "--json", code=0))["total"] == 2


def test_every_bad_row_is_named_and_nothing_is_imported(open: Run, tmp_path: Path) -> None:
    """By the number that the spreadsheet shows."""
    rows = [
        ("某街道", "章程", "第一条", "写全称", "", ""),
        ("", "章程", "第一条", "改", "", ""),
        ("某学校", "章程", "第八条", "改", "", ""),
        ("某学校", "章程", "第一条", "改", "采纳", "同意"),
    ]
    write_table(tmp_path / "意见.xlsx", HEADER, rows)
    said = open("comments", "import", tmp_path / "意见.xlsx", *AS, code=5).stderr
    assert [line[4:9] for line in said.splitlines()[1:]] == ["第 3 行", "第 4 行", "第 5 行"]
    assert answer(open("comments", "list", "--json", code=0))["total"] == 0


def test_a_file_on_one_draft_needs_no_column_for_it(open: Run, tmp_path: Path) -> None:
    """`--draft` says which; without it the missing column is named."""
    write_table(tmp_path / "意见.csv", ("单位", "条款", "意见"), [("某街道", "1", "写全称")])
    assert "缺少“文稿”一列" in open("comments", "import", tmp_path / "意见.csv", *AS, code=5).stderr
    open("comments", "import", tmp_path / "意见.csv", "--draft", "charter", *AS, code=0)


def test_answers_come_from_a_file_too(open: Run, tmp_path: Path) -> None:
    """Every bad row named, or all of them taken."""
    for text in ("任期三年", "任期四年"):
        open(*ADD, text, *AS, code=0)
    header = ("序号", "是否采纳", "理由")
    write_table(tmp_path / "答复.csv", header, [(1, "采纳", "照改"), (3, "再议", "")])
    assert len(open("comments", "answer", "--file", tmp_path / "答复.csv", *AS, code=5).stderr.splitlines()) == 4
    write_table(tmp_path / "答复.xlsx", header, [(1, "采纳", "照改"), (2, "不采纳", "与上级章程不符")])
    assert open("comments", "answer", "--file", tmp_path / "答复.xlsx", *AS, code=0).stdout == "已答复 2 条意见\n"
    rows = answer(open("comments", "list", "--json", code=0))["comments"]
    assert [row["disposition"] for row in rows] == ["采纳", "未采纳"]


@pytest.mark.parametrize(
    "wrong",
    [
        ("--adopted", "--reason", "照改"),
        ("1", "--reason", "照改"),
        ("1", "--adopted", "--rejected", "--reason", "照改"),
        ("1", "--adopted", "--disposition", "采纳", "--reason", "照改"),
        ("1", "--adopted", "--reason", "照改", "--file", "charter.md"),
        ("nine", "--adopted", "--reason", "照改"),
    ],
)
def test_an_answer_has_one_number_and_one_disposition(open: Run, wrong: tuple[str, ...]) -> None:
    """Exit 2; nothing is answered."""
    open(*ADD, "任期三年", *AS, code=0)
    open("comments", "answer", *wrong, *AS, code=2)
    assert answer(open("comments", "list", "--json", code=0))["unanswered"] == 1


def test_an_answer_without_a_reason_or_to_no_comment_is_not_taken(open: Run) -> None:
    """Exit 5 and 3."""
    open(*ADD, "任期三年", *AS, code=0)
    open("comments", "answer", "1", "--adopted", *AS, code=5)
    open("comments", "answer", "1", "--adopted", "--reason", "同意", *AS, code=5)
    open("comments", "answer", "2", "--adopted", "--reason", "照改", *AS, code=3)


def test_the_period_closes_with_its_totals(open: Run, clock: SetClock) -> None:
    """Exit 5 with both obstacles on the last day, 0 on the day after it."""
    open(*ADD, "任期三年", *AS, code=0)
    clock.advance(days=10)
    refused = answer(open("comments", "close", "--json", *AS, code=5))
    assert [finding["problem"] for finding in refused["findings"]] == [
        "征求意见期到 2020年11月12日 才届满",
        "还有 1 条意见未答复",
    ]
    open("comments", "answer", "1", "--partly", "--reason", "改为三至五年", *AS, code=0)
    clock.advance(days=1)
    said = open("comments", "close", *AS, code=0).stdout
    assert said == "征求意见结束：共 1 条，采纳 0 条，部分采纳 1 条，未采纳 0 条\n"
    assert open("comments", "close", *AS, code=0).stdout == "已办理，未作改动\n"
    open(*ADD, "迟到的意见", *AS, code=4)


def test_comments_before_the_period_are_a_wrong_stage(founded: Run) -> None:
    """Exit 4, and 3 for a table of a period that never was."""
    founded(*ADD, "任期三年", *AS, code=4)
    founded("comments", "close", *AS, code=4)
    founded("comments", "list", code=3)


def test_no_two_columns_share_a_heading() -> None:
    """Else a file would have a column of two meanings."""
    for columns in (COLUMNS, ANSWER_COLUMNS):
        names = [name for headings in columns.values() for name in headings]
        assert len(names) == len(set(names))


def test_the_installed_command_answers(tmp_path: Path) -> None:
    """One process from outside."""
    command = [sys.executable, "-c", "from federation.commands import main; main()", "comments", "list"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8")
    assert (done.returncode, "federation init" in done.stderr) == (6, True)
