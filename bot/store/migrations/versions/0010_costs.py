"""What models cost: tokens from their caches, answers, and what each story took of it."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

COUNTS = ("tokens_read", "tokens_written", "tokens_cached", "calls")


def upgrade() -> None:
    """Of days before nobody knows; they count as none."""
    for name in ("tokens_cached", "calls"):
        op.add_column("spending", sa.Column(name, sa.BigInteger(), nullable=False, server_default="0"))
    op.create_table(
        "story_spending",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("story", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in COUNTS),
        sa.PrimaryKeyConstraint("day", "story", "model", name="pk_story_spending"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """As before."""
    op.drop_table("story_spending")
    for name in ("calls", "tokens_cached"):
        op.drop_column("spending", name)
