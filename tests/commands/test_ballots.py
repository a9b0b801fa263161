"""`election passes`, `void-passes`, `cast`, `enter`: exit codes and words at the desk and on a voter's own machine."""

import csv
import os
import stat
from pathlib import Path

import pytest

from federation.services import polls
from tests import shell
from tests.halls import AS
from tests.services.stage import Stage, officers_by_phone, phones, ready
from tests.shell import Run, answer

__all__ = ["officers_by_phone", "phones", "ready"]
TWO = ("--as", "赵监票", "--with", "孙监票")
MEMBERS = ("--contest", "members")


def at(stage: Stage) -> Run:
    """Commands on the database of this stage."""
    return shell.runner(stage.engine.url.render_as_string(hide_password=False), stage.clock)


def pile(run: Run, number: int, contest: str = "members") -> list[str]:
    run("election", "passes", "--number", number, "--out", "pile.csv", "--contest", contest, *AS, code=0)
    with Path("pile.csv").open(encoding="utf-8-sig") as lines:
        return [row[0] for row in csv.reader(lines)][1:]


def opened(stage: Stage, run: Run, drawn: int, contest: str = "members") -> None:
    """Two scrutineers counted so many passes, the box has its key; that the pile's file is still there is said."""
    stage.keyed(contest)
    said = run("election", "open", "--drawn", drawn, "--contest", contest, *TWO, code=0).stdout
    assert "还有 1 个机密文书的文件没有销毁：pile.csv" in said
    assert f"federation election passes --destroy 文件 --contest {contest}" in said


@pytest.fixture
def voting(phones: Stage) -> tuple[Stage, Run, list[str]]:
    """Ten passes drawn, the poll open."""
    run = at(phones)
    codes = pile(run, 10)
    opened(phones, run, 10)
    return phones, run, codes


def unsealed(stage: Stage) -> list[str]:
    """What the ballots in the box say, once it is opened."""
    stage.declared(0).unsealed()
    return sorted(str(row[2]) for row in stage.rows("opened_ballots"))


def test_a_pile_is_for_its_owner_alone_and_written_once(ready: Stage) -> None:
    """Mode 0600; a second run to the same file is refused and leaves it as it is; the codes are on no screen."""
    run = at(ready)
    codes = pile(run, 3)
    assert stat.S_IMODE(os.stat("pile.csv").st_mode) == 0o600
    before = Path("pile.csv").read_bytes()
    with_same_file = run("election", "passes", "--number", 5, "--out", "pile.csv", *MEMBERS, *AS, code=5)
    assert "已经存在" in with_same_file.stderr
    assert Path("pile.csv").read_bytes() == before
    assert len(ready.rows("voting_passes")) == len(codes) == 3


def test_a_pile_that_is_refused_leaves_no_file(ready: Stage) -> None:
    """Codes that no poll knows are of no use to anybody."""
    ready.open(9)
    at(ready)("election", "passes", "--number", 5, "--out", "pile.csv", *MEMBERS, *AS, code=4)
    assert not Path("pile.csv").exists()


def test_leftover_passes_are_voided_from_a_file_or_a_scanner(phones: Stage) -> None:
    """Heading, further columns and empty lines are passed over; without codes they are read from standard input."""
    run = at(phones)
    codes = pile(run, 12)
    Path("rest.csv").write_text(f"凭证代码,核对码\n{codes[0]},ABCD\n\n", encoding="utf-8")
    run("election", "void-passes", "--file", "rest.csv", *MEMBERS, *AS, code=0)
    run("election", "void-passes", *MEMBERS, *AS, input=f"{codes[1]}\n", code=0)
    assert "未作改动" in run("election", "void-passes", codes[0], *MEMBERS, *AS, code=0).stdout
    run("election", "void-passes", *MEMBERS, *AS, input="", code=2)
    run("election", "void-passes", codes[2][:-1] + "*", *MEMBERS, *AS, code=2)
    run("election", "void-passes", "0" * 17, *MEMBERS, *AS, code=3)
    Path("torn.csv").write_text(f"凭证代码,核对码\n{codes[2]},\nABCD,\n\nX,\n", encoding="utf-8")
    before = phones.dump()
    refused = run("election", "void-passes", "--file", "torn.csv", *MEMBERS, *AS, code=5).stderr
    assert [f"torn.csv 第 {number} 行" in refused for number in (2, 3, 5)] == [False, True, True]
    Path("strange.csv").write_text(f"{codes[2]}\n\n{'0' * 17}\n", encoding="utf-8")
    assert (
        "strange.csv 第 3 行" in run("election", "void-passes", "--file", "strange.csv", *MEMBERS, *AS, code=3).stderr
    )
    slips = run("election", "void-passes", codes[2], "X", "Y", *MEMBERS, *AS, code=2).stderr
    assert ("第 2 个凭证代码输入有误" in slips, "第 3 个凭证代码输入有误" in slips) == (True, True)
    assert phones.dump() == before
    phones.keyed()
    run("election", "open", "--drawn", 12, *MEMBERS, *TWO, code=5)
    run("election", "open", "--drawn", 10, *MEMBERS, *AS, code=5)
    run("election", "open", "--drawn", 10, *MEMBERS, *TWO, code=0)
    run("election", "void-passes", codes[2], *MEMBERS, *AS, code=5)


