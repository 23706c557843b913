"""Who wants to be told at once, and what they were told."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.german.alerts import BEYOND, PAUSED
from bot.model import Alert, Channel, Delivery, Platform, State, alert_id
from bot.ports import Body
from bot.store.channels import channel_of, is_channel, is_space, values_of
from bot.store.database import Database, batches
from bot.store.deliveries import body_row, delivery_of, delivery_row, key_of, unsent
from bot.store.tables import EPOCH, alerts, bodies, deliveries, subscriptions

CHANNEL = ("platform", "space", "channel", "direct")
SKIPPED = {"state": State.SKIPPED.value, "reason": PAUSED, "leased": EPOCH}
IS_SAME = and_(*(alerts.c[name] == subscriptions.c[name] for name in CHANNEL))
COUNTED = [State.PENDING.value, State.SENT.value]  # against the cap of a day


@dataclass(frozen=True, slots=True)
class StoredAlerts:
    """Fulfils the port `Alerts`."""

    database: Database

    async def save(self, alert: Alert) -> None:
        """Keep it, in place of the channel's other one."""
        insert = self.database.insert(alerts)
        changes = {column.name: insert.excluded[column.name] for column in alerts.c if column.name != "id"}
        async with self.database.writing() as connection:
            await connection.execute(insert.on_conflict_do_update(index_elements=["id"], set_=changes), _row(alert))

    async def remove(self, channel: Channel) -> None:
        """Forget the channel's alert, and what is still to be sent of it; what was sent stays on record."""
        await forget(self.database, alerts.c.id == alert_id(channel))

    async def pause(self, ids: Sequence[int], reason: str | None) -> None:
        """Let nothing of these come any more, and tell why (German); what is still to be sent of them is skipped."""
        for batch in batches(sorted(ids)):
            async with self.database.writing() as connection:
                await connection.execute(  # first, as `tell` waits for it
                    update(alerts).where(alerts.c.id.in_(batch)).values(paused=True, reason=reason)
                )
                theirs = select(alerts.c.id).where(alerts.c.id.in_(batch))
                waiting = select(unsent(deliveries.c.subscription.in_(theirs)).c.id)
                await connection.execute(update(deliveries).where(deliveries.c.id.in_(waiting)).values(SKIPPED))

    async def get(self, channel: Channel) -> Alert | None:
        """The channel's alert, if it has one."""
        found = await self._found(select(alerts).where(alerts.c.id == alert_id(channel)))
        return found[0] if found else None

    async def within(self, platform: Platform, space: str) -> list[Alert]:
        """All of one server or workspace, by channel."""
        return await self._found(select(alerts).where(is_space(alerts, platform, space)).order_by(alerts.c.channel))

    async def all(self) -> list[Alert]:
        """Every alert, by place."""
        return await self._found(select(alerts).order_by(*(alerts.c[name] for name in CHANNEL)))

    async def are_wanted(self) -> bool:
        """Whether there is one that is not paused."""
        return bool(await self.database.few(select(alerts.c.id).where(alerts.c.paused.is_(False)).limit(1)))

    async def beside(self, ids: Sequence[int]) -> Mapping[int, Sequence[int]]:
        """The ids of the subscriptions in these alerts' channels; where there are none, the alert is left out."""
        found: defaultdict[int, list[int]] = defaultdict(list)
        for batch in batches(sorted(ids)):
            joined = select(alerts.c.id, subscriptions.c.id.label("beside")).join_from(alerts, subscriptions, IS_SAME)
            async for row in self.database.rows(joined.where(alerts.c.id.in_(batch)).order_by(subscriptions.c.id)):
                found[row.id].append(row.beside)
        return found

    async def active(self) -> list[Alert]:
        """Those that are not paused, by id."""
        return await self._found(select(alerts).where(alerts.c.paused.is_(False)).order_by(alerts.c.id))

    async def known(self, deliveries_: Collection[int]) -> set[int]:
        """Which of these deliveries are in the outbox, sent or not."""
        found: set[int] = set()
        for batch in batches(sorted(deliveries_)):
            found |= {
                row.id for row in await self.database.few(select(deliveries.c.id).where(deliveries.c.id.in_(batch)))
            }
        return found

    async def tell(self, deliveries_: Sequence[Delivery], bodies_: Sequence[Body], made: datetime) -> int:
        """As `Outbox.add`, in their order, but for alerts that were removed or paused meanwhile; how many to be sent.

        Of each alert no more are sent on a day than its cap; what is beyond it is kept as skipped, with the reason.
        """
        by_alert: defaultdict[int, list[Delivery]] = defaultdict(list)
        for one in deliveries_:
            by_alert[one.subscription].append(one)
        count = 0
        for batch in batches(sorted(by_alert)):
            async with self.database.writing() as connection:
                count += await self._tell(connection, {id_: by_alert[id_] for id_ in batch}, bodies_, made)
        return count

    async def told(self, ids: Sequence[int], since: date) -> Mapping[int, Sequence[Delivery]]:
        """What became of these alerts' messages since that day, the oldest first, without their bodies."""
        found: defaultdict[int, list[Delivery]] = defaultdict(list)
        for batch in batches(sorted(ids)):
            wanted = select(deliveries).where(deliveries.c.subscription.in_(batch), deliveries.c.day >= since)
            async for row in self.database.rows(wanted.order_by(deliveries.c.due, deliveries.c.id)):
                found[row.subscription].append(delivery_of(row))
        return found

    async def _tell(
        self,
        connection: AsyncConnection,
        by_alert: Mapping[int, Sequence[Delivery]],
        bodies_: Sequence[Body],
        made: datetime,
    ) -> int:
        # Held, so that of two processes the second counts what the first one added, and removing waits or comes after.
        held = select(alerts.c.id, alerts.c.cap).where(alerts.c.id.in_(by_alert), alerts.c.paused.is_(False))
        caps = {row.id: row.cap for row in await connection.execute(held.order_by(alerts.c.id).with_for_update())}
        new = [one for id_ in caps for one in by_alert[id_]]
        there = select(deliveries.c.id).where(deliveries.c.id.in_([one.id for one in new]))
        known = set((await connection.execute(there)).scalars())
        spent = await _spent(connection, list(caps))
        kept = [_within(one, caps, spent) for one in new if one.id not in known]
        await self._add(connection, kept, bodies_, made)
        return sum(one.state is State.PENDING for one in kept)

    async def _add(
        self, connection: AsyncConnection, kept: Sequence[Delivery], bodies_: Sequence[Body], made: datetime
    ) -> None:
        texts = {one.body for one in kept if one.body is not None}
        keys = {body.text: key_of(body.text, made) for body in bodies_ if body.text in texts}
        used = sorted((body for body in bodies_ if body.text in texts), key=lambda body: keys[body.text])
        add_body = self.database.insert(bodies).on_conflict_do_nothing()
        add = self.database.insert(deliveries).on_conflict_do_nothing()
        await self.database.write_rows(connection, add_body, [body_row(body, keys[body.text], made) for body in used])
        rows = [delivery_row(one, keys) for one in sorted(kept, key=lambda one: one.id)]
        await self.database.write_rows(connection, add, rows)

    async def _found(self, wanted: Select[Any]) -> list[Alert]:
        return [_alert(row) async for row in self.database.rows(wanted)]


