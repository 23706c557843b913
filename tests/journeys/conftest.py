"""The databases of the contracts and a stand-in for Discord, for whole journeys."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.store.tables import metadata
from tests.chats.guildhall import Guildhall, guildhall
from tests.contracts.conftest import postgres, postgres_database, sqlite_template
from tests.postgres import execute

__all__ = ["postgres", "postgres_database", "sqlite_template"]


@pytest.fixture
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database that is up to date and empty: SQLite, or what `BOTH` of test_posting.py asks for."""
    if getattr(request, "param", "sqlite") == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_template"), tmp_path)
        return f"sqlite+aiosqlite:///{tmp_path}/depesche.db"
    address: str = request.getfixturevalue("postgres_database")
    execute(address, f"TRUNCATE {', '.join(metadata.tables)}")
    return address


@pytest.fixture
async def hall(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Guildhall]:
    monkeypatch.setattr(Route, "BASE", Route.BASE)  # put back what the client sets
    monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", DiscordWebSocket.DEFAULT_GATEWAY)
    async with guildhall(channels=5) as running:
        yield running
