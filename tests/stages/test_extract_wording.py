"""What single sentences tell: whether they hedge, whether they stand alone, whether they are the article at all."""

import pytest

from bot.german.furniture import article_paragraphs, is_furniture
from bot.german.hedges import is_hedged
from bot.summaries.standing import stands_alone


@pytest.mark.parametrize(
    "sentence",
    [
        "Das Gerät soll im Mai erscheinen.",
        "Laut Hersteller sind 400 Kunden betroffen.",
        "Berichten zufolge verhandelt die Firma.",
        "Die Firma verhandelt angeblich mit zwei Käufern.",
        "Der mutmaßliche Angreifer wurde gefasst.",
        "Die Firma will die Lücke am Montag entdeckt haben.",
        "Die Technik verstoße gegen das Gesetz, weil eine Einwilligung fehle, sagte die Richterin.",
        "Man habe nichts gewusst.",
        "Das Update sei fertig.",
        "Der Preis könnte steigen.",
        "Nach Angaben der Polizei gab es zwei Täter.",
        "Der Umsatz steigt voraussichtlich um 3 Prozent.",
        "Die Daten stammen offenbar aus einem Backup.",
        "Elon Musk startet ein Projekt, berichtete ein Magazin.",
        "The phone will reportedly cost 400 euros.",
        "According to the police, two people were hurt.",
        "The company may sell its chip unit.",
    ],
)
def test_reports_and_claims_are_hedged(sentence: str) -> None:
    assert is_hedged(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Das Update ist seit Montag verfügbar.",
        "Nutzer sollten das Update sofort einspielen.",
        "Die Firma will im Mai ein Werk eröffnen.",
        "Der Lüfter ist zu laut und zu teuer.",
        "Ich habe das Gerät gekauft, es sei denn, es regnet.",
        "Sowohl Router als auch Kameras sind betroffen.",
        "The update is available since Monday.",
    ],
)
def test_statements_are_not(sentence: str) -> None:
    assert not is_hedged(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Er sitzt in einer Leitstelle.",
        "Dies teilte die Firma mit.",
        "Das teilte die Firma am Montag mit.",
        "Das räumt der Hersteller ein.",
        "Doch der Plan scheiterte.",
        "Damit steigt der Preis auf 40 Euro.",
        "Seit 2019 leitet sie das Institut.",
        "Grund dafür ist ein Fehler im Treiber.",
        "Eine weitere Lücke steckt im Treiber.",
        "In diesem Fall hilft nur ein Neustart.",
        "Man habe Berufung eingelegt, sagte eine Sprecherin.",
        "They declined to comment.",
        "This affects all users.",
    ],
)
def test_what_leans_on_the_sentence_before_does_not_stand_alone(sentence: str) -> None:
    assert not stands_alone(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Das neue Modell kostet 400 Euro.",
        "Das gemeldete Projekt ruht.",
        "Das Unternehmen entlässt 400 Leute.",
        "Es gibt noch kein Update.",
        "In diesem Jahr wächst der Markt um 3 Prozent.",
        "Diese Woche beginnt die Messe in Hannover.",
        "Musk hat den Brief unterzeichnet, bevor er das Projekt begann.",
        "Da der Strom ausfiel, stand die Bahn.",
        "The company declined to comment.",
    ],
)
def test_what_names_its_subject_does(sentence: str) -> None:
    assert stands_alone(sentence)


@pytest.mark.parametrize(
    "paragraph",
    [
        "Bild: Reederei Nordlinie",
        "Anzeige",
        "Mehr zum Thema: Schiffe",
        "Jetzt den Newsletter abonnieren!",
        "Update vom 3. Mai, 14 Uhr: Wir haben den Titel geändert.",
        "Hinweis: Dieser Text enthält Links zu Händlern.",
        "Von Jana Kröger und Ole Hansen",
        "Hier den Podcast hören und abonnieren",
        "Cookies müssen aktiviert sein, um dieses Video zu sehen.",
        "Follow our live blog.",
        "",
    ],
)
def test_furniture_is_no_text(paragraph: str) -> None:
    assert is_furniture(paragraph)


@pytest.mark.parametrize(
    "paragraph",
    [
        "Von Januar an kostet das Abo 5 Euro mehr.",
        "Die Cookies der Seite speicherten mehr, als die Firma angab.",
        "Das Update auf Version 3.2 schließt zwölf Lücken.",
        "Bilder versteht das Modell nicht.",
        "Der Podcast-Anbieter Lauschwerk entlässt 40 Leute.",
        "Hinweise auf Angriffe gibt es nicht.",
    ],
)
def test_text_is_no_furniture(paragraph: str) -> None:
    assert not is_furniture(paragraph)


@pytest.mark.parametrize(
    ("first", "bare"),
    [
        ("Berlin (dpa) – Die Fähre fährt.", "Die Fähre fährt."),
        ("Frankfurt/Main (dpa/tmn) - Die Fähre fährt.", "Die Fähre fährt."),
        ("Brüssel (nad) – Die Fähre fährt.", "Die Fähre fährt."),
        ("LISBON — The ferry runs.", "The ferry runs."),
        ("Kiel – Die Fähre fährt.", "Die Fähre fährt."),
        ("Die Fähre (2024 gebaut) fährt – meistens.", "Die Fähre (2024 gebaut) fährt – meistens."),
        ("Die Fähre fährt. (wth/dpa)", "Die Fähre fährt."),
        ("Die Fähre fährt (Bild: Werft).", "Die Fähre fährt."),
        ("Die Fähre fährt. Der Beitrag Fähre erschien zuerst auf Fördebote.", "Die Fähre fährt."),
    ],
)
def test_the_text_begins_and_ends_with_the_text(first: str, bare: str) -> None:
    assert article_paragraphs("Titel", f"Titel\n\n{first}") == [bare]
