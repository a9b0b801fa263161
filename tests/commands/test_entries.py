"""`election enter --batch`, `entries`, `settle`, `sign-off` as tellers and a scrutineer type them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from federation.boxes import write_ballots
from federation.clock import SetClock
from federation.facts.counting import Paper
from federation.rules.methods import load_method
from federation.spreadsheets import write_table
from tests import shell
from tests.databases import BOTH
from tests.entering import BOX, FIRST, JUDGE, LIST, OTHER, TELLERS, Table
from tests.shell import Run, answer
from tests.staging import copied

ON = ("--contest", "members")
A, B = (*ON, "--as", FIRST), (*ON, "--as", OTHER)
KEYS = ("1112", "1113", "1121", "1211", "2111", "2221", "1112", "3311", "1122w向晚晴\n1")
TYPED = "".join(f"{keys}\n" for keys in KEYS)
"""The nine papers of the box, a key a name, Enter after each."""


@pytest.fixture(params=BOTH)
def run(request: pytest.FixtureRequest, clock: SetClock, tmp_path: Path) -> Iterator[Run]:
    """The box is opened, nine papers lie on the table."""
    with copied(request, "opened_box", lambda engine: Table(engine, clock).unsealed(tmp_path)) as engine:
        yield shell.runner(engine.url.render_as_string(hide_password=False), clock)


def enter(run: Run, who: tuple[str, ...], typed: str, *more: str, code: int = 0) -> str:
    """Type into one pile."""
    result = run("election", "enter", "--batch", "1", *more, *who, input=typed, code=code)
    return result.stdout + result.stderr


def batch(run: Run) -> dict[str, object]:
    """What `entries` says of the only batch."""
    (row,) = answer(run("election", "entries", *ON, "--json", code=0))
    return row


def ballots_file(path: Path, papers: tuple[Paper, ...] = BOX) -> Path:
    write_ballots(path, load_method(TELLERS).ballot.marks, LIST, papers)
    return path


def test_a_pile_is_typed_key_by_key_and_finished_with_enter(run: Run) -> None:
    """The papers are those of the box, so that the other teller's file agrees with them."""
    said = enter(run, A, TYPED + "\n", "--papers", "9")
    assert "第 9 / 9 张" in said
    assert (
        said.splitlines()[0]
        == "执行委员会委员第 1 批：9 张已录完。要更正用 --correct 张号；两人都录完后看 federation election entries"
    )
    run("election", "enter", "--batch", "1", "--file", ballots_file(Path("乙.csv")), *B, code=0)
    assert batch(run)["differences"] == []
    signed = run("election", "sign-off", "--batch", "1", "--with", OTHER, *A, code=0)
    assert signed.stdout == "执行委员会委员第 1 批已签认；箱内 9 张，已签认 9 张\n"
    assert run("election", "sign-off", "--batch", "1", "--with", OTHER, *A, code=0).stdout == "已办理，未作改动\n"


def test_a_teller_who_leaves_goes_on_with_the_next_paper(run: Run) -> None:
    """At q, at the end of a pipe, and in the middle of a paper: what had its Enter is kept."""
    assert "已录 2 / 9 张" in enter(run, A, "1112\n1113\nq", "--papers", "9")
    assert "这一张没有按回车，没有记下" in enter(run, A, "1121\n12")
    said = enter(run, A, "1211\n")
    assert "第 4 / 9 张" in said
    assert "已录 4 / 9 张" in said
    assert batch(run)["tellers"] == [{"name": FIRST, "entered": 4, "finished": False}]


