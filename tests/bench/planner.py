"""Plans for many channels that are due at one moment, on two days: on the second all of them have a history.

python -m tests.bench.planner DATABASE CHANNELS
"""

import asyncio
import gc
import json
import sys
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path

import uvloop

from bot.__main__ import PATIENT
from bot.feeds.fetch import HttpWeb
from bot.model import Platform, Subscription
from bot.pipeline import Pipeline
from bot.placing import Placing
from bot.planning import Planning
from bot.reading import Reading
from bot.store.migrate import migrate
from bot.store.store import DatabaseStore, open_store
from bot.summaries.write import Summariser
from bot.workers import ProcessWorkers
from cogs.discord.channel import DiscordChannel
from cogs.discord.client import DiscordClient
from cogs.discord.layout import variants
from tests.bench.crowd import Counting, Fixed, crowd, subscribed, tell, topics
from tests.bench.measure import Meter, Pulse, say

FIRST = datetime(2026, 11, 23, 6, tzinfo=UTC)
ZONES = ("Europe/Berlin", "Europe/Vienna", "Europe/Zurich", "Europe/Paris", "Europe/Rome")
ARTICLES = 2_000  # of a day: about 1,300 stories
ABREAST = 4  # jobs at once, as the engine does them


class Bench:
    """One newsroom over one database, and what was measured."""

    def __init__(self, store: DatabaseStore, web: HttpWeb, workers: ProcessWorkers) -> None:
        self.store = store
        self.clock = Fixed(FIRST)
        self.model = Counting()
        placing, reading = Placing(store.stories, store.archive, topics()), Reading(web, workers, store.articles)
        summariser = Summariser(store.summaries, self.model)
        self.pipeline = Pipeline(store, self.clock, topics(), web, workers, placing, reading, summariser)

    def planning(self) -> Planning:
        """A process that has just started: it knows no digest yet."""
        surfaces = {Platform.DISCORD: DiscordChannel(DiscordClient("nobody"))}
        return Planning(self.store, self.clock, self.pipeline, surfaces, topics())

    async def condensed(self, audiences: Sequence[Subscription]) -> int:
        """Have all condensed that these are shown; how many stories that are."""
        made = await self.planning().make(audiences, self.clock.now().date())
        return len({story for one in made.values() for body in one.bodies for story in body.shown})

    async def composed(self, audiences: Sequence[Subscription]) -> Mapping[str, float]:
        """Seconds for the digests of these, rendered, when everything is condensed."""
        variants.cache_clear()
        before = time.perf_counter()
        await self.planning().make(audiences, self.clock.now().date())
        return {"composed": time.perf_counter() - before, "digests": len(audiences)}

    async def planned(self) -> Mapping[str, float]:
        """Everything that is due, from looking for it until it is in the outbox."""
        planning, meter = self.planning(), Meter()
        turns = asyncio.Semaphore(ABREAST)
        async with Pulse() as pulse:
            batches = await planning.due(self.clock.now() - timedelta(minutes=1), self.clock.now())

            async def work(argument: str) -> None:
                async with turns:
                    await planning.plan(argument)

            await asyncio.gather(*(work(batch.as_text()) for batch in batches))
        return meter.read() | {"stall": pulse.longest, "batches": len(batches)}

    async def stored(self) -> Mapping[str, int]:
        """What there is in the outbox, and of how many different texts."""
        query = "SELECT (SELECT count(*) FROM deliveries) AS deliveries, (SELECT count(*) FROM bodies) AS bodies, "
        query += "(SELECT count(*) FROM deliveries WHERE part = 1) AS settled"
        async with self.store.outbox.database.reading() as connection:
            row = (await connection.exec_driver_sql(query)).one()
        return {"deliveries": row.deliveries, "bodies": row.bodies, "settled": row.settled}


async def main() -> None:
    file, channels = Path(sys.argv[1]), int(sys.argv[2])
    migrate(f"sqlite:///{file}")
    workers = ProcessWorkers()
    web = HttpWeb("Depesche bench", workers)
    async with open_store(f"sqlite:///{file}") as store:
        await subscribed(store, file, list(crowd(channels, ZONES, FIRST)))
        gc.collect()
        gc.set_threshold(*PATIENT)
        gc.freeze()
        bench = Bench(store, web, workers)
        for day in range(2):
            bench.clock.moment = FIRST + timedelta(days=day)
            say(json.dumps(await _day(bench, file, day, channels)))
    await web.close()


async def _day(bench: Bench, file: Path, day: int, channels: int) -> Mapping[str, float]:
    with ProcessPoolExecutor(1, get_context("spawn")) as others:  # what makes the news up is no part of the bot
        when = bench.clock.moment
        stories = await asyncio.get_running_loop().run_in_executor(others, tell, str(file), ARTICLES, when, day)
    audiences = list(crowd(min(channels, 60 * 3 * len(ZONES)), ZONES, FIRST))
    calls = bench.model.calls
    shown = await bench.condensed(audiences)
    condensed = bench.model.calls - calls
    composed = await bench.composed(audiences)
    planned = await bench.planned()
    later = bench.model.calls - calls - condensed
    figures = {"stories": stories, "shown": shown, "calls": condensed, "later": later}
    return {**figures, **composed, **planned, **await bench.stored()}


if __name__ == "__main__":
    uvloop.run(main())
