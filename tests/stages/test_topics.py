"""What an article is about: words of both languages, inflected and in compounds, and nothing inside other words."""

from pathlib import Path

import pytest

from bot.model import Topic
from bot.stories.topics import TopicIndex
from config.files import read_topics

TOPICS = (
    Topic("ki", "KI", ("KI", "AI", "Sprachmodell", "language model")),
    Topic("raumfahrt", "Raumfahrt", ("Rakete", "rocket", "Satellit")),
    Topic("cloud", "Cloud", ("Cloud", "Rechenzentrum", "data center")),
    Topic("mobil", "Mobil", ("App", "Smartphone")),
)
INDEX = TopicIndex(TOPICS)


@pytest.mark.parametrize(
    ("title", "topics"),
    [
        ("Neue KI für Kliniken", ("ki",)),
        ("KI-Modell rechnet schneller", ("ki",)),
        ("Die Kiste ist da", ()),
        ("She said it again", ()),
        ("AI writes code", ("ki",)),
        ("Two language models compared", ("ki",)),
        ("Raketen starten wieder", ("raumfahrt",)),
        ("Trägerrakete verliert Schub", ("raumfahrt",)),
        ("Satellitenstart verschoben", ("raumfahrt",)),
        ("Neue Cloud-Dienste", ("cloud",)),
        ("Drei Apps für unterwegs", ("mobil",)),
        ("Der Appell verhallt", ()),
        ("Es ist, wie es ist", ()),
    ],
)
def test_a_title_tells_its_topics(title: str, topics: tuple[str, ...]) -> None:
    assert INDEX.of(title, "") == topics


def test_one_word_in_passing_is_no_topic() -> None:
    assert INDEX.of("Wahl in Bremen", "Ein Kandidat sprach auch über eine Rakete.") == ()


def test_a_word_in_passing_is_enough_where_the_feed_is_about_it() -> None:
    assert INDEX.of("Wahl in Bremen", "Ein Kandidat sprach über eine Rakete.", ("raumfahrt",)) == ("raumfahrt",)


def test_the_feed_alone_is_not_enough() -> None:
    assert INDEX.of("Wahl in Bremen", "Die Stimmen sind ausgezählt.", ("raumfahrt",)) == ()


def test_the_best_topic_comes_first_and_three_are_enough() -> None:
    text = "Eine App für die Cloud und ihr Rechenzentrum, mit Satellit und Rakete, dazu ein Sprachmodell."

    assert INDEX.of("KI in der Cloud", text)[0] == "cloud"
    assert len(INDEX.of("KI in der Cloud", text)) == 3


def test_the_default_topics_know_the_news_of_both_languages() -> None:
    index = TopicIndex(read_topics(Path(__file__).parents[2] / "config" / "topics.toml"))

    assert index.of("Kritische Sicherheitslücke: Angreifer dringen in Firewalls ein", "") == ("sicherheit",)
    assert "raumfahrt" in index.of("Start-up's rocket fails to reach orbit", "")
    assert "netzpolitik" in index.of("EU-Kommission verhängt Geldbuße gegen Plattform", "")
    assert "gaming" in index.of("Studio delays its role-playing game", "The video game comes later.")
