"""Bodies of feeds -> documents, several at each call of a worker: a call costs as much as reading half a feed."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from bot.errors import NotAFeed, SourceError
from bot.feeds.discover import feed_links, looks_like_html
from bot.feeds.parse import parse
from bot.model import FeedDocument
from bot.ports import Answer, Workers

MOST = 8  # bodies a call: enough to share its cost, few enough to spread over the workers
LARGEST = 500_000  # bytes a call, of which a worker makes sense in well under a second
SECONDS = 10.0  # that a worker may think about one body

Body = tuple[bytes, str, str]  # what came, from where, and its Content-Type
_Order = tuple[Body, "asyncio.Future[FeedDocument | NoFeed]"]


@dataclass(frozen=True, slots=True)
class NoFeed:
    """An answer that is no feed: why (German), and the feeds that it names if it is a web page."""

    reason: str
    links: tuple[str, ...] = ()


def parse_all(bodies: Sequence[Body]) -> list[FeedDocument | NoFeed]:
    """What each of these bodies says; runs in a worker."""
    return [_parse(*body) for body in bodies]


class Batches:
    """Collects what waits for a worker. Somebody has to `run` it while others `parse`."""

    def __init__(self, workers: Workers) -> None:
        """Begin with nothing."""
        self._workers = workers
        self._orders: asyncio.Queue[_Order] = asyncio.Queue()

    async def parse(self, answer: Answer) -> FeedDocument | NoFeed:
        """What the answer says. Raises `TooMuch` where a worker had to give up."""
        done: asyncio.Future[FeedDocument | NoFeed] = asyncio.get_running_loop().create_future()
        await self._orders.put(((answer.body, answer.url, answer.headers.get("content-type", "")), done))
        return await done

    async def run(self) -> None:
        """Work through what waits, for ever; several may run at once."""
        while True:
            orders = [await self._orders.get()]
            while len(orders) < MOST and sum(len(body[0]) for body, _ in orders) < LARGEST and not self._orders.empty():
                orders.append(self._orders.get_nowait())
            if not await self._worked(orders) and len(orders) > 1:
                for order in orders:
                    await self._worked([order])

    async def _worked(self, orders: Sequence[_Order]) -> bool:
        """Whether a worker could read these; one that could not be read alone is told so."""
        try:
            documents = await self._workers.run(parse_all, [body for body, _ in orders], seconds=SECONDS)
        except SourceError as error:
            if len(orders) == 1 and not orders[0][1].done():
                orders[0][1].set_exception(error)
            return False
        for (_, done), document in zip(orders, documents, strict=True):
            if not done.done():
                done.set_result(document)
        return True


def _parse(body: bytes, url: str, content_type: str) -> FeedDocument | NoFeed:
    try:
        return parse(body, url=url, content_type=content_type)
    except NotAFeed as error:
        return NoFeed(str(error), tuple(feed_links(body, url)) if looks_like_html(body) else ())
