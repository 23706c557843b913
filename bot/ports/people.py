"""What is kept of a person, wherever it is kept."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from bot.model import Channel


class People(Protocol):
    """What is kept of people, over all nouns. A person is the channel of their direct messages."""

    async def about(self, person: Channel) -> Mapping[str, Sequence[Mapping[str, Any]]]:
        """All rows about a person, by noun; none is left out, but for nouns that have none."""
        ...

    async def forget(self, person: Channel) -> Mapping[str, int]:
        """Delete all about a person, in one transaction; how much, by noun.

        What is still to be sent goes, too, and a digest that is being made meanwhile finds nobody (`Outbox.tell`).
        """
        ...

    async def untold(self, person: Channel) -> bool:
        """Whether this person's direct messages were paused for a reason, and nobody has told them: true once."""
        ...
