"""What the pages need of the house."""

from typing import Protocol

from bot.model import Prices
from bot.ports import Clock, Store


class Gallery(Protocol):
    """What the pages look at: a database that may be away for a while."""

    clock: Clock
    prices: Prices  # of the models, for the metrics
    address: str  # of these pages, as others know it: scheme and host; empty where nobody said

    async def store(self) -> Store:
        """The database. Raises `NoDatabase`."""
        ...
