"""Names: those of the sources in any German dress pass; others, and those that belong elsewhere, don't."""

import pytest

from tests.stages.claimed import said

ENGLISH = (
    "Tarnbeck, a robotics maker from Munich, has bought the Danish start-up Ellegaard for an undisclosed sum. "
    "Chief executive Miriam Osthoff said the deal would close in May. Rival Quorvo had bid for Ellegaard as well. "
    "Version 3.4.1 of the Tarnbeck software closes CVE-2026-40117. Regulators in Copenhagen have to agree."
)


@pytest.mark.parametrize(
    "sentence",
    [
        "Der Münchner Robotikhersteller Tarnbeck hat das dänische Start-up Ellegaard gekauft.",
        "Tarnbecks Chefin Miriam Osthoff rechnet mit dem Abschluss im Mai.",
        "Auch der Konkurrent Quorvo hatte für Ellegaard geboten.",
        "Die Behörden in Kopenhagen müssen zustimmen.",
        "Version 3.4.1 der Tarnbeck-Software schließt die Lücke CVE-2026-40117.",
        "Obwohl Quorvo mitbot, ging der Großteil an Tarnbeck.",  # words that are no names, spelt with ß and without
    ],
)
def test_names_of_the_sources_pass_in_german_dress(sentence: str) -> None:
    assert said(sentence, ENGLISH) == ()


@pytest.mark.parametrize(
    ("sentence", "named"),
    [
        ("Der Münchner Robotikhersteller Varnholt hat das dänische Start-up Ellegaard gekauft.", "Varnholt"),
        ("Chefin Miriam Paulsen rechnet mit dem Abschluss im Mai.", "Paulsen"),
        ("Die Behörden in Stockholm müssen zustimmen.", "Stockholm"),
        ("Der schwedische Konkurrent Quorvo hatte mitgeboten.", "schwedische"),
        ("Version 3.4.2 der Tarnbeck-Software schließt die Lücke.", "3.4.2"),
        ("Die Software von Tarnbeck schließt CVE-2026-40171.", "CVE-2026-40171"),
    ],
)
def test_names_that_no_source_has_are_refused(sentence: str, named: str) -> None:
    assert any(named in reason for reason in said(sentence, ENGLISH)), said(sentence, ENGLISH)


def test_who_bought_whom_must_not_be_turned_round() -> None:
    bought = "Last week Tarnbeck bought Ellegaard. Both make robots."
    assert said("Tarnbeck hat Ellegaard gekauft.", bought) == ()
    assert said("Ellegaard wurde von Tarnbeck gekauft.", bought) == ()
    (reason,) = said("Ellegaard hat Tarnbeck gekauft.", bought)
    assert reason == "vertauscht „Ellegaard“ und „Tarnbeck“"


HEDGED = (
    "The phone maker Orsted is reportedly preparing a foldable device with two screens. According to people familiar "
    "with the plans, the foldable could cost 1,400 euros. Orsted has closed its factory in Porto."
)


@pytest.mark.parametrize(
    "sentence",
    [
        "Der Handyhersteller Orsted bereitet Berichten zufolge ein faltbares Gerät mit zwei Bildschirmen vor.",
        "Orsted soll ein faltbares Gerät mit zwei Bildschirmen vorbereiten.",
        "Orsted hat sein Werk in Porto geschlossen.",
    ],
)
def test_reservations_that_are_kept_pass(sentence: str) -> None:
    assert said(sentence, HEDGED) == ()


def test_a_reservation_that_got_lost_is_refused() -> None:
    (reason,) = said("Der Handyhersteller Orsted bereitet ein faltbares Gerät mit zwei Bildschirmen vor.", HEDGED)
    assert reason.startswith("stellt fest, was die Quellen nur mit Vorbehalt sagen")
