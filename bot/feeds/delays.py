"""How long a server asks to be left alone, read from its headers. All results lie between nothing and a day.

Moments are taken relative to the server's own clock (its header Date), which may be years off.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

DAY = timedelta(days=1)
MAX_AGE = re.compile(r'(?:^|[\s,])max-age\s*=\s*"?([0-9]{1,9})', re.IGNORECASE)
AGE = re.compile(r"[0-9]{1,9}")
SECONDS = re.compile(r"[+-]?[0-9]{1,15}(\.[0-9]{1,15})?(e[0-9]{1,2})?", re.IGNORECASE)


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds from Retry-After, 0 to 86,400; None where it is missing, unreadable or relative to no Date."""
    wish = headers.get("retry-after", "").strip()
    if SECONDS.fullmatch(wish):
        return min(max(float(wish), 0.0), DAY.total_seconds())
    moment, date = http_date(wish), http_date(headers.get("date", ""))
    return _clamped(moment - date).total_seconds() if moment and date else None


def fresh_for(headers: Mapping[str, str], now: datetime) -> timedelta:
    """How long an answer stays fresh by Cache-Control, else by Expires; nothing where it does not say."""
    if found := MAX_AGE.search(headers.get("cache-control", "")):
        age = AGE.fullmatch(headers.get("age", "0").strip())
        return _clamped(timedelta(seconds=int(found[1]) - int(age[0] if age else 0)))
    expires = http_date(headers.get("expires", ""))
    return _clamped(expires - (http_date(headers.get("date", "")) or now)) if expires else timedelta(0)


def http_date(written: str) -> datetime | None:
    """A moment in UTC as HTTP writes it, None for anything else."""
    try:
        moment = parsedate_to_datetime(written)
        return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
    except (ValueError, OverflowError):  # parsedate raises ValueError for what is no date; the year 9999 overflows
        return None


def _clamped(delay: timedelta) -> timedelta:
    return min(max(delay, timedelta(0)), DAY)
