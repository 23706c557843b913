"""The stand-in for Discord, driven by the real discord.py as it comes."""

from collections.abc import AsyncIterator
from pathlib import Path

import discord
import pytest
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from tests.chats.guildhall import Guildhall, guildhall
from tests.chats.world import CHANNEL, TOKEN

ROOT = Path(__file__).parents[2]
FORUM = CHANNEL + 50
NEWS = CHANNEL + 60


@pytest.fixture
async def hall(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Guildhall]:
    async with guildhall(channels=2) as running:
        monkeypatch.setattr(Route, "BASE", running.rest)
        monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL(running.gateway))
        yield running


@pytest.fixture
async def client(hall: Guildhall) -> AsyncIterator[discord.Client]:
    """A client that is logged in over HTTP only."""
    async with discord.Client(intents=discord.Intents.none()) as one:
        await one.login(TOKEN)
        yield one


async def text_channel(client: discord.Client, id_: int = CHANNEL) -> discord.TextChannel:
    found = await client.fetch_channel(id_)
    assert isinstance(found, discord.TextChannel)
    return found


def texts(hall: Guildhall) -> list[str]:
    return [message["text"] for message in hall.control.messages()]


async def test_an_equal_nonce_makes_one_message(hall: Guildhall, client: discord.Client) -> None:
    channel = await text_channel(client)
    first = await channel.send("Guten Morgen", nonce="4711")
    again = await channel.send("Guten Morgen", nonce="4711")
    assert first.id == again.id
    assert texts(hall) == ["Guten Morgen"]
    assert hall.control.counters()["same_nonce"] == 1
    assert not hall.control.counters()["duplicates"]


async def test_a_forgotten_nonce_makes_two_messages_and_they_are_counted(
    hall: Guildhall, client: discord.Client
) -> None:
    channel = await text_channel(client)
    await channel.send("Guten Morgen", nonce="4711")
    hall.control.forget()
    await channel.send("Guten Morgen", nonce="4711")
    assert texts(hall) == ["Guten Morgen"] * 2
    (twice,) = hall.control.counters()["duplicates"]
    assert twice["by"] == ["mark", "nonce"]


async def test_a_wrong_token_is_refused(hall: Guildhall) -> None:
    async with discord.Client(intents=discord.Intents.none()) as stranger:
        with pytest.raises(discord.LoginFailure):
            await stranger.login("wrong")
    assert hall.control.counters()["invalid"] == 1
