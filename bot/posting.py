"""The outbox -> the chats: what is due is posted at the pace that all processes keep together, and recorded.

Each delivery is claimed before it is posted, and posted under a name that the chat recognises; so a process may die
at any moment. One owner of retries: what did not work goes back to the outbox, with the time of its next try.
"""

import asyncio
import logging
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import islice

from bot.deliveries.send import after, is_untried, needs_look, too_late
from bot.errors import ChatBusy, ChatError, ChatForbidden, ChatGone, ChatUnsure, TokenRefused
from bot.german import phrases
from bot.model import Delivery, Platform, State
from bot.ports import Clock, Outcome, Store, Surface

LOG = logging.getLogger(__name__)
CLAIM = 50  # deliveries at once: about a second of work
LEASE = timedelta(seconds=45)  # how long a claimed delivery is this process's: until its turn, and for one try
AHEAD = LEASE / 3  # nothing is claimed while the next turn is later than that
LONGEST_TRY = LEASE / 2  # of one delivery, all its requests together
EARLY = timedelta(milliseconds=500)  # before the last turn that is given out, the next deliveries are claimed
AT_ONCE = 150  # deliveries that are handed out; where one takes several requests, turns come faster than they end
RECORD = 25  # outcomes a transaction records at most
LONGEST = timedelta(minutes=15)  # silence of all processes; who is asked for more asks again after it
MOST_A_DAY = 12  # messages of an alert with those that news follow; a digest has one
FORBIDDEN_DAYS = 3  # after so many digests in a row that were refused, the subscription is paused


