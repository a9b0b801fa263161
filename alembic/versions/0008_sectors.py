"""The sector (界别) of everyone on a roll, which the credentials report counts by."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    sector = sa.Column("sector", sa.String(length=40), nullable=False, server_default=sa.text("''"))
    op.add_column("roll_entries", sector)
