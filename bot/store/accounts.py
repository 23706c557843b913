"""The tables of what models used."""

from collections.abc import Iterator

from sqlalchemy import BigInteger, Column, Date, Table, Text

from bot.store.tables import metadata

COUNTS = ("tokens_read", "tokens_written", "tokens_cached", "calls")  # cached are some of those read


def _counts(*, old: bool) -> Iterator[Column[int]]:
    """`old`: a table that had not all of them from the beginning."""
    for name in COUNTS:
        added = old and name in COUNTS[2:]
        yield Column(name, BigInteger, nullable=False, server_default="0" if added else None)


spending = Table(
    "spending",
    metadata,
    Column("day", Date, primary_key=True),
    Column("model", Text, primary_key=True),
    *_counts(old=True),
)

# What of it was for one story, whatever became of the answers.
story_spending = Table(
    "story_spending",
    metadata,
    Column("day", Date, primary_key=True),
    Column("story", BigInteger, primary_key=True, autoincrement=False),
    Column("model", Text, primary_key=True),
    *_counts(old=False),
    sqlite_with_rowid=False,
)
