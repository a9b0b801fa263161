"""`election plan` to `announce` and what may follow: exit codes, what is printed, what is told as JSON."""

from pathlib import Path
from typing import Any

import pytest

from tests import shell
from tests.halls import AS, AT, convened
from tests.polling import SCRUTINEERS
from tests.services.stage import ONE, Stage, officers, ordered, ready
from tests.shell import Run, answer

__all__ = ["officers", "ordered", "ready"]
MEMBERS = ("--contest", "members", *AS)
TWO = ("--as", SCRUTINEERS[0], "--with", SCRUTINEERS[1])
HEAD = "马秋澜,邓云舒,田富\n"


def at(stage: Stage) -> Run:
    """Commands on the database of this stage."""
    return shell.runner(stage.engine.url.render_as_string(hide_password=False), stage.clock)


def enter(run: Run, contest: str, text: str) -> None:
    Path(f"{contest}.csv").write_text(text, encoding="utf-8")
    run("election", "enter", f"{contest}.csv", "--contest", contest, *AS, code=0)


def held(run: Run, contest: str, text: str) -> None:
    """One poll by paper from its opening to its announcement."""
    on, papers = ("--contest", contest), len(text.splitlines()) - 1
    run("election", "open", "--handed-out", papers, *on, *AS, code=0)
    run("election", "close", *on, *AS, code=0)
    run("election", "returned", "--papers", papers, *on, *TWO, code=0)
    run("election", "declare", "valid", *on, *AS, code=0)
    enter(run, contest, text)
    run("election", "count", *on, *AS, code=0)
    run("election", "announce", *on, *AS, code=0)


def test_a_plan_needs_a_method_that_was_submitted(founded: Run, tmp_path: Path, monkeypatch: Any) -> None:
    """Then it says what is to be elected and how many stand; a repeat says that nothing was changed."""
    monkeypatch.setattr("tests.halls.METHOD", ONE)
    assert "没有选举办法" in founded("election", "plan", *AT, code=5).stderr
    convened(founded, tmp_path)
    founded("election", "plan", "--meeting", "congress", code=2)
    founded("election", "plan", "--meeting", "nirgends", *AS, code=3)
    said = founded("election", "plan", *AT, code=0).stdout
    assert said == "已安排选举：\n委员：应选 2 名，候选人按办法应为 3 名（members）\n"
    assert founded("election", "plan", *AT, code=0).stdout == "已办理，未作改动\n"
    [row] = answer(founded("election", "list", *AT[:2], "--json", code=0))
    assert (row["contest"], row["seats"], row["expected"], row["candidates"]) == ("members", 2, 3, [])


def test_candidates_come_from_the_command_line_or_a_table_and_the_arithmetic_is_told(
    founded: Run, tmp_path: Path, monkeypatch: Any
) -> None:
    """Two where three are wanted: a reminder, not a refusal."""
    monkeypatch.setattr("tests.halls.METHOD", ONE)
    convened(founded, tmp_path)
    founded("election", "nominate", "马秋澜", *MEMBERS, code=3)
    founded("election", "plan", *AT, code=0)
    Path("list.csv").write_text("姓名,简介\n马秋澜,教师\n邓云舒,医生\n", encoding="utf-8")
    assert "提醒" in founded("election", "nominate", "--file", "list.csv", *MEMBERS, code=0).stdout
    assert "提醒" not in founded("election", "nominate", "田富", *MEMBERS, code=0).stdout
    founded("election", "nominate", *MEMBERS, code=2)
    founded("election", "nominate", "田富", "田富", *MEMBERS, code=2)
    founded("election", "nominate", "田富", "--contest", "chair", *AS, code=3)
    said = founded("election", "nominate", "马秋澜", "邓云舒", *MEMBERS, code=0).stdout
    assert "未作改动。委员：现有候选人 3 名" in said
    assert "名单上还有这次没有写的：田富。提名只增不减" in said
    assert "election withdraw 姓名 --note 原因 --contest members" in said
    assert "田富已撤回" in founded("election", "withdraw", "田富", *MEMBERS, code=0).stdout
    assert "未作改动" in founded("election", "withdraw", "田富", *MEMBERS, code=0).stdout
    assert "还没有报送" in founded("election", "papers", "--number", 9, *MEMBERS, code=5).stderr
    founded("election", "papers", *MEMBERS, code=2)


