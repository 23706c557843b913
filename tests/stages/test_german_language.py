"""German or English, told from invented titles and paragraphs."""

from pathlib import Path

import pytest

from bot.german.language import guess, is_german
from bot.model import Language

GOLD = Path(__file__).parents[1] / "quality" / "languages.txt"
CASES = [line.split("\t") for line in GOLD.read_text("utf-8").splitlines()]


def test_titles_and_paragraphs_are_told_apart() -> None:
    right = [guess(text) == language for language, text in CASES]

    assert len(CASES) >= 100
    assert sum(right) / len(right) >= 0.95


def test_a_wrong_guess_is_rarer_than_no_guess_is_allowed_to_be() -> None:
    wrong = [text for language, text in CASES if guess(text) not in {language, None}]

    assert len(wrong) <= 2


def test_no_english_title_passes_for_german() -> None:
    passed = [text for language, text in CASES if language == Language.EN and is_german(text)]
    refused = [text for language, text in CASES if language == Language.DE and not is_german(text)]

    assert not passed
    assert len(refused) <= 2


@pytest.mark.parametrize(
    "text",
    [
        "Le ministre a annoncé que les données de la société sont dans le nuage et que la police enquête.",
        "El gobierno de la ciudad compra los nuevos ordenadores para las escuelas con un gran contrato.",
        "De minister heeft gezegd dat het bedrijf niet op de lijst van de overheid staat.",
        "政府はクラウドの新しい規則を発表した。",
        "Правительство купило новые компьютеры для школ.",
        "",
        "4711",
    ],
)
def test_other_languages_and_empty_texts_are_neither(text: str) -> None:
    assert guess(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "Cloud-Provider Nimbora down",
        "OpenAI Codex CLI 2.0",
        "Der CEO sagte dazu: “We will not comment on rumours about our products.”",
        "Das Update 7.4.7 schließt die Lücke CVE-2026-44810.",
        "Angreifer nutzen „Living off the Land“-Techniken.",
        "„Es geht um ein Bauteil für 900 Euro“, sagte Firmenchef Leander Voss.",
        "Je Bild bekam die Firma 0,4 Cent.",
    ],
)
def test_german_with_foreign_words_passes_the_check(text: str) -> None:
    assert is_german(text)


@pytest.mark.parametrize(
    "text",
    [
        "The company declined to comment.",
        "Attackers can run code with root privileges.",
        "Volkswagen recalls 12,000 vans in Germany.",
        "政府はクラウドの新しい規則を発表した。",
        "Les données de la société sont dans le nuage.",
    ],
)
def test_sentences_in_other_languages_fail_the_check(text: str) -> None:
    assert not is_german(text)


def test_only_the_start_of_a_long_text_is_read() -> None:
    german = "Die Behörde hat am Mittwoch die Frequenzen vergeben. " * 10

    assert guess(german + "The end of the text is in English, and it is long. " * 1000) is Language.DE
