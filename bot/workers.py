"""Worker processes for what may be slow, large or hostile. A bomb ends its worker, never the bot."""

import os
import resource
import sys
from collections.abc import Callable
from functools import cache
from typing import TypeVar, TypeVarTuple

from anyio import BrokenWorkerProcess, CapacityLimiter, move_on_after, to_process

from bot.errors import TooMuch

T = TypeVar("T")
Ts = TypeVarTuple("Ts")

MOST = 4  # a worker with parser and extractor holds some 100 MB
KEPT = 8_000_000  # bytes: a block larger than any body
MEMORY = 1_000_000_000  # bytes of address space; the largest honest page needs 160 MB
SLOW = "Das Lesen dauert zu lange und wurde abgebrochen."
HEAVY = "Der Inhalt ist zu groß oder zu verschachtelt und wurde nicht gelesen."


class ProcessWorkers:
    """Fulfils the port `Workers` over anyio's pool, which ends all workers with the event loop.

    At most `count` run at once; each may use `memory` bytes of address space.
    """

    def __init__(self, count: int | None = None, memory: int = MEMORY) -> None:
        self._count = count or min(os.cpu_count() or 1, MOST)
        self._turns = CapacityLimiter(self._count)
        self._pool = CapacityLimiter(self._count)  # never waited for: whoever has a turn finds room
        self._memory = memory
        forget_main()
        keep_memory()

    async def run(self, function: Callable[[*Ts], T], *args: *Ts, seconds: float = 10.0) -> T:
        """Call a module-level function in a worker.

        Raises `TooMuch` after so many seconds (waiting for a worker not counted), for too much memory, and for a
        worker that died of its work; a new one takes its place. What the function raises is raised here.
        """
        async with self._turns:
            with move_on_after(seconds):
                return await self._call(function, args, seconds)
        raise TooMuch(SLOW)

    async def _call(self, function: Callable[[*Ts], T], args: tuple[*Ts], seconds: float) -> T:
        try:
            return await to_process.run_sync(
                bounded, self._memory, seconds, function, args, cancellable=True, limiter=self._pool
            )
        except (BrokenWorkerProcess, MemoryError) as error:
            raise TooMuch(HEAVY) from error


def bounded(memory: int, seconds: float, function: Callable[[*Ts], T], args: tuple[*Ts]) -> T:
    """Run in a worker: call the function with these bytes of address space and these seconds of CPU time at most.

    The kernel ends the worker past its CPU time, even when nobody is left who could.
    """
    keep_memory()
    used = resource.getrusage(resource.RUSAGE_SELF)
    cpu = int(used.ru_utime + used.ru_stime + seconds) + 2  # whole seconds, and one to be killed from outside first
    _limit(resource.RLIMIT_AS, memory)
    _limit(resource.RLIMIT_CPU, cpu)
    return function(*args)


def _limit(kind: int, most: int) -> None:
    """Set the soft limit, as far as the hard one lets us."""
    hard = resource.getrlimit(kind)[1]
    resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


@cache
def keep_memory() -> None:
    """Have this process keep the memory it frees for its next text, once and for all.

    glibc gives the end of its heap back to the kernel, and to get it again costs more than to copy a feed. Once it saw
    a large block freed, it keeps twice as much. Elsewhere this does nothing.
    """
    bytes(KEPT)


def forget_main() -> None:
    """Keep workers from importing the main module, and with it everything it imports: nothing sent to them is there.

    anyio reads this attribute to find the file; 150 MB and seconds for each worker hang on it.
    """
    vars(sys.modules["__main__"]).pop("__file__", None)