def test_a_poll_step_by_step_as_the_hall_sees_it(ready: Stage) -> None:
    """Every answer names the next step; each step before its turn is exit 4, repeated it is exit 0 without a change."""
    run = at(ready)
    for command in (("close",), ("declare", "valid"), ("count",), ("announce",), ("rerun",)):
        run("election", *command, *MEMBERS, code=4)
    assert "多于实到 9" in run("election", "open", "--handed-out", 10, *MEMBERS, code=5).stderr
    said = run("election", "open", "--handed-out", 9, *MEMBERS, code=0).stdout
    assert said.startswith("开始投票：应到 9，实到 9，发出 9")
    assert "未作改动" in run("election", "open", "--handed-out", 9, *MEMBERS, code=0).stdout
    run("election", "open", "--handed-out", 8, *MEMBERS, code=4)
    assert "federation election returned" in run("election", "close", *MEMBERS, code=0).stdout
    run("election", "returned", *MEMBERS, code=2)
    assert "须两人" in run("election", "returned", "--papers", 8, *MEMBERS[:2], *TWO[:2], code=5).stderr
    told = answer(run("election", "returned", "--papers", 8, *MEMBERS[:2], *TWO, "--json", code=0))
    assert (told["changed"], told["returned"]) == (True, 8)
    assert "收回没有超过规定的数" in run("election", "declare", "void", *MEMBERS, code=5).stderr
    run("election", "declare", "perhaps", *MEMBERS, code=2)
    assert "可以开箱计票" in run("election", "declare", "valid", *MEMBERS, code=0).stdout
    run("election", "announce", *MEMBERS, code=4)
    run("election", "explain", *MEMBERS[:2], code=4)
    enter(run, "members", HEAD + "○,○,\n" * 8)
    counted = answer(run("election", "count", *MEMBERS, "--json", code=0))
    assert counted["results"][0]["elected"] == ["马秋澜", "邓云舒"]
    assert counted["before_announcing"] == []
    explained = run("election", "explain", *MEMBERS[:2], code=0).stdout
    assert "马秋澜：赞成 8 票" in explained
    assert "委员当选：马秋澜、邓云舒" in run("election", "announce", *MEMBERS, code=0).stdout
    assert "未作改动" in run("election", "announce", *MEMBERS, code=0).stdout


def test_a_refusal_as_json_has_its_code_and_its_findings(ready: Stage) -> None:
    """The same words as on the screen, for other programs."""
    told = answer(at(ready)("election", "open", "--handed-out", 10, *MEMBERS, "--json", code=5))
    assert told["error"]["code"] == 5
    assert [finding["problem"] for finding in told["findings"]] == [
        "发出 10（纸质 10 + 凭证 0）多于实到 9",
        "发出纸质选票 10 张，多于印制的 9 张",
    ]


def test_where_several_contests_are_open_one_must_be_named(ordered: Stage) -> None:
    """Exit 2 lists them."""
    refused = at(ordered)("election", "open", "--handed-out", 9, *AS, code=2)
    assert "chair" in refused.stderr
    assert "vice_chairs" in refused.stderr


def test_a_void_poll_goes_on_as_a_rerun(ready: Stage) -> None:
    """重新选举: the same list; a void box is not opened."""
    run = at(ready)
    run("election", "open", "--handed-out", 8, *MEMBERS, code=0)
    run("election", "close", *MEMBERS, code=0)
    run("election", "returned", "--papers", 9, *MEMBERS[:2], *TWO, code=0)
    assert "收回 9 张" in run("election", "declare", "valid", *MEMBERS, code=5).stderr
    assert "票箱不得打开" in run("election", "declare", "void", *MEMBERS, code=0).stdout
    run("election", "count", *MEMBERS, code=4)
    assert "重新选举" in run("election", "rerun", *MEMBERS, code=0).stdout
    run("election", "papers", "--number", 9, "--contest", "members.2", *AS, code=0)
    held(run, "members.2", HEAD + "○,○,\n" * 9)
    rows = answer(run("election", "list", *AT[:2], "--json", code=0))
    assert [(row["contest"], row["kind"], row["candidates"]) for row in rows] == [
        ("members", "首轮", ["马秋澜", "邓云舒", "田富"]),
        ("members.2", "重新选举", ["马秋澜", "邓云舒", "田富"]),
    ]


def test_a_tie_goes_on_as_a_runoff_and_from_there_to_the_presidium(ready: Stage) -> None:
    """Other ways on are refused; a decision needs its words."""
    run, tie = at(ready), HEAD + "○,○,\n○,,○\n,○,○\n" * 3
    held(run, "members", tie)
    run("election", "supplement", *MEMBERS, code=5)
    run("election", "decide", "--note", "定马秋澜", "--elect", "马秋澜", *MEMBERS, code=5)
    assert "再次投票" in run("election", "runoff", *MEMBERS, code=0).stdout
    assert "未作改动" in run("election", "runoff", *MEMBERS, code=0).stdout
    run("election", "papers", "--number", 9, "--contest", "members.2", *AS, code=0)
    held(run, "members.2", tie)
    second = ("--contest", "members.2", *AS)
    run("election", "runoff", *second, code=5)
    run("election", "decide", *second, code=2)
    names = ("--elect", "马秋澜", "--elect", "田富")
    run("election", "decide", "--note", "主席团决定", "--elect", "王芳", *second, code=5)
    said = run("election", "decide", "--note", "主席团决定", *names, *second, code=0).stdout
    assert said == "已登记主席团决定，马秋澜、田富当选\n"


