"""Limits that the chat sets, for one channel or for all: they are waited for, and nothing comes twice."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.model import State
from tests.chats.guildhall import Guildhall
from tests.chats.world import CHANNEL
from tests.journeys.office import (
    SEVEN,
    TOLD,
    Office,
    office,
    requests,
    subscription,
    texts,
)

BOTH = pytest.mark.parametrize("url", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture
async def bot(hall: Guildhall, url: str) -> AsyncIterator[Office]:
    """An office with three stories, on a Monday at a minute to seven."""
    async with office(url, hall) as opened:
        await opened.publish(TOLD)
        yield opened


async def test_a_channel_that_is_limited_waits_alone(hall: Guildhall, bot: Office) -> None:
    await bot.subscribe(subscription(0), subscription(1))
    hall.control.fault(kind="limited", channel=CHANNEL, times=2, seconds=0.3)
    await bot.morning()
    assert await bot.states() == ["pending", "sent"]
    await bot.retry(2)

    assert await bot.states() == ["sent", "sent"]
    assert requests(hall) == 4


async def test_a_long_limit_is_kept(hall: Guildhall, bot: Office) -> None:
    await bot.subscribe(subscription(0), subscription(1))
    hall.control.fault(kind="limited", channel=CHANNEL, seconds=900)
    waiting, sent = await bot.morning()
    bot.clock.wait(seconds=890)
    await bot.post()
    assert requests(hall) == 2, "nobody asks before"
    await bot.retry()

    assert sent.state is State.SENT
    assert waiting.due - bot.clock.now() < timedelta(seconds=30)
    assert await bot.states() == ["sent", "sent"]
    assert "Petrel" in texts(hall, 0)[0]


@BOTH
@pytest.mark.parametrize("kind", ["limited_globally", "banned"])
async def test_a_limit_for_all_silences_every_process(hall: Guildhall, bot: Office, url: str, kind: str) -> None:
    async with office(url, hall) as other:
        await bot.subscribe(subscription(0), subscription(1))
        hall.control.fault(kind=kind, seconds=600)
        await bot.morning()
        asked, told = requests(hall), texts(hall)  # what was under way when the first answer came is told
        await bot.subscribe(subscription(2, at=SEVEN.replace(minute=1).time()))
        for one in (bot, other):
            one.clock.set(SEVEN + timedelta(seconds=10))
        other.clock.set(SEVEN + timedelta(seconds=61))
        await other.plan()
        await other.post()
        await bot.post()
        assert requests(hall) == asked, "the other process keeps silent, too"
        assert texts(hall) == told
        for one in (other, bot):
            one.clock.set(SEVEN + timedelta(minutes=15))
        await other.retry(6)

        assert await bot.states() == ["sent"] * 3
        assert len(texts(hall)) == 3


async def test_silence_of_all_keeps_a_long_outbox_together(hall: Guildhall, bot: Office) -> None:
    count = 60
    await bot.subscribe(*(subscription(n % 2, 100 + n, name=f"Digest {n}") for n in range(count)))
    await bot.store.leases.reserve("discord", SEVEN + timedelta(minutes=2), 0, timedelta())
    await bot.morning()
    for _ in range(3):
        bot.clock.wait(seconds=20)
        await bot.post()
    assert [row.tries for row in await bot.rows()] == [0] * count

    bot.clock.set(SEVEN + timedelta(minutes=2))
    await bot.post()

    assert await bot.states() == ["sent"] * count
    assert len(texts(hall)) == count


async def test_slow_mode_is_waited_for(hall: Guildhall, bot: Office) -> None:
    await bot.subscribe(subscription(0), subscription(0, 7, name="Noch einer"))
    hall.control.channel(CHANNEL, slowmode=0.5)
    await bot.morning()
    assert sorted(await bot.states()) == ["pending", "sent"]
    await asyncio.sleep(0.5)
    await bot.retry(2)

    assert await bot.states() == ["sent", "sent"]
