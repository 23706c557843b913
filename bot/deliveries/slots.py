"""When a digest comes: which slots there were, and which of them are wanted. Pure; the time is passed in.

A slot is a local date in the subscription's zone, never the moment it runs at. Its moment is the first at which the
wall there shows the subscription's time or a later one. So a time that the clocks leave out runs right after the gap,
one that they show twice runs at the first, and of two slots the later never runs earlier: whatever happened between
two moments is, for each day, one unbroken range of minutes.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.deliveries.freedays import holiday
from bot.german.schedules import ON_DAYS
from bot.model import Subscription

MINUTES = 24 * 60
DAY = timedelta(days=1)
LEAST, MOST = DAY, 4 * DAY  # what a digest covers: never less than a day, and at most a long weekend
RECAP = 7 * DAY
MONTH = 33  # days; nothing older is in a digest's window or among what its audience was told
AHEAD = 100  # days; no weekday is a holiday so many weeks in a row
FAR = 2 * DAY  # between a zone's calendar and UTC's, at most, also where a zone skipped a day


class Window(NamedTuple):
    """Of one local date, the minutes of the day from the first to the last."""

    day: date
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """A digest is to be made: its moment, and until when it may be posted."""

    at: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Skip:
    """No digest, and why (German). `missed`: one was wanted, and the next tells what it would have told."""

    reason: str
    missed: bool = False


@lru_cache(maxsize=20_000)  # thousands of subscriptions ask about the same week
def moment_of(day: date, minute: int, zone: ZoneInfo) -> datetime:
    """When (UTC) the zone's wall first shows this minute of that day, or a later one."""
    wall = datetime.combine(day, time(*divmod(minute, 60)))
    moment = wall.replace(tzinfo=zone).astimezone(UTC)  # of two moments the first
    if _wall(moment, zone) == wall:
        return moment
    before = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)  # as if the clocks had been changed already
    gap = range(int((moment - before).total_seconds()))
    return before + timedelta(seconds=bisect_left(gap, wall, key=lambda n: _wall(before + timedelta(seconds=n), zone)))


def windows(zone: ZoneInfo, since: datetime, until: datetime) -> tuple[Window, ...]:
    """Which minutes came on that zone's wall after `since`, up to and including `until`.

    Minute m is in a window of a day exactly if `moment_of(day, m, zone)` lies between the two. Where the clock was set
    back (`until` before `since`), nothing came: whoever asks keeps the latest moment he has asked for.
    """
    days = _days((since - FAR).date(), (until + FAR).date())
    found = (Window(day, _come(day, since, zone), _come(day, until, zone) - 1) for day in days)
    return tuple(window for window in found if window.first <= window.last)


@lru_cache(maxsize=1_000)
def offsets(zone: str, day: date) -> tuple[timedelta, ...]:
    """How far the zone's wall was from UTC in each hour of the month up to that day.

    Where it is the same, a digest of that day reads the same: none shows a time that is older.
    """
    end, place = datetime.combine(day + FAR, time(), UTC), ZoneInfo(zone)
    shown = ((end - timedelta(hours=n)).astimezone(place).utcoffset() for n in range(24 * MONTH))
    return tuple(offset for offset in shown if offset is not None)


def slot(subscription: Subscription, day: date) -> datetime:
    """The moment of this subscription's slot on that day, wanted or not, in UTC."""
    return moment_of(day, subscription.at.hour * 60 + subscription.at.minute, ZoneInfo(subscription.zone))


def deadline(subscription: Subscription, day: date) -> datetime:
    """Until when that day's digest may be posted."""
    return slot(subscription, day) + timedelta(hours=subscription.cutoff)


def is_expected(subscription: Subscription, day: date) -> bool:
    """Whether anybody waits for a digest on that day: one is wanted then, and was before its slot came."""
    wanted = not subscription.paused and day.weekday() in subscription.weekdays
    return wanted and slot(subscription, day) > subscription.since


