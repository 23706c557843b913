"""The schema: bringing a database up to date, and seeing whether it is."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, create_engine, text

from bot.errors import NoDatabase
from bot.store.database import explained, name, parse, prepare_sqlite

SCRIPTS = Path(__file__).with_name("migrations")
LOCK = 6_812_349_107  # any number; the one that all processes of ours take while they migrate on PostgreSQL

MISSING = "Die Datenbank {name} ist noch nicht eingerichtet. Bitte `python -m bot migrate` ausführen."
NEWER = "Die Datenbank {name} gehört zu einer neueren Version von Depesche. Bitte das Programm aktualisieren."


def migrate(url: str) -> None:
    """Create the tables or bring them up to date; blocks, so off the event loop. Raises `NoDatabase`."""
    parsed = parse(url)
    with _connection(parsed) as connection:
        if parsed.get_backend_name() == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        if _is_newer(connection):
            raise NoDatabase(NEWER.format(name=name(parsed)))
        command.upgrade(_config(connection), "head")


def check(connection: Connection, url: URL) -> None:
    """Raise `NoDatabase` unless the schema is the one this version needs."""
    if _is_newer(connection):
        raise NoDatabase(NEWER.format(name=name(url)))
    if _revision(connection) != _scripts().get_current_head():
        raise NoDatabase(MISSING.format(name=name(url)))


@contextmanager
def _connection(url: URL) -> Iterator[Connection]:
    """One connection in a writing transaction; a folder that is missing is made."""
    drivers = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg"}
    engine = create_engine(url.set(drivername=drivers[url.get_backend_name()]))
    if url.get_backend_name() == "sqlite":
        _make_folder(url)
        prepare_sqlite(engine)
    try:
        with explained(url), engine.connect() as connection, connection.execution_options(writes=True).begin():
            yield connection
    finally:
        engine.dispose()


def _make_folder(url: URL) -> None:
    try:
        Path(url.database or "").parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise NoDatabase(f"Der Ordner für {name(url)} lässt sich nicht anlegen. Bitte DATA_DIR prüfen.") from error


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _scripts() -> ScriptDirectory:
    return ScriptDirectory(str(SCRIPTS))


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _is_newer(connection: Connection) -> bool:
    revision = _revision(connection)
    return revision is not None and revision not in {script.revision for script in _scripts().walk_revisions()}
