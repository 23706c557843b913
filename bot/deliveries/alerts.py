"""When an alert comes: at once, after the quiet hours, or not at all. Pure; the time is passed in.

Quiet hours begin and end when the wall first shows their times, as slots do: a night in which clocks are changed has
one beginning and one end.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.deliveries.slots import DAY, moment_of
from bot.model import Alert

LASTS = timedelta(hours=12)  # so long after it was told, a story is worth an alert


@dataclass(frozen=True, slots=True)
class Timely:
    """An alert is to be sent: when, and until when it may be."""

    at: datetime
    until: datetime


def timely(alert: Alert, told: datetime, now: datetime) -> Timely | None:
    """When news told at one moment are sent, if they are known now; None where they would be too old by then.

    They may be sent until they are too old, or the next quiet hours begin.
    """
    quiet = list(_quiet(alert, now))
    at = next((end for start, end in quiet if start <= now < end), now)
    last = told + LASTS
    begins = min((start for start, _ in quiet if start > at), default=last)
    until = min(last, begins)
    return Timely(at, until) if at < until else None


def _quiet(alert: Alert, now: datetime) -> Iterator[tuple[datetime, datetime]]:
    """The quiet hours around a moment, in order."""
    start, end = alert.quiet
    if start == end:
        return
    zone = ZoneInfo(alert.zone)
    today = now.astimezone(zone).date()
    for n in range(-1, 3):
        day = today + n * DAY
        ends = day if start < end else day + DAY
        yield moment_of(day, _minute(start), zone), moment_of(ends, _minute(end), zone)


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute
