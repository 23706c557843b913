"""Summaries without a model: what an editor would print, and nothing that an article does not say."""

import pytest

from bot.model import Extent, Language, Length, MadeBy
from bot.summaries.extract import extract
from tests.stages.invented import article, story
from tests.stages.pages import told


def text(wrapped: str) -> str:
    return "\n\n".join(told(wrapped))


FERRY = text(
    """
Kiel (dpa) – Die erste Fähre ohne Kapitän hat am Montag die Kieler Förde überquert. An Bord der „Linnea“ waren nach
Angaben der Reederei 48 Fahrgäste und ein Techniker.

(Bild: Reederei Nordlinie)

Die Fahrt dauerte elf Minuten. Doch nicht alles lief glatt: Kurz vor dem Anlegen musste ein Mensch eingreifen. Er sitzt
in einer Leitstelle an Land und überwacht drei Schiffe zugleich.

Lesen Sie auch: Warum Schiffe keine Segel mehr brauchen

Das Verkehrsministerium fördert den Versuch mit 6,4 Millionen Euro. Ab Mai soll die "Linnea" täglich 20-mal fahren,
sagte Projektleiterin Wiebke Thode.

Jetzt unseren Newsletter abonnieren und keine Nachricht verpassen!

Update, 14:10 Uhr: Wir haben die Zahl der Fahrgäste korrigiert. (wth)
"""
)
FERRY_TOO = text(
    """
Auf der Kieler Förde ist am Montag eine Fähre gefahren, die niemand steuert. Die „Linnea“ brauchte für die Strecke elf
Minuten und hatte 48 Fahrgäste an Bord.

Das Verkehrsministerium fördert den Versuch mit 6,4 Millionen Euro. Die Gewerkschaft Ver.di warnt davor, Kapitäne
einzusparen: Auf See sei Erfahrung durch nichts zu ersetzen.
"""
)
ONE = article("Fördebote", "Fähre überquert Kieler Förde ohne Kapitän", FERRY)
TWO = article("Küstenkurier", "Diese Fähre fährt ohne Kapitän – das müssen Sie wissen", FERRY_TOO, hours=2)


def test_the_first_sentence_says_what_happened_without_its_dateline() -> None:
    summary = extract(story(ONE))

    assert summary.sentences[0].text == "Die erste Fähre ohne Kapitän hat am Montag die Kieler Förde überquert."
    assert summary.made_by is MadeBy.EXTRACT
    assert summary.translated


@pytest.mark.parametrize(
    "intruder",
    ["Bild:", "Lesen Sie auch", "Newsletter", "Update", "korrigiert", "(wth)", "(dpa)", "Er sitzt", "Doch nicht"],
)
def test_what_is_not_the_article_stays_out(intruder: str) -> None:
    assert not any(intruder in sentence.text for sentence in extract(story(ONE)).sentences)


def test_quotes_become_german() -> None:
    assert any("soll die „Linnea“ täglich" in sentence.text for sentence in extract(story(ONE)).sentences)


def test_reservations_are_marked() -> None:
    hedged = {sentence.text[:20]: sentence.hedged for sentence in extract(story(ONE)).sentences}

    assert hedged["An Bord der „Linnea“"]
    assert hedged["Ab Mai soll die „Lin"]
    assert not hedged["Die Fahrt dauerte el"]


def test_a_sentence_that_two_outlets_print_names_both() -> None:
    sentences = extract(story(ONE, TWO)).sentences

    cited = {sentence.text: sentence.sources for sentence in sentences}
    assert cited["Das Verkehrsministerium fördert den Versuch mit 6,4 Millionen Euro."] == (1, 2)


def test_no_sentence_is_told_twice_in_other_words() -> None:
    sentences = [sentence.text for sentence in extract(story(ONE, TWO)).sentences]

    assert sum("Förde" in sentence for sentence in sentences) == 1
    assert sum("elf Minuten" in sentence for sentence in sentences) <= 1
    assert sum("48" in sentence for sentence in sentences) <= 1


def test_a_source_is_only_named_for_what_it_says() -> None:
    doubtful = article(
        "Hafenblatt", "Fähre ohne Kapitän", "Das Verkehrsministerium fördert den Versuch mit 9,1 Millionen Euro."
    )
    denying = article(
        "Seeblatt",
        "Keine Förderung",
        "Das Verkehrsministerium fördert den Versuch nicht mit 6,4 Millionen Euro.",
        hours=1,
    )
    hedging = article(
        "Strandblatt", "Förderung?", "Das Verkehrsministerium soll den Versuch mit 6,4 Millionen Euro fördern.", hours=1
    )

    for other in (doubtful, denying, hedging):
        told_of_money = [one for one in extract(story(ONE, other)).sentences if "Verkehrsministerium" in one.text]
        assert told_of_money
        assert all(len(one.sources) == 1 or one.hedged for one in told_of_money)


