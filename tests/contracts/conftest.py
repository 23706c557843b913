"""Both databases, real ones: each test of the store runs on SQLite and on PostgreSQL, each on a fresh database."""

import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from discord.http import Route

from bot.store.migrate import migrate
from bot.store.store import DatabaseStore, open_store
from bot.store.tables import metadata
from cogs.discord.channel import DiscordChannel
from cogs.discord.client import opened
from tests.chats.guildhall import Guildhall, guildhall
from tests.chats.world import TOKEN
from tests.contracts.surfaces import FORUM, NEWS
from tests.postgres import create, execute, serving


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL server of this session's own (under xdist: of each worker's)."""
    with serving() as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database."""
    if request.param == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path}/depesche.db"
    return create(request.getfixturevalue("postgres"))


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database that is up to date, to be copied."""
    path = tmp_path_factory.mktemp("template") / "depesche.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_database(postgres: str) -> str:
    """The address of one database that is up to date; a new one for each test takes a third of a second."""
    address = create(postgres)
    migrate(address)
    return address


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database that is up to date and empty."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_template"), tmp_path)
        return f"sqlite+aiosqlite:///{tmp_path}/depesche.db"
    address: str = request.getfixturevalue("postgres_database")
    execute(address, f"TRUNCATE {', '.join(metadata.tables)}")
    return address


@pytest.fixture
async def store(url: str) -> AsyncIterator[DatabaseStore]:
    """An open store."""
    async with open_store(url) as opened:
        yield opened


@pytest.fixture
async def hall(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Guildhall]:
    """A stand-in for Discord, with a channel of each kind."""
    monkeypatch.setattr(Route, "BASE", Route.BASE)  # put back what the client sets
    async with guildhall() as running:
        running.control.channel(FORUM.id, kind="forum")
        running.control.channel(NEWS.id, kind="announcement")
        yield running


@pytest.fixture
async def surface(hall: Guildhall) -> AsyncIterator[DiscordChannel]:
    """The way there."""
    async with opened(TOKEN, hall.rest) as client:
        yield DiscordChannel(client)
