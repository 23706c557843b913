"""One setting as a person typed it -> its value; every mistake is a German `UserError` that says what is possible."""

import re
from collections.abc import Mapping, Sequence
from datetime import time
from difflib import get_close_matches
from enum import StrEnum
from typing import TypeVar
from unicodedata import category, normalize

from bot.deliveries.zones import zone_of
from bot.errors import UserError
from bot.german.regions import REGIONS, region_of
from bot.german.schedules import IMPORTANCE, LENGTHS
from bot.german.spelling import named, plain
from bot.model import EVERY_DAY, Empty, Importance, Length

NAME = 60  # characters; fits every list of either chat
STORIES = range(1, 21)
CAPS = range(1, 11)  # alerts of a day
WORKDAYS, WEEKEND = frozenset(range(5)), frozenset({5, 6})
WEEKLY = frozenset({plain(word) for word in ("weekly", "wöchentlich", "Woche", "Wochenrückblick", "recap")})
_TIME = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?(?:\s*uhr|\s*h)?", re.IGNORECASE | re.ASCII)
_ROLE = re.compile(r"(?:<@&)?([1-9][0-9]{0,19})>?", re.ASCII)
_DAYS = {
    word: day
    for day, words in enumerate(
        (
            "mo mon montag montags monday mondays",
            "di die dienstag dienstags tu tue tues tuesday tuesdays",
            "mi mit mittwoch mittwochs wed wednesday wednesdays",
            "do don donnerstag donnerstags th thu thurs thursday thursdays",
            "fr fre freitag freitags fri friday fridays",
            "sa sam samstag samstags sonnabend sonnabends sat saturday saturdays",
            "so son sonntag sonntags su sun sunday sundays",
        )
    )
    for word in words.split()
}
_MANY = {
    **dict.fromkeys(("täglich", "daily", "jeden Tag", "every day", "alle"), EVERY_DAY),
    **dict.fromkeys(("werktags", "wochentags", "weekdays", "workdays"), WORKDAYS),
    **dict.fromkeys(("Wochenende", "am Wochenende", "weekend", "weekends"), WEEKEND),
}
_MANY_DAYS = {plain(word): days for word, days in _MANY.items()}
_YES = frozenset({"ja", "j", "yes", "y", "true", "wahr", "an", "on", "1"})
_NO = frozenset({"nein", "n", "no", "false", "falsch", "aus", "off", "0"})
_NONE = frozenset({"", "keine", "kein", "none", "no", "nein", "aus", "off"})
_EMPTY = {Empty.POST: "melden", Empty.SKIP: "auslassen"}

NamedT = TypeVar("NamedT", bound=StrEnum)


def name_of(text: str) -> str:
    """A subscription's name: one line of at most 60 characters. Raises `UserError`."""
    name = " ".join(normalize("NFC", text).split())
    if not name or len(name) > NAME or any(category(sign)[0] == "C" for sign in name):
        raise UserError(f"{named(name)} ist kein Name. Möglich sind 1 bis {NAME} Zeichen in einer Zeile.")
    return name


def time_of(text: str) -> time:
    """„07:00“, „7“, „7:30“, „7.30 Uhr“. Raises `UserError`."""
    match = _TIME.fullmatch(text.strip())
    hour, minute = (int(match[1]), int(match[2] or 0)) if match else (24, 0)
    if hour not in range(24) or minute not in range(60):
        raise UserError(f"{named(text)} ist keine Uhrzeit. Möglich sind 00:00 bis 23:59, zum Beispiel 07:00 oder 7:30.")
    return time(hour, minute)


def timezone_of(text: str) -> str:
    """A zone's name in the tz database, or a city. Raises `UserError`."""
    zone = zone_of(text)
    if zone is None:
        raise UserError(
            f"Die Zeitzone {named(text)} gibt es nicht. "
            "Möglich sind Namen wie Europe/Berlin und Städte wie Berlin, Wien oder Zürich."
        )
    return zone


def weekdays_of(text: str) -> frozenset[int]:
    """„mo-fr“, „mo,mi,fr“, „sa bis mo“, „täglich“, „werktags“, „mon-fri“. Raises `UserError`."""
    many = _MANY_DAYS.get(plain(text))
    if many is not None:
        return many
    ranges = re.sub(r"\s*(?:[-–—]|\b(?:bis|to)\b)\s*", "-", text.casefold())
    parts = [part for part in re.split(r"[\s,;/+&]+|\bund\b|\band\b", ranges) if part]
    if not parts:
        raise _no_days(text)
    return frozenset(day for part in parts for day in _run(part, text))


