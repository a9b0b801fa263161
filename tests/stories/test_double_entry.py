"""
A box counted as congresses count it: two tellers type every paper, each apart from the other.

Nine papers in two piles. In the first the two differ on three papers: two are slips of the finger and are corrected,
one has a smudge that a scrutineer settles. Both piles are signed off, the box is counted, and the result is that of the
same papers entered from one file.
"""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from federation.boxes import write_ballots
from federation.clock import SetClock
from federation.db import disposed, engine_for, upgrade
from federation.rules.methods import load_method
from tests import shell
from tests.entering import BOX, FIRST, JUDGE, LIST, OTHER, TELLERS, Table
from tests.shell import Run, answer

ON = ("--contest", "members")
SUN, ZHOU, LI = (*ON, "--as", FIRST), (*ON, "--as", OTHER), (*ON, "--as", JUDGE)
PILE_1, PILE_2 = ("1112", "1113", "1121", "1211", "2111"), ("2221", "1112", "3311", "1122w向晚晴\n1")


def typed(*papers: str) -> str:
    """What is typed for these papers, and Enter at the end of the pile."""
    return "".join(f"{keys}\n" for keys in papers) + "\n"


@pytest.fixture
def run(engine: Engine, database_url: str, clock: SetClock, tmp_path: Path) -> Run:
    """The chair has declared the election valid, the box is opened."""
    Table(engine, clock).unsealed(tmp_path)
    return shell.runner(database_url, clock)


def counted(run: Run) -> Any:
    """The box is counted; who counted it is not part of the result."""
    return answer(run("election", "count", *ON, "--as", "王秘书", "--json", code=0))["results"]


def entries(run: Run) -> dict[str, Any]:
    """The piles by their numbers."""
    return {row["number"]: row for row in answer(run("election", "entries", *ON, "--json", code=0))}


def by_two_tellers(run: Run, clock: SetClock) -> Any:
    """The whole of it, and the result."""
    pile_1 = ("election", "enter", "--batch", "1", "--papers", "5")
    run(*pile_1, *SUN, input=typed(*PILE_1), code=0)
    assert entries(run)["1"]["differences"] == []

    # 周计票 is called away after two papers, and her machine is switched off over the third.
    run(*pile_1, *ZHOU, input="1112\n1123\n11", code=0)
    clock.advance(minutes=20)
    run(*pile_1, *ZHOU, input=typed("11?1", "1211", "2112"), code=0)

    differing = entries(run)["1"]["differences"]
    assert [(one["paper"], one["field"]) for one in differing] == [(2, "邓云舒"), (3, "邓云舒"), (5, "田富")]
    run("election", "sign-off", "--batch", "1", "--with", OTHER, *SUN, code=5)
    run("election", "count", *ON, "--as", "王秘书", code=5)

    # The papers are looked at again. 周计票 slipped on two; on the third there is a smudge in the box.
    run("election", "enter", "--batch", "1", "--correct", "2", *ZHOU, input="1113\n", code=0)
    run("election", "enter", "--batch", "1", "--correct", "5", *ZHOU, input="2111\n", code=0)
    settled = ("--marks", "1121", "--reason", "格内污渍不是符号，反对的记号清楚")
    run("election", "settle", "--batch", "1", "--paper", "3", *settled, *LI, code=0)
    run("election", "sign-off", "--batch", "1", "--with", OTHER, *SUN, code=0)

    pile_2 = ("election", "enter", "--batch", "2")
    run(*pile_2, *ZHOU, input=typed(*PILE_2), code=0)
    run(*pile_2, *SUN, input=typed(*PILE_2), code=0)
    told = run("election", "sign-off", "--batch", "2", "--with", FIRST, *ZHOU, code=0).stdout
    assert told == "执行委员会委员第 2 批已签认；箱内 9 张，已签认 9 张\n"
    return counted(run)


def from_one_file(clock: SetClock, folder: Path) -> Any:
    """The same papers of another congress like this one, entered from a file in one go."""
    folder.mkdir()
    url = f"sqlite:///{folder / 'federation.db'}"
    with disposed(engine_for(url)) as engine:
        upgrade(engine)
        Table(engine, clock).unsealed(folder)
    write_ballots(folder / "box.csv", load_method(TELLERS).ballot.marks, LIST, BOX)
    run = shell.runner(url, clock)
    run("election", "enter", folder / "box.csv", *SUN, code=0)
    return counted(run)


def test_a_box_entered_by_two_tellers_gives_the_result_of_the_file(run: Run, clock: SetClock, tmp_path: Path) -> None:
    """The same papers, the same result; every correction and the settling stand in the journal, no mark does."""
    twice = by_two_tellers(run, clock)
    lines = [line for line in answer(run("journal", "show", "--json", code=0)) if line["act"].startswith("enter.")]
    acts = [line["act"].rpartition(".")[2] for line in lines]
    assert acts.count("correct") == 2
    assert [line["facts"]["reason"] for line in lines if line["act"].endswith("settle")] == [
        "格内污渍不是符号，反对的记号清楚"
    ]
    assert "1121" not in str([line["facts"] for line in lines])
    run("journal", "verify", code=0)
    assert twice == from_one_file(clock, tmp_path / "another")
