"""The digests that anybody may read."""

from collections.abc import Mapping
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


@dataclass(frozen=True, slots=True)
class Printed:
    """A digest, and the body that its first message has."""

    digest: Digest
    body: str


class Published(Protocol):
    """The digests of subscriptions that are public; those of all others are never given out.

    A digest can be read once it was posted (`Outbox.record`), as long as one of the subscriptions to which it was
    posted is there and public.
    """

    async def keep(self, readers: Mapping[int, Printed], made: datetime) -> None:
        """Keep each distinct digest once, for whom it was made, and as what it is to be posted.

        Nobody sees it until that is recorded as sent. The last of a day counts; what was posted on it already stays.
        """
        ...

    async def forget(self, before: date) -> None:
        """Forget what was kept to be posted on the days before that one and was not, and digests that nobody reads."""
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
