"""Whether a site lets its pages be read by programs: robots.txt as RFC 9309 reads it."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from http import HTTPStatus

from protego import Protego

from bot.errors import BadAnswer, SourceError, TooMuch
from bot.feeds.guard import Target
from bot.ports import Answer, Request, Workers

LARGEST = 512_000  # bytes; RFC 9309 wants at least 500 KiB read
KEPT_SECONDS = 86_400.0  # RFC 9309: no longer than a day
FAILED_SECONDS = 900.0  # how long a server that failed is not asked for its rules again
SITES = 256  # remembered; the pages of one digest come from fewer
PATIENCE = 8.0  # seconds
READING_SECONDS = 5.0  # a worker's start; honest rules take milliseconds, thousands of names for one group minutes


def permits(rules: bytes, agent: str, url: str) -> bool:
    """Whether these rules let `agent` read `url`. Slow for hostile rules: runs in a worker."""
    return Protego.parse(rules.decode("utf-8", "replace")).can_fetch(url, agent)


@dataclass(slots=True)
class Site:
    """What a site's robots.txt said: its bytes, or the error that stood in for it."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    rules: bytes = b""
    error: SourceError | None = None
    until: float = 0.0  # the loop's time


class Robots:
    """Remembers the rules of sites; `get` fetches them, a worker reads them."""

    def __init__(self, get: Callable[[Request], Awaitable[Answer]], workers: Workers, agent: str) -> None:
        self._get = get
        self._workers = workers
        self._agent = agent.partition("/")[0]
        self._sites: dict[tuple[str, str, int], Site] = {}

    async def allowed(self, target: Target) -> bool:
        """Whether the page may be read. Raises `SourceError` where the site fails to say: then it may not."""
        site = await self._site(target)
        if site.error:
            raise site.error
        if not site.rules:
            return True
        try:
            return await self._workers.run(permits, site.rules, self._agent, target.url, seconds=READING_SECONDS)
        except TooMuch as error:
            site.error = error
            raise

    async def _site(self, target: Target) -> Site:
        site = self._sites.setdefault(target.origin, Site())
        if len(self._sites) > SITES:
            del self._sites[next(iter(self._sites))]
        loop = asyncio.get_running_loop()
        async with site.lock:
            if site.until <= loop.time():
                await self._read(site, target)
                site.until = loop.time() + (FAILED_SECONDS if site.error else KEPT_SECONDS)
        return site

    async def _read(self, site: Site, target: Target) -> None:
        scheme, rest = target.url.split("://", 1)
        address = f"{scheme}://{rest.split('/', 1)[0]}/robots.txt"
        site.rules, site.error = b"", None
        try:
            site.rules = (await self._get(Request(address, limit=LARGEST, patience=PATIENCE))).body
        except SourceError as error:
            site.error = None if _permissive(error) else error


def _permissive(error: SourceError) -> bool:
    """Whether it means that there are no rules: an empty file, or a status of 4xx but 429 (RFC 9309, 2.3.1.3)."""
    if not isinstance(error, BadAnswer):
        return False
    return error.status < HTTPStatus.INTERNAL_SERVER_ERROR and error.status != HTTPStatus.TOO_MANY_REQUESTS
