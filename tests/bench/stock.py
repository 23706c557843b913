"""A newsroom that has been at work for a month: 100,000 articles, 1,000 feeds, 10,000 channels with a digest."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from bot.deliveries.places import id_of
from bot.model import Article, Channel, Extent, Feed, Length, Platform, Subscription
from bot.placing import Placing
from bot.ports import Store
from bot.store.migrate import migrate
from bot.store.store import open_store
from bot.store.tables import to_number
from bot.stories.group import SPAN
from tests.bench.crowd import subscribed, topics
from tests.bench.stories import invented
from tests.chats.world import CHANNEL, GUILD

ARTICLES, MONTH = 100_000, timedelta(days=30)
CHANNELS, GUILDS = 10_000, 500
NEVER = timedelta(days=1)  # ahead: no feed is due while nothing else is to be going on
CHUNK = 5_000
# What is too old to be placed gets a story of its own; it would cost minutes to find out that it has one.
PLACED = (
    "INSERT INTO memberships (article, story, reason, news) SELECT id, id, '', 0 FROM articles WHERE published < ?",
    "INSERT INTO story_topics (topic, published, article, story) SELECT j.value, published, a.id, a.id"  # noqa: ISC004
    " FROM articles AS a, json_each(a.topics) AS j WHERE published < ?",
)


async def stocked(file: Path, feeds: Sequence[Feed], now: datetime) -> None:
    """All of it in a SQLite file; no feed is due for a day, and each digest came an hour ago."""
    migrate(f"sqlite:///{file}")
    async with open_store(f"sqlite:///{file}") as store:
        await store.feeds.enrol(feeds)
        for start in range(0, ARTICLES, CHUNK):
            await store.articles.add(list(_articles(feeds, now, start)))
        for statement in PLACED:
            _execute(file, statement, to_number(now - SPAN))
        while await store.archive.catch_up(CHUNK):
            pass
        await Placing(store.stories, store.archive, topics()).place(now, _ignore)
        await _subscribed(store, file, now)
    put_off(file, now)


def put_off(file: Path, now: datetime) -> None:
    """No feed is due for a day."""
    _execute(file, "UPDATE feeds SET due = ?", to_number(now + NEVER))


def due_now(file: Path, slot: datetime) -> None:
    """All feeds are due, and every digest at this minute."""
    _execute(file, "UPDATE feeds SET due = 0")
    _execute(file, "UPDATE subscriptions SET minute = ?, zone = 'UTC'", slot.hour * 60 + slot.minute)


def _articles(feeds: Sequence[Feed], now: datetime, start: int) -> Iterator[Article]:
    first, keys = now - MONTH * (1 - start / ARTICLES), [topic.key for topic in topics()]
    for n, one in enumerate(invented(CHUNK, first, first + MONTH * CHUNK / ARTICLES, seed=start // CHUNK)):
        feed = feeds[n % len(feeds)]
        topic = (keys[n % len(keys)],) if one.published < now - SPAN else feed.topics
        yield replace(one, feed_url=feed.url, outlet=feed.name, seen=one.published, extent=Extent.FULL, topics=topic)


async def _subscribed(store: Store, file: Path, now: datetime) -> None:
    keys, at = [topic.key for topic in topics()], (now - timedelta(hours=1)).time().replace(second=0, microsecond=0)
    wanted = []
    for n in range(CHANNELS):
        channel = Channel(Platform.DISCORD, str(GUILD + n % GUILDS), str(CHANNEL + n))
        pair = (keys[n % len(keys)], keys[n // len(keys) % len(keys)])
        id_, length = id_of(channel, "digest"), tuple(Length)[n % 2]
        wanted.append(
            Subscription(
                id_, channel, "Digest", at, "UTC", topics=tuple(dict.fromkeys(pair)), length=length,
                since=now - timedelta(minutes=1),
            )
        )  # fmt: skip
    await subscribed(store, file, wanted)


def _execute(file: Path, statement: str, *values: object) -> None:
    with sqlite3.connect(file, timeout=60) as database:
        database.execute(statement, values)
    database.close()


def _ignore(step: str, done: int, total: int) -> None:
    """Nobody watches."""


def as_toml(feeds: Sequence[Feed]) -> str:
    """The feeds as `FEEDS_FILE` has them."""
    tables = (
        f'[[feed]]\nname = "{one.name}"\nurl = "{one.url}"\nlanguage = "de"\ntopics = {json.dumps(one.topics)}\n'
        for one in feeds
    )
    return "\n".join(tables)
