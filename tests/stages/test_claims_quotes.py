"""Quotes: word for word from German sources, retold from English ones, and from whoever said it."""

import pytest

from bot.model import Language
from tests.stages.claimed import said

DE, EN = Language.DE, Language.EN
GERMAN = (
    "„Wir haben das Risiko unterschätzt, und das war ein Fehler“, sagte Vorständin Anja Kolbrück. "
    "Ein Sprecher der Gewerkschaft nannte den Plan „realitätsfern“. Die Werke bleiben "
    "laut Betriebsrat Olaf Tenner offen."
)
ENGLISH = (
    '"We underestimated the risk of fire," chief executive Hanna Brevik said. "Nobody told us about the tests," said '
    "inspector Paul Ostmark. He added that the tests would be repeated."
)


@pytest.mark.parametrize(
    "sentence",
    [
        "„Wir haben das Risiko unterschätzt“, sagte Anja Kolbrück.",
        '"Wir haben das Risiko unterschätzt", sagte Kolbrück.',
        "»Wir haben das Risiko unterschätzt … das war ein Fehler«, sagte die Vorständin.",
        "Kolbrück sprach von einem „Fehler“.",
        "Der Plan sei „realitätsfern“, hieß es aus der Gewerkschaft.",
        "Man habe das Risiko unterschätzt, sagte Anja Kolbrück.",
    ],
)
def test_german_sources_are_quoted_word_for_word(sentence: str) -> None:
    assert said(sentence, GERMAN, DE) == ()


@pytest.mark.parametrize(
    "sentence",
    [
        "„Wir haben das Risiko überschätzt“, sagte Anja Kolbrück.",
        "„Das Risiko haben wir unterschätzt“, sagte Anja Kolbrück.",
        "„Das war ein Fehler … wir haben das Risiko unterschätzt“, sagte Anja Kolbrück.",
        "Ein Sprecher nannte den Plan „weltfremd“.",
    ],
)
def test_other_words_in_quotes_are_refused(sentence: str) -> None:
    (reason,) = said(sentence, GERMAN, DE)
    assert reason.startswith("zitiert „")


def test_english_is_retold_and_not_quoted() -> None:
    assert said("Man habe das Brandrisiko unterschätzt, sagte Hanna Brevik.", ENGLISH) == ()
    (reason,) = said("„Wir haben bei der Feuergefahr schlicht gepennt“, sagte Hanna Brevik.", ENGLISH)
    assert reason.endswith("die Quelle ist englisch, das geht nur als indirekte Rede")


@pytest.mark.parametrize(
    "sentence",
    [
        "„Wir haben das Risiko unterschätzt“, sagte Olaf Tenner.",
        "Man habe das Risiko unterschätzt, sagte Betriebsrat Olaf Tenner.",
    ],
)
def test_the_wrong_speaker_is_refused(sentence: str) -> None:
    (reason,) = said(sentence, GERMAN, DE)
    assert "Kolbrück" in reason


def test_the_wrong_speaker_of_an_english_quote_is_refused() -> None:
    assert said("Niemand habe von den Tests erzählt, sagte Paul Ostmark.", ENGLISH) == ()
    assert "Ostmark" in said("Niemand habe von den Tests erzählt, sagte Hanna Brevik.", ENGLISH)[0]
    assert said("Die Tests würden wiederholt, sagte Ostmark.", ENGLISH) == ()
    assert "Ostmark" in said("Die Tests würden wiederholt, sagte Hanna Brevik.", ENGLISH)[0], (
        "„he“ is the last one named"
    )
