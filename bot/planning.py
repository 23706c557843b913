"""What is due -> digests in the outbox: once for each subscription and local date, made once for each audience.

asked each minute: zones ─windows→ subscriptions ─batches→ jobs
each job: subscriptions ─decide→ audiences ─editions→ digests ─render→ bodies and deliveries, in one transaction
"""

import json
from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from hashlib import blake2b
from math import ceil
from zoneinfo import ZoneInfo

from bot.deliveries.slots import Skip, deadline, decide, hours, is_expected, slot, windows
from bot.german import phrases
from bot.model import Delivery, Digest, Empty, Length, Platform, State, Subscription, Topic, delivery_id
from bot.pipeline import Audience, Pipeline, Wish
from bot.ports import Body, Clock, Progress, Shown, Store, Surface

BATCH = 500  # subscriptions of a job: some hundred jobs for 100,000 channels, each of which is done in a second
MEMORY = timedelta(days=7)  # how long an audience is remembered to know a story
OVERLAP = timedelta(hours=6)  # what came so late that the last digest missed it still has its chance
KEPT = 1_000  # digests kept for the batches that follow
LATE = timedelta(minutes=15)  # a digest that comes so late tells what happened until it is made
STEP = timedelta(minutes=5)  # late ones that are made within it are the same: of the next such moment
PORTIONS = 100  # in which what was missed is tried again: one that fails must not take many with it
ALL = "alle Themen"


@dataclass(frozen=True, slots=True)
class Batch:
    """Subscriptions that are due together: of one zone, on its local day. The same ones are the same job."""

    zone: str
    day: date
    ids: tuple[int, ...]

    @property
    def id(self) -> str:
        """What the job is for."""
        told = blake2b(repr(self.ids).encode(), digest_size=8).hexdigest()
        return f"plan:{self.zone}:{self.day}:{told}"

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
        self._made: OrderedDict[_Order, _Made] = OrderedDict()

    async def due(self, since: datetime, until: datetime) -> list[Batch]:
        """What became due after one moment and until another, in batches."""
        found = []
        for zone in await self._store.subscriptions.zones():
            due: defaultdict[date, list[int]] = defaultdict(list)
            for window in windows(ZoneInfo(zone), since, until):
                rows = await self._store.subscriptions.at(zone, window.first, window.last)
                due[window.day] += [id_ for id_, _ in rows]
            found += [Batch(zone, day, ids) for day, all_ids in due.items() for ids in _cut(all_ids)]
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

    async def plan(self, argument: str) -> None:
        """Write the deliveries of one batch. A second time changes nothing: what has a delivery keeps it."""
        batch = batch_of(argument)
        now = self._clock.now()
        deliveries: list[Delivery] = []
        wanted: list[Subscription] = []
        for one in await self._open(batch):
            decided = decide(one, batch.day, now)
            if isinstance(decided, Skip):
                deliveries.append(_skipped(one, batch.day, decided.reason))
            else:
                wanted.append(one)
        made = await self.make(wanted, batch.day)
        for one in wanted:
            deliveries += _deliveries(one, batch.day, made[one.id])
        await self._keep(deliveries, [body for one in made.values() for body in one.bodies], now)

    async def _open(self, batch: Batch) -> list[Subscription]:
        """Those of a batch that wait for a digest of that day, in a chat that is ours."""
        settled = await self._store.outbox.settled(batch.ids, batch.day)
        found = await self._store.subscriptions.get([id_ for id_ in batch.ids if id_ not in settled])
        return [one for one in found if one.channel.platform in self._surfaces and is_expected(one, batch.day)]

    async def _keep(self, deliveries: Sequence[Delivery], bodies: Sequence[Body], now: datetime) -> None:
        """Write them, but for what was removed while the digests were made, which a slow model makes minutes of.

        Asked again at the end, because what is removed in between takes only deliveries with it that are there.
        """
        there = await self._there(deliveries)
        kept = [one for one in deliveries if one.subscription in there]
        await self._store.outbox.add(kept, list({body.text: body for body in bodies}.values()), now)
        gone = there - await self._there(kept)
        if gone:
            await self._store.subscriptions.remove(sorted(gone))

    async def _there(self, deliveries: Sequence[Delivery]) -> set[int]:
        """Their subscriptions, as far as they are not removed."""
        wanted = {one.subscription for one in deliveries}
        return {one.id for one in await self._store.subscriptions.get(sorted(wanted))}

    async def make(self, wanted: Sequence[Subscription], day: date) -> Mapping[int, _Made]:
        """The digest of that day for each of these subscriptions, by its id; their chats must be ours."""
        now = self._clock.now()
        told = await self._store.outbox.shown([one.id for one in wanted], now - MEMORY)
        orders = {one.id: _order(one, day, told.get(one.id, ()), now) for one in wanted}
        by_order = {orders[one.id]: one for one in wanted}
        missing = [order for order in by_order if order not in self._made]
        editions = await self._pipeline.editions([order.wish for order in missing], ignore) if missing else []
        for order, edition in zip(missing, editions, strict=True):
            digest = edition.digest(_audience(order, self._topics), self._topics)
            self._made[order] = self._rendered(digest, by_order[order])
        made = {id_: self._made[order] for id_, order in orders.items()}
        while len(self._made) > KEPT:
            self._made.popitem(last=False)
        return made

    async def preview(self, one: Subscription, progress: Progress) -> Digest:
        """What its digest would be now; nothing is kept of it."""
        now = self._clock.now()
        told = await self._store.outbox.shown([one.id], now - MEMORY)
        order = _order(one, now.astimezone(ZoneInfo(one.zone)).date(), told.get(one.id, ()), now)
        edition = await self._pipeline.edition(replace(order.wish, until=now), progress)
        return edition.digest(_audience(order, self._topics), self._topics)

    def _rendered(self, digest: Digest, subscription: Subscription) -> _Made:
        surface = self._surfaces[subscription.channel.platform]
        return _Made(digest, surface.render(digest, subscription))