def test_a_voter_casts_with_her_code_and_needs_no_officer(voting: tuple[Stage, Run, list[str]]) -> None:
    """By number, by range or by name, in lines of their own; what is left blank is the blank mark of the method."""
    stage, run, codes = voting
    said = run("election", "cast", *MEMBERS, input=f"{codes[0]}\n赞成：1-2\n反对: 田富\n", code=0)
    assert said.stdout.startswith("你的票已在票箱。请收好存根")
    run("election", "cast", *MEMBERS, input=f"{codes[1]}\n赞成：马秋澜，3\n\n", code=0)
    run("election", "cast", *MEMBERS, input=f"{codes[2].lower()}\n", code=0)
    run("election", "cast", *MEMBERS, "--approve", "2", input=f"{codes[3]}\n", code=0)
    assert unsealed(stage) == [f'[["{marks}",[]]]' for marks in ("++-", "+0+", "0+0", "000")]


@pytest.mark.parametrize(
    "typed", ["1、2", "1，2", "1；2", "1 2", "1－2", "1—2", "1～2", "1 至 2", "马秋澜、邓云舒", "1-2、"]
)
def test_numbers_and_names_may_be_listed_as_chinese_people_write_them(
    voting: tuple[Stage, Run, list[str]], typed: str
) -> None:
    """With 顿号, and with whatever sign the keyboard has for 1-2."""
    stage, run, codes = voting
    run("election", "cast", *MEMBERS, input=f"{codes[0]}\n赞成：{typed}\n", code=0)
    assert unsealed(stage) == ['[["++0",[]]]']


@pytest.mark.parametrize("typed", ["谭慧、彭雪茵", "谭慧，彭雪茵", "谭慧；彭雪茵", "谭慧,彭雪茵"])
def test_names_written_in_one_line_are_as_many_people(voting: tuple[Stage, Run, list[str]], typed: str) -> None:
    """Taken for one name it would be elected as somebody whom nobody knows."""
    stage, run, codes = voting
    run("election", "cast", *MEMBERS, input=f"{codes[0]}\n反对：1\n另选：{typed}\n", code=0)
    run("election", "cast", *MEMBERS, "--against", "1", "--write-in", typed, input=f"{codes[1]}\n", code=0)
    assert unsealed(stage) == ['[["-00",["+谭慧","+彭雪茵"]]]'] * 2


def test_a_written_name_that_will_not_count_is_refused_with_its_rule(voting: tuple[Stage, Run, list[str]]) -> None:
    """with_against: without 反对 nobody may be written in. Whoever means it says so."""
    stage, run, codes = voting
    before = stage.dump()
    cast = ("election", "cast", *MEMBERS, "--approve", "1", "--write-in", "谭慧")
    assert "另选的谭慧不计（投了反对票的才能另选" in run(*cast, input=f"{codes[0]}\n", code=5).stderr
    assert stage.dump() == before
    run(*cast, "--invalid", input=f"{codes[0]}\n", code=0)


def test_a_line_that_is_no_choice_is_named_and_nothing_is_cast(voting: tuple[Stage, Run, list[str]]) -> None:
    """A word mistyped and passed over would be a vote lost."""
    stage, run, codes = voting
    before = stage.dump()
    for line in ("赞同：1", "1-2"):
        refused = run("election", "cast", *MEMBERS, input=f"{codes[0]}\n{line}\n", code=2)
        assert "第 2 行看不懂" in refused.stderr
    assert stage.dump() == before


