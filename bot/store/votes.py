"""What readers of a channel voted, one row for each person and story."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, delete, select

from bot.model import Channel, Platform, Vote
from bot.store.channels import channel_of, is_channel, values_of
from bot.store.database import Database, batches
from bot.store.tables import votes

CHANNEL = ("platform", "space", "channel", "direct")
KEY = (*CHANNEL, "story", "person")
IN_ORDER = (votes.c.at, votes.c.story, votes.c.person)


@dataclass(frozen=True, slots=True)
class StoredVotes:
    """Fulfils the port `Votes`."""

    database: Database

    async def cast(self, vote: Vote) -> int:
        """Keep it, in place of the person's vote on that story there; the same again takes it back. What stands now."""
        insert = self.database.insert(votes)
        changes = {name: insert.excluded[name] for name in ("value", "topics", "at")}
        upsert = insert.on_conflict_do_update(index_elements=KEY, set_=changes)
        same = is_channel(votes, vote.channel) & (votes.c.story == vote.story) & (votes.c.person == vote.person)
        async with self.database.writing() as connection:
            if (await connection.execute(delete(votes).where(same, votes.c.value == vote.value))).rowcount:
                return 0
            await connection.execute(upsert, _row(vote))
        return vote.value

    async def of(self, channel: Channel, since: datetime) -> list[Vote]:
        """Those of one channel since then, oldest first."""
        return await self._found(select(votes).where(is_channel(votes, channel), votes.c.at > since))

    async def among(self, channels: Collection[Channel], since: datetime) -> Mapping[Channel, Sequence[Vote]]:
        """Those since then in each of these channels, oldest first; channels without any are left out."""
        found: defaultdict[Channel, list[Vote]] = defaultdict(list)
        if not await self.database.few(select(votes.c.at).where(votes.c.at > since).limit(1)):
            return found  # nobody votes here, as in most installations
        for batch in batches(sorted({channel.id for channel in channels})):
            voted = select(votes.c.channel).distinct().where(votes.c.channel.in_(batch))
            some = [row.channel for row in await self.database.few(voted)]  # most have none, and need no second look
            cast = await self._found(select(votes).where(votes.c.channel.in_(some), votes.c.at > since)) if some else []
            for vote in cast:
                found[vote.channel].append(vote)
        return {channel: found[channel] for channel in channels if channel in found}

    async def by(self, platform: Platform, person: str) -> list[Vote]:
        """All of one person, oldest first."""
        return await self._found(select(votes).where(_is_of(platform, person)))

    async def clear(self, channel: Channel) -> int:
        """Forget all of a channel; how many."""
        return await self._delete(is_channel(votes, channel))

    async def withdraw(self, platform: Platform, person: str) -> int:
        """Forget all of a person; how many."""
        return await self._delete(_is_of(platform, person))

    async def forget(self, before: datetime) -> int:
        """Forget those from before that moment; how many."""
        return await self._delete(votes.c.at < before)

    async def _found(self, wanted: Select[Any]) -> list[Vote]:
        return [_vote(row) async for row in self.database.rows(wanted.order_by(*IN_ORDER))]

    async def _delete(self, which: ColumnElement[bool]) -> int:
        async with self.database.writing() as connection:
            return (await connection.execute(delete(votes).where(which))).rowcount


def _is_of(platform: Platform, person: str) -> ColumnElement[bool]:
    return (votes.c.platform == platform.value) & (votes.c.person == person)


def _row(vote: Vote) -> dict[str, Any]:
    return dict(zip(CHANNEL, values_of(vote.channel), strict=True)) | {
        "story": vote.story,
        "person": vote.person,
        "value": vote.value,
        "topics": vote.topics,
        "at": vote.at,
    }


def _vote(row: Row[Any]) -> Vote:
    return Vote(channel_of(row), row.story, row.person, row.value, tuple(row.topics), row.at)
