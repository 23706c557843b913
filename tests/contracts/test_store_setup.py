"""Opening and migrating: what works, and what an operator reads when it does not."""

import asyncio
import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine, text

from bot.errors import NoDatabase
from bot.model import Feed
from bot.store.database import parse
from bot.store.migrate import migrate
from bot.store.store import open_store
from bot.store.tables import metadata


def sync(url: str) -> str:
    return url.replace("+aiosqlite", "")


def is_for_words(name: str | None, url: str) -> bool:
    """Whether it is what one database searches and the other has not: SQLAlchemy has no words for SQLite's tables."""
    return url.startswith("sqlite") and (name == "ix_searched_words" or (name or "").split("_")[0] == "words")


def files(folder: Path) -> list[Path]:
    return list(folder.iterdir())


def test_upgrading_from_empty_gives_exactly_the_tables(url: str) -> None:
    engine = create_engine(sync(url))
    with engine.connect() as connection:
        options = {"compare_type": True, "include_object": lambda _, name, *__: not is_for_words(name, url)}
        found = compare_metadata(MigrationContext.configure(connection, opts=options), metadata)
    engine.dispose()
    assert found == []


async def test_migrating_twice_and_inside_a_running_loop_is_harmless(empty: str) -> None:
    migrate(empty)
    migrate(empty)
    async with open_store(empty) as store:
        assert await store.feeds.all() == []


async def test_two_processes_may_migrate_at_once(empty: str) -> None:
    await asyncio.gather(*(asyncio.to_thread(migrate, empty) for _ in range(3)))
    async with open_store(empty) as store:
        assert await store.feeds.all() == []


async def test_an_empty_database_asks_for_migrate(empty: str) -> None:
    with pytest.raises(NoDatabase, match="python -m bot migrate"):
        async with open_store(empty):
            pass


async def test_looking_for_a_missing_file_does_not_create_it(tmp_path: Path) -> None:
    with pytest.raises(NoDatabase, match="python -m bot migrate"):
        async with open_store(f"sqlite:///{tmp_path}/depesche.db"):
            pass
    assert files(tmp_path) == []


async def test_a_newer_schema_is_left_alone(empty: str) -> None:
    migrate(empty)
    engine = create_engine(sync(empty))
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(NoDatabase, match="neueren Version"):
        migrate(empty)
    with pytest.raises(NoDatabase, match="neueren Version"):
        async with open_store(empty):
            pass


def test_migrating_makes_the_folder(tmp_path: Path) -> None:
    migrate(f"sqlite:///{tmp_path}/new/folder/depesche.db")
    assert (tmp_path / "new/folder/depesche.db").exists()


def test_a_new_file_has_large_pages_and_an_old_one_is_left_as_it_is(tmp_path: Path) -> None:
    old = sqlite3.connect(tmp_path / "old.db")
    old.executescript("PRAGMA page_size = 4096; PRAGMA journal_mode = WAL; CREATE TABLE x (y); DROP TABLE x")
    old.close()
    sizes = []
    for file in (tmp_path / "new.db", tmp_path / "old.db"):
        migrate(f"sqlite:///{file}")
        connection = sqlite3.connect(file)
        sizes += connection.execute("PRAGMA page_size").fetchone()
        connection.close()
    assert sizes == [16384, 4096]


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(NoDatabase, match="DATA_DIR"):
        migrate(f"sqlite:///{tmp_path}/file/depesche.db")


def test_a_directory_in_place_of_the_file(tmp_path: Path) -> None:
    with pytest.raises(NoDatabase, match="lässt sich nicht öffnen"):
        migrate(f"sqlite:///{tmp_path}")


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "depesche.db").write_bytes(b"Das ist ein Brief und keine Datenbank. " * 50)
    with pytest.raises(NoDatabase, match="keine SQLite-Datenbank"):
        migrate(f"sqlite:///{tmp_path}/depesche.db")


async def test_a_locked_database(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/depesche.db"
    migrate(url)
    other = sqlite3.connect(tmp_path / "depesche.db", isolation_level=None)
    async with open_store(url, patience=0.05) as store:
        await store.feeds.enrol([Feed("https://a.example/", "A")])  # the control: it works while nobody holds it
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(NoDatabase, match="Ein anderer Prozess"):
            await store.feeds.enrol([])
        other.execute("ROLLBACK")
        assert len(await store.feeds.all()) == 1
    other.close()


@pytest.mark.parametrize("bad", ["mysql://host/db", "depesche.db", ""])
def test_an_address_of_another_kind(bad: str) -> None:
    with pytest.raises(NoDatabase, match="DATABASE_URL"):
        parse(bad)


def test_a_server_that_does_not_answer(tmp_path: Path) -> None:
    with pytest.raises(NoDatabase, match=r"news antwortet nicht") as caught:
        migrate(f"postgresql://me:secret@/news?host={tmp_path}")
    assert "secret" not in str(caught.value)


def test_a_database_that_the_server_does_not_have(postgres: str) -> None:
    with pytest.raises(NoDatabase, match="gibt es auf dem Server nicht"):
        migrate(postgres.replace("/postgres?", "/missing?"))
