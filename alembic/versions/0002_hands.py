"""Elections by show of hands: the votes of each round stand beside its list until they are counted."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("ballot_rounds", sa.Column("hands", sa.Text(), nullable=True))
