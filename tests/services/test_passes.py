"""Passes: made once, into a file of its owner alone; only their hashes are stored, nobody's name beside them."""

import csv
import stat
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from federation import db
from federation.ballotbox.answers import Answer
from federation.ballotbox.passes import check_code, pass_hash, read_check_code, read_code
from federation.clock import SetClock
from federation.errors import Misused, NotFound, Refused, WrongStage
from federation.facts.counting import Paper
from federation.services import doubts, passes, polls
from tests.polling import Polling
from tests.services.stage import LISTS, ONE, Stage, codes_alone

PAPER_ONLY = ONE.replace('channels = ["paper", "phone"]\n', "")


def codes_in(file: Path) -> list[str]:
    with file.open(encoding="utf-8-sig") as lines:
        return [row[0] for row in csv.reader(lines)]


def test_a_pile_is_written_once_for_its_owner_alone_and_only_hashes_are_kept(ready: Stage, tmp_path: Path) -> None:
    """Mode 0600, one distinct code a line; what is stored is the hash over the poll's name and the secret."""
    ready.at("members", passes.make, 5, tmp_path / "pile.csv", codes_alone, ready.act())
    assert stat.S_IMODE((tmp_path / "pile.csv").stat().st_mode) == 0o600
    codes = codes_in(tmp_path / "pile.csv")
    hashes = {pass_hash("shili/founding-1/congress/members", read_code(code)) for code in codes}
    assert len(hashes) == 5
    assert {(row[0], row[2]) for row in ready.rows("voting_passes")} == {(value, "unspent") for value in hashes}
    assert not [code for code in codes if code.replace("-", "")[:16] in str(ready.dump())]
    act, facts = ready.lines()[-1]
    assert (act, '"passes":5' in facts) == ("passes.make", True)


def test_a_stub_bears_the_check_code_of_its_pass(ready: Stage) -> None:
    """Sixty bits of a hash over the poll's name and the secret: no way leads from it to the code."""
    for code, check in ready.pile(5):
        assert read_check_code(check) == check_code("shili/founding-1/congress/members", read_code(code))


def test_a_file_that_is_there_is_not_written_over(ready: Stage, tmp_path: Path) -> None:
    """Whatever it is; and no pass is made."""
    (tmp_path / "pile.csv").write_text("别的内容")
    with ready.refused(Refused, "已经存在"):
        ready.at("members", passes.make, 5, tmp_path / "pile.csv", codes_alone, ready.act())
    assert (tmp_path / "pile.csv").read_text() == "别的内容"
    with ready.refused(Misused, "写不了机密文书"):
        ready.at("members", passes.make, 5, tmp_path / "nowhere" / "pile.csv", codes_alone, ready.act())
    with ready.refused(Misused):
        ready.at("members", passes.make, 0, tmp_path / "other.csv", codes_alone, ready.act())


def test_a_run_that_ends_between_the_file_and_the_commit_leaves_no_pass(phones: Stage, tmp_path: Path) -> None:
    """The file is on disk first: its codes are then codes that no poll knows."""
    before = phones.dump()
    with pytest.raises(KeyboardInterrupt), db.transaction(phones.engine) as session:
        stopped_after_making(session, phones, tmp_path / "pile.csv")
    assert phones.dump() == before
    [code, *_] = codes_in(tmp_path / "pile.csv")
    phones.passes(12)
    phones.open(12, 12)
    assert phones.answer(code) == Answer.UNKNOWN


def stopped_after_making(session: Session, stage: Stage, file: Path) -> None:
    passes.make(session, stage.poll(session, "members"), 5, file, codes_alone, stage.act())
    raise KeyboardInterrupt


def test_passes_are_made_while_the_list_is_fixed_and_the_poll_not_open(phones: Stage, tmp_path: Path) -> None:
    """Opening ends issuing and voiding; a refusal leaves no file."""
    codes = phones.passes(12)
    phones.open(12, 12)
    with phones.refused(WrongStage):
        phones.at("members", passes.make, 5, tmp_path / "late.csv", codes_alone, phones.act())
    assert not (tmp_path / "late.csv").exists()
    with phones.refused(Refused, "预留的只有 0 份"):
        phones.at("members", passes.void, codes[:1], phones.act())


def test_a_second_pile_is_added_to_the_first(phones: Stage) -> None:
    """Both vote."""
    first, second = phones.passes(6), phones.passes(6)
    phones.open(12, 12).cast(first[0])
    phones.cast(second[0])
    assert len(phones.rows("sealed_ballots")) == 2


def test_a_pass_scanned_twice_is_void_once(phones: Stage) -> None:
    """The ledger of passes counts passes, not scans; a second round of scanning changes nothing."""
    codes = phones.passes(15)
    lower, link = codes[0].lower().replace("-", " "), f"https://hall.example/vote#{codes[1]}"
    phones.at("members", passes.void, [codes[0], lower, link], phones.act())
    assert phones.lines()[-1] == ("passes.void", '{"void":2,"voided":2}')
    before = phones.dump()
    assert not phones.at("members", passes.void, codes[:2], phones.act()).taken
    assert phones.dump() == before
    phones.keyed()
    with phones.refused(Refused, "作废 2 份，应领出 13 份，清点却是 15 份"):
        phones.open(5, 15)
    phones.open(5, 13)


