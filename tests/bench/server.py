"""A stand-in for the web: generated feeds on many ports of 127.0.0.1, each port an origin of its own.

`python -m tests.bench.server FEEDS ORIGINS` prints its ports as JSON and serves until its standard input is closed.
It knows ETag, Last-Modified, 304 and gzip, and counts. `/set?…` on any port changes what it does:

    latency=0.1    seconds before each answer
    validators=0   gives no ETag or Last-Modified, so that all bodies come again
    hostile=1      of 100 feeds, 2 hang, 1 never ends and 1 is a gzip bomb

`/counters` tells what was asked since the last `/set`.
"""

import asyncio
import gzip
import json
import re
import resource
import sys
from dataclasses import asdict, dataclass
from functools import cache
from http import HTTPStatus
from typing import cast

import uvloop

from tests.bench.feeds import generate
from tests.bench.measure import say

ENTRIES = 30
DIFFERENT = 1_000  # bodies that are generated; feeds beyond are the same under other addresses
BOMB = 400_000_000  # bytes that a gzip bomb grows to
MODIFIED = "Mon, 23 Nov 2026 06:00:00 GMT"
HANGS, ENDLESS, EXPLODES = {11, 61}, {31}, {81}  # by number modulo 100
PATH = re.compile(rb"^GET /(\w+)(?:\.xml)?(?:\?(\S*))? HTTP/1\.1\r\n")


@dataclass(slots=True)
class Behaviour:
    """What `/set` can change."""

    latency: float = 0.0
    validators: bool = True
    hostile: bool = False


@dataclass(slots=True)
class Counters:
    """What the server saw."""

    asked: int = 0
    unchanged: int = 0
    at_once: int = 0
    most_at_once: int = 0


class World:
    """All that the ports have in common."""

    def __init__(self) -> None:
        self.behaviour = Behaviour()
        self.counters = Counters()

    def set(self, query: str) -> None:
        told = dict(pair.split("=") for pair in query.split("&"))
        self.behaviour = Behaviour(
            latency=float(told.get("latency", 0)),
            validators=told.get("validators", "1") == "1",
            hostile=told.get("hostile", "0") == "1",
        )
        self.counters = Counters()


class Origin(asyncio.Protocol):
    """One connection."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.head = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        self.head += data
        while (end := self.head.find(b"\r\n\r\n")) >= 0:
            request, self.head = self.head[: end + 4], self.head[end + 4 :]
            self.answer(request)

    def answer(self, request: bytes) -> None:
        found = PATH.match(request)
        name, query = (found[1].decode(), (found[2] or b"").decode()) if found else ("", "")
        if name == "set":
            self.world.set(query)
            self.transport.write(plain(b"{}"))
        elif name == "counters":
            self.transport.write(plain(json.dumps(asdict(self.world.counters)).encode()))
        elif name.isdigit():
            self.feed(int(name), request)
        else:
            self.transport.write(status(HTTPStatus.NOT_FOUND))

    def feed(self, number: int, request: bytes) -> None:
        counters = self.world.counters
        counters.asked += 1
        counters.at_once += 1
        counters.most_at_once = max(counters.most_at_once, counters.at_once)
        asyncio.get_running_loop().call_later(self.world.behaviour.latency, self.deliver, number, request)

    def deliver(self, number: int, request: bytes) -> None:
        self.world.counters.at_once -= 1
        behaviour = self.world.behaviour
        if behaviour.hostile and number % 100 in HANGS:
            return
        if behaviour.hostile and number % 100 in ENDLESS:
            self.transport.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n\r\n<rss>")
            self.go_on()
        elif behaviour.hostile and number % 100 in EXPLODES:
            self.transport.write(gzipped(bomb(), ""))
        elif behaviour.validators and etag(number).encode() in request:
            self.world.counters.unchanged += 1
            self.transport.write(status(HTTPStatus.NOT_MODIFIED))
        else:
            headers = f"ETag: {etag(number)}\r\nLast-Modified: {MODIFIED}\r\n" if behaviour.validators else ""
            self.transport.write(gzipped(body(number), headers))

    def go_on(self) -> None:
        if not self.transport.is_closing():
            self.transport.write(b"<item><title>Und noch eine Nachricht</title></item>" * 1_000)
            asyncio.get_running_loop().call_later(0.01, self.go_on)


def etag(number: int) -> str:
    return f'"v1-{number}"'


@cache
def original(model: int) -> bytes:
    kind, language = "rss" if model % 5 else "atom", "de" if model % 5 < 3 else "en"
    return generate(ENTRIES, kind, language, seed=model)  # type: ignore[arg-type]


@cache
def body(number: int) -> bytes:
    """A feed, compressed: 80 % RSS, 20 % Atom, 60 % German, 3 % in Latin-1."""
    model = number % DIFFERENT
    text = original(model)
    if number != model:
        text = text.replace(b"https://feed-%d.example" % model, b"https://feed-%d.example" % number)
    if model % 33 == 1:
        latin = text.decode().replace('encoding="UTF-8"', 'encoding="ISO-8859-1"', 1)
        text = latin.encode("iso-8859-1", "xmlcharrefreplace")
    return gzip.compress(text, 5, mtime=0)


@cache
def bomb() -> bytes:
    packer = gzip.compress(b" " * (BOMB // 100), 9, mtime=0)
    return packer * 100


def gzipped(packed: bytes, headers: str) -> bytes:
    head = f"HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\nContent-Encoding: gzip\r\n{headers}"
    return f"{head}Content-Length: {len(packed)}\r\n\r\n".encode() + packed


def plain(text: bytes) -> bytes:
    return b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b" % (len(text), text)


def status(code: HTTPStatus) -> bytes:
    return f"HTTP/1.1 {code.value} {code.phrase}\r\nContent-Length: 0\r\n\r\n".encode()


async def serve(feeds: int, origins: int) -> None:
    """Serve until standard input ends."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    loop, world = asyncio.get_running_loop(), World()
    servers = [await loop.create_server(lambda: Origin(world), "127.0.0.1", 0) for _ in range(origins)]
    for number in range(feeds):  # now, so that no round has to share its processors with the packing of bodies
        body(number)
    original.cache_clear()
    say(json.dumps([server.sockets[0].getsockname()[1] for server in servers]))
    await loop.run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    uvloop.run(serve(int(sys.argv[1]), int(sys.argv[2])))
