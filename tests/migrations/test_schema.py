"""The schema that Alembic makes is the one that the mapped tables speak of, on both databases."""

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import CheckConstraint, Engine, Table, inspect
from sqlalchemy.exc import IntegrityError

from federation.db import SCHEMA, must_be_current, revision, upgrade
from federation.errors import NotReady
from federation.models import Base
from federation.resources import resource

CONFIG = Config()
CONFIG.set_main_option("script_location", str(resource("alembic", ".")))
SCRIPTS = ScriptDirectory.from_config(CONFIG)


def test_there_is_one_head():
    """Two migrations written at the same time would leave it open which schema is the newest."""
    assert len(SCRIPTS.get_heads()) == 1


def test_the_program_was_written_for_the_head():
    """federation.db.SCHEMA is what an older database is measured by, without importing Alembic."""
    assert SCRIPTS.get_current_head() == SCHEMA


def test_revisions_count_up_from_the_first():
    """`must_be_current` tells older from newer by comparing them."""
    revisions = [script.revision for script in SCRIPTS.walk_revisions()][::-1]
    assert revisions == [f"{number:04}" for number in range(1, len(revisions) + 1)]


def test_an_empty_database_comes_to_the_head(empty_engine: Engine):
    """`federation init` and `federation demo` begin here."""
    assert revision(empty_engine) is None
    upgrade(empty_engine)
    assert revision(empty_engine) == SCHEMA
    must_be_current(empty_engine)


def test_an_upgrade_of_the_newest_schema_changes_nothing(engine: Engine):
    """`federation db upgrade` may be typed twice."""
    tables = sorted(inspect(engine).get_table_names())
    upgrade(engine)
    assert sorted(inspect(engine).get_table_names()) == tables
    assert revision(engine) == SCHEMA


def test_the_migrations_make_what_the_models_map(engine: Engine):
    """Tables, columns, types, keys, indexes, unique constraints: no difference that Alembic can see."""
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, Base.metadata) == []


def test_the_migrations_make_every_check_the_models_map(engine: Engine):
    """Alembic does not compare these: a rule missing from the database would hold in Python only."""
    inspector = inspect(engine)
    made = {
        (table, check["name"]) for table in Base.metadata.tables for check in inspector.get_check_constraints(table)
    }
    assert made == {(table.name, name) for table in Base.metadata.tables.values() for name in checks(table)}


def checks(table: Table) -> set[str]:
    """The full names of a mapped table's checks."""
    return {str(each.name) for each in table.constraints if isinstance(each, CheckConstraint)}


@pytest.mark.parametrize("script", list(SCRIPTS.walk_revisions()), ids=lambda script: script.revision)
def test_migrations_go_forward_only(script):
    """A way back would drop what officers have entered since; the way back is the backup."""
    assert not hasattr(script.module, "downgrade")


def test_a_database_of_another_schema_is_refused(engine: Engine):
    """An older program must not write into a newer database, nor the other way round."""
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0000'")
    with pytest.raises(NotReady, match="较旧"):
        must_be_current(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(NotReady, match="较新"):
        must_be_current(engine)


def test_a_database_of_a_newer_schema_is_not_upgraded(engine: Engine):
    """The program does not know that schema."""
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(command.util.CommandError):
        upgrade(engine)


def test_a_database_with_an_election_is_upgraded_and_keeps_it(empty_engine: Engine) -> None:
    """Tables made anew keep their rows and what refers to them; references are in force again afterwards."""
    with empty_engine.execution_options(writes=True).begin() as connection:
        CONFIG.attributes["connection"] = connection
        command.upgrade(CONFIG, "0003")
        for statement in OLD:
            connection.exec_driver_sql(statement.format(id="'" + "a" * 32 + "'", other="'" + "b" * 32 + "'"))
    upgrade(empty_engine)
    with empty_engine.connect() as connection:
        row = connection.exec_driver_sql("SELECT sheet, drawn, kept_back, box, salt, ruling FROM elections").one()
        assert tuple(row) == ("members", 3, 0, "none", "", "")
        assert connection.exec_driver_sql("SELECT state, token_hash FROM voting_passes").all() == [("void", None)]
        assert connection.exec_driver_sql("SELECT count(*) FROM ballot_rounds").scalar() == 1
    with empty_engine.connect() as connection, pytest.raises(IntegrityError):
        connection.exec_driver_sql("DELETE FROM elections")


OLD = (
    "INSERT INTO federations (id, short_id, name, level, specimen) VALUES ({id}, 'a', '甲', 'unit', false)",
    "INSERT INTO process_definitions (sha256, process, text) VALUES ('x', 'election', '')",
    "INSERT INTO cases (id, federation_id, root_id, short_id, path, process, label, definition_sha256, state, term_no,"
    " since, position) VALUES ({id}, {id}, {id}, 'a', 'a', 'election', '', 'x', 'announced', 1, '', 0)",
    "INSERT INTO meetings (case_id, session_no, title, method, roll_from, roll_frozen, chair, held_on, place)"
    " VALUES ({id}, 1, '', 'method', '', false, '', '', '')",
    "INSERT INTO elections (case_id, meeting_id, sheet, form, method_sha256, papers_printed, handed_out, drawn)"
    " VALUES ({id}, {id}, 'members', 'ballot', 'x', 9, 6, 3)",
    "INSERT INTO ballot_rounds (id, election_id, meeting_id, short_id, contest, office, kind, nth, seats, position,"
    " result, decision) VALUES ({id}, {id}, {id}, 'members', 'members', '委员', 'first', 1, 2, 0, '', '')",
    "INSERT INTO voting_passes (hash, election_id, state) VALUES ('h', {id}, 'void')",
)
"""A federation with a poll that was announced under the schema before the sealed box."""


def test_those_on_an_older_roll_have_no_sector(empty_engine: Engine) -> None:
    """Nobody asked for it then; the column is added to the rows as they are."""
    with empty_engine.execution_options(writes=True).begin() as connection:
        CONFIG.attributes["connection"] = connection
        command.upgrade(CONFIG, "0007")
        for statement in (*OLD_MEETING, ON_ITS_ROLL):
            connection.exec_driver_sql(statement.format(id="'" + "a" * 32 + "'"))
    upgrade(empty_engine)
    with empty_engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT name, sector FROM roll_entries").all() == [("甲", "")]


OLD_MEETING = OLD[:4]
ON_ITS_ROLL = (
    "INSERT INTO roll_entries (id, meeting_id, number, name, displayed, sex, nationality, party, unit, unit_short,"
    " kind, may_vote, review, review_note, presence, late, absence)"
    " VALUES ({id}, {id}, 1, '甲', '甲', '女', '', '', '', '', 'delegate', true, '', '', '', false, '')"
)
"""One delegate, on a roll from before sectors."""
