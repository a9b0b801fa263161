"""Casting: one pass, one sealed ballot, no trace of whose; an answer betrays itself in nothing but its words."""

import threading
from collections.abc import Callable

import pytest
from sqlalchemy import Engine

from federation import db
from federation.ballotbox.answers import Answer, text_of
from federation.errors import NotReady, Refused
from federation.facts.counting import Paper, WriteIn
from federation.models import CheckCode, OpenedBallot, PaperEntry, SealedBallot, VotingPass
from federation.services import ballots, casting, counts, passes, polls
from tests.services.stage import Stage, statements

BOX = {"voting_passes", "sealed_ballots"}


def changed(before: dict[str, list[tuple[object, ...]]], after: dict[str, list[tuple[object, ...]]]) -> set[str]:
    return {table for table in before if before[table] != after[table]}


def test_a_ballot_touches_a_pass_and_the_box_and_nothing_else(phones: Stage) -> None:
    """No journal line, no version, no row of cases, no has-voted mark on anybody: compare every table."""
    codes = phones.passes(12)
    before = phones.open(12, 12).dump()
    phones.cast(codes[1])
    after = phones.dump()
    assert changed(before, after) == BOX
    assert len(after["sealed_ballots"]) == 1
    assert [row[2] for row in after["voting_passes"] if row not in before["voting_passes"]] == ["spent"]


def test_the_tables_of_the_box_have_no_column_that_could_tie_a_person_to_a_ballot() -> None:
    """No person, time, address, sequence, weight or pass beside a ballot (design, section 4): the columns by name."""
    columns = {table: {column.name for column in table.__table__.columns} for table in (
        VotingPass, SealedBallot, OpenedBallot, CheckCode, PaperEntry)}  # fmt: skip
    assert columns == {
        VotingPass: {"hash", "election_id", "state", "token_hash"},  # of a form, until the close: no ballot, no person
        SealedBallot: {"key", "election_id", "box"},
        OpenedBallot: {"key", "election_id", "marks"},
        CheckCode: {"election_id", "code", "ballot_key"},  # the last only where `record.check = "paper"`
        PaperEntry: {"key", "batch_id", "marks"},
    }


def test_rows_of_the_box_lie_in_no_order_of_arrival(sqlite_engine: Engine) -> None:
    """SQLite would number rows as they come; these tables have no such number."""
    for table in ("voting_passes", "sealed_ballots", "opened_ballots", "check_codes", "paper_entries"):
        with sqlite_engine.connect() as connection, pytest.raises(Exception, match="rowid"):
            connection.exec_driver_sql(f"SELECT rowid FROM {table}")


@pytest.fixture
def sqlite_engine(sqlite_url: str) -> Engine:
    return db.engine_for(sqlite_url)


def test_every_ballot_of_a_poll_is_as_long_as_every_other(phones: Stage) -> None:
    """Whatever is on it: a watcher of the box learns nothing from a length."""
    codes = phones.passes(12)
    phones.open(12, 12)
    for code, marks in zip(codes, ("++-", "000", "+0?"), strict=False):
        phones.cast(code, members=marks)
    assert len({len(row[2]) for row in phones.rows("sealed_ballots")}) == 1


def test_written_names_that_do_not_fit_are_refused_before_the_pass_is_touched(officers_by_phone: Stage) -> None:
    """The pass still votes, on paper or with fewer names."""
    stage = officers_by_phone
    codes = stage.passes(12, "chair")
    before = stage.open(12, 12, "chair").dump()
    written = tuple(WriteIn(f"一个很长很长很长的另选姓名{number}", signed=True) for number in range(20))
    with stage.refused(Refused, "电子选票写不下"), db.transaction(stage.engine) as session:
        box = casting.box_of(session, stage.poll(session, "chair"))
        casting.cast(session, box, codes[0], {"chair": Paper("+0", written), "vice_chairs": Paper("++0")})
    assert stage.dump() == before
    stage.cast(codes[0], "chair", chair="+0", vice_chairs="++0")


ANSWERS = {
    Answer.IN_BOX: lambda codes: codes[0],
    Answer.USED: lambda codes: codes[1],
    Answer.VOID: lambda codes: codes[-1],
    Answer.EXCHANGED: lambda codes: codes[2],
    Answer.UNKNOWN: lambda _: "0" * 17,
    Answer.SLIP: lambda codes: codes[0][:-1] + ("0" if codes[0][-1] != "0" else "1"),
}


@pytest.fixture
def mixed(phones: Stage) -> tuple[Stage, list[str]]:
    """An open poll in which a pass was spent, three were exchanged and one is void."""
    codes = phones.passes(18)
    phones.at("members", passes.void, codes[-1:], phones.act())
    phones.open(7, 17).cast(codes[1])
    phones.at("members", passes.exchange, codes[2:5], phones.two())
    return phones, codes


