"""What those who manage channels can ask for: digests set up, shown, tried, paused, removed; all as one document."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.deliveries import exchange, wishes
from bot.deliveries.interests import apart, interests_typed, together
from bot.deliveries.places import place
from bot.deliveries.slots import next_slot
from bot.errors import UserError
from bot.german.changes import quoted
from bot.german.spelling import named
from bot.german.topics import NONE_OF_ONES_OWN, NOT_STORED, about
from bot.model import (
    EVERYBODY,
    LONG_AGO,
    Channel,
    Delivery,
    Digest,
    Empty,
    Interests,
    Platform,
    Story,
    Subscription,
    Topic,
    Vote,
    alert_id,
    interests_of,
)
from bot.planning import Planning
from bot.ports import Clock, Progress, Store
from bot.sight import Sights
from bot.stories.votes import COUNTED, Weights, weight_of, weights

DEFAULT_NAME = "Digest"
ALIVE = timedelta(minutes=1)  # a process tells every five seconds that it lives
OWN_NAME = {True: "Meine Themen", False: "Themen"}  # of a person's topics, and of a channel's
VOTES, RESET = "votes", "reset"  # the option that forgets what a channel's readers voted


@dataclass(frozen=True, slots=True)
class Report:
    """How a subscription is doing: the last digest that came, what became of the latest one, when the next comes.

    `had_today`: the next one does not come today although its time is yet to come, as today's was dealt with. `before`:
    what it was until it was changed, None where it is new or was not touched. `beside`: the others in its channel.
    `weights`: the topics (by key) that its channel's votes made count more or less than 1.0.
    """

    subscription: Subscription
    sent: Delivery | None = None
    latest: Delivery | None = None
    next: datetime | None = None
    had_today: bool = False
    before: Subscription | None = None
    beside: tuple[str, ...] = ()
    weights: Weights = ()


@dataclass(frozen=True, slots=True)
class Subscribed:
    """What was subscribed to, as entries of `Interests`; whether it was there already; and how the digest is now."""

    entries: tuple[str, ...]
    was_there: bool
    report: Report


@dataclass(frozen=True, slots=True)
class Unsubscribed:
    """What was unsubscribed from, the digests that go on without it, and the names of those that ended with it."""

    entries: tuple[str, ...]
    reports: tuple[Report, ...]
    gone: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Voted:
    """What a vote did: what stands now (+1, -1, or 0 where it was taken back), and how the story's topics count there.

    Topics are named in German.
    """

    value: int
    weights: Weights


class Desk:
    """Subscriptions of channels and people. Who may ask for what is the surface's business."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        topics: Sequence[Topic],
        planning: Planning,
        zone: str,
        *,
        has_token: bool = True,
    ) -> None:
        """Work on this store; digests are at `zone`'s time where nothing else is said. `has_token`: of any chat."""
        self.has_token = has_token
        self._store = store
        self._clock = clock
        self._topics = topics
        self._planning = planning
        self._zone = zone

    @staticmethod
    def channel(text: str) -> Channel:
        """The channel that an operator writes so. Raises `UserError`."""
        return place(text)

    async def is_running(self) -> bool:
        """Whether any process collects and posts at present."""
        return bool(await self._store.leases.alive(self._clock.now() - ALIVE))

    async def set_up(self, channel: Channel, name: str, options: Mapping[str, str]) -> Report:
        """Set a digest up, or change what is named of one that there is. Raises `UserError` for a wrong option.

        The option `votes` with „reset“ forgets what the channel's readers voted.
        """
        base, there = await self.base(channel, name), await self._store.subscriptions.of(channel)
        settings = {option: text for option, text in options.items() if option != VOTES}
        wanted = wishes.subscription(channel, name or _name(base), settings, self._topics, base, self._zone)
        if base is None or _times(base) != _times(wanted):
            wanted = replace(wanted, since=self._clock.now())
        if VOTES in options:
            await self._reset_votes(channel, options[VOTES])
        await self._store.subscriptions.save(wanted)
        (report,) = await self._reports([wanted])
        return replace(report, before=base, beside=tuple(one.name for one in there if one.id != wanted.id))

    async def subscribe(self, channel: Channel, topic: str, options: Mapping[str, str]) -> Subscribed:
        """Have these topics and own words come to a person or a channel, without what has a minus.

        They join the digest „Meine Themen“ (in a channel „Themen“), or the only one that has topics; else it is set up,
        by default for seven o'clock, and silent on days without news. `options`: time, timezone. Raises `UserError`.
        """
        base = _of_topics(await self._store.subscriptions.of(channel), OWN_NAME[channel.direct])
        more = interests_typed(topic, self._topics)
        if more == Interests():
            raise UserError("Alle Themen gibt es mit /digest setup. Hier bitte einzelne nennen, etwa topic:ki.")
        before = interests_of(base.topics) if base else Interests()
        both = together(before, more, self._topics)
        if both.is_all and not before.is_all:
            raise UserError("Damit bliebe kein Thema übrig. Abbestellen geht mit /topics unsubscribe.")
        name = base.name if base else OWN_NAME[channel.direct]
        settings = options if base else {"empty": Empty.SKIP, **options}
        wanted = wishes.subscription(channel, name, settings, self._topics, base, self._zone)
        wanted = replace(wanted, topics=both.entries, paused=False, reason=None)
        if base is None or base.paused or _times(base) != _times(wanted):
            wanted = replace(wanted, since=self._clock.now())
        return Subscribed(more.entries, base is not None and both == before, await self._changed(wanted))

    async def unsubscribe(self, channel: Channel, topic: str) -> Unsubscribed:
        """Let these not come to a person or a channel any more, in whichever digest; one without topics left ends.

        Raises `UserError` where none of them is subscribed to.
        """
        there = await self._store.subscriptions.of(channel)
        taken: dict[str, None] = {}
        changed, gone = [], []
        for one in there:
            left, entries = apart(interests_of(one.topics), topic, self._topics)
            taken |= dict.fromkeys(entries)
            if entries and left.is_all and not interests_of(one.topics).is_all:
                gone.append(one)
            elif entries:
                changed.append(replace(one, topics=left.entries))
        if not taken:
            raise UserError(f"{named(topic)} ist hier nicht abonniert. {self._subscribed(there)}")
        await self._store.subscriptions.remove([one.id for one in gone])
        reports = [await self._changed(one) for one in changed]
        return Unsubscribed(tuple(taken), tuple(reports), tuple(one.name for one in gone))

    async def vote(self, channel: Channel, story: int, person: str, value: int, space: str | None = None) -> Voted:
        """A person's „mehr davon“ (+1) or „weniger davon“ (-1) on a story in a channel; the same again takes it back.

        It is a vote on what the space sees of it, by default that of the channel. Raises `UserError` where the story is
        not stored any more, or of feeds that the space does not have.
        """
        now = self._clock.now()
        found = await self._seen(story, channel.home if space is None else space, now)
        if found is None:
            raise UserError(NOT_STORED)
        stands = await self._store.votes.cast(Vote(channel, story, person, value, found.topics, now))
        known = weights(await self._store.votes.of(channel, now - COUNTED), now)
        names = self._names()
        return Voted(stands, tuple((names.get(key, key), weight) for key, weight in weight_of(found.topics, known)))

    async def comes(self, channel: Channel) -> bool:
        """Whether any digest is set up there, paused or not."""
        return bool(await self._store.subscriptions.of(channel))

    async def told(self, places: Sequence[Channel], messages: Collection[str]) -> tuple[int, ...]:
        """The stories of the digests and alerts of these channels that any of these messages is part of, in order."""
        there = [one.id for place in places for one in await self._store.subscriptions.of(place)]
        return await self._store.outbox.told([*there, *map(alert_id, places)], messages)

    async def base(self, channel: Channel, name: str) -> Subscription | None:
        """The digest that `set_up` would change; None where it would be a new one. Raises `UserError` as that does."""
        there = await self._store.subscriptions.of(channel)
        base = _named(there, name) if name else there[0] if len(there) == 1 else None
        if base is None and not name and there:
            raise UserError(f"{_which(there)} Ein neuer Name legt einen weiteren an.")
        return base

    async def show(self, channel: Channel | None = None) -> list[Report]:
        """How the digests of this channel are doing, or all there are."""
        subscriptions = self._store.subscriptions
        return await self._reports(await (subscriptions.of(channel) if channel else subscriptions.all()))

    async def show_space(self, platform: Platform, space: str) -> list[Report]:
        """How the digests of one server or workspace are doing."""
        return await self._reports(await self._store.subscriptions.within(platform, space))

    async def find(self, id_: int) -> Subscription | None:
        """The subscription of this id, if it is still there."""
        return next(iter(await self._store.subscriptions.get([id_])), None)

    async def preview(self, channel: Channel, name: str, progress: Progress) -> Digest:
        """What a digest would be now; it counts as told to nobody. Raises `UserError` where there is none."""
        return await self._planning.preview(await self._one(channel, name), progress)

    async def pause(self, channel: Channel, name: str) -> Report:
        """Let no digest come until it is resumed, nor what still waits to be posted.

        Raises `UserError` where there is none.
        """
        found = await self._one(channel, name)
        await self._store.subscriptions.pause([found.id], None)
        (report,) = await self._reports([replace(found, paused=True, reason=None)])
        return replace(report, before=found)

    async def resume(self, channel: Channel, name: str) -> Report:
        """Let digests come again, from the next slot on. Raises `UserError` where there is none."""
        found = await self._one(channel, name)
        wanted = replace(found, paused=False, reason=None, since=self._clock.now())
        await self._store.subscriptions.save(wanted)
        (report,) = await self._reports([wanted])
        return replace(report, before=found)

    async def remove(self, channel: Channel, name: str) -> Subscription:
        """Forget a digest and what is still to be posted of it. Raises `UserError` where there is none."""
        found = await self._one(channel, name)
        await self._store.subscriptions.remove([found.id])
        return found

    async def export(self) -> dict[str, object]:
        """All subscriptions and alerts as one document."""
        return exchange.document(await self._store.subscriptions.all(), await self._store.alerts.all())

    async def take_in(self, document: object) -> int:
        """Keep all subscriptions and alerts of a document, in place of those there are; how many.

        Raises `UserError`, naming the entry that is wrong; then nothing is kept.
        """
        found = exchange.of_document(document, {topic.key for topic in self._topics})
        alerts = exchange.alerts_of_document(document, {topic.key for topic in self._topics})
        for one in found:
            await self._store.subscriptions.save(replace(one, since=self._clock.now()))
        for alert in alerts:
            await self._store.alerts.save(replace(alert, since=self._clock.now()))
        return len(found) + len(alerts)

    async def _seen(self, story: int, space: str, now: datetime) -> Story | None:
        """The story as a space sees it."""
        found, view = await self._store.stories.get(story), (await self._store.feeds.views([space])).get(space)
        sight = Sights(await self._store.feeds.all()).of(view or EVERYBODY)
        return sight.narrowed(found, LONG_AGO, now) if found else None

    async def _reset_votes(self, channel: Channel, text: str) -> None:
        if text != RESET:
            raise UserError(f"{named(text)} ist nicht zu verstehen. Möglich ist: {RESET}.")
        await self._store.votes.clear(channel)

    def _names(self) -> Mapping[str, str]:
        return {topic.key: topic.name for topic in self._topics}

    def _subscribed(self, there: Sequence[Subscription]) -> str:
        """What there is to unsubscribe from."""
        told = [about(one.topics, self._names()) for one in there if one.topics]
        return f"Abonniert ist: {'; '.join(told)}." if told else NONE_OF_ONES_OWN

    async def _changed(self, one: Subscription) -> Report:
        await self._store.subscriptions.save(one)
        (report,) = await self._reports([one])
        return report

    async def _one(self, channel: Channel, name: str) -> Subscription:
        there = await self._store.subscriptions.of(channel)
        if not there:
            raise UserError(f"In {channel.place} ist kein Digest eingerichtet. Das geht mit /digest setup.")
        found = _named(there, name) if name else there[0] if len(there) == 1 else None
        if found is None and name:
            raise UserError(
                f"Einen Digest {named(name)} gibt es in {channel.place} nicht. "
                f"Hier gibt es: {quoted([one.name for one in there])}."
            )
        if found is None:
            raise UserError(_which(there))
        return found

    async def _reports(self, found: Sequence[Subscription]) -> list[Report]:
        ids = [one.id for one in found]
        sent = await self._store.outbox.last(ids, sent=True)
        latest = await self._store.outbox.last(ids, sent=False)
        now = self._clock.now()
        votes = await self._store.votes.among({one.channel for one in found}, now - COUNTED)
        reports = [self._report(one, sent.get(one.id), latest.get(one.id)) for one in found]
        return [replace(one, weights=weights(votes.get(one.subscription.channel, ()), now)) for one in reports]

    def _report(self, one: Subscription, sent: Delivery | None, latest: Delivery | None) -> Report:
        done = latest.day if latest else date.min
        now = self._clock.now()
        coming = next_slot(one, now, done)
        return Report(one, sent, latest, coming, had_today=coming != next_slot(one, now))


def _times(one: Subscription) -> tuple[object, ...]:
    return one.at, one.zone, one.weekdays, one.recap


def _name(base: Subscription | None) -> str:
    return base.name if base else DEFAULT_NAME


def _named(there: Sequence[Subscription], name: str) -> Subscription | None:
    return next((one for one in there if one.name.casefold() == name.strip().casefold()), None)


def _of_topics(there: Sequence[Subscription], name: str) -> Subscription | None:
    """The digest that topics are added to: the one of that name, or the only one, if it has topics."""
    only = there[0] if len(there) == 1 and not interests_of(there[0].topics).is_all else None
    return _named(there, name) or only


def _which(there: Sequence[Subscription]) -> str:
    return f"Welcher Digest ist gemeint? Hier gibt es: {quoted([one.name for one in there])}. Bitte mit name: angeben."
