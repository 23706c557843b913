"""One guarded, bounded GET; the only importer of the HTTP clients.

httpx's types over aiohttp's connections, without httpx's client: its pool walks all connections on each request, and
its client costs 0.3 ms more than the transport alone, for redirects and cookies that we treat otherwise.
"""

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from http import HTTPStatus
from time import thread_time
from typing import Any
from urllib.parse import urljoin

import aiohttp
import httpx
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.client_proto import ResponseHandler
from aiohttp.http import HttpProcessingError, RawResponseMessage
from httpx_aiohttp import AiohttpTransport

from bot.errors import BadAnswer, Refused, SourceError, Unreachable
from bot.feeds.body import Body, too_large
from bot.feeds.guard import Guard, Target
from bot.feeds.hosts import Hosts
from bot.feeds.robots import Robots
from bot.feeds.status import AGAIN, bad_answer
from bot.ports import Answer, Request, Workers

REDIRECTS = 5
MOVED = frozenset((301, 302, 303, 307, 308))
FOR_GOOD = frozenset((301, 308))
LONGEST_VALIDATOR = 1_024  # characters; an ETag is a hash, 8 KB of it would be sent back with each request
LARGE = 262_144  # bytes; of the bodies beyond only `LARGE_AT_ONCE` are read at a time, so that memory stays bounded
LARGE_AT_ONCE = 8
SLICE = 16_384  # bytes taken apart between two looks at the clock
MOST_HEADS = 20  # answers to one request: informational ones and the last; honest servers send two
GRACE_SECONDS = 0.005  # of CPU for an answer, and
BYTE_SECONDS = 100e-9  # for each byte: honest answers need 1 to 40 (in chunks of 80 bytes), one-byte chunks 500
DEAREST_SECONDS = 0.0025  # what a slice counts at most: a pause of the garbage collector is nobody's fault
DNS_THREADS = 16  # a dead name blocks its thread for some ten seconds
ACCEPT = "application/atom+xml, application/rss+xml, application/feed+json, text/xml;q=0.9, text/html;q=0.9, */*;q=0.8"

FOREIGN = (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, aiohttp.ClientError, HttpProcessingError, OSError)
Lookup = Callable[..., list[tuple[Any, ...]]]


def foreign(error: BaseException) -> SourceError:
    """The one place where errors of httpx, aiohttp, ssl and sockets become ours, with a German reason."""
    cause = error.__cause__ if isinstance(error, httpx.HTTPError) and error.__cause__ else error
    for kinds, reason in REASONS:
        if isinstance(cause, kinds):
            return (Refused if reason is UNREADABLE else Unreachable)(reason)
    return Unreachable(f"Die Verbindung ist gescheitert. {AGAIN}")


UNREADABLE = "Das ist keine gültige Adresse. Bitte prüfen."
UNUSUAL = (httpx.DecodingError, httpx.TooManyRedirects)
# In this order: the special before the general.
REASONS: tuple[tuple[tuple[type[BaseException], ...], str], ...] = (
    ((httpx.InvalidURL, httpx.UnsupportedProtocol, aiohttp.InvalidURL, aiohttp.NonHttpUrlClientError), UNREADABLE),
    ((aiohttp.ClientConnectorDNSError,), f"Den Namen des Servers gibt es nicht, oder er ist gerade unbekannt. {AGAIN}"),
    (
        (aiohttp.ClientConnectorCertificateError, aiohttp.ServerFingerprintMismatch, ssl.SSLCertVerificationError),
        "Das Zertifikat des Servers ist ungültig oder abgelaufen. Der Betreiber muss es erneuern.",
    ),
    ((aiohttp.ClientSSLError, ssl.SSLError), f"Mit dem Server kommt keine sichere Verbindung zustande. {AGAIN}"),
    ((TimeoutError, httpx.TimeoutException), f"Der Server hat nicht rechtzeitig geantwortet. {AGAIN}"),
    ((aiohttp.ClientConnectorError, httpx.ConnectError), f"Der Server ist nicht erreichbar. {AGAIN}"),
    (
        (aiohttp.ClientPayloadError, ConnectionResetError, httpx.ReadError),
        f"Die Antwort bricht mittendrin ab. {AGAIN}",
    ),
    (
        (aiohttp.ServerDisconnectedError, aiohttp.ClientOSError, ConnectionError),
        f"Der Server hat die Verbindung ohne Antwort beendet. {AGAIN}",
    ),
    (
        (aiohttp.ClientResponseError, HttpProcessingError, httpx.ProtocolError, *UNUSUAL),
        f"Der Server antwortet nicht in gültigem HTTP. {AGAIN}",
    ),
)


