"""From the outbox to the chat: the real store, the real discord.py, and the stand-in."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from discord.http import Route

from bot.clock import SystemClock
from bot.model import Channel, Delivery, Platform, State, Subscription, delivery_id
from bot.ports import Body
from bot.posting import Posting
from bot.store.store import DatabaseStore
from cogs.discord.channel import DiscordChannel
from cogs.discord.client import opened
from tests.chats.guildhall import Guildhall, guildhall
from tests.chats.world import CHANNEL, GUILD, TOKEN
from tests.stages.digests import DIGEST

COUNT = 100  # two seconds' work
DAY = date(2026, 11, 23)
TEXT = Channel(Platform.DISCORD, str(GUILD), str(CHANNEL))


@pytest.fixture
async def hall(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Guildhall]:
    monkeypatch.setattr(Route, "BASE", Route.BASE)  # put back what the client sets
    async with guildhall(channels=COUNT) as running:
        yield running


@pytest.fixture
async def surface(hall: Guildhall) -> AsyncIterator[DiscordChannel]:
    async with opened(TOKEN, hall.rest) as client:
        yield DiscordChannel(client)


async def fill(store: DatabaseStore, surface: DiscordChannel) -> None:
    """One delivery for each channel, all due now."""
    now = datetime.now(UTC)
    (body,) = surface.render(DIGEST, Subscription(1, TEXT, "", time(7), "Europe/Berlin"))
    until = now + timedelta(hours=6)
    wanted = [
        Delivery(delivery_id(number, DAY, 1), number, _channel(number), DAY, 1, body.text, State.PENDING, now, until)
        for number in range(COUNT)
    ]
    await store.outbox.add(wanted, [Body(body.text)], now)


def _channel(number: int) -> Channel:
    return replace(TEXT, id=str(CHANNEL + number))


async def test_a_process_posts_in_one_go_however_often_it_is_asked(
    hall: Guildhall, store: DatabaseStore, surface: DiscordChannel
) -> None:
    """Each look at the outbox asks for it; if each of them took part, they would take all places for jobs."""
    await fill(store, surface)
    posting = Posting(store, SystemClock(), {Platform.DISCORD: surface})
    first = asyncio.create_task(posting.post())
    while not hall.control.messages():  # noqa: ASYNC110 - what is waited for is in the chat
        await asyncio.sleep(0.01)
    await posting.post()
    assert not first.done()
    assert len(hall.control.messages()) < COUNT / 2
    await first
    assert len(hall.control.messages()) == COUNT