@pytest.mark.parametrize(
    ("typed", "paper"),
    [
        ("a\n", "丁一禾 赞成，马秋澜 赞成，邓云舒 赞成，田富 赞成"),
        ("2a\n", "丁一禾 反对，马秋澜 赞成，邓云舒 赞成，田富 赞成"),
        ("12u?33\n", "丁一禾 赞成，马秋澜 不清，邓云舒 弃权，田富 弃权"),
        ("１１１２\n", "丁一禾 赞成，马秋澜 赞成，邓云舒 赞成，田富 反对"),
        ("b\n", "丁一禾 弃权，马秋澜 弃权，邓云舒 弃权，田富 弃权"),
        ("1 z\n112\n", "丁一禾 赞成，马秋澜 赞成，邓云舒 赞成，田富 反对"),
        ("1122w?周\n\n", "丁一禾 赞成，马秋澜 赞成，邓云舒 反对，田富 反对，另选 周（不清）"),
        ("1122w\n\n", "丁一禾 赞成，马秋澜 赞成，邓云舒 反对，田富 反对"),
        ("1122w周敏\n1u\n", "丁一禾 赞成，马秋澜 赞成，邓云舒 反对，田富 反对"),
        ("12x\n", "丁一禾 弃权，马秋澜 弃权，邓云舒 弃权，田富 弃权，多余记号"),
        ("i\n", "丁一禾 弃权，马秋澜 弃权，邓云舒 弃权，田富 弃权，无法辨认"),
        ("2222\nu1112\n", "丁一禾 赞成，马秋澜 赞成，邓云舒 赞成，田富 反对"),
    ],
)
def test_what_the_keys_say(run: Run, typed: str, paper: str) -> None:
    """Seen again by the teller as she corrects it."""
    enter(run, A, typed, "--papers", "9")
    assert f"你录的第 1 张：{paper}\n" in enter(run, A, "", "--correct", "1", code=2)


@pytest.mark.parametrize(
    ("asked", "key", "shown"),
    [(True, "1", "（有赞成符号）"), (True, "0", ""), (True, "\n?", "（不清）"), (False, "", "")],
)
def test_the_sign_of_a_written_name_is_asked_for_where_it_counts(
    engine: Engine, clock: SetClock, database_url: str, tmp_path: Path, asked: bool, key: str, shown: str
) -> None:
    """needs_sign: the name alone counts or does not."""
    method = TELLERS.replace('allowed = "free"', f'allowed = "free"\nneeds_sign = {str(asked).lower()}')
    Table(engine, clock).unsealed(tmp_path, method)
    run = shell.runner(database_url, clock)
    assert ("姓名旁的符号" in enter(run, A, f"1122w周敏\n{key}\n", "--papers", "9")) is asked
    assert f"另选 周敏{shown}\n" in enter(run, A, "", "--correct", "1", code=2)


@pytest.mark.parametrize("typed", ["周敏、谭慧", "周敏，谭慧"])
def test_names_written_in_one_line_are_as_many_people(run: Run, typed: str) -> None:
    """At the keyboard they are parted; a file, a tally sheet and a decision have one name in each place."""
    enter(run, A, f"1122w{typed}\n11\nq", "--papers", "9")
    assert "另选 周敏（有赞成符号），另选 谭慧（有赞成符号）\n" in enter(run, A, "", "--correct", "1", code=2)
    cell = typed.replace("，", "；")  # a comma would part the cells
    Path("box.csv").write_text(f"{','.join(LIST)},另选1\n○,○,×,×,○{cell}\n", encoding="utf-8")
    assert "第 2 行另选的一格里写了几个人" in run("election", "enter", "box.csv", *A, code=5).stderr
    lines = ["候选人,赞成,反对,弃权,另选", *(f"{name},1,0,0," for name in LIST), f"{cell},1,,,是"]
    Path("sheet.csv").write_text("\n".join(lines), encoding="utf-8")
    sheet = ("election", "enter", "--totals", "sheet.csv", "--valid", "1", "--invalid", "0", *A)
    assert "第 6 行写了几个人" in run(*sheet, code=5).stderr
    settle = ("election", "settle", "--batch", "1", "--paper", "1", "--marks", "1122", "--write-in", typed)
    assert "写了几个人" in run(*settle, "--reason", "看票", *ON, "--as", JUDGE, code=2).stderr


