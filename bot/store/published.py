"""The digests that anybody may read. Every question goes through `READABLE`, so that nothing private is an answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, Row, Select, select

from bot.model import Digest, number
from bot.ports.published import Page
from bot.store.database import Database, batches
from bot.store.tables import digests, readers, subscriptions, tellings

BODY = TypeAdapter(Digest)
LARGEST = 2**63 - 1  # an address can name any number; both databases stop here
IS_PUBLIC: ColumnElement[bool] = subscriptions.c.public.is_(True)


@dataclass(frozen=True, slots=True)
class StoredPublished:
    """Fulfils the port `Published`."""

    database: Database

    async def keep(self, digests_: Sequence[Digest], readers_: Mapping[int, Digest], made: datetime) -> None:
        """Keep each distinct digest once, and that it was made for these subscriptions; the first of a day stays."""
        # By identity: thousands of subscriptions share a digest, which is to be written as JSON once.
        bodies = {id(digest): _body(digest) for digest in digests_}
        found = {number(bodies[id(digest)]): (digest, bodies[id(digest)]) for digest in digests_}
        rows = sorted(
            (subscription, digest.day, number(bodies[id(digest)])) for subscription, digest in readers_.items()
        )
        async with self.database.writing() as connection:
            for table, values in (
                (digests, [_row(key, digest, body, made) for key, (digest, body) in sorted(found.items())]),
                (tellings, [row for key, (digest, _) in sorted(found.items()) for row in _tellings(key, digest)]),
                (readers, [{"subscription": one, "day": day, "digest": key} for one, day, key in rows]),
            ):
                statement = self.database.insert(table).on_conflict_do_nothing()
                for batch in batches(values):
                    await connection.execute(statement, list(batch))

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

    async def _pages(
        self, which: ColumnElement[bool] | None, limit: int, reader: ColumnElement[bool] | None = None
    ) -> list[Page]:
        wanted = (
            select(digests).where(_readable(reader)).order_by(digests.c.day.desc(), digests.c.id.desc()).limit(limit)
        )
        rows = await self.database.few(wanted if which is None else wanted.where(which))
        return [_page(row) for row in rows]


def _readable(reader: ColumnElement[bool] | None) -> ColumnElement[bool]:
    """Whether a subscription (this one, if one is named) that a digest was made for is there and public."""
    found: Select[Any] = (
        select(readers.c.digest)
        .join(subscriptions, subscriptions.c.id == readers.c.subscription)
        .where(readers.c.digest == digests.c.id, IS_PUBLIC)
    )
    return (found if reader is None else found.where(reader)).exists()


def _told(kind: str, name: str) -> ColumnElement[bool]:
    return digests.c.id.in_(select(tellings.c.digest).where(tellings.c.kind == kind, tellings.c.name == name))


def _body(digest: Digest) -> str:
    """What is read for years: without the feeds that failed that day, which may be a server's own."""
    return BODY.dump_json(replace(digest, failed=())).decode()


def _row(key: int, digest: Digest, body: str, made: datetime) -> dict[str, Any]:
    return {"id": key, "day": digest.day, "made": made, "body": body}


def _tellings(key: int, digest: Digest) -> list[dict[str, Any]]:
    told = {("story", str(story.summary.story_id)) for story in digest.stories}
    told |= {("topic", topic) for story in digest.stories for topic in story.topics}
    return [{"kind": kind, "name": name, "digest": key} for kind, name in sorted(told)]


def _page(row: Row[Any]) -> Page:
    return Page(row.id, row.made, BODY.validate_json(row.body))
