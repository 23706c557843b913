"""The chats that digests are posted to, and the engine that runs jobs once."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Protocol

from bot.model import Alert, Channel, Delivery, Digest, DigestStory, Platform, Subscription
from bot.ports.posts import Body


class Surface(Protocol):
    """A chat that takes digests."""

    @property
    def platform(self) -> Platform:
        """Which chat it is."""
        ...

    @property
    def interval(self) -> timedelta:
        """The time between two messages that all processes of one token keep together."""
        ...

    @property
    def ahead(self) -> timedelta:
        """By how much this machine's clock is ahead of the chat's, as far as the chat has told; negative if behind."""
        ...

    @property
    def memory(self) -> timedelta:
        """So long after a try the chat answers the same delivery with the message that is there; zero: never."""
        ...

    def render(self, digest: Digest, subscription: Subscription) -> tuple[Body, ...]:
        """The messages in order, each with the stories that had room in it: one, but for long digests. Pure."""
        ...

    def render_alert(self, story: DigestStory, why: str, alert: Alert) -> Body:
        """The message that tells one story at once, and why (German); its role alone is notified. Pure."""
        ...

    async def send(self, delivery: Delivery) -> str:
        """Post it; the id of the message. Posting the same delivery again within minutes posts nothing.

        Raises `ChatError`: `ChatUnsure` where the message may be there, the others where it is not.
        """
        ...

    async def find(self, delivery: Delivery) -> str | None:
        """The message of this delivery, if it is in the channel. Raises `ChatError` where that can't be found out."""
        ...

    async def check(self, channel: Channel) -> None:
        """Whether the bot may post there. Raises `ChatForbidden`, naming what is missing, or `ChatGone`."""
        ...


# What a job does with its argument; it may run twice if its process dies, and must bear that.
Job = Callable[[str], Awaitable[None]]


class Engine(Protocol):
    """Jobs that run once, however many processes enqueue them; a dead process's jobs go on in another one."""

    async def enqueue(self, kind: str, id_: str, argument: str) -> None:
        """Have this job done by any process, once: a second one with the same id is none."""
        ...

    async def tidy(self, before: datetime) -> int:
        """Forget jobs that ended before that moment, so that their ids count as new again; how many."""
        ...
