"""Whose feeds are whose: everybody's, and those of spaces, each of which sees and changes its own alone."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, delete, false, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import EVERYBODYS, Feed, FeedState, Language, Platform, SpaceFeed, View
from bot.store import unasked
from bot.store.database import Database, batches
from bot.store.tables import EPOCH, feeds, space_feeds

ROWS = select(space_feeds, feeds.c.name.label("outlet")).join(feeds, feeds.c.url == space_feeds.c.url)
HAD = space_feeds.c.hidden.is_(False)


@dataclass(frozen=True, slots=True)
class OwnedFeeds:
    """What the port `Feeds` says about spaces."""

    database: Database

    async def give(self, wanted: Sequence[SpaceFeed], most: int) -> set[str]:
        """Let a space have these feeds, so many of its own at most; the addresses it has now."""
        given: set[str] = set()
        for batch in batches(wanted):
            async with self.database.writing() as connection:
                given |= await self._give(connection, batch, most)
        return given

    async def take(self, space: str, urls: Sequence[str], at: datetime, by: str = "") -> None:
        """Take these feeds from a space; of everybody's they are hidden there."""
        insert = self.database.insert(space_feeds)
        names = ("hidden", "at", "person")
        hide = insert.on_conflict_do_update(
            index_elements=["space", "url"], set_={name: insert.excluded[name] for name in names}
        )
        everybodys = feeds.c.configured if space == EVERYBODYS else feeds.c.common
        for batch in batches(urls):
            async with self.database.writing() as connection:
                found = (await connection.execute(select(feeds).where(feeds.c.url.in_(batch), everybodys))).all()
                rows = [_row(SpaceFeed(space, _feed(row), at, by, hidden=True)) for row in found]
                await connection.execute(delete(space_feeds).where(_is(space), space_feeds.c.url.in_(batch)))
                if rows:
                    await connection.execute(hide, rows)
                await settle(connection, batch)

    async def of(self, space: str) -> list[SpaceFeed]:
        """What a space has of its own, and what it hides, by name."""
        wanted = ROWS.where(_is(space)).order_by(space_feeds.c.name, space_feeds.c.url)
        return [_space_feed(row) async for row in self.database.rows(wanted)]

    async def views(self, spaces: Collection[str]) -> Mapping[str, View]:
        """The views of those of these spaces that differ from everybody's."""
        found: dict[str, list[Row[Any]]] = {}
        columns = (space_feeds.c.space, space_feeds.c.url, space_feeds.c.name, space_feeds.c.hidden)
        for batch in batches(sorted(set(spaces) - {EVERYBODYS})):
            async for row in self.database.rows(select(*columns).where(space_feeds.c.space.in_(batch))):
                found.setdefault(row.space, []).append(row)
        return {space: _view(rows) for space, rows in found.items()}

    async def forget_nobodys(self) -> int:
        """Delete the feeds that nobody has any more, and what they alone told; how many articles."""
        return await unasked.forget(self.database)

    async def _give(self, connection: AsyncConnection, wanted: Sequence[SpaceFeed], most: int) -> set[str]:
        space, urls = wanted[0].space, [one.feed.url for one in wanted]
        common = await _urls(connection, select(feeds.c.url).where(feeds.c.url.in_(urls), feeds.c.common))
        theirs = await _urls(connection, select(space_feeds.c.url).where(_is(space), HAD))
        if space != EVERYBODYS:  # what everybody has need not be had again
            await connection.execute(delete(space_feeds).where(_is(space), space_feeds.c.url.in_(common), ~HAD))
        else:
            common = set()
        added = [one for one in wanted if one.feed.url not in common | theirs][: max(most - len(theirs), 0)]
        if added:
            await self._keep(connection, added)
        await settle(connection, urls)
        return common | (theirs & set(urls)) | {one.feed.url for one in added}

    async def _keep(self, connection: AsyncConnection, added: Sequence[SpaceFeed]) -> None:
        insert, own = self.database.insert(feeds), self.database.insert(space_feeds)
        names = ("name", "language", "topics", "weight")
        # Whoever has it first says what it is about; the others must not find out, and not change it.
        is_free = ~feeds.c.configured if added[0].space == EVERYBODYS else ~feeds.c.enrolled
        told = insert.on_conflict_do_update(
            index_elements=["url"], set_={name: insert.excluded[name] for name in names}, where=is_free
        )
        changes = {column.name: own.excluded[column.name] for column in space_feeds.c if column.name not in KEY}
        await connection.execute(told, [new_row(_as_known(one)) for one in added])
        upsert = own.on_conflict_do_update(index_elements=list(KEY), set_=changes)
        await connection.execute(upsert, [_row(one) for one in added])
        is_gone = feeds.c.url.in_([one.feed.url for one in added]) & feeds.c.gone
        await connection.execute(update(feeds).where(is_gone).values(gone=false(), failures=0, due=EPOCH))


