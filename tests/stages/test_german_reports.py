"""The lines that every surface tells of feeds, articles, the model and digests."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.german import reports
from bot.german.reports import Doing, Health
from bot.model import Delivery, Language, State
from tests.journeys.office import BERLIN, SEVEN, channel, subscription

NAMES = {"ki": "KI", "recht": "Recht"}


def test_feeds_and_articles() -> None:
    assert reports.feeds(1, 0, None, SEVEN, BERLIN) == "1 Feed, noch keiner gelesen."
    told = reports.feeds(40, 2, SEVEN - timedelta(hours=1), SEVEN, BERLIN).replace("\N{NO-BREAK SPACE}", " ")
    assert told == "40 Feeds, 2 davon mit Fehler; zuletzt gelesen heute, 06:00 Uhr."
    assert reports.articles(1, 1_214) == "1 Artikel heute, 1.214 in sieben Tagen."


def test_the_model() -> None:
    assert reports.model(None, 0, 0) == reports.NO_MODEL
    assert reports.model("m", 1_000, 2_000) == "Sprachmodell m: 1.000 von 2.000 Token heute verbraucht."


@pytest.mark.parametrize(
    ("health", "whose", "starts"),
    [
        (Health(), "für alle", "In sieben Tagen kein Artikel. Noch nicht gelesen."),
        (Health(hidden=True, reason="x"), "hier ausgeblendet", ""),
        (Health(own=True, reason="Weg.", answered=SEVEN), "eigene", "Weg. Letzte Antwort: heute, 07:00"),
        (Health(articles=2, last=SEVEN, answered=SEVEN), "für alle", "2 Artikel in sieben Tagen, der letzte: heute,"),
    ],
)
def test_the_health_of_a_feed(health: Health, whose: str, starts: str) -> None:
    told = reports.health(health, SEVEN, BERLIN)

    assert reports.whose(health) == whose
    assert told.startswith(starts)
    assert bool(told) == bool(starts)


def test_what_a_feed_is_about() -> None:
    assert reports.about_feed(Language.DE, ("ki", "recht", "x"), NAMES) == "deutsch; KI, Recht, x"
    assert reports.about_feed(None, (), NAMES) == "Sprache je Artikel; ohne festes Thema"


def test_what_became_of_feeds() -> None:
    assert reports.gone("A", "https://a.example", hidden=False) == "Die Quelle „A“ ist entfernt."
    assert "/sources add https://a.example bringt sie zurück" in reports.gone("A", "https://a.example", hidden=True)
    assert reports.taken_in(1, 0, 0) == "1 Quelle übernommen, 0 schon bekannt."
    assert reports.taken_in(2, 1, 3) == "2 Quellen übernommen, 1 schon bekannt, 3 abgelehnt:"


def test_a_digest_says_why_it_does_not_come_today() -> None:
    one = subscription(topics=("ki",))
    sent = Delivery(1, 1, channel(), SEVEN.date(), 1, None, State.SENT, SEVEN, SEVEN, sent=SEVEN)
    doing = Doing(one, sent, sent, SEVEN + timedelta(days=1), had_today=True, weights=(("ki", 1.3),))
    lines = reports.digest(doing, NAMES, SEVEN)

    assert lines[0].startswith("Täglich um 07:00")
    assert lines[1].startswith("KI, höchstens 8 Meldungen")
    assert lines[2] == "Gewichte: KI ×1,3"
    assert lines[-1].endswith("; der heutige ist schon gekommen.")
    assert "schon gekommen" not in reports.digest(replace(doing, had_today=False), NAMES, SEVEN)[-1]
