"""The connection of discord.py to the gateway: kept up, without storms, and given up only where that helps."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from typing import Any

import discord
import pytest
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.errors import ChatBusy, SetupError, TokenRefused
from cogs.discord import client as clients
from cogs.discord.bot import Ears
from cogs.discord.channel import DiscordChannel
from cogs.discord.client import DiscordClient, hold, opened, pause
from tests.chats.guildhall import Guildhall, guildhall
from tests.chats.world import CHANNEL, GUILD, TOKEN
from tests.contracts.surfaces import NEWS, TEXT, delivery
from tests.stages.digests import DIGEST

INTENTS = 1 | 1 << 9 | 1 << 12  # guilds, messages of guilds, direct messages; not what messages say
EPHEMERAL = 1 << 6


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put back what the client sets, and don't make the tests wait."""
    monkeypatch.setattr(Route, "BASE", Route.BASE)
    monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", DiscordWebSocket.DEFAULT_GATEWAY)
    monkeypatch.setattr("discord.client.ExponentialBackoff.delay", lambda _: 0.01)


@pytest.fixture
async def hall(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Guildhall]:
    monkeypatch.setattr(clients, "FIRST_PAUSE", 0.01)
    async with guildhall(channels=2, spacing=0) as running:
        yield running


@pytest.fixture
async def client(hall: Guildhall) -> AsyncIterator[DiscordClient]:
    async with opened(TOKEN, hall.rest, hall.gateway) as one:
        yield one


class Told:
    """What the newsroom would hear, and the connection while it is held."""

    def __init__(self) -> None:
        self.left: list[str] = []
        self.deleted: list[tuple[str, str]] = []

    async def leave(self, space: str) -> None:
        self.left.append(space)

    async def delete(self, space: str, channel: str) -> None:
        self.deleted.append((space, channel))

    async def ask(self, interaction: discord.Interaction) -> None:
        await interaction.response.send_message(str(interaction.data), ephemeral=True)


@pytest.fixture
async def told(client: DiscordClient) -> AsyncIterator[Told]:
    """A connection is held during the test."""
    heard = Told()
    task = asyncio.create_task(client.connect(Ears(heard.leave, heard.delete, heard.ask)))
    yield heard
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def until(holds: Callable[[], Any], seconds: float = 20.0) -> None:
    async with asyncio.timeout(seconds):
        while not holds():  # noqa: ASYNC110 - what is waited for happens in discord.py
            await asyncio.sleep(0.01)


async def test_posting_needs_no_gateway(hall: Guildhall, client: DiscordClient) -> None:
    await DiscordChannel(client).send(delivery())

    assert hall.control.hall.counters.connections == 0


async def test_it_asks_for_no_more_than_guilds(hall: Guildhall, client: DiscordClient, told: Told) -> None:
    await until(lambda: client.kind(str(CHANNEL)) == 0)

    (session,) = hall.control.gateway.sessions.values()
    assert session.intents == INTENTS
    assert client.kind("1") is client.kind("x") is None


async def test_the_newsroom_hears_what_is_gone(hall: Guildhall, client: DiscordClient, told: Told) -> None:
    await until(lambda: client.kind(str(CHANNEL)) == 0)
    hall.control.delete_channel(CHANNEL)
    await until(lambda: told.deleted)
    hall.control.delete_guild(GUILD)
    await until(lambda: told.left)

    assert told.deleted == [(str(GUILD), str(CHANNEL))]
    assert told.left == [str(GUILD)]


async def test_an_announcement_is_published_where_the_gateway_tells_it(
    hall: Guildhall, client: DiscordClient, told: Told
) -> None:
    hall.control.channel(NEWS.id, kind="announcement")
    await until(lambda: client.kind(NEWS.id) == 5)
    await DiscordChannel(client).send(delivery(NEWS))

    assert hall.control.messages()[0]["flags"] & 1


async def test_a_first_connection_that_fails_ends_nothing(hall: Guildhall, client: DiscordClient) -> None:
    hall.control.behave(refusing=True)
    heard = Told()
    task = asyncio.create_task(client.connect(Ears(heard.leave, heard.delete, heard.ask)))
    await until(lambda: hall.control.hall.counters.connections >= 3)
    await DiscordChannel(client).send(delivery(TEXT))
    hall.control.behave(refusing=False)
    await until(lambda: client.kind(str(CHANNEL)) == 0)
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task

    assert hall.control.hall.counters.identifies == 1


