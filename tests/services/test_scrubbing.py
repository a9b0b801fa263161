"""After the poll no trace of its order, and no ballot, pass or other poll is harmed by wiping it."""

import threading

import pytest
from sqlalchemy import event, inspect, text, update

from federation import db
from federation.ballotbox.answers import Answer
from federation.errors import NotReady, Refused
from federation.facts.counting import Paper
from federation.models import Case, Election, VotingPass
from federation.services import casting, polls, scrubbing, unsealing
from tests.services.stage import Stage


def test_a_server_that_keeps_traces_opens_no_poll_by_phone(phones: Stage) -> None:
    """PostgreSQL with a statement log: the remedy names the setting. SQLite has no such thing."""
    if phones.engine.dialect.name == "sqlite":
        with db.reading(phones.engine) as session:
            assert list(scrubbing.surroundings_findings(session)) == []
        return
    with db.transaction(phones.engine) as session:
        session.connection().exec_driver_sql("SET LOCAL log_statement = 'all'")
        [finding] = scrubbing.surroundings_findings(session)
        assert "log_statement = all" in finding.problem
        session.rollback()


def test_a_scrub_that_cannot_finish_says_so_and_is_done_again(full: Stage) -> None:
    """Another program is reading: the box stays unscrubbed, and stays shut."""
    if full.engine.dialect.name != "sqlite":
        return
    full.at("members", polls.close_poll, full.act())
    with db.reading(full.engine) as session:
        session.query(Election).one()
        with pytest.raises(NotReady, match="另有程序正在使用数据库"):
            scrubbing.scrub(full.engine)
    full.closed()
    assert full.at("members", lambda _, poll: poll.election.box) == "scrubbed"


TRACES = [
    ("log_statement", "mod"),
    ("log_min_duration_statement", "0"),
    ("log_min_duration_sample", "0"),
    ("log_transaction_sample_rate", "1"),
]


@pytest.mark.parametrize(("setting", "value"), TRACES)
def test_a_poll_by_paper_opens_anywhere_one_by_phone_only_where_no_trace_is_kept(
    phones: Stage, setting: str, value: str
) -> None:
    """Each setting alone is told, with the statement that cures it; on SQLite there is nothing to tell."""
    phones.passes(12)
    phones.keyed()
    if phones.engine.dialect.name == "sqlite":
        phones.open(12, 12)
        return
    with phones.refused(Refused, f"{setting} = ", f"ALTER SYSTEM SET {setting} ="), db.transaction(phones.engine) as at:
        at.execute(text(f"SET LOCAL {setting} = {value}"))
        polls.open_poll(at, phones.poll(at, "members"), 12, 12, phones.two())
    phones.open(12, 12)


def test_closing_writes_every_row_anew_and_loses_none(full: Stage) -> None:
    """The same passes and ballots but for the tokens; nothing of the copying is left in the database."""
    before = full.dump()
    full.at("members", polls.close_poll, full.act())
    assert full.rows("sealed_ballots") == before["sealed_ballots"]
    assert full.rows("voting_passes") == sorted(((*row[:3], None) for row in before["voting_passes"]), key=repr)
    assert not [name for name in inspect(full.engine).get_table_names() if name.startswith("fresh")]


def test_the_tokens_of_a_poll_that_goes_on_are_kept(ordered_by_phone: Stage) -> None:
    """Its voters still ask whether their ballot is in the box; its rows were in the same pages and are written anew."""
    stage = ordered_by_phone
    codes, others = stage.passes(12, "chair"), stage.passes(12, "vice_chairs")
    stage.open(12, 12, "chair").cast(codes[0], "chair", chair="+")
    with db.transaction(stage.engine) as session:
        mine = VotingPass.election_id == stage.poll(session, "vice_chairs").case.id
        session.execute(update(VotingPass).where(mine).values(state="spent", token_hash="f" * 64))
    stage.at("chair", polls.close_poll, stage.act())
    assert [row[3] for row in stage.rows("voting_passes") if row[3]] == ["f" * 64] * len(others)


def test_scrubbing_is_recorded_once_and_done_as_often_as_one_likes(full: Stage) -> None:
    """Also after the record of it; a second time says that it was done."""
    full.closed()
    before = full.dump()
    scrubbing.scrub(full.engine)
    assert not full.at("members", unsealing.record_scrubbed, full.act()).taken
    assert full.dump() == before


def test_a_closing_waits_for_a_voter_of_another_poll_and_neither_is_torn(ordered_by_phone: Stage) -> None:
    """She has spent her pass and not yet put her ballot in as the other poll is closed: both are done."""
    stage = ordered_by_phone
    codes, others = stage.passes(12, "chair"), stage.passes(12, "vice_chairs")
    stage.open(12, 12, "chair").cast(codes[0], "chair", chair="+")
    stage.keyed("vice_chairs")
    with db.transaction(stage.engine) as session:  # two polls at once, as in a federation with two meetings
        session.execute(update(Case).where(Case.id == stage.poll(session, "vice_chairs").case.id).values(state="open"))
    closing = threading.Thread(target=lambda: stage.at("chair", polls.close_poll, stage.act()))

    def meanwhile(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("INSERT INTO sealed_ballots") and not closing.ident:
            closing.start()
            while stage.engine.dialect.name == "postgresql" and not waiting(stage):
                pass

    event.listen(stage.engine, "before_cursor_execute", meanwhile)
    with db.transaction(stage.engine) as session:
        box = casting.box_of(session, stage.poll(session, "vice_chairs"))
        assert casting.cast(session, box, others[0], {"vice_chairs": Paper("++")}) == Answer.IN_BOX
    closing.join()
    assert stage.state("chair") == "closed"
    assert len(stage.rows("sealed_ballots")) == 2


def waiting(stage: Stage) -> bool:
    """True once somebody waits for a lock in this database."""
    asked = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    with stage.engine.connect() as connection:
        return bool(connection.scalar(text(asked)))


def test_the_server_keeps_no_sample_of_passes_or_ballots(full: Stage) -> None:
    """PostgreSQL samples tables for its planner while they fill; what it sampled would tell who was there by then."""
    if full.engine.dialect.name == "sqlite":
        with full.engine.connect() as connection:
            assert not inspect(connection).has_table("sqlite_stat1")
        return
    with full.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))
        asked = "SELECT attname FROM pg_stats WHERE tablename IN ('voting_passes', 'sealed_ballots')"
        sampled = set(connection.scalars(text(asked)))
    assert sampled
    assert not sampled & {"hash", "token_hash", "key", "box"}
