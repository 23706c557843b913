"""Who wants to be told at once, and of what."""

from dataclasses import dataclass
from datetime import datetime, time

from bot.model.news import number
from bot.model.posts import LONG_AGO, OWN, Channel

NIGHT = (time(22), time(7))


@dataclass(frozen=True, slots=True)
class Alert:
    """What a channel or a person wants to be told at once: there is one for each channel.

    `topics` are entries as `Interests` has them; none wants nothing by itself. `critical`: what is critical, whatever
    it is about. `cap`: so many on a local day of `zone` at most. `quiet`: from when to when on its wall nothing comes;
    the same time twice for no quiet hours. `role`: the id of the role that is notified, empty for nobody. `reason`
    (German): why it is paused. `since`: what was known before is not told.
    """

    channel: Channel
    zone: str
    topics: tuple[str, ...] = ()
    critical: bool = False
    cap: int = 3
    quiet: tuple[time, time] = NIGHT
    role: str = ""
    paused: bool = False
    reason: str | None = None
    since: datetime = LONG_AGO

    @property
    def id(self) -> int:
        """What it is known by on every machine; in the outbox in place of a subscription's id."""
        return alert_id(self.channel)


def alert_id(channel: Channel) -> int:
    """The id of a channel's alert, whether it has one or not."""
    return number(f"{channel.place}\0\0alert")


def alert_delivery_id(alert: int, story: int, news: str = "") -> int:
    """What the message of an alert about a story is known by: there is one, and one for its `news` of each day."""
    told = number(f"{alert}\0{story}\0{news}")
    return alert >> OWN << OWN | told & (1 << OWN) - 1
