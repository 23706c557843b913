"""News that another process is reading, and articles that two want to place: each waits for the other."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from dataclasses import replace
from datetime import timedelta

import pytest

from bot import running
from bot.model import FeedState
from bot.pipeline import Pipeline
from bot.planning import ignore
from bot.ports import Progress
from bot.store.store import DatabaseStore, open_store
from tests.chats.guildhall import Guildhall
from tests.journeys.office import BLATT, SEVEN, TOLD, Office, article, many, office, subscription, texts

BOTH = pytest.mark.parametrize("url", ["sqlite", "postgresql"], indirect=True)
PROTECTED = pytest.mark.parametrize("protected", [True, False], ids=["protected", "control"])


@pytest.fixture
async def bot(hall: Guildhall, url: str) -> AsyncIterator[Office]:
    async with office(url, hall) as opened:
        yield opened


@asynccontextmanager
async def another(bot: Office, url: str) -> AsyncIterator[tuple[DatabaseStore, FeedState]]:
    """Another process that has taken the Blatt to read it, and has not told yet what it found."""
    async with open_store(url) as store:
        (mine,) = [one for one in await store.feeds.claim(bot.clock.now(), 10) if one.feed.name == BLATT]
        await bot.execute("UPDATE feeds SET leased = 0 WHERE name <> 'Blatt'")
        yield store, mine


async def finishes(bot: Office, store: DatabaseStore, mine: FeedState) -> None:
    """What it does in the end."""
    moment = bot.clock.now() - timedelta(hours=3)
    await store.articles.add([article(title, text, moment, mine.feed) for title, text in TOLD.items()])
    later = bot.clock.now() + timedelta(hours=1)
    await store.feeds.record([replace(mine, due=later, asked=bot.clock.now())])


async def told(bot: Office, hall: Guildhall, url: str) -> str:
    """The digest, of which the other process has the news a second and a half after it is due."""
    async with another(bot, url) as (store, mine):
        bot.clock.set(SEVEN + timedelta(seconds=1))
        planning = asyncio.create_task(bot.plan())
        await asyncio.sleep(1.5)
        await finishes(bot, store, mine)
        await planning
    await bot.post()
    (text,) = texts(hall)
    return text


@BOTH
@PROTECTED
async def test_who_starts_waits_for_what_another_process_is_collecting(
    hall: Guildhall, bot: Office, url: str, monkeypatch: pytest.MonkeyPatch, protected: bool
) -> None:
    monkeypatch.setattr(running, "PATIENCE", 60 if protected else 1)
    await bot.subscribe(subscription(0))

    assert ("Petrel" in await told(bot, hall, url)) is protected


@PROTECTED
async def test_half_a_collection_is_none(hall: Guildhall, bot: Office, url: str, protected: bool) -> None:
    await bot.subscribe(subscription(0))
    async with another(bot, url):
        await bot.engine.jobs["collect"]("")
    if not protected:
        bot.running._fresh = bot.clock.now()
    await bot.execute("UPDATE feeds SET leased = 0")

    assert ("Petrel" in await told(bot, hall, url)) is protected


@PROTECTED
async def test_waiting_in_vain_is_no_collection_and_is_done_once(
    hall: Guildhall, bot: Office, url: str, monkeypatch: pytest.MonkeyPatch, protected: bool
) -> None:
    monkeypatch.setattr(running, "PATIENCE", 2)
    await bot.subscribe(subscription(0), subscription(1, at=SEVEN.replace(minute=5).time()))
    await bot.publish(many(3))
    async with another(bot, url) as (store, mine):
        await bot.morning()
        waited = bot.running._waited
        await bot.engine.jobs["plan"]('["Europe/Berlin", "2026-11-23", []]')
        assert bot.running._waited is waited, "the next job does not wait anew"
        if not protected:
            bot.running._fresh = bot.clock.now()
        bot.clock.set(SEVEN + timedelta(minutes=5, seconds=1))
        planning = asyncio.create_task(bot.plan())
        await asyncio.sleep(0.5)
        await finishes(bot, store, mine)
        await planning
    await bot.post()

    assert "Petrel" not in texts(hall, 0)[0]
    assert ("Petrel" in texts(hall, 1)[0]) is protected


async def test_a_collection_that_was_finished_is_waited_for_by_nobody(
    hall: Guildhall, bot: Office, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await bot.subscribe(subscription(0))
    await bot.engine.jobs["collect"]("")
    real, collected = Pipeline.collect, []

    async def collect(self: Pipeline, progress: Progress) -> object:
        collected.append(1)
        return await real(self, progress)

    monkeypatch.setattr(Pipeline, "collect", collect)
    await bot.morning()

    assert not collected
    assert len(texts(hall)) == 1


@PROTECTED
async def test_articles_are_placed_by_one_at_a_time(bot: Office, protected: bool) -> None:
    placing = bot.house.pipeline.placing
    if not protected:
        placing._placing = nullcontext()  # type: ignore[assignment]
    await bot.publish(many(12))
    now = bot.clock.now()
    both = await asyncio.gather(*(placing.place(now, ignore) for _ in range(2)), return_exceptions=True)

    assert (sorted(map(str, both)) == ["0", "12"]) is protected
    assert await bot.count("memberships") == 12