def asked(stage: Stage, code: str, contest: str = "members", token: str = "") -> tuple[Answer, list[str]]:
    """The answer to a cast, and the statements that casting itself took."""
    with db.transaction(stage.engine) as session:
        box = casting.box_of(session, stage.poll(session, contest))
        counts_of = zip(box.rounds, box.envelope.names, strict=True)
        papers = {short_id: Paper("+" + "0" * (names - 1)) for short_id, names in counts_of}
        with statements(stage.engine) as said:
            return casting.cast(session, box, code, papers, token), said


def test_every_answer_is_its_own_and_takes_the_same_statements(mixed: tuple[Stage, list[str]]) -> None:
    """A wrong code costs what a vote costs: neither a watcher of the line nor one of the clock tells them apart."""
    stage, codes = mixed
    taken = {}
    for wanted, pick in ANSWERS.items():
        answer, taken[wanted] = asked(stage, pick(codes))
        assert answer == wanted
    taken[Answer.ALREADY] = asked(stage, codes[6], token="form")[1] and asked(stage, codes[6], token="form")[1]
    stage.at("members", passes.exchange, codes[7:8], stage.two())
    stage.closed()
    answer, taken[Answer.OVER] = asked(stage, codes[8])
    assert answer == Answer.OVER
    assert len({tuple(said) for said in taken.values()}) == 1


def test_a_refused_cast_leaves_the_database_as_it_was(mixed: tuple[Stage, list[str]]) -> None:
    """What is written to make it cost the same is taken away in the same transaction."""
    stage, codes = mixed
    before = stage.dump()
    for wanted, pick in ANSWERS.items():
        if wanted != Answer.IN_BOX:
            assert stage.answer(pick(codes)) == wanted
    assert stage.dump() == before


def test_a_pass_of_another_election_is_told_to_be_one(ordered_by_phone: Stage) -> None:
    """What is stored of a pass names its poll, though the same people draw for both."""
    ordered_by_phone.passes(12, "chair")
    strange = ordered_by_phone.passes(12, "vice_chairs")
    ordered_by_phone.open(12, 12, "chair")
    answer, said = asked(ordered_by_phone, strange[0], "chair")
    assert answer == Answer.OTHER_POLL
    assert said == asked(ordered_by_phone, "0" * 17, "chair")[1]


def test_the_same_form_asking_again_learns_that_its_ballot_is_in_the_box(phones: Stage) -> None:
    """A lost answer is no lost vote; another form with the same code is somebody else's."""
    codes = phones.passes(12)
    phones.open(12, 12)
    assert phones.answer(codes[0], token="mine") == Answer.IN_BOX
    assert phones.answer(codes[0], token="mine", members="-++") == Answer.ALREADY
    assert phones.answer(codes[0], token="other") == phones.answer(codes[0]) == Answer.USED
    assert phones.answer(codes[1], token="mine") == Answer.IN_BOX
    assert len(phones.rows("sealed_ballots")) == 2


def test_closing_forgets_which_form_spent_a_pass(phones: Stage) -> None:
    """The token was for lost answers; after the close nothing is left of it."""
    codes = phones.passes(12)
    phones.open(12, 12)
    phones.answer(codes[0], token="mine")
    assert [row[3] for row in phones.rows("voting_passes") if row[3]]
    phones.at("members", polls.close_poll, phones.act())
    assert not [row[3] for row in phones.rows("voting_passes") if row[3]]
    assert phones.answer(codes[0], token="mine") == Answer.USED  # in the box: she is not sent with it to anybody


def test_nobody_casts_before_the_opening_or_after_the_close(phones: Stage) -> None:
    """A closed poll takes no ballot, however good the pass is."""
    codes = phones.passes(12)
    phones.keyed()
    assert phones.answer(codes[0]) == Answer.CLOSED
    phones.open(12, 12).cast(codes[0])
    phones.closed()
    assert phones.answer(codes[1]) == Answer.OVER
    assert len(phones.rows("sealed_ballots")) == 1


