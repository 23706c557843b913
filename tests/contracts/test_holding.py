"""What only one process may do: it begins with the lease, ends with it, and comes back."""

import asyncio
import sqlite3
from contextlib import suppress
from pathlib import Path

from bot.clock import SystemClock
from bot.holding import LENGTH, while_held
from bot.store.store import DatabaseStore, open_store
from tests.journeys.office import until
from tests.told import fresh_database

RENEW = 0.05  # seconds


class Work:
    """What is done while the lease is held."""

    def __init__(self) -> None:
        self.begun = 0
        self.at_it = 0

    async def do(self) -> None:
        self.begun += 1
        self.at_it += 1
        try:
            await asyncio.Event().wait()
        finally:
            self.at_it -= 1


def held(store: DatabaseStore, holder: str, work: Work) -> asyncio.Task[None]:
    return asyncio.create_task(while_held(store.leases, SystemClock(), "gateway", holder, work.do, RENEW))


async def end(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def test_the_lease_is_given_back_at_the_end(tmp_path: Path) -> None:
    work = Work()
    async with open_store(fresh_database(tmp_path)) as store:
        first = held(store, "a", work)
        await until(lambda: work.at_it)
        second = held(store, "b", work)
        await asyncio.sleep(4 * RENEW)
        assert work.begun == 1
        await end(first)
        assert not work.at_it
        await until(lambda: work.begun == 2)
        await end(second)
        assert await store.leases.take("gateway", "c", SystemClock().now(), LENGTH)


async def test_a_database_that_is_away_ends_the_work_but_not_the_waiting(tmp_path: Path) -> None:
    work = Work()
    async with open_store(fresh_database(tmp_path), patience=0.01) as store:
        task = held(store, "a", work)
        await until(lambda: work.at_it)
        other = sqlite3.connect(tmp_path / "depesche.db", isolation_level=None, check_same_thread=False)
        await asyncio.to_thread(other.execute, "BEGIN IMMEDIATE")  # a renewal under way needs the loop to end
        await until(lambda: not work.at_it)
        await asyncio.sleep(4 * RENEW)
        other.execute("ROLLBACK")
        other.close()
        await until(lambda: work.at_it)
        assert work.begun == 2
        await end(task)
