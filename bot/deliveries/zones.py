"""What people call their time zone -> its name in the tz database."""

from collections.abc import Mapping
from functools import lru_cache
from zoneinfo import available_timezones

from bot.german.spelling import plain

BERLIN, VIENNA, ZURICH = "Europe/Berlin", "Europe/Vienna", "Europe/Zurich"
# Cities whose German name differs, and large ones of our readers that the database doesn't name.
_GERMAN = {
    **dict.fromkeys("Deutschland Germany Hamburg München Köln Frankfurt Stuttgart Leipzig MEZ MESZ".split(), BERLIN),
    **dict.fromkeys("Österreich Austria Wien Graz Linz Salzburg Innsbruck".split(), VIENNA),
    **dict.fromkeys("Schweiz Switzerland Zürich Bern Basel Genf Lausanne Luzern".split(), ZURICH),
    "Liechtenstein": "Europe/Vaduz",
    "Luxemburg": "Europe/Luxembourg",
    "Bozen": "Europe/Rome",
    "Rom": "Europe/Rome",
    "Brüssel": "Europe/Brussels",
    "Kopenhagen": "Europe/Copenhagen",
    "Lissabon": "Europe/Lisbon",
    "Prag": "Europe/Prague",
    "Warschau": "Europe/Warsaw",
    "Athen": "Europe/Athens",
    "Kiew": "Europe/Kyiv",
    "Moskau": "Europe/Moscow",
    "Tokio": "Asia/Tokyo",
    "Peking": "Asia/Shanghai",
    "Singapur": "Asia/Singapore",
    "Kairo": "Africa/Cairo",
    "San Francisco": "America/Los_Angeles",
    "Weltzeit": "UTC",
}
_NO_PLACES = {"Etc", "SystemV", "US", "Canada", "Brazil", "Chile", "Mexico"}  # old names; Etc/GMT+1 is UTC−1
_MACHINES = {"localtime", "Factory", "posixrules"}  # what a machine is set to, no zone


def zone_of(text: str) -> str | None:
    """The zone of this name („europe/berlin“), or of the city („Berlin“, „New York“, „Zürich“); None for others."""
    return _exact().get(text.strip().casefold()) or _cities().get(plain(text))


def zones_like(text: str, most: int = 25) -> list[str]:
    """The zones whose name, or whose city, begins with or holds this text; some usual ones for no text."""
    wanted = plain(text)
    if not wanted:
        return [BERLIN, VIENNA, ZURICH, "UTC"]
    begun = [zone for city, zone in _cities().items() if city.startswith(wanted)]
    held = [zone for name, zone in _exact().items() if text.strip().casefold() in name]
    return list(dict.fromkeys([*begun, *held]))[:most]


@lru_cache(maxsize=1)  # looking into the files takes some milliseconds
def _exact() -> Mapping[str, str]:
    return {name.casefold(): name for name in available_timezones() - _MACHINES}


@lru_cache(maxsize=1)
def _cities() -> Mapping[str, str]:
    names = sorted(name for name in _exact().values() if "/" in name and name.split("/")[0] not in _NO_PLACES)
    return {plain(name.rpartition("/")[2]): name for name in names} | {plain(k): zone for k, zone in _GERMAN.items()}