def test_a_voter_is_told_before_casting_that_her_ballot_would_be_invalid(ready: Stage) -> None:
    """Three approvals for two seats; two are in order."""

    def told(marks: str) -> list[str]:
        return [
            found.problem for found in ballots.preview(ready.at("members", ballots.sheet_of), {"members": Paper(marks)})
        ]

    assert told("++0") == []
    assert told("+++") == ["委员：这样投是无效票（所选人数多于规定名额，应选 2 名）"]


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Each act in a thread of its own, begun together: what it returned, or why it was refused."""
    barrier, answers = threading.Barrier(len(acts)), []

    def one(act: Callable[[], object]) -> None:
        barrier.wait()
        try:
            answers.append(act())
        except NotReady as refused:
            answers.append(refused)

    threads = [threading.Thread(target=one, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_two_ballots_with_one_pass_at_once_are_one_ballot(phones: Stage) -> None:
    """Two phones, one code: exactly one is in the box, the other voter is sent to the scrutineers."""
    codes = phones.passes(12)
    phones.open(12, 12)
    answers = at_once(*[lambda: phones.answer(codes[0])] * 4)
    assert sorted(map(str, answers)) == ["in_box", "used", "used", "used"]
    assert len(phones.rows("sealed_ballots")) == 1


def test_ballots_cast_as_the_poll_closes_are_in_the_box_and_counted_or_refused(phones: Stage) -> None:
    """What the closing counted is what the box holds, whoever was faster."""
    codes = phones.passes(12)
    phones.open(12, 12)
    casts = [lambda code=code: phones.answer(code) for code in codes[:6]]
    answers = at_once(*casts[:3], lambda: phones.at("members", polls.close_poll, phones.act()), *casts[3:])
    late = answers.count(Answer.OVER)
    with db.reading(phones.engine) as session:
        election = phones.poll(session, "members").election
    assert election.phones == election.spent == len(phones.rows("sealed_ballots")) == 6 - late


def test_a_closing_waits_for_the_ballot_that_is_being_cast(phones: Stage) -> None:
    """The voter has the box open as the poll is closed: her ballot counts. On SQLite the closing cannot even begin."""
    codes, closing = phones.passes(12), threading.Event()
    phones.open(12, 12)
    answers: list[object] = []

    def close() -> None:
        closing.set()
        answers.append(phones.at("members", polls.close_poll, phones.act()))

    thread = threading.Thread(target=close)
    with db.transaction(phones.engine) as session:
        box = casting.box_of(session, phones.poll(session, "members"))
        assert casting.cast(session, box, codes[0], {"members": Paper("++-")}) == Answer.IN_BOX
        thread.start()
        closing.wait()
    thread.join()
    assert not isinstance(answers[0], NotReady)
    with db.reading(phones.engine) as session:
        assert phones.poll(session, "members").election.phones == 1


def test_the_journal_holds_no_pass_no_code_and_no_ballot(phones: Stage) -> None:
    """Opening and closing carry the counts; what was cast and with what is nowhere in it, nor in any other table."""
    pile = phones.pile(12)
    phones.open(12, 12)
    for code, _ in pile:
        phones.cast(code)
    phones.declared(0).unsealed()
    phones.at("members", counts.count, phones.act())
    told = str(phones.lines())
    secrets = [
        part for code, check in pile for part in (code, check, code[:-2].replace("-", ""), check.replace("-", ""))
    ]
    hashes = [str(row[0]) for row in phones.rows("voting_passes")]
    keys = [part for row in phones.rows("opened_ballots") for part in (str(row[0]), getattr(row[0], "hex", "?" * 9))]
    assert not [secret for secret in (*secrets, *hashes, *keys) if secret in told]
    assert "++-" not in told
    assert not [code for code, _ in pile if code[:-2].replace("-", "") in str(phones.dump())]
    assert [facts for act, facts in phones.lines() if act == "close_poll" and '"cast":12,' in facts]


def test_every_answer_has_one_length_in_characters_and_in_bytes() -> None:
    """Distinct, clear, and padded with a space as wide as a character: the line tells a watcher nothing."""
    texts = [text_of(answer) for answer in Answer]
    assert len(set(texts)) == len(Answer)
    assert len({len(text) for text in texts}) == len({len(text.encode()) for text in texts}) == 1


def test_names_that_would_not_be_read_again_are_refused_before_the_pass_is_touched(officers_by_phone: Stage) -> None:
    """A space or a sign that nobody sees: at the opening it would spoil the whole sheet."""
    stage = officers_by_phone
    codes = stage.passes(12, "chair")
    stage.open(12, 12, "chair")
    for name in ("张　三", "张\u200b三", "张\t三", " 张三", ""):
        with stage.refused(Refused, "看不见的字符"), db.transaction(stage.engine) as session:
            box = casting.box_of(session, stage.poll(session, "chair"))
            sheet = {"chair": Paper("--", (WriteIn(name, signed=True),)), "vice_chairs": Paper("++0")}
            casting.cast(session, box, codes[0], sheet)
    stage.cast(codes[0], "chair", chair="+0", vice_chairs="++0")
