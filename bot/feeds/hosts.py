"""Whose turn it is: one request at a time to each scheme, host and port, with a pause after each.

Servers that hang must not hold up the others. A request keeps one of the slots for its first second only, and the
requests waiting at one host share one host's patience instead of waiting a full time-out each.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from bot.errors import SourceError, Unreachable
from bot.feeds.guard import Target

SLOTS = 50  # in flight; more gained nothing in wall time with 1,000 feeds at 100 ms
OPEN = 500  # connections at once, hanging ones included; half of the usual limit of 1,024 open files
SLOT_SECONDS = 1.0  # an answer that takes longer is waited for without a slot
BURST_SECONDS = 15.0  # what one host may cost a collection in silence
LEAST_SECONDS = 3.0  # a handshake and an answer of a slow server


def share(left: float, waiting: int) -> float:
    """Seconds this request may take: an equal part of what is left of its host's patience, three at least.

    `waiting` counts the requests at this host that have no answer yet, this one included; whoever joins them shortens
    the time of the one that is being answered.
    """
    return max(LEAST_SECONDS, left / waiting)


@dataclass(slots=True)
class Host:
    """One server, as long as somebody waits for it or it rests."""

    spacing: float
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    waiting: int = 0
    turn: "Turn | None" = None  # of the request it is answering
    left: float = BURST_SECONDS
    answered: bool = False  # since the first of those who wait came
    rested: float = 0.0  # the loop's time at which it may be asked again


@dataclass(slots=True)
class Turn:
    """The right to ask a host now. `last`: nobody waits behind, so that the connection need not stay open."""

    last: bool
    patience: float
    started: float
    timeout: asyncio.Timeout
    spent: float = 0.0  # seconds, known once the turn is over

    def share(self, host: "Host") -> None:
        """Wait until the host's patience, as it is divided now, is used up."""
        if not self.timeout.expired():
            self.timeout.reschedule(self.started + min(self.patience, share(host.left, host.waiting)))


class Hosts:
    """Hands out turns; what is asked in them, and how it is answered, is the caller's business."""

    def __init__(self, spacing: float) -> None:
        self._spacing = spacing
        self._hosts: dict[tuple[str, str, int], Host] = {}
        self._slots = asyncio.Semaphore(SLOTS)
        self._open = asyncio.Semaphore(OPEN)

    @asynccontextmanager
    async def turn(self, target: Target, patience: float) -> AsyncIterator[Turn]:
        """Wait for the host, then run the body within `patience` seconds, or the host's share if that is less.

        Raises `TimeoutError` in the body when they are over, and `Unreachable` without asking a host that let all
        requests of this burst hang. Waiting for the turn takes no patience.
        """
        host = self._enter(target)
        try:
            async with host.lock:
                await _rest(host)
                async with Slot(self._slots, self._open), _within(host, patience) as turn:
                    yield turn
        finally:
            self._leave(target, host)

    def _enter(self, target: Target) -> Host:
        host = self._hosts.get(target.origin)
        if host is None:
            host = self._hosts[target.origin] = Host(0.0 if target.loopback else self._spacing)
        if not host.waiting:
            host.left, host.answered = BURST_SECONDS, False
        host.waiting += 1
        if host.turn:
            host.turn.share(host)
        return host

    def _leave(self, target: Target, host: Host) -> None:
        host.waiting -= 1
        if not host.waiting:
            self._forget(target.origin)

    def _forget(self, origin: tuple[str, str, int]) -> None:
        """Let go of a host for which nobody waits, as soon as it has rested."""
        host, loop = self._hosts.get(origin), asyncio.get_running_loop()
        if not host or host.waiting:
            return
        if host.rested <= loop.time():
            del self._hosts[origin]
        else:
            loop.call_at(host.rested, self._forget, origin)


class Slot:
    """One of the slots in flight, held for a second at most, and one of the open connections, held to the end.

    A class, as the rest here is generators: it is entered with every request, and costs half as much.
    """

    def __init__(self, slots: asyncio.Semaphore, connections: asyncio.Semaphore) -> None:
        self._slots = slots
        self._connections = connections
        self._held = False

    async def __aenter__(self) -> None:
        """Wait for a connection, then for a slot."""
        await self._connections.acquire()
        try:
            await self._slots.acquire()
        except BaseException:
            self._connections.release()
            raise
        self._held = True
        self._timer = asyncio.get_running_loop().call_later(SLOT_SECONDS, self._give_back)

    async def __aexit__(self, *_: object) -> None:
        """Give back what is still held."""
        self._timer.cancel()
        self._give_back()
        self._connections.release()

    def _give_back(self) -> None:
        if self._held:
            self._held = False
            self._slots.release()


async def _rest(host: Host) -> None:
    if host.left <= 0 and not host.answered:
        raise Unreachable("Der Server lässt alle Anfragen unbeantwortet. Der nächste Versuch folgt von selbst.")
    await asyncio.sleep(max(host.rested - asyncio.get_running_loop().time(), 0))  # 0: those who came along queue up


@asynccontextmanager
async def _within(host: Host, patience: float) -> AsyncIterator[Turn]:
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(None) as timeout:
            host.turn = turn = Turn(host.waiting == 1, patience, loop.time(), timeout)
            turn.share(host)
            yield turn
    except TimeoutError:
        host.left -= loop.time() - turn.started
        raise
    except SourceError:
        host.answered = True
        raise
    else:
        host.answered = True
    finally:
        host.turn = None
        host.rested = loop.time() + host.spacing
        turn.spent = loop.time() - turn.started
