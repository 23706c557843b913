"""The times of day of a text: 14.30 Uhr, 2:30 p.m. ET, noon."""

import re
from functools import lru_cache
from typing import NamedTuple

from bot.model import Language

DAY = 24 * 60
OFFSETS = {  # hours ahead of UTC; two where the name does not tell summer from winter
    "utc": (0,), "gmt": (0,), "bst": (1,), "mez": (1,), "mesz": (2,), "cet": (1, 2), "cest": (2,),
    "deutscher zeit": (1, 2),
    "est": (-5,), "edt": (-4,), "et": (-5, -4), "eastern": (-5, -4), "cst": (-6,), "cdt": (-5,), "ct": (-6, -5),
    "pst": (-8,),
    "pdt": (-7,), "pt": (-8, -7), "pacific": (-8, -7), "jst": (9,),
}  # fmt: skip
GERMAN = (1, 2)  # hours, winter and summer
_ZONE = rf"(?:[\s\u00a0]\(?(?P<zone>{'|'.join(sorted(OFFSETS, key=len, reverse=True))})\b)?"
_PATTERNS = {
    Language.DE: re.compile(
        rf"\b(?P<hour>[01]?\d|2[0-4])(?:[.:](?P<minute>[0-5]\d))?[\s\u00a0]Uhr\b{_ZONE}|(?<![\d:.,])(?P<h>[01]?\d|2[0-3]):(?P<m>[0-5]\d)(?![\d:])|"
        r"\b(?P<word>Mitternacht)\b",
        re.IGNORECASE,
    ),
    Language.EN: re.compile(
        rf"\b(?P<hour>1[0-2]|0?\d)(?:[:.](?P<minute>[0-5]\d))?[\s\u00a0]?(?P<half>[ap])\.?m\b\.?{_ZONE}"
        rf"|(?<![\d:.,])(?P<h>[01]?\d|2[0-3]):(?P<m>[0-5]\d)(?![\d:]){_ZONE.replace('zone', 'zone_')}"
        rf"|\b(?P<word>noon|midday|midnight)\b{_ZONE.replace('zone', 'zone__')}",
        re.IGNORECASE,
    ),
}


class Clock(NamedTuple):
    """A time of day in minutes, and how many hours its zone may be ahead of UTC; none where no zone is named."""

    shown: str
    minutes: int
    offsets: tuple[int, ...]
    start: int
    end: int


@lru_cache(maxsize=256)
def clocks(text: str, language: Language) -> tuple[Clock, ...]:
    """Every time of day of the text, in order."""
    return tuple(_clock(match) for match in _PATTERNS[language].finditer(text))


def _clock(match: re.Match[str]) -> Clock:
    told = match.groupdict()
    zone = (told.get("zone") or told.get("zone_") or told.get("zone__") or "").lower()
    return Clock(match[0].strip(), _minutes(told), OFFSETS.get(zone, ()), match.start(), match.end())


def _minutes(told: dict[str, str | None]) -> int:
    word = told.get("word")
    if word:
        return 0 if word.lower() in {"mitternacht", "midnight"} else DAY // 2
    hour, minute = int(told.get("hour") or told.get("h") or 0), int(told.get("minute") or told.get("m") or 0)
    half = (told.get("half") or "").lower()
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return (60 * hour + minute) % DAY


def is_same(told: Clock, meant: Clock) -> bool:
    """Whether a German time of day is that of the source, there or in Germany."""
    if told.minutes == meant.minutes and (
        not told.offsets or not meant.offsets or set(told.offsets) & set(meant.offsets)
    ):
        return True
    here = told.offsets or GERMAN
    return any(
        (told.minutes - meant.minutes - 60 * (own - other)) % DAY == 0 for own in here for other in meant.offsets
    )
