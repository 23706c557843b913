"""What is due -> digests in the outbox: once for each subscription and local date, made once for each audience.

asked each minute: zones ─windows→ subscriptions ─batches→ jobs
each job: subscriptions ─decide→ audiences ─editions→ digests ─render→ bodies and deliveries, in one transaction
"""

import asyncio
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from hashlib import blake2b
from math import ceil
from typing import Any
from zoneinfo import ZoneInfo

from bot.alerting import Alerting
from bot.deliveries.slots import (
    Skip,
    Wanted,
    deadline,
    decide,
    hours,
    is_expected,
    moment_of,
    next_slot,
    offsets,
    slot,
    windows,
)
from bot.german import phrases
from bot.german.topics import audience
from bot.model import (
    EVERYBODY,
    Channel,
    Delivery,
    Digest,
    Empty,
    Length,
    Platform,
    State,
    Subscription,
    Topic,
    View,
    alert_id,
    delivery_id,
)
from bot.pipeline import Audience, Edition, Pipeline, Wish
from bot.ports import Body, Clock, Past, Printed, Progress, Shown, Store, Surface
from bot.stories.votes import COUNTED, Weights, weights

BATCH = 1_000  # subscriptions of a job: a hundred jobs for 100,000 channels, each of which is done in a second
MEMORY = timedelta(days=7)  # how long an audience is remembered to know a story
OVERLAP = timedelta(hours=6)  # what came so late that the last digest missed it still has its chance
KEPT = 1_000  # digests, and editions, kept for the batches that follow
LATE = timedelta(minutes=15)  # a digest that comes so late tells what happened until it is made
STEP = timedelta(minutes=5)  # late ones that are made within it are the same: of the next such moment
PORTIONS = 100  # in which what was missed is tried again: one that fails must not take many with it
NOTHING: frozenset[Shown] = frozenset()
NO_PAST = Past(NOTHING, None)


@dataclass(frozen=True, slots=True)
class Batch:
    """Subscriptions that are due together: of one zone, on its local day. The same at the same times are one job."""

    zone: str
    day: date
    ids: tuple[int, ...]
    minutes: tuple[int, ...] = ()

    @property
    def id(self) -> str:
        """What a job about it is for."""
        told = blake2b(repr((self.ids, self.minutes)).encode(), digest_size=8).hexdigest()
        return f"{self.zone}:{self.day}:{told}"

    def as_text(self) -> str:
        """The job's argument."""
        return json.dumps([self.zone, self.day.isoformat(), self.ids])


def batch_of(text: str) -> Batch:
    """The batch that a job's argument stands for."""
    zone, day, ids = json.loads(text)
    return Batch(zone, date.fromisoformat(day), tuple(ids))


@dataclass(frozen=True, slots=True)
class _Order:
    """What one digest is made for; who orders the same gets the same."""

    platform: Platform
    wish: Wish
    zone: str
    day: date
    length: Length


@dataclass(frozen=True, slots=True)
class _Known:
    """What a digest depends on beside its settings.

    Its hours, the feeds of its space, what its channel was told, and what its readers' votes made of the topics.
    """

    covered: tuple[datetime, datetime]
    view: View
    told: frozenset[Shown]
    weights: Weights


@dataclass(frozen=True, slots=True)
class _Made:
    """A digest, and what is posted of it, in parts."""

    digest: Digest
    bodies: tuple[Body, ...]


