"""Paper ballots entered twice: the piles, what each teller entered of them, and what a scrutineer settled."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "entry_batches",
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("papers", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("paper_batch_id", sa.Uuid(), nullable=True),
        sa.Column("totals", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(state = 'signed_off') = (paper_batch_id IS NOT NULL)",
            name=op.f("ck_entry_batches_signed_off_is_in_the_box"),
        ),
        sa.CheckConstraint("kind IN ('papers', 'totals')", name=op.f("ck_entry_batches_kind_known")),
        sa.CheckConstraint("state IN ('open', 'signed_off')", name=op.f("ck_entry_batches_state_known")),
        sa.CheckConstraint("papers > 0", name=op.f("ck_entry_batches_papers_positive")),
        sa.ForeignKeyConstraint(["paper_batch_id"], ["paper_batches.id"], name=op.f("fk_entry_batches_paper_batch_id")),
        sa.ForeignKeyConstraint(["round_id"], ["ballot_rounds.id"], name=op.f("fk_entry_batches_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry_batches")),
        sa.UniqueConstraint("round_id", "number", name=op.f("uq_entry_batches_round_id_number")),
    )
    op.create_table(
        "entry_settlements",
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("marks", sa.Text(), nullable=False),
        sa.Column("settled_by", sa.String(length=80), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint("position > 0", name=op.f("ck_entry_settlements_position_positive")),
        sa.ForeignKeyConstraint(["batch_id"], ["entry_batches.id"], name=op.f("fk_entry_settlements_batch_id")),
        sa.PrimaryKeyConstraint("batch_id", "position", name=op.f("pk_entry_settlements")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "entry_turns",
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("teller", sa.String(length=80), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("totals", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("state IN ('entering', 'finished')", name=op.f("ck_entry_turns_state_known")),
        sa.CheckConstraint("place IN (1, 2)", name=op.f("ck_entry_turns_two_tellers")),
        sa.ForeignKeyConstraint(["batch_id"], ["entry_batches.id"], name=op.f("fk_entry_turns_batch_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry_turns")),
        sa.UniqueConstraint("batch_id", "place", name=op.f("uq_entry_turns_batch_id_place")),
        sa.UniqueConstraint("batch_id", "teller", name=op.f("uq_entry_turns_batch_id_teller")),
    )
    op.create_table(
        "entry_drafts",
        sa.Column("turn_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("marks", sa.Text(), nullable=False),
        sa.CheckConstraint("position > 0", name=op.f("ck_entry_drafts_position_positive")),
        sa.ForeignKeyConstraint(["turn_id"], ["entry_turns.id"], name=op.f("fk_entry_drafts_turn_id")),
        sa.PrimaryKeyConstraint("turn_id", "position", name=op.f("pk_entry_drafts")),
        sqlite_with_rowid=False,
    )
