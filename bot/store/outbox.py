"""What is to be posted, and what became of it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import starmap
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    Row,
    Select,
    Text,
    Update,
    and_,
    bindparam,
    cast,
    func,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import Delivery, Platform, State
from bot.ports import Body, Outcome, Past, Shown
from bot.store.database import Database, batches
from bot.store.deliveries import body_row, delivery_of, delivery_row, key_of, skipped
from bot.store.published import mark_posted
from bot.store.retention import forget
from bot.store.tables import AHEAD, EPOCH, Moment, alerts, bodies, deliveries, subscriptions

PENDING, SENT = State.PENDING.value, State.SENT.value
LATE = timedelta(days=4)  # so long after its local date a digest is made at most: a new process looks back for two
NOT_SENT = (State.FORBIDDEN, State.GONE, State.SKIPPED, State.MISSED)
ENDED = [state.value for state in NOT_SENT]
UNTOLD = [state.value for state in NOT_SENT if state is not State.SKIPPED]

FIRST, BEFORE = deliveries.alias("first"), deliveries.alias("before")
ROOT = (
    select(FIRST.c.message)
    .where(FIRST.c.subscription == deliveries.c.subscription, FIRST.c.day == deliveries.c.day, FIRST.c.part == 1)
    .where(deliveries.c.part > 1)
    .scalar_subquery()
    .label("root")
)
IS_NEXT = or_(
    deliveries.c.part == 1,
    select(BEFORE.c.id)
    .where(BEFORE.c.subscription == deliveries.c.subscription, BEFORE.c.day == deliveries.c.day)
    .where(BEFORE.c.part == deliveries.c.part - 1, BEFORE.c.state == SENT)
    .exists(),
)

BEFORE_DAY = bindparam("before", type_=Date)
# One row for each subscription: in a week or two each had a dozen deliveries, but most had the same.
HISTORY = select(
    deliveries.c.subscription,
    func.aggregate_strings(cast(deliveries.c.body, Text), ",")
    # Not „in“: SQLite would look for the state in its index, which is to look at nearly every row.
    .filter(deliveries.c.state.not_in(ENDED))
    .label("bodies"),
    func.max(deliveries.c.day)
    .filter(deliveries.c.state.not_in(UNTOLD), deliveries.c.part == 1, deliveries.c.day < BEFORE_DAY)
    .label("reached"),
).group_by(deliveries.c.subscription)

# Whatever else deliveries are made for has its „or“ here.
IS_WANTED = or_(
    *(
        select(table.c.id).where(table.c.id == deliveries.c.subscription, table.c.paused.is_(False)).exists()
        for table in (subscriptions, alerts)
    )
)

# A process that was away for longer than its lease may record what others have settled meanwhile. Only a message that
# is there counts more than what they found.
RECORD = (
    update(deliveries)
    .where(deliveries.c.id == bindparam("key"))
    .where(or_(deliveries.c.state == PENDING, and_(bindparam("new", type_=Text) == SENT, deliveries.c.state != SENT)))
    .values(
        state=bindparam("new", type_=Text),
        due=func.coalesce(bindparam("again", type_=Moment), deliveries.c.due),
        leased=EPOCH,
        message=bindparam("message"),
        sent=bindparam("sent"),
        reason=bindparam("reason"),
    )
)

# Each claim counts a try, so whoever finds one more than there were before his own holds what nobody has claimed since.
GIVE_BACK = (
    update(deliveries)
    .where(deliveries.c.id == bindparam("key"), deliveries.c.state == PENDING)
    .where(deliveries.c.tries == bindparam("before", type_=Integer) + 1)
    .values(
        due=bindparam("again", type_=Moment),
        leased=EPOCH,
        tries=bindparam("before", type_=Integer),
        tried=bindparam("begun", type_=Moment),
        reason=bindparam("why"),
    )
)


@dataclass(frozen=True, slots=True)
class StoredOutbox:
    """Fulfils the port `Outbox`."""

    database: Database

    async def add(self, deliveries_: Sequence[Delivery], bodies_: Sequence[Body], made: datetime) -> int:
        """Keep what has no row yet, in one transaction with the bodies; how many were new. The first one stays.

        A delivery's `body` is the text of one of the bodies. `made`: what was known then, they tell or leave out.
        """
        if not deliveries_:
            return 0
        async with self.database.writing() as connection:
            return await self._add(connection, deliveries_, bodies_, made)

    async def tell(self, deliveries_: Sequence[Delivery], bodies_: Sequence[Body], made: datetime) -> int:
        """As `add`, but for subscriptions that were removed meanwhile; a digest of a paused one is skipped.

        Whatever removes or pauses them is waited for, or comes after it and finds what is to be sent.
        """
        if not deliveries_:
            return 0
        async with self.database.writing() as connection:
            paused = await self._held(connection, sorted({one.subscription for one in deliveries_}))
            there = [one for one in deliveries_ if one.subscription in paused]
            kept = [skipped(one) if paused[one.subscription] else one for one in there]
            return await self._add(connection, [one for one in kept if one.part == 1 or one.body], bodies_, made)

    async def settled(self, subscriptions: Sequence[int], day: date) -> set[int]:
        """Which of these have a delivery of that day, sent or not."""
        found: set[int] = set()
        for batch in batches(subscriptions):
            theirs = self.database.among(deliveries.c.subscription, batch)
            wanted = select(deliveries.c.subscription).where(theirs, deliveries.c.day == day, deliveries.c.part == 1)
            found |= {row.subscription for row in await self.database.few(wanted)}
        return found

    async def claim(
        self,
        now: datetime,
        limit: int,
        lease: timedelta,
        platforms: Collection[Platform] = tuple(Platform),
        begun: datetime | None = None,
    ) -> list[Delivery]:
        """Due deliveries for these chats with their bodies, each leased to one process until its outcome.

        The oldest due come first. Of several parts, the next is due when the one before is sent. The try is counted
        before they are handed out, but `tries` and `tried` are as they were before: where there was a try, its message
        may have got through although nobody recorded it. `begun`: what the time is on the chats' clock, if it is
        another one. A lease ends by itself, too; one that has more than two lengths left counts as ended: a clock that
        ran ahead wrote it.
        """
        is_free = or_(deliveries.c.leased <= now, deliveries.c.leased > now + AHEAD * lease)
        chosen = (
            select(deliveries, ROOT)
            .where(deliveries.c.state == PENDING, deliveries.c.due <= now, is_free, IS_NEXT)
            .where(_is_for(platforms))
            .order_by(deliveries.c.due)  # and by nothing else: of 100,000 with one due, as many are read as are wanted
            .limit(limit)
            .with_for_update(skip_locked=True, of=deliveries)
        )
        first = literal(begun or now, Moment)
        values = {
            "leased": now + lease,
            "tries": deliveries.c.tries + 1,
            "tried": func.coalesce(deliveries.c.tried, first),
        }
        async with self.database.writing() as connection:
            rows = sorted(await connection.execute(chosen), key=lambda row: (row.due, row.id))
            texts = await _texts(connection, rows)
            for batch in batches(rows):
                ids = [row.id for row in batch]
                await connection.execute(update(deliveries).where(deliveries.c.id.in_(ids)).values(values))
        return [delivery_of(row, texts.get(row.body), row.root) for row in rows]

    async def give_back(self, deliveries_: Sequence[Delivery]) -> None:
        """Put back what was claimed and for certain not sent, as it is passed: with the tries from before the claim.

        What another process has claimed or settled since stays as that one left it.
        """
        for batch in batches(sorted(deliveries_, key=lambda delivery: delivery.id)):
            async with self.database.writing() as connection:
                await connection.execute(GIVE_BACK, [_given_back(one) for one in batch])

    async def record(self, outcomes: Sequence[Outcome]) -> None:
        """Remember how tries ended, and end the leases.

        What is settled stays so, unless it turns out to be sent. The parts after one that is not sent end as it did.
        """
        if not outcomes:
            return
        ended = [outcome.id for outcome in outcomes if outcome.state in NOT_SENT]
        async with self.database.writing() as connection:
            if ended and not self.database.is_sqlite:
                await connection.execute(_locked(outcomes, ended))
            for batch in batches(sorted(outcomes, key=lambda outcome: outcome.id)):
                await connection.execute(RECORD, [_end(outcome) for outcome in batch])
            for some in batches(ended):
                await connection.execute(_end_later_parts(some))
            await mark_posted(connection, [outcome.id for outcome in outcomes if outcome.state is State.SENT])

    async def due(self, now: datetime, platforms: Collection[Platform] = tuple(Platform)) -> int:
        """How many deliveries for these chats are to be sent by now, and are not settled yet."""
        wanted = select(func.count()).where(deliveries.c.state == PENDING, deliveries.c.due <= now, _is_for(platforms))
        async with self.database.reading() as connection:
            return int((await connection.execute(wanted)).scalar_one())

    async def shown(self, subscriptions: Sequence[int], since: datetime) -> Mapping[int, frozenset[Shown]]:
        """What these were sent, or will be, in digests made since then: each story once, with the latest digest.

        Those that had the same digests share one set.
        """
        past = await self.past(subscriptions, since, date.max)
        return {subscription: one.shown for subscription, one in past.items() if one.shown}

    async def past(self, subscriptions: Sequence[int], since: datetime, before: date) -> Mapping[int, Past]:
        """What `shown` says of these, and which day before that one was the latest to bring what it should.

        A delivery that waits to be sent counts, too. Who has nothing of the kind is left out.
        """
        rows: list[Row[Any]] = []
        for batch in batches(subscriptions):
            theirs = self.database.among(deliveries.c.subscription, batch)
            wanted = HISTORY.where(theirs, deliveries.c.day >= since.date() - LATE)
            rows += await self.database.few(wanted, {"before": before})
        histories = {row.bodies: _history(row.bodies) for row in rows}
        told = await self._told({body for ids in histories.values() for body in ids}, since)
        sets = {ids: _latest(tuple(told[body] for body in ids if body in told)) for ids in {*histories.values()}}
        return {row.subscription: Past(sets[histories[row.bodies]], row.reached) for row in rows}

    async def _held(self, connection: AsyncConnection, ids: Sequence[int]) -> Mapping[int, bool]:
        """Which of these subscriptions there are, and whether they are paused; it stays so until the end."""
        paused: dict[int, bool] = {}
        for batch in batches(ids):
            theirs = self.database.among(subscriptions.c.id, batch)
            held = select(subscriptions.c.id, subscriptions.c.paused).where(theirs).order_by(subscriptions.c.id)
            rows = await connection.execute(held.with_for_update(read=True))
            paused |= {row.id: row.paused for row in rows}
        return paused

    async def _add(
        self, connection: AsyncConnection, deliveries_: Sequence[Delivery], bodies_: Sequence[Body], made: datetime
    ) -> int:
        keys = {body.text: key_of(body.text, made) for body in bodies_}
        new_bodies = self.database.insert(bodies).on_conflict_do_nothing()
        new_deliveries = self.database.insert(deliveries).on_conflict_do_nothing()
        # Sorted, so that processes that add the same at once never wait for each other for ever.
        for some in batches(sorted(bodies_, key=lambda body: keys[body.text])):
            known = await _known(connection, [keys[body.text] for body in some])
            rows = [body_row(body, keys[body.text], made) for body in some if keys[body.text] not in known]
            await self.database.write_rows(connection, new_bodies, rows)
        count = 0
        for batch in batches(sorted(deliveries_, key=lambda delivery: delivery.id)):
            rows = [delivery_row(delivery, keys) for delivery in batch]
            count += await self.database.write_rows(connection, new_deliveries, rows)
        return count

    async def _told(self, ids: Collection[int], since: datetime) -> Mapping[int, tuple[datetime, tuple[int, ...]]]:
        """When these bodies were made, and with which stories; older ones are left out."""
        found: dict[int, tuple[datetime, tuple[int, ...]]] = {}
        for batch in batches(sorted(ids)):
            wanted = select(bodies.c.id, bodies.c.made, bodies.c.shown).where(bodies.c.id.in_(batch))
            found |= {
                row.id: (row.made, tuple(row.shown)) for row in await self.database.few(wanted) if row.made >= since
            }
        return found

    async def last(self, subscriptions: Sequence[int], sent: bool) -> Mapping[int, Delivery]:
        """The first part of the latest digest of each (of those that were sent, if so wanted), without its body."""
        found: dict[int, Delivery] = {}
        for batch in batches(subscriptions):
            those = [deliveries.c.subscription.in_(batch), deliveries.c.part == 1]
            those += [deliveries.c.state == SENT] if sent else []
            day = func.max(deliveries.c.day).label("day")
            latest = select(deliveries.c.subscription, day).where(*those).group_by(deliveries.c.subscription).subquery()
            is_latest = (deliveries.c.subscription == latest.c.subscription) & (deliveries.c.day == latest.c.day)
            wanted = select(deliveries).join(latest, is_latest).where(deliveries.c.part == 1)
            found |= {row.subscription: delivery_of(row) async for row in self.database.rows(wanted)}
        return found

    async def recent(self, subscription: int, count: int) -> list[Delivery]:
        """The first parts of its latest digests, so many at most, the latest first, without their bodies."""
        wanted = (
            select(deliveries)
            .where(deliveries.c.subscription == subscription, deliveries.c.part == 1)
            .order_by(deliveries.c.day.desc())
            .limit(count)
        )
        return [delivery_of(row) async for row in self.database.rows(wanted)]

    async def told(self, subscriptions: Sequence[int], messages: Collection[str]) -> tuple[int, ...]:
        """The stories of the digests of these that any of these messages is part of, in order, each once."""
        found: list[int] = []
        for batch in batches(sorted(subscriptions)):
            theirs = (BEFORE.c.subscription.in_(batch), BEFORE.c.message.in_(messages))
            same = (BEFORE.c.subscription == deliveries.c.subscription) & (BEFORE.c.day == deliveries.c.day)
            wanted = select(bodies.c.shown).join(deliveries, deliveries.c.body == bodies.c.id).join(BEFORE, same)
            ordered = wanted.where(*theirs).order_by(deliveries.c.day, deliveries.c.part)
            found += [story for row in await self.database.few(ordered) for story in row.shown]
        return tuple(dict.fromkeys(found))

    async def stands(self, delivery: int) -> bool:
        """Whether it is still to be sent: nobody has removed or paused what it is of since it was claimed."""
        wanted = select(deliveries.c.id).where(deliveries.c.id == delivery, deliveries.c.state == PENDING, IS_WANTED)
        return bool(await self.database.few(wanted))

    async def forget(self, before: datetime, unneeded: datetime | None = None) -> int:
        """Delete what was settled before that moment; how many deliveries. Bodies made before `unneeded`, too.

        Of each subscription that there is, the latest digest and the latest that was sent stay; so do bodies that any
        delivery needs. `unneeded` is the same moment by default, and must be more than a day ago.
        """
        return await forget(self.database, before, unneeded or before)


def _is_for(platforms: Collection[Platform]) -> ColumnElement[bool]:
    return deliveries.c.platform.in_([platform.value for platform in platforms])


def _history(bodies_: str | None) -> tuple[int, ...]:
    """The ids of the bodies that a database has strung together, in whatever order."""
    return tuple(sorted(map(int, bodies_.split(",")))) if bodies_ else ()


@lru_cache(maxsize=2_000)  # most batches of a slot were told the same, and one set is compared with itself at once
def _latest(told: tuple[tuple[datetime, tuple[int, ...]], ...]) -> frozenset[Shown]:
    """Each story once, with the latest of its digests."""
    latest: dict[int, datetime] = {}
    for made, stories in sorted(told):
        latest |= dict.fromkeys(stories, made)
    return frozenset(starmap(Shown, latest.items()))


async def _known(connection: AsyncConnection, keys: Sequence[int]) -> set[int]:
    """Which of these bodies are there: most are, of a slot that takes hundreds of jobs."""
    return set((await connection.execute(select(bodies.c.id).where(bodies.c.id.in_(keys)))).scalars())


async def _texts(connection: AsyncConnection, rows: Sequence[Row[Any]]) -> dict[int, str]:
    """The bodies of these rows, each fetched once."""
    found: dict[int, str] = {}
    for batch in batches(sorted({row.body for row in rows if row.body is not None})):
        wanted = select(bodies.c.id, bodies.c.text).where(bodies.c.id.in_(batch))
        found |= {row.id: row.text for row in await connection.execute(wanted)}
    return found


def _locked(outcomes: Sequence[Outcome], ended: Sequence[int]) -> Select[Any]:
    """Take hold of all that is to be changed, later parts too, in the order in which others do: by id."""
    goes_along = (
        select(BEFORE.c.id)
        .where(BEFORE.c.id.in_(ended))
        .where(BEFORE.c.subscription == deliveries.c.subscription, BEFORE.c.day == deliveries.c.day)
    )
    return (
        select(deliveries.c.id)
        .where(or_(deliveries.c.id.in_([outcome.id for outcome in outcomes]), goes_along.exists()))
        .order_by(deliveries.c.id)
        .with_for_update(of=deliveries)
    )


def _given_back(one: Delivery) -> dict[str, Any]:
    return {"key": one.id, "before": one.tries, "begun": one.tried, "again": one.due, "why": one.reason}


def _end(outcome: Outcome) -> dict[str, Any]:
    return {
        "key": outcome.id,
        "new": outcome.state.value,
        "again": outcome.due,
        "message": outcome.message,
        "sent": outcome.at if outcome.state is State.SENT else None,
        "reason": outcome.reason,
    }


def _end_later_parts(ids: Sequence[int]) -> Update:
    """What waits for these, and would for ever, ends as they did."""
    return (
        update(deliveries)
        .where(BEFORE.c.id.in_(ids), BEFORE.c.state.in_(ENDED))
        .where(deliveries.c.subscription == BEFORE.c.subscription, deliveries.c.day == BEFORE.c.day)
        .where(deliveries.c.part > BEFORE.c.part, deliveries.c.state == PENDING)
        .values(state=BEFORE.c.state, reason=BEFORE.c.reason, leased=EPOCH)
    )
