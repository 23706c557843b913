"""The outbox -> the chats: what is due is posted at the pace that all processes keep together, and recorded.

Each delivery is claimed before it is posted, and posted under a name that the chat recognises; so a process may die
at any moment. One owner of retries: what did not work goes back to the outbox, with the time of its next try.
"""

import asyncio
import logging
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.deliveries.send import after, needs_look, too_late
from bot.errors import ChatBusy, ChatError, ChatForbidden, ChatGone, TokenRefused
from bot.model import Delivery, Platform, State
from bot.ports import Clock, Outcome, Store, Surface

LOG = logging.getLogger(__name__)
CLAIM = 50  # deliveries at once: about a second of work
LEASE = timedelta(seconds=45)  # longer than a second's work and the slowest answer; then another process may try
AHEAD = LEASE / 3  # a turn that is later than that is given back: its delivery would be handed to others meanwhile
EARLY = timedelta(milliseconds=500)  # before the last turn that is given out, the next deliveries are claimed
AT_ONCE = 150  # deliveries that are handed out; where one takes several requests, turns come faster than they end
RECORD = 25  # outcomes a transaction records at most
LONGEST = timedelta(minutes=15)  # silence of all processes; who is asked for more asks again after it
FORBIDDEN_DAYS = 3  # after so many digests in a row that were refused, the subscription is paused


@dataclass(frozen=True, slots=True)
class _Tried:
    delivery: Delivery
    outcome: Outcome
    error: ChatError | None


