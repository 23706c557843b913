"""What is kept of people, and where they asked: found, told and deleted."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Let it be found. Of questions from before nobody knows the server; they are forgotten within 30 days."""
    op.add_column("questions", sa.Column("space", sa.Text()))
    op.create_index("ix_questions_space", "questions", ["space"])
    op.create_index(
        "ix_deliveries_person",
        "deliveries",
        ["channel"],
        sqlite_where=sa.text("direct IS 1"),
        postgresql_where=sa.text("direct IS true"),
    )
    op.create_table(
        "notices",
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("space", sa.Text(), nullable=False),
        sa.Column("platform", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("person", "space", "platform", name="pk_notices"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """As before."""
    op.drop_table("notices")
    op.drop_index("ix_deliveries_person", "deliveries")
    op.drop_index("ix_questions_space", "questions")
    op.drop_column("questions", "space")
