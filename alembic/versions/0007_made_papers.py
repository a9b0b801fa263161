"""The register of papers that were made, by the hash of their bytes."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "made_papers",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("short_id", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("format", sa.String(length=10), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("facts_sha256", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_made_papers_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_made_papers")),
        sa.UniqueConstraint("case_id", "sha256", name=op.f("uq_made_papers_case_id_sha256")),
    )
