"""The connection to SQLite or PostgreSQL, and the one place where their errors become ours."""

import asyncio
import json
from collections.abc import AsyncIterator, Collection, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from sqlite3 import Connection as SQLite
from typing import Any, TypeVar

from sqlalchemy import (
    URL,
    BigInteger,
    ColumnElement,
    Connection,
    Engine,
    Insert,
    Row,
    Select,
    Table,
    any_,
    event,
    func,
    literal,
    make_url,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import ArgumentError, DatabaseError, InterfaceError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from bot.errors import NoDatabase

T = TypeVar("T")
BATCH = 500  # rows a statement writes or values it asks for; more gains nothing and holds the event loop longer
PATIENCE = 30.0  # seconds that a process waits for another one's write; ours take well under one
# The page size counts for a new file only, and only before the first write, which turning to WAL is. An article of 2 KB
# leaves much of a page of 4 KB empty, or overflows it.
PRAGMAS = ("page_size = 16384", "journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON")

# What SQLite says, in the order of looking, and what we say.
SQLITE = {
    "locked": "Ein anderer Prozess hält die Datenbank {name} besetzt. Bitte ihn beenden oder etwas warten.",
    "not a database": "{name} ist keine SQLite-Datenbank. Bitte DATABASE_URL oder DATA_DIR prüfen.",
    "malformed": "Die Datenbank {name} ist beschädigt. Bitte eine Sicherung einspielen.",
    "readonly": "Die Datenbank {name} ist schreibgeschützt. Bitte die Rechte der Datei und ihres Ordners prüfen.",
    "full": "Für die Datenbank {name} ist kein Platz mehr. Bitte auf dem Datenträger Platz schaffen.",
}
NOT_OPEN = "Die Datenbank {name} lässt sich nicht öffnen. Bitte prüfen, ob es den Ordner gibt und er beschreibbar ist."
POSTGRESQL = {
    "does not exist": "Die Datenbank {name} gibt es auf dem Server nicht. Bitte sie anlegen oder DATABASE_URL prüfen.",
    "authentication": "Der Server weist die Anmeldung an {name} ab. Bitte Namen und Passwort in DATABASE_URL prüfen.",
}
NO_ANSWER = "Die Datenbank {name} antwortet nicht. Bitte prüfen, ob der Server läuft und DATABASE_URL stimmt."


class Database:
    """One engine. SQLite has one writer, so those of this process queue here; PostgreSQL needs no queue."""

    def __init__(self, url: URL, patience: float = PATIENCE) -> None:
        """Connect later, at first use; wait `patience` seconds for a locked database."""
        self.url = url
        self.is_sqlite = url.get_backend_name() == "sqlite"
        self._engine = create_async_engine(url, paramstyle="qmark" if self.is_sqlite else "format")
        self._queue = asyncio.Lock()
        if self.is_sqlite:
            prepare_sqlite(self._engine.sync_engine, patience)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """A connection in a transaction of its own. Raises `NoDatabase`."""
        with explained(self.url):
            async with self._engine.connect() as connection:
                yield connection

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        """A connection in a transaction that is committed at the end, or rolled back. Raises `NoDatabase`."""
        with explained(self.url):
            if not self.is_sqlite:
                async with self._engine.begin() as connection:
                    yield connection
                return
            async with self._queue, self._engine.connect() as connection:
                await connection.execution_options(writes=True)
                async with connection.begin():
                    yield connection

    async def few(self, statement: Select[Any], given: Mapping[str, object] | None = None) -> Sequence[Row[Any]]:
        """All rows at once, of a statement that gives no more than a batch: half the cost of portions."""
        async with self.reading() as connection:
            found: Sequence[Row[Any]] = (await connection.execute(statement, given)).all()
        return found

    async def rows(self, statement: Select[Any]) -> AsyncIterator[Row[Any]]:
        """All rows, in portions: the event loop breathes between them, however many there are."""
        async with self.reading() as connection:
            result = await connection.stream(statement)
            async for portion in result.partitions(BATCH):
                for row in portion:
                    yield row

    async def write_rows(
        self, connection: AsyncConnection, statement: Insert, rows: Sequence[tuple[object, ...]]
    ) -> int:
        """Insert rows of values as the driver takes them, in the order of the table's columns; how many had an effect.

        Less than half the cost of a dictionary for each row, which SQLAlchemy copies, checks and converts.
        """
        if not rows:
            return 0
        sql = str(statement.compile(dialect=self._engine.dialect))
        options = {"preserve_rowcount": True}
        return (await connection.exec_driver_sql(sql, list(rows), options)).rowcount

    def among(self, column: ColumnElement[int], numbers: Collection[int]) -> ColumnElement[bool]:
        """The condition that a column has one of these numbers.

        They go to the database as one parameter: a thousand of them cost SQLAlchemy as much as all the rest of a query.
        """
        if self.is_sqlite:
            given = func.json_each(json.dumps(list(numbers))).table_valued("value")
            return column.in_(select(given.c.value))
        return column == any_(literal(list(numbers), postgresql.ARRAY(BigInteger)))

    def insert(self, table: Table) -> "sqlite.Insert | postgresql.Insert":
        """An INSERT that knows ON CONFLICT in this database's dialect."""
        return sqlite.insert(table) if self.is_sqlite else postgresql.insert(table)

    async def close(self) -> None:
        """Give all connections back."""
        await self._engine.dispose()


def batches(items: Sequence[T]) -> Iterator[Sequence[T]]:
    """The items in portions that one statement takes."""
    for start in range(0, len(items), BATCH):
        yield items[start : start + BATCH]


def parse(url: str) -> URL:
    """The address of a database with the drivers we use. Raises `NoDatabase` for any other kind."""
    drivers = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}
    try:
        parsed = make_url(url)
        return parsed.set(drivername=drivers[parsed.drivername.partition("+")[0]])
    except (ArgumentError, KeyError) as error:
        raise NoDatabase(
            "DATABASE_URL muss mit sqlite:/// oder postgresql:// beginnen. Bitte sie berichtigen."
        ) from error


def prepare_sqlite(engine: Engine, patience: float = PATIENCE) -> None:
    """Set each new connection up, and take the write lock at the start of a writing transaction.

    A transaction that begins by reading and writes later fails at once if another process wrote meanwhile.
    """

    @event.listens_for(engine, "connect")
    def _connect(connection: SQLite, _: object) -> None:
        connection.isolation_level = None  # the driver must not begin transactions behind our back
        cursor = connection.cursor()
        for pragma in (f"busy_timeout = {patience * 1000:.0f}", *PRAGMAS):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def explained(url: URL) -> Iterator[None]:
    """Turn what the operator must mend into `NoDatabase`; what is our own mistake stays loud."""
    try:
        yield
    except DatabaseError as error:
        sentence = _sentence(url, str(error.orig), is_ours=not isinstance(error, OperationalError | InterfaceError))
        if sentence is None:
            raise
        raise NoDatabase(sentence) from error


def name(url: URL) -> str:
    """The database as a person knows it, without the password."""
    if url.get_backend_name() == "sqlite":
        return url.database or ""
    return url.set(drivername="postgresql", password=None, query={}).render_as_string()


def _sentence(url: URL, said: str, *, is_ours: bool) -> str | None:
    known, other = (SQLITE, NOT_OPEN) if url.get_backend_name() == "sqlite" else (POSTGRESQL, NO_ANSWER)
    if is_ours and known is POSTGRESQL:
        return None
    found = next((sentence for mark, sentence in known.items() if mark in said), None)
    if found is None and (is_ours or "no such" in said):
        return None
    return (found or other).format(name=name(url))