@dataclass(frozen=True, slots=True)
class _Tried:
    delivery: Delivery
    outcome: Outcome
    error: ChatError | None
    untried: bool = False  # nothing went out: it is given back as it was


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

    @property
    def platforms(self) -> tuple[Platform, ...]:
        """The chats that this process posts to."""
        return tuple(self._surfaces)

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
            more = True
            while more and not self._stopping.is_set():
                more = any([await self._hand_out(surface, posts, tried) for surface in self._surfaces.values()])
        finally:
            self._handing_out = False

    async def _hand_out(
        self, surface: Surface, posts: asyncio.TaskGroup, tried: "asyncio.Queue[_Tried | None]"
    ) -> bool:
        """Give each of the next deliveries its turn; whether there were any.

        Returns while the last of them still wait for their turns, so that the next ones join on. While all are to be
        silent, nothing is claimed: what was would only go back to the end of the line.
        """
        now, pace = self._clock.now(), surface.platform.value
        if await self._store.leases.reserve(pace, now, 0, surface.interval) > now + AHEAD:
            return False
        claimed = await self._store.outbox.claim(now, CLAIM, LEASE, [surface.platform], now - surface.ahead)
        if not claimed:
            return False
        turn = await self._store.leases.reserve(pace, self._clock.now(), len(claimed), surface.interval)
        for one in claimed:
            await self._room.acquire()
            posts.create_task(self._in_turn(one, surface, turn, tried)).add_done_callback(self._leave)
            turn += surface.interval
        await self._wait(turn - EARLY)
        return True

    def _leave(self, _: asyncio.Task[None]) -> None:
        self._room.release()

    async def _in_turn(
        self, delivery: Delivery, surface: Surface, turn: datetime, tried: "asyncio.Queue[_Tried | None]"
    ) -> None:
        await self._wait(turn)
        if self._stopping.is_set():
            await tried.put(_untried(delivery, self._clock.now()))
            return
        await tried.put(await self._try(delivery, surface))

    async def _try(self, delivery: Delivery, surface: Surface) -> _Tried:
        chance = random.random()  # noqa: S311 - spreads tries, keeps no secret
        result: str | Outcome | ChatError
        try:
            async with asyncio.timeout(LONGEST_TRY.total_seconds()):
                result = await self._posted(delivery, surface, self._clock.now())
        except ChatError as error:
            result = error
        except TimeoutError:
            result = ChatUnsure("Es kam nicht rechtzeitig eine Antwort.")
        except Exception:
            LOG.exception("%s: posting failed", delivery.channel.place)  # one delivery must not take others along
            result = ChatUnsure("Beim Verschicken ist ein Fehler aufgetreten; Näheres steht im Log.")
        if isinstance(result, Outcome):
            return _Tried(delivery, result, None)
        outcome = after(delivery, result, self._clock.now(), delivery.until, chance)
        why = result if isinstance(result, ChatError) else None
        return _Tried(delivery, outcome, why, untried=is_untried(why) and outcome.state is State.PENDING)

    async def _posted(self, delivery: Delivery, surface: Surface, now: datetime) -> str | Outcome:
        """The id of the message, found or posted, or that it is too late for it. Raises `ChatError`.

        It is looked for where an earlier try may have got through and the chat no longer tells by itself. When that
        was counts on the chat's clock: those of several processes differ.
        """
        look = needs_look(delivery, now - surface.ahead, delivery.until - surface.ahead, surface.memory)
        found = await self._found(delivery, surface) if look else None
        done = found or too_late(delivery, now, delivery.until) or await self._dropped(delivery, now)
        return done or await surface.send(delivery)

    async def _dropped(self, delivery: Delivery, now: datetime) -> Outcome | None:
        """A person's digest that was deleted or paused since it was claimed is not sent: they may have said so."""
        if not delivery.channel.direct or await self._store.outbox.stands(delivery.id):
            return None
        return Outcome(delivery.id, State.SKIPPED, now, reason=phrases.PAUSED)

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
        await self._store.outbox.record([one.outcome for one in tried if not one.untried])
        await self._store.outbox.give_back([_as_it_was(one) for one in tried if one.untried])
        posted = sum(one.outcome.state is State.SENT for one in tried)
        if posted:
            LOG.info("Posted: %d", posted)
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
            case ChatGone() if await self._store.outbox.last([delivery.subscription], sent=True):
                LOG.warning("%s: its digests are removed", delivery.channel.place)
                await self._store.subscriptions.close(delivery.channel)
            case ChatGone():  # it never was there: a slip of the pen, which whoever made it can mend
                await self._stop(delivery, str(error))
            case ChatForbidden():
                await self._pause(delivery, str(error))
            case TokenRefused():
                self.stop()
                if not self.refused.done():
                    self.refused.set_exception(error)

    async def _pause(self, delivery: Delivery, reason: str) -> None:
        """Pause what was refused for days, or at once where a person closed their direct messages."""
        latest = await self._store.outbox.recent(delivery.subscription, FORBIDDEN_DAYS * MOST_A_DAY)
        days: dict[date, bool] = {}
        for one in latest:
            days[one.day] = days.get(one.day, True) and one.state is State.FORBIDDEN
        refused = len(days) >= FORBIDDEN_DAYS and all(islice(days.values(), FORBIDDEN_DAYS))
        if not refused and not delivery.channel.direct:
            return
        await self._stop(delivery, reason)

    async def _stop(self, delivery: Delivery, reason: str) -> None:
        """Pause what it came of: a subscription or an alert, which never have the same id."""
        await self._store.subscriptions.pause([delivery.subscription], reason)
        await self._store.alerts.pause([delivery.subscription], reason)

    async def _wait(self, moment: datetime) -> None:
        """Sleep until then, or until everything stops."""
        seconds = (moment - self._clock.now()).total_seconds()
        if seconds > 0:
            with_timeout = asyncio.wait_for(self._stopping.wait(), seconds)
            try:
                await with_timeout
            except TimeoutError:
                return


def _untried(delivery: Delivery, now: datetime) -> _Tried:
    outcome = Outcome(delivery.id, State.PENDING, now, reason=delivery.reason, due=delivery.due)
    return _Tried(delivery, outcome, None, untried=True)


def _as_it_was(one: _Tried) -> Delivery:
    return replace(one.delivery, due=one.outcome.due or one.delivery.due, reason=one.outcome.reason)