class Planning:
    """Decides what is due, and writes it to the outbox. Who posts it is somebody else's business."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        pipeline: Pipeline,
        surfaces: Mapping[Platform, Surface],
        topics: Sequence[Topic],
    ) -> None:
        """Plan for the channels of these surfaces; the others wait for a process that has theirs."""
        self._store = store
        self._clock = clock
        self._pipeline = pipeline
        self._surfaces = surfaces
        self._topics = topics
        self.alerting = Alerting(store, clock, pipeline, surfaces, topics)
        self._made: dict[_Order, _Made] = {}
        self._editions: dict[Wish, Edition] = {}
        self._zones: dict[tuple[timedelta, ...], str] = {}  # the first one met of those that show the same times
        self._making = asyncio.Lock()  # batches of one slot order the same: the first has it made, the others find it

    async def due(self, since: datetime, until: datetime) -> list[Batch]:
        """What became due after one moment and until another, in batches."""
        found = []
        for zone in await self._store.subscriptions.zones():
            for window in windows(ZoneInfo(zone), since, until):
                minutes = dict(await self._store.subscriptions.at(zone, window.first, window.last))
                found += [Batch(zone, window.day, ids, tuple(map(minutes.__getitem__, ids))) for ids in _cut(minutes)]
        return found

    async def missed(self, since: datetime, until: datetime) -> list[Batch]:
        """What became due between two moments and has no delivery although it should: its job failed."""
        missed: defaultdict[tuple[str, date], list[int]] = defaultdict(list)
        for batch in await self.due(since, until):
            missed[batch.zone, batch.day] += [one.id for one in await self._open(batch)]
        return [
            Batch(zone, day, ids)
            for (zone, day), all_ids in missed.items()
            for ids in _cut(all_ids, min(ceil(len(all_ids) / PORTIONS), BATCH) or 1)
        ]

    async def next(self, now: datetime, until: datetime) -> datetime | None:
        """When the first digest comes that anybody waits for, between two moments; None where there is none."""
        ahead = sorted(
            (moment_of(batch.day, minute, ZoneInfo(batch.zone)), id_)
            for batch in await self.due(now, until)
            for id_, minute in zip(batch.ids, batch.minutes, strict=True)
        )
        for start in range(0, len(ahead), PORTIONS):
            portion = ahead[start : start + PORTIONS]
            found = {one.id: one for one in await self._store.subscriptions.get([id_ for _, id_ in portion])}
            for moment, id_ in portion:
                one = found.get(id_)
                if one and one.channel.platform in self._surfaces and next_slot(one, now) == moment:
                    return moment
        return None

    async def plan(self, argument: str) -> None:
        """Write the deliveries of one batch. A second time changes nothing: what has a delivery keeps it."""
        batch = batch_of(argument)
        now = self._clock.now()
        deliveries: list[Delivery] = []
        wanted: list[tuple[Subscription, Wanted]] = []
        for one in await self._open(batch):
            decided = decide(one, batch.day, now)
            if isinstance(decided, Skip):
                deliveries.append(_skipped(one, batch.day, decided))
            else:
                wanted.append((one, decided))
        made = await self.make([one for one, _ in wanted], batch.day)
        for one, when in wanted:
            deliveries += _deliveries(one, batch.day, when, made[one.id])
        await self._publish([one for one, _ in wanted if one.public], made, now)
        bodies = {body.text: body for one in made.values() for body in one.bodies}
        await self._store.outbox.tell(deliveries, list(bodies.values()), now)

    async def _publish(self, public: Sequence[Subscription], made: Mapping[int, _Made], now: datetime) -> None:
        """Keep what anybody may read once it is posted, before it is: what is posted has its page."""
        printed = {id_: Printed(one.digest, one.bodies[0].text) for id_, one in made.items() if one.digest.stories}
        readers = {one.id: printed[one.id] for one in public if one.id in printed}
        if readers:
            await self._store.published.keep(readers, now)

    async def _open(self, batch: Batch) -> list[Subscription]:
        """Those of a batch that wait for a digest of that day, in a chat that is ours."""
        settled = await self._store.outbox.settled(batch.ids, batch.day)
        found = await self._store.subscriptions.get([id_ for id_ in batch.ids if id_ not in settled])
        return [one for one in found if one.channel.platform in self._surfaces and is_expected(one, batch.day)]

    async def prepare(self, argument: str) -> None:
        """Read and condense, ahead of its slot, what a batch is most likely told: digests need not wait for a model."""
        batch = batch_of(argument)
        orders = await self._orders(await self._open(batch), batch.day)
        await self._pipeline.editions(list({order.wish for order in orders}), ignore)

    async def make(self, wanted: Sequence[Subscription], day: date) -> Mapping[int, _Made]:
        """The digest of that day for each of these subscriptions, by its id; their chats must be ours."""
        orders = await self._orders(wanted, day)
        async with self._making:
            await self._make({order: ones[0] for order, ones in orders.items()})
            made = {one.id: digest for order, ones in orders.items() for digest in [self._made[order]] for one in ones}
            _trim(self._made)
            _trim(self._editions)
        return made

    async def _orders(self, wanted: Sequence[Subscription], day: date) -> Mapping[_Order, Sequence[Subscription]]:
        """What is ordered, and for whom."""
        now = self._clock.now()
        known = await self._known(wanted, day, now)
        zones = {zone: self._zones.setdefault(offsets(zone, day), zone) for zone in {one.zone for one in wanted}}
        orders: defaultdict[_Order, list[Subscription]] = defaultdict(list)
        for one in wanted:
            orders[_order(one, day, zones[one.zone], known[one.id], now)].append(one)
        return orders

    async def _known(self, wanted: Sequence[Subscription], day: date, now: datetime) -> Mapping[int, "_Known"]:
        """What their digests depend on beside the settings, by the subscription's id: few queries for a batch."""
        ids, homes = [one.id for one in wanted], [one.channel.home for one in wanted]
        past = await self._store.outbox.past(ids, now - MEMORY, day)
        alerted = await self._alerted(wanted, now)
        views = await self._store.feeds.views(set(homes))
        votes = await self._store.votes.among({one.channel for one in wanted}, now - COUNTED)
        weighed = {channel: weights(cast, now) for channel, cast in votes.items()}
        return {
            one.id: _Known(
                hours(one, day, told.reached),
                views.get(home, EVERYBODY),
                _both(told.shown, alerted.get(one.channel, NOTHING) if alerted else NOTHING),
                weighed.get(one.channel, ()) if weighed else (),
            )
            for one, home in zip(wanted, homes, strict=True)
            for told in [past.get(one.id, NO_PAST)]
        }

    async def _alerted(self, wanted: Sequence[Subscription], now: datetime) -> Mapping[Channel, frozenset[Shown]]:
        """What their channels were told by alerts; where nobody wants any, nobody looks."""
        if not await self._store.alerts.are_wanted():
            return {}
        channels = {alert_id(one.channel): one.channel for one in wanted}
        told = await self._store.outbox.shown(list(channels), now - MEMORY)
        return {channels[id_]: shown for id_, shown in told.items()}

    async def preview(self, one: Subscription, progress: Progress) -> Digest:
        """What its digest would be now, also of what it was told already; nothing is kept of it."""
        now = self._clock.now()
        day = now.astimezone(ZoneInfo(one.zone)).date()
        known = replace((await self._known([one], day, now))[one.id], told=NOTHING)
        order = _order(one, day, one.zone, known, now)
        edition = await self._pipeline.edition(replace(order.wish, until=now), progress)
        return edition.digest(_audience(order, self._topics), self._topics)

    async def _make(self, wanted: Mapping[_Order, Subscription]) -> None:
        """Have a digest for each of these orders, one of whose subscriptions is named."""
        missing = {order: one for order, one in wanted.items() if order not in self._made}
        await self._find({order.wish: None for order in missing})
        for order, one in missing.items():
            digest = self._editions[order.wish].digest(_audience(order, self._topics), self._topics)
            self._made[order] = self._rendered(digest, one)
            await asyncio.sleep(0)

    async def _find(self, wanted: Iterable[Wish]) -> None:
        """Have an edition for each of these wishes: it is the same at any length and in zones with one time."""
        wishes = [wish for wish in wanted if wish not in self._editions]
        editions = await self._pipeline.editions(wishes, ignore)
        self._editions.update(zip(wishes, editions, strict=True))

    def _rendered(self, digest: Digest, subscription: Subscription) -> _Made:
        surface = self._surfaces[subscription.channel.platform]
        return _Made(digest, surface.render(digest, subscription))


def ignore(step: str, done: int, total: int) -> None:
    """Nobody watches."""


def _both(told: frozenset[Shown], alerted: frozenset[Shown]) -> frozenset[Shown]:
    """What a channel was told in digests and by its alert; few have one, and the others go on sharing their sets."""
    return told | alerted if alerted else told


def _trim(kept: dict[Any, Any]) -> None:
    """Drop the oldest that are too many."""
    for key in list(kept)[:-KEPT]:
        del kept[key]


def _cut(ids: Iterable[int], size: int = BATCH) -> Iterator[tuple[int, ...]]:
    ordered = sorted(set(ids))
    for start in range(0, len(ordered), size):
        yield tuple(ordered[start : start + size])


def _order(one: Subscription, day: date, zone: str, known: _Known, now: datetime) -> _Order:
    since, until = known.covered
    if now > until + LATE:
        until = now + (until - now) % STEP
    told = NOTHING if one.recap else known.told
    first = since if one.recap else since - OVERLAP
    wish = Wish(first, until, one.topics, one.stories, one.importance, told, one.recap, known.view, known.weights)
    return _Order(one.channel.platform, wish, zone, day, one.length)


def _audience(order: _Order, topics: Sequence[Topic]) -> Audience:
    name = audience(order.wish.topics, {topic.key: topic.name for topic in topics})
    if order.wish.recap:
        name = f"Wochenrückblick · {name}"
    zone = ZoneInfo(order.zone)
    covers = "" if order.wish.recap else phrases.covers(order.wish.since + OVERLAP, order.wish.until, zone)
    # What an alert told as well is there twice; the later one counts.
    told = {story: (order.day - at.astimezone(zone).date()).days for story, at in sorted(order.wish.told)}
    notes = (covers,) if covers else ()
    return Audience(
        name, order.day, order.zone, order.wish.since, order.length, notes, told, today=not order.wish.recap
    )


def _deliveries(one: Subscription, day: date, when: Wanted, made: _Made) -> list[Delivery]:
    if not made.digest.stories and one.empty is Empty.SKIP:
        return [_skipped(one, day, Skip(phrases.looked_at(made.digest)))]
    return [
        Delivery(
            delivery_id(one.id, day, part),
            one.id,
            one.channel,
            day,
            part,
            body.text,
            State.PENDING,
            when.at,
            when.until,
        )
        for part, body in enumerate(made.bodies, 1)
    ]


def _skipped(one: Subscription, day: date, skip: Skip) -> Delivery:
    at, until, id_ = slot(one, day), deadline(one, day), delivery_id(one.id, day, 1)
    state = State.MISSED if skip.missed else State.SKIPPED
    return Delivery(id_, one.id, one.channel, day, 1, None, state, at, until, reason=skip.reason)