def test_nobody_sees_the_other_entry_before_both_have_finished(run: Run) -> None:
    """Neither in the list, nor as the second one types, nor in the journal; one's own paper only is shown."""
    enter(run, A, TYPED + "\n", "--papers", "9")
    said = enter(run, B, "2222\nq") + str(batch(run)) + run("election", "entries", *ON, code=0).stdout
    assert batch(run)["differences"] == []
    assert "不一致" not in said
    assert "没有录过第 5 张" in enter(run, B, "", "--correct", "5", code=3)
    assert "丁一禾" not in run("journal", "show", "--json", code=0).stdout.partition("enter.members")[2]


def test_differences_are_shown_field_by_field_and_corrected(run: Run) -> None:
    """Who read what, and the command that follows."""
    enter(run, A, TYPED + "\n", "--papers", "9")
    enter(run, B, TYPED.replace("1121\n", "1112\n", 1) + "\n")
    told = run("election", "entries", *ON, code=0).stdout
    assert "2 处不一致" in told
    assert [line.split() for line in told.splitlines()[-4:-1]] == [
        ["第几张", "项目", FIRST, OTHER],
        ["3", "邓云舒", "反对", "赞成"],
        ["3", "田富", "赞成", "反对"],
    ]
    refused = answer(run("election", "sign-off", "--batch", "1", "--with", OTHER, "--json", *A, code=5))
    assert refused["findings"][0]["remedy"] == "federation election enter --batch 1 --correct 3"
    enter(run, B, "1121\n", "--correct", "3")
    assert batch(run)["differences"] == []
    assert "已办理，未作改动" in enter(run, B, "1121\n", "--correct", "3")


def test_a_scrutineer_settles_and_a_teller_does_not(run: Run) -> None:
    """With a reason; her marks as the tellers type them."""
    enter(run, A, TYPED + "\n", "--papers", "9")
    enter(run, B, TYPED.replace("1121\n", "11?1\n", 1) + "\n")
    settle = ("election", "settle", "--batch", "1", "--paper", "3", *ON)
    run(*settle, "--marks", "1121", "--reason", "涂改处认定反对", "--as", FIRST, code=5)
    run(*settle, "--marks", "1121", "--as", JUDGE, code=5)
    for wrong in (("--marks", "112"), ("--marks", "1127"), ()):
        run(*settle, *wrong, "--reason", "涂改", "--as", JUDGE, code=2)
    done = run(*settle, "--marks", "1121", "--reason", "涂改处认定反对", "--as", JUDGE, code=0)
    assert done.stdout == "第 1 批第 3 张已裁定\n"
    assert (batch(run)["differences"], batch(run)["settled"]) == ([], [3])
    assert "裁定 1 张" in run("election", "entries", *ON, code=0).stdout


def test_a_pile_is_undone_with_its_reason(run: Run) -> None:
    """Exit 5 without one, exit 3 for a pile nobody began."""
    enter(run, A, "1112\n", "--papers", "9")
    run("election", "enter", "--undo-batch", "1", *A, code=5)
    run("election", "enter", "--undo-batch", "2", "--note", "误录", *A, code=3)
    done = run("election", "enter", "--undo-batch", "1", "--note", "张数点错", *A, code=0)
    assert done.stdout == "第 1 批已撤销，由两名计票人重录\n"
    assert run("election", "entries", *ON, code=0).stdout.splitlines()[-1] == "还没有分批录入"


def test_a_pile_from_a_file_is_entered_whole_or_not_at_all(run: Run) -> None:
    """Its rows are the pile's; a part already typed, or another number, refuses it."""
    box = ballots_file(Path("甲.csv"))
    run("election", "enter", "--batch", "1", "--file", "没有.csv", *A, code=2)
    run("election", "enter", "--batch", "1", "--papers", "8", "--file", box, *A, code=5)
    ten = ballots_file(Path("十张.csv"), (*BOX, BOX[0]))
    run("election", "enter", "--batch", "1", "--file", ten, *A, code=5)
    assert answer(run("election", "entries", *ON, "--json", code=0)) == []
    enter(run, A, "1112\n", "--papers", "9")
    run("election", "enter", "--batch", "1", "--file", box, *A, code=5)
    run("election", "enter", "--batch", "1", "--file", box, *B, code=0)
    assert [teller["entered"] for teller in batch(run)["tellers"]] == [1, 9]