@pytest.mark.parametrize("code", [1000, 4000, None])
async def test_a_lost_connection_is_resumed(
    hall: Guildhall, client: DiscordClient, told: Told, code: int | None
) -> None:
    await until(lambda: client.kind(str(CHANNEL)) == 0)
    if code:
        await hall.control.close(code)
    else:
        hall.control.reconnect()
    await until(lambda: hall.control.hall.counters.resumes)
    hall.control.delete_channel(CHANNEL + 1)
    await until(lambda: told.deleted)

    assert hall.control.hall.counters.identifies == 1


async def test_an_invalid_session_is_identified_anew_without_a_storm(
    hall: Guildhall, client: DiscordClient, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    await until(lambda: client.kind(str(CHANNEL)) == 0)
    monkeypatch.setattr(clients, "FIRST_PAUSE", 0.2)
    began = asyncio.get_running_loop().time()
    for n in (2, 3):
        hall.control.invalidate()
        await until(lambda n=n: hall.control.hall.counters.identifies == n)  # type: ignore[misc]
    hall.control.delete_channel(CHANNEL)
    await until(lambda: told.deleted)

    assert asyncio.get_running_loop().time() - began >= 0.4  # 0.2 s after the first identify, 0.4 s after the second


@pytest.mark.parametrize(("code", "expected"), [(4004, TokenRefused), (4013, SetupError), (4014, SetupError)])
async def test_a_refusal_is_not_tried_again(
    hall: Guildhall, client: DiscordClient, code: int, expected: type[Exception]
) -> None:
    heard = Told()
    task = asyncio.create_task(client.connect(Ears(heard.leave, heard.delete, heard.ask)))
    await until(lambda: client.kind(str(CHANNEL)) == 0)
    await hall.control.close(code)
    with pytest.raises(expected):
        await asyncio.wait_for(task, 20)

    assert hall.control.hall.counters.identifies == 1


async def test_a_wrong_token_is_refused_at_once(hall: Guildhall) -> None:
    with pytest.raises(TokenRefused, match="DISCORD_TOKEN"):
        async with opened("wrong", hall.rest):
            pass

    assert hall.control.hall.counters.requests == 1


async def test_a_discord_that_is_not_there_is_busy() -> None:
    async with guildhall() as gone:
        pass
    with pytest.raises(ChatBusy):
        async with opened(TOKEN, gone.rest):
            pass


async def test_a_login_has_an_end(hall: Guildhall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clients, "LOGIN", 0.2)
    hall.control.fault(kind="hang", on="get_me")
    with pytest.raises(ChatBusy):
        async with opened(TOKEN, hall.rest):
            pass


def test_pauses_grow_to_five_minutes() -> None:
    assert [pause(n) for n in (1, 2, 3, 7, 50)] == [5.0, 10.0, 20.0, 300.0, 300.0]


def test_there_are_at_most_twenty_identifies_in_any_hour() -> None:
    made: list[float] = []
    now = 0.0
    while now < 24 * 3_600:
        rest = hold(made, now)
        now += rest
        if not rest:
            made.append(now)

    assert max(sum(start <= moment < start + 3_600 for moment in made) for start in made) <= 20
    assert len(made) <= 1_000 / 2


async def test_who_picks_from_a_menu_is_answered_alone(hall: Guildhall, told: Told, client: DiscordClient) -> None:
    await until(lambda: hall.control.counters()["identifies"])
    message = await DiscordChannel(client).send(delivery())
    menu = hall.control.messages(CHANNEL)[-1]["components"][-1]["components"][0]
    assert [option["label"] for option in menu["options"]] == list(
        {story.summary.story_id: story.summary.headline for story in DIGEST.stories}.values()
    )

    chosen = {"component_type": 3, "custom_id": menu["custom_id"], "values": [menu["options"][0]["value"]]}
    hall.control.interact(CHANNEL, chosen, message=message)
    await until(lambda: hall.control.interactions()[-1]["answered"])

    answered = hall.control.interactions()[-1]["answered"]
    assert menu["custom_id"] in answered["content"]
    assert menu["options"][0]["value"] in answered["content"]
    assert answered["flags"] & EPHEMERAL