def decide(subscription: Subscription, day: date, now: datetime) -> Wanted | Skip:
    """What to do about a slot that has come: of several after downtime only the latest within its cut-off is wanted."""
    if subscription.paused:
        return Skip(subscription.reason or "Das Abonnement ist pausiert.")
    unwanted = _unwanted(subscription.weekdays, subscription.holidays, day)
    if unwanted:
        return Skip(unwanted)
    at = slot(subscription, day)
    until = at + timedelta(hours=subscription.cutoff)
    if now > until:
        return Skip(_too_late(subscription.cutoff), missed=True)
    later = _nearest(subscription.weekdays, subscription.holidays, day, 1, (now.date() + FAR - day).days)
    if later and slot(subscription, later) <= now:
        return Skip("Der Bot lief nicht; inzwischen ist schon der nächste Digest an der Reihe.", missed=True)
    return Wanted(at, until)


def next_slot(subscription: Subscription, now: datetime, done: date = date.min) -> datetime | None:
    """When the next digest comes after now; None while paused. `done`: the last day that had its digest already."""
    if subscription.paused:
        return None
    today, wish = now.date(), (subscription.weekdays, subscription.holidays)
    days = (day for day in _days(today - FAR, today + AHEAD * DAY) if day > done and not _unwanted(*wish, day))
    return next((moment for day in days if (moment := slot(subscription, day)) > now), None)


def hours(subscription: Subscription, day: date, reached: date | None = None) -> tuple[datetime, datetime]:
    """From when until when (UTC) that day's digest tells: since the slot before, at least a day and at most four.

    So Monday's covers the weekend where nothing was wanted, and the first one after an outage what was missed in it:
    `reached` is the day of the latest slot before that brought what it should; None where nobody knows of any. A recap
    covers seven days.
    """
    until = slot(subscription, day)
    if subscription.recap:
        return until - RECAP, until
    before = _nearest(subscription.weekdays, subscription.holidays, day, -1, MOST // DAY + 1)
    if before and slot(subscription, before) > subscription.since and (reached is None or reached < before):
        before = reached
    since = slot(subscription, before) if before else until - MOST
    return max(min(since, until - LEAST), until - MOST), until


def _come(day: date, moment: datetime, zone: ZoneInfo) -> int:
    """How many minutes of that day have come by then."""
    if moment_of(day, 0, zone) > moment:
        return 0
    if moment_of(day, MINUTES - 1, zone) <= moment:
        return MINUTES
    return bisect_right(range(MINUTES), moment, key=lambda minute: moment_of(day, minute, zone))


def _wall(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.astimezone(zone).replace(tzinfo=None)


@lru_cache(maxsize=10_000)  # as above
def _nearest(weekdays: frozenset[int], holidays: str, day: date, step: int, most: int) -> date | None:
    """The nearest of so many days before that one (`step` -1) or after it (1) that a digest is wanted on."""
    days = (day + n * step * DAY for n in range(1, most + 1))
    return next((other for other in days if not _unwanted(weekdays, holidays, other)), None)


def _days(first: date, last: date) -> Iterator[date]:
    return (first + n * DAY for n in range((last - first).days + 1))


@lru_cache(maxsize=10_000)  # as above
def _unwanted(weekdays: frozenset[int], holidays: str, day: date) -> str:
    """Why there is no digest on that day; empty where one is wanted."""
    if day.weekday() not in weekdays:
        return f"{ON_DAYS[day.weekday()].capitalize()} ist kein Digest gewünscht."
    name = holiday(holidays, day)
    return f"Feiertag: {name}" if name else ""


def _too_late(cutoff: int) -> str:
    within = "einer Stunde" if cutoff == 1 else f"{cutoff} Stunden"
    return f"Der Digest wurde nicht rechtzeitig fertig; nach {within} wird er nicht mehr nachgeholt."
