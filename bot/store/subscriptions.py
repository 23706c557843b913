"""Who wants what, and when."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Delete, Text, cast, delete, select, update

from bot.model import Channel, Empty, Importance, Length, Platform, Subscription
from bot.store import alerts, owned, spaces
from bot.store.channels import PLATFORMS, is_channel, is_space, values_of
from bot.store.database import Database, batches
from bot.store.deliveries import PAUSED, unsent
from bot.store.published import drop_unread, unread
from bot.store.tables import deliveries, subscriptions

CHANNEL = ("platform", "space", "channel", "direct")
# Lists as texts: most wish for one of a few, which are read once.
LISTS = {"topics", "weekdays"}
ROWS = select(
    *(cast(column, Text).label(column.name) if column.name in LISTS else column for column in subscriptions.c)
)
LENGTHS = {length.value: length for length in Length}  # looked up in a fifth of the time that an enumeration takes
IMPORTANCE = {importance.value: importance for importance in Importance}
EMPTY = {empty.value: empty for empty in Empty}


@dataclass(frozen=True, slots=True)
class StoredSubscriptions:
    """Fulfils the port `Subscriptions`."""

    database: Database

    async def save(self, subscription: Subscription) -> None:
        """Keep it, in place of one with the same id."""
        insert = self.database.insert(subscriptions)
        changes = {column.name: insert.excluded[column.name] for column in subscriptions.c if column.name != "id"}
        upsert = insert.on_conflict_do_update(index_elements=["id"], set_=changes)
        async with self.database.writing() as connection:
            await connection.execute(upsert, _row(subscription))

    async def pause(self, ids: Sequence[int], reason: str | None) -> None:
        """Let no digest of these come any more, and tell why (German); what is still to be sent for them is skipped.

        A person whose direct messages are paused for a reason is told at the next chance (`People.untold`).
        """
        for batch in batches(sorted(ids)):
            waiting = select(unsent(deliveries.c.subscription.in_(batch)).c.id)
            paused = update(subscriptions).where(subscriptions.c.id.in_(batch)).values(paused=True, reason=reason)
            async with self.database.writing() as connection:
                await connection.execute(paused)  # first, as `Outbox.tell` waits for it
                await connection.execute(update(deliveries).where(deliveries.c.id.in_(waiting)).values(PAUSED))
                if reason:
                    await spaces.note(self.database, connection, batch)

    async def remove(self, ids: Sequence[int]) -> None:
        """Forget these, their public digests and what is still to be sent for them; what was sent stays on record."""
        for batch in batches(ids):
            await self._remove(subscriptions.c.id.in_(batch), deliveries.c.subscription.in_(batch))

    async def leave(self, platform: Platform, space: str) -> None:
        """As `remove`, for all of a server or workspace that the bot has left; nothing where `space` is empty.

        All else that is kept of it is forgotten, too: feeds with what they alone told, public digests, votes, alerts,
        conversations, and what was sent.
        """
        if space:  # else it would be every person on Discord
            await self._remove_all(is_space(subscriptions, platform, space), spaces.left(platform, space))
            await owned.leave(self.database, platform, space)
            await alerts.leave(self.database, platform, space)
            await spaces.forget_sent(self.database, platform, space)

    async def spaces(self, platform: Platform) -> set[str]:
        """The servers or workspaces of which anything is kept, but for what was sent to subscriptions of old."""
        return await spaces.known(self.database, platform)

    async def close(self, channel: Channel) -> None:
        """As `remove`, for all of a channel that is no longer there, with its votes, alert and conversations."""
        await self._remove_all(is_channel(subscriptions, channel), spaces.closed(channel))
        await alerts.close(self.database, channel)

    async def get(self, ids: Sequence[int]) -> list[Subscription]:
        """Those of these ids that there are, by id."""
        found: list[Subscription] = []
        for batch in batches(sorted(ids)):
            wanted = ROWS.where(self.database.among(subscriptions.c.id, batch)).order_by(subscriptions.c.id)
            found += [_subscription(row) for row in await self.database.few(wanted)]
        return found

    async def of(self, channel: Channel) -> list[Subscription]:
        """All of one channel, by name."""
        wanted = ROWS.where(is_channel(subscriptions, channel))
        ordered = wanted.order_by(subscriptions.c.name, subscriptions.c.id)
        return [_subscription(row) async for row in self.database.rows(ordered)]

    async def within(self, platform: Platform, space: str) -> list[Subscription]:
        """All of one server or workspace, by channel and name."""
        wanted = ROWS.where(is_space(subscriptions, platform, space))
        ordered = wanted.order_by(subscriptions.c.channel, subscriptions.c.name, subscriptions.c.id)
        return [_subscription(row) async for row in self.database.rows(ordered)]

    async def all(self) -> list[Subscription]:
        """Every subscription, by place and name."""
        order = (subscriptions.c[name] for name in (*CHANNEL, "name", "id"))
        return [_subscription(row) async for row in self.database.rows(ROWS.order_by(*order))]

    async def zones(self) -> list[str]:
        """The zones that any subscription lives in."""
        wanted = select(subscriptions.c.zone).distinct().order_by(subscriptions.c.zone)
        return [row.zone async for row in self.database.rows(wanted)]

    async def at(self, zone: str, first: int, last: int) -> list[tuple[int, int]]:
        """The (id, minute of the day) of this zone's subscriptions from the first to the last minute, paused or not."""
        wanted = (
            select(subscriptions.c.id, subscriptions.c.minute)
            .where(subscriptions.c.zone == zone, subscriptions.c.minute.between(first, last))
            .order_by(subscriptions.c.minute, subscriptions.c.id)
        )
        return [(row.id, row.minute) async for row in self.database.rows(wanted)]

    async def _remove_all(self, theirs: ColumnElement[bool], more: Sequence[Delete]) -> None:
        await self._remove(theirs, deliveries.c.subscription.in_(select(subscriptions.c.id).where(theirs)), more)

    async def _remove(
        self, theirs: ColumnElement[bool], posted: ColumnElement[bool], more: Sequence[Delete] = ()
    ) -> None:
        doomed = select(unsent(posted).c.id)
        held = select(subscriptions.c.id).where(theirs).order_by(subscriptions.c.id).with_for_update()
        async with self.database.writing() as connection:
            ids = list((await connection.execute(held)).scalars())  # first, as `Outbox.tell` waits for it
            await connection.execute(delete(deliveries).where(deliveries.c.id.in_(doomed)))
            pages = await unread(connection, ids)
            await connection.execute(delete(subscriptions).where(theirs))
            for one in more:
                await connection.execute(one)
        await drop_unread(self.database, pages)