KEY = ("space", "url")


async def settle(connection: AsyncConnection, urls: Sequence[str] | None = None) -> None:
    """Decide anew which feeds are everybody's and which are asked; of these addresses, or of all."""
    everybodys = select(space_feeds.c.url).where(_is(EVERYBODYS))
    common = (feeds.c.configured & feeds.c.url.not_in(everybodys.where(~HAD))) | feeds.c.url.in_(everybodys.where(HAD))
    asked = feeds.c.common | feeds.c.url.in_(select(space_feeds.c.url).where(HAD))
    which = true() if urls is None else feeds.c.url.in_(urls)
    await connection.execute(update(feeds).where(which).values(common=common))
    await connection.execute(update(feeds).where(which).values(enrolled=asked))


async def leave(database: Database, platform: Platform, space: str) -> None:
    """Forget what a server or workspace had, and its members in direct messages; nothing where `space` is empty.

    What these feeds told that nobody has any more goes with them.
    """
    if not space:
        return
    members = space_feeds.c.space.startswith(f"dm:{platform.value}:{space}/", autoescape=True)
    theirs = _is(f"{platform.value}:{space}") | members
    async with database.writing() as connection:
        urls = sorted(await _urls(connection, select(space_feeds.c.url).where(theirs)))
        await connection.execute(delete(space_feeds).where(theirs))
        for batch in batches(urls):
            await settle(connection, batch)
    await unasked.forget(database, urls)


async def _urls(connection: AsyncConnection, wanted: Select[str]) -> set[str]:
    return set((await connection.execute(wanted)).scalars())


def _is(space: str) -> ColumnElement[bool]:
    return space_feeds.c.space == space


def _as_known(one: SpaceFeed) -> Feed:
    """The feed as all know it who have it: under its own name, not under what one of them calls it."""
    return one.feed if one.space == EVERYBODYS else replace(one.feed, name=one.outlet or one.feed.name)


def _view(rows: Sequence[Row[Any]]) -> View:
    own = tuple(sorted((row.url, row.name) for row in rows if not row.hidden))
    return View(own, frozenset(row.url for row in rows if row.hidden))


def _feed(row: Row[Any]) -> Feed:
    language = Language(row.language) if row.language else None
    return Feed(row.url, row.name, language, tuple(row.topics), row.weight)


def _space_feed(row: Row[Any]) -> SpaceFeed:
    return SpaceFeed(row.space, _feed(row), row.at, row.person, row.outlet, row.hidden)


def _row(one: SpaceFeed) -> dict[str, Any]:
    return {
        "space": one.space,
        "url": one.feed.url,
        "name": one.feed.name,
        "language": one.feed.language,
        "topics": one.feed.topics,
        "weight": one.feed.weight,
        "hidden": one.hidden,
        "at": one.at,
        "person": one.by,
    }


def new_row(feed: Feed) -> dict[str, Any]:
    """A feed of which nothing is known yet, and which nobody has yet."""
    configured = {
        "url": feed.url,
        "name": feed.name,
        "language": feed.language,
        "topics": feed.topics,
        "weight": feed.weight,
        "configured": False,
        "common": False,
        "enrolled": False,
    }
    return configured | memory(FeedState(feed, feed.url))


def memory(state: FeedState) -> dict[str, Any]:
    """What the requests to a feed taught, and that it is not leased."""
    return {
        "key": state.feed.url,
        "address": state.url,
        "etag": state.etag,
        "last_modified": state.last_modified,
        "body_hash": state.body_hash,
        "due": state.due or EPOCH,
        "asked": state.asked or EPOCH,
        "answered": state.answered,
        "interval": round(state.interval.total_seconds()),
        "failures": state.failures,
        "reason": state.reason,
        "moved_to": state.moved_to,
        "moved_days": [day.isoformat() for day in state.moved_days],
        "gone": state.gone,
        "leased": EPOCH,
    }
