"""A stand-in for Discord and a real client of it, for each test."""

from collections.abc import AsyncIterator

import discord
import pytest
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from tests.chats.guildhall import Guildhall, guildhall
from tests.chats.world import TOKEN


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
