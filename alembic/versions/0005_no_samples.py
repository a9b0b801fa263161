"""
No sample of passes or ballots is taken for PostgreSQL's planner.

The server takes one whenever enough rows have come, and what it sampled stays in pg_statistic, replaced or not: which
ballots were there at that moment, and so an order of arrival in steps. SQLite takes none unless it is told to.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_TELLING = {"voting_passes": ("hash", "token_hash"), "sealed_ballots": ("key", "box")}


def upgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        return
    for table, columns in _TELLING.items():
        off = ", ".join(f"ALTER COLUMN {column} SET STATISTICS 0" for column in columns)
        op.execute(sa.text(f"ALTER TABLE {table} {off}"))
