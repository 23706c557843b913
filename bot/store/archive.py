"""Articles found by their words: the same statement on both databases, but for how a word is looked up."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate

from sqlalchemy import bindparam, select, text

from bot.model import Article, number
from bot.ports import Sought
from bot.store.archived import take_in
from bot.store.articles import article_of
from bot.store.database import Database
from bot.store.tables import articles, memberships, searched, to_number

PORTION = 50  # articles between two looks at the event loop: their keys take a millisecond each
HIT = {
    True: "SELECT rowid AS number, {weight} AS weight FROM words WHERE words MATCH :words{n}",
    False: "SELECT number, {weight} AS weight FROM searched WHERE words @@ CAST(:words{n} AS tsquery)",
}
# A look through the table would fetch each vector, which PostgreSQL does not reckon with.
BY_INDEX = text("SET LOCAL enable_seqscan = off")
BEST = """
SELECT searched.article FROM
    (SELECT number, sum(weight) AS score FROM ({hits}) AS hits GROUP BY number) AS found
    JOIN searched ON searched.number = found.number
WHERE searched.published >= :since AND searched.feed IN :feeds
ORDER BY found.score DESC, searched.published DESC, searched.article LIMIT :limit
"""


@dataclass(frozen=True, slots=True)
class StoredArchive:
    """Fulfils the port `Archive`."""

    database: Database

    async def search(
        self, words: Sequence[Sought], since: datetime, feeds: Collection[str], limit: int
    ) -> list[Article]:
        """The articles of these feeds published since then that have most of these words, best and latest first.

        Such as can't have half of them, by weight, are not found.
        """
        sought = [one for one in words if one.keys]
        if not sought or not feeds:
            return []
        is_sqlite = self.database.is_sqlite
        hits = " UNION ALL ".join(
            HIT[is_sqlite].format(n=n, weight=f"{one.weight:.4f}") for n, one in enumerate(sought)
        )
        statement = text(BEST.format(hits=hits)).bindparams(bindparam("feeds", expanding=True))
        expressions = _expressions(sought, is_sqlite=is_sqlite)
        values = {f"words{n}": expression for n, expression in enumerate(expressions)}
        bounds = {"since": to_number(since), "feeds": [number(feed) for feed in set(feeds)], "limit": limit}
        async with self.database.reading() as connection:
            if not is_sqlite:
                await connection.execute(BY_INDEX)
            ids = list((await connection.execute(statement, values | bounds)).scalars())
            rows = await connection.execute(select(articles).where(articles.c.id.in_(ids)))
            found = {row.id: article_of(row) for row in rows}
        return [found[id_] for id_ in ids]

    async def catch_up(self, limit: int) -> int:
        """Take in articles that were placed before there was an archive; how many, 0 when all are in."""
        missing = (
            select(articles)
            .join_from(articles, memberships)
            .outerjoin(searched, searched.c.article == articles.c.id)
            .where(searched.c.article.is_(None))
            .limit(limit)
        )
        found = [article_of(row) async for row in self.database.rows(missing)]
        for start in range(0, len(found), PORTION):
            async with self.database.writing() as connection:
                await take_in(self.database, connection, found[start : start + PORTION])
        return len(found)


def _expressions(sought: Sequence[Sought], *, is_sqlite: bool) -> Iterator[str]:
    """What to look for, word by word: of those that tell little, only where one is that tells much.

    Each hit costs a look at a row, and the words that tell little are the ones that are everywhere.
    """
    telling = _telling(sought)
    needed = _any(frozenset[str]().union(*(one.keys for one in telling)), is_sqlite=is_sqlite)
    for one in sought:
        expression = _any(one.keys, is_sqlite=is_sqlite)
        both = f"({expression}) {'AND' if is_sqlite else '&'} ({needed})"
        yield expression if one in telling else both


def _telling(sought: Sequence[Sought]) -> list[Sought]:
    """The words that tell most, so many that an article without any of them has less than half of all."""
    best = sorted(sought, key=lambda one: -one.weight)
    sums = accumulate(one.weight for one in best)
    half = sum(one.weight for one in best) / 2
    return best[: 1 + sum(1 for total in sums if total <= half)]


def _any(keys: Collection[str], *, is_sqlite: bool) -> str:
    """Any of these keys, in the language of the database; a key has but letters, figures and underscores."""
    quote, either = ('"', " OR ") if is_sqlite else ("'", " | ")
    return either.join(f"{quote}{key}{quote}" for key in sorted(keys))