def length_of(text: str) -> Length:
    """„short“ or „kurz“. Raises `UserError`."""
    return _chosen(text, LENGTHS, "eine Länge")


def importance_of(text: str) -> Importance:
    """„high“ or „hoch“. Raises `UserError`."""
    return _chosen(text, IMPORTANCE, "eine Wichtigkeit")


def empty_of(text: str) -> Empty:
    """„skip“ or „auslassen“. Raises `UserError`."""
    return _chosen(text, _EMPTY, "eine Angabe für ruhige Tage")


def stories_of(text: str) -> int:
    """1 to 20. Raises `UserError`."""
    digits = text.strip().lstrip("0")
    if digits not in map(str, STORIES):
        raise UserError(f"{named(text)} passt nicht. Möglich sind {STORIES[0]} bis {STORIES[-1]} Meldungen.")
    return int(digits)


def holidays_of(text: str) -> str:
    """The code of a region by code or name, empty for „keine“. Raises `UserError`."""
    if plain(text) in _NONE:
        return ""
    region = region_of(text)
    if region is None:
        raise UserError(
            f"Für {named(text)} sind keine Feiertage bekannt.{_meant(text, list(REGIONS.values()))} "
            "Möglich sind Länder (Deutschland, Österreich, Schweiz), Bundesländer und Kantone, "
            "auch als Code wie DE-BY, oder „keine“."
        )
    return region


def cap_of(text: str) -> int:
    """1 to 10. Raises `UserError`."""
    digits = text.strip().lstrip("0")
    if digits not in map(str, CAPS):
        raise UserError(f"{named(text)} passt nicht. Möglich sind {CAPS[0]} bis {CAPS[-1]} Eilmeldungen am Tag.")
    return int(digits)


def quiet_of(text: str) -> tuple[time, time]:
    """„22-7“, „22:00 bis 07:00“, „keine“: when nothing comes, twice the same time for never. Raises `UserError`."""
    if plain(text) in _NONE:
        return time(), time()
    ends = re.split(r"\s*(?:[-–—]|\b(?:bis|to)\b)\s*", text.strip().casefold())
    if len(ends) != 2:  # noqa: PLR2004 - a beginning and an end
        raise UserError(
            f"{named(text)} sind keine Ruhezeiten. Möglich sind Spannen wie 22-7 oder 21:30-06:30 und keine."
        )
    return time_of(ends[0]), time_of(ends[1])


def role_of(text: str) -> str:
    """The id of a role, or its mention; empty for „keine“. Raises `UserError`."""
    if plain(text) in _NONE:
        return ""
    role = _ROLE.fullmatch(text.strip())
    if role is None:
        raise UserError(f"{named(text)} ist keine Rolle. Möglich ist die Kennung einer Rolle, nur Ziffern, oder keine.")
    return role[1]


def flag_of(text: str) -> bool:
    """„ja“ or „nein“. Raises `UserError`."""
    word = plain(text)
    if word not in _YES | _NO:
        raise UserError(f"{named(text)} ist nicht zu verstehen. Möglich sind: ja, nein.")
    return word in _YES


def _chosen(text: str, names: Mapping[NamedT, str], what: str) -> NamedT:
    for value, name in names.items():
        if plain(text) in {plain(value), plain(name)}:
            return value
    possible = ", ".join(f"{value} ({name})" for value, name in names.items())
    raise UserError(f"{named(text)} ist nicht {what}. Möglich sind: {possible}.")


def _run(part: str, text: str) -> list[int]:
    """The days of „mo“, or of „fr-mo“."""
    ends = [_DAYS.get(word.strip(".")) for word in part.split("-")]
    first, last = ends[0], ends[-1]
    if first is None or last is None or len(ends) > 2:  # noqa: PLR2004 - a beginning and an end
        raise _no_days(text)
    return [(first + n) % 7 for n in range((last - first) % 7 + 1)]


def _no_days(text: str) -> UserError:
    return UserError(
        f"{named(text)} sind keine Wochentage. Möglich sind: täglich, werktags, wöchentlich, Tage wie mo,mi,fr "
        "und Spannen wie mo-fr."
    )


def _meant(word: str, known: Sequence[str]) -> str:
    names = {plain(name): name for name in known}
    close = get_close_matches(plain(word)[:NAME], list(names), n=1, cutoff=0.6)
    return f" Meinten Sie {names[close[0]]}?" if close else ""