def test_the_headline_informs_rather_than_lures() -> None:
    lure = article("Klickblatt", TWO.title, FERRY)

    assert extract(story(lure, TWO, ONE)).headline == ONE.title


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        ("heise+ | Fähre fährt ohne Kapitän über die Förde", "Fähre fährt ohne Kapitän über die Förde"),
        ("Fähre fährt ohne Kapitän über die Förde [2. Update]", "Fähre fährt ohne Kapitän über die Förde"),
        ("Fähre fährt ohne Kapitän über die Förde | Fördebote", "Fähre fährt ohne Kapitän über die Förde"),
        ("Fähre fährt ohne Kapitän – und legt an", "Fähre fährt ohne Kapitän – und legt an"),
        ('Fähre "Linnea" fährt ohne Kapitän.', "Fähre „Linnea“ fährt ohne Kapitän"),
        ("Update: Fähre fährt ohne Kapitän über die Förde", "Fähre fährt ohne Kapitän über die Förde"),
    ],
)
def test_a_headline_is_tidied(title: str, headline: str) -> None:
    assert extract(story(article("Fördebote", title, FERRY))).headline == headline


ENGLISH = article(
    "Fjord Wire",
    "Ferry crosses Kiel fjord without a captain",
    text(
        """
KIEL — A ferry crossed the Kiel fjord without a captain on Monday. There were 48 passengers aboard.

It took eleven minutes. The operator plans daily service from May, reportedly with 20 crossings.
"""
    ),
    language=Language.EN,
)


def test_english_stories_keep_headline_and_lead_and_say_so() -> None:
    summary = extract(story(ENGLISH))

    assert summary.headline == ENGLISH.title
    assert not summary.translated
    assert [sentence.text for sentence in summary.sentences] == [
        "A ferry crossed the Kiel fjord without a captain on Monday."
    ]


def test_english_sources_of_a_german_story_are_named_but_not_quoted() -> None:
    summary = extract(story(ENGLISH, ONE))

    assert summary.translated
    assert [source.language for source in summary.sources] == [Language.DE, Language.EN]
    assert all(sentence.sources == (1,) for sentence in summary.sentences)


@pytest.mark.parametrize(("length", "count"), [(Length.SHORT, 2), (Length.MEDIUM, 3), (Length.LONG, 5)])
def test_a_shorter_summary_is_the_beginning_of_a_longer_one(length: Length, count: int) -> None:
    whole = extract(story(ONE, TWO)).sentences

    assert extract(story(ONE, TWO), length).sentences == whole[:count]
    assert len(whole) == 5


def test_a_follow_up_comes_first() -> None:
    stopped = article(
        "Küstenkurier",
        "Fähre ohne Kapitän stillgelegt",
        "Das Bundesamt für Seeschifffahrt hat die Fähre ohne Kapitän stillgelegt. Ein Sensor war ausgefallen.",
        hours=48,
    )

    assert "stillgelegt" in extract(story(ONE, stopped, news=(stopped,))).sentences[0].text


@pytest.mark.parametrize(
    ("teaser", "sentences"),
    [
        ("Die Fähre „Linnea“ fährt ohne Kapitän über die Förde. Fahrgäste berichten von der ersten …", 1),
        ("Die Fähre „Linnea“ fährt ohne Kapitän über die Förde. Weiterlesen »", 1),
        ("Die Fähre „Linnea“ fährt seit Montag ohne Kapitän über die Kieler Förde", 1),
        ("Die Fähre „Linnea“ fährt ohne", 0),
        ("Wie fährt eine Fähre ganz ohne Kapitän über die Kieler Förde?", 0),
        ("Wir haben die Fähre ausprobiert und sind begeistert von der Ruhe an Bord.", 0),
        ("", 0),
    ],
)
def test_a_teaser_gives_its_whole_sentences_only(teaser: str, sentences: int) -> None:
    summary = extract(story(article("Fördebote", "Fähre ohne Kapitän", teaser, extent=Extent.TEASER)))

    assert len(summary.sentences) == sentences
    assert all(sentence.text.endswith(".") for sentence in summary.sentences)


def test_long_articles_take_no_more_than_their_beginning() -> None:
    long = (
        FERRY + "\n\n" + "\n\n".join(f"Die Fähre {n} fährt nach Hafen {n} und kostet {n} Euro." for n in range(5_000))
    )

    assert extract(story(*(article(f"Blatt {n}", "Fähre", long) for n in range(6)))).sentences
