"""Servers that the bot was removed from: while it listens, and while it was away."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.model import Channel, Feed, Platform, SpaceFeed, Turn, Vote
from bot.work import SAME_BOT, leave_missing
from cogs.discord.bot import Ears
from cogs.discord.client import DiscordClient, opened
from cogs.discord.servers import Servers
from tests.chats.guildhall import Guildhall
from tests.chats.world import GUILD, TOKEN
from tests.journeys.office import SEVEN, Office, office, subscription, until

AWAY = GUILD + 9
THERE = Channel(Platform.DISCORD, str(AWAY), "7")


@pytest.fixture
async def bot(hall: Guildhall, url: str) -> AsyncIterator[Office]:
    """A newsroom that keeps things of two servers and of a person."""
    async with office(url, hall) as opened_:
        person = Channel(Platform.DISCORD, "", "42", direct=True)
        await opened_.subscribe(subscription(0), subscription(1, channel=THERE), subscription(2, channel=person))
        store = opened_.store
        await store.votes.cast(Vote(THERE, 1, "42", 1, ("ki",), SEVEN))
        await store.conversations.add("discord:7", Turn("Was?", "Das.", (), SEVEN, None, person, THERE.home))
        await store.feeds.give([SpaceFeed(THERE.home, Feed("https://f.example/f", "F"), SEVEN)], 9)
        yield opened_


@asynccontextmanager
async def connected(hall: Guildhall, bot: Office, token: str = TOKEN) -> AsyncIterator[tuple[DiscordClient, list[int]]]:
    """A process that holds the gateway; how often it has looked for servers that are gone."""
    looked: list[int] = []

    async def ignore(*_: object) -> None:
        pass

    async with opened(token, hall.rest, hall.gateway) as client:

        async def ready() -> None:
            is_told = client._bot.is_ready()
            await leave_missing(bot.store, bot.clock, client)
            looked.extend([1] * is_told)

        task = asyncio.create_task(client.connect(Ears(ignore, ignore, ignore, ready=ready)))
        await until(lambda: looked)
        yield client, looked
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def kept(bot: Office) -> set[str]:
    return await bot.store.subscriptions.spaces(Platform.DISCORD)


async def test_what_was_left_meanwhile_is_forgotten_at_the_next_start(hall: Guildhall, bot: Office) -> None:
    async with connected(hall, bot):
        assert await kept(bot) == {str(GUILD)}
    assert {one.channel.direct for one in await bot.store.subscriptions.all()} == {False, True}
    for table in ("votes", "questions", "space_feeds"):
        assert await bot.count(table) == 0


async def test_a_server_that_it_is_in_keeps_everything(hall: Guildhall, bot: Office) -> None:
    hall.control.guild(AWAY)
    async with connected(hall, bot):
        assert await kept(bot) == {str(GUILD), str(AWAY)}
    assert await bot.count("votes") == 1


async def test_during_an_outage_nobody_is_forgotten_until_it_is_over(hall: Guildhall, bot: Office) -> None:
    hall.control.guild(AWAY + 1)
    hall.control.outage(AWAY + 1)
    async with connected(hall, bot) as (client, looked):
        assert client.servers() is None
        assert await kept(bot) == {str(GUILD), str(AWAY)}
        before = len(looked)
        hall.control.outage(AWAY + 1, over=True)
        await until(lambda: len(looked) > before)
        assert await kept(bot) == {str(GUILD)}


async def test_a_server_that_is_out_of_order_keeps_everything(hall: Guildhall, bot: Office) -> None:
    hall.control.guild(AWAY)
    async with connected(hall, bot) as (client, _):
        hall.control.outage(AWAY)
        await until(lambda: client.servers() is None)
    hall.control.outage(AWAY)
    async with connected(hall, bot):
        assert await kept(bot) == {str(GUILD), str(AWAY)}


async def test_another_bots_servers_are_not_left_by_this_one(hall: Guildhall, bot: Office) -> None:
    hall.control.guild(AWAY)
    async with connected(hall, bot):  # whose servers they are
        pass
    hall.control.delete_guild(AWAY)
    hall.control.bot("another-token", 4711)
    async with connected(hall, bot, "another-token"):
        assert await kept(bot) == {str(GUILD), str(AWAY)}
    bot.clock.set(SEVEN + SAME_BOT + timedelta(days=1))
    async with connected(hall, bot, "another-token"):  # by then they are this one's
        assert await kept(bot) == {str(GUILD)}


async def test_before_all_is_told_nobody_is_sure(hall: Guildhall, bot: Office) -> None:
    async with opened(TOKEN, hall.rest, hall.gateway) as client:
        assert client.servers() is None
        await leave_missing(bot.store, bot.clock, client)
    assert await kept(bot) == {str(GUILD), str(AWAY)}


def test_a_shard_speaks_for_its_own_servers_alone() -> None:
    first, second = str(2 << 22), str(3 << 22)
    servers = Servers(frozenset(), frozenset({0}), 2)
    assert servers.left([first, second, "T1", ""]) == [first]
    assert replace(servers, there=frozenset({first})).left([first, second]) == []
    assert Servers(frozenset({first})).left([first, second]) == [second]
