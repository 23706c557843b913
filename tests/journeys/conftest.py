"""The databases of the contracts and a stand-in for Discord, for whole journeys."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.store.tables import metadata
from tests.chats.guildhall import Guildhall, guildhall
from tests.chats.workspace import Workspace, workspace
from tests.contracts.conftest import postgres, postgres_database, sqlite_template
from tests.journeys.office import RSS
from tests.postgres import execute
from tests.servers import Origin, by_path, reply, serving

ITEM = "<item><title>Petrel fliegt</title><link>https://blatt.example/1</link><description>{}</description></item>"
PETREL = (
    "Die Rakete Petrel hat am Montag zwei Satelliten in die Umlaufbahn gebracht. Sie startete um 4.12 Uhr auf den "
    "Shetlandinseln. Beim ersten Versuch war die zweite Stufe ausgefallen. Der nächste Start soll im März folgen."
)

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


@pytest.fixture
async def slack() -> AsyncIterator[Workspace]:
    """A stand-in for Slack."""
    async with workspace() as running:
        yield running


@pytest.fixture
async def paper(tmp_path: Path) -> AsyncIterator[Origin]:
    """The only feed, with one article of now."""
    feed = RSS.format(ITEM.format(PETREL)).encode()
    async with serving(by_path({"/feed": reply(body=feed, content_type="application/rss+xml")})) as origin:
        text = f'[[feed]]\nname = "Blatt"\nurl = "{origin.url("/feed")}"\nlanguage = "de"\n'
        (tmp_path / "feeds.toml").write_text(text, "utf-8")
        yield origin


@pytest.fixture
def home(tmp_path: Path, paper: Origin) -> Path:
    return tmp_path
