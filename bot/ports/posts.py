"""Where is kept who wants what, what is to be posted, and who of many processes does it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple, Protocol

from bot.model import Alert, Channel, Delivery, Platform, State, Subscription, Vote


class Subscriptions(Protocol):
    """What channels and people want."""

    async def save(self, subscription: Subscription) -> None:
        """Keep it, in place of one with the same id."""
        ...

    async def pause(self, ids: Sequence[int], reason: str | None) -> None:
        """Let no digest of these come any more, and tell why (German); what is still to be sent for them is skipped.

        A person whose direct messages are paused for a reason is told at the next chance (`People.untold`).
        """
        ...

    async def remove(self, ids: Sequence[int]) -> None:
        """Forget these, their public digests and what is still to be sent for them; what was sent stays on record."""
        ...

    async def leave(self, platform: Platform, space: str) -> None:
        """As `remove`, for all of a server or workspace that the bot has left; nothing where `space` is empty.

        All else that is kept of it is forgotten, too: feeds with what they alone told, public digests, votes, alerts,
        conversations, and what was sent.
        """
        ...

    async def spaces(self, platform: Platform) -> set[str]:
        """The servers or workspaces of which anything is kept, but for what was sent to subscriptions of old."""
        ...

    async def close(self, channel: Channel) -> None:
        """As `remove`, for all of a channel that is no longer there, with its votes, alert and conversations."""
        ...

    async def get(self, ids: Sequence[int]) -> list[Subscription]:
        """Those of these ids that there are, by id."""
        ...

    async def of(self, channel: Channel) -> list[Subscription]:
        """All of one channel, by name."""
        ...

    async def within(self, platform: Platform, space: str) -> list[Subscription]:
        """All of one server or workspace, by channel and name."""
        ...

    async def all(self) -> list[Subscription]:
        """Every subscription, by place and name."""
        ...

    async def zones(self) -> list[str]:
        """The zones that any subscription lives in."""
        ...

    async def at(self, zone: str, first: int, last: int) -> list[tuple[int, int]]:
        """The (id, minute of the day) of this zone's subscriptions from the first to the last minute, paused or not."""
        ...


class Votes(Protocol):
    """What readers of a channel voted: one vote for each person and story."""

    async def cast(self, vote: Vote) -> int:
        """Keep it, in place of the person's vote on that story there; the same again takes it back. What stands now."""
        ...

    async def of(self, channel: Channel, since: datetime) -> list[Vote]:
        """Those of one channel since then, oldest first."""
        ...

    async def among(self, channels: Collection[Channel], since: datetime) -> Mapping[Channel, Sequence[Vote]]:
        """Those since then in each of these channels, oldest first; channels without any are left out."""
        ...

    async def by(self, platform: Platform, person: str) -> list[Vote]:
        """All of one person, oldest first."""
        ...

    async def clear(self, channel: Channel) -> int:
        """Forget all of a channel; how many."""
        ...

    async def withdraw(self, platform: Platform, person: str) -> int:
        """Forget all of a person; how many."""
        ...

    async def forget(self, before: datetime) -> int:
        """Forget those from before that moment; how many."""
        ...


@dataclass(frozen=True, slots=True)
class Body:
    """What a surface sends, kept once for all channels that get the same. `shown`: the stories in it, by id."""

    text: str
    shown: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a try ended: the state with its message or reason, and when to try again where it is still pending."""

    id: int
    state: State
    at: datetime
    message: str | None = None
    reason: str | None = None
    due: datetime | None = None


class Shown(NamedTuple):
    """A story that a subscription was sent, and when its digest was made."""

    story: int
    at: datetime


class Past(NamedTuple):
    """What a subscription was told. `reached`: the latest day that brought what it should, be it rightly nothing."""

    shown: frozenset[Shown]
    reached: date | None


class Alerts(Protocol):
    """Who wants to be told at once, and what they were told."""

    async def save(self, alert: Alert) -> None:
        """Keep it, in place of the channel's other one."""
        ...

    async def remove(self, channel: Channel) -> None:
        """Forget the channel's alert, and what is still to be sent of it; what was sent stays on record."""
        ...

    async def pause(self, ids: Sequence[int], reason: str | None) -> None:
        """Let nothing of these come any more, and tell why (German); what is still to be sent of them is skipped."""
        ...

    async def get(self, channel: Channel) -> Alert | None:
        """The channel's alert, if it has one."""
        ...

    async def within(self, platform: Platform, space: str) -> list[Alert]:
        """All of one server or workspace, by channel."""
        ...

    async def all(self) -> list[Alert]:
        """Every alert, by place."""
        ...

    async def are_wanted(self) -> bool:
        """Whether there is one that is not paused."""
        ...

    async def beside(self, ids: Sequence[int]) -> Mapping[int, Sequence[int]]:
        """The ids of the subscriptions in these alerts' channels; where there are none, the alert is left out."""
        ...

    async def active(self) -> list[Alert]:
        """Those that are not paused, by id."""
        ...

    async def known(self, deliveries: Collection[int]) -> set[int]:
        """Which of these deliveries are in the outbox, sent or not."""
        ...

    async def tell(self, deliveries: Sequence[Delivery], bodies: Sequence["Body"], made: datetime) -> int:
        """As `Outbox.add`, in their order, but for alerts that were removed or paused meanwhile; how many to be sent.

        Of each alert no more are sent on a day than its cap; what is beyond it is kept as skipped, with the reason.
        """
        ...

    async def told(self, ids: Sequence[int], since: date) -> Mapping[int, Sequence[Delivery]]:
        """What became of these alerts' messages since that day, the oldest first, without their bodies."""
        ...


