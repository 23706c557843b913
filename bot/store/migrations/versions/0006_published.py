"""The digests that anybody may read."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables of the archive."""
    op.create_table(
        "digests",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("made", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_digests"),
    )
    op.create_index("ix_digests_day_id", "digests", ["day", "id"])
    op.create_table(
        "tellings",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("digest", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("kind", "name", "digest", name="pk_tellings"),
        sa.ForeignKeyConstraint(["digest"], ["digests.id"], name="fk_tellings_digest"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "readers",
        sa.Column("subscription", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("digest", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("subscription", "day", name="pk_readers"),
        sa.ForeignKeyConstraint(["digest"], ["digests.id"], name="fk_readers_digest"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_readers_digest", "readers", ["digest"])


def downgrade() -> None:
    """Drop them."""
    for table in ("readers", "tellings", "digests"):
        op.drop_table(table)
