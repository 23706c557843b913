"""Shards: split over clients, identified in turns, and never more often than Discord allows."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta

import discord
import pytest
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.errors import SetupError
from bot.shards import Shards
from bot.store.store import open_store
from cogs.discord import client as clients
from cogs.discord.bot import Ears
from cogs.discord.client import DiscordClient, hold, opened
from cogs.discord.starts import Turn, at_once
from tests.chats.guildhall import Guildhall, guildhall
from tests.chats.world import CHANNEL, GUILD, TOKEN
from tests.contracts.test_discord_gateway import until

OTHER, ELSEWHERE = GUILD + (1 << 22), CHANNEL + 100  # a guild of the next shard, and its channel
SPACING = 0.3  # seconds


@pytest.fixture(autouse=True)
def at_last(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put back what the client sets, and don't make the tests wait."""
    monkeypatch.setattr(Route, "BASE", Route.BASE)
    monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", DiscordWebSocket.DEFAULT_GATEWAY)
    monkeypatch.setattr("discord.client.ExponentialBackoff.delay", lambda _: 0.01)
    monkeypatch.setattr(clients, "FIRST_PAUSE", 0.01)
    monkeypatch.setattr(clients, "FRESH", 0.01)


@pytest.fixture
async def hall() -> AsyncIterator[Guildhall]:
    """Two guilds, of which a different shard of two hears."""
    async with guildhall(spacing=0) as running:
        running.control.guild(OTHER, "Andere")
        running.control.channel(ELSEWHERE, OTHER)
        yield running


class Process:
    """One client, and what it was asked."""

    def __init__(self, client: DiscordClient) -> None:
        self.client = client
        self.asked: list[str] = []
        self.left: list[str] = []

    async def leave(self, space: str) -> None:
        self.left.append(space)

    async def ignore(self, *_: str) -> None:
        """Channels are not what this is about."""

    async def ask(self, interaction: discord.Interaction) -> None:
        self.asked.append(str(interaction.channel_id))
        await interaction.response.send_message("Antwort", ephemeral=True)


@asynccontextmanager
async def process(hall: Guildhall, shards: Shards | None, turn: Turn = at_once) -> AsyncIterator[Process]:
    async with opened(TOKEN, hall.rest, hall.gateway) as client:
        one = Process(client)
        task = asyncio.create_task(client.connect(Ears(one.leave, one.ignore, one.ask), shards, turn))
        try:
            yield one
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task


def held(hall: Guildhall) -> list[tuple[int, int]]:
    return sorted(session.shard for session in hall.control.gateway.sessions.values() if session.socket)


async def test_each_answers_in_its_own_guilds_alone(hall: Guildhall) -> None:
    async with process(hall, Shards((0,), 2)) as first, process(hall, Shards((1,), 2)) as second:
        await until(lambda: first.client.kind(str(CHANNEL)) == second.client.kind(str(ELSEWHERE)) == 0)
        for channel in (CHANNEL, ELSEWHERE, ELSEWHERE):
            hall.control.interact(channel, {"name": "help"})
        await until(lambda: all(one["answered"] for one in hall.control.interactions()))
        hall.control.delete_guild(OTHER)
        await until(lambda: second.left)

        assert held(hall) == [(0, 2), (1, 2)]
        assert first.client.kind(str(ELSEWHERE)) is None
    assert (first.asked, first.left) == ([str(CHANNEL)], [])
    assert (second.asked, second.left) == ([str(ELSEWHERE)] * 2, [str(OTHER)])


async def test_direct_messages_are_heard_by_the_first_shard_alone(hall: Guildhall) -> None:
    async with process(hall, Shards((0,), 2)) as first, process(hall, Shards((1,), 2)) as second:
        await until(lambda: len(held(hall)) == 2)
        private = await first.client.request("POST", "/users/@me/channels", {"recipient_id": "42"})
        hall.control.interact(private["id"], {"name": "help"})
        await until(lambda: hall.control.interactions()[0]["answered"])

    assert (first.asked, second.asked) == ([private["id"]], [])