@pytest.mark.parametrize(
    ("typed", "code", "said"),
    [
        (("--approve", "1-3"), 5, "这样投是无效票"),
        (("--approve", "4"), 3, "名单上没有第 4 号"),
        (("--approve", "0"), 3, "名单上没有第 0 号"),
        (("--approve", "王芳"), 3, "选票上没有「王芳」"),
        (("--approve", "2-1"), 2, "前后颠倒"),
        (("--approve", "²"), 3, "选票上没有「²」"),
        (("--approve", "1", "--against", "马秋澜"), 2, "马秋澜被选了两次"),
        (("--approve", "chairs:1"), 3, "没有 chairs 这项选举"),
        (("--against", "1", "--write-in", ""), 2, "写姓名"),
    ],
)
def test_a_ballot_that_cannot_be_meant_is_refused_and_the_pass_still_votes(
    voting: tuple[Stage, Run, list[str]], typed: tuple[str, ...], code: int, said: str
) -> None:
    """Too many, unknown, twice, another contest: nothing is changed, the voter puts it right."""
    stage, run, codes = voting
    before = stage.dump()
    refused = run("election", "cast", *MEMBERS, *typed, input=f"{codes[0]}\n", code=code)
    assert said in refused.stderr
    assert codes[0] not in refused.stderr + refused.stdout
    assert stage.dump() == before
    run("election", "cast", *MEMBERS, "--approve", "1", input=f"{codes[0]}\n", code=0)


def test_whoever_means_an_invalid_ballot_may_cast_it(voting: tuple[Stage, Run, list[str]]) -> None:
    """Knowingly: it is her right."""
    stage, run, codes = voting
    run("election", "cast", *MEMBERS, "--approve", "1-3", "--invalid", input=f"{codes[0]}\n", code=0)
    assert len(stage.rows("sealed_ballots")) == 1


def test_a_voter_who_saw_no_answer_asks_again_with_her_own_word(voting: tuple[Stage, Run, list[str]]) -> None:
    """The same word: her ballot is in the box. Another, or none: somebody has used the pass."""
    stage, run, codes = voting
    cast = ("election", "cast", *MEMBERS, "--approve", "1")
    run(*cast, "--token", "青松", input=f"{codes[0]}\n", code=0)
    assert "没有投第二次" in run(*cast, "--token", "青松", input=f"{codes[0]}\n", code=0).stdout
    assert "此凭证已被使用" in run(*cast, "--token", "白杨", input=f"{codes[0]}\n", code=5).stderr
    assert len(stage.rows("sealed_ballots")) == 1


def test_passes_that_do_not_vote(voting: tuple[Stage, Run, list[str]]) -> None:
    """Spent (5), unknown (3), mistyped (2), none (2), poll closed (4); no code is repeated."""
    stage, run, codes = voting
    run("election", "cast", *MEMBERS, "--approve", "1", input=f"{codes[0]}\n", code=0)
    before = stage.dump()
    wrong = codes[1][:-1] + ("0" if codes[1][-1] != "0" else "1")
    for code, exit_code, said in (
        (codes[0], 5, "此凭证已被使用"),
        ("0" * 17, 3, "没有这张凭证"),
        (wrong, 2, "凭证代码输入有误"),
        ("", 2, "没有输入凭证代码"),
    ):
        refused = run("election", "cast", *MEMBERS, "--approve", "1", input=f"{code}\n", code=exit_code)
        assert said in refused.stderr
        assert not code or code not in refused.stderr
    assert stage.dump() == before
    run("election", "close", *MEMBERS, *AS, code=0)
    before = stage.dump()
    closed = run("election", "cast", *MEMBERS, "--approve", "1", input=f"{codes[1]}\n", code=4)
    assert "投票已经结束" in closed.stderr
    assert stage.dump() == before


def test_a_sheet_of_two_contests_is_marked_contest_by_contest(officers_by_phone: Stage) -> None:
    """A choice without its contest, or for a contest that is not there, is never passed over in silence."""
    stage, run = officers_by_phone, at(officers_by_phone)
    codes = pile(run, 10, "chair")
    opened(stage, run, 10, "chair")
    before = stage.dump()
    for typed, code, said in ((("1",), 2, "请写明是哪一项"), (("chari:1",), 3, "没有 chari 这项选举")):
        refused = run("election", "cast", "--contest", "chair", "--approve", *typed, input=codes[0], code=code)
        assert said in refused.stderr
    assert stage.dump() == before
    choices = ("--approve", "chair:1", "--approve", "vice_chairs：1,3", "--write-in", "chair:向晚晴")
    run("election", "cast", "--contest", "chair", *choices, "--invalid", input=codes[0], code=0)
    stage.closed("chair")
    stage.returned(0, "chair")
    stage.at("chair", polls.declare, True, stage.act())
    stage.unsealed("chair")
    [row] = stage.rows("opened_ballots")
    assert row[2] == '[["+0",["+向晚晴"]],["+0+",[]]]'


