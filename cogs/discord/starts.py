"""What Discord says of connecting: how many shards there should be, and how often they may identify. Pure."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from cogs.discord.errors import Json

SPACING = 7.0  # seconds between two identifies of a bucket: Discord's five, and what connecting may vary by
LIMIT = {"remaining": int, "reset_after": int, "max_concurrency": int}
SHAPE = {"shards": int, "session_start_limit": LIMIT}

Turn = Callable[[int], Awaitable[float]]  # told a bucket: seconds until its next identify is this process's


@dataclass(slots=True)
class Starts:
    """The answer of `/gateway/bot`. `left`: identifies before `reset` seconds are over; `at`: when it was asked."""

    shards: int
    left: int
    reset: float
    buckets: int
    at: float

    def bucket(self, shard: int) -> int:
        """Shards of the same bucket identify one after the other."""
        return shard % self.buckets


def starts_of(answer: Json, now: float) -> Starts:
    """What it says; `now` in the loop's time."""
    limit = answer["session_start_limit"]
    reset = limit["reset_after"] / 1000
    return Starts(max(answer["shards"], 1), limit["remaining"], reset, max(limit["max_concurrency"], 1), now)


async def at_once(_: int) -> float:
    """Where there is no other process, nobody is to be waited for."""
    return 0.0