def test_a_code_that_is_no_pass_of_this_poll_is_named_by_its_place_and_nothing_is_void(ready: Stage) -> None:
    """A whole pile is scanned: the message says which slip to look at, and never the code."""
    codes = ready.passes(5)
    with ready.refused(NotFound, "第 2 个代码"):
        ready.at("members", passes.void, [codes[0], "0" * 17, codes[1]], ready.act())
    assert {row[2] for row in ready.rows("voting_passes")} == {"unspent"}
    with ready.refused(Misused):
        ready.at("members", passes.void, [], ready.act())


def test_no_pass_is_made_where_the_method_knows_only_paper(engine: Engine, clock: SetClock, tmp_path: Path) -> None:
    """Phones vote only where the adopted method says so."""
    hall = Polling(engine, clock).sitting(tmp_path, PAPER_ONLY).nominated(**LISTS)
    hall.at("members", polls.print_papers, 9, hall.act())
    with pytest.raises(Refused, match="没有规定用手机投票"):
        hall.at("members", passes.make, 5, tmp_path / "pile.csv", codes_alone, hall.act())
    assert not (tmp_path / "pile.csv").exists()


def test_unspent_passes_are_exchanged_for_papers_by_two_and_never_so_few_that_they_show(phones: Stage) -> None:
    """One exchanged paper would be the only one in the box; three are as many as the method asks for."""
    codes = phones.passes(14)
    phones.open(0, 14).cast(codes[0])
    with phones.refused(Refused, "换领之后凭证只剩 9 份，少于 10 份"):
        phones.at("members", passes.exchange, codes[1:6], phones.two())
    with phones.refused(Refused, "换领之后纸质选票共 2 张，少于 3 张"):
        phones.at("members", passes.exchange, codes[1:3], phones.two())
    with phones.refused(Refused, "第 1 个凭证已经投过票"):
        phones.at("members", passes.exchange, codes[:4], phones.two())
    with phones.refused(Refused, "须两名监票人"):
        phones.at("members", passes.exchange, codes[1:4], phones.act())
    assert phones.at("members", passes.exchange, codes[1:4], phones.two()).taken
    assert not phones.at("members", passes.exchange, codes[1:4], phones.two()).taken
    assert phones.lines()[-1] == ("exchange", '{"exchanged":3}')
    assert phones.answer(codes[1]) == Answer.EXCHANGED


def test_an_exchanged_pass_counts_in_the_paper_channel_and_issues_nothing_twice(phones: Stage) -> None:
    """Thirteen drawn, three of them exchanged: ten by phone, three more on paper, as many issued as before."""
    codes = phones.passes(13)
    phones.open(5, 13).at("members", passes.exchange, codes[:3], phones.two())
    for code in codes[3:]:
        phones.cast(code)
    phones.boxed({"members": [Paper("++-")] * 8})
    ledger = phones.result("members")["ledger"]
    assert (ledger["issued"], ledger["returned"], ledger["valid"]) == (18, 18, 18)


def test_passes_handed_in_are_not_missing(phones: Stage) -> None:
    """drawn = spent + handed in + missing, and missing is announced."""
    codes = phones.passes(12)
    phones.open(12, 12).cast(codes[0])
    with phones.refused(WrongStage):
        phones.at("members", passes.hand_in, codes[1:3], phones.two())
    phones.closed()
    with phones.refused(Refused, "第 2 个凭证已经投过票"):
        phones.at("members", passes.hand_in, [codes[1], codes[0]], phones.two())
    phones.at("members", passes.hand_in, codes[1:10], phones.two())
    assert not phones.at("members", passes.hand_in, codes[1:3], phones.two()).taken
    phones.at("members", polls.count_returned, 12, None, phones.two())
    act, facts = phones.lines()[-1]
    assert (act, '"handed_in":9,"missing":2' in facts) == ("count_returned", True)


def test_disputes_are_a_number_that_only_grows_and_never_a_name(phones: Stage) -> None:
    """争议: written by two, in all so far; said again it is the same."""
    codes = phones.passes(12)
    phones.open(12, 12).cast(codes[0])
    phones.at("members", doubts.dispute, 2, phones.two())
    assert not phones.at("members", doubts.dispute, 2, phones.two()).taken
    for total, said in ((1, "不能改少"), (13, "多于领出的凭证")):
        with phones.refused(Refused, said):
            phones.at("members", doubts.dispute, total, phones.two())
    with phones.refused(Refused, "须两名监票人"):
        phones.at("members", doubts.dispute, 3, phones.act())
    assert phones.lines()[-1] == ("dispute", '{"disputes":2}')
