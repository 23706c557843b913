"""Days and hours as German readers expect them. Moments are aware; the zone is the reader's."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, format_timedelta

LOCALE = "de_DE"
STYLES = {
    "t": "HH:mm",
    "T": "HH:mm:ss",
    "d": "dd.MM.y",
    "D": "d. MMMM y",
    "f": "d. MMMM y 'um' HH:mm",
    "F": "EEEE, d. MMMM y 'um' HH:mm",
}


def long_date(day: date) -> str:
    """„23. November 2026“."""
    return format_date(day, "d. MMMM y", locale=LOCALE)


def with_weekday(day: date) -> str:
    """„Montag, 23. November 2026“."""
    return format_date(day, "EEEE, d. MMMM y", locale=LOCALE)


def clock(moment: datetime, zone: ZoneInfo) -> str:
    """„14:05 Uhr“, on the wall of that zone."""
    return f"{moment.astimezone(zone):%H:%M}\N{NO-BREAK SPACE}Uhr"


def told(moment: datetime, now: datetime, zone: ZoneInfo) -> str:
    """When something was published, seen from now: „heute, 14:05 Uhr“, „gestern, …“, „21. November, …“."""
    return f"{_day(moment.astimezone(zone).date(), now.astimezone(zone).date())}, {clock(moment, zone)}"


def of_day(day: date, today: date) -> str:
    """What is that day's: „von heute“, „von gestern“, „vom 21. November“."""
    name = _day(day, today)
    return f"von {name}" if day in {today, today - timedelta(days=1)} else f"vom {name}"


def _day(day: date, today: date) -> str:
    if day == today:
        return "heute"
    if day == today - timedelta(days=1):
        return "gestern"
    return format_date(day, "d. MMMM" if day.year == today.year else "d. MMMM y", locale=LOCALE)


def styled(moment: datetime, now: datetime, style: str) -> str:
    """„24. November 2026 um 07:00“, or as another style of Discord's timestamps has it; in the zone of `now`."""
    if style == "R":
        return format_timedelta(moment - now, add_direction=True, locale=LOCALE)
    return format_datetime(moment.astimezone(now.tzinfo), STYLES.get(style, STYLES["f"]), locale=LOCALE)
