"""What papers before the meeting say: how many delegates by which procedure, and the publicity of the candidates."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "delegate_quotas",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("procedure", sa.Text(), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_delegate_quotas_number_positive")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.case_id"], name=op.f("fk_delegate_quotas_meeting_id")),
        sa.PrimaryKeyConstraint("meeting_id", name=op.f("pk_delegate_quotas")),
    )
    op.create_table(
        "publicities",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("objections_to", sa.String(length=200), nullable=False),
        sa.CheckConstraint("ends_on >= opens_on", name=op.f("ck_publicities_ends_after_it_opens")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.case_id"], name=op.f("fk_publicities_meeting_id")),
        sa.PrimaryKeyConstraint("meeting_id", name=op.f("pk_publicities")),
    )
