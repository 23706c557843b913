"""Dates as feeds write them: RFC 822, ISO 8601, German words and figures, and the other ways that turn up."""

import re
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache

_LONGEST = 80  # characters; what is longer is no date
_YEARS = range(1900, 2200)  # others are a program's zero or its end of time

_MONTH_WORDS = (
    "jan jän jaen ene gen",
    "feb fév fev",
    "mar mär mrz maer maa mrt",
    "apr avr abr",
    "may mai mei mag",
    "jun juin giu",
    "jul juil lug",
    "aug août aou ago",
    "sep set",
    "oct okt ott out",
    "nov",
    "dec dez déc dic",
)
_MONTHS = {word: number for number, words in enumerate(_MONTH_WORDS, 1) for word in words.split()}

# Hours east of Greenwich. Letters that mean several zones stand for the one of RFC 822, else for the European one.
_ZONES = {
    name: hours
    for hours, names in {
        0: "z ut utc gmt wet",
        1: "cet mez met bst west",
        2: "cest mesz mest eet oez sast",
        3: "eest oesz msk",
        5.5: "ist",
        8: "sgt hkt awst",
        9: "jst kst",
        10: "aest",
        11: "aedt",
        12: "nzst",
        13: "nzdt",
        -4: "edt",
        -5: "est cdt",
        -6: "cst mdt",
        -7: "mst pdt",
        -8: "pst akdt",
        -9: "akst",
        -10: "hst",
    }.items()
    for name in names.split()
}

_TIME = (
    r"(?:[\s,T]*(?:um\s+|at\s+|-\s+|\u2013\s+)?(?P<hour>\d{1,2})[:.](?P<minute>\d{1,2})(?:[:.](?P<second>\d{1,2})(?:[.,]\d+)?)?"
    r"\s*(?P<half>[ap]\.?m\b\.?)?(?:\s*Uhr)?)?"
)
_ZONE = r"\s*(?P<zone>(?:(?:GMT|UTC?)?\s?[+\-\u2212]\d{1,2}:?\d{0,2}|[A-Za-z]{1,9})\b)?(?:\s*\([^)]*\))?"
_DAY_NAME = r"(?:[^\W\d]{2,12}(?:\s*[.,]+\s*|\s+))?"
_SHAPES = tuple(
    re.compile(shape, re.IGNORECASE)
    for shape in (
        # Mon, 23 Nov 2026 09:15:00 +0100 · Di, 3. März 2026, 10.00 Uhr MEZ · 23-Nov-26
        _DAY_NAME
        + r"(?:den\s+)?(?P<day>\d{1,2})\.?[\s-]*(?:de\s+)?(?P<word>[^\W\d]{3,12})\.?[\s,-]*(?:de\s+)?"
        + r"(?P<year>\d{4}|\d\d)"
        + _TIME
        + _ZONE,
        # 2026-11-23T09:15:00.123+01:00 · 20261123 · 2026-11-23 · 2026/11/23 09:15
        r"(?P<year>\d{4})[-/.]?(?P<month>\d\d)(?:[-/.]?(?P<day>\d\d))?" + _TIME + _ZONE,
        # 23.11.2026 09:15 · 3. 1. 26
        _DAY_NAME + r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4}|\d\d)" + _TIME + _ZONE,
        # November 23rd, 2026 9:15 am
        _DAY_NAME
        + r"(?P<word>[^\W\d]{3,12})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})"
        + _TIME
        + _ZONE,
        # Mon Nov 23 09:15:00 CET 2026
        _DAY_NAME + r"(?P<word>[^\W\d]{3,12})\.?\s+(?P<day>\d{1,2})" + _TIME + _ZONE + r"\s+(?P<year>\d{4})",
        # 23-11-2026 09:15
        r"(?P<day>\d{1,2})-(?P<month>\d{1,2})-(?P<year>\d{4})" + _TIME + _ZONE,
        # 11/23/2026 09:15, which only Americans write
        _DAY_NAME + r"(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{4}|\d\d)" + _TIME + _ZONE,
    )
)
_MAIL = re.compile(
    r"[A-Za-z]{3}, (\d\d?) ([A-Za-z]{3}) (\d{4}) (\d\d):(\d\d):(\d\d) (?:GMT|UTC|Z|([+-])(\d\d)(\d\d))", re.ASCII
)


