"""Who of many processes does what, and who is alive. Every race is decided in one statement."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import BigInteger, case, delete, literal, or_, select, type_coerce

from bot.store.database import Database
from bot.store.tables import AHEAD, MICROSECOND, beats, leases, to_number, turns

FAR = timedelta(minutes=20)  # no turn is taken so far ahead; one that is was taken before the clock was set back


@dataclass(frozen=True, slots=True)
class StoredLeases:
    """Fulfils the port `Leases`."""

    database: Database

    async def take(self, name: str, holder: str, now: datetime, length: timedelta) -> bool:
        """Whether the holder has this lease now: it was free, had run out, or was its own.

        One that ends later than two lengths from now counts as free: a clock that ran ahead wrote it.
        """
        is_free = or_(leases.c.until <= now, leases.c.until > now + AHEAD * length)
        insert = self.database.insert(leases)
        upsert = insert.on_conflict_do_update(
            index_elements=["name"],
            set_={"holder": insert.excluded.holder, "until": insert.excluded.until},
            where=or_(leases.c.holder == insert.excluded.holder, is_free),
        ).returning(leases.c.name)
        async with self.database.writing() as connection:
            row = {"name": name, "holder": holder, "until": now + length}
            return (await connection.execute(upsert, row)).first() is not None

    async def release(self, name: str, holder: str) -> None:
        """Give it back, if it is the holder's."""
        async with self.database.writing() as connection:
            await connection.execute(delete(leases).where(leases.c.name == name, leases.c.holder == holder))

    async def forget(self, before: datetime) -> int:
        """Forget the leases that ended before that moment; how many."""
        async with self.database.writing() as connection:
            return (await connection.execute(delete(leases).where(leases.c.until < before))).rowcount

    async def beat(self, holder: str, now: datetime) -> None:
        """Tell all others that this process is alive."""
        insert = self.database.insert(beats)
        upsert = insert.on_conflict_do_update(index_elements=["holder"], set_={"at": insert.excluded["at"]})
        async with self.database.writing() as connection:
            await connection.execute(upsert, {"holder": holder, "at": now})

    async def silent(self, before: datetime) -> list[str]:
        """The processes that have told nothing since then; each is named until `bury`."""
        wanted = select(beats.c.holder).where(beats.c["at"] < before).order_by(beats.c["at"], beats.c.holder)
        return [row.holder async for row in self.database.rows(wanted)]

    async def alive(self, since: datetime) -> list[str]:
        """The processes that have told since then that they are alive."""
        wanted = select(beats.c.holder).where(beats.c["at"] >= since).order_by(beats.c.holder)
        return [row.holder async for row in self.database.rows(wanted)]

    async def bury(self, holder: str) -> None:
        """Forget a process that is gone."""
        async with self.database.writing() as connection:
            await connection.execute(delete(beats).where(beats.c.holder == holder))

    async def reserve(self, name: str, now: datetime, count: int, interval: timedelta) -> datetime:
        """When the first of so many turns is, one after the other at this interval; nobody else gets the same."""
        span = count * interval
        taken, moment = type_coerce(turns.c.free, BigInteger), literal(to_number(now), BigInteger)
        far = moment + literal(FAR // MICROSECOND, BigInteger)
        free = case((taken.between(moment, far), taken), else_=moment) + literal(span // MICROSECOND, BigInteger)
        insert = self.database.insert(turns)
        upsert = insert.on_conflict_do_update(index_elements=["name"], set_={"free": free}).returning(turns.c.free)
        async with self.database.writing() as connection:
            end: datetime = (await connection.execute(upsert, {"name": name, "free": now + span})).scalar_one()
        return end - span
