"""Where articles are found by their words, and conversations are kept."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

from bot.model import Article, Channel, Turn


class Sought(NamedTuple):
    """One thing that is looked for: any of these keys (`german.keys`), and how much it tells to have one of them."""

    keys: frozenset[str]
    weight: float


class Archive(Protocol):
    """All articles that have a place in a story, found by the words of their titles and texts."""

    async def search(
        self, words: Sequence[Sought], since: datetime, feeds: Collection[str], limit: int
    ) -> list[Article]:
        """The articles of these feeds published since then that have most of these words, best and latest first.

        Such as can't have half of them, by weight, are not found.
        """
        ...

    async def catch_up(self, limit: int) -> int:
        """Take in articles that were placed before there was an archive; how many, 0 when all are in."""
        ...


class Conversations(Protocol):
    """What was asked and answered, by thread: a key of the surface's, such as „discord:THREAD“."""

    async def add(self, thread: str, turn: Turn) -> None:
        """Remember a turn; the oldest turns of a thread that has too many are forgotten."""
        ...

    async def turns(self, thread: str) -> list[Turn]:
        """What is remembered of a thread, oldest first."""
        ...

    async def of(self, asker: Channel) -> list[tuple[str, Turn]]:
        """All that a person asked, with its thread, oldest first."""
        ...

    async def remove(self, asker: Channel) -> int:
        """Forget all that a person asked; how many turns."""
        ...

    async def forget(self, before: datetime) -> int:
        """Forget what was asked before that moment; how many turns."""
        ...
