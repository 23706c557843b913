"""Who wants digests, and what became of each."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from hashlib import blake2b

from bot.model.news import Length, number


class Platform(StrEnum):
    """A chat that digests are posted to."""

    DISCORD = "discord"
    SLACK = "slack"


@dataclass(frozen=True, slots=True)
class Channel:
    """A place to post. `space`: its server or workspace, empty for a person on Discord. `direct`: `id` is a person."""

    platform: Platform
    space: str
    id: str
    direct: bool = False

    @property
    def place(self) -> str:
        """As an operator writes it: `discord:GUILD/CHANNEL`, `slack:TEAM/CHANNEL`, `dm:discord:USER`."""
        within = f"{self.space}/{self.id}" if self.space else self.id
        return f"{'dm:' if self.direct else ''}{self.platform}:{within}"

    @property
    def home(self) -> str:
        """The space whose feeds it is shown: its server or workspace, or for a person this person alone."""
        return self.place if self.direct else f"{self.platform}:{self.space}"


class Importance(StrEnum):
    """How much a story must matter to be in a digest."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"


class Empty(StrEnum):
    """What to do on a day without anything important."""

    POST = "post"  # one line that says so
    SKIP = "skip"


EVERY_DAY = frozenset(range(7))
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Subscription:
    """What a channel or a person wants, and when. `name` tells several of one channel apart.

    `topics` are entries as `Interests` has them: keys of topics, own words, and what is left out; none for all.

    `at` is the time on the wall in `zone`, `weekdays` are 0 for Monday to 6. `holidays` is the country or part of it
    whose public holidays are skipped („DE-BY“, „CH-ZH“), empty for none. `recap`: what was told most in seven days.
    `cutoff` hours after its time, a digest that could not be posted is skipped. `reason` (German): why it is paused.
    `since`: it was set up, changed or resumed then, and nobody expects what was due before.
    """

    id: int
    channel: Channel
    name: str
    at: time
    zone: str
    topics: tuple[str, ...] = ()
    weekdays: frozenset[int] = EVERY_DAY
    length: Length = Length.MEDIUM
    stories: int = 8
    importance: Importance = Importance.NORMAL
    empty: Empty = Empty.POST
    holidays: str = ""
    recap: bool = False
    cutoff: int = 6
    public: bool = False
    chart: bool = False
    paused: bool = False
    reason: str | None = None
    since: datetime = LONG_AGO


@dataclass(frozen=True, slots=True)
class Vote:
    """One person's „mehr davon“ (+1) or „weniger davon“ (-1) on a story in one channel, and the story's topics then."""

    channel: Channel
    story: int
    person: str
    value: int
    topics: tuple[str, ...]
    at: datetime


class State(StrEnum):
    """How far a delivery got."""

    PENDING = "pending"  # to be sent, or to be tried again
    SENT = "sent"
    FORBIDDEN = "forbidden"  # the bot may not post there
    GONE = "gone"  # the channel is not there any more
    SKIPPED = "skipped"  # nothing was to be sent; the reason says why
    MISSED = "missed"  # it was to be sent, and was not in time; the reason says why


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message of a digest to one channel, as the outbox keeps it.

    It is what it is by subscription, local `day` and `part` (from 1): there is never a second one. `body` is what its
    surface sends, rendered once; None where nothing is to be sent. `root` is the message of part 1, for the others.
    """

    id: int
    subscription: int
    channel: Channel
    day: date
    part: int
    body: str | None
    state: State
    due: datetime  # when to try (again)
    until: datetime  # after that it is skipped
    tries: int = 0
    tried: datetime | None = None  # when the first try began, on the chat's clock: so old may a message be
    message: str | None = None  # the platform's id of the posted message
    sent: datetime | None = None
    reason: str | None = None  # German; why it is not sent
    root: str | None = None

    @property
    def mark(self) -> str:
        """25 hexadecimal digits that tell this delivery from all others: Discord's nonce, and what is looked for."""
        return blake2b(str(self.id).encode(), digest_size=13).hexdigest()[:25]


OWN = 47  # bits of a delivery's id; of 100,000 subscriptions, two are alike once in 30,000 years


def delivery_id(subscription: int, day: date, part: int) -> int:
    """What a delivery is known by on every machine: there is one for each subscription, local date and part.

    It begins as the subscription's id does, so that what is written together stands together in a database's index.
    """
    told = number(f"{subscription}\0{day}\0{part}")
    return subscription >> OWN << OWN | told & (1 << OWN) - 1
