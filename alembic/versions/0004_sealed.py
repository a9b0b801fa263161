"""
The sealed box: keys, check codes, what a pass keeps of the form that spent it, and the ledger of passes.

Ballots cast with a pass before were not sealed, and nothing can seal them now: a database that holds any is finished
with the program that wrote it.
"""

import sqlalchemy as sa
from alembic import op

from federation.errors import Finding, Refused

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    connection = op.get_bind()
    if connection.scalar(sa.text("SELECT count(*) FROM opened_ballots")):
        remedy = "用写出它的那一版程序办完、归档；新的案件另建数据库"
        raise Refused("不能升级", [Finding("库中有未经密封的凭证选票，本版只认密封的", "投票箱", remedy)])
    _new_tables()
    if connection.dialect.name == "sqlite":
        _sqlite_again("elections", _ELECTIONS, "ix_elections_meeting_id", "meeting_id")
        _sqlite_again("voting_passes", _PASSES, "ix_voting_passes_election_id", "election_id")
    else:
        _postgresql()


def _new_tables() -> None:
    op.create_table(
        "ballot_keys",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("election_id", sa.Uuid(), nullable=True),
        sa.Column("public", sa.String(length=64), nullable=False),
        sa.Column("threshold", sa.Integer(), nullable=False),
        sa.Column("holders", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "state <> 'reserve' OR election_id IS NULL", name=op.f("ck_ballot_keys_a_reserve_has_no_poll")
        ),
        sa.CheckConstraint(
            "state NOT IN ('ready', 'rebuilt') OR election_id IS NOT NULL",
            name=op.f("ck_ballot_keys_a_key_has_its_poll"),
        ),
        sa.CheckConstraint("state IN ('reserve', 'ready', 'rebuilt', 'void')", name=op.f("ck_ballot_keys_state_known")),
        sa.ForeignKeyConstraint(["election_id"], ["elections.case_id"], name=op.f("fk_ballot_keys_election_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.case_id"], name=op.f("fk_ballot_keys_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballot_keys")),
        sa.UniqueConstraint("election_id", name=op.f("uq_ballot_keys_election_id")),
        sa.UniqueConstraint("meeting_id", "number", name=op.f("uq_ballot_keys_meeting_id_number")),
        sa.UniqueConstraint("public", name=op.f("uq_ballot_keys_public")),
    )
    op.create_table(
        "check_codes",
        sa.Column("election_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("ballot_key", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["ballot_key"], ["opened_ballots.key"], name=op.f("fk_check_codes_ballot_key")),
        sa.ForeignKeyConstraint(["election_id"], ["elections.case_id"], name=op.f("fk_check_codes_election_id")),
        sa.PrimaryKeyConstraint("election_id", "code", name=op.f("pk_check_codes")),
        sqlite_with_rowid=False,
    )


def _elections_added() -> list[sa.Column]:
    """The new columns; where a table has rows already, each of them gets what an untouched poll has."""
    return [
        sa.Column("kept_back", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("exchanged", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("spent", sa.Integer(), nullable=True),
        sa.Column("handed_in", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("disputes", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("box", sa.String(length=10), nullable=False, server_default="none"),
        sa.Column("faulty", sa.Integer(), nullable=True),
        sa.Column("salt", sa.String(length=64), nullable=False, server_default=""),
        sa.Column("ruling", sa.Text(), nullable=False, server_default=""),
    ]


_PASS_STATES = "state IN ('unspent', 'spent', 'void', 'exchanged', 'handed_in')"
_TOKENS = "token_hash IS NULL OR state = 'spent'"
_BOXES = "box IN ('none', 'copied', 'scrubbed', 'opened')"


def _postgresql() -> None:
    for column in _elections_added():
        op.add_column("elections", column)
        op.alter_column("elections", column.name, server_default=None)
    op.drop_constraint(op.f("ck_elections_no_more_cast_than_drawn"), "elections", type_="check")
    op.create_check_constraint(op.f("ck_elections_box_known"), "elections", _BOXES)
    op.create_check_constraint(op.f("ck_elections_no_more_exchanged_than_drawn"), "elections", "exchanged <= drawn")
    op.add_column("voting_passes", sa.Column("token_hash", sa.String(length=64), nullable=True))
    op.drop_constraint(op.f("ck_voting_passes_state_known"), "voting_passes", type_="check")
    op.create_check_constraint(op.f("ck_voting_passes_state_known"), "voting_passes", _PASS_STATES)
    op.create_check_constraint(op.f("ck_voting_passes_token_of_a_spent_pass"), "voting_passes", _TOKENS)


_OLD_ELECTIONS = (
    "case_id, meeting_id, sheet, form, method_sha256, previous_id, papers_printed, due, present, handed_out, drawn,"
    " phones, papers, ticked"
)
_ELECTIONS = (
    """
    CREATE TABLE elections_new (
        case_id CHAR(32) NOT NULL,
        meeting_id CHAR(32) NOT NULL,
        sheet VARCHAR(60) NOT NULL,
        form VARCHAR(10) NOT NULL,
        method_sha256 VARCHAR(64) NOT NULL,
        previous_id CHAR(32),
        papers_printed INTEGER NOT NULL,
        due INTEGER,
        present INTEGER,
        handed_out INTEGER NOT NULL,
        drawn INTEGER NOT NULL,
        kept_back INTEGER NOT NULL,
        exchanged INTEGER NOT NULL,
        phones INTEGER,
        spent INTEGER,
        handed_in INTEGER NOT NULL,
        disputes INTEGER NOT NULL,
        box VARCHAR(10) NOT NULL,
        faulty INTEGER,
        salt VARCHAR(64) NOT NULL,
        ruling TEXT NOT NULL,
        papers INTEGER,
        ticked INTEGER,
        CONSTRAINT ck_elections_present_at_most_due CHECK (present IS NULL OR present <= due),
        CONSTRAINT ck_elections_box_known CHECK (box IN ('none', 'copied', 'scrubbed', 'opened')),
        CONSTRAINT ck_elections_no_more_exchanged_than_drawn CHECK (exchanged <= drawn),
        CONSTRAINT pk_elections PRIMARY KEY (case_id),
        CONSTRAINT fk_elections_case_id FOREIGN KEY(case_id) REFERENCES cases (id),
        CONSTRAINT fk_elections_meeting_id FOREIGN KEY(meeting_id) REFERENCES meetings (case_id),
        CONSTRAINT fk_elections_previous_id FOREIGN KEY(previous_id) REFERENCES elections (case_id)
    )
    """,
    f"""
    INSERT INTO elections_new ({_OLD_ELECTIONS}, kept_back, exchanged, handed_in, disputes, box, salt, ruling)
    SELECT {_OLD_ELECTIONS}, 0, 0, 0, 0, 'none', '', '' FROM elections
    """,
)
_PASSES = (
    """
    CREATE TABLE voting_passes_new (
        hash VARCHAR(64) NOT NULL,
        election_id CHAR(32) NOT NULL,
        state VARCHAR(10) NOT NULL,
        token_hash VARCHAR(64),
        CONSTRAINT ck_voting_passes_state_known
            CHECK (state IN ('unspent', 'spent', 'void', 'exchanged', 'handed_in')),
        CONSTRAINT ck_voting_passes_token_of_a_spent_pass CHECK (token_hash IS NULL OR state = 'spent'),
        CONSTRAINT pk_voting_passes PRIMARY KEY (hash),
        CONSTRAINT fk_voting_passes_election_id FOREIGN KEY(election_id) REFERENCES elections (case_id)
    ) WITHOUT ROWID
    """,
    "INSERT INTO voting_passes_new (hash, election_id, state) SELECT hash, election_id, state FROM voting_passes",
)


def _sqlite_again(table: str, statements: tuple[str, ...], index: str, column: str) -> None:
    """SQLite changes no constraint in place: the table is made anew, and takes the old one's name."""
    for statement in statements:
        op.execute(statement)
    op.execute(f"DROP TABLE {table}")
    op.execute(f"ALTER TABLE {table}_new RENAME TO {table}")
    op.create_index(op.f(index), table, [column], unique=False)
