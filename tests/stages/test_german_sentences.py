"""Sentences of German and English news: a gold file with a floor, and what no gold file shows."""

from pathlib import Path

import pytest

from bot.german.sentences import in_paragraph, sentences

GOLD = Path(__file__).parents[1] / "quality" / "sentences.txt"
CASES = GOLD.read_text("utf-8").splitlines()  # „¦“ ends a sentence, „¶“ a paragraph
FLOOR = 0.97


def _text(case: str) -> str:
    return case.replace(" ¶ ", "\n\n").replace(" ¦ ", " ").replace("¦", "")


def _gold(case: str) -> list[str]:
    return [part.strip() for part in case.replace("¶", "¦").split("¦")]


def test_the_gold_file_is_split_as_it_says() -> None:
    wrong = [case for case in CASES if sentences(_text(case)) != _gold(case)]

    assert len(CASES) >= 120
    assert 1 - len(wrong) / len(CASES) >= FLOOR, wrong


def test_a_splitter_without_rules_falls_far_below_the_floor() -> None:
    right = [case for case in CASES if _text(case).replace("\n\n", " ").split(". ") == _gold(case)]

    assert len(right) / len(CASES) < 0.2


@pytest.mark.parametrize("case", CASES)
def test_no_character_gets_lost(case: str) -> None:
    assert "".join("".join(sentences(_text(case))).split()) == "".join(_text(case).split())


def test_non_breaking_spaces_are_white_space() -> None:
    assert sentences("Um 14\u00a0Uhr, z.\u00a0B. am 3.\u00a0Oktober.\u00a0Dann erst.") == [
        "Um 14 Uhr, z. B. am 3. Oktober.",
        "Dann erst.",
    ]


def test_list_items_are_sentences() -> None:
    assert sentences("Neu sind:\n- die Kamera\n- der Akku") == ["Neu sind:", "- die Kamera", "- der Akku"]


def test_a_quote_that_is_never_closed_ends_nothing_but_itself() -> None:
    text = "Er sagte: „Das ist gut. Der Rest folgt. " + "Die Arbeit geht weiter. " * 30

    assert len(in_paragraph(text)) > 30


@pytest.mark.parametrize("text", ["", "   ", "\n\n\n", "...", "„“", ". . ."])
def test_next_to_nothing_is_no_reason_to_fail(text: str) -> None:
    assert "".join(sentences(text)).replace(" ", "") == text.replace(" ", "").strip()


def test_a_long_paragraph_takes_time_in_proportion() -> None:
    text = "Der Wert stieg im 3. Quartal auf 1,5 Mrd. Euro, z. B. bei „Kelpie“. " * 3_000

    assert len(in_paragraph(text)) == 3_000
