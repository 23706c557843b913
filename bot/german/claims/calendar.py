"""Stretches of days: what „Ende November“, „last week“ and „im dritten Quartal“ mean on the day they are said."""

from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

DAY, WEEK, MONTH, LONG, YEAR, AGO = "day", "week", "month", "long", "year", "ago"  # how finely a date is told
DAYS_OF_WEEK, MONTHS_OF_YEAR = 7, 12
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}  # their first months


class Stretch(NamedTuple):
    """All days from the first to the last."""

    first: date
    last: date

    def holds(self, other: "Stretch") -> bool:
        """Whether the other lies within this one."""
        return self.first <= other.first and other.last <= self.last

    def meets(self, other: "Stretch") -> bool:
        """Whether they share a day."""
        return self.first <= other.last and other.first <= self.last


def day(year: int, month: int, number: int) -> tuple[Stretch, ...]:
    """That day; nothing where there is no such day."""
    if not (1 <= month <= MONTHS_OF_YEAR and 1 <= year < 9999 and 1 <= number <= monthrange(year, month)[1]):  # noqa: PLR2004
        return ()
    return (Stretch(date(year, month, number), date(year, month, number)),)


def from_day(start: date, days: int, length: int = 1) -> Stretch:
    """So many days, beginning so many days after a day."""
    first = start + timedelta(days=days)
    return Stretch(first, first + timedelta(days=length - 1))


def months(year: int, month: int, count: int = 1) -> Stretch:
    """So many months, beginning with that one."""
    end = month + count - 1
    year_of_end, month_of_end = year + (end - 1) // MONTHS_OF_YEAR, (end - 1) % MONTHS_OF_YEAR + 1
    return Stretch(date(year, month, 1), date(year_of_end, month_of_end, monthrange(year_of_end, month_of_end)[1]))


def part_of_month(year: int, month: int, part: str) -> Stretch:
    """Its beginning, middle or end, or all of it."""
    whole = months(year, month)
    first = {"early": 1, "mid": 9, "late": 19}.get(part, 1)
    last = {"early": 12, "mid": 22}.get(part, whole.last.day)
    return Stretch(date(year, month, first), date(year, month, last))


def part_of_year(year: int, part: str) -> Stretch:
    """Its beginning, middle or end, or all of it."""
    first, count = {"early": (1, 4), "mid": (5, 4), "late": (9, 4)}.get(part, (1, 12))
    return months(year, first, count)


def week(today: date, offset: int) -> Stretch:
    """The week, Monday to Sunday, so many weeks from this one."""
    return from_day(today, DAYS_OF_WEEK * offset - today.weekday(), DAYS_OF_WEEK)


def weekday(today: date, number: int, direction: str) -> tuple[Stretch, ...]:
    """The days that a weekday (0 is Monday) may mean: the last one, today included, the next one, or either."""
    back = (today.weekday() - number) % DAYS_OF_WEEK
    last, following = from_day(today, -back), from_day(today, DAYS_OF_WEEK - back)
    if direction == "past":
        return (last, from_day(today, -back - DAYS_OF_WEEK))
    if direction == "next":
        return (following, from_day(today, 2 * DAYS_OF_WEEK - back), *((last,) if back == 0 else ()))
    return (last, following)


def near(today: date, year: int | None) -> tuple[int, ...]:
    """The years that a date without one may mean."""
    return (year,) if year else (today.year, today.year - 1, today.year + 1)