def _row(subscription: Subscription) -> dict[str, Any]:
    return dict(zip(CHANNEL, values_of(subscription.channel), strict=True)) | {
        "id": subscription.id,
        "name": subscription.name,
        "minute": subscription.at.hour * 60 + subscription.at.minute,
        "zone": subscription.zone,
        "topics": subscription.topics,
        "weekdays": sorted(subscription.weekdays),
        "length": subscription.length.value,
        "stories": subscription.stories,
        "importance": subscription.importance.value,
        "empty": subscription.empty.value,
        "holidays": subscription.holidays,
        "recap": subscription.recap,
        "cutoff": subscription.cutoff,
        "public": subscription.public,
        "chart": subscription.chart,
        "paused": subscription.paused,
        "reason": subscription.reason,
        "since": subscription.since,
    }


def _subscription(row: Sequence[Any]) -> Subscription:
    # By position: to look for each value by its name takes as long as all the rest.
    (id_, platform, space, channel, direct, name, minute, zone, topics, weekdays, length) = row[:11]
    (stories, importance, empty, holidays, recap, cutoff, public, chart, paused, reason, since) = row[11:]
    return Subscription(
        id=id_,
        channel=Channel(PLATFORMS[platform], space, channel, direct),
        name=name,
        at=time(*divmod(minute, 60)),
        zone=zone,
        topics=_topics(topics),
        weekdays=_weekdays(weekdays),
        length=LENGTHS[length],
        stories=stories,
        importance=IMPORTANCE[importance],
        empty=EMPTY[empty],
        holidays=holidays,
        recap=recap,
        cutoff=cutoff,
        public=public,
        chart=chart,
        paused=paused,
        reason=reason,
        since=since,
    )


@lru_cache(maxsize=1_000)
def _topics(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))


@lru_cache(maxsize=1_000)
def _weekdays(text: str) -> frozenset[int]:
    return frozenset(json.loads(text))
