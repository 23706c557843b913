"""The clock that ticks; the only importer of apscheduler. It only asks what is due, and knows nothing of news."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

log = logging.getLogger(__name__)

SET_BACK = 2.0  # seconds; less is a clock that is kept true


@dataclass(frozen=True, slots=True)
class Tick:
    """What is called, and how often: at every full minute, or at this interval if there is one."""

    call: Callable[[], Awaitable[None]]
    every: timedelta | None = None


class Ticking:
    """The calls that run at present."""

    watch = 5.0  # seconds between two looks at the clock

    def __init__(self) -> None:
        self._running: set[asyncio.Task[None]] = set()

    async def call(self, name: str, tick: Tick) -> None:
        """Call it, in a task of its own; what it raises is logged."""
        task = asyncio.create_task(_called(tick))
        self._running.add(task)
        await asyncio.wait([task])
        self._running.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("The tick %s failed", name, exc_info=error)

    async def end(self) -> None:
        """Cancel what runs, and wait until it is over."""
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)


@asynccontextmanager
async def ticking(ticks: Mapping[str, Tick]) -> AsyncIterator[None]:
    """Call these on the present loop until the end of the context, at once and then again, each never twice at once.

    One call makes up for all that were missed; what comes while the last call still runs is dropped. A call that
    raises is logged by its name, and the next one comes. At the end those still running are cancelled.
    """
    scheduler = AsyncIOScheduler(
        timezone=UTC, job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
    )
    running = Ticking()
    for name, tick in ticks.items():
        job = {"id": name, "name": name, "next_run_time": datetime.now(UTC)}
        scheduler.add_job(running.call, _trigger(tick), (name, tick), **job)
    scheduler.start()
    watching = asyncio.create_task(_watch(scheduler, running.watch))
    try:
        yield
    finally:
        watching.cancel()
        scheduler.pause()
        await running.end()
        scheduler.shutdown(wait=False)


async def _watch(scheduler: AsyncIOScheduler, every: float) -> None:
    """Call everything at once where the clock was set back: the scheduler would wait until it is what it was."""
    lead = _lead()
    while True:
        await asyncio.sleep(every)
        before, lead = lead, _lead()
        if lead < before - SET_BACK:
            log.warning("The clock was set back by %.0f s", before - lead)
            for job in scheduler.get_jobs():
                job.modify(next_run_time=datetime.now(UTC))


def _lead() -> float:
    """How far the clock on the wall is ahead of one that nobody sets, in seconds."""
    return datetime.now(UTC).timestamp() - time.monotonic()


def _trigger(tick: Tick) -> CronTrigger | IntervalTrigger:
    if tick.every is None:
        return CronTrigger(second=0, timezone=UTC)
    return IntervalTrigger(seconds=tick.every.total_seconds(), timezone=UTC)


async def _called(tick: Tick) -> None:
    await tick.call()
