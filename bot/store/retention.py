"""How long is kept what was posted."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Column, Delete, delete, func, select

from bot.model import State
from bot.store.database import Database, batches
from bot.store.tables import bodies, deliveries, subscriptions

OTHER = deliveries.alias("other")
LATER = select(OTHER.c.id).where(OTHER.c.subscription == deliveries.c.subscription, OTHER.c.day > deliveries.c.day)
IS_LAST_SENT = (deliveries.c.state == State.SENT.value) & ~LATER.where(OTHER.c.state == State.SENT.value).exists()
IS_LATEST = ~LATER.exists() | IS_LAST_SENT
IS_WANTED = select(subscriptions.c.id).where(subscriptions.c.id == deliveries.c.subscription).exists()
IS_NEEDED = select(OTHER.c.id).where(OTHER.c.body == bodies.c.id).exists()


async def forget(database: Database, before: datetime, unneeded: datetime) -> int:
    """Delete deliveries settled before that moment, then bodies that nobody needs; how many deliveries.

    Bodies that were made before `unneeded`: a delivery that is written now has a body of its own day.

    Of each subscription that there is, the latest digest and the latest that was sent stay; of one that was removed,
    nothing. In small transactions, so that posting goes on meanwhile.
    """
    settled = [state.value for state in State if state is not State.PENDING]
    is_old = func.coalesce(deliveries.c.sent, deliveries.c.tried, deliveries.c.due) < before
    # The due moment is never after the others, and the index knows it.
    found = select(deliveries.c.id).where(deliveries.c.state.in_(settled), deliveries.c.due < before, is_old)
    rows = database.rows(found.where(~(IS_WANTED & IS_LATEST)))
    count = await _delete(database, delete(deliveries).where(is_old), deliveries.c.id, [row.id async for row in rows])
    rows = database.rows(select(bodies.c.id).where(bodies.c.made < unneeded, ~IS_NEEDED))
    await _delete(database, delete(bodies).where(~IS_NEEDED), bodies.c.id, [row.id async for row in rows])
    return count


async def _delete(database: Database, statement: Delete, key: Column[int], ids: Sequence[int]) -> int:
    count = 0
    for batch in batches(sorted(ids)):
        async with database.writing() as connection:
            count += (await connection.execute(statement.where(key.in_(batch)))).rowcount
    return count
