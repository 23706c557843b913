"""How the whole of it is doing, in numbers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bot.model import Account, State


@dataclass(frozen=True, slots=True)
class Pulse:
    """What all processes have done, seen at `at`. None: never, or nothing of the kind.

    `feeds` by state („ok“, „failing“, „gone“), `articles` and `stories` published and `deliveries` due in the last 24
    hours, `tokens` of the day (UTC). `feed_due`, `delivery_due`: since when the longest waiting one is due, now or
    later for feeds, now for deliveries. `leases`: until when each is held. `account`: what models used that day.
    """

    at: datetime
    feeds: Mapping[str, int]
    articles: int
    stories: int
    tokens: int
    deliveries: Mapping[State, int]
    collected: datetime | None
    posted: datetime | None
    feed_due: datetime | None
    delivery_due: datetime | None
    processes: int
    leases: Mapping[str, datetime]
    account: Account = field(default_factory=Account)


class Watch(Protocol):
    """Looks at everything and touches nothing."""

    async def look(self, now: datetime) -> Pulse:
        """The pulse at that moment; cheap, however much is stored. Raises `NoDatabase`."""
        ...
