"""Figures: what a source says in its own way passes, and the same with another value, unit, scale or bound does not."""

import pytest
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from bot.german.claims.amounts import amounts
from bot.german.claims.claims import objections
from bot.model import Language
from tests.stages.claimed import said, source

DE, EN = Language.DE, Language.EN

# A source, what a German sentence may make of it, what it must not.
PAIRS = [
    (
        "The deal is worth $44bn.",
        ["Der Kauf kostet 44 Mrd. US-Dollar.", "Der Kauf kostet 44 Milliarden Dollar."],
        [
            "Der Kauf kostet 44 Millionen Dollar.",
            "Der Kauf kostet 44 Milliarden Euro.",
            "Der Kauf kostet 4,4 Milliarden Dollar.",
        ],
    ),
    (
        "The model has 1.2 trillion parameters.",
        ["Das Modell hat 1,2 Billionen Parameter."],
        ["Das Modell hat 1,2 Trillionen Parameter.", "Das Modell hat 1,2 Milliarden Parameter."],
    ),
    (
        "Researchers counted 9,986 open servers.",
        [
            "Forscher zählten 9.986 offene Server.",
            "Forscher zählten rund 10.000 offene Server.",
            "Fast 10.000 Server waren offen.",
        ],
        [
            "Forscher zählten gut 10.000 offene Server.",
            "Forscher zählten 10.000 offene Server.",
            "Rund 9.000 Server waren offen.",
        ],
    ),
    (
        "The battery lasts 90 minutes.",
        ["Der Akku hält anderthalb Stunden.", "Der Akku hält 90 Minuten."],
        ["Der Akku hält 90 Stunden.", "Der Akku hält zwei Stunden."],
    ),
    (
        "Two thirds of the staff agreed.",
        ["Zwei Drittel der Belegschaft stimmten zu.", "Rund 67 Prozent stimmten zu."],
        ["Drei Viertel der Belegschaft stimmten zu.", "Ein Drittel der Belegschaft stimmte zu."],
    ),
    (
        "Sales rose by 3 percentage points.",
        ["Der Anteil stieg um 3 Prozentpunkte."],
        ["Der Anteil stieg um 3 Prozent."],
    ),
    (
        "A dozen satellites were lost.",
        ["Zwölf Satelliten gingen verloren.", "Ein Dutzend Satelliten ging verloren."],
        ["Zehn Satelliten gingen verloren."],
    ),
    (
        "Prices doubled within a year.",
        ["Die Preise haben sich verdoppelt.", "Die Preise stiegen auf das Doppelte."],
        ["Die Preise haben sich verdreifacht.", "Die Preise haben sich halbiert."],
    ),
    (
        "It costs £9.99 a month.",
        ["Es kostet 9,99 Pfund im Monat.", "Der monatliche Preis liegt bei 9,99 Pfund."],
        ["Es kostet 9,99 Pfund im Jahr.", "Es kostet 9,99 Euro im Monat."],
    ),
    (
        "The line carries 400 megabits per second.",
        ["Die Leitung schafft 400 MBit/s."],
        ["Die Leitung schafft 400 MByte/s.", "Die Leitung schafft 400 Gbit/s."],
    ),
    (
        "The cell stores 250 watt-hours per kilogram.",
        ["Die Zelle speichert 250 Wattstunden pro Kilogramm."],
        ["Die Zelle speichert 250 Wattstunden pro Liter.", "Die Zelle speichert 250 Watt pro Kilogramm."],
    ),
    (
        "The probe is 10 miles from the crater.",
        ["Die Sonde steht zehn Meilen vom Krater.", "Bis zum Krater sind es 16,1 Kilometer."],
        ["Die Sonde steht zehn Kilometer vom Krater."],
    ),
    (
        "Between 18 and 25 megawatt-hours were used.",
        ["Verbraucht wurden 18 bis 25 MWh."],
        ["Verbraucht wurden 18 bis 25 kWh."],
    ),
    (
        "Thousands of routers were hit.",
        ["Tausende Router waren betroffen."],
        ["Millionen Router waren betroffen.", "Hunderte Router waren betroffen."],
    ),
    (
        "Half of the 46 towns took part.",
        ["Die Hälfte der 46 Städte machte mit."],
        ["Ein Viertel der 46 Städte machte mit."],
    ),
    (
        "Of 46 towns, 23 took part.",
        ["Die Hälfte der Städte machte mit.", "23 von 46 Städten machten mit."],
        ["Ein Drittel der Städte machte mit."],
    ),
    (
        "Revenue fell from $640 million to $575 million.",
        ["Der Umsatz sank um 65 Millionen Dollar."],
        ["Der Umsatz sank um 75 Millionen Dollar."],
    ),
    (
        "The file is up to 2 gigabytes large.",
        ["Die Datei ist bis zu 2 GByte groß."],
        ["Die Datei ist mindestens 2 GByte groß.", "Die Datei ist bis zu 2 GBit groß."],
    ),
    (
        "It is the third outage this year.",
        ["Es ist der dritte Ausfall in diesem Jahr."],
        ["Es ist der vierte Ausfall in diesem Jahr."],
    ),
    (
        "Reading costs $2 per million tokens.",
        ["Eine Million Token kosten beim Lesen 2 Dollar."],
        ["Eine Milliarde Token kosten beim Lesen 2 Dollar."],
    ),
    (
        "One in five users left.",
        ["Jeder fünfte Nutzer ging.", "20 Prozent der Nutzer gingen."],
        ["Jeder dritte Nutzer ging."],
    ),
]
GERMAN = [
    (
        "Betroffen sind 40 Millionen Konten.",
        ["Es geht um 40 Mio. Konten."],
        ["Es geht um 45 Mio. Konten.", "Es geht um 40.000 Konten."],
    ),
    (
        "Das Gerät wiegt 1,5 Kilogramm.",
        ["Das Gerät wiegt 1.500 Gramm.", "Das Gerät wiegt anderthalb Kilogramm."],
        ["Das Gerät wiegt 15 Kilogramm."],
    ),
    (
        "Die Sperre dauert drei Tage.",
        ["Es ist eine dreitägige Sperre.", "Die Sperre gilt 72 Stunden."],
        ["Es ist eine dreimonatige Sperre."],
    ),
    (
        "Das Land zahlt 14 der 23 Millionen Euro.",
        ["Gut 60 Prozent zahlt das Land."],
        ["Gut 70 Prozent zahlt das Land."],
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
def test_what_the_source_says_in_its_own_way_passes(sentence: str, text: str, language: Language) -> None:
    assert said(sentence, text, language) == ()


@pytest.mark.parametrize(("sentence", "text", "language"), cases(good=False))
def test_another_value_unit_scale_or_bound_is_refused(sentence: str, text: str, language: Language) -> None:
    (reason,) = said(sentence, text, language)
    assert reason.startswith("nennt ")


def test_a_reason_names_both_figures() -> None:
    assert said("Betroffen sind 40 Millionen Nutzer.", "Some 45 million users are affected.") == (
        "nennt 40 Millionen; die Quellen nennen 45 million users",
    )
    assert said("Es kostet 5 Euro.", "Nobody knows the price.") == ("nennt 5 Euro; das steht in keiner der Quellen",)


def test_a_figure_that_the_source_has_for_something_else_is_refused() -> None:
    text = "The mission cost $214 million, of which Orbitax paid $86 million."
    assert said("Orbitax zahlte 86 Millionen Dollar.", text) == ()
    assert said("Die Mission kostete 214 Millionen Dollar, 86 Millionen davon zahlte Orbitax.", text) == ()
    assert said("Orbitax zahlte 214 Millionen Dollar.", text) == (
        "nennt 214 Millionen Dollar; die Quelle nennt dafür $86 million",
    )


def test_what_is_counted_is_told_apart() -> None:
    text = "It carries eleven instruments from six countries."
    assert said("An Bord sind elf Instrumente aus sechs Ländern.", text) == ()
    assert said("An Bord sind sechs Instrumente aus elf Ländern.", text)


def test_small_counts_may_be_the_writers_own_unless_the_source_counts_otherwise() -> None:
    text = "Aldovar, Brisk and Corvane will merge four plants."
    assert said("Die drei Firmen legen Werke zusammen.", text) == ()
    assert said("Beide Seiten schweigen.", text) == ()
    assert said("Die Firmen legen drei Werke zusammen.", text)


def test_names_versions_and_dates_are_no_figures() -> None:
    text = "Am 3. Oktober 2026 um 14.30 Uhr kam der X12 mit Kern 7.4.7 und 5G für GPT-5 nach CVE-2026-1234."
    assert amounts(text, DE) == ()


def test_each_of_several_sources_may_carry_a_figure() -> None:
    cited = (source("The fine is 3 million euros."), source("Es geht um elf Firmen.", DE))
    assert objections("Elf Firmen zahlen 3 Millionen Euro.", cited) == ()
    assert objections("Elf Firmen zahlen 3 Millionen Euro.", cited[:1])


@given(
    st.integers(13, 10**9),
    st.sampled_from([("US-Dollar", "dollars"), ("Kilometer", "kilometres"), ("Nutzer", "users")]),
)
def test_every_number_passes_as_it_is_and_no_other_does(number: int, units: tuple[str, str]) -> None:
    german, english = format_decimal(number, locale="de"), format_decimal(number, locale="en")
    text = f"The report speaks of {english} {units[1]} in all."
    assert said(f"Der Bericht spricht von insgesamt {german} {units[0]}.", text) == ()
    other = format_decimal(number * 10 + 7, locale="de")
    assert said(f"Der Bericht spricht von insgesamt {other} {units[0]}.", text)


@given(st.text(max_size=200), st.text(max_size=200))
def test_nothing_that_is_written_breaks_the_check(sentence: str, text: str) -> None:
    assert all(isinstance(reason, str) for language in Language for reason in said(sentence, text, language))
