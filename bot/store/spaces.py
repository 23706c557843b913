"""What is kept of a server or workspace beside its subscriptions; one place to add to for whatever else is kept."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Delete, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import Channel, Platform
from bot.store.channels import is_channel, is_space
from bot.store.database import Database, batches
from bot.store.tables import alerts, deliveries, notices, questions, space_feeds, subscriptions, votes


def left(platform: Platform, space: str) -> Sequence[Delete]:
    """What deletes the rest of a server that was left; a new table with servers in it has its line here."""
    members = questions.c.space.startswith(f"dm:{platform.value}:{space}/", autoescape=True)
    return (
        delete(votes).where(is_space(votes, platform, space)),
        delete(questions).where((questions.c.space == f"{platform.value}:{space}") | members),
        delete(notices).where(notices.c.platform == platform.value, notices.c.space == space),
    )


def closed(channel: Channel) -> Sequence[Delete]:
    """What deletes the rest of a channel that is gone: its votes, and the conversations held in it."""
    return (
        delete(votes).where(is_channel(votes, channel)),
        delete(questions).where(questions.c.space == channel.home, _is_held_in(channel)),
    )


async def known(database: Database, platform: Platform) -> set[str]:
    """The servers or workspaces of which anything is kept."""
    found: set[str] = set()
    for table in (subscriptions, votes, alerts):
        wanted = select(table.c.space).distinct().where(table.c.platform == platform.value)
        found |= {row.space async for row in database.rows(wanted)}
    mark = f"{platform.value}:"
    for column in (space_feeds.c.space, questions.c.space):
        wanted = select(column).distinct().where(column.startswith(mark, autoescape=True))
        found |= {row.space.removeprefix(mark) async for row in database.rows(wanted)}
    return found - {""}


async def note(database: Database, connection: AsyncConnection, ids: Sequence[int]) -> None:
    """Remember to tell those of these that are people's why they are paused."""
    people = (
        select(subscriptions.c.channel, subscriptions.c.space, subscriptions.c.platform)
        .distinct()
        .where(subscriptions.c.id.in_(ids), subscriptions.c.direct.is_(True))
    )
    insert = database.insert(notices).from_select(["person", "space", "platform"], people)
    await connection.execute(insert.on_conflict_do_nothing())


async def forget_sent(database: Database, platform: Platform, space: str) -> None:
    """Delete what was sent to a server that was left. Nothing finds it but a look at all, which holds up no writer."""
    wanted = select(deliveries.c.id).where(is_space(deliveries, platform, space))
    ids = [row.id async for row in database.rows(wanted)]
    for batch in batches(sorted(ids)):
        theirs = select(deliveries.c.id).where(deliveries.c.id.in_(batch))
        async with database.writing() as connection:
            await connection.execute(theirs.order_by(deliveries.c.id).with_for_update())  # as outcomes are recorded
            await connection.execute(delete(deliveries).where(deliveries.c.id.in_(batch)))


def _is_held_in(channel: Channel) -> ColumnElement[bool]:
    """The key of a thread is the surface's own, and begins with the channel: „discord:THREAD“, „discord:CHANNEL/…“."""
    key = f"{channel.platform.value}:{channel.id}"
    return (questions.c.thread == key) | questions.c.thread.startswith(f"{key}/", autoescape=True)
