"""What `run` does until it is stopped: ticks that ask what is due, and the jobs that are done about it.

    each minute: slots to come ─prepare→ summaries · due slots ─plan→ outbox
                 due feeds ─collect→ articles ─place→ stories ─alert→ outbox
    every few seconds: the outbox ─post→ chats

Any number of processes may tick: a job's id says what it is for, so that it is done once.
"""

import asyncio
import logging
from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.pipeline import Pipeline
from bot.planning import Planning, ignore
from bot.ports import Clock, Engine, Job, Store
from bot.posting import Posting
from bot.retention import CONVERSATIONS_REMEMBERED, REMEMBERED, UNNEEDED, UNPOSTED
from bot.schedule import Tick
from bot.stories.group import SPAN
from bot.stories.votes import COUNTED

LOG = logging.getLogger(__name__)
BACK = timedelta(days=2)  # how far a new process looks back for slots that nobody planned
AHEAD = timedelta(minutes=10)  # enough to condense some hundred stories
TOLD_AHEAD = timedelta(days=1)
POST_EVERY = timedelta(seconds=5)
TIDY_EVERY = timedelta(hours=6)
MISSED_EVERY = timedelta(minutes=10)  # what a job failed to plan is late by so much, or twice as much
PATIENCE = 60  # seconds
STALE = 2  # so many rounds of collecting without a feed that was asked: nobody has collected
LEASES_REMEMBERED = timedelta(hours=1)  # there is one for each question, so that it is answered once
JOBS_REMEMBERED = timedelta(days=3)  # longer than a new process looks back


