"""Feeds that servers, workspaces and persons have of their own, and what they hide of everybody's."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create their table; what was asked until now is everybody's."""
    op.create_table(
        "space_feeds",
        sa.Column("space", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("language", sa.Text()),
        sa.Column("topics", sa.JSON(), nullable=False),
        sa.Column("weight", sa.Float(), nullable=False),
        sa.Column("hidden", sa.Boolean(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("space", "url", name="pk_space_feeds"),
    )
    op.create_index("ix_space_feeds_url", "space_feeds", ["url"])
    op.create_index("ix_space_feeds_person", "space_feeds", ["person"])
    for table, column in (("feeds", "configured"), ("feeds", "common"), ("articles", "private")):
        op.add_column(table, sa.Column(column, sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute("UPDATE feeds SET configured = enrolled, common = enrolled")


def downgrade() -> None:
    """Drop it; private articles go with it, for nothing would hide them."""
    op.execute("DELETE FROM memberships WHERE article IN (SELECT id FROM articles WHERE private)")
    op.execute("DELETE FROM story_topics WHERE article IN (SELECT id FROM articles WHERE private)")
    op.execute("DELETE FROM articles WHERE private")
    op.execute("UPDATE feeds SET enrolled = common")
    for table, column in (("articles", "private"), ("feeds", "common"), ("feeds", "configured")):
        op.drop_column(table, column)
    op.drop_table("space_feeds")
