"""A region and a day -> the name of its public holiday."""

import importlib
from collections.abc import Mapping
from datetime import date
from functools import lru_cache


def holiday(region: str, day: date) -> str | None:
    """The German name of this region's public holiday („DE-BY“, „AT“); None on any other day, or for no region.

    The first call of a process takes half a second: `load` does that elsewhere than on an event loop.
    """
    return _of(region, day.year).get(day) if region else None


def load() -> None:
    """Have the first call of `holiday` be as fast as any other. Blocks; to be run in a thread."""
    _of("DE", 2000)


@lru_cache(maxsize=512)  # 54 regions, some years each; half a millisecond and some kilobytes for one
def _of(region: str, year: int) -> Mapping[date, str]:
    # Imported when it is first needed: it brings 250 countries, which take longer to load than a preview to start.
    library = importlib.import_module("holidays")
    country, _, part = region.partition("-")
    found = library.country_holidays(country, subdiv=part or None, years=year, language="de")
    return {day: name.replace("; ", " und ") for day, name in found.items()}
