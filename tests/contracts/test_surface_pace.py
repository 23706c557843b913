"""How fast it goes: no more requests in a second than Discord allows, whatever comes at once."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from itertools import pairwise

import pytest
from discord.http import Route

from bot.model import Channel, Platform
from cogs.discord import client as clients
from cogs.discord.channel import DiscordChannel
from cogs.discord.client import ALLOWED, SPAN, opened
from cogs.discord.pace import Pace
from tests.chats.guildhall import Guildhall, guildhall
from tests.chats.world import CHANNEL, GUILD, TOKEN
from tests.contracts.surfaces import delivery

CHANNELS = [Channel(Platform.DISCORD, str(GUILD), str(CHANNEL + n)) for n in range(12)]
LONG = 0.2  # seconds that each answer takes


@pytest.fixture
async def hall(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Guildhall]:
    monkeypatch.setattr(Route, "BASE", Route.BASE)  # put back what the client sets
    async with guildhall(channels=len(CHANNELS), latency=(LONG, LONG)) as running:
        yield running


async def post_at_once(hall: Guildhall) -> int:
    """Post to all channels at once; how many requests were under way together."""
    async with opened(TOKEN, hall.rest) as client:
        surface = DiscordChannel(client)
        await asyncio.gather(*(surface.send(replace(delivery(one), id=n)) for n, one in enumerate(CHANNELS)))
    assert hall.control.hall.counters.messages == len(CHANNELS)
    return hall.control.hall.counters.most_at_once


async def test_what_comes_at_once_goes_in_turn(hall: Guildhall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clients, "ALLOWED", 5)
    assert await post_at_once(hall) <= 5  # an answer takes less than the span


async def test_without_a_pace_it_would_go_at_once(hall: Guildhall) -> None:
    assert len(CHANNELS) < ALLOWED
    assert await post_at_once(hall) == len(CHANNELS)


async def passed(pace: Pace, count: int) -> Sequence[float]:
    loop = asyncio.get_running_loop()
    moments: list[float] = []

    async def one() -> None:
        await pace.turn()
        moments.append(loop.time())

    await asyncio.gather(*(one() for _ in range(count)))
    return moments


async def test_after_so_many_the_next_waits_until_the_first_is_a_span_ago() -> None:
    moments = await passed(Pace(3, 0.1), 9)
    assert moments == sorted(moments)
    assert all(third - first > 0.09 for first, third in pairwise(moments[::3]))


async def test_the_turns_of_all_processes_are_not_faster_than_one_may_go() -> None:
    assert 1 / DiscordChannel.interval.total_seconds() < ALLOWED / SPAN < 50
