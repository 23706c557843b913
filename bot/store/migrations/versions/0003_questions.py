"""The archive that questions are answered from, and conversations."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TSVECTOR

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# No content is kept, for it is in the articles, and no places of words, which nobody asks for.
OPTIONS = "content='', columnsize=0, detail=none, tokenize=\"ascii tokenchars '_'\""
WORDS = f"CREATE VIRTUAL TABLE words USING fts5(keys, {OPTIONS})"


def upgrade() -> None:
    """Create the tables; articles that are there already are taken in while the bot runs."""
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    serial = sa.Integer() if is_sqlite else sa.BigInteger()
    op.create_table(
        "searched",
        sa.Column("number", serial, nullable=False),
        sa.Column("article", sa.BigInteger(), nullable=False),
        sa.Column("feed", sa.BigInteger(), nullable=False),
        sa.Column("published", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.Text() if is_sqlite else TSVECTOR()),
        sa.PrimaryKeyConstraint("number", name="pk_searched"),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name="fk_searched_article"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_searched_article", "searched", ["article"], unique=True)
    if is_sqlite:
        op.execute(WORDS)
    else:
        op.execute("ALTER TABLE searched SET (toast_tuple_target = 128)")  # vectors apart: a hit reads a narrow row
        op.create_index("ix_searched_words", "searched", ["words"], postgresql_using="gin")
    _conversations(serial)


def downgrade() -> None:
    """Drop them."""
    op.drop_table("questions")
    op.drop_table("searched")
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE words")


def _conversations(serial: sa.types.TypeEngine[int]) -> None:
    op.create_table(
        "questions",
        sa.Column("id", serial, nullable=False),
        sa.Column("thread", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("articles", sa.JSON(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("story", sa.BigInteger()),
        sa.Column("asker", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_questions"),
    )
    op.create_index("ix_questions_thread_id", "questions", ["thread", "id"])
    op.create_index("ix_questions_asker", "questions", ["asker"])
    op.create_index("ix_questions_at", "questions", ["at"])
