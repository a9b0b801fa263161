"""The hall on the web: desks with codes of their own, and what a committee decided about comments there."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "hall_desks",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("officer", sa.String(length=80), nullable=False),
        sa.Column("until", sa.String(length=16), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("kind IN ('check_in', 'entry')", name=op.f("ck_hall_desks_kind_known")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.case_id"], name=op.f("fk_hall_desks_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hall_desks")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_hall_desks_code_hash")),
        sa.UniqueConstraint("meeting_id", "name", name=op.f("uq_hall_desks_meeting_id_name")),
    )
    op.create_table(
        "hall_desk_sessions",
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("desk_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["desk_id"], ["hall_desks.id"], name=op.f("fk_hall_desk_sessions_desk_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("secret_hash", name=op.f("pk_hall_desk_sessions")),
    )
    op.create_index(op.f("ix_hall_desk_sessions_desk_id"), "hall_desk_sessions", ["desk_id"])
    op.create_table(
        "comment_policies",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("names", sa.String(length=10), nullable=False),
        sa.Column("shows", sa.String(length=10), nullable=False),
        sa.Column("officer", sa.String(length=80), nullable=False),
        sa.CheckConstraint("names IN ('named', 'anonymous', 'either')", name=op.f("ck_comment_policies_names_known")),
        sa.CheckConstraint("shows IN ('nothing', 'texts', 'answers')", name=op.f("ck_comment_policies_shows_known")),
        sa.ForeignKeyConstraint(["case_id"], ["comment_windows.case_id"], name=op.f("fk_comment_policies_case_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_comment_policies")),
    )
    op.create_table(
        "agenda_points",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_agenda_points_number_positive")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.case_id"], name=op.f("fk_agenda_points_meeting_id")),
        sa.PrimaryKeyConstraint("meeting_id", name=op.f("pk_agenda_points")),
    )