async def leave(database: Database, platform: Platform, space: str) -> None:
    """Forget all alerts of a server or workspace; nothing where `space` is empty."""
    if space:
        await forget(database, is_space(alerts, platform, space))


async def close(database: Database, channel: Channel) -> None:
    """Forget the alert of a channel that is no longer there."""
    await forget(database, is_channel(alerts, channel))


async def forget(database: Database, theirs: ColumnElement[bool]) -> None:
    """Delete these alerts and what is still to be sent of them."""
    async with database.writing() as connection:
        held = select(alerts.c.id).where(theirs).order_by(alerts.c.id).with_for_update()
        ids = list((await connection.execute(held)).scalars())  # first, as `tell` waits for it
        for batch in batches(ids):
            doomed = select(unsent(deliveries.c.subscription.in_(batch)).c.id)
            await connection.execute(delete(deliveries).where(deliveries.c.id.in_(doomed)))
            await connection.execute(delete(alerts).where(alerts.c.id.in_(batch)))


async def _spent(connection: AsyncConnection, ids: Sequence[int]) -> Counter[tuple[int, date]]:
    """How many each alert told on each day, or will."""
    count = func.count().label("count")
    wanted = (
        select(deliveries.c.subscription, deliveries.c.day, count)
        .where(deliveries.c.subscription.in_(ids), deliveries.c.state.in_(COUNTED))
        .group_by(deliveries.c.subscription, deliveries.c.day)
    )
    return Counter({(row.subscription, row.day): row.count for row in await connection.execute(wanted)})


def _within(one: Delivery, caps: Mapping[int, int], spent: Counter[tuple[int, date]]) -> Delivery:
    """The delivery, or that its day has had enough."""
    if one.state is not State.PENDING:
        return one
    key = (one.subscription, one.day)
    if spent[key] >= caps[one.subscription]:
        return replace(one, body=None, state=State.SKIPPED, reason=BEYOND)
    spent[key] += 1
    return one


def _row(alert: Alert) -> dict[str, Any]:
    start, end = alert.quiet
    return dict(zip(CHANNEL, values_of(alert.channel), strict=True)) | {
        "id": alert.id,
        "zone": alert.zone,
        "topics": alert.topics,
        "critical": alert.critical,
        "cap": alert.cap,
        "quiet_from": start.hour * 60 + start.minute,
        "quiet_until": end.hour * 60 + end.minute,
        "role": alert.role,
        "paused": alert.paused,
        "reason": alert.reason,
        "since": alert.since,
    }


def _alert(row: Row[Any]) -> Alert:
    quiet = (time(*divmod(row.quiet_from, 60)), time(*divmod(row.quiet_until, 60)))
    return Alert(
        channel_of(row),
        row.zone,
        tuple(row.topics),
        row.critical,
        row.cap,
        quiet,
        row.role,
        row.paused,
        row.reason,
        row.since,
    )
