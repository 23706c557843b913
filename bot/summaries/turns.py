"""Which of many processes condenses a story: one at a time, so that each version is paid for once."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

from bot.ports import Clock, Leases
from bot.ports.news import CONDENSING

LENGTH = timedelta(minutes=3)  # of a lease: a draft, its judgement and its repair, each with an endpoint at its slowest
LOOK_EVERY = 0.25  # seconds


@dataclass(frozen=True, slots=True)
class Turns:
    """Turns of the processes that share a database; `holder` is this one."""

    leases: Leases
    clock: Clock
    holder: str

    @asynccontextmanager
    async def one(self, story: int, version: str) -> AsyncIterator[None]:
        """The only one at it while this is open; waits for another process, no longer than its lease lasts."""
        name = f"{CONDENSING}{story}:{version}"
        while not await self.leases.take(name, self.holder, self.clock.now(), LENGTH):  # noqa: ASYNC110 - elsewhere
            await asyncio.sleep(LOOK_EVERY)
        try:
            yield
        finally:
            await self.leases.release(name, self.holder)
