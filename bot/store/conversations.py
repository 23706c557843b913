"""What was asked and answered, by thread."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, select

from bot.model import Channel, Platform, Turn
from bot.store.database import Database
from bot.store.tables import questions

MOST = 6  # turns of a thread that are kept; a prompt shows half of them


@dataclass(frozen=True, slots=True)
class StoredConversations:
    """Fulfils the port `Conversations`."""

    database: Database

    async def add(self, thread: str, turn: Turn) -> None:
        """Remember a turn; the oldest turns of a thread that has too many are forgotten."""
        latest = select(questions.c.id).where(questions.c.thread == thread).order_by(questions.c.id.desc()).limit(MOST)
        async with self.database.writing() as connection:
            await connection.execute(self.database.insert(questions), _values(thread, turn))
            kept = list((await connection.execute(latest)).scalars())
            old = delete(questions).where(questions.c.thread == thread, questions.c.id < min(kept))
            await connection.execute(old)

    async def turns(self, thread: str) -> list[Turn]:
        """What is remembered of a thread, oldest first."""
        wanted = select(questions).where(questions.c.thread == thread).order_by(questions.c.id)
        return [_turn(row) async for row in self.database.rows(wanted)]

    async def of(self, asker: Channel) -> list[tuple[str, Turn]]:
        """All that a person asked, with its thread, oldest first."""
        wanted = select(questions).where(questions.c.asker == asker.place).order_by(questions.c.id)
        return [(row.thread, _turn(row)) async for row in self.database.rows(wanted)]

    async def remove(self, asker: Channel) -> int:
        """Forget all that a person asked; how many turns."""
        async with self.database.writing() as connection:
            gone = await connection.execute(delete(questions).where(questions.c.asker == asker.place))
            return gone.rowcount

    async def forget(self, before: datetime) -> int:
        """Forget what was asked before that moment; how many turns."""
        async with self.database.writing() as connection:
            return (await connection.execute(delete(questions).where(questions.c.at < before))).rowcount


def _values(thread: str, turn: Turn) -> dict[str, Any]:
    return {
        "thread": thread,
        "question": turn.question,
        "answer": turn.answer,
        "articles": turn.articles,
        "at": turn.at,
        "story": turn.story,
        "asker": turn.asker.place if turn.asker else None,
        "space": turn.space or None,
    }


def _turn(row: Row[Any]) -> Turn:
    asker = _person(row.asker) if row.asker else None
    return Turn(row.question, row.answer, tuple(row.articles), row.at, row.story, asker, row.space or "")


def _person(place: str) -> Channel:
    """The person whose place this is: `dm:discord:USER`, `dm:slack:TEAM/USER`."""
    _, platform, within = place.split(":", 2)
    space, _, id_ = within.rpartition("/")
    return Channel(Platform(platform), space, id_, direct=True)
