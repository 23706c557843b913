"""The feeds we ask, and what we remember of them from one request to the next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Row, bindparam, false, select, update

from bot.model import Feed, FeedState, Language
from bot.store.database import batches
from bot.store.owned import OwnedFeeds, memory, new_row, settle
from bot.store.tables import EPOCH, feeds

# As long as an honest collection takes at most between claiming a feed and recording it: some 400 feeds that wait their
# turn at one host, a second apart, and time to spare. What a process held that died is due again after that.
LEASE = timedelta(minutes=10)

REMEMBER = (
    update(feeds)
    .where(feeds.c.url == bindparam("key"))
    .values(
        {
            name: bindparam(name)
            for name in (
                "address",
                "etag",
                "last_modified",
                "body_hash",
                "due",
                "asked",
                "answered",
                "interval",
                "failures",
                "reason",
                "moved_to",
                "moved_days",
                "gone",
                "leased",
            )
        }
    )
)


@dataclass(frozen=True, slots=True)
class StoredFeeds(OwnedFeeds):
    """Fulfils the port `Feeds`."""

    async def enrol(self, feeds_: Sequence[Feed]) -> None:
        """These are everybody's from now on; besides, only what a space has is asked. What is remembered stays."""
        insert = self.database.insert(feeds)
        changes = {name: insert.excluded[name] for name in ("name", "language", "topics", "weight", "configured")}
        upsert = insert.on_conflict_do_update(index_elements=["url"], set_=changes)
        async with self.database.writing() as connection:
            await connection.execute(update(feeds).values(configured=false()))
            for batch in batches(feeds_):
                await connection.execute(upsert, [new_row(feed) | {"configured": True} for feed in batch])
            await settle(connection)

    async def claim(self, now: datetime, limit: int, asked_before: datetime | None = None) -> list[FeedState]:
        """Due feeds, longest due first, leased to the caller until they are recorded or `LEASE` is over."""
        due, order = (
            (feeds.c.due <= now, feeds.c.due) if asked_before is None else (feeds.c.asked < asked_before, feeds.c.asked)
        )
        chosen = (
            select(feeds.c.url)
            .where(feeds.c.enrolled, ~feeds.c.gone, feeds.c.leased <= now, due)
            .order_by(order)
            .limit(limit)
            .with_for_update(skip_locked=True)
            .cte("chosen")
        )
        lease = (
            update(feeds).where(feeds.c.url.in_(select(chosen.c.url))).values(leased=now + LEASE).returning(*feeds.c)
        )
        async with self.database.writing() as connection:
            rows = (await connection.execute(lease)).all()
        return [_state(row) for row in sorted(rows, key=lambda row: (row.due, row.url))]

    async def record(self, states: Sequence[FeedState]) -> None:
        """Remember what the requests taught, and end the leases."""
        async with self.database.writing() as connection:
            for batch in batches(states):
                await connection.execute(REMEMBER, [memory(state) for state in batch])

    async def all(self) -> list[FeedState]:
        """Every feed that is asked, by name."""
        wanted = select(feeds).where(feeds.c.enrolled).order_by(feeds.c.name, feeds.c.url)
        return [_state(row) async for row in self.database.rows(wanted)]


def _state(row: Row[Any]) -> FeedState:
    language = Language(row.language) if row.language else None
    return FeedState(
        feed=Feed(row.url, row.name, language, tuple(row.topics), row.weight, private=not row.common),
        url=row.address,
        etag=row.etag,
        last_modified=row.last_modified,
        body_hash=row.body_hash,
        due=_moment(row.due),
        asked=_moment(row.asked),
        answered=row.answered,
        interval=timedelta(seconds=row.interval),
        failures=row.failures,
        reason=row.reason,
        moved_to=row.moved_to,
        moved_days=tuple(date.fromisoformat(day) for day in row.moved_days),
        gone=row.gone,
    )


def _moment(moment: datetime) -> datetime | None:
    return None if moment == EPOCH else moment
