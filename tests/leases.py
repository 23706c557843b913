"""Leases in a bare SQLite file: enough for several processes on one machine, without our store."""

import asyncio
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

TABLES = (
    "CREATE TABLE IF NOT EXISTS leases (name TEXT PRIMARY KEY, holder TEXT, until REAL)",
    "CREATE TABLE IF NOT EXISTS beats (holder TEXT PRIMARY KEY, at REAL)",
    "CREATE TABLE IF NOT EXISTS turns (name TEXT PRIMARY KEY, free REAL)",
)
TAKE = """
INSERT INTO leases VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until
WHERE until <= ? OR holder = excluded.holder
"""


class FileLeases:
    """Fulfils the port `Leases`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        for table in TABLES:
            self._rows(table)

    async def take(self, name: str, holder: str, now: datetime, length: timedelta) -> bool:
        until = (now + length).timestamp()
        taken = await self._run(TAKE + " RETURNING holder", name, holder, until, now.timestamp())
        return bool(taken)

    async def release(self, name: str, holder: str) -> None:
        await self._run("DELETE FROM leases WHERE name = ? AND holder = ?", name, holder)

    async def forget(self, before: datetime) -> int:
        return len(await self._run("DELETE FROM leases WHERE until < ? RETURNING name", before.timestamp()))

    async def beat(self, holder: str, now: datetime) -> None:
        await self._run("INSERT OR REPLACE INTO beats VALUES (?, ?)", holder, now.timestamp())

    async def silent(self, before: datetime) -> list[str]:
        rows = await self._run("SELECT holder FROM beats WHERE at < ? ORDER BY holder", before.timestamp())
        return [holder for (holder,) in rows]

    async def alive(self, since: datetime) -> list[str]:
        rows = await self._run("SELECT holder FROM beats WHERE at >= ? ORDER BY holder", since.timestamp())
        return [holder for (holder,) in rows]

    async def bury(self, holder: str) -> None:
        await self._run("DELETE FROM beats WHERE holder = ?", holder)

    async def reserve(self, name: str, now: datetime, count: int, interval: timedelta) -> datetime:
        raise NotImplementedError

    async def _run(self, statement: str, *values: object) -> Sequence[Any]:
        return await asyncio.to_thread(self._rows, statement, *values)

    def _rows(self, statement: str, *values: object) -> Sequence[Any]:
        with self._connection() as connection:
            return connection.execute(statement, values).fetchall()

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        connection = sqlite3.connect(self._path, timeout=30)
        try:
            with connection:
                yield connection
        finally:
            connection.close()
