"""What of the archive was posted, and what only one space's feeds told: so that it can be found, and deleted."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

# What was forgotten since was posted, or was not public when it was not.
NOT_POSTED = """
UPDATE readers SET posted = false WHERE EXISTS (
    SELECT 1 FROM deliveries
    WHERE deliveries.subscription = readers.subscription AND deliveries.day = readers.day
    AND deliveries.part = 1 AND deliveries.state <> 'sent'
)
"""


def upgrade() -> None:
    """Pages of digests that were kept so far count as posted, but for those that are known not to be."""
    op.add_column("readers", sa.Column("body", sa.BigInteger()))
    op.add_column("readers", sa.Column("posted", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.execute(NOT_POSTED)
    op.create_index(
        "ix_readers_unposted",
        "readers",
        ["day"],
        sqlite_where=sa.text("posted IS 0"),
        postgresql_where=sa.text("posted IS false"),
    )
    op.create_index(
        "ix_articles_own",
        "articles",
        ["feed_url"],
        sqlite_where=sa.text("private IS 1"),
        postgresql_where=sa.text("private IS true"),
    )


def downgrade() -> None:
    """As before."""
    op.drop_index("ix_articles_own", "articles")
    op.drop_index("ix_readers_unposted", "readers")
    op.drop_column("readers", "posted")
    op.drop_column("readers", "body")