def test_two_tally_sheets(run: Run) -> None:
    """Received, compared figure by figure, signed off once they agree."""
    header = ("candidate", "approve", "against", "abstain")
    votes = [(LIST[0], 6, 2, 0), (LIST[1], 5, 3, 0), (LIST[2], 4, 4, 0), (LIST[3], 3, 4, 1)]
    write_table(Path("甲.csv"), header, votes)
    write_table(Path("乙.csv"), header, [votes[0], (LIST[1], 3, 5, 0), *votes[2:]])
    sheet, papers = ("election", "enter", "--totals"), ("--valid", "8", "--invalid", "1")
    run(*sheet, "甲.csv", *A, code=2)
    run(*sheet, "甲.csv", "--valid", "7", "--invalid", "1", *A, code=5)
    assert run(*sheet, "甲.csv", *papers, *A, code=0).stdout == "执行委员会委员：计票表已收，等另一名计票人交表\n"
    said = run(*sheet, "乙.csv", *papers, *B, code=0).stdout
    assert [line.split() for line in said.splitlines()[1:]] == [
        ["项目", FIRST, OTHER],
        ["马秋澜", "赞成", "5", "3"],
        ["马秋澜", "反对", "3", "5"],
    ]
    done = run(*sheet, "甲.csv", *papers, *B, code=0).stdout
    assert done == f"执行委员会委员：{FIRST}、{OTHER}的计票表一致，已签认\n"


def test_status_offers_both_ways_to_enter_a_box(run: Run) -> None:
    """Twice by two tellers, or as a file."""
    told = run("status", "--json", code=0).stdout
    assert "federation election enter --batch 批号 --contest members" in told
    enter(run, A, "1112\n", "--papers", "9")
    assert "第 1 批还没有由两名计票人签认" in run("status", code=0).stdout


def test_wrong_calls_have_their_exit_codes(run: Run) -> None:
    """2 for two ways at once, or an option of another; 3 for an unknown officer; 5 for one who is no teller."""
    box = ballots_file(Path("箱.csv"))
    run("election", "enter", *A, code=2)
    run("election", "enter", box, "--batch", "1", *A, code=2)
    run("election", "enter", box, "--papers", "9", *A, code=2)
    run("election", "enter", "--batch", "1", "--file", box, "--correct", "1", *A, code=2)
    run("election", "enter", "--batch", "计票表", *A, code=2)
    run("election", "enter", "--batch", "1", *ON, code=2)
    run("election", "enter", "--batch", "1", *ON, "--as", "钱不在", code=3)
    run("election", "enter", "--batch", "1", *ON, "--as", JUDGE, code=5)
    run("election", "sign-off", "--batch", "1", *A, code=3)
    run("election", "enter", box, *A, code=0)
    run("election", "enter", "--batch", "1", *A, code=5)


def test_a_paper_needs_every_name_and_a_key_that_exists(run: Run) -> None:
    """Told at once, and nothing is kept."""
    said = enter(run, A, "11\nz", "--papers", "9")
    assert "还有 2 人没有录" in said
    assert "没有“z”这个键" in said
    assert "已录 0 / 9 张" in said


def test_the_last_paper_can_be_typed_again_before_the_pile_is_finished(run: Run) -> None:
    """u at the end goes back to it; without the last Enter the pile is not finished."""
    assert "已录 9 / 9 张" in enter(run, A, TYPED, "--papers", "9")
    assert batch(run)["tellers"] == [{"name": FIRST, "entered": 9, "finished": False}]
    assert "9 张已录完" in enter(run, A, "u2222\n\n")
    assert "第 9 张：丁一禾 反对，马秋澜 反对，邓云舒 反对，田富 反对\n" in enter(run, A, "", "--correct", "9", code=2)
