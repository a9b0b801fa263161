"""Passes: made once, into a file of its owner alone; only their hashes are stored, nobody's name beside them."""

import csv
import stat
from pathlib import Path

import pytest
from sqlalchemy import Engine

from federation import db
from federation.ballotbox.passes import pass_hash, read_code
from federation.clock import SetClock
from federation.errors import Misused, NotFound, Refused, WrongStage
from federation.services import passes, polls
from tests.polling import Polling
from tests.services.stage import LISTS, ONE, Stage

PAPER_ONLY = ONE.replace('channels = ["paper", "phone"]\n', "")


def codes_in(file: Path) -> list[str]:
    with file.open(encoding="utf-8-sig") as lines:
        return [row[0] for row in csv.reader(lines)][1:]


def test_a_pile_is_written_once_for_its_owner_alone_and_only_hashes_are_kept(ready: Stage, tmp_path: Path) -> None:
    """Mode 0600, one distinct code a line; what is stored is the hash over the poll and the secret."""
    ready.at("members", passes.make, 5, tmp_path / "pile.csv", ready.act())
    assert stat.S_IMODE((tmp_path / "pile.csv").stat().st_mode) == 0o600
    codes = codes_in(tmp_path / "pile.csv")
    with db.reading(ready.engine) as session:
        poll = ready.poll(session, "members").case.id.hex
    hashes = {pass_hash(poll, read_code(code)) for code in codes}
    assert len(hashes) == 5
    assert {(row[0], row[2]) for row in ready.rows("voting_passes")} == {(value, "unspent") for value in hashes}
    assert not [code for code in codes if code.replace("-", "")[:16] in str(ready.dump())]
    assert ready.lines()[-1] == ("passes.make", '{"passes":5}')


def test_a_file_that_is_there_is_not_written_over(ready: Stage, tmp_path: Path) -> None:
    """Whatever it is; and no pass is made."""
    (tmp_path / "pile.csv").write_text("别的内容")
    with ready.refused(Refused, "已经存在"):
        ready.at("members", passes.make, 5, tmp_path / "pile.csv", ready.act())
    assert (tmp_path / "pile.csv").read_text() == "别的内容"
    with ready.refused(Misused, "写不了凭证文件"):
        ready.at("members", passes.make, 5, tmp_path / "nowhere" / "pile.csv", ready.act())
    with ready.refused(Misused):
        ready.at("members", passes.make, 0, tmp_path / "other.csv", ready.act())


def test_a_run_that_ends_between_the_file_and_the_commit_leaves_no_pass(ready: Stage, tmp_path: Path) -> None:
    """The file is on disk first: its codes are then codes that no poll knows."""
    before = ready.dump()
    with pytest.raises(KeyboardInterrupt), db.transaction(ready.engine) as session:
        stop_after(passes.make, session, ready, tmp_path / "pile.csv")
    assert ready.dump() == before
    [code, *_] = codes_in(tmp_path / "pile.csv")
    ready.passes(3)
    ready.open(0, 3)
    with ready.refused(NotFound, "不是本次投票的凭证"):
        ready.cast(code)


def stop_after(make, session, stage: Stage, file: Path) -> None:
    make(session, stage.poll(session, "members"), 5, file, stage.act())
    raise KeyboardInterrupt


def test_passes_are_made_while_the_list_is_fixed_and_the_poll_not_open(ready: Stage, tmp_path: Path) -> None:
    """Opening ends issuing and voiding; a refusal leaves no file."""
    codes = ready.passes(3)
    ready.open(0, 3)
    with ready.refused(WrongStage):
        ready.at("members", passes.make, 5, tmp_path / "late.csv", ready.act())
    assert not (tmp_path / "late.csv").exists()
    with ready.refused(WrongStage):
        ready.at("members", passes.void, codes[:1], ready.act())


def test_a_late_lot_is_added_to_the_pile(ready: Stage) -> None:
    """Both lots vote."""
    first, second = ready.passes(3), ready.passes(2)
    ready.open(0, 5).cast(first[0])
    ready.cast(second[0])
    assert len(ready.rows("opened_ballots")) == 2


def test_a_pass_scanned_twice_is_void_once(ready: Stage) -> None:
    """The ledger of passes counts passes, not scans; a second round of scanning changes nothing."""
    codes = ready.passes(5)
    lower = codes[0].lower().replace("-", " ")
    ready.at("members", passes.void, [codes[0], lower, codes[1]], ready.act())
    assert ready.lines()[-1] == ("passes.void", '{"void":2,"voided":2}')
    before = ready.dump()
    assert not ready.at("members", passes.void, codes[:2], ready.act()).taken
    assert ready.dump() == before
    with ready.refused(Refused, "作废 2 份，应领出 3 份，清点却是 5 份"):
        ready.open(0, 5)
    ready.open(0, 3)


def test_a_code_that_is_no_pass_of_this_poll_is_named_by_its_place_and_nothing_is_void(ready: Stage) -> None:
    """A whole pile is scanned: the message says which slip to look at, and never the code."""
    codes = ready.passes(5)
    with ready.refused(NotFound, "第 2 个代码"):
        ready.at("members", passes.void, [codes[0], "0" * 17, codes[1]], ready.act())
    with ready.refused(Misused):
        ready.at("members", passes.void, [], ready.act())


def test_no_pass_is_made_where_the_method_knows_only_paper(engine: Engine, clock: SetClock, tmp_path: Path) -> None:
    """Phones vote only where the adopted method says so."""
    hall = Polling(engine, clock).sitting(tmp_path, PAPER_ONLY).nominated(**LISTS)
    hall.at("members", polls.print_papers, 9, hall.act())
    with pytest.raises(Refused, match="没有规定用手机投票"):
        hall.at("members", passes.make, 5, tmp_path / "pile.csv", hall.act())
    assert not (tmp_path / "pile.csv").exists()
