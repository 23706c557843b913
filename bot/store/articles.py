"""Everything read, once, and the keys by which a feed's articles are recognised."""

import json
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import bindparam, false, func, select, update

from bot.model import Article, Extent, Language
from bot.ports import Known, Tally
from bot.store.archived import take_in_again
from bot.store.database import Database, batches
from bot.store.tables import articles, to_number, told

TEXT_LIMIT = 20_000  # characters; ten times a news article, and what a language model is ever shown of one
KEYS = struct.Struct("<4q")  # article, guid, title, text

LANGUAGES = {language.value: language for language in Language}
EXTENTS = {extent.value: extent for extent in Extent}

REWRITE = (
    update(articles)
    .where(articles.c.id == bindparam("key"))
    .values(title=bindparam("title"), text=bindparam("text"), extent=bindparam("extent"))
)


@dataclass(frozen=True, slots=True)
class StoredArticles:
    """Fulfils the port `Articles`."""

    database: Database

    async def known(self, feed_urls: Sequence[str]) -> Mapping[str, Sequence[Known]]:
        """What each of these feeds told lately, newest first; nothing for a feed that told nothing yet."""
        found: dict[str, Sequence[Known]] = {}
        for batch in batches(feed_urls):
            wanted = select(told).where(told.c.feed_url.in_(batch))
            found |= {row.feed_url: _unpack(row.keys) async for row in self.database.rows(wanted)}
        return found

    async def add(self, new: Sequence[Article]) -> int:
        """Keep what is not kept yet; how many were new.

        An article that another feed told already stays as it is, but one that was held becomes news with its first
        feed that tells it as news.
        """
        insert = self.database.insert(articles)
        release = insert.on_conflict_do_update(
            index_elements=["id"], set_={"held": false()}, where=articles.c.held & ~insert.excluded.held
        )
        count = 0
        if not new:
            return count
        async with self.database.writing() as connection:
            for batch in batches(new):
                count += await self.database.write_rows(connection, release, [_row(article) for article in batch])
        return count

    async def remember(self, keys: Mapping[str, Sequence[Known]]) -> None:
        """By these keys each of these feeds is recognised from now on; they replace the ones before."""
        insert = self.database.insert(told)
        upsert = insert.on_conflict_do_update(index_elements=["feed_url"], set_={"keys": insert.excluded["keys"]})
        rows = [{"feed_url": feed_url, "keys": _pack(known)} for feed_url, known in keys.items()]
        if not rows:
            return
        async with self.database.writing() as connection:
            for batch in batches(rows):
                await connection.execute(upsert, batch)

    async def get(self, ids: Sequence[int]) -> Mapping[int, Article]:
        """The articles with these ids, as far as they are kept."""
        found: dict[int, Article] = {}
        for batch in batches(ids):
            wanted = select(articles).where(articles.c.id.in_(batch))
            found |= {row.id: article_of(row) async for row in self.database.rows(wanted)}
        return found

    async def rewrite(self, changed: Sequence[Article]) -> None:
        """Replace title, text and extent."""
        if not changed:
            return
        async with self.database.writing() as connection:
            for batch in batches(changed):
                await connection.execute(REWRITE, [_new_words(article) for article in batch])
                await take_in_again(self.database, connection, batch)

    async def since(self, moment: datetime) -> list[Article]:
        """What was published since then, oldest first; nothing held."""
        wanted = select(articles).where(*is_news_since(moment)).order_by(articles.c.published, articles.c.id)
        return [article_of(row) async for row in self.database.rows(wanted)]

    async def count(self, since: datetime) -> int:
        """How many were published since then; nothing held."""
        async with self.database.reading() as connection:
            wanted = select(func.count()).select_from(articles).where(*is_news_since(since))
            return (await connection.execute(wanted)).scalar_one()

    async def tally(self, since: datetime) -> list[Tally]:
        """How many each feed published since then, and the latest; nothing held."""
        told_by = (articles.c.feed_url, articles.c.private)
        wanted = select(*told_by, func.count(), func.max(articles.c.published)).where(*is_news_since(since))
        return [Tally._make(row) async for row in self.database.rows(wanted.group_by(*told_by))]


def is_news_since(moment: datetime) -> tuple[Any, Any]:
    """The condition that the index of articles answers: published since then, and not held."""
    return articles.c.held.is_(False), articles.c.published >= moment


def article_of(row: Sequence[Any]) -> Article:
    """The article of a row that begins with the columns of `articles`."""
    (id_, feed_url, outlet, url, title, text, language, published, seen, extent, topics, weight, held, private, *_) = (
        row
    )
    return Article(
        id_, feed_url, outlet, url, title, text, LANGUAGES[language], published, seen, EXTENTS[extent],
        tuple(topics), weight, held, private=private,
    )  # fmt: skip


def _row(article: Article) -> tuple[object, ...]:
    """The values in the order of the columns."""
    return (
        article.id,
        article.feed_url,
        article.outlet,
        article.url,
        article.title,
        article.text[:TEXT_LIMIT],
        article.language.value,
        to_number(article.published),
        to_number(article.seen),
        article.extent.value,
        _topics(article.topics),
        article.weight,
        article.held,
        article.private,
    )


@lru_cache(maxsize=1024)  # the articles of a feed share their topics
def _topics(topics: tuple[str, ...]) -> str:
    return json.dumps(topics)


def _new_words(article: Article) -> dict[str, Any]:
    text = article.text[:TEXT_LIMIT]
    return {"key": article.id, "title": article.title, "text": text, "extent": article.extent.value}


def _pack(known: Sequence[Known]) -> bytes:
    return b"".join(KEYS.pack(*one) for one in known)


def _unpack(keys: bytes) -> list[Known]:
    return list(map(Known._make, KEYS.iter_unpack(keys)))