class Running:
    """The ticks and jobs of one process."""

    def __init__(
        self, store: Store, clock: Clock, pipeline: Pipeline, planning: Planning, posting: Posting, minutes: int
    ) -> None:
        """Collect every so many minutes."""
        self._store = store
        self._clock = clock
        self._pipeline = pipeline
        self._planning = planning
        self._posting = posting
        self._minutes = minutes
        self._asked = clock.now() - BACK
        self._ahead = clock.now()
        self._collecting = asyncio.Lock()
        self._fresh: datetime | None = None  # when the news were found to be up to date
        self._waited: datetime | None = None  # when they were waited for in vain
        self._engine: Engine | None = None

    @property
    def jobs(self) -> Mapping[str, Job]:
        """What is done, by its kind."""
        return {
            "prepare": self._planning.prepare,
            "plan": self._plan,
            "post": self._posting.post,
            "collect": self._collect,
            "alert": self._alert,
        }

    def ticks(self, engine: Engine) -> Mapping[str, Tick]:
        """What is asked, and how often; what is due becomes jobs of this engine."""
        self._engine = engine
        return {
            "slots": Tick(self.ask_slots),
            "missed slots": Tick(self.ask_missed, MISSED_EVERY),
            "feeds": Tick(self.ask_feeds),
            "outbox": Tick(self.ask_outbox, POST_EVERY),
            "old things": Tick(self._forget, TIDY_EVERY),
        }

    async def ask_slots(self) -> None:
        """Have planned what became due since the last time.

        Where the clock was set back, nothing did, and what comes again is planned already. What was set up meanwhile
        is not, so the latest moment counts, not the greatest.
        """
        now = self._clock.now()
        for batch in await self._planning.due(max(self._asked, now - BACK), now):
            await self._enqueue("plan", f"plan:{batch.id}", batch.as_text())
        self._asked = now
        for batch in await self._planning.due(max(self._ahead, now), now + AHEAD):
            await self._enqueue("prepare", f"prepare:{batch.id}", batch.as_text())
        self._ahead = max(self._ahead, now + AHEAD)

    async def ask_missed(self) -> None:
        """Have planned again what a job failed to plan: a job that ended in an error counts as done."""
        now = self._clock.now()
        turn = int(now.timestamp() // MISSED_EVERY.total_seconds())
        for batch in await self._planning.missed(now - BACK, now - MISSED_EVERY):
            await self._enqueue("plan", f"plan:{batch.id}:{turn}", batch.as_text())

    async def ask_feeds(self) -> None:
        """Have the due feeds read."""
        now = self._clock.now()
        turn = int(now.timestamp()) // (60 * self._minutes)
        await self._enqueue("collect", f"collect:{self._minutes}:{turn}", "")
        await self._pipeline.placing.place(now, ignore)
        await self.ask_alerts()

    async def ask_alerts(self) -> None:
        """Have told at once what is fresh, and wanted so."""
        if fresh := await self._planning.alerting.due(self._clock.now()):
            await self._enqueue("alert", f"alert:{fresh}", "")

    async def ask_outbox(self) -> None:
        """Have posted what is due: for the first time, or again."""
        now = self._clock.now()
        if await self._store.outbox.due(now, self._posting.platforms):
            await self._enqueue("post", f"post:{_turn(now)}", "")

    async def _plan(self, argument: str) -> None:
        await self._catch_up()
        await self._planning.plan(argument)
        await self.ask_outbox()

    async def _alert(self, argument: str) -> None:
        await self._planning.alerting.alert(argument)
        await self.ask_outbox()

    async def _catch_up(self) -> None:
        """Collect first where nobody did for long, so that after downtime a digest tells what happened meanwhile.

        Another process may be at it; then its news are waited for, for a minute at most. Digests that are due in the
        minute after that don't wait anew, or hundreds of jobs would.
        """
        async with self._collecting:
            now = self._clock.now()
            if _is_within(now, self._fresh, STALE * timedelta(minutes=self._minutes)):
                return
            if await self._is_behind(now):
                await self._collect_now()
            has_waited = _is_within(now, self._waited, timedelta(seconds=PATIENCE))
            if await self._came(now, 1 if has_waited else PATIENCE):
                self._fresh = now
            elif not has_waited:
                self._waited = self._clock.now()

    async def _came(self, now: datetime, tries: int) -> bool:
        """Whether all that was due by then is read and placed, here or elsewhere; looked at once a second."""
        for n in range(tries):
            await asyncio.sleep(min(n, 1))
            await self._pipeline.placing.place(now, ignore)
            if not await self._is_behind(now) and not await self._store.stories.unplaced(now - SPAN, 1):
                return True
        return False

    async def _is_behind(self, now: datetime) -> bool:
        """Whether a feed that is due has not been read."""
        states = await self._store.feeds.all()
        return any(not state.gone and (state.due is None or state.due <= now) for state in states)

    async def _collect(self, _: str) -> None:
        if self._collecting.locked():  # a slow round is at it still; to wait for it would keep other jobs waiting, too
            return
        async with self._collecting:
            now = self._clock.now()
            await self._collect_now()
            if not await self._is_behind(now):  # else another process has some of the feeds, or died with them
                self._fresh = now
        await self._pipeline.placing.place(self._clock.now(), ignore)
        await self.ask_alerts()

    async def _collect_now(self) -> None:
        done = await self._pipeline.collect(ignore)
        for failure in done.failed:
            LOG.warning("Feed %s failed: %s", failure.feed, failure.kind)
        for held in done.held:
            LOG.warning("Feed %s told so much at once that it is kept, but no news", held.feed)
        if done.feeds:
            told = (done.feeds, done.unchanged, len(done.failed), done.new)
            LOG.info("Collected: %d feeds asked, %d unchanged, %d failed, %d new articles", *told)

    async def tell_next(self) -> None:
        """Log when the next digest comes, as far as a day ahead."""
        now = self._clock.now()
        moment = await self._planning.next(now, now + TOLD_AHEAD)
        LOG.info(*(("next digest at %s", f"{moment:%Y-%m-%dT%H:%MZ}") if moment else ("no digest within a day",)))

    async def _forget(self) -> None:
        now = self._clock.now()
        await self._store.outbox.forget(now - REMEMBERED, now - UNNEEDED)
        await self._store.published.forget((now - UNPOSTED).date())
        await self._store.feeds.forget_nobodys()
        await self._store.votes.forget(now - COUNTED)
        await self._store.conversations.forget(now - CONVERSATIONS_REMEMBERED)
        await self._store.leases.forget(now - LEASES_REMEMBERED)
        await self._store.spending.forget((now - REMEMBERED).date())
        if self._engine is not None:
            await self._engine.tidy(now - JOBS_REMEMBERED)

    async def _enqueue(self, kind: str, id_: str, argument: str) -> None:
        if self._engine is not None:
            await self._engine.enqueue(kind, id_, argument)


def _is_within(now: datetime, moment: datetime | None, span: timedelta) -> bool:
    return moment is not None and abs(now - moment) < span


def _turn(now: datetime) -> int:
    """Which turn of posting it is: processes that look at once have the same."""
    return int(now.timestamp() // POST_EVERY.total_seconds())
