"""A newsroom with much to do: the stories of a day, and subscriptions that are due at one moment."""

import asyncio
import json
import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from pydantic import BaseModel

from bot.deliveries.places import id_of
from bot.model import Channel, Extent, Feed, Length, Platform, Subscription, Tokens, Topic
from bot.placing import Placing
from bot.ports import Prompt, Reply, Store
from bot.store.store import open_store
from bot.store.tables import to_number
from config.files import read_topics
from tests.bench.stories import invented
from tests.chats.world import CHANNEL, GUILD
from tests.models import GOOD, story

AnswerT = TypeVar("AnswerT", bound=BaseModel)
FEED = Feed("http://127.0.0.1:9/nobody.xml", "Blatt", topics=("software",))  # nobody listens at port 9
DAY = timedelta(hours=24)
TOPICS = 60  # different sets of topics


class Fixed:
    """A clock that stands."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self) -> datetime:
        """The moment it was set to."""
        return self.moment


class Counting:
    """A model that condenses well, whatever the story, and counts how often it was asked."""

    name = "bench"

    def __init__(self) -> None:
        self.calls = 0

    async def ask(self, prompt: Prompt, shape: type[AnswerT]) -> Reply[AnswerT]:
        """Three good sentences."""
        self.calls += 1
        found = re.search(r"Meldung (\d+)", prompt.question)
        assert found, "every question names its story"
        return Reply(shape.model_validate(story(int(found[1]), *GOOD)), self.name, Tokens(100, 20))


def topics() -> Sequence[Topic]:
    """Those of the newsroom."""
    return read_topics(Path(__file__).parents[2] / "config/topics.toml")


async def told(store: Store, count: int, until: datetime, seed: int = 0) -> int:
    """Have so many articles of the last 24 hours told and placed; how many stories that makes."""
    await store.feeds.enrol([FEED])
    articles = [
        replace(one, feed_url=FEED.url, seen=one.published, extent=Extent.FULL)
        for one in invented(count, until - DAY, until, seed)
    ]
    await store.articles.add(articles)
    await Placing(store.stories, store.archive, topics()).place(until, _ignore)
    return len(await store.stories.current(until - DAY))


def tell(file: str, count: int, until: datetime, seed: int) -> int:
    """As `told`, of a SQLite file, in a process that does nothing else."""

    async def opened() -> int:
        async with open_store(f"sqlite:///{file}") as store:
            return await told(store, count, until, seed)

    return asyncio.run(opened())


def crowd(
    count: int, zones: Sequence[str], slot: datetime, lengths: Sequence[Length] = tuple(Length)
) -> Iterator[Subscription]:
    """Subscriptions of channels of their own, all due at this moment, with wishes and zones evenly mixed."""
    keys = [topic.key for topic in topics()]
    sets = [(key,) for key in keys] + list(combinations(keys, 2))
    for n in range(count):
        channel = Channel(Platform.DISCORD, str(GUILD), str(CHANNEL + n))
        wanted = sets[n % TOPICS]
        length, zone = lengths[n // TOPICS % len(lengths)], zones[n // TOPICS // 3 % len(zones)]
        at = slot.astimezone(ZoneInfo(zone)).time().replace(second=0, microsecond=0)
        id_ = id_of(channel, "digest")
        yield Subscription(id_, channel, "digest", at, zone, topics=wanted, length=length)


async def subscribed(store: Store, file: Path, wanted: Sequence[Subscription]) -> None:
    """Save them: the first one as everybody does, the others as copies of its row, which is a hundred times faster."""
    await store.subscriptions.save(wanted[0])
    with sqlite3.connect(file) as database:
        database.row_factory = sqlite3.Row
        first = dict(database.execute("SELECT * FROM subscriptions").fetchone())
        database.execute("DELETE FROM subscriptions")
        names = ", ".join(f":{name}" for name in first)
        insert = f"INSERT INTO subscriptions VALUES ({names})"
        database.executemany(insert, ({**first, **_values(one)} for one in wanted))
    database.close()


def _values(one: Subscription) -> Mapping[str, Any]:
    return {
        "id": one.id,
        "space": one.channel.space,
        "channel": one.channel.id,
        "minute": one.at.hour * 60 + one.at.minute,
        "zone": one.zone,
        "topics": json.dumps(one.topics),
        "length": one.length.value,
        "since": to_number(one.since),
    }


def _ignore(step: str, done: int, total: int) -> None:
    """Nobody watches."""
