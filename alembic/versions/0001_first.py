"""
The first schema.

The journal is append-only in the database itself: triggers forbid update and delete, whoever asks.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

APPEND_ONLY = "工作日志只能追加"


def upgrade() -> None:
    op.create_table(
        "federations",
        sa.Column("short_id", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("level", sa.String(length=20), nullable=False),
        sa.Column("superior_id", sa.Uuid(), nullable=True),
        sa.Column("specimen", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "superior_id IS NULL OR superior_id <> id", name=op.f("ck_federations_not_its_own_superior")
        ),
        sa.ForeignKeyConstraint(["superior_id"], ["federations.id"], name=op.f("fk_federations_superior_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_federations")),
        sa.UniqueConstraint("name", name=op.f("uq_federations_name")),
        sa.UniqueConstraint("short_id", name=op.f("uq_federations_short_id")),
    )
    op.create_index(op.f("ix_federations_superior_id"), "federations", ["superior_id"], unique=False)
    op.create_table(
        "journal_heads",
        sa.Column("chain", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("chain", name=op.f("pk_journal_heads")),
    )
    op.create_table(
        "journal_lines",
        sa.Column("chain", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("stated", sa.String(length=16), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("second", sa.String(length=80), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("act", sa.String(length=60), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.CheckConstraint("sequence > 0", name=op.f("ck_journal_lines_sequence_positive")),
        sa.PrimaryKeyConstraint("chain", "sequence", name=op.f("pk_journal_lines")),
    )
    op.create_index("ix_journal_lines_subject", "journal_lines", ["chain", "subject", "act"], unique=False)
    op.create_table(
        "officers",
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_officers")),
        sa.UniqueConstraint("name", name=op.f("uq_officers_name")),
    )
    op.create_table(
        "process_definitions",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("process", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_process_definitions")),
    )
    op.create_table(
        "cases",
        sa.Column("federation_id", sa.Uuid(), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("short_id", sa.String(length=60), nullable=False),
        sa.Column("path", sa.String(length=200), nullable=False),
        sa.Column("process", sa.String(length=40), nullable=False),
        sa.Column("label", sa.String(length=120), nullable=False),
        sa.Column("definition_sha256", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("term_no", sa.Integer(), nullable=False),
        sa.Column("since", sa.String(length=16), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["definition_sha256"], ["process_definitions.sha256"], name=op.f("fk_cases_definition_sha256")
        ),
        sa.ForeignKeyConstraint(["federation_id"], ["federations.id"], name=op.f("fk_cases_federation_id")),
        sa.ForeignKeyConstraint(["parent_id"], ["cases.id"], name=op.f("fk_cases_parent_id")),
        sa.ForeignKeyConstraint(["root_id"], ["cases.id"], name=op.f("fk_cases_root_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cases")),
    )
    op.create_index(op.f("ix_cases_federation_id"), "cases", ["federation_id"], unique=False)
    op.create_index(op.f("ix_cases_root_id"), "cases", ["root_id"], unique=False)
    op.create_index("uq_cases_child", "cases", ["parent_id", "short_id"], unique=True)
    op.create_index(
        "uq_cases_root",
        "cases",
        ["federation_id", "short_id"],
        unique=True,
        sqlite_where=sa.text("parent_id IS NULL"),
        postgresql_where=sa.text("parent_id IS NULL"),
    )
    op.create_table(
        "officer_roles",
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("federation_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["federation_id"], ["federations.id"], name=op.f("fk_officer_roles_federation_id")),
        sa.ForeignKeyConstraint(["officer_id"], ["officers.id"], name=op.f("fk_officer_roles_officer_id")),
        sa.PrimaryKeyConstraint("officer_id", "federation_id", "role", name=op.f("pk_officer_roles")),
        sa.UniqueConstraint(
            "federation_id", "officer_id", "role", name=op.f("uq_officer_roles_federation_id_officer_id_role")
        ),
    )
    op.create_table(
        "settled_strokes",
        sa.Column("federation_id", sa.Uuid(), nullable=False),
        sa.Column("character", sa.String(length=2), nullable=False),
        sa.Column("digits", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["federation_id"], ["federations.id"], name=op.f("fk_settled_strokes_federation_id")),
        sa.PrimaryKeyConstraint("federation_id", "character", name=op.f("pk_settled_strokes")),
    )
    op.create_table(
        "comment_windows",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.CheckConstraint("ends_on >= opens_on", name=op.f("ck_comment_windows_ends_after_it_opens")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_comment_windows_case_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_comment_windows")),
    )
    op.create_table(
        "drafts",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("meeting", sa.String(length=60), nullable=False),
        sa.Column("adopted_version", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_drafts_case_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_drafts")),
    )
    op.create_table(
        "filings",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("addressee", sa.String(length=120), nullable=False),
        sa.Column("sent_on", sa.String(length=16), nullable=False),
        sa.Column("receipt", sa.String(length=120), nullable=False),
        sa.Column("received_on", sa.String(length=16), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_filings_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_filings")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_filings_case_id_number")),
    )
    op.create_table(
        "frozen_papers",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("short_id", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_frozen_papers_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_frozen_papers")),
        sa.UniqueConstraint("case_id", "short_id", name=op.f("uq_frozen_papers_case_id_short_id")),
    )
    op.create_table(
        "meetings",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("session_no", sa.Integer(), nullable=False),
        sa.Column("method", sa.String(length=60), nullable=False),
        sa.Column("roll_from", sa.String(length=60), nullable=False),
        sa.Column("held_on", sa.String(length=16), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("chair", sa.String(length=120), nullable=False),
        sa.Column("roll_frozen", sa.Boolean(), nullable=False),
        sa.Column("due", sa.Integer(), nullable=True),
        sa.Column("present_announced", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_meetings_case_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_meetings")),
    )
    op.create_table(
        "requests",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("addressee", sa.String(length=120), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("sent_on", sa.String(length=16), nullable=False),
        sa.Column("reply", sa.String(length=10), nullable=False),
        sa.Column("reply_number", sa.String(length=80), nullable=False),
        sa.Column("replied_on", sa.String(length=16), nullable=False),
        sa.Column("covers", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("reply IN ('', 'approved', 'returned')", name=op.f("ck_requests_reply_known")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_requests_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_requests")),
        sa.UniqueConstraint("case_id", "subject", "number", name=op.f("uq_requests_case_id_subject_number")),
    )
    op.create_table(
        "agenda_items",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=300), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.case_id"], name=op.f("fk_agenda_items_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_items")),
        sa.UniqueConstraint("meeting_id", "number", name=op.f("uq_agenda_items_meeting_id_number")),
    )
    op.create_table(
        "draft_versions",
        sa.Column("draft_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("method_toml", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("added_on", sa.String(length=16), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_draft_versions_number_positive")),
        sa.ForeignKeyConstraint(["draft_id"], ["drafts.case_id"], name=op.f("fk_draft_versions_draft_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_versions")),
        sa.UniqueConstraint("draft_id", "number", name=op.f("uq_draft_versions_draft_id_number")),
    )
    op.create_table(
        "elections",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("sheet", sa.String(length=60), nullable=False),
        sa.Column("form", sa.String(length=10), nullable=False),
        sa.Column("method_sha256", sa.String(length=64), nullable=False),
        sa.Column("previous_id", sa.Uuid(), nullable=True),
        sa.Column("papers_printed", sa.Integer(), nullable=False),
        sa.Column("due", sa.Integer(), nullable=True),
        sa.Column("present", sa.Integer(), nullable=True),
        sa.Column("handed_out", sa.Integer(), nullable=False),
        sa.Column("drawn", sa.Integer(), nullable=False),
        sa.Column("phones", sa.Integer(), nullable=True),
        sa.Column("papers", sa.Integer(), nullable=True),
        sa.Column("ticked", sa.Integer(), nullable=True),
        sa.CheckConstraint("phones IS NULL OR phones <= drawn", name=op.f("ck_elections_no_more_cast_than_drawn")),
        sa.CheckConstraint("present IS NULL OR present <= due", name=op.f("ck_elections_present_at_most_due")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_elections_case_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.case_id"], name=op.f("fk_elections_meeting_id")),
        sa.ForeignKeyConstraint(["previous_id"], ["elections.case_id"], name=op.f("fk_elections_previous_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_elections")),
    )
    op.create_index(op.f("ix_elections_meeting_id"), "elections", ["meeting_id"], unique=False)
    op.create_table(
        "meeting_duties",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("duty", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "duty IN ('presidium', 'secretary_general', 'chief_scrutineer', 'scrutineer', 'chief_teller', 'teller',"
            " 'vote_caller')",
            name=op.f("ck_meeting_duties_duty_known"),
        ),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.case_id"], name=op.f("fk_meeting_duties_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_duties")),
        sa.UniqueConstraint("meeting_id", "duty", "name", name=op.f("uq_meeting_duties_meeting_id_duty_name")),
    )
    op.create_table(
        "motions",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("version_sha256", sa.String(length=64), nullable=False),
        sa.Column("rule", sa.String(length=40), nullable=False),
        sa.Column("due", sa.Integer(), nullable=False),
        sa.Column("present", sa.Integer(), nullable=False),
        sa.Column("recorded", sa.Boolean(), nullable=False),
        sa.Column("approve", sa.Integer(), nullable=False),
        sa.Column("against", sa.Integer(), nullable=False),
        sa.Column("abstain", sa.Integer(), nullable=False),
        sa.Column("carried", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "approve + against + abstain <= present", name=op.f("ck_motions_no_more_hands_than_present")
        ),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.case_id"], name=op.f("fk_motions_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_motions")),
        sa.UniqueConstraint("meeting_id", "number", name=op.f("uq_motions_meeting_id_number")),
    )
    op.create_table(
        "roll_entries",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("displayed", sa.String(length=120), nullable=False),
        sa.Column("sex", sa.String(length=4), nullable=False),
        sa.Column("born_on", sa.Date(), nullable=True),
        sa.Column("nationality", sa.String(length=20), nullable=False),
        sa.Column("party", sa.String(length=40), nullable=False),
        sa.Column("unit", sa.String(length=120), nullable=False),
        sa.Column("unit_short", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("may_vote", sa.Boolean(), nullable=False),
        sa.Column("review", sa.String(length=10), nullable=False),
        sa.Column("review_note", sa.String(length=200), nullable=False),
        sa.Column("presence", sa.String(length=10), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("absence", sa.String(length=20), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("kind <> 'observer' OR NOT may_vote", name=op.f("ck_roll_entries_observers_never_vote")),
        sa.CheckConstraint(
            "kind IN ('delegate', 'invited_delegate', 'observer')", name=op.f("ck_roll_entries_kind_known")
        ),
        sa.CheckConstraint(
            "presence IN ('', 'present', 'left', 'absent')", name=op.f("ck_roll_entries_presence_known")
        ),
        sa.CheckConstraint("review IN ('', 'passed', 'failed')", name=op.f("ck_roll_entries_review_known")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.case_id"], name=op.f("fk_roll_entries_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roll_entries")),
        sa.UniqueConstraint("meeting_id", "displayed", name=op.f("uq_roll_entries_meeting_id_displayed")),
        sa.UniqueConstraint("meeting_id", "number", name=op.f("uq_roll_entries_meeting_id_number")),
    )
    op.create_table(
        "ballot_rounds",
        sa.Column("election_id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("short_id", sa.String(length=60), nullable=False),
        sa.Column("contest", sa.String(length=60), nullable=False),
        sa.Column("office", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("nth", sa.Integer(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('first', 'rerun', 'runoff', 'supplementary', 'primary')", name=op.f("ck_ballot_rounds_kind_known")
        ),
        sa.CheckConstraint("seats > 0", name=op.f("ck_ballot_rounds_seats_positive")),
        sa.ForeignKeyConstraint(["election_id"], ["elections.case_id"], name=op.f("fk_ballot_rounds_election_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.case_id"], name=op.f("fk_ballot_rounds_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballot_rounds")),
        sa.UniqueConstraint("meeting_id", "short_id", name=op.f("uq_ballot_rounds_meeting_id_short_id")),
    )
    op.create_index(op.f("ix_ballot_rounds_election_id"), "ballot_rounds", ["election_id"], unique=False)
    op.create_table(
        "comments",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=120), nullable=False),
        sa.Column("clause", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("disposition", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("disposition = '' OR reason <> ''", name=op.f("ck_comments_answered_with_a_reason")),
        sa.CheckConstraint(
            "disposition IN ('', 'adopted', 'partly', 'rejected')", name=op.f("ck_comments_disposition_known")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_comments_case_id")),
        sa.ForeignKeyConstraint(["version_id"], ["draft_versions.id"], name=op.f("fk_comments_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comments")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_comments_case_id_number")),
    )
    op.create_index(op.f("ix_comments_version_id"), "comments", ["version_id"], unique=False)
    op.create_table(
        "identity_numbers",
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(length=18), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["roll_entries.id"], name=op.f("fk_identity_numbers_entry_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_identity_numbers")),
    )
    op.create_table(
        "opened_ballots",
        sa.Column("key", sa.Uuid(), nullable=False),
        sa.Column("election_id", sa.Uuid(), nullable=False),
        sa.Column("marks", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["election_id"], ["elections.case_id"], name=op.f("fk_opened_ballots_election_id")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_opened_ballots")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_opened_ballots_election_id"), "opened_ballots", ["election_id"], unique=False)
    op.create_table(
        "sealed_ballots",
        sa.Column("key", sa.Uuid(), nullable=False),
        sa.Column("election_id", sa.Uuid(), nullable=False),
        sa.Column("box", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["election_id"], ["elections.case_id"], name=op.f("fk_sealed_ballots_election_id")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_sealed_ballots")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_sealed_ballots_election_id"), "sealed_ballots", ["election_id"], unique=False)
    op.create_table(
        "voting_passes",
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("election_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.CheckConstraint("state IN ('unspent', 'spent', 'void')", name=op.f("ck_voting_passes_state_known")),
        sa.ForeignKeyConstraint(["election_id"], ["elections.case_id"], name=op.f("fk_voting_passes_election_id")),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_voting_passes")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_voting_passes_election_id"), "voting_passes", ["election_id"], unique=False)
    op.create_table(
        "candidates",
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("biography", sa.Text(), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("position >= 0", name=op.f("ck_candidates_position_known")),
        sa.ForeignKeyConstraint(["round_id"], ["ballot_rounds.id"], name=op.f("fk_candidates_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_candidates")),
        sa.UniqueConstraint("round_id", "name", name=op.f("uq_candidates_round_id_name")),
    )
    op.create_table(
        "elected",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("contest", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.case_id"], name=op.f("fk_elected_meeting_id")),
        sa.ForeignKeyConstraint(["round_id"], ["ballot_rounds.id"], name=op.f("fk_elected_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_elected")),
        sa.UniqueConstraint("meeting_id", "contest", "name", name=op.f("uq_elected_meeting_id_contest_name")),
    )
    op.create_table(
        "paper_batches",
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("papers", sa.Integer(), nullable=False),
        sa.Column("entered_by", sa.String(length=80), nullable=False),
        sa.Column("second", sa.String(length=80), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("papers >= 0", name=op.f("ck_paper_batches_papers_not_negative")),
        sa.ForeignKeyConstraint(["round_id"], ["ballot_rounds.id"], name=op.f("fk_paper_batches_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_batches")),
        sa.UniqueConstraint("round_id", "sha256", name=op.f("uq_paper_batches_round_id_sha256")),
    )
    op.create_table(
        "paper_entries",
        sa.Column("key", sa.Uuid(), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("marks", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["paper_batches.id"], name=op.f("fk_paper_entries_batch_id")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_paper_entries")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_paper_entries_batch_id"), "paper_entries", ["batch_id"], unique=False)
    op.create_table(
        "terms",
        sa.Column("federation_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("elected_id", sa.Uuid(), nullable=True),
        sa.Column("office", sa.String(length=120), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("term_no", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_because", sa.String(length=80), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("ends_on > starts_on", name=op.f("ck_terms_ends_after_it_starts")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_terms_case_id")),
        sa.ForeignKeyConstraint(["elected_id"], ["elected.id"], name=op.f("fk_terms_elected_id")),
        sa.ForeignKeyConstraint(["federation_id"], ["federations.id"], name=op.f("fk_terms_federation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_terms")),
        sa.UniqueConstraint("elected_id", name=op.f("uq_terms_elected_id")),
    )
    op.create_index(op.f("ix_terms_federation_id"), "terms", ["federation_id"], unique=False)

    _forbid_changes(op.get_bind().dialect.name)


def _forbid_changes(dialect: str) -> None:
    if dialect == "postgresql":
        op.execute(
            "CREATE FUNCTION journal_is_append_only() RETURNS trigger AS "
            f"$$ BEGIN RAISE EXCEPTION '{APPEND_ONLY}'; END $$ LANGUAGE plpgsql"
        )
        op.execute(
            "CREATE TRIGGER journal_lines_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON journal_lines "
            "FOR EACH STATEMENT EXECUTE FUNCTION journal_is_append_only()"
        )
        return
    for change in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER journal_lines_no_{change.lower()} BEFORE {change} ON journal_lines "
            f"BEGIN SELECT RAISE(ABORT, '{APPEND_ONLY}'); END"
        )
