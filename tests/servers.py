"""Small servers on loopback that answer exactly what a test wants, byte by byte, and remember what they were asked."""

import asyncio
import gzip
import socket
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import httpx

from bot.feeds.fetch import HttpWeb
from bot.workers import ProcessWorkers

CERTIFICATES = Path(__file__).parent / "certificates"  # self-signed for localhost, with their key: worthless elsewhere
AGENT = "Depesche/0.1 (+https://depesche.example)"


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as it arrived; header names in lower case, `at` in the loop's time."""

    path: str
    headers: Mapping[str, str]
    at: float


Script = Callable[[Asked, asyncio.StreamWriter], Awaitable[None]]


@dataclass
class Origin:
    """A running server: where it is and what it saw."""

    port: int
    scheme: str = "http"
    name: str = "127.0.0.1"
    asked: list[Asked] = field(default_factory=list)
    connections: int = 0
    at_once: int = 0
    most_at_once: int = 0

    def url(self, path: str = "/") -> str:
        return f"{self.scheme}://{self.name}:{self.port}{path}"

    @property
    def place(self) -> tuple[str, int]:
        return self.name, self.port

    @property
    def paths(self) -> list[str]:
        return [asked.path for asked in self.asked]


def reply(status: int = 200, body: bytes = b"", *, packed: bool = False, **headers: str) -> bytes:
    """A whole HTTP answer; `content_type="…"` becomes Content-Type. `packed` says and does gzip."""
    if packed:
        body, headers = gzip.compress(body), {"content_encoding": "gzip", **headers}
    if status != 304:
        headers.setdefault("content_length", str(len(body)))
    lines = [f"HTTP/1.1 {status} Status", *(f"{name.replace('_', '-')}: {value}" for name, value in headers.items())]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


def always(answer: bytes) -> Script:
    """A script that answers everything alike."""

    async def script(_: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(answer)

    return script


def by_path(answers: Mapping[str, bytes]) -> Script:
    """A script with an answer for each path, 404 for the others."""

    async def script(asked: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(answers.get(asked.path, reply(404)))

    return script


async def hang(_: Asked, __: asyncio.StreamWriter) -> None:
    """A script that never answers."""
    await asyncio.Event().wait()


@asynccontextmanager
async def serving(script: Script, *, name: str = "127.0.0.1", certificate: str | None = None) -> AsyncIterator[Origin]:
    """Run a server with this script; `certificate` names a file for TLS."""
    origin = Origin(0, "https" if certificate else "http", name)
    tasks: set[asyncio.Task[None]] = set()

    async def converse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
                await _converse(origin, script, reader, writer)
            writer.close()
        except asyncio.CancelledError:
            writer.transport.abort()
            raise

    def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        origin.connections += 1
        tasks.add(asyncio.create_task(converse(reader, writer)))

    server = await asyncio.start_server(connected, "127.0.0.1", 0, ssl=_tls(certificate), limit=1 << 20)
    origin.port = server.sockets[0].getsockname()[1]
    try:
        yield origin
    finally:
        server.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _converse(origin: Origin, script: Script, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while True:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        first, *lines = head.strip().split("\r\n")
        headers = {key.lower(): value for key, value in (line.split(": ", 1) for line in lines)}
        asked = Asked(first.split(" ")[1], headers, asyncio.get_running_loop().time())
        origin.asked.append(asked)
        origin.at_once += 1
        origin.most_at_once = max(origin.most_at_once, origin.at_once)
        try:
            await script(asked, writer)
            await writer.drain()
        finally:
            origin.at_once -= 1
        if headers.get("connection") == "close":
            return


def _tls(certificate: str | None) -> ssl.SSLContext | None:
    if not certificate:
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATES / certificate)
    return context


def trusting(certificate: str) -> ssl.SSLContext:
    """A client's TLS that trusts this certificate, and checks names and dates as ever."""
    return ssl.create_default_context(cafile=CERTIFICATES / certificate)


@cache
def usual_tls() -> ssl.SSLContext:
    """What the bot trusts; read once, as it takes 45 ms."""
    return httpx.create_ssl_context()


@asynccontextmanager
async def asking(*origins: Origin, spacing: float = 0.0, **options: Any) -> AsyncIterator[HttpWeb]:
    """The real thing, with leave to reach these servers though they are private."""
    options["tls"] = options.get("tls") or usual_tls()
    places = frozenset(origin.place for origin in origins)
    web = HttpWeb(AGENT, ProcessWorkers(1), private_hosts=places, host_spacing=spacing, **options)
    try:
        yield web
    finally:
        await web.close()


def names(table: Mapping[str, tuple[str, ...]]) -> Callable[..., list[tuple[Any, ...]]]:
    """A stand-in for `socket.getaddrinfo` that knows these names only, so that no test asks a real name server."""

    def lookup(host: str, port: int, **_: Any) -> list[tuple[Any, ...]]:
        if host not in table:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return [
            (socket.AF_INET6, socket.SOCK_STREAM, 6, "", (address, port, 0, 0))
            if ":" in address
            else (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))
            for address in table[host]
        ]

    return lookup
