"""What only feeds told that nobody has any more: deleted, as nobody may see it; what a feed told everybody stays.

Of SQLite's full-text search the words stay, without a number that leads to them: old versions can't delete there.
"""

from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import Database, batches
from bot.store.tables import articles, feeds, memberships, searched, space_feeds, story_topics, summaries, told

IS_ASKED = select(feeds.c.url).where(feeds.c.url == articles.c.feed_url, feeds.c.enrolled.is_(True)).exists()
IS_LOST = articles.c.private.is_(True) & ~IS_ASKED
IS_HAD = select(space_feeds.c.url).where(space_feeds.c.url == feeds.c.url).exists()
IS_NOBODYS = feeds.c.configured.is_(False) & feeds.c.enrolled.is_(False) & ~IS_HAD
HAS_TOLD = select(told.c.feed_url).where(told.c.feed_url == feeds.c.url).exists()


async def forget(database: Database, urls: Sequence[str] = ()) -> int:
    """Delete, in small transactions, all private articles of feeds that nobody has any more, and these feeds.

    Also those of these addresses that nobody has. How many articles.
    """
    lost = {
        row.id: row.feed_url async for row in database.rows(select(articles.c.id, articles.c.feed_url).where(IS_LOST))
    }
    silent = {row.url async for row in database.rows(select(feeds.c.url).where(IS_NOBODYS, ~HAS_TOLD))}
    for batch in batches(sorted(lost)):
        async with database.writing() as connection:
            await _forget(connection, batch)
    for some in batches(sorted({*urls, *lost.values(), *silent})):
        async with database.writing() as connection:
            await connection.execute(delete(feeds).where(feeds.c.url.in_(some), IS_NOBODYS))
            is_gone = told.c.feed_url.in_(some) & told.c.feed_url.not_in(select(feeds.c.url))
            await connection.execute(delete(told).where(is_gone))
    return len(lost)


async def _forget(connection: AsyncConnection, ids: Sequence[int]) -> None:
    """Those of these articles that are still lost, and all that is made of them."""
    held = select(articles.c.id).where(articles.c.id.in_(ids), IS_LOST).order_by(articles.c.id).with_for_update()
    gone = list((await connection.execute(held)).scalars())  # first, as placing waits for it
    theirs = select(memberships.c.story).distinct().where(memberships.c.article.in_(gone))
    stories = list((await connection.execute(theirs)).scalars())
    # Of each version, as nobody can tell which of them went by these articles; what is left is condensed anew.
    await connection.execute(delete(summaries).where(summaries.c.story.in_(stories)))
    for table in (searched, story_topics, memberships):
        await connection.execute(delete(table).where(table.c.article.in_(gone)))
    await connection.execute(delete(articles).where(articles.c.id.in_(gone)))
