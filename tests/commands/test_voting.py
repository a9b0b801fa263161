"""`election cast` at a real terminal: answers checked at their prompts, the ballot shown, the screen left empty."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from federation.ballotbox.answers import Answer
from tests.services.stage import Stage, phones
from tests.terminal import typed

__all__ = ["phones"]
CAST = ("election", "cast", "--contest", "members")
WIPED = "\x1b[H\x1b[2J\x1b[3J"


@pytest.fixture
def codes(phones: Stage) -> list[str]:
    """Ten passes drawn, the poll open."""
    pile = phones.passes(10)
    phones.open(0, 10)
    return pile


def voted(stage: Stage, folder: Path, answers: Sequence[str], *args: str) -> tuple[int, str]:
    """A voter who types these answers and no other."""
    given = iter(answers)
    code, shown = typed(stage, folder, lambda _: next(given, None), *CAST, *args)
    assert list(given) == [], shown
    return code, shown


def in_the_box(stage: Stage) -> list[str]:
    """What the ballots say, once the box is opened."""
    stage.declared(0).unsealed()
    return sorted(str(row[2]) for row in stage.rows("opened_ballots"))


def test_every_slip_is_told_at_its_prompt_and_the_ballot_is_shown_before_it_is_cast(
    phones: Stage, codes: list[str], tmp_path: Path
) -> None:
    """A mistyped pass, a number that is not there, a name chosen twice: each is asked for again, and nothing else."""
    wrong = codes[0][:-1] + ("0" if codes[0][-1] != "0" else "1")
    answers = (wrong, codes[0], "1、9", "1", "1", "3", "", "谭慧、彭雪茵", "y", "", "")
    answers = (*answers[:8], "n", "1", "3", "", "谭慧", "y", "")
    code, shown = voted(phones, tmp_path, answers)
    assert code == 0, shown
    assert shown.count("凭证代码输入有误") == 1
    assert "名单上没有第 9 号，共 3 人" in shown
    assert "马秋澜被选了两次" in shown
    assert "委员：这样投是无效票（所选人数多于规定名额，应选 2 名）" in shown
    for line in ("赞成 1 人：马秋澜", "反对 1 人：田富", "弃权 1 人：邓云舒", "另选 1 人：谭慧"):
        assert line in shown
    assert wrong not in shown
    assert codes[0] not in shown
    assert in_the_box(phones) == ['[["+0-",["+谭慧"]]]']


def test_a_written_name_that_will_not_count_is_told_with_its_rule_before_the_ballot_is_cast(
    phones: Stage, codes: list[str], tmp_path: Path
) -> None:
    """Nobody is struck in silence: the voter changes it, or casts it all the same and knows."""
    code, shown = voted(phones, tmp_path, (codes[0], "1", "", "", "谭慧", "y", "y", ""))
    assert code == 0, shown
    assert "注意：委员：另选的谭慧不计（投了反对票的才能另选，本票没有投反对票）" in shown
    counted = shown.rpartition("你的票将这样计入")[2].partition("照此投出")[0]
    assert "另选 1 人" not in counted
    assert "另选的谭慧不计" in counted


def test_what_was_chosen_is_gone_from_the_screen_before_the_next_voter_comes(
    phones: Stage, codes: list[str], tmp_path: Path
) -> None:
    """Screen and scrollback are wiped after the ballot, and once more after its answer was read."""
    code, shown = voted(phones, tmp_path, (codes[0], "1-2", "", "", "", "y", ""))
    assert code == 0, shown
    choices, answer, nothing = shown.split(WIPED)
    assert "马秋澜" in choices
    assert "你的票已在票箱" in answer
    assert "请按回车，换下一位" in answer
    assert "马秋澜" not in answer
    assert nothing.strip() == ""


def test_a_refused_ballot_leaves_no_choices_on_the_screen_either(
    phones: Stage, codes: list[str], tmp_path: Path
) -> None:
    """Her own pass once more: she is told that her first ballot arrived, and whom a stranger to it should ask."""
    assert phones.answer(codes[0]) == Answer.IN_BOX
    code, shown = voted(phones, tmp_path, (codes[0], "1-2", "", "", "", "y"))
    assert code == 5, shown
    choices, told = shown.split(WIPED)
    assert "马秋澜" in choices
    assert "马秋澜" not in told
    assert "你自己投的，票已收到，不用再办。你没有投过的，请马上找监票人登记争议" in told


def test_a_ballot_that_is_not_confirmed_is_filled_in_anew(phones: Stage, codes: list[str], tmp_path: Path) -> None:
    """Only yes casts it; an Enter too many asks again."""
    answers = (codes[0], "1-2", "", "", "", "", "n", "2", "", "", "", "是", "")
    code, shown = voted(phones, tmp_path, answers)
    assert code == 0, shown
    assert "请输入 y 或 n" in shown
    assert in_the_box(phones) == ['[["0+0",[]]]']


def test_a_voter_is_not_asked_for_a_poll_that_is_closed(phones: Stage, codes: list[str], tmp_path: Path) -> None:
    """Exit 4, before she has typed anything."""
    assert codes
    phones.closed()
    code, shown = voted(phones, tmp_path, ())
    assert code == 4
    assert "投票已经结束，这次没有投出" in shown