class GuardedResolver(AbstractResolver):
    """Resolves names through `lookup` (as `socket.getaddrinfo`) and hands on only what the guard admits.

    aiohttp connects to the very addresses it is given here, so a name cannot change its mind in between.
    """

    def __init__(self, guard: Guard, lookup: Lookup) -> None:
        self._guard = guard
        self._lookup = lookup
        self._threads = ThreadPoolExecutor(DNS_THREADS, thread_name_prefix="dns")

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """The addresses of a name. Raises `Refused` if one of them is private, `OSError` if there are none."""
        ask = partial(self._lookup, host, port, type=socket.SOCK_STREAM, family=family, flags=socket.AI_ADDRCONFIG)
        found = await asyncio.get_running_loop().run_in_executor(self._threads, ask)
        self._guard.admit(host, port, (address[0] for *_, address in found))
        return [
            ResolveResult(hostname=host, host=address[0], port=port, family=kind, proto=proto, flags=NUMERIC)
            for kind, _, proto, _, address in found
        ]

    async def close(self) -> None:
        """Let go of the threads; a lookup that still hangs ends by itself."""
        self._threads.shutdown(wait=False, cancel_futures=True)


class ThriftyProtocol(ResponseHandler):
    """aiohttp's reader of answers, which gives up on those that are dear to take apart.

    100,000 informational answers or a body in chunks of one byte would stall the event loop for seconds.
    """

    def set_response_params(self, **options: Any) -> None:  # noqa: ANN401 - those of aiohttp
        """The next answer, with new credit."""
        self._seconds, self._heads = GRACE_SECONDS, 0
        super().set_response_params(**options)

    def feed_data(self, data: tuple[RawResponseMessage, aiohttp.StreamReader], size: int = 0) -> None:
        """Take the head of an answer: informational ones until the last."""
        super().feed_data(data, size)
        self._heads += 1
        if self._heads > MOST_HEADS and self.transport:
            self.transport.abort()

    def data_received(self, data: bytes) -> None:
        """Take what came off the wire in slices, as long as its bytes pay for the time they need."""
        for start in range(0, len(data) or 1, SLICE):  # without data, aiohttp goes on with what it kept back
            began = thread_time()
            super().data_received(data[start : start + SLICE])
            self._seconds += min(len(data), SLICE) * BYTE_SECONDS - min(thread_time() - began, DEAREST_SECONDS)
            if self._seconds < 0 and self.transport:
                self.transport.abort()
            if not self.transport or self.transport.is_closing():
                return


def _protocol(loop: asyncio.AbstractEventLoop) -> ResponseHandler:
    return ThriftyProtocol(loop)


