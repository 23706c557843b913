"""What a question is understood to be about."""

import pytest

from bot.german.keys import keys_of
from bot.model import Language, Topic
from bot.questions.asked import Kind, understood

SPACE = Topic("raumfahrt", "Raumfahrt", ("Rakete", "Satellit", "rocket", "spaceport"))


def words(question: str, *earlier: str) -> list[str]:
    return [one.word for one in understood(question, earlier).wanted]


def test_question_words_say_nothing() -> None:
    assert words("Was kostet denn das neue Funkgerät Kormoran eigentlich?") == ["kostet", "funkgerät", "kormoran"]
    assert words("Was ist das?") == []


def test_names_and_figures_must_be_there() -> None:
    wanted = {one.word: one for one in understood("Was kostet das Funkgerät Kormoran 3?").wanted}
    assert {word for word, one in wanted.items() if one.name} == {"kormoran", "3"}
    assert wanted["funkgerät"].about
    assert not wanted["kostet"].about


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Wann kommt das?", Kind.TIME),
        ("Wie viele Geräte sind betroffen?", Kind.FIGURE),
        ("Was kostet das?", Kind.MONEY),
        ("Warum fiel das Netz aus?", Kind.CAUSE),
        ("Wer hat das gebaut?", Kind.ANY),
    ],
)
def test_the_kind_of_answer(question: str, kind: Kind) -> None:
    assert understood(question).kind is kind


@pytest.mark.parametrize(
    "question", ["Und wann kommt das?", "Wann kommt es?", "Und der Akku?", "Was kostet sie?", "Warum?"]
)
def test_a_question_may_lean_on_the_one_before(question: str) -> None:
    asked = understood(question, ["Was kann der Kormoran 3?"])
    assert asked.leans
    assert {"kormoran", "3"} <= {one.word for one in asked.wanted if one.earlier}


def test_a_question_of_its_own_does_not_lean() -> None:
    asked = understood("Wie teuer ist die Fähre von Tidenwerk?", ["Was kann der Kormoran 3?"])
    assert not asked.leans
    assert not understood("Und wann kommt das?").leans


def test_english_words_are_looked_for_as_well() -> None:
    sought = understood("Welche Sicherheitslücke hat der Kormoran?").searched([])
    looked_for = frozenset().union(*(one.keys for one in sought))
    assert {keys_of("vulnerability", Language.EN)[0], "kormoran"} <= looked_for


def test_the_words_of_a_topic_are_looked_for_a_little() -> None:
    sought = understood("Welche Rakete ist gestartet?").searched([SPACE])
    assert keys_of("spaceport", Language.EN)[0] in sought[-1].keys
    assert sought[-1].weight < min(one.weight for one in sought[:-1])
    assert len(understood("Welche Fähre fährt?").searched([SPACE])) < len(sought)
