"""The memory of the newsroom: all nouns over one database."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.errors import NoDatabase
from bot.store.alerts import StoredAlerts
from bot.store.archive import StoredArchive
from bot.store.articles import StoredArticles
from bot.store.conversations import StoredConversations
from bot.store.database import PATIENCE, Database, name, parse
from bot.store.feeds import StoredFeeds
from bot.store.leases import StoredLeases
from bot.store.migrate import MISSING, check
from bot.store.outbox import StoredOutbox
from bot.store.people import StoredPeople
from bot.store.published import StoredPublished
from bot.store.spending import StoredSpending
from bot.store.stories import StoredStories
from bot.store.subscriptions import StoredSubscriptions
from bot.store.summaries import StoredSummaries
from bot.store.votes import StoredVotes
from bot.store.watch import StoredWatch


@dataclass(frozen=True, slots=True)
class DatabaseStore:
    """Fulfils the port `Store`."""

    feeds: StoredFeeds
    articles: StoredArticles
    stories: StoredStories
    summaries: StoredSummaries
    spending: StoredSpending
    subscriptions: StoredSubscriptions
    outbox: StoredOutbox
    leases: StoredLeases
    votes: StoredVotes
    archive: StoredArchive
    conversations: StoredConversations
    watch: StoredWatch
    published: StoredPublished
    people: StoredPeople
    alerts: StoredAlerts


@asynccontextmanager
async def open_store(url: str, patience: float = PATIENCE) -> AsyncIterator[DatabaseStore]:
    """The store in a database that is up to date (`migrate`). Raises `NoDatabase` for every other one.

    `patience` is how many seconds a write waits for another process to finish its own.
    """
    database = Database(parse(url), patience)
    try:
        await _check(database)
        yield DatabaseStore(
            StoredFeeds(database),
            StoredArticles(database),
            StoredStories(database),
            StoredSummaries(database),
            StoredSpending(database),
            StoredSubscriptions(database),
            StoredOutbox(database),
            StoredLeases(database),
            StoredVotes(database),
            StoredArchive(database),
            StoredConversations(database),
            StoredWatch(database),
            StoredPublished(database),
            StoredPeople(database),
            StoredAlerts(database),
        )
    finally:
        await database.close()


async def _check(database: Database) -> None:
    if database.is_sqlite and not Path(database.url.database or "").exists():  # noqa: ASYNC240 - one look, at start
        raise NoDatabase(MISSING.format(name=name(database.url)))
    async with database.reading() as connection:
        await connection.run_sync(check, database.url)
