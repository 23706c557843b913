"""What those who manage channels can ask for: digests set up, shown, tried, paused, removed; all as one document."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.deliveries import exchange, wishes
from bot.deliveries.places import place
from bot.deliveries.slots import next_slot
from bot.errors import UserError
from bot.model import Channel, Delivery, Digest, Platform, Subscription, Topic
from bot.planning import Planning
from bot.ports import Clock, Progress, Store

DEFAULT_NAME = "Digest"


@dataclass(frozen=True, slots=True)
class Report:
    """How a subscription is doing: the last digest that came, what became of the latest one, when the next comes."""

    subscription: Subscription
    sent: Delivery | None = None
    latest: Delivery | None = None
    next: datetime | None = None


class Desk:
    """Subscriptions of channels and people. Who may ask for what is the surface's business."""

    def __init__(self, store: Store, clock: Clock, topics: Sequence[Topic], planning: Planning, zone: str) -> None:
        """Work on this store; digests are at `zone`'s time where nothing else is said."""
        self._store = store
        self._clock = clock
        self._topics = topics
        self._planning = planning
        self._zone = zone

    @staticmethod
    def channel(text: str) -> Channel:
        """The channel that an operator writes so. Raises `UserError`."""
        return place(text)

    async def set_up(self, channel: Channel, name: str, options: Mapping[str, str]) -> Report:
        """Set a digest up, or change what is named of one that there is. Raises `UserError` for a wrong option."""
        base = await self.base(channel, name)
        _require_run(channel)
        wanted = wishes.subscription(channel, name or _name(base), options, self._topics, base, self._zone)
        if base is None or _times(base) != _times(wanted):
            wanted = replace(wanted, since=self._clock.now())
        await self._store.subscriptions.save(wanted)
        (report,) = await self._reports([wanted])
        return report

    async def base(self, channel: Channel, name: str) -> Subscription | None:
        """The digest that `set_up` would change; None where it would be a new one. Raises `UserError` as that does."""
        there = await self._store.subscriptions.of(channel)
        base = _named(there, name) if name else there[0] if len(there) == 1 else None
        if base is None and not name and there:
            raise UserError(_which(there))
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
        return report

    async def resume(self, channel: Channel, name: str) -> Report:
        """Let digests come again, from the next slot on. Raises `UserError` where there is none."""
        return await self._changed(
            replace(await self._one(channel, name), paused=False, reason=None, since=self._clock.now())
        )

    async def remove(self, channel: Channel, name: str) -> Subscription:
        """Forget a digest and what is still to be posted of it. Raises `UserError` where there is none."""
        found = await self._one(channel, name)
        await self._store.subscriptions.remove([found.id])
        return found

    async def export(self) -> dict[str, object]:
        """All subscriptions as one document."""
        return exchange.document(await self._store.subscriptions.all())

    async def take_in(self, document: object) -> int:
        """Keep all subscriptions of a document, in place of those there are; how many.

        Raises `UserError`, naming the entry that is wrong; then nothing is kept.
        """
        found = exchange.of_document(document, {topic.key for topic in self._topics})
        for n, one in enumerate(found, 1):
            _require_run(one.channel, f"Eintrag {n} („{one.name}“ in {one.channel.place}): ")
        for one in found:
            await self._store.subscriptions.save(replace(one, since=self._clock.now()))
        return len(found)

    async def _changed(self, one: Subscription) -> Report:
        await self._store.subscriptions.save(one)
        (report,) = await self._reports([one])
        return report

    async def _one(self, channel: Channel, name: str) -> Subscription:
        there = await self._store.subscriptions.of(channel)
        if not there:
            raise UserError(f"In {channel.place} ist kein Digest eingerichtet. Das geht mit /digest setup.")
        found = _named(there, name) if name else there[0] if len(there) == 1 else None
        if found is None:
            raise UserError(_which(there))
        return found

    async def _reports(self, found: Sequence[Subscription]) -> list[Report]:
        ids = [one.id for one in found]
        sent = await self._store.outbox.last(ids, sent=True)
        latest = await self._store.outbox.last(ids, sent=False)
        return [self._report(one, sent.get(one.id), latest.get(one.id)) for one in found]

    def _report(self, one: Subscription, sent: Delivery | None, latest: Delivery | None) -> Report:
        done = latest.day if latest else date.min
        return Report(one, sent, latest, next_slot(one, self._clock.now(), done))


def _require_run(channel: Channel, entry: str = "") -> None:
    """Raise `UserError` where nothing would ever be posted."""
    if channel.platform is Platform.SLACK:
        raise UserError(
            f"{entry}Für Slack gibt es noch keine Anbindung; bisher geht nur Discord, etwa discord:SERVER/KANAL."
        )


def _times(one: Subscription) -> tuple[object, ...]:
    return one.at, one.zone, one.weekdays, one.recap


def _name(base: Subscription | None) -> str:
    return base.name if base else DEFAULT_NAME


def _named(there: Sequence[Subscription], name: str) -> Subscription | None:
    return next((one for one in there if one.name.casefold() == name.strip().casefold()), None)


def _which(there: Sequence[Subscription]) -> str:
    names = ", ".join(f"„{one.name}“" for one in there)
    return f"Welcher Digest ist gemeint? Hier gibt es: {names}. Bitte mit name: angeben."
