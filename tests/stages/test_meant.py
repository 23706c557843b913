"""Which of some stories a question is about."""

import pytest

from bot.model import Article, Extent, Language, number
from bot.questions.asked import understood
from bot.questions.meant import meant
from tests.told import NOW


def article(title: str, text: str, language: Language = Language.DE) -> list[Article]:
    told = Article(number(title), "f", "Blatt", "https://b.example", title, text, language, NOW, NOW, Extent.FULL)
    return [told]


STORIES = {
    1: article("Rakete Petrel fliegt", "Die Rakete Petrel startete am Montag. Sie kostet 18 Millionen Euro."),
    2: article("Cloud-Anbieter Stratus Nord fällt aus", "Ursache war ein Zertifikat. Auch die Rakete war betroffen."),
    3: article("Kernel 7.4 is out", "The kernel has a vulnerability in its drivers.", Language.EN),
}


def best(question: str, *earlier: str) -> int | None:
    fits = {id_: meant(understood(question, earlier), told) for id_, told in STORIES.items()}
    return max(fits, key=lambda id_: fits[id_]) if any(fits.values()) else None


@pytest.mark.parametrize(
    ("question", "story"),
    [
        ("Was kostet Petrel?", 1),
        ("Wie teuer war die Rakete?", 1),  # both tell of one; one names it in its title
        ("Warum fiel Stratus Nord aus?", 2),
        ("Welche Sicherheitslücke hat der Kernel?", 3),
        ("Was macht Kormoran?", None),
        ("Petrel und Kormoran?", None),
        ("Worum geht es?", None),
    ],
)
def test_the_story_that_is_named(question: str, story: int | None) -> None:
    assert best(question) == story


def test_a_question_that_leans_is_about_the_story_before_unless_it_names_another() -> None:
    assert best("Und wann kommt das?", "Was kostet Petrel?") == 1
    assert best("Und wann kommt das?") is None  # the control
    assert best("Und Stratus?", "Was kostet Petrel?") == 2
