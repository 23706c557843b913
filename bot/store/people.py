"""What is kept of a person, wherever it is kept: told as it is, and deleted in one go.

A table that holds the id of a person has its entry in `KNOWN`, or in `NOBODY` if it holds none;
`tests/contracts/test_store_people.py` fails for every other table.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import ColumnElement, Select, Table, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import Channel
from bot.store import unasked
from bot.store.channels import is_channel
from bot.store.database import Database, batches
from bot.store.owned import settle
from bot.store.published import drop_unread, unread
from bot.store.tables import alerts, deliveries, notices, questions, space_feeds, subscriptions, votes


class Known(Protocol):
    """One noun that knows people."""

    @property
    def noun(self) -> str:
        """What its rows are called in what is told and exported."""
        ...

    def about(self, person: Channel) -> Select[Any]:
        """The rows about this person."""
        ...

    async def forget(self, connection: AsyncConnection, person: Channel) -> int:
        """Delete them, or what names the person in them; how many."""
        ...


@dataclass(frozen=True, slots=True)
class Rows:
    """A table whose rows are a person's own, and go with the person."""

    noun: str
    table: Table
    theirs: Callable[[Channel], ColumnElement[bool]]

    def about(self, person: Channel) -> Select[Any]:
        """The rows about this person."""
        return select(self.table).where(self.theirs(person)).order_by(*self.table.primary_key)

    async def forget(self, connection: AsyncConnection, person: Channel) -> int:
        """Delete them; locked first, in the order in which others do, so that neither waits for the other for ever."""
        key = tuple(self.table.primary_key)
        await connection.execute(select(*key).where(self.theirs(person)).order_by(*key).with_for_update())
        return (await connection.execute(delete(self.table).where(self.theirs(person)))).rowcount


class OwnFeeds:
    """The feeds of a person alone, and those of everybody that this person hides; they go."""

    noun = "own_feeds"

    def about(self, person: Channel) -> Select[Any]:
        """The rows about this person."""
        return select(space_feeds).where(space_feeds.c.space == person.home).order_by(space_feeds.c.url)

    async def forget(self, connection: AsyncConnection, person: Channel) -> int:
        """Delete them, and ask nobody's feeds no more."""
        theirs = space_feeds.c.space == person.home
        urls = list((await connection.execute(select(space_feeds.c.url).where(theirs))).scalars())
        await connection.execute(delete(space_feeds).where(theirs))
        for batch in batches(sorted(urls)):
            await settle(connection, batch)
        return len(urls)


class AddedFeeds:
    """What a person added to or hid in a server; it stays there, and who it was goes."""

    noun = "added_feeds"

    def about(self, person: Channel) -> Select[Any]:
        """The rows about this person."""
        return select(space_feeds).where(self._theirs(person)).order_by(space_feeds.c.space, space_feeds.c.url)

    async def forget(self, connection: AsyncConnection, person: Channel) -> int:
        """Forget who it was."""
        return (await connection.execute(update(space_feeds).where(self._theirs(person)).values(person=""))).rowcount

    @staticmethod
    def _theirs(person: Channel) -> ColumnElement[bool]:
        names = {person.place, person.id, f"{person.platform.value}:{person.id}"}  # as the surfaces write it
        return space_feeds.c.person.in_(sorted(names)) & (space_feeds.c.space != person.home)


def _voted(person: Channel) -> ColumnElement[bool]:
    """What this person voted anywhere, and whatever was voted in their direct messages."""
    return (votes.c.platform == person.platform.value) & (votes.c.person == person.id) | is_channel(votes, person)


def _noted(person: Channel) -> ColumnElement[bool]:
    is_there = (notices.c.person == person.id) & (notices.c.space == person.space)
    return is_there & (notices.c.platform == person.platform.value)


def _asked(person: Channel) -> ColumnElement[bool]:
    """What this person asked anywhere, and whatever was asked in their direct messages."""
    return (questions.c.asker == person.place) | (questions.c.space == person.home)


KNOWN: Sequence[Known] = (
    Rows("subscriptions", subscriptions, lambda person: is_channel(subscriptions, person)),  # first: planning waits
    Rows("alerts", alerts, lambda person: is_channel(alerts, person)),  # as well: telling holds it
    Rows("deliveries", deliveries, lambda person: is_channel(deliveries, person)),
    Rows("votes", votes, _voted),
    Rows("questions", questions, _asked),
    OwnFeeds(),
    AddedFeeds(),
    Rows("notices", notices, _noted),
)
# What holds nothing of people: the news, what is posted to many alike, and what processes tell each other.
NOBODY = frozenset(
    "articles beats bodies digests feeds leases memberships readers searched spending story_spending story_topics"
    " summaries tellings told turns".split()
)


@dataclass(frozen=True, slots=True)
class StoredPeople:
    """Fulfils the port `People`."""

    database: Database

    async def about(self, person: Channel) -> Mapping[str, Sequence[Mapping[str, Any]]]:
        """All rows about a person, by noun; none is left out, but for nouns that have none."""
        found = {one.noun: [dict(row._mapping) async for row in self.database.rows(one.about(person))] for one in KNOWN}  # noqa: SLF001 - the public name of it
        return {noun: rows for noun, rows in found.items() if rows}

    async def forget(self, person: Channel) -> Mapping[str, int]:
        """Delete all about a person, in one transaction; how much, by noun. What nobody else has goes after it."""
        own = select(space_feeds.c.url).where(space_feeds.c.space == person.home)
        theirs = select(subscriptions.c.id).where(is_channel(subscriptions, person))
        async with self.database.writing() as connection:
            urls = list((await connection.execute(own)).scalars())
            ids = list((await connection.execute(theirs)).scalars())
            counts = {one.noun: await one.forget(connection, person) for one in KNOWN}
            pages = await unread(connection, ids)
        await drop_unread(self.database, pages)
        await unasked.forget(self.database, urls)
        return counts

    async def untold(self, person: Channel) -> bool:
        """Whether this person's direct messages were paused for a reason, and nobody has told them: true once."""
        async with self.database.reading() as connection:
            if (await connection.execute(select(notices.c.person).where(_noted(person)))).first() is None:
                return False
        async with self.database.writing() as connection:
            return (await connection.execute(delete(notices).where(_noted(person)))).rowcount == 1
