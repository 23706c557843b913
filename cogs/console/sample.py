"""The sample edition, served over loopback, so that a preview without a network goes the whole real way.

One server with a port for each outlet, as outlets have hosts of their own. It plays at `EDITION_TIME`, always.
"""

import hashlib
import json
import tomllib
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import partial
from http import HTTPStatus
from importlib.resources import files
from socket import create_server
from time import monotonic

from aiohttp import web

from bot.model import Feed, Language
from cogs.console import pages, papers
from cogs.console.papers import Outlet, Piece

EDITION_TIME = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)
FOLDER = files(__package__).joinpath("edition")
HOST = "127.0.0.1"
TYPES = {
    "rss": "application/rss+xml",
    "rss-teaser": "application/rss+xml",
    "rss-latin1": "application/rss+xml",
    "atom": "application/atom+xml",
    "rdf": "application/rdf+xml",
    "json": "application/feed+json",
}
PAGE = "text/html; charset=utf-8"
ROBOTS = b"User-agent: *\nDisallow: /intern/\n"
BROKEN = ("", b"")  # what an outlet serves whose server fails


class EditionClock:
    """A clock that stood at the edition's evening when it was made, and ticks. Fulfils the port `Clock`."""

    def __init__(self) -> None:
        self._started = monotonic()

    def now(self) -> datetime:
        """The moment at which the edition plays."""
        return datetime.fromtimestamp(EDITION_TIME.timestamp() + monotonic() - self._started, UTC)


@dataclass(frozen=True, slots=True)
class Edition:
    """Where the edition can be read, and which private hosts that takes."""

    feeds: tuple[Feed, ...]
    hosts: frozenset[tuple[str, int]]


@asynccontextmanager
async def serve_edition() -> AsyncIterator[Edition]:
    """Serve the edition on free ports of this machine until the context ends."""
    pieces = read_pieces()
    async with AsyncExitStack() as stack:
        feeds = [await _serve(stack, outlet, pieces.get(outlet.name, ())) for outlet in read_outlets()]
        hosts = frozenset((HOST, int(feed.url.split(":")[2].split("/")[0])) for feed in feeds)
        yield Edition(tuple(feeds), hosts)


def read_outlets() -> tuple[Outlet, ...]:
    """The invented outlets."""
    rows = tomllib.loads(FOLDER.joinpath("outlets.toml").read_text("utf-8"))["outlet"]
    return tuple(Outlet(**row | {"topics": tuple(row["topics"])}) for row in rows)


def read_pieces() -> Mapping[str, Sequence[Piece]]:
    """The invented articles by outlet, newest first."""
    rows = [json.loads(line) for line in FOLDER.joinpath("articles.jsonl").read_text("utf-8").splitlines() if line]
    told = sorted((papers.piece(row) for row in rows), key=lambda piece: piece.published, reverse=True)
    return {outlet: [piece for piece in told if piece.outlet == outlet] for outlet in {p.outlet for p in told}}


async def _serve(stack: AsyncExitStack, outlet: Outlet, pieces: Sequence[Piece]) -> Feed:
    """Serve one outlet on a port of its own; its feed."""
    socket = create_server((HOST, 0))
    base = f"http://{HOST}:{socket.getsockname()[1]}"
    app = web.Application()
    app.router.add_get("/{path:.*}", partial(_answer, _served(outlet, pieces, base)))
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    stack.push_async_callback(runner.cleanup)
    await web.SockSite(runner, socket).start()
    return Feed(f"{base}/feed", outlet.name, Language(outlet.language), tuple(outlet.topics), outlet.weight)


def _served(outlet: Outlet, pieces: Sequence[Piece], base: str) -> Mapping[str, tuple[str, bytes]]:
    """Every path of an outlet, with its content type and body."""
    articles = {told.path: (PAGE, pages.page(outlet, told, pieces).encode()) for told in pieces}
    feed = (TYPES[outlet.format], papers.feed(outlet, pieces, base)) if outlet.format in TYPES else BROKEN
    return articles | {"/robots.txt": ("text/plain", ROBOTS), "/feed": feed}


async def _answer(served: Mapping[str, tuple[str, bytes]], request: web.Request) -> web.Response:
    """As a good server does: ETag and Last-Modified, 304, and gzip."""
    if request.path not in served:
        raise web.HTTPNotFound
    if served[request.path] is BROKEN:
        raise web.HTTPServiceUnavailable
    kind, body = served[request.path]
    etag = f'"{hashlib.blake2b(body, digest_size=8).hexdigest()}"'
    known = {"ETag": etag, "Last-Modified": format_datetime(EDITION_TIME, usegmt=True)}
    if request.headers.get("If-None-Match") == etag:
        return web.Response(status=HTTPStatus.NOT_MODIFIED, headers=known)
    response = web.Response(body=body, headers=known | {"Content-Type": kind})
    response.enable_compression(web.ContentCoding.gzip)
    return response