def ignore(step: str, done: int, total: int) -> None:
    """Nobody watches."""


def _cut(ids: Iterable[int], size: int = BATCH) -> Iterator[tuple[int, ...]]:
    ordered = sorted(set(ids))
    for start in range(0, len(ordered), size):
        yield tuple(ordered[start : start + size])


def _order(one: Subscription, day: date, told: Sequence[Shown], now: datetime) -> _Order:
    since, until = hours(one, day)
    if now > until + LATE:
        until = now + (until - now) % STEP
    known = frozenset() if one.recap else frozenset((shown.story, shown.at) for shown in told)
    wish = Wish(
        since if one.recap else since - OVERLAP, until, one.topics, one.stories, one.importance, known, one.recap
    )
    return _Order(one.channel.platform, wish, one.zone, day, one.length)


def _audience(order: _Order, topics: Sequence[Topic]) -> Audience:
    name = ", ".join(topic.name for topic in topics if topic.key in order.wish.topics) or ALL
    if order.wish.recap:
        name = f"Wochenrückblick · {name}"
    zone = ZoneInfo(order.zone)
    told = {story: (order.day - at.astimezone(zone).date()).days for story, at in order.wish.told}
    return Audience(name, order.day, order.zone, order.wish.since, order.length, told=told)


def _deliveries(one: Subscription, day: date, made: _Made) -> list[Delivery]:
    if not made.digest.stories and one.empty is Empty.SKIP:
        return [_skipped(one, day, phrases.looked_at(made.digest))]
    return [_delivery(one, day, part, body.text, State.PENDING) for part, body in enumerate(made.bodies, 1)]


def _skipped(one: Subscription, day: date, reason: str) -> Delivery:
    return _delivery(one, day, 1, None, State.SKIPPED, reason)


def _delivery(
    one: Subscription, day: date, part: int, body: str | None, state: State, reason: str | None = None
) -> Delivery:
    id_, at = delivery_id(one.id, day, part), slot(one, day)
    return Delivery(id_, one.id, one.channel, day, part, body, state, at, deadline(one, day), reason=reason)