class ThriftyConnector(aiohttp.TCPConnector):
    """Connections of that kind."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - those of aiohttp
        super().__init__(**options)
        self._factory = partial[ResponseHandler](_protocol, self._loop)


NUMERIC = socket.AI_NUMERICHOST | socket.AI_NUMERICSERV


@dataclass(frozen=True, slots=True)
class Redirect:
    """Where a server sends us, as written there."""

    location: str
    status: int


class HttpWeb:
    """Fulfils the port `Web`. Stores nothing but robots.txt; when to ask is for `due` to say."""

    def __init__(
        self,
        agent: str,
        workers: Workers,
        *,
        private_hosts: frozenset[tuple[str, int]] = frozenset(),
        host_spacing: float = 1.0,
        tls: ssl.SSLContext | None = None,
        lookup: Lookup = socket.getaddrinfo,
    ) -> None:
        """`agent` is the User-Agent, `host_spacing` in seconds; `tls` and `lookup` replace the system's."""
        self._guard = Guard(private_hosts)
        self._hosts = Hosts(host_spacing)
        self._robots = Robots(self.get, workers, agent)
        self._large = asyncio.Semaphore(LARGE_AT_ONCE)
        self._tls = tls or httpx.create_ssl_context()
        self._resolver = GuardedResolver(self._guard, lookup)
        self._transport = AiohttpTransport(client=self._session, verify=self._tls)
        self._headers = {"User-Agent": agent, "Accept": ACCEPT, "Accept-Encoding": "gzip"}

    async def get(self, request: Request) -> Answer:
        """Ask once, following up to five redirects. Raises `SourceError`, with a German reason, for all that fails."""
        target = self._guard.target(request.url)
        permanent, for_good = None, True
        left = request.patience
        for _ in range(REDIRECTS + 1):
            answer, spent = await self._ask(target, request, left)
            if isinstance(answer, Answer):
                return replace(answer, permanent=permanent)
            left -= spent
            target = self._follow(target, answer)
            for_good = for_good and answer.status in FOR_GOOD
            permanent = target.url if for_good else permanent
        raise BadAnswer("Die Adresse leitet immer weiter um. Bitte die Adresse prüfen.", HTTPStatus.FOUND)

    def address(self, url: str) -> str:
        """The address in its one form. Raises `Refused`."""
        return self._guard.target(url).url

    async def allowed(self, url: str) -> bool:
        """Whether robots.txt lets us read this page. Raises `SourceError` where the site may not or cannot be asked."""
        return await self._robots.allowed(self._guard.target(url))

    async def close(self) -> None:
        """Close all connections."""
        await self._transport.aclose()
        await self._resolver.close()

    def _session(self) -> aiohttp.ClientSession:
        connector = ThriftyConnector(limit=0, ssl=self._tls, resolver=self._resolver)
        return aiohttp.ClientSession(
            connector=connector, cookie_jar=aiohttp.DummyCookieJar(), trust_env=False, auto_decompress=False
        )

    async def _ask(self, target: Target, request: Request, patience: float) -> tuple[Answer | Redirect, float]:
        try:
            async with self._hosts.turn(target, patience) as turn:
                answer = await self._exchange(target, request, turn.last)
        except FOREIGN as error:
            raise foreign(error) from error
        return answer, turn.spent

    async def _exchange(self, target: Target, request: Request, last: bool) -> Answer | Redirect:
        question = httpx.Request("GET", target.url, headers=self._headers | _conditions(request, last))
        response = await self._transport.handle_async_request(question)
        try:
            headers = _headers(response)
            if response.status_code in MOVED:
                return _redirect(response.status_code, headers)
            if response.status_code == HTTPStatus.NOT_MODIFIED and (request.etag or request.last_modified):
                return Answer(target.url, 304, b"", headers)
            if response.status_code != HTTPStatus.OK:
                raise bad_answer(response.status_code, headers)
            return Answer(target.url, 200, await self._body(response, headers, request.limit), headers)
        finally:
            await response.aclose()

    async def _body(self, response: httpx.Response, headers: Mapping[str, str], limit: int) -> bytes:
        length = headers.get("content-length", "")
        if length and "transfer-encoding" in headers:
            raise BadAnswer(f"Der Server antwortet nicht in gültigem HTTP. {AGAIN}", 200)
        if length.isdecimal() and int(length) > limit:
            raise too_large(limit)
        body = Body(headers.get("content-encoding", ""), limit)
        chunks = response.aiter_raw()
        await _take(chunks, body, LARGE)
        if body.size > LARGE:
            async with self._large:
                await _take(chunks, body, limit)
        return body.whole()

    def _follow(self, target: Target, redirect: Redirect) -> Target:
        try:
            url = urljoin(target.url, redirect.location)
        except ValueError as error:
            raise Refused("Die Adresse leitet zu einer ungültigen Adresse um.") from error
        followed = self._guard.target(url)
        if target.scheme == "https" and followed.scheme == "http":
            raise Refused("Die Adresse leitet von einer sicheren zu einer unsicheren Verbindung um.")
        return followed


async def _take(chunks: AsyncIterator[bytes], body: Body, enough: int) -> None:
    """Read into the body until it holds more than `enough` bytes or ends."""
    async for chunk in chunks:
        body.add(chunk)
        if body.size > enough:
            return


def _conditions(request: Request, last: bool) -> dict[str, str]:
    """The headers that differ from request to request."""
    headers = {"Connection": "close"} if last else {}
    if request.etag:
        headers["If-None-Match"] = request.etag
    if request.last_modified:
        headers["If-Modified-Since"] = request.last_modified
    return headers


def _headers(response: httpx.Response) -> dict[str, str]:
    """By name in lower case, repeated ones joined by commas; validators only if they can be sent back."""
    headers: dict[str, str] = {}
    for raw_name, raw_value in response.headers.raw:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    for name in ("etag", "last-modified"):
        value = headers.get(name, "")
        if len(value) > LONGEST_VALIDATOR or not value.isascii():
            del headers[name]
    return headers


def _redirect(status: int, headers: Mapping[str, str]) -> Redirect:
    location = headers.get("location", "")
    if not location:
        raise BadAnswer(f"Der Server leitet um, sagt aber nicht, wohin ({status}). {AGAIN}", status)
    with suppress(UnicodeDecodeError):  # an address in Latin-1 stays what it is
        location = location.encode("latin-1").decode("utf-8")
    return Redirect(location, status)
