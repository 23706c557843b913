"""Our contestant: one collection of every feed, as `python -m bot collect --all` does it.

python -m tests.bench.ours DATABASE < addresses
"""

import asyncio
import gc
import json
import sys
from collections.abc import Sequence

import uvloop

from bot.clock import SystemClock
from bot.collect import collect
from bot.feeds.batches import parse_all
from bot.feeds.fetch import HttpWeb
from bot.model import Feed
from bot.store.migrate import migrate
from bot.store.store import open_store
from bot.workers import ProcessWorkers
from tests.bench.measure import Meter, Pulse, say


def feeds(urls: Sequence[str]) -> list[Feed]:
    return [Feed(url, f"Feed {number}", topics=("software",)) for number, url in enumerate(urls)]


def ignore(step: str, done: int, total: int) -> None:
    """Nobody watches."""


async def main() -> None:
    address = f"sqlite:///{sys.argv[1]}"
    migrate(address)
    urls = sys.stdin.read().split()
    workers = ProcessWorkers()
    hosts = frozenset(("127.0.0.1", int(url.split("/")[2].partition(":")[2])) for url in urls)
    web = HttpWeb("Depesche bench", workers, private_hosts=hosts)
    async with open_store(address) as store:
        await store.feeds.enrol(feeds(urls))
        await asyncio.gather(*(workers.run(parse_all, []) for _ in range(4)))
        gc.freeze()
        meter = Meter()
        async with Pulse() as pulse:
            report = await collect(store, web, workers, SystemClock(), ignore, everything=True)
        say(json.dumps(meter.read() | {"stall": pulse.longest} | report.totals()))
    await web.close()


if __name__ == "__main__":
    uvloop.run(main())
