"""What readers of a channel voted."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create their table."""
    op.create_table(
        "votes",
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("space", sa.Text(), nullable=False),
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("direct", sa.Boolean(), nullable=False),
        sa.Column("story", sa.BigInteger(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("topics", sa.JSON(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("channel", "space", "platform", "direct", "story", "person", name="pk_votes"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_votes_platform_space", "votes", ["platform", "space"])
    op.create_index("ix_votes_platform_person", "votes", ["platform", "person"])
    op.create_index("ix_votes_at", "votes", ["at"])


def downgrade() -> None:
    """Drop it."""
    op.drop_table("votes")
