"""Which articles are one story, with the reason a reader is shown; and what must stay apart."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from bot.model import Article, Language
from bot.ports import Placement
from bot.stories import reasons
from bot.stories.group import SPAN, Window, group_lines

START = datetime(2026, 11, 20, 8, tzinfo=UTC)

GERMAN = (
    "Ausfall bei Zahlungsdienst Kassolin: 2,3 Millionen Kunden betroffen",
    (
        "Der Zahlungsdienst Kassolin aus Leipzig war gestört. 2,3 Millionen Kunden in Österreich und Deutschland "
        "konnten 94 Minuten lang nicht bezahlen, sagte Chefin Brevik."
    ),
)
ENGLISH = (
    "Kassolin outage stops payments for 2.3 million",
    (
        "Payments firm Kassolin was down for 94 minutes in Germany and Austria. Some 2.3 million customers could not "
        "pay, chief executive Brevik said in Leipzig. Service was back before noon."
    ),
)
OTHER = (
    "Kassolin kauft Konkurrenten Münzwerk für 180 Millionen Euro",
    "Kassolin übernimmt den Konkurrenten Münzwerk. Der Kaufpreis beträgt 180 Millionen Euro, sagte Chefin Brevik.",
)


def article(
    n: int,
    told: tuple[str, str],
    language: Language = Language.DE,
    hours: float = 0.0,
    url: str = "",
) -> Article:
    at = START + timedelta(hours=hours)
    outlet = f"Blatt {n}"
    return Article(n, "", outlet, url or f"https://blatt-{n}.example/{n}", *told, language, at, at)


def placed(*articles: Article) -> list[Placement]:
    window = Window()
    return [window.place(one) for one in articles]


def test_one_event_in_two_languages_is_one_story_with_its_reason() -> None:
    first, second = placed(article(1, GERMAN), article(2, ENGLISH, Language.EN, hours=1))

    assert (first.story, first.reason) == (1, reasons.FIRST)
    assert second.story == 1
    assert "»Kassolin«" in second.reason
    assert "2,3 Mio." in second.reason
    assert f"„{GERMAN[0]}“ (Blatt 1)" in second.reason


def test_another_happening_at_one_company_is_another_story() -> None:
    assert [one.story for one in placed(article(1, GERMAN), article(2, OTHER, hours=20))] == [1, 2]


def test_nearly_the_same_words_about_two_companies_are_two_stories() -> None:
    told = (
        "{name}: Gewinn steigt um 18 Prozent",
        (
            "Der Umsatz von {name} kletterte im dritten Quartal auf 2,2 Milliarden Euro, der Gewinn um 18 Prozent. "
            "Der Vorstand hob die Prognose für das laufende Jahr an und verwies auf das Geschäft mit Abonnements."
        ),
    )
    two = [(told[0].format(name=name), told[1].format(name=name)) for name in ("Trevanto", "Ollmark")]

    assert [one.story for one in placed(article(1, two[0]), article(2, two[1], hours=1))] == [1, 2]


EDITED = (
    " Händler in mehreren Städten nahmen nur noch Bargeld an. Verbraucherschützer verlangten Aufklärung und eine "
    "Entschädigung für Betroffene. Der Verband der Kaufleute schätzt den Schaden vorsichtig auf mehrere Tausend Euro."
)


def test_a_printed_agency_text_says_so() -> None:
    copy = (GERMAN[0], GERMAN[1] + " Weitere Einzelheiten nannte das Unternehmen nicht, teilte eine Sprecherin mit.")

    assert placed(article(1, GERMAN), article(2, copy, hours=1))[1].reason.startswith("Fast wortgleich mit")


def test_what_shares_many_words_is_not_called_a_copy() -> None:
    words = GERMAN[1].split()
    edited = (GERMAN[0], " ".join(words[: len(words) * 3 // 4]) + EDITED)
    reason = placed(article(1, GERMAN), article(2, edited, hours=1))[1].reason

    assert reason.startswith("Teilt »Kassolin«")
    assert " und viele Wörter mit „" in reason


def test_two_holes_of_one_maker_are_two_stories() -> None:
    told = (
        "Kritische Lücke in Orvant-Routern: CVE-2026-{n}",
        (
            "In Routern von Orvant klafft die Lücke CVE-2026-{n}. Angreifer können ohne Anmeldung Befehle ausführen. "
            "Der Hersteller verteilt eine neue Firmware."
        ),
    )
    two = [(told[0].format(n=n), told[1].format(n=n)) for n in (40101, 40777)]

    assert [one.story for one in placed(article(1, two[0]), article(2, two[1], hours=2))] == [1, 2]


def test_one_page_told_by_two_feeds_is_one_story() -> None:
    page = "https://blatt.example/kassolin?utm_source=rss"
    second = placed(article(1, GERMAN, url=page), article(2, OTHER, url="https://www.blatt.example/kassolin"))[1]

    assert (second.story, second.reason) == (1, "Dieselbe Adresse wie der Artikel von Blatt 1")


@pytest.mark.parametrize(
    "title",
    [
        "Wochenrückblick: Kassolin und mehr",
        "Monday briefing: Kassolin, chips and more",
        "Liveblog zum Kassolin-Ausfall",
    ],
)
def test_a_roundup_belongs_to_no_event(title: str) -> None:
    roundup = placed(article(1, GERMAN), article(2, (title, GERMAN[1]), hours=1))[1]

    assert (roundup.story, roundup.reason) == (2, reasons.ALONE)


def test_a_later_article_with_new_facts_brings_news() -> None:
    update = (
        "Kassolin nennt Ursache: fehlerhaftes Zertifikat legte Zahlungsdienst lahm",
        (
            "Ein abgelaufenes Zertifikat hat den Ausfall bei Kassolin verursacht. Technikchef Haldorsen will 41.600 "
            "Händler mit 12 Millionen Euro entschädigen. 2,3 Millionen Kunden konnten 94 Minuten lang nicht zahlen."
        ),
    )
    same, later = placed(article(1, GERMAN), article(2, ENGLISH, Language.EN, 1), article(3, update, hours=9))[1:]

    assert (same.story, same.news) == (1, False)
    assert (later.story, later.news) == (1, True)


def test_what_is_older_than_the_window_is_forgotten() -> None:
    late = SPAN.total_seconds() / 3600 + 1

    assert [one.story for one in placed(article(1, GERMAN), article(2, GERMAN, hours=late))] == [1, 2]


def test_a_new_process_goes_on_where_the_last_one_stopped() -> None:
    window = Window()
    window.known(article(1, GERMAN), Placement(1, 77, reasons.FIRST))

    assert window.place(article(2, ENGLISH, Language.EN, hours=1)).story == 77


def lines(told: Sequence[dict[str, str]]) -> list[dict[str, str]]:
    return [json.loads(line) for line in group_lines(json.dumps(one) for one in told)]


def test_group_answers_line_by_line() -> None:
    told = [
        {"id": "a", "title": GERMAN[0], "text": GERMAN[1], "language": "de", "published": "2026-11-20T09:00:00+01:00"},
        {"id": "b", "title": ENGLISH[0], "text": ENGLISH[1], "language": "en", "published": "2026-11-20T10:00:00Z"},
    ]

    assert [(row["id"], row["story"]) for row in lines(told)] == [("a", "s-a"), ("b", "s-a")]


def test_version_9_is_version_9_0_but_not_9_1() -> None:
    text = (
        "Die Datenbank Lintrel {} ist da, sagte Entwicklerin Odalys Ferreira. 310 Leute haben an Lintrel mitgearbeitet."
    )
    told = [(f"Lintrel {number} speichert spaltenweise", text.format(number)) for number in ("9", "9.0", "9.1")]

    first, same, other = placed(*(article(n, one, hours=n) for n, one in enumerate(told)))

    assert same.story == first.story
    assert other.story != first.story
