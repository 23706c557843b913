"""What is told at once -> the outbox: once for each channel and story, condensed once for all of them.

asked each minute: alerts? ─fresh stories→ a job for what is known now
the job: alerts ─reasons→ cases ─timely→ summaries ─render→ bodies and deliveries, in one transaction
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import blake2b
from zoneinfo import ZoneInfo

from bot.deliveries.alerts import Timely, timely
from bot.digests.compose import compose
from bot.german.alerts import CRITICAL as CRITICAL_NAME
from bot.german.alerts import TOO_OLD
from bot.german.topics import named as named_in_german
from bot.model import (
    EVERYBODY,
    Alert,
    Delivery,
    DigestStory,
    Length,
    Platform,
    RankedStory,
    State,
    Story,
    Summary,
    Topic,
    View,
    alert_delivery_id,
    alert_id,
    interests_of,
)
from bot.pipeline import Key, Pipeline, named
from bot.ports import Body, Clock, Shown, Store, Surface
from bot.sight import Sight, Sights, of_members
from bot.stories.critical import CRITICAL, FRESH, is_fresh, reasons
from bot.stories.rank import score
from bot.summaries.write import shorten

PATIENCE = 60.0  # seconds for pages and the model; then it is an extract
MEMORY = timedelta(days=7)  # how long a channel is remembered to know a story
AGAIN = timedelta(minutes=15)  # what is known is looked at again then, as the job before may have failed
BREATH = 100  # alerts between two looks at the event loop
NEVER: frozenset[Shown] = frozenset()

_Look = tuple[object, ...]  # what a message depends on; cases that look alike share one
Reasoned = tuple[RankedStory, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Case:
    """A story for one channel: what of it is told, why, and on which day it was told before, if it was."""

    alert: Alert
    one: RankedStory
    why: tuple[str, ...]
    sight: Sight
    before: date | None = None
    id: int = 0

    @property
    def key(self) -> Key:
        return self.one.story.id, self.one.story.version

    @property
    def look(self) -> _Look:
        return self.alert.channel.platform, self.key, self.why, self.alert.role, self.before, id(self.sight)

    @property
    def order(self) -> tuple[bool, float, int]:
        return CRITICAL not in self.why, -self.one.score, self.one.story.id


class Alerting:
    """Decides what is told at once, and writes it to the outbox. Who posts it is somebody else's business."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        pipeline: Pipeline,
        surfaces: Mapping[Platform, Surface],
        topics: Sequence[Topic],
    ) -> None:
        """Alert the channels of these surfaces."""
        self._store = store
        self._clock = clock
        self._pipeline = pipeline
        self._surfaces = surfaces
        self._names = {topic.key: topic.name for topic in topics}

    async def due(self, now: datetime) -> str:
        """A name for what is fresh now, the same in all processes; empty where nobody waits for it: one query then."""
        if not await self._store.alerts.are_wanted():
            return ""
        stories = await self._store.stories.current(now - FRESH)
        if not stories:
            return ""
        fresh = sorted((story.id, story.version) for story in stories)
        told = repr((fresh, now.timestamp() // AGAIN.total_seconds()))
        return blake2b(told.encode(), digest_size=8).hexdigest()

    async def alert(self, _: str = "") -> None:
        """Write what is to be told now. A second time changes nothing: what has a delivery keeps it."""
        now = self._clock.now()
        alerts = [one for one in await self._store.alerts.active() if one.channel.platform in self._surfaces]
        cases = await self._new(await self._cases(alerts, now), now) if alerts else []
        times = {case.id: timely(case.alert, _told(case.one.story), now) for case in cases}
        stories = {case.key: case.one.story for case in cases if times[case.id]}
        summaries = await self._pipeline.at_once(list(stories.values()), PATIENCE)
        made: dict[_Look, Body] = {}
        deliveries = []
        for case in cases:
            when = times[case.id]
            if when and case.look not in made:
                made[case.look] = self._rendered(case, summaries[case.key], now)
                await asyncio.sleep(0)
            deliveries.append(_delivery(case, when, made[case.look] if when else None, now))
        await self._store.alerts.tell(deliveries, list({body.text: body for body in made.values()}.values()), now)

    async def _cases(self, alerts: Sequence[Alert], now: datetime) -> list[_Case]:
        """What these want of what is fresh, whether it was told before or not. Equal wishes are looked at once."""
        views = await self._store.feeds.views({one.channel.home for one in alerts})
        own = {url for view in views.values() for url, _ in view.own}
        stories = await self._store.stories.current(now - FRESH, own=own)
        sights = Sights(await self._store.feeds.all())
        found: dict[tuple[View, tuple[str, ...], bool], Sequence[Reasoned]] = {}
        cases = []
        for n, alert in enumerate(alerts):
            if n % BREATH == 0:
                await asyncio.sleep(0)
            view = views.get(alert.channel.home, EVERYBODY)
            key = (view, alert.topics, alert.critical)
            if key not in found:
                found[key] = self._reasoned(stories, sights.of(view), alert, now)
            cases += [
                _Case(alert, one, why, sights.of(view))
                for one, why in found[key]
                if any(article.seen > alert.since for article in one.story.articles)
            ]
        return cases

    def _reasoned(self, stories: Sequence[Story], sight: Sight, alert: Alert, now: datetime) -> Sequence[Reasoned]:
        narrow = [told for story in stories if (told := sight.narrowed(story, now - FRESH, now))]
        interests, mentions = interests_of(alert.topics), self._pipeline.mentions
        scored = [score(story, now) for story in narrow]
        all_ = [(one, reasons(one, interests, mentions, critical=alert.critical)) for one in scored]
        return [(one, why) for one, why in all_ if why]

    async def _new(self, cases: Sequence[_Case], now: datetime) -> list[_Case]:
        """Those that their channels do not know: told neither by an alert nor by a digest, but for what is news."""
        ids = sorted({case.alert.id for case in cases})
        beside = await self._store.alerts.beside(ids)
        theirs = {*ids, *(id_ for digests in beside.values() for id_ in digests)}
        shown = await self._store.outbox.shown(sorted(theirs), now - MEMORY)
        told = [
            _untold(case, shown.get(case.alert.id, NEVER), _together(shown, beside.get(case.alert.id, ())), now)
            for case in cases
        ]
        new = sorted((case for case in told if case), key=lambda case: case.order)
        known = await self._store.alerts.known({case.id for case in new})
        return [case for case in new if case.id not in known]

    def _rendered(self, case: _Case, summary: Summary, now: datetime) -> Body:
        alert, surface = case.alert, self._surfaces[case.alert.channel.platform]
        short = shorten(named(case.one.story, summary, case.sight), Length.SHORT)
        why = ", ".join(
            CRITICAL_NAME if reason == CRITICAL else named_in_german(reason, self._names) for reason in case.why
        )
        return surface.render_alert(self._composed(case, short, now), why, alert)

    def _composed(self, case: _Case, summary: Summary, now: datetime) -> DigestStory:
        today = now.astimezone(ZoneInfo(case.alert.zone)).date()
        told = {case.one.story.id: (today - case.before).days} if case.before else {}
        (story,) = compose([case.one], {case.one.story.id: summary}, self._names, now, told)
        return story


def _untold(case: _Case, alerted: frozenset[Shown], digested: frozenset[Shown], now: datetime) -> _Case | None:
    """The case, or what is news of it for those who were told it; None where that is nothing."""
    alert, story = case.alert, case.one.story
    zone = ZoneInfo(alert.zone)
    before = [shown.at for shown in alerted | digested if shown.story == story.id]
    if not before:
        first = alert_delivery_id(alert.id, story.id)
        return _Case(alert, case.one, case.why, case.sight, id=first) if is_fresh(story, now) else None
    members = tuple(m for m in story.members if m.news and m.article.seen > max(before))
    if not any(m.article.published >= now - FRESH for m in members):
        return None
    today = now.astimezone(zone).date()
    id_ = alert_delivery_id(alert.id, story.id, today.isoformat())
    one = RankedStory(of_members(story, members), case.one.score, case.one.parts)
    return _Case(alert, one, case.why, case.sight, max(before).astimezone(zone).date(), id_)


def _together(shown: Mapping[int, frozenset[Shown]], ids: Sequence[int]) -> frozenset[Shown]:
    return frozenset(one for id_ in ids for one in shown.get(id_, NEVER))


def _told(story: Story) -> datetime:
    return max(article.published for article in story.articles)


def _delivery(case: _Case, when: Timely | None, body: Body | None, now: datetime) -> Delivery:
    at, until = (when.at, when.until) if when else (now, now)
    # Due since it was told, so that it is posted before the digests of a slot, of which there may be 100,000.
    due = _told(case.one.story) if at == now else at
    day = at.astimezone(ZoneInfo(case.alert.zone)).date()
    state, reason = (State.PENDING, None) if when else (State.SKIPPED, TOO_OLD)
    text = body.text if body else None
    channel, subscription = case.alert.channel, alert_id(case.alert.channel)
    return Delivery(case.id, subscription, channel, day, 1, text, state, due, until, reason=reason)
