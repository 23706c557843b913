"""When digests come and what they hold, in sentences."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.german.schedules import coming, days, told_next, what, when
from bot.german.spelling import named, plain
from bot.model import Channel, Empty, Importance, Length, Platform, Subscription

DAILY = Subscription(1, Channel(Platform.DISCORD, "1", "2"), "Morgen", time(7), "Europe/Berlin")
WORKDAYS = replace(DAILY, weekdays=frozenset(range(5)))
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)  # a Monday


def spaced(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


class TestWhen:
    def test_every_day(self) -> None:
        assert spaced(when(DAILY)) == "täglich um 07:00 Uhr (Europe/Berlin)"

    def test_workdays_in_bavaria(self) -> None:
        told = spaced(when(replace(WORKDAYS, holidays="DE-BY")))
        assert told == "montags bis freitags um 07:00 Uhr (Europe/Berlin), nicht an Feiertagen in Bayern"

    def test_a_recap(self) -> None:
        told = spaced(when(replace(DAILY, recap=True, weekdays=frozenset({4}))))
        assert told == "Wochenrückblick freitags um 07:00 Uhr (Europe/Berlin)"

    @pytest.mark.parametrize(
        ("weekdays", "told"),
        [
            ({6}, "sonntags"),
            ({5, 6}, "samstags und sonntags"),
            ({0, 2, 4}, "montags, mittwochs und freitags"),
            ({0, 1, 2, 5}, "montags bis mittwochs und samstags"),
            ({0, 1, 3, 4, 5}, "montags, dienstags und donnerstags bis samstags"),
        ],
    )
    def test_days(self, weekdays: set[int], told: str) -> None:
        assert days(weekdays) == told


class TestNext:
    @pytest.mark.parametrize(
        ("ahead", "told"),
        [
            (timedelta(hours=1), "heute um 14:00 Uhr"),
            (timedelta(hours=18), "morgen um 07:00 Uhr"),
            (timedelta(hours=11), "morgen um 00:00 Uhr"),
            (timedelta(days=4, hours=-6), "am Freitag, 27. November, um 07:00 Uhr"),
            (timedelta(days=40), "am Samstag, 2. Januar 2027, um 13:00 Uhr"),
        ],
    )
    def test_days_are_those_of_the_reader(self, ahead: timedelta, told: str) -> None:
        assert spaced(coming(NOW + ahead, NOW, ZoneInfo("Europe/Berlin"))) == told

    def test_a_sentence(self) -> None:
        told = spaced(told_next(DAILY, NOW + timedelta(hours=18), NOW))
        assert told == "Der nächste Digest kommt morgen um 07:00 Uhr."
        assert told_next(DAILY, None, NOW) == "Zurzeit kommt kein Digest."

    def test_a_pause_and_its_reason(self) -> None:
        assert told_next(replace(DAILY, paused=True), None, NOW) == "Zurzeit pausiert."
        paused = replace(DAILY, paused=True, reason="Der Bot darf dort nicht schreiben.")
        assert told_next(paused, None, NOW) == "Pausiert: Der Bot darf dort nicht schreiben."


class TestWhat:
    def test_by_default(self) -> None:
        told = "alle Themen, höchstens 8 Meldungen, mittlere Länge, nur Wichtiges; an ruhigen Tagen ein kurzer Hinweis"
        assert what(DAILY, ()) == told

    def test_chosen(self) -> None:
        wish = replace(DAILY, stories=1, length=Length.SHORT, importance=Importance.HIGH, empty=Empty.SKIP)
        told = "KI, Recht und Auto, höchstens 1 Meldung, kurz, nur sehr Wichtiges; an ruhigen Tagen nichts"
        assert what(wish, ("KI", "Recht", "Auto")) == told


class TestSpelling:
    def test_one_word_for_its_spellings(self) -> None:
        assert {plain(text) for text in ("Zürich", "ZÜRICH", "zuerich", "Zu\u0308rich", " Zü-rich. ")} == {"zuerich"}

    def test_what_was_typed(self) -> None:
        assert named("a\nb") == "„a b“"
        assert named("x" * 61) == f"„{'x' * 59}…“"