def test_a_shortage_goes_on_as_a_supplementary_ballot(ready: Stage) -> None:
    """A name added needs the number of its approval."""
    run = at(ready)
    held(run, "members", HEAD + "○,○,\n" * 4 + "○,,○\n" * 4)
    run("election", "runoff", *MEMBERS, code=5)
    added = ("--add", "田大利", "--drop", "田富")
    assert "--approval" in run("election", "supplement", *added, *MEMBERS, code=5).stderr
    run("election", "supplement", *added, "--approval", "示例〔2020〕3号", *MEMBERS, code=0)
    run("election", "nominate", "王芳（人民）", "--contest", "members.2", *AS, code=5)
    said = run("election", "papers", "--number", 9, "--contest", "members.2", *AS, code=0).stdout
    assert "委员（应选 1 名）：邓云舒、田大利" in said


def test_a_step_with_a_command_of_its_own_is_not_taken_past_it(ready: Stage) -> None:
    """`federation step` moves a stage and nothing else: no ballot is opened, counted or recalled by it alone."""
    run = at(ready)
    enter_without = ("--on-case", "congress/members", *AS)
    ready.open(9)
    before = ready.dump()
    assert "有专用的命令" in run("step", "close_poll", *enter_without, code=2).stderr
    assert ready.dump() == before


def test_papers_are_recalled_by_a_step(ready: Stage) -> None:
    """退回提名 has no command but this."""
    said = at(ready)("step", "recall_papers", "--on-case", "congress/members", *AS, code=0).stdout
    assert "提名候选人" in said


@pytest.mark.parametrize("contest", ["chair", "vice_chairs"])
def test_a_sheet_is_worked_by_either_of_its_contests(officers: Stage, contest: str) -> None:
    """One poll, named by any contest on it."""
    at(officers)("election", "open", "--handed-out", 9, "--contest", contest, *AS, code=0)
    assert officers.state("chair") == officers.state("vice_chairs") == "open"


def test_a_withdrawal_after_printing_asks_for_the_presidiums_words(ready: Stage) -> None:
    """And recalls what was printed."""
    run = at(ready)
    assert "主席团" in run("election", "withdraw", "田富", *MEMBERS, code=5).stderr
    run("election", "withdraw", "田富", "--note", "主席团决定", *MEMBERS, code=0)
    run("election", "open", "--handed-out", 9, *MEMBERS, code=4)
    run("election", "withdraw", "王芳", *MEMBERS, code=3)


def test_scrutineers_are_no_candidates(ready: Stage) -> None:
    """Exit 5; without any scrutineer too."""
    run = at(ready)
    assert "田富" in run("election", "scrutineers", "--chief", "田富", *AT, code=5).stderr
    run("election", "scrutineers", "--teller", "丁一禾", *AT, code=5)
    run("election", "scrutineers", "--chief", "丁一禾", "--teller", "向晚晴", *AT, code=0)
    assert "表决之后又有变动" in run("election", "open", "--handed-out", 9, *MEMBERS, code=5).stderr


def test_a_biography_and_the_days_of_publicity_are_written_at_the_desk(founded: Run, tmp_path: Path) -> None:
    """Each is done once; a repeat changes nothing; what cannot be read is exit 2."""
    run = founded
    convened(run, tmp_path)
    run("election", "plan", "--meeting", "congress", *AS, code=0)
    run("election", "nominate", "田富", "马秋澜", "邓云舒", *MEMBERS, code=0)
    say = ("election", "profile", "田富", "--text", "医师。", *MEMBERS)
    assert "1 人的简介" in run(*say, code=0).stdout
    assert "未作改动" in run(*say, code=0).stdout
    run("election", "profile", "田富", *MEMBERS, code=2)
    (tmp_path / "profiles.csv").write_text("姓名,简介\n马秋澜,教师。\n邓云舒,会计。\n", encoding="utf-8")
    assert "2 人的简介" in run("election", "profile", "--file", tmp_path / "profiles.csv", *MEMBERS, code=0).stdout
    publicity = ("election", "publicity", "--objections-to", "筹备组", "--until")
    assert "2020-11-08" in run(*publicity, "2020-11-08", *AT, code=0).stdout
    assert "看不懂" in run(*publicity, "下周", *AT, code=2).stderr
    assert "早于" in run(*publicity, "2020-11-01", *AT, code=5).stderr
    listed = [row["short_id"] for row in answer(run("paper", "list", "--json", code=0))]
    assert {"candidate_list-congress", "candidate_publicity-congress"} <= set(listed)


def test_names_of_a_nomination_may_be_listed_in_one_word(ready: Stage) -> None:
    """Taken for one name they would stand on the list as somebody whom nobody knows."""
    run = at(ready)
    before = set(ready.listed("members"))
    run("election", "withdraw", "田富", "--note", "主席团决定", *MEMBERS, code=0)
    run("election", "nominate", "丁一禾、田富", *MEMBERS, code=0)
    assert set(ready.listed("members")) == before | {"丁一禾"}
