"""How much one person, one server and all of them together may ask of what is expensive.

Who asks too often is told how long to wait; who comes while much is being worked at waits in a queue that has an end.
"""

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

from bot.errors import UserError
from bot.german import waits

REMEMBERED = 10_000  # people and servers each; of more, those seen least recently may begin anew
SHORTEST, FIRST = 1.0, 10.0  # seconds: the least wait that is told, and how long a work is thought to take at first
LEARNT = 0.2  # how much the latest work counts in that


@dataclass(frozen=True, slots=True)
class Rate:
    """So many requests at once, and as many again within so many seconds, evenly."""

    count: int
    seconds: float


PERSON, SERVER = Rate(6, 60.0), Rate(30, 60.0)
AT_ONCE, WAITING = 8, 32  # expensive works of this process: being done, and in the queue


class Buckets:
    """A bucket of tokens for each key; time is passed in, in seconds. At most so many keys are remembered."""

    def __init__(self, rate: Rate, most: int = REMEMBERED) -> None:
        """All buckets are full."""
        self._rate = rate
        self._most = most
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()  # tokens, and when there were as many

    def wait(self, key: str, now: float) -> float:
        """Seconds until there is a token; 0.0 where there is one."""
        return max(0.0, 1.0 - self._tokens(key, now)) * self._rate.seconds / self._rate.count

    def take(self, key: str, now: float) -> None:
        """Take a token, which must be there."""
        self._buckets[key] = (self._tokens(key, now) - 1.0, now)
        self._buckets.move_to_end(key)
        while len(self._buckets) > self._most:
            self._buckets.popitem(last=False)

    def __len__(self) -> int:
        return len(self._buckets)

    def _tokens(self, key: str, now: float) -> float:
        """A clock that was set back refills nothing, and takes nothing away."""
        tokens, then = self._buckets.get(key, (float(self._rate.count), now))
        refilled = max(now - then, 0.0) * self._rate.count / self._rate.seconds
        return min(tokens + refilled, float(self._rate.count))


class Queue:
    """So many works at once, and so many that wait for their turn, first come, first served."""

    def __init__(self, at_once: int = AT_ONCE, waiting: int = WAITING) -> None:
        """Nobody works."""
        self._room = asyncio.Semaphore(at_once)
        self._at_once = at_once
        self._most = waiting
        self._waiting = 0
        self._lasts = FIRST

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """A turn, as soon as there is one. Raises `UserError` where too many wait already."""
        if self._room.locked() and self._waiting >= self._most:
            raise UserError(waits.busy(max(SHORTEST, self._lasts * (self._waiting + 1) / self._at_once)))
        self._waiting += 1
        try:
            await self._room.acquire()
        finally:
            self._waiting -= 1
        clock = asyncio.get_running_loop().time
        began = clock()
        try:
            yield
        finally:
            self._lasts += LEARNT * (clock() - began - self._lasts)
            self._room.release()


class Limits:
    """The limits of one process."""

    def __init__(self, person: Rate = PERSON, server: Rate = SERVER, queue: Queue | None = None) -> None:
        """Nobody has asked yet."""
        self._people = Buckets(person)
        self._servers = Buckets(server)
        self._queue = queue or Queue()

    def admit(self, person: str, server: str, now: datetime) -> None:
        """Count an expensive request of a person, in a server unless it is empty.

        Raises `UserError`, which tells how long to wait; such a request does not count.
        """
        moment = now.timestamp()
        if wait := self._people.wait(person, moment):
            raise UserError(waits.too_often(max(SHORTEST, wait)))
        if server and (wait := self._servers.wait(server, moment)):
            raise UserError(waits.too_many_here(max(SHORTEST, wait)))
        self._people.take(person, moment)
        if server:
            self._servers.take(server, moment)

    def turn(self) -> AbstractAsyncContextManager[None]:
        """A turn to work in, to be entered once. Raises `UserError` where too many wait already."""
        return self._queue.turn()
