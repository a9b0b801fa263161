"""The ballot box: one pass, one ballot, no trace of whose; and the papers entered from the opened box."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine

from federation import db
from federation.boxes import write_ballots
from federation.errors import FederationError, Misused, NotFound, NotReady, Refused, WrongStage
from federation.facts.counting import Paper
from federation.models import CheckCode, OpenedBallot, PaperEntry, SealedBallot, VotingPass
from federation.services import ballots, counts, passes, polls
from tests.services.stage import Stage

BOX = {"voting_passes", "opened_ballots"}


def changed(before: dict[str, list[tuple[object, ...]]], after: dict[str, list[tuple[object, ...]]]) -> set[str]:
    return {table for table in before if before[table] != after[table]}


def test_a_ballot_touches_a_pass_and_the_box_and_nothing_else(ready: Stage) -> None:
    """No journal line, no version, no row of cases, no has-voted mark on anybody: compare every table."""
    codes = ready.passes(3)
    before = ready.open(0, 3).dump()
    ready.cast(codes[1])
    after = ready.dump()
    assert changed(before, after) == BOX
    assert len(after["opened_ballots"]) == 1
    assert [row[2] for row in after["voting_passes"] if row not in before["voting_passes"]] == ["spent"]


def test_the_tables_of_the_box_have_no_column_that_could_tie_a_person_to_a_ballot() -> None:
    """No person, time, address, sequence, weight or pass beside a ballot (design, section 4): the columns by name."""
    columns = {table: {column.name for column in table.__table__.columns} for table in (
        VotingPass, SealedBallot, OpenedBallot, PaperEntry)}  # fmt: skip
    assert columns == {
        VotingPass: {"hash", "election_id", "state", "token_hash"},  # of a form, until the close: no ballot, no person
        SealedBallot: {"key", "election_id", "box"},
        OpenedBallot: {"key", "election_id", "marks"},
        CheckCode: {"election_id", "code", "ballot_key"},  # the last only where `record.check = "paper"`
        PaperEntry: {"key", "batch_id", "marks"},
    }


def test_rows_of_the_box_lie_in_no_order_of_arrival(sqlite_engine: Engine) -> None:
    """SQLite would number rows as they come; these tables have no such number."""
    for table in ("voting_passes", "sealed_ballots", "opened_ballots", "paper_entries"):
        with sqlite_engine.connect() as connection, pytest.raises(Exception, match="rowid"):
            connection.exec_driver_sql(f"SELECT rowid FROM {table}")


@pytest.fixture
def sqlite_engine(sqlite_url: str) -> Engine:
    return db.engine_for(sqlite_url)


def test_a_pass_votes_once(ready: Stage) -> None:
    """The second ballot is refused, whatever it says; the first stays as it is."""
    codes = ready.passes(3)
    ready.open(0, 3).cast(codes[0])
    with ready.refused(Refused, "此凭证已被使用"):
        ready.cast(codes[0], members="-++")
    ready.cast(codes[1])


def test_a_slip_of_the_finger_and_a_pass_nobody_made_are_told_apart(ready: Stage) -> None:
    """Exit 2 and exit 3; the message repeats neither code."""
    codes = ready.passes(3)
    ready.open(0, 3)
    wrong = codes[0][:-1] + ("0" if codes[0][-1] != "0" else "1")
    with ready.refused(Misused, "凭证代码输入有误"):
        ready.cast(wrong)
    with ready.refused(NotFound, "不是本次投票的凭证"):
        ready.cast("0000-0000-0000-0000-0")


def test_a_pass_of_another_election_is_unknown_here(ordered: Stage) -> None:
    """What is stored of a pass names its poll, though the same nine people draw for both."""
    ordered.passes(3, "chair")
    strange = ordered.passes(3, "vice_chairs")
    ordered.open(0, 3, "chair")
    with ordered.refused(NotFound, "不是本次投票的凭证"):
        ordered.cast(strange[0], "chair", chair="+")


def test_a_void_pass_does_not_vote(ready: Stage) -> None:
    """Voided before the opening, it is refused by that name."""
    codes = ready.passes(4)
    ready.at("members", passes.void, [codes[3]], ready.act())
    ready.open(0, 3)
    with ready.refused(Refused, "此凭证已作废"):
        ready.cast(codes[3])


def test_nobody_casts_before_the_opening_or_after_the_close(ready: Stage) -> None:
    """A closed poll takes no ballot, however good the pass is."""
    codes = ready.passes(3)
    with ready.refused(WrongStage, "现在不能投票"):
        ready.cast(codes[0])
    ready.open(0, 3).cast(codes[0])
    ready.at("members", polls.close_poll, ready.act())
    with ready.refused(WrongStage, "现在不能投票"):
        ready.cast(codes[1])


def test_a_voter_is_told_before_casting_that_her_ballot_would_be_invalid(ready: Stage) -> None:
    """Three approvals for two seats; two are in order."""

    def told(marks: str) -> list[str]:
        return [found.problem for found in ready.at("members", ballots.preview, {"members": Paper(marks)})]

    assert told("++0") == []
    assert told("+++") == ["委员：这样投是无效票（所选人数多于规定名额，应选 2 名）"]


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Each act in a thread of its own, begun together: what it returned, or why it was refused."""
    barrier, answers = threading.Barrier(len(acts)), []

    def one(act: Callable[[], object]) -> None:
        barrier.wait()
        try:
            answers.append(act())
        except FederationError as refused:
            answers.append(refused)

    threads = [threading.Thread(target=one, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_two_ballots_with_one_pass_at_once_are_one_ballot(ready: Stage) -> None:
    """Two phones, one code: exactly one is in the box, the other voter is sent to the scrutineers."""
    codes = ready.passes(3)
    ready.open(0, 3)
    answers = at_once(*[lambda: ready.cast(codes[0])] * 4)
    refusals = [str(answer) for answer in answers if answer is not None]
    assert len(refusals) == 3
    assert all("此凭证已被使用" in refusal for refusal in refusals)
    assert len(ready.rows("opened_ballots")) == 1


def test_ballots_cast_as_the_poll_closes_are_in_the_box_and_counted_or_refused(ready: Stage) -> None:
    """What the closing counted is what the box holds, whoever was faster."""
    codes = ready.passes(6)
    ready.open(0, 6)
    casting = [lambda code=code: ready.cast(code) for code in codes]
    answers = at_once(*casting[:3], lambda: ready.at("members", polls.close_poll, ready.act()), *casting[3:])
    refused = [answer for answer in answers if isinstance(answer, FederationError)]
    assert all(isinstance(answer, WrongStage) for answer in refused)
    with db.reading(ready.engine) as session:
        counted = ready.poll(session, "members").election.phones
    assert counted == len(ready.rows("opened_ballots")) == 6 - len(refused)


def test_a_closing_waits_for_the_ballot_that_is_being_cast(ready: Stage) -> None:
    """The voter has the box open as the poll is closed: her ballot counts. On SQLite the closing cannot even begin."""
    codes, closing = ready.passes(3), threading.Event()
    ready.open(0, 3)
    answers: list[object] = []

    def close() -> None:
        closing.set()
        answers.append(ready.at("members", polls.close_poll, ready.act()))

    thread = threading.Thread(target=close)
    with db.transaction(ready.engine) as session:
        ballots.cast(session, ready.poll(session, "members"), codes[0], {"members": Paper("++-")})
        thread.start()
        closing.wait()
    thread.join()
    assert not isinstance(answers[0], NotReady)
    with db.reading(ready.engine) as session:
        assert ready.poll(session, "members").election.phones == 1


def test_the_journal_holds_no_pass_no_code_and_no_ballot(ready: Stage) -> None:
    """Opening and closing carry the counts; what was cast and with what is nowhere in it."""
    codes = ready.passes(3)
    ready.open(0, 3)
    for code in codes:
        ready.cast(code)
    ready.declared(0).at("members", counts.count, ready.act())
    told = str(ready.lines())
    secrets = [code[:-2].replace("-", "") for code in codes] + [code[:4] for code in codes]
    hashes = [str(row[0]) for row in ready.rows("voting_passes")]
    keys = [part for row in ready.rows("opened_ballots") for part in (str(row[0]), getattr(row[0], "hex", "?" * 9))]
    assert not [secret for secret in (*codes, *secrets, *hashes, *keys) if secret in told]
    assert "++-" not in told
    assert ("close_poll", '{"cast":3,"unspent":0}') in ready.lines()


def box_file(folder: Path, stage: Stage, marks: list[str], name: str = "box.csv") -> Path:
    with db.reading(stage.engine) as session:
        rules = stage.poll(session, "members").method.ballot.marks
    write_ballots(folder / name, rules, stage.listed("members"), [Paper(text) for text in marks])
    return folder / name


def test_the_same_file_is_not_entered_twice(ready: Stage) -> None:
    """Its papers would be counted twice; another file may follow as long as the box holds its papers."""
    ready.open(9).declared(8)
    ready.at_round("members", ballots.enter_box, "a" * 64, [Paper("++-")] * 4, ready.act())
    with ready.refused(Refused, "这个文件已经录入过"):
        ready.at_round("members", ballots.enter_box, "a" * 64, [Paper("++-")] * 4, ready.act())
    with ready.refused(Refused, "箱内清点纸质选票 8 张，录入后将有 9 张"):
        ready.at_round("members", ballots.enter_box, "b" * 64, [Paper("++-")] * 5, ready.act())
    with ready.refused(Refused, "已录入 4 张"):
        ready.at("members", counts.count, ready.act())
    ready.at_round("members", ballots.enter_box, "b" * 64, [Paper("++-")] * 4, ready.act())
    assert ready.at("members", counts.count, ready.act()).taken


@pytest.mark.parametrize("state", ["prepared", "open", "closed", "returned", "counted"])
def test_papers_are_entered_from_a_box_declared_valid_and_from_no_other(ready: Stage, state: str) -> None:
    """Before the declaration nobody looks into the box; after the count nothing is added."""
    ways = {
        "open": lambda: ready.open(9),
        "closed": lambda: ready.at("members", polls.close_poll, ready.act()),
        "returned": lambda: ready.at("members", polls.count_returned, 9, None, ready.two()),
        "valid": lambda: ready.at("members", polls.declare, True, ready.act()),
        "entered": lambda: ready.enter("members", [Paper("++-")] * 9),
        "counted": lambda: ready.at("members", counts.count, ready.act()),
    }
    for reached, way in ways.items():
        if state != "prepared":
            way()
        if state in ("prepared", reached):
            break
    assert ready.state("members") == state
    with ready.refused(WrongStage):
        ready.at_round("members", ballots.enter_box, "b" * 64, [Paper("++-")] * 9, ready.act())


def test_a_void_box_is_never_opened(ready: Stage) -> None:
    """Neither its papers nor what was cast by phone."""
    ready.open(8).at("members", polls.close_poll, ready.act())
    ready.at("members", polls.count_returned, 9, None, ready.two())
    ready.at("members", polls.declare, False, ready.act())
    with ready.refused(WrongStage):
        ready.enter("members", [Paper("++-")] * 9)
    with ready.refused(WrongStage):
        ready.at("members", counts.count, ready.act())


def test_a_file_entered_by_mistake_is_taken_back_with_a_reason(ready: Stage) -> None:
    """更正须留痕; a beginning that two files share names neither."""
    ready.open(9).declared(8)
    for sha256 in ("ab" * 32, "ac" * 32):
        ready.at_round("members", ballots.enter_box, sha256, [Paper("++-")] * 4, ready.act())
    with ready.refused(Refused, "没有写明原因"):
        ready.at_round("members", ballots.remove_batch, "ab", "", ready.act())
    with ready.refused(Misused, "请多写几位"):
        ready.at_round("members", ballots.remove_batch, "a", "录错", ready.act())
    for strange in ("%", "f"):
        with ready.refused(NotFound):
            ready.at_round("members", ballots.remove_batch, strange, "录错", ready.act())
    ready.at_round("members", ballots.remove_batch, "ab", "录错了选举", ready.act())
    assert len(ready.rows("paper_entries")) == 4
    assert "录错了选举" in ready.lines()[-1][1]
    ready.at_round("members", ballots.enter_box, "ab" * 32, [Paper("++-")] * 4, ready.act())
    ready.at("members", counts.count, ready.act())
    with ready.refused(WrongStage):
        ready.at_round("members", ballots.remove_batch, "ab", "录错", ready.act())
