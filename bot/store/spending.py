"""The tokens used, by day (UTC) and model."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from bot.model import Tokens
from bot.store.database import Database
from bot.store.tables import spending


@dataclass(frozen=True, slots=True)
class StoredSpending:
    """Fulfils the port `Spending`."""

    database: Database

    async def spent(self, day: date) -> int:
        """All tokens of that day."""
        total = func.coalesce(func.sum(spending.c.tokens_read + spending.c.tokens_written), 0)
        async with self.database.reading() as connection:
            return int((await connection.execute(select(total).where(spending.c.day == day))).scalar_one())

    async def record(self, day: date, model: str, tokens: Tokens) -> None:
        """Add to the day's account; the database adds, so that no process overwrites another's sum."""
        insert = self.database.insert(spending)
        sums = {name: spending.c[name] + insert.excluded[name] for name in ("tokens_read", "tokens_written")}
        add = insert.on_conflict_do_update(index_elements=["day", "model"], set_=sums)
        row = {"day": day, "model": model, "tokens_read": tokens.read, "tokens_written": tokens.written}
        async with self.database.writing() as connection:
            await connection.execute(add, row)
