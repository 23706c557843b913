"""Taking articles into the archive: their keys into SQLite's full-text search, or into a vector of PostgreSQL's."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ARRAY, Text, bindparam, delete, func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.german.keys import keys
from bot.model import Article, number
from bot.store.database import Database
from bot.store.tables import searched

WRITE_WORDS = text("INSERT INTO words (rowid, keys) VALUES (:number, :keys)")


async def take_in(database: Database, connection: AsyncConnection, articles: Sequence[Article]) -> None:
    """Let these be found from now on, within a transaction; nothing happens to those that can be found already."""
    if not articles:
        return
    insert = database.insert(searched).on_conflict_do_nothing()
    if not database.is_sqlite:
        vector = func.array_to_tsvector(bindparam("keys", type_=ARRAY(Text)))
        rows = [_row(article) | {"keys": sorted(_keys(article))} for article in articles]
        await connection.execute(insert.values(words=vector), rows)
        return
    numbered = insert.returning(searched.c.number, searched.c.article)
    new = (await connection.execute(numbered, [_row(article) for article in articles])).all()
    told = {article.id: article for article in articles}
    words = [{"number": row.number, "keys": " ".join(_keys(told[row.article]))} for row in new]
    if words:
        await connection.execute(WRITE_WORDS, sorted(words, key=lambda row: row["number"]))


async def take_in_again(database: Database, connection: AsyncConnection, articles: Sequence[Article]) -> None:
    """Let those of these that can be found be found by their new words, within a transaction."""
    there = searched.c.article.in_([article.id for article in articles])
    known = set((await connection.execute(select(searched.c.article).where(there))).scalars())
    if known:
        await connection.execute(delete(searched).where(searched.c.article.in_(known)))
        await take_in(database, connection, [article for article in articles if article.id in known])


def _keys(article: Article) -> frozenset[str]:
    return keys(f"{article.title}\n{article.text}", article.language)


def _row(article: Article) -> dict[str, Any]:
    return {"article": article.id, "feed": number(article.feed_url), "published": article.published}
