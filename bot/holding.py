"""What only one of all processes may do, such as a chat's connection: whoever has the lease does it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta

from bot.errors import NoDatabase
from bot.ports import Clock, Leases

LOG = logging.getLogger(__name__)
LENGTH = timedelta(seconds=30)  # another process takes over so long after one died
RENEW = 10.0  # seconds


async def while_held(
    leases: Leases, clock: Clock, name: str, holder: str, work: Callable[[], Awaitable[None]], renew: float = RENEW
) -> None:
    """Wait for the lease, work as long as it is held, and wait again where it was lost. Raises what `work` does."""
    while True:
        if not await _taken(leases, clock, name, holder):
            await asyncio.sleep(renew)
            continue
        LOG.info("%s is held here", name)
        task = asyncio.ensure_future(work())
        try:
            while not task.done() and await _taken(leases, clock, name, holder):
                await asyncio.wait([task], timeout=renew)
            if task.done():
                return task.result()
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            with suppress(NoDatabase):  # then it runs out by itself
                await leases.release(name, holder)


async def _taken(leases: Leases, clock: Clock, name: str, holder: str) -> bool:
    try:
        return await leases.take(name, holder, clock.now(), LENGTH)
    except NoDatabase as error:  # whoever can't tell must assume that another process has it
        LOG.warning("%s: %s", name, error)
        return False
