"""Figures, counts, days and hours."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.german.dates import clock, long_date, told, with_weekday
from bot.german.numbers import articles, compact, counted, number, percent, sources

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("value", "expected"),
    [(0, "0"), (1_000, "1.000"), (10_000, "10.000"), (1.75, "1,75"), (2.0, "2"), (-1_234.5, "-1.234,5")],
)
def test_figures_have_dots_and_a_comma(value: float, expected: str) -> None:
    assert number(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (10_000, "10.000"),
        (999_999, "999.999"),
        (3_000_000, "3~Mio."),
        (999_990_000, "1~Mrd."),
        (1_540_000_000, "1,5~Mrd."),
        (2e12, "2~Bio."),
    ],
)
def test_large_figures_get_short(value: float, expected: str) -> None:
    assert compact(value) == expected.replace("~", "\u00a0")


def test_percent_is_a_word() -> None:
    assert percent(3.2) == "3,2\u00a0Prozent"


def test_counts_agree_with_their_nouns() -> None:
    assert [articles(0), articles(1), articles(1_214)] == ["0 Artikel", "1 Artikel", "1.214 Artikel"]
    assert [sources(0), sources(1), sources(2), sources(12), sources(13)] == [
        "keine Quellen",
        "eine Quelle",
        "zwei Quellen",
        "zwölf Quellen",
        "13 Quellen",
    ]
    assert counted(1, "Meldung", "Meldungen") == "1 Meldung"


def test_days_are_written_out() -> None:
    assert long_date(NOW.date()) == "23. November 2026"
    assert with_weekday(NOW.date()) == "Montag, 23. November 2026"


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        (timedelta(), "heute, 13:00~Uhr"),
        (timedelta(hours=13), "heute, 00:00~Uhr"),
        (timedelta(hours=14), "gestern, 23:00~Uhr"),
        (timedelta(days=5), "18. November, 13:00~Uhr"),
        (timedelta(days=500), "11. Juli 2025, 14:00~Uhr"),
    ],
)
def test_a_moment_is_told_on_the_readers_wall(before: timedelta, expected: str) -> None:
    assert told(NOW - before, NOW, BERLIN) == expected.replace("~", "\u00a0")


def test_summer_time_is_the_zones_business() -> None:
    assert clock(datetime(2026, 7, 1, 12, tzinfo=UTC), BERLIN) == "14:00\u00a0Uhr"
