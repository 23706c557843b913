"""By which keys words are found."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.german.concepts import alike
from bot.german.keys import keys, keys_of, parts
from bot.model import Language


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Satelliten", "Satellit"),
        ("Lücken", "Lücke"),
        ("Häuser", "Haus"),
        ("startete", "startet"),
        ("Torviks", "Torvik"),
        ("STRASSE", "Straße"),
        ("1.400", "1400"),
    ],
)
def test_inflections_share_a_key(one: str, other: str) -> None:
    assert keys_of(one, Language.DE)[0] == keys_of(other, Language.DE)[0]


@pytest.mark.parametrize(
    ("compound", "made_of"),
    [
        ("Sicherheitslücken", "Lücke"),
        ("Raketenstart", "Rakete"),
        ("Stromausfall", "Ausfall"),
        ("Nachtzug", "Nacht"),
        ("gestartet", "startet"),
    ],
)
def test_a_compound_has_the_keys_of_its_parts(compound: str, made_of: str) -> None:
    assert keys_of(made_of, Language.DE)[0] in keys_of(compound, Language.DE)


@pytest.mark.parametrize("word", ["Unternehmen", "Nachrichten", "Marschner", "Prozessor", "Überblick"])
def test_what_is_no_compound_is_not_taken_apart(word: str) -> None:
    assert parts(word.lower()) == ()


@pytest.mark.parametrize("word", ["der", "die", "in", "was", "und", "the", "of", "x"])
def test_function_words_have_no_key(word: str) -> None:
    assert keys_of(word, Language.DE) == ()


def test_thousands_and_decimals_are_alike_in_both_languages() -> None:
    assert keys("1,400 and 1.5", Language.EN) >= keys("1.400 und 1,5", Language.DE)


@given(st.text(max_size=80), st.sampled_from(Language))
def test_keys_are_plain_whatever_the_text(text: str, language: Language) -> None:
    assert all(re.fullmatch(r"[a-z0-9_]+", key) for key in keys(text, language))


@pytest.mark.parametrize(
    ("german", "english"),
    [("Sicherheitslücke", "vulnerability"), ("kostet", "price"), ("Rakete", "rockets"), ("Bußgeld", "fined")],
)
def test_what_means_the_same_is_found_in_the_other_language(german: str, english: str) -> None:
    assert keys_of(english, Language.EN)[0] in alike(german)


@pytest.mark.parametrize("letters", [61, 2_000, 20_000])
def test_what_is_too_long_for_a_word_has_no_key_and_takes_no_time(letters: int) -> None:
    assert keys(f"Kiosk {'x' * letters}", Language.DE) == keys("Kiosk", Language.DE)
    assert keys_of("Sicherheits" * (letters // 10), Language.DE)
    assert parts("x" * letters) == ()
