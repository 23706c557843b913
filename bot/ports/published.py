"""The digests that anybody may read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.model import Digest


@dataclass(frozen=True, slots=True)
class Page:
    """A digest with its permanent number."""

    id: int
    made: datetime
    digest: Digest


class Published(Protocol):
    """The digests of subscriptions that are public; those of all others are never given out.

    A digest can be read as long as one of the subscriptions it was made for is there and public.
    """

    async def keep(self, digests: Sequence[Digest], readers: Mapping[int, Digest], made: datetime) -> None:
        """Keep each distinct digest once, and that it was made for these subscriptions; the first of a day stays."""
        ...

    async def page(self, id_: int) -> Page | None:
        """One digest; None where there is none that anybody may read."""
        ...

    async def telling(self, story: int, limit: int) -> list[Page]:
        """The digests that tell this story, the latest first."""
        ...

    async def about(self, topic: str, limit: int) -> list[Page]:
        """The digests with a story of the topic of this German name, the latest first."""
        ...

    async def on(self, day: date, limit: int) -> list[Page]:
        """The digests of a local day, the latest first."""
        ...

    async def of(self, subscription: int, limit: int) -> list[Page]:
        """The digests of one subscription, the latest first."""
        ...

    async def latest(self, limit: int) -> list[Page]:
        """The latest digests, the latest first."""
        ...
