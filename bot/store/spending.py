"""The tokens used, by day (UTC) and model, and those of them that a story cost."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, Table, delete, distinct, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import Account, Tokens, Use
from bot.store.accounts import COUNTS, spending, story_spending
from bot.store.database import Database


@dataclass(frozen=True, slots=True)
class StoredSpending:
    """Fulfils the port `Spending`."""

    database: Database

    async def spent(self, day: date) -> int:
        """All tokens of that day."""
        total = func.coalesce(func.sum(spending.c.tokens_read + spending.c.tokens_written), 0)
        async with self.database.reading() as connection:
            return int((await connection.execute(select(total).where(spending.c.day == day))).scalar_one())

    async def record(self, day: date, model: str, tokens: Tokens, story: int | None = None) -> None:
        """Add an answer to the day's account and to the story's; the database adds, so that nobody overwrites a sum."""
        row = {"day": day, "model": model, "calls": 1}
        row |= {"tokens_read": tokens.read, "tokens_written": tokens.written, "tokens_cached": tokens.cached}
        async with self.database.writing() as connection:
            await self._add(connection, spending, ["day", "model"], row)
            if story is not None:
                await self._add(connection, story_spending, ["day", "story", "model"], row | {"story": story})

    async def account(self, day: date) -> Account:
        """What was used that day; how much there may be is not known here."""
        async with self.database.reading() as connection:
            return await account(connection, day)

    async def forget(self, before: date) -> None:
        """Forget what single stories cost before that day; the days' sums stay."""
        async with self.database.writing() as connection:
            await connection.execute(delete(story_spending).where(story_spending.c.day < before))

    async def _add(self, connection: AsyncConnection, table: Table, key: list[str], row: dict[str, Any]) -> None:
        insert = self.database.insert(table)
        sums = {name: table.c[name] + insert.excluded[name] for name in COUNTS}
        await connection.execute(insert.on_conflict_do_update(index_elements=key, set_=sums), row)


async def account(connection: AsyncConnection, day: date) -> Account:
    """What was used that day."""
    stories = select(func.count(distinct(story_spending.c.story))).where(story_spending.c.day == day)
    return Account(
        await _used(connection, spending, day),
        await _used(connection, story_spending, day),
        int((await connection.execute(stories)).scalar_one()),
    )


async def _used(connection: AsyncConnection, table: Table, day: date) -> tuple[Use, ...]:
    sums = (func.sum(table.c[name]).label(name) for name in COUNTS)
    wanted = select(table.c.model, *sums).where(table.c.day == day).group_by(table.c.model).order_by(table.c.model)
    return tuple(_use(row) for row in await connection.execute(wanted))


def _use(row: Row[Any]) -> Use:
    tokens = Tokens(int(row.tokens_read), int(row.tokens_written), int(row.tokens_cached))
    return Use(row.model, tokens, int(row.calls))
