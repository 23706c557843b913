"""The digests that anybody may read. Every question goes through `READABLE`, so that nothing private is an answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, Insert, Row, Select, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import Digest, State, number
from bot.ports.published import Page, Printed
from bot.store.database import Database, batches
from bot.store.deliveries import key_of
from bot.store.tables import deliveries, digests, readers, subscriptions, tellings

BODY = TypeAdapter(Digest)
LARGEST = 2**63 - 1  # an address can name any number; both databases stop here
IS_PUBLIC: ColumnElement[bool] = subscriptions.c.public.is_(True)
IS_POSTED: ColumnElement[bool] = readers.c.posted.is_(True)
IS_READ = select(readers.c.digest).where(readers.c.digest == digests.c.id).exists()


@dataclass(frozen=True, slots=True)
class StoredPublished:
    """Fulfils the port `Published`."""

    database: Database

    async def keep(self, readers_: Mapping[int, Printed], made: datetime) -> None:
        """Keep each distinct digest once, for whom it was made, and as what it is to be posted.

        Nobody sees it until that is recorded as sent. The last of a day counts; what was posted on it already stays.
        """
        # By identity: thousands of subscriptions share a digest, which is to be written as JSON once.
        bodies = {id(one.digest): (one.digest, _body(one.digest)) for one in readers_.values()}
        keys = {id_: number(body) for id_, (_, body) in bodies.items()}
        found = sorted({keys[id_]: told for id_, told in bodies.items()}.items(), key=lambda row: row[0])
        texts = {text: key_of(text, made) for text in {one.body for one in readers_.values()}}
        rows = sorted((id_, one.digest.day, keys[id(one.digest)], texts[one.body]) for id_, one in readers_.items())
        async with self.database.writing() as connection:
            for statement, values in (
                (self._held(), [_row(key, digest, body, made) for key, (digest, body) in found]),
                (self._told(), [row for key, (digest, _) in found for row in _tellings(key, digest)]),
                (self._read(), [_reader(*row) for row in rows]),
            ):
                for batch in batches(values):
                    await connection.execute(statement, list(batch))

    async def forget(self, before: date) -> None:
        """Forget what was kept to be posted on the days before that one and was not, and digests that nobody reads."""
        async with self.database.writing() as connection:
            await connection.execute(delete(readers).where(readers.c.posted.is_(False), readers.c.day < before))
        nobodys = select(digests.c.id).where(~IS_READ)
        await drop_unread(self.database, [row.id async for row in self.database.rows(nobodys)])

    async def page(self, id_: int) -> Page | None:
        """One digest; None where there is none that anybody may read."""
        found = await self._pages(digests.c.id == min(id_, LARGEST), 1)
        return found[0] if found else None

    async def telling(self, story: int, limit: int) -> list[Page]:
        """The digests that tell this story, the latest first."""
        return await self._pages(_told("story", str(story)), limit)

    async def about(self, topic: str, limit: int) -> list[Page]:
        """The digests with a story of the topic of this German name, the latest first."""
        return await self._pages(_told("topic", topic), limit)

    async def on(self, day: date, limit: int) -> list[Page]:
        """The digests of a local day, the latest first."""
        return await self._pages(digests.c.day == day, limit)

    async def of(self, subscription: int, limit: int) -> list[Page]:
        """The digests of one subscription, the latest first."""
        of = select(readers.c.digest).where(readers.c.subscription == min(subscription, LARGEST))
        return await self._pages(digests.c.id.in_(of), limit, subscriptions.c.id == min(subscription, LARGEST))

    async def latest(self, limit: int) -> list[Page]:
        """The latest digests, the latest first."""
        return await self._pages(None, limit)

    def _held(self) -> Insert:
        """Written in any case, so that who deletes what nobody reads waits, or is waited for."""
        insert = self.database.insert(digests)
        return insert.on_conflict_do_update(index_elements=["id"], set_={"day": insert.excluded.day})

    def _told(self) -> Insert:
        return self.database.insert(tellings).on_conflict_do_nothing()

    def _read(self) -> Insert:
        insert = self.database.insert(readers)
        changes = {name: insert.excluded[name] for name in ("digest", "body")}
        key = ["subscription", "day"]
        return insert.on_conflict_do_update(index_elements=key, set_=changes, where=readers.c.posted.is_(False))

    async def _pages(
        self, which: ColumnElement[bool] | None, limit: int, reader: ColumnElement[bool] | None = None
    ) -> list[Page]:
        wanted = (
            select(digests).where(_readable(reader)).order_by(digests.c.day.desc(), digests.c.id.desc()).limit(limit)
        )
        rows = await self.database.few(wanted if which is None else wanted.where(which))
        return [_page(row) for row in rows]


async def mark_posted(connection: AsyncConnection, ids: Sequence[int]) -> None:
    """Let be seen what these deliveries, which were sent, begin with; if it is what was kept to be seen."""
    is_it = (readers.c.subscription == deliveries.c.subscription) & (readers.c.day == deliveries.c.day)
    for batch in batches(ids):
        sent = deliveries.c.id.in_(batch) & (deliveries.c.part == 1) & (deliveries.c.state == State.SENT.value)
        posted = update(readers).where(sent, is_it, readers.c.body == deliveries.c.body, readers.c.posted.is_(False))
        await connection.execute(posted.values(posted=True))


async def unread(connection: AsyncConnection, subscriptions_: Sequence[int]) -> list[int]:
    """Forget that these subscriptions read anything; what they read. After their deliveries, as `mark_posted`."""
    found: set[int] = set()
    for batch in batches(sorted(subscriptions_)):
        gone = delete(readers).where(readers.c.subscription.in_(batch)).returning(readers.c.digest)
        found |= set((await connection.execute(gone)).scalars())
    return sorted(found)


async def drop_unread(database: Database, ids: Sequence[int]) -> None:
    """Delete those of these digests that nobody reads any more, in small transactions."""
    for batch in batches(sorted(ids)):
        async with database.writing() as connection:
            held = select(digests.c.id).where(digests.c.id.in_(batch)).order_by(digests.c.id).with_for_update()
            there = list((await connection.execute(held)).scalars())
            gone = select(digests.c.id).where(digests.c.id.in_(there), ~IS_READ)  # asked anew, now that they are held
            lost = list((await connection.execute(gone)).scalars())
            await connection.execute(delete(tellings).where(tellings.c.digest.in_(lost)))
            await connection.execute(delete(digests).where(digests.c.id.in_(lost)))


def _readable(reader: ColumnElement[bool] | None) -> ColumnElement[bool]:
    """Whether a subscription (this one, if one is named) that a digest was made for is there and public."""
    found: Select[Any] = (
        select(readers.c.digest)
        .join(subscriptions, subscriptions.c.id == readers.c.subscription)
        .where(readers.c.digest == digests.c.id, IS_PUBLIC, IS_POSTED)
    )
    return (found if reader is None else found.where(reader)).exists()


def _told(kind: str, name: str) -> ColumnElement[bool]:
    return digests.c.id.in_(select(tellings.c.digest).where(tellings.c.kind == kind, tellings.c.name == name))


def _body(digest: Digest) -> str:
    """What is read for years: without the feeds that failed that day, which may be a server's own."""
    return BODY.dump_json(replace(digest, failed=())).decode()


def _row(key: int, digest: Digest, body: str, made: datetime) -> dict[str, Any]:
    return {"id": key, "day": digest.day, "made": made, "body": body}


def _reader(subscription: int, day: date, digest: int, body: int) -> dict[str, Any]:
    return {"subscription": subscription, "day": day, "digest": digest, "body": body, "posted": False}


def _tellings(key: int, digest: Digest) -> list[dict[str, Any]]:
    told = {("story", str(story.summary.story_id)) for story in digest.stories}
    told |= {("topic", topic) for story in digest.stories for topic in story.topics}
    return [{"kind": kind, "name": name, "digest": key} for kind, name in sorted(told)]


def _page(row: Row[Any]) -> Page:
    return Page(row.id, row.made, BODY.validate_json(row.body))