def moment(text: str | None) -> datetime | None:
    """When this says, in UTC; a time without a zone is read as UTC, a day without a time as its midnight.

    None for what is no date of the years 1900 to 2199.
    """
    if not text or len(text) > _LONGEST:
        return None
    text = text.strip()
    told = _iso(text) or _mail(text) or _shaped(" ".join(text.split()))
    return told if told is None or told.year in _YEARS else None


def _iso(text: str) -> datetime | None:
    """The quick way for what most feeds write."""
    try:
        return _utc(datetime.fromisoformat(text)) if text[4:5] == "-" else None
    except ValueError:
        return None


def _mail(text: str) -> datetime | None:
    """The quick way for RFC 822 as programs write it."""
    found = _MAIL.fullmatch(text)
    if not found:
        return None
    day, word, year, hour, minute, second, sign, hours, minutes = found.groups()
    try:
        when = datetime(int(year), _MONTHS[word.lower()], int(day), int(hour), int(minute), int(second), tzinfo=UTC)
        return when - _east(sign, hours, minutes) if sign else when
    except (KeyError, ValueError, OverflowError):
        return None


def _shaped(text: str) -> datetime | None:
    for shape in _SHAPES:
        found = shape.fullmatch(text)
        if found:
            return _built(found.groupdict())
    return None


def _built(parts: dict[str, str | None]) -> datetime | None:
    """The moment of these parts, None for what is on no calendar."""
    month = _month(parts["word"] or "") if "word" in parts else _number(parts["month"])
    try:
        day = datetime(_year(parts["year"] or ""), month, int(parts.get("day") or 1), tzinfo=_zone(parts["zone"]))
        # The hour 24 and the second 60 are the first moment of what follows.
        return _utc(
            day + timedelta(hours=_hour(parts), minutes=_number(parts["minute"]), seconds=_number(parts["second"]))
        )
    except (ValueError, OverflowError):
        return None


def _month(word: str) -> int:
    """1 to 12 by its first letters; 0 for a word that is no month."""
    word = word.lower()
    return _MONTHS.get(word[:4]) or _MONTHS.get(word[:3], 0)


def _year(digits: str) -> int:
    """Two digits as RFC 5322 reads them: 49 is 2049, 50 is 1950."""
    year = int(digits)
    return year if len(digits) > 2 else year + (2000 if year < 50 else 1900)  # noqa: PLR2004


def _hour(parts: dict[str, str | None]) -> int:
    """0 to 24. Raises `ValueError` beyond."""
    hour, half = _number(parts["hour"]), (parts["half"] or "").lower()
    if half:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    if hour > 24 or _number(parts["minute"]) > 59 or _number(parts["second"]) > 60:  # noqa: PLR2004
        raise ValueError
    return hour


def _number(digits: str | None) -> int:
    return int(digits or 0)


@lru_cache(maxsize=256)
def _zone(told: str | None) -> timezone:
    """An unknown name is read as UTC, as RFC 5322 has it."""
    told = (told or "").lower()
    figures = re.search(r"([+\-\u2212])(\d{1,2}):?(\d{0,2})$", told)
    if not figures:
        return timezone(timedelta(hours=_ZONES.get(told, 0.0)))
    return timezone(_east(figures[1], figures[2], figures[3]))


@lru_cache(maxsize=256)
def _east(sign: str, hours: str, minutes: str | None) -> timedelta:
    """The offset of a zone. Raises `ValueError` for more than a day."""
    offset = timedelta(hours=int(hours), minutes=_number(minutes))
    if offset >= timedelta(days=1):
        raise ValueError
    return offset if sign == "+" else -offset


def _utc(when: datetime) -> datetime | None:
    try:
        return when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)
    except OverflowError:
        return None
