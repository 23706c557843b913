"""How the whole of it is doing. Each question is a walk along an index, over a day's rows at most."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, case, distinct, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import State, together
from bot.ports.news import CONDENSING
from bot.ports.watching import Pulse
from bot.store.database import Database
from bot.store.spending import account
from bot.store.tables import EPOCH, alerts, articles, beats, deliveries, feeds, leases, memberships

DAY = timedelta(days=1)
ALIVE = timedelta(minutes=1)  # a process tells every five seconds that it lives
PENDING, SENT = State.PENDING.value, State.SENT.value
FEED_STATE = case((feeds.c.gone, "gone"), (feeds.c.failures > 0, "failing"), else_="ok")
HELD = (False, True)  # both values, so that the index over (held, published) serves
FEED_STATES = ("ok", "failing", "gone")


@dataclass(frozen=True, slots=True)
class StoredWatch:
    """Fulfils the port `Watch`."""

    database: Database

    async def look(self, now: datetime) -> Pulse:
        """The pulse at that moment; cheap, however much is stored. Raises `NoDatabase`."""
        since = now - DAY
        recent = articles.c.held.in_(HELD), articles.c.published > since
        stories = select(func.count(distinct(memberships.c.story))).join_from(articles, memberships).where(*recent)
        async with self.database.reading() as connection:
            spent = await account(connection, now.date())
            return Pulse(
                at=now,
                feeds=await _feeds(connection),
                articles=await _one(connection, select(func.count()).select_from(articles).where(*recent)),
                stories=await _one(connection, stories),
                tokens=together(spent.used).total,
                deliveries=await _deliveries(connection, since),
                collected=_moment(await _one(connection, select(func.max(feeds.c.asked)).where(feeds.c.enrolled))),
                posted=await _one(connection, _latest(sent=True)),
                feed_due=await _one(connection, select(func.min(feeds.c.due)).where(feeds.c.enrolled, ~feeds.c.gone)),
                delivery_due=await _one(connection, _latest(sent=False).where(deliveries.c.due <= now)),
                processes=await _one(connection, select(func.count()).where(beats.c["at"] > now - ALIVE)),
                leases={row.name: row.until for row in await connection.execute(_held(now))},
                account=spent,
            )


async def _one(connection: AsyncConnection, statement: Select[Any]) -> Any:  # noqa: ANN401 - what is asked for
    return (await connection.execute(statement)).scalar()


async def _feeds(connection: AsyncConnection) -> dict[str, int]:
    counts = select(FEED_STATE.label("state"), func.count().label("number")).where(feeds.c.enrolled).group_by("state")
    return dict.fromkeys(FEED_STATES, 0) | {row.state: row.number for row in await connection.execute(counts)}


async def _deliveries(connection: AsyncConnection, since: datetime) -> dict[State, int]:
    wanted = select(deliveries.c.state, func.count().label("number")).where(
        deliveries.c.state.in_([state.value for state in State]), deliveries.c.due > since
    )
    found = {State(row.state): row.number for row in await connection.execute(wanted.group_by(deliveries.c.state))}
    return dict.fromkeys(State, 0) | found


def _held(now: datetime) -> Select[Any]:
    """The leases that are held, but for those of a single story that is being condensed."""
    return select(leases).where(leases.c.until > now, ~leases.c.name.startswith(CONDENSING))


def _latest(*, sent: bool) -> Select[Any]:
    """When the latest was sent of those that are; since when the first is due of those that are to be.

    The one that was due last stands for the one that was sent last: an index over `sent` would cost each post.
    """
    if sent:
        return select(deliveries.c.sent).where(deliveries.c.state == SENT).order_by(deliveries.c.due.desc()).limit(1)
    # An alert is due since its news were told, which is before it was written.
    is_alert = select(alerts.c.id).where(alerts.c.id == deliveries.c.subscription).exists()
    waiting = select(deliveries.c.due).where(deliveries.c.state == PENDING, ~is_alert)
    return waiting.order_by(deliveries.c.due).limit(1)


def _moment(moment: datetime | None) -> datetime | None:
    return None if moment == EPOCH else moment