class Outbox(Protocol):
    """What is to be posted, written before it is, and what became of it."""

    async def add(self, deliveries: Sequence[Delivery], bodies: Sequence[Body], made: datetime) -> int:
        """Keep what has no row yet, in one transaction with the bodies; how many were new. The first one stays.

        A delivery's `body` is the text of one of the bodies. `made`: what was known then, they tell or leave out.
        """
        ...

    async def tell(self, deliveries: Sequence[Delivery], bodies: Sequence[Body], made: datetime) -> int:
        """As `add`, but for subscriptions that were removed meanwhile; a digest of a paused one is skipped.

        Whatever removes or pauses them is waited for, or comes after it and finds what is to be sent.
        """
        ...

    async def settled(self, subscriptions: Sequence[int], day: date) -> set[int]:
        """Which of these have a delivery of that day, sent or not."""
        ...

    async def claim(
        self,
        now: datetime,
        limit: int,
        lease: timedelta,
        platforms: Collection[Platform] = tuple(Platform),
        begun: datetime | None = None,
    ) -> list[Delivery]:
        """Due deliveries for these chats with their bodies, each leased to one process until its outcome.

        The oldest due come first. Of several parts, the next is due when the one before is sent. The try is counted
        before they are handed out, but `tries` and `tried` are as they were before: where there was a try, its message
        may have got through although nobody recorded it. `begun`: what the time is on the chats' clock, if it is
        another one. A lease ends by itself, too; one that has more than two lengths left counts as ended: a clock that
        ran ahead wrote it.
        """
        ...

    async def give_back(self, deliveries: Sequence[Delivery]) -> None:
        """Put back what was claimed and for certain not sent, as it is passed: with the tries from before the claim.

        What another process has claimed or settled since stays as that one left it.
        """
        ...

    async def record(self, outcomes: Sequence[Outcome]) -> None:
        """Remember how tries ended, and end the leases.

        What is settled stays so, unless it turns out to be sent. The parts after one that is not sent end as it did.
        """
        ...

    async def due(self, now: datetime, platforms: Collection[Platform] = tuple(Platform)) -> int:
        """How many deliveries for these chats are to be sent by now, and are not settled yet."""
        ...

    async def shown(self, subscriptions: Sequence[int], since: datetime) -> Mapping[int, frozenset[Shown]]:
        """What these were sent, or will be, in digests made since then: each story once, with the latest digest.

        Those that had the same digests share one set.
        """
        ...

    async def past(self, subscriptions: Sequence[int], since: datetime, before: date) -> Mapping[int, Past]:
        """What `shown` says of these, and which day before that one was the latest to bring what it should.

        A delivery that waits to be sent counts, too. Who has nothing of the kind is left out.
        """
        ...

    async def last(self, subscriptions: Sequence[int], sent: bool) -> Mapping[int, Delivery]:
        """The first part of the latest digest of each (of those that were sent, if so wanted), without its body."""
        ...

    async def recent(self, subscription: int, count: int) -> list[Delivery]:
        """The first parts of its latest digests, so many at most, the latest first, without their bodies."""
        ...

    async def told(self, subscriptions: Sequence[int], messages: Collection[str]) -> tuple[int, ...]:
        """The stories of the digests of these that any of these messages is part of, in order, each once."""
        ...

    async def stands(self, delivery: int) -> bool:
        """Whether it is still to be sent: nobody has removed or paused what it is of since it was claimed."""
        ...

    async def forget(self, before: datetime, unneeded: datetime | None = None) -> int:
        """Delete what was settled before that moment; how many deliveries. Bodies made before `unneeded`, too.

        Of each subscription that there is, the latest digest and the latest that was sent stay; so do bodies that any
        delivery needs. `unneeded` is the same moment by default, and must be more than a day ago.
        """
        ...


class Leases(Protocol):
    """Who does what only one process may do, and how fast all of them together."""

    async def take(self, name: str, holder: str, now: datetime, length: timedelta) -> bool:
        """Whether the holder has this lease now: it was free, had run out, or was its own.

        One that ends later than two lengths from now counts as free: a clock that ran ahead wrote it.
        """
        ...

    async def release(self, name: str, holder: str) -> None:
        """Give it back, if it is the holder's."""
        ...

    async def forget(self, before: datetime) -> int:
        """Forget the leases that ended before that moment; how many."""
        ...

    async def beat(self, holder: str, now: datetime) -> None:
        """Tell all others that this process is alive."""
        ...

    async def silent(self, before: datetime) -> list[str]:
        """The processes that have told nothing since then; each is named until `bury`."""
        ...

    async def alive(self, since: datetime) -> list[str]:
        """The processes that have told since then that they are alive."""
        ...

    async def bury(self, holder: str) -> None:
        """Forget a process that is gone."""
        ...

    async def reserve(self, name: str, now: datetime, count: int, interval: timedelta) -> datetime:
        """When the first of so many turns is, one after the other at this interval; nobody else gets the same.

        Turns that lie more than 20 minutes ahead count as free: the clock was set back.
        """
        ...
