"""The databases of the contracts, for whole journeys."""

import shutil
from pathlib import Path

import pytest

from bot.store.tables import metadata
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
