"""Dates and times: seen from the day of publication (Tuesday, 24 November 2026), told as finely as the source does."""

from datetime import UTC, datetime

import pytest

from bot.german.claims.claims import objections
from bot.model import Language
from tests.stages.claimed import said, source

DE, EN = Language.DE, Language.EN
PAIRS = [
    (
        "The plant opened yesterday.",
        ["Das Werk öffnete am 23. November.", "Das Werk öffnete am Montag.", "Das Werk öffnete im November 2026."],
        ["Das Werk öffnete am 24. November.", "Das Werk öffnete am Sonntag.", "Das Werk öffnete im Oktober."],
    ),
    (
        "The vote is on Thursday.",
        ["Am 26. November wird abgestimmt.", "Am Donnerstag wird abgestimmt."],
        ["Am 27. November wird abgestimmt.", "Am Freitag wird abgestimmt."],
    ),
    (
        "It was presented last week.",
        ["Vorgestellt wurde es vergangene Woche."],
        ["Vorgestellt wird es kommende Woche."],
    ),
    (
        "The trial starts on 16 October 2027.",
        [
            "Der Prozess beginnt am 16. Oktober 2027.",
            "Der Prozess beginnt im Oktober 2027.",
            "2027 beginnt der Prozess.",
        ],
        [
            "Der Prozess beginnt am 6. Oktober 2027.",
            "Der Prozess beginnt im November 2027.",
            "2028 beginnt der Prozess.",
        ],
    ),
    (
        "Shipping begins in late January.",
        ["Ende Januar beginnt der Versand.", "Im Januar 2027 beginnt der Versand."],
        ["Anfang Januar beginnt der Versand.", "Ende Februar beginnt der Versand."],
    ),
    (
        "Sales grew in the third quarter.",
        ["Im dritten Quartal wuchs der Absatz."],
        ["Im vierten Quartal wuchs der Absatz.", "Im ersten Halbjahr wuchs der Absatz."],
    ),
    (
        "It will launch in the spring of 2028.",
        ["Im Frühjahr 2028 startet es."],
        ["Im Herbst 2028 startet es.", "Im Frühjahr 2027 startet es."],
    ),
    ("The firm was founded in 2019.", ["Die Firma gibt es seit 2019."], ["Die Firma gibt es seit 2018."]),
    (
        "The flaw was found two weeks ago.",
        ["Die Lücke wurde vor zwei Wochen gefunden."],
        ["Die Lücke wurde vor drei Wochen gefunden."],
    ),
    (
        "The outage began at 2:30 p.m.",
        ["Die Störung begann um 14.30 Uhr.", "Um 14:30 Uhr fiel alles aus."],
        ["Die Störung begann um 2.30 Uhr.", "Die Störung begann um 15 Uhr."],
    ),
    (
        "The stream starts at 1 p.m. ET.",
        ["Um 19 Uhr deutscher Zeit beginnt es."],
        ["Um 21 Uhr deutscher Zeit beginnt es."],
    ),
    ("Support ends by 31 May 2027.", ["Bis zum 31. Mai 2027 gibt es Hilfe."], ["Ab dem 31. Mai 2027 gibt es Hilfe."]),
]
GERMAN = [
    ("Das Urteil fiel am Montag.", ["Das Urteil fiel am 23. November."], ["Das Urteil fiel am 16. Oktober."]),
    (
        "Das Amt entscheidet bis Mitte Mai 2027.",
        ["Mitte Mai 2027 fällt die Entscheidung."],
        ["Ende Mai 2027 fällt die Entscheidung."],
    ),
    (
        "Um 9.40 Uhr fiel es aus, um 14.25 Uhr lief es wieder.",
        ["Es war vier Stunden und 45 Minuten lang gestört."],
        ["Es war drei Stunden lang gestört."],
    ),
    (
        "Frühestens 2029 wird die Trasse fertig.",
        ["Frühestens 2029 ist die Trasse fertig."],
        ["Spätestens 2029 ist die Trasse fertig."],
    ),
]


def cases(good: bool) -> list[tuple[str, str, Language]]:
    return [
        (sentence, text, language)
        for language, pairs in ((EN, PAIRS), (DE, GERMAN))
        for text, right, wrong in pairs
        for sentence in (right if good else wrong)
    ]


@pytest.mark.parametrize(("sentence", "text", "language"), cases(good=True))
def test_what_is_said_of_the_same_day_passes(sentence: str, text: str, language: Language) -> None:
    assert said(sentence, text, language) == ()


@pytest.mark.parametrize(("sentence", "text", "language"), cases(good=False))
def test_another_day_or_time_is_refused(sentence: str, text: str, language: Language) -> None:
    assert all(reason.startswith("nennt ") for reason in said(sentence, text, language))
    assert said(sentence, text, language)


def test_a_reason_tells_the_day_that_is_meant() -> None:
    assert said("Es begann am Freitag.", "It began yesterday.") == (
        "nennt „Freitag“; die Quellen nennen „yesterday“ (23. November 2026)",
    )


def test_the_day_of_publication_is_meant_where_the_source_names_no_day() -> None:
    assert said("Die Firma teilte das am Dienstag mit.", "The company said so.") == ()
    assert said("Die Firma teilte das am Mittwoch mit.", "The company said so.")
    assert said("Die Firma teilte das am Dienstag mit.", "The company said so on Monday.")


def test_yesterday_depends_on_the_day_of_publication() -> None:
    earlier = source("It began yesterday.", when=datetime(2026, 11, 20, tzinfo=UTC))
    assert objections("Es begann am 19. November.", (earlier,)) == ()
    assert objections("Es begann am 23. November.", (earlier,))


def test_the_evening_in_utc_is_the_next_day_in_germany() -> None:
    late = source("Heute beginnt es.", DE, when=datetime(2026, 11, 24, 23, 30, tzinfo=UTC))
    assert objections("Am 25. November beginnt es.", (late,)) == ()


def test_a_day_that_does_not_exist_is_nobodys() -> None:
    assert said("Es begann am 31. Juni.", "It began on 30 June.")


def test_a_date_that_the_source_has_for_something_else_is_refused() -> None:
    text = "Researchers reported the hole on 4 August; Brennec shipped the update on 6 November."
    assert said("Am 6. November lieferte Brennec das Update aus.", text) == ()
    assert said("Am 4. August lieferte Brennec das Update aus.", text)


def test_a_version_at_the_end_of_a_sentence_is_no_date() -> None:
    assert said("Betroffen ist alles bis Version 4.1.", "Betroffen ist alles bis Version 4.1.", DE) == ()
    assert said("Am 4.1. beginnt es.", "Am 4. Januar beginnt es.", DE) == ()
    assert said("Am 4.1. beginnt es.", "Am 5. Januar beginnt es.", DE)