def box(name: str, text: str) -> str:
    Path(name).write_text(text, encoding="utf-8")
    return name


HEAD = "马秋澜,邓云舒,田富,另选1\n"


def test_a_box_is_entered_from_a_file_whole_or_not_at_all(ready: Stage) -> None:
    """Too many, a strange column, no file, a torn row, the same file twice: nothing is entered."""
    run = at(ready)
    ready.open(9).declared(4)
    enter = ("election", "enter", *MEMBERS, *AS)
    before = ready.dump()
    for name, text, code, said in (
        ("more.csv", HEAD + "○,,,\n" * 5, 5, "录入后将有 5 张"),
        ("strange.csv", "马秋澜,邓云舒,田富,王芳\n○,,,\n", 5, "表头与候选人名单不符"),
        ("short.csv", "马秋澜,邓云舒\n○,\n", 5, "表头与候选人名单不符"),
        ("torn.csv", HEAD + "○\n○,,,\n", 5, "第 2 行"),
        ("face.csv", "马秋澜,邓云舒,田富,票面\n○,,,破\n", 5, "票面写了“破”"),
    ):
        assert said in run(*enter, box(name, text), code=code).stderr, name
    assert "nowhere.csv" in run(*enter, "nowhere.csv", code=2).stderr
    run(*enter, code=2)
    assert ready.dump() == before
    told = answer(run(*enter, box("half.csv", HEAD + "○,○,,\n" * 2), "--json", code=0))
    assert told["changed"]
    undo = f"federation election enter --undo {told['sha256'][:12]} --note 原因 --contest members"
    assert "箱内 4 张，已录 2 张，还差 2 张" in told["message"]
    assert undo in told["message"]
    again = run(*enter, "half.csv", code=5).stderr
    assert "这个文件已经录入过" in again
    assert undo in again
    over = run(*enter, box("whole.csv", HEAD + "○,○,,\n" * 4), code=5).stderr
    assert "录入后将有 6 张" in over
    assert f"先前已从文件录入 2 张（一张选票只计一次）。先录的不全或录错的，先撤销再录：{undo}" in over
    assert "已录入 2 张" in run("election", "count", *MEMBERS, *AS, code=5).stderr
    run("election", "enter", "--undo", told["sha256"][:8], *MEMBERS, *AS, code=5)
    run("election", "enter", "--undo", told["sha256"][:8], "--note", "录错", *MEMBERS, *AS, code=0)
    run("election", "enter", "--undo", told["sha256"][:8], "--note", "录错", *MEMBERS, *AS, code=3)
    run(*enter, "half.csv", code=0)
    run("election", "enter", "--undo", "half.csv", "--note", "录错", *MEMBERS, *AS, code=0)
    said = run(*enter, box("all.csv", HEAD + "○,○,,\n" * 3 + "○,对,,\n"), code=0).stdout
    assert "箱内 4 张，已录 4 张，已全部录入" in said
    assert "“对”（1 处）不是办法规定的符号" in said
    run("election", "count", *MEMBERS, *AS, code=0)


def test_a_box_is_not_entered_before_it_is_declared_valid(ready: Stage) -> None:
    """Exit 4."""
    ready.open(9)
    at(ready)("election", "enter", box("all.csv", HEAD + "○,○,,\n"), *MEMBERS, *AS, code=4)


def test_the_count_says_what_must_be_decided_before_the_result_is_announced(
    voting: tuple[Stage, Run, list[str]],
) -> None:
    """争议 that could change the outcome wait for the presidium, and nobody should learn of it only when announcing."""
    stage, run, codes = voting
    for code in codes[:6]:
        stage.cast(code)
    run("election", "dispute", 5, *MEMBERS, *TWO, code=0)
    unsealed(stage)
    said = run("election", "count", *MEMBERS, *AS, code=0).stdout
    assert "宣布结果之前，还须先办：\n  · 争议 5 起" in said
    assert "federation election decide --box --note 决定内容 --contest members" in said
    assert "争议 5 起" in run("election", "announce", *MEMBERS, *AS, code=5).stderr