async def test_one_alone_holds_as_many_as_discord_recommends(hall: Guildhall) -> None:
    hall.control.settings(shards=3)
    async with process(hall, None) as one:
        await until(lambda: len(held(hall)) == 3)
        for channel in (CHANNEL, ELSEWHERE):
            await until(lambda channel=channel: one.client.kind(str(channel)) == 0)  # type: ignore[misc]
            hall.control.interact(channel, {"name": "help"})
        await until(lambda: len(one.asked) == 2)

    assert held(hall) == []


async def test_one_shard_is_no_shard(hall: Guildhall) -> None:
    async with process(hall, None):
        await until(lambda: held(hall))

    assert hall.control.hall.counters.routes["get_me"] == 1  # it is the client that posts


@pytest.mark.parametrize("in_turns", [True, False])
async def test_shards_of_a_bucket_identify_in_turns_of_all_processes(
    hall: Guildhall, url: str, *, in_turns: bool
) -> None:
    hall.control.settings(spacing=SPACING)

    async def turn(bucket: int) -> float:
        now = datetime.now(UTC)
        moment = await store.leases.reserve(str(bucket), now, 1, timedelta(seconds=5 * SPACING))
        return (moment - now).total_seconds()

    chosen = turn if in_turns else at_once
    async with (
        open_store(url) as store,
        process(hall, Shards((0, 1), 4), chosen),
        process(hall, Shards((2, 3), 4), chosen),
    ):
        await until(lambda: len(held(hall)) == 4)

    assert (hall.control.hall.counters.early == 0) is in_turns


async def test_shards_of_different_buckets_wait_for_nobody(hall: Guildhall) -> None:
    hall.control.settings(spacing=60, concurrency=4)
    async with process(hall, Shards((0, 1, 2, 3), 4)):
        await until(lambda: len(held(hall)) == 4)

    assert hall.control.hall.counters.early == 0


async def test_no_more_connections_are_begun_than_discord_has_left(hall: Guildhall) -> None:
    hall.control.settings(starts=1, starts_reset=0.2)
    async with process(hall, Shards((0, 1), 2)):
        await until(lambda: held(hall) == [(0, 2)])
        await until(lambda: hall.control.hall.counters.routes["get_gateway_bot"] >= 4)
        assert hall.control.hall.counters.identifies == 1
        hall.control.settings(starts=10)
        await until(lambda: held(hall) == [(0, 2), (1, 2)])


async def test_shards_that_are_refused_end_all(hall: Guildhall) -> None:
    async with opened(TOKEN, hall.rest, hall.gateway) as client:
        one = Process(client)
        with pytest.raises(SetupError, match="Shards"):
            await asyncio.wait_for(client.connect(Ears(one.leave, one.ignore, one.ask), Shards((0, 2), 2)), 20)

        assert held(hall) == []


async def test_one_shard_that_is_lost_is_resumed_and_the_other_stays(hall: Guildhall) -> None:
    async with process(hall, Shards((0, 1), 2)) as one:
        await until(lambda: one.client.kind(str(CHANNEL)) == one.client.kind(str(ELSEWHERE)) == 0)
        await hall.control.close(4000, shard=1)
        await until(lambda: hall.control.hall.counters.resumes)
        hall.control.interact(ELSEWHERE, {"name": "help"})
        await until(lambda: one.asked)

    assert hall.control.hall.counters.identifies == 2


def test_each_shard_has_one_identify_an_hour_and_all_together_twenty_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clients, "FIRST_PAUSE", 5.0)
    made: list[float] = []
    now = 0.0
    while now < 24 * 3_600:
        rest = hold(made, now, 16)
        now += rest
        if not rest:
            made.append(now)
            now += 0.1

    assert max(sum(start <= moment < start + 3_600 for moment in made) for start in made) <= 16 + 20
    assert len(made) <= 1_000


async def test_sessions_that_are_invalid_again_and_again_make_no_storm(
    hall: Guildhall, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with process(hall, Shards((0, 1), 2)):
        await until(lambda: len(held(hall)) == 2)
        monkeypatch.setattr(clients, "FIRST_PAUSE", 0.2)
        began = asyncio.get_running_loop().time()
        hall.control.invalidate()
        await until(lambda: hall.control.hall.counters.identifies == 4)

    assert asyncio.get_running_loop().time() - began >= 0.5  # of 0.2 s and 0.4 s, for both together
