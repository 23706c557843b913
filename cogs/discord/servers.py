"""Which servers the bot is in, and which of those that something is kept of it has left. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Servers:
    """The ids of the servers that were told, of these shards; a server is told to one of `count` shards only."""

    there: frozenset[str]
    shards: frozenset[int] = frozenset({0})
    count: int = 1

    def left(self, kept: Iterable[str]) -> list[str]:
        """Those of these that the bot would have been told of, were it still in them."""
        return sorted(one for one in kept if self._is_told(one) and one not in self.there)

    def _is_told(self, server: str) -> bool:
        """By Discord's formula; what is no id of Discord's is nobody's."""
        return server.isdecimal() and (int(server) >> 22) % self.count in self.shards
