"""Answers without a model: quotes that fit, or none."""

import pytest

from bot.german import answers
from bot.model import Answer, Article, MadeBy
from bot.questions.answer import answer
from bot.questions.asked import understood
from tests.stages.questions import ALL, ENGLISH, KIOSK


async def asked(question: str, *earlier: str, articles: tuple[Article, ...] = ALL) -> Answer:
    return await answer(understood(question, earlier), articles, (), None)


@pytest.mark.parametrize(
    ("question", "holds"),
    [
        ("Was kostet der Kormoran 3?", "249 Euro"),
        ("Wie teuer ist das Funkgerät von Klabauter?", "249 Euro"),
        ("Wann kommt der Kormoran 3 in den Handel?", "4. Dezember"),
        ("Wie lange hält der Akku des Kormoran 3?", "16 Stunden"),
        ("Was kostet die Fähre von Tidenwerk?", "64 Millionen"),
        ("Welche Sicherheitslücke hat der Kormoran 3?", "A vulnerability in the Kormoran 3"),
    ],
)
async def test_the_best_sentence_is_quoted_word_for_word(question: str, holds: str) -> None:
    told = await asked(question)
    assert told.made_by is MadeBy.EXTRACT
    assert holds in told.sentences[0].text
    (n, *_) = told.sentences[0].sources
    (source,) = (one for one in told.sources if one.n == n)
    (quoted,) = (one for one in ALL if one.url == source.url)
    assert told.sentences[0].text in quoted.text


@pytest.mark.parametrize(
    "question",
    [
        "Was kostet der Kormoran 4?",
        "Wie viele Mitarbeiter hat Klabauter?",
        "Welche Farbe hat der Kormoran 3?",
        "Wer ist der Bürgermeister von Lindhafen?",
        "Was kostet die Fähre von Klabauter?",
        "Wie wird das Wetter?",
        "Was ist das?",
    ],
)
async def test_what_the_sources_do_not_say_is_not_answered(question: str) -> None:
    told = await asked(question)
    assert told.sentences == ()
    assert answers.heading(told) == answers.NOT_THERE


async def test_a_question_that_leans_is_answered_about_the_same_thing() -> None:
    before = "Was kann der Kormoran 3?"
    assert "4. Dezember" in (await asked("Und wann kommt das in den Handel?", before)).sentences[0].text
    assert (await asked("Und wann kommt das in den Handel?")).sentences == ()  # the control: nobody said what


async def test_quotes_look_like_quotes_and_english_ones_are_marked() -> None:
    german = await asked("Was kostet der Kormoran 3?", articles=(KIOSK,))
    english = await asked("Welche Sicherheitslücke hat der Kormoran 3?", articles=(ENGLISH,))
    assert answers.heading(german) == answers.QUOTES
    assert all(one.text.startswith("„") and one.text.endswith("“") for one in answers.sentences(german))
    assert all(one.text.endswith("“ (Englisch)") for one in answers.sentences(english))


async def test_sources_are_numbered_from_one_and_all_are_cited() -> None:
    told = await asked("Was kostet die Fähre von Tidenwerk?")
    assert [source.n for source in told.sources] == [1]
    assert {n for one in told.sentences for n in one.sources} == {1}
