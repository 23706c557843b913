"""Public holidays by region, and their names."""

import subprocess
import sys
from datetime import date

import holidays
import pytest

from bot.deliveries.freedays import holiday, load
from bot.german.regions import REGIONS, in_region, region_of

SPECIAL = {"DE-Augsburg", "CH-Stadt Zurich"}  # the library's parts of parts


class TestHoliday:
    @pytest.mark.parametrize(
        ("region", "day", "name"),
        [
            ("DE-BY", date(2027, 11, 1), "Allerheiligen"),
            ("DE-BE", date(2027, 11, 1), None),
            ("DE-BE", date(2027, 3, 8), "Frauentag"),
            ("AT-9", date(2027, 10, 26), "Nationalfeiertag"),
            ("CH-ZH", date(2027, 8, 1), "Nationalfeiertag"),
            ("CH", date(2027, 5, 6), "Auffahrt"),
            ("DE", date(2008, 5, 1), "Christi Himmelfahrt und Erster Mai"),
            ("DE", date(2027, 10, 4), None),
            ("", date(2027, 1, 1), None),
        ],
    )
    def test_by_its_german_name(self, region: str, day: date, name: str | None) -> None:
        load()
        assert holiday(region, day) == name

    def test_the_library_is_loaded_only_when_a_region_is_asked_for(self) -> None:
        code = """
import sys
from datetime import date
from bot.deliveries.freedays import holiday
holiday("", date(2027, 1, 1))
print("holidays" in sys.modules)
holiday("DE", date(2027, 1, 1))
print("holidays" in sys.modules)
"""
        told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
        assert told.stdout.split() == ["False", "True"]


class TestRegions:
    def test_every_part_of_the_three_countries_has_a_name(self) -> None:
        parts = {f"{code}-{part}" for code in ("DE", "AT", "CH") for part in getattr(holidays, code).subdivisions}
        assert set(REGIONS) == (parts | {"DE", "AT", "CH"}) - SPECIAL

    @pytest.mark.parametrize("code", REGIONS)
    def test_every_region_is_found_by_code_and_name_and_has_a_new_year(self, code: str) -> None:
        assert region_of(code) == region_of(code.lower()) == region_of(REGIONS[code].upper()) == code
        assert holiday(code, date(2027, 1, 1))

    @pytest.mark.parametrize(
        ("text", "code"), [("Zuerich", "CH-ZH"), ("nrw", "DE-NW"), ("Sankt Gallen", "CH-SG"), ("Bavaria", "DE-BY")]
    )
    def test_other_spellings(self, text: str, code: str) -> None:
        assert region_of(text) == code

    @pytest.mark.parametrize("text", ["", "BE", "Atlantis", "DE-XX"])
    def test_what_is_no_region(self, text: str) -> None:
        assert region_of(text) is None

    def test_how_in_goes_with_it(self) -> None:
        told = [in_region(code) for code in ("DE-BY", "DE-SL", "AT-6", "CH", "CH-TI", "AT")]
        assert told == ["in Bayern", "im Saarland", "in der Steiermark", "in der Schweiz", "im Tessin", "in Österreich"]