class Posting:
    """Posts what is due. `stop` ends it after what is in flight."""

    def __init__(self, store: Store, clock: Clock, surfaces: Mapping[Platform, Surface]) -> None:
        """Post to the channels of these surfaces."""
        self._store = store
        self._clock = clock
        self._surfaces = surfaces
        self._stopping = asyncio.Event()
        self._handing_out = False
        self._room = asyncio.Semaphore(AT_ONCE)
        self.refused: asyncio.Future[None] = (
            asyncio.get_running_loop().create_future()
        )  # raises when a token is refused

    def stop(self) -> None:
        """Begin nothing more."""
        self._stopping.set()

    async def post(self, _: str = "") -> None:
        """Post everything that is due now; returns when nothing is left that could be posted.

        Where this process hands out already, that goes on, and nothing is done here: one job is as fast as many, and
        the others are left for planning and collecting.
        """
        if self._handing_out:
            return
        tried: asyncio.Queue[_Tried | None] = asyncio.Queue()
        async with asyncio.TaskGroup() as group:
            recording = group.create_task(self._record_all(tried))
            async with asyncio.TaskGroup() as posts:
                await self._hand_out_all(posts, tried)
            await tried.put(None)
            await recording

    async def _hand_out_all(self, posts: asyncio.TaskGroup, tried: "asyncio.Queue[_Tried | None]") -> None:
        self._handing_out = True
        try:
            while not self._stopping.is_set():
                claimed = await self._store.outbox.claim(self._clock.now(), CLAIM, LEASE)
                if not claimed:
                    break
                await self._hand_out(claimed, posts, tried)
        finally:
            self._handing_out = False

    async def _hand_out(
        self, claimed: Sequence[Delivery], posts: asyncio.TaskGroup, tried: "asyncio.Queue[_Tried | None]"
    ) -> None:
        """Give each its turn; returns while the last of them still wait for theirs, so that the next ones join on."""
        for platform, surface in self._surfaces.items():
            mine = [one for one in claimed if one.channel.platform is platform]
            if not mine:
                continue
            now = self._clock.now()
            turn = await self._store.leases.reserve(platform.value, now, len(mine), surface.interval)
            if turn > now + AHEAD:  # all of them are to be silent until then
                await self._record([_later(one, now, turn) for one in mine])
                continue
            for one in mine:
                await self._room.acquire()
                posts.create_task(self._in_turn(one, surface, turn, tried)).add_done_callback(self._leave)
                turn += surface.interval
            await self._wait(turn - EARLY)

    def _leave(self, _: asyncio.Task[None]) -> None:
        self._room.release()

    async def _in_turn(
        self, delivery: Delivery, surface: Surface, turn: datetime, tried: "asyncio.Queue[_Tried | None]"
    ) -> None:
        await self._wait(turn)
        if self._stopping.is_set():
            now = self._clock.now()
            await tried.put(_later(delivery, now, now))
            return
        await tried.put(await self._try(delivery, surface))

    async def _try(self, delivery: Delivery, surface: Surface) -> _Tried:
        chance = random.random()  # noqa: S311 - spreads tries, keeps no secret
        try:
            result = await self._posted(delivery, surface, self._clock.now())
        except ChatError as error:
            return _Tried(delivery, after(delivery, error, self._clock.now(), delivery.until, chance), error)
        if isinstance(result, Outcome):
            return _Tried(delivery, result, None)
        return _Tried(delivery, after(delivery, result, self._clock.now(), delivery.until, chance), None)

    async def _posted(self, delivery: Delivery, surface: Surface, now: datetime) -> str | Outcome:
        """The id of the message, found or posted, or that it is too late for it. Raises `ChatError`.

        It is looked for where an earlier try may have got through and the chat no longer tells by itself.
        """
        found = await self._found(delivery, surface) if needs_look(delivery, now, delivery.until) else None
        return found or too_late(delivery, now, delivery.until) or await surface.send(delivery)

    async def _found(self, delivery: Delivery, surface: Surface) -> str | None:
        """The message, if it is there; to look for it takes a turn of its own, as posting does."""
        now, pace = self._clock.now(), delivery.channel.platform.value
        await self._wait(await self._store.leases.reserve(pace, now, 1, surface.interval))
        return await surface.find(delivery)

    async def _record_all(self, tried: "asyncio.Queue[_Tried | None]") -> None:
        """Record outcomes as they come, several at once where several wait."""
        ended = False
        while not ended:
            batch = [await tried.get()]
            while len(batch) < RECORD and not tried.empty():
                batch.append(tried.get_nowait())
            ended = None in batch
            await self._record([one for one in batch if one is not None])

    async def _record(self, tried: Sequence[_Tried]) -> None:
        if not tried:
            return
        await self._store.outbox.record([one.outcome for one in tried])
        for one in tried:
            if one.error is not None:
                LOG.warning("%s: %s", one.delivery.channel.place, one.error)
                await self._mind(one.delivery, one.error)

    async def _mind(self, delivery: Delivery, error: ChatError) -> None:
        """What a refusal means beyond this delivery."""
        match error:
            case ChatBusy(retry_after=float(seconds), everyone=True):
                pause = self._clock.now() + min(timedelta(seconds=seconds), LONGEST)
                await self._store.leases.reserve(delivery.channel.platform.value, pause, 0, timedelta())
            case ChatGone():
                await self._store.subscriptions.close(delivery.channel)
            case ChatForbidden():
                await self._pause(delivery, str(error))
            case TokenRefused():
                self.stop()
                if not self.refused.done():
                    self.refused.set_exception(error)

    async def _pause(self, delivery: Delivery, reason: str) -> None:
        """Pause what was refused for days, or at once where a person closed their direct messages."""
        latest = await self._store.outbox.recent(delivery.subscription, FORBIDDEN_DAYS)
        refused = sum(one.state is State.FORBIDDEN for one in latest)
        if refused < FORBIDDEN_DAYS and not delivery.channel.direct:
            return
        await self._store.subscriptions.pause([delivery.subscription], reason)

    async def _wait(self, moment: datetime) -> None:
        """Sleep until then, or until everything stops."""
        seconds = (moment - self._clock.now()).total_seconds()
        if seconds > 0:
            with_timeout = asyncio.wait_for(self._stopping.wait(), seconds)
            try:
                await with_timeout
            except TimeoutError:
                return


def _later(delivery: Delivery, now: datetime, due: datetime) -> _Tried:
    """Given back untried."""
    return _Tried(delivery, Outcome(delivery.id, State.PENDING, now, reason=delivery.reason, due=due), None)
